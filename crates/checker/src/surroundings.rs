//! Whether a value depends on where and when code runs: the clock, the files, the machine.
//!
//! A guide shows its author's surroundings there, and no run elsewhere makes it wrong. What a
//! statement uses is followed through the top-level statements that make it. Knows no outcomes.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Alias, Expr, Stmt};
use ruff_text_size::Ranged;
use std::collections::HashSet;
use std::ops::Range;

/// Functions and attributes that ask the surroundings, whatever they are taken from.
const ASKING: &[&str] = &[
    "now",
    "today",
    "utcnow",
    "time_ns",
    "localtime",
    "gmtime",
    "ctime",
    "perf_counter",
    "perf_counter_ns",
    "monotonic",
    "process_time",
    "thread_time",
    "getpid",
    "getppid",
    "getcwd",
    "cwd",
    "home",
    "expanduser",
    "abspath",
    "realpath",
    "resolve",
    "absolute",
    "listdir",
    "scandir",
    "iterdir",
    "glob",
    "rglob",
    "walk",
    "exists",
    "isfile",
    "isdir",
    "is_file",
    "is_dir",
    "getsize",
    "getmtime",
    "cpu_count",
    "process_cpu_count",
    "gethostname",
    "getuser",
    "getlogin",
    "getenv",
    "environ",
    "version_info",
    "executable",
    "uname",
    "python_version",
    "gettempdir",
    "mkdtemp",
    "mkstemp",
    "uuid1",
    "get_ident",
    "native_id",
    "get_count",
    "get_stats",
    "disk_usage",
    "which",
    "check_output",
    "gethostbyname",
    "getaddrinfo",
    "urlopen",
    "get_terminal_size",
    "getrusage",
    "virtual_memory",
    "get_traced_memory",
    "getfilesystemencoding",
    "getdefaultlocale",
    "getpreferredencoding",
    "getlocale",
    "popen",
    "getoutput",
    "getstatusoutput",
    "fromtimestamp",
    "timestamp",
    "astimezone",
    "mktime",
    "tzname",
    "__globals__",
];

/// The same, where the name alone says too little.
const ASKING_OF: &[&str] = &[
    "time.time",
    "sys.version",
    "sys.platform",
    "sys.path",
    "sys.argv",
    "sys.stdin",
    "sys.prefix",
    "sys.modules",
    "sys.maxsize",
    "sys.flags",
    "os.name",
    "os.stat",
    "os.system",
    "gc.collect",
    "platform.system",
    "platform.machine",
    "platform.node",
    "platform.release",
    "subprocess.run",
    "shelve.open",
];

/// Names that ask by themselves.
const ASKING_NAMES: [&str; 4] = ["id", "globals", "help", "__file__"];

/// The top-level statements of a snippet with what they make and ask.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    statements: Vec<Statement>,
}

#[derive(Debug, Default)]
struct Statement {
    range: Range<usize>,
    makes: HashSet<String>,
    uses: HashSet<String>,
    asks: Option<String>,
}

impl Surroundings {
    /// Reads the top-level statements of a module.
    pub(crate) fn of(body: &[Stmt]) -> Self {
        let read = |stmt: &Stmt| {
            let mut statement = Statement {
                range: stmt.start().to_usize()..stmt.end().to_usize(),
                ..Statement::default()
            };
            statement.visit_stmt(stmt);
            statement
        };
        Surroundings {
            statements: body.iter().map(read).collect(),
        }
    }

    /// What the statements at these byte offsets ask of their surroundings, themselves or through what they use.
    pub(crate) fn asked_by(&self, place: &Range<usize>) -> Option<&str> {
        let mut reached: HashSet<&str> = HashSet::new();
        let mut inside = vec![false; self.statements.len()];
        for (statement, inside) in self.statements.iter().zip(&mut inside) {
            *inside = statement.range.start < place.end && place.start < statement.range.end;
        }
        loop {
            let before = reached.len();
            for (statement, inside) in self.statements.iter().zip(&mut inside) {
                *inside |= statement
                    .makes
                    .iter()
                    .any(|name| reached.contains(name.as_str()));
                if *inside {
                    reached.extend(statement.uses.iter().map(String::as_str));
                }
            }
            if reached.len() == before {
                break;
            }
        }
        self.statements
            .iter()
            .zip(&inside)
            .filter(|(_, inside)| **inside)
            .find_map(|(statement, _)| statement.asks.as_deref())
    }
}

impl Statement {
    fn ask(&mut self, what: &str) {
        self.asks.get_or_insert_with(|| what.to_owned());
    }
}

impl<'a> Visitor<'a> for Statement {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => {
                self.makes.insert(function.name.to_string());
            }
            Stmt::ClassDef(class) => {
                self.makes.insert(class.name.to_string());
            }
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                let found = name.id.to_string();
                if ASKING_NAMES.contains(&found.as_str()) {
                    self.ask(&found);
                }
                if name.ctx.is_load() {
                    self.uses.insert(found);
                } else {
                    self.makes.insert(found);
                }
            }
            Expr::Attribute(attribute) => {
                let of = match &*attribute.value {
                    Expr::Name(name) => format!("{}.{}", name.id, attribute.attr),
                    _ => String::new(),
                };
                if ASKING.contains(&attribute.attr.as_str()) || ASKING_OF.contains(&of.as_str()) {
                    self.ask(&attribute.attr);
                }
            }
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        if ASKING.contains(&alias.name.as_str()) {
            self.makes.insert(alias.name.to_string());
            self.ask(&alias.name);
        }
    }
}
