//! Standard-library names that snippets use and forget to import: what to import for them, if it can be decided.
//!
//! A name may be a module (`time.sleep`), something out of one (`deque([])`), or the guide's own
//! placeholder that happens to share the name (`socket.send(…)` on a socket). How it is used decides; what
//! cannot be decided is left alone.

use super::names::Use;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Modules and their public names, one `module: name name …` a line, as `dir()` gives them on 3.11.
const MODULES: &str = include_str!("stdlib.txt");

/// Names that a reader takes for the one thing of the standard library even without an import.
const WELL_KNOWN: &[(&str, &str)] = &[
    ("abc", "ABC ABCMeta abstractmethod"),
    (
        "collections",
        "ChainMap Counter OrderedDict defaultdict deque namedtuple",
    ),
    (
        "concurrent.futures",
        "ProcessPoolExecutor ThreadPoolExecutor as_completed",
    ),
    (
        "contextlib",
        "ExitStack asynccontextmanager contextmanager redirect_stdout suppress",
    ),
    ("copy", "deepcopy"),
    ("dataclasses", "asdict astuple dataclass"),
    ("datetime", "timedelta"),
    ("decimal", "Decimal"),
    ("enum", "Enum IntEnum IntFlag StrEnum"),
    ("fractions", "Fraction"),
    (
        "functools",
        "cached_property lru_cache partial reduce singledispatch total_ordering wraps",
    ),
    ("heapq", "heapify heappop heappush nlargest nsmallest"),
    ("inspect", "isawaitable iscoroutinefunction"),
    (
        "itertools",
        "accumulate chain combinations dropwhile groupby islice permutations starmap takewhile zip_longest",
    ),
    ("operator", "attrgetter itemgetter methodcaller"),
    ("pathlib", "Path PurePath"),
    ("random", "randint randrange"),
    ("threading", "RLock Thread"),
    ("time", "perf_counter perf_counter_ns"),
    ("types", "MappingProxyType SimpleNamespace"),
    (
        "typing",
        "Any Callable ClassVar Dict Final Generic Iterable Iterator List Literal Mapping NamedTuple Optional \
         ParamSpec Protocol Sequence Set Tuple Type TypeVar TypedDict Union",
    ),
    ("weakref", "WeakKeyDictionary WeakValueDictionary"),
];

/// Names that are both a module and something in a module: the class or function, and the attributes
/// that only it has. `datetime.now()` speaks of the class, `datetime.datetime` of the module.
const BOTH: &[(&str, &str, &str)] = &[
    (
        "datetime",
        "datetime",
        "combine fromisoformat fromtimestamp max min now strftime strptime today utcfromtimestamp utcnow",
    ),
    ("date", "datetime", "fromisoformat fromtimestamp today"),
    ("time", "time", ""),
    ("copy", "copy", ""),
    ("pprint", "pprint", ""),
    ("glob", "glob", ""),
];

/// Names of modules that guides use for values of their own as often.
const AMBIGUOUS: &[&str] = &[
    "array", "calendar", "code", "email", "profile", "queue", "site", "stat", "test", "token",
    "trace", "types", "user",
];

static TABLE: LazyLock<HashMap<&str, HashSet<&str>>> = LazyLock::new(|| {
    MODULES
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(module, names)| (module, names.split(' ').collect()))
        .collect()
});

/// The import statement that a free name asks for; nothing when that cannot be decided.
pub(crate) fn import_for(name: &str, used: &Use) -> Option<String> {
    both(name, used)
        .or_else(|| as_module(name, used))
        .or_else(|| well_known(name))
}

fn both(name: &str, used: &Use) -> Option<String> {
    let (_, module, attributes) = BOTH.iter().find(|(n, ..)| *n == name)?;
    let own: HashSet<&str> = attributes.split(' ').collect();
    let all_own = used.attributes.iter().all(|a| own.contains(a.as_str()));
    let called = used.bare && used.attributes.is_empty();
    let class = called || (!used.attributes.is_empty() && all_own);
    class.then(|| format!("from {module} import {name}"))
}

fn as_module(name: &str, used: &Use) -> Option<String> {
    let public = TABLE.get(name)?;
    let fits = !used.bare
        && !AMBIGUOUS.contains(&name)
        && used.attributes.iter().all(|a| public.contains(a.as_str()));
    fits.then(|| format!("import {name}"))
}

fn well_known(name: &str) -> Option<String> {
    let (module, _) = WELL_KNOWN
        .iter()
        .find(|(_, names)| names.split_whitespace().any(|n| n == name))?;
    Some(format!("from {module} import {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn use_decides_what_is_imported() {
        let table = [
            ("time.sleep(1)", Some("import time")),
            ("time.flies()", None),
            ("time()", Some("from time import time")),
            ("socket.socket()", Some("import socket")),
            ("socket.push(1)", None),
            ("socket", None),
            ("datetime.now()", Some("from datetime import datetime")),
            ("datetime.datetime(2000, 1, 1)", Some("import datetime")),
            (
                "datetime(2000, 1, 1)",
                Some("from datetime import datetime"),
            ),
            ("date.today()", Some("from datetime import date")),
            ("deque([])", Some("from collections import deque")),
            ("profile()", None),
            ("queue.get()", None),
            ("copy.deepcopy(1)", Some("import copy")),
            ("copy(1)", Some("from copy import copy")),
            ("Path('a')", Some("from pathlib import Path")),
            ("thing()", None),
        ];
        for (code, want) in table {
            let parsed = ruff_python_parser::parse_module(code).unwrap();
            let names = super::super::names::names(parsed.suite());
            let (name, used) = names.free.iter().next().unwrap();
            assert_eq!(import_for(name, used).as_deref(), want, "{code}");
        }
    }
}
