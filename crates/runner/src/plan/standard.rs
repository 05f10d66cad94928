//! What the standard library is known to have, and the import that a name without one most surely stands for.

use super::names::Free;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static TABLE: LazyLock<BTreeMap<&str, BTreeSet<&str>>> = LazyLock::new(|| {
    include_str!("standard.txt")
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(module, names)| (module, names.split_whitespace().collect()))
        .collect()
});

/// Names that mean one thing to every reader, by the module that has them.
const WELL_KNOWN: [(&str, &str); 23] = [
    ("abc", "ABC ABCMeta abstractmethod"),
    (
        "bisect",
        "bisect_left bisect_right insort insort_left insort_right",
    ),
    (
        "collections",
        "ChainMap Counter OrderedDict UserDict defaultdict deque namedtuple",
    ),
    (
        "concurrent.futures",
        "ProcessPoolExecutor ThreadPoolExecutor as_completed",
    ),
    (
        "contextlib",
        "AsyncExitStack ExitStack asynccontextmanager contextmanager nullcontext redirect_stdout suppress",
    ),
    ("copy", "deepcopy"),
    ("dataclasses", "asdict astuple dataclass"),
    ("datetime", "timedelta"),
    ("decimal", "Decimal getcontext localcontext"),
    ("enum", "Enum IntEnum IntFlag StrEnum"),
    ("fractions", "Fraction"),
    (
        "functools",
        "cached_property lru_cache partial partialmethod reduce singledispatch total_ordering wraps",
    ),
    (
        "heapq",
        "heapify heappop heappush heapreplace nlargest nsmallest",
    ),
    ("io", "BytesIO StringIO"),
    (
        "itertools",
        "accumulate chain combinations combinations_with_replacement dropwhile groupby islice pairwise permutations starmap takewhile zip_longest",
    ),
    ("operator", "attrgetter itemgetter methodcaller"),
    ("pathlib", "Path PurePath"),
    ("random", "randint"),
    ("sys", "getrefcount getsizeof"),
    ("threading", "Thread"),
    ("time", "perf_counter"),
    (
        "typing",
        "Annotated Any Callable ClassVar Dict Final FrozenSet Generic List Literal NamedTuple Optional ParamSpec Protocol Tuple TypeVar TypedDict Union",
    ),
    ("uuid", "uuid1 uuid4 uuid5"),
];

/// Classes that are also names of modules or of ordinary things: only with one of these attributes.
const BY_ATTRIBUTE: [(&str, &str, &str); 2] = [
    (
        "datetime",
        "datetime",
        "combine fromisoformat fromtimestamp now strptime today utcnow",
    ),
    (
        "datetime",
        "date",
        "fromisoformat fromordinal fromtimestamp today",
    ),
];

/// Submodules that are not there after importing the package alone.
const SUBMODULES: [(&str, &str, &str); 8] = [
    ("concurrent", "futures", "concurrent.futures"),
    ("email", "message", "email.message"),
    ("importlib", "metadata", "importlib.metadata"),
    ("importlib", "util", "importlib.util"),
    ("unittest", "mock", "unittest.mock"),
    ("urllib", "parse", "urllib.parse"),
    ("urllib", "request", "urllib.request"),
    ("xml", "etree", "xml.etree.ElementTree"),
];

/// Names that every module has without importing anything.
const MODULE: [&str; 11] = [
    "__annotations__",
    "__builtins__",
    "__cached__",
    "__debug__",
    "__dict__",
    "__doc__",
    "__file__",
    "__loader__",
    "__name__",
    "__package__",
    "__spec__",
];

/// Whether Python knows the name without any import.
pub(super) fn is_builtin(name: &str) -> bool {
    // What `site` adds is there for every reader, too.
    let added = ["copyright", "credits", "exit", "help", "license", "quit"];
    TABLE["builtins"].contains(name) || MODULE.contains(&name) || added.contains(&name)
}

/// Whether a module of this name comes with Python.
pub(super) fn has_module(name: &str) -> bool {
    let mut modules = include_str!("modules.txt").split_whitespace();
    modules.any(|module| module == name)
}

/// The import statement that `name`, used like this, lacks; nothing when that cannot be decided.
pub(super) fn import_for(name: &str, used: &Free) -> Option<String> {
    let takes_only = |known: &str| {
        let known: BTreeSet<&str> = known.split(' ').collect();
        !used.attributes.is_empty()
            && used
                .attributes
                .iter()
                .all(|one| known.contains(one.as_str()))
    };
    for (module, class, attributes) in BY_ATTRIBUTE {
        if class == name && takes_only(attributes) {
            return Some(format!("from {module} import {class}"));
        }
    }
    if name == "datetime" && used.called && used.attributes.is_empty() {
        return Some("from datetime import datetime".to_owned());
    }
    for (package, submodule, import) in SUBMODULES {
        if package == name && !used.called && used.attributes.contains(submodule) {
            return Some(format!("import {import}"));
        }
    }
    if is_module(name, used) {
        return Some(format!("import {name}"));
    }
    WELL_KNOWN
        .iter()
        .find(|(_, names)| names.split(' ').any(|one| one == name))
        .map(|(module, _)| format!("from {module} import {name}"))
}

/// Whether everything that is taken of the name is there in the module of that name.
fn is_module(name: &str, used: &Free) -> bool {
    let Some(known) = TABLE.get(name).filter(|_| name != "builtins") else {
        return false;
    };
    !used.called
        && !used.attributes.is_empty()
        && used
            .attributes
            .iter()
            .all(|one| known.contains(one.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::names::names;
    use super::import_for;
    use ruff_python_parser::parse_module;

    #[test]
    fn imports_by_use() {
        let cases = [
            ("time.sleep(1)", "time", "import time"),
            ("time(1)", "time", ""),
            ("socket.send(b'')", "socket", ""),
            ("socket.socket()", "socket", "import socket"),
            (
                "datetime.now()",
                "datetime",
                "from datetime import datetime",
            ),
            (
                "datetime(2020, 1, 1)",
                "datetime",
                "from datetime import datetime",
            ),
            ("datetime.datetime.now()", "datetime", "import datetime"),
            ("date.today()", "date", "from datetime import date"),
            ("date.isoformat()", "date", ""),
            (
                "@dataclass\nclass A: ...",
                "dataclass",
                "from dataclasses import dataclass",
            ),
            ("os.path.join('a')", "os", "import os"),
            (
                "concurrent.futures.wait([])",
                "concurrent",
                "import concurrent.futures",
            ),
            ("queue.put(1)", "queue", ""),
            ("copy.deepcopy(x)", "copy", "import copy"),
            ("copy(x)", "copy", ""),
            ("profile.name", "profile", ""),
            ("np.array([1])", "np", ""),
            ("print(json)", "json", ""),
        ];
        for (code, name, import) in cases {
            let found = names(parse_module(code).unwrap().syntax());
            let answer = import_for(name, &found.free[name]).unwrap_or_default();
            assert_eq!(answer, import, "{code}");
        }
    }
}
