//! What will be run and how, as data.

use crate::{FileName, Limits, Line, Lines, SnippetId};
use serde::{Deserialize, Serialize};

/// What will be run, one entry a snippet, in the order of the guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// One entry for each snippet of the guide, in its order.
    pub snippets: Vec<Planned>,
}

/// What is planned for one snippet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// The snippet.
    pub id: SnippetId,
    /// Why it is not run, when a directive or a filter says so.
    pub skip: Option<String>,
    /// Why it cannot run to the guide's satisfaction (it does not parse, its body is a placeholder);
    /// it may be run all the same, for the expectations that it reaches.
    pub incomplete: Option<String>,
    /// Earlier snippets that run before it in the same namespace, or that it imports as files.
    pub needs: Vec<SnippetId>,
    /// What is mended for the sake of judging.
    pub repairs: Vec<Repair>,
    /// Names that are used and defined nowhere; a `NameError` about one of them is a placeholder's.
    pub undefined: Vec<String>,
    /// What to run; nothing when it cannot run at all.
    pub unit: Option<WorkUnit>,
}

/// One thing mended for the sake of judging, never for the sake of the status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Repair {
    /// What kind of mending.
    pub kind: RepairKind,
    /// The guide line that needs it.
    pub line: Line,
    /// What was added: `import copy`, an id, `pass`.
    pub text: String,
}

/// See [`Repair`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RepairKind {
    /// A standard-library name is used and never imported.
    Import,
    /// Names come from an earlier snippet.
    Context,
    /// `await` at top level.
    Await,
    /// A body that holds comments only.
    Body,
    /// A function that the guide never calls.
    Call,
}

/// One snippet ready to run anywhere: everything an engine needs, nothing about judging.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, and every mix of answers is possible"
)]
pub struct WorkUnit {
    /// The snippet that it runs.
    pub id: SnippetId,
    /// The guide's path, shown in tracebacks.
    pub guide: String,
    /// The snippet itself, repaired; its lines are guide lines counted from `first`.
    pub code: Part,
    /// Earlier snippets, in order: run before it in the same namespace, their output dropped.
    pub context: Vec<Part>,
    /// Earlier snippets that lie in the work folder, for it to import.
    pub files: Vec<File>,
    /// Calls of its functions that nothing else calls; made one by one, in a run of their own.
    pub calls: Vec<Part>,
    /// Statements that run before everything: repaired imports, the directive's prelude.
    pub prelude: Vec<String>,
    /// Whether the prelude holds repaired imports, so that a run without them tells what a reader gets.
    pub imports_repaired: bool,
    /// Whether `await` may stand at top level.
    pub top_level_await: bool,
    /// Run statement by statement, as a prompt does, instead of as one file.
    pub by_statement: bool,
    /// What to observe.
    pub watches: Vec<Watch>,
    /// What it may use.
    pub limits: Limits,
    /// Whether to look at its threads while it runs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ledger: bool,
}

impl WorkUnit {
    /// A piece of code that runs by itself as a file, with nothing before it and nothing observed.
    pub fn new(id: SnippetId, guide: String, code: Part) -> Self {
        WorkUnit {
            id,
            guide,
            code,
            context: Vec::new(),
            files: Vec::new(),
            calls: Vec::new(),
            prelude: Vec::new(),
            imports_repaired: false,
            top_level_await: false,
            by_statement: false,
            watches: Vec::new(),
            limits: Limits::default(),
            ledger: false,
        }
    }
}

/// A piece of code with its place in the guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The guide line of the code's first line.
    pub first: Line,
    /// The code.
    pub code: String,
}

/// A snippet as a file of the work folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: FileName,
    /// What it holds.
    pub part: Part,
}

/// Something to observe while a snippet runs, for one of its expectations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// The index of the expectation in its snippet.
    pub expectation: usize,
    /// The statement to observe.
    pub statement: Lines,
    /// What to record.
    pub want: Want,
}

/// See [`Watch`]. What a statement writes is recorded for every statement, watched or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Want {
    /// The moment at which the statement is done: what was written up to here.
    Done,
    /// The value of the bare expression, or of the assigned name; implies `Done`.
    Value,
    /// When it begins and when it is done.
    Time,
    /// What memory it takes.
    Memory {
        /// As Python counts it, which takes memory of its own; otherwise what the process grows by.
        traced: bool,
    },
    /// The same, and the value of each expression is written as a prompt does it.
    Echo,
    /// The exception that leaves the statement, whether or not something catches it; implies `Done`.
    Raised,
    /// The exception of this code, run on the side (in a copy of the process) once the statement is done.
    Side {
        /// A statement that the guide has commented out.
        code: String,
    },
    /// What this code writes in a run of its own: `python -c`.
    Run {
        /// The code.
        code: String,
        /// What it may import.
        files: Vec<File>,
    },
}
