//! What slots of the embedded engine import before the first fork, so that their snippets need not.
//!
//! What is there makes every fork dearer, so what fewer snippets need has slots of its own.

use snipcheck_core::WorkUnit;

/// Imported before the first fork: what snippets import most.
///
/// None may bring along a submodule that a snippet would have to import itself to see; of all, two do, as `asyncio`
/// and `inspect` are worth it: `concurrent.futures` and `importlib.machinery`.
#[cfg(feature = "embedded")]
pub(crate) const COMMON: &str = "\
abc atexit bisect builtins collections collections.abc contextlib copy dataclasses datetime enum \
functools gc heapq inspect io itertools json keyword linecache math operator os random re string sys \
textwrap threading time timeit traceback types typing warnings weakref __future__";

/// What fewer snippets import, and what makes each fork dearer: a slot of its own has these, too.
pub(crate) const RARE: &str = "\
argparse array asyncio cmath contextvars csv ctypes decimal dis errno fractions glob hashlib locale \
logging numbers pickle platform pprint queue sched secrets select shutil signal socket statistics \
struct subprocess tempfile tokenize tracemalloc uuid zlib";

/// Whether a unit should run where the rarer modules are imported already. Only its text counts, so that a snippet
/// finds the same whatever else is run.
pub(crate) fn wants_rare(unit: &WorkUnit) -> bool {
    let parts = unit.context.iter().chain([&unit.code]);
    let texts = parts
        .map(|part| &part.code)
        .chain(&unit.prelude)
        .chain(unit.files.iter().map(|file| &file.part.code));
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    texts
        .flat_map(|text| text.lines())
        .filter(|line| line.contains("import"))
        .flat_map(|line| line.split(|c| !is_name(c)))
        .any(|word| RARE.split(' ').any(|name| name == word))
}
