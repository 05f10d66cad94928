//! What running a snippet really did.

use crate::{Ledger, Line, Lines};
use serde::{Deserialize, Serialize};

/// What running a snippet really did; nothing here is judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How the judged run ended.
    pub exit: Exit,
    /// Wall-clock milliseconds from fork to the end.
    pub duration_ms: f64,
    /// The largest resident set of the snippet's process, in KiB.
    pub max_rss_kib: u64,
    /// Everything written to file descriptor 1.
    pub stdout: Output,
    /// Everything written to file descriptor 2.
    pub stderr: Output,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// What happened in calls of functions that the guide never calls, in a run of their own.
    pub called: Vec<Event>,
    /// The exception of a run without repaired imports, when there are any: what a reader gets.
    pub as_it_stands: Option<Exception>,
    /// What a reader should know: a thread left behind, an early `sys.exit(0)`.
    pub notes: Vec<String>,
    /// What its threads did, where that was asked for.
    #[serde(default, skip_serializing_if = "Ledger::is_empty")]
    pub ledger: Ledger,
    /// Whether it is that of an earlier run.
    #[serde(skip)]
    pub from_cache: bool,
}

impl Outcome {
    /// Of a unit that nothing is known of, and why.
    pub fn lost(why: String) -> Self {
        Outcome {
            exit: Exit::Lost { why },
            duration_ms: 0.0,
            max_rss_kib: 0,
            stdout: Output::default(),
            stderr: Output::default(),
            events: Vec::new(),
            called: Vec::new(),
            as_it_stands: None,
            notes: Vec::new(),
            ledger: Ledger::default(),
            from_cache: false,
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Exit {
    /// It came to the end of its code (exceptions that stopped a statement are events).
    Completed,
    /// It left with this exit code before its end (`sys.exit`, `os._exit`).
    Code {
        /// The exit code, 0 to 255.
        code: i32,
    },
    /// A signal ended it.
    Signal {
        /// The signal's number.
        signal: i32,
        /// Its name, `SIGSEGV`.
        name: String,
    },
    /// It was over its wall-clock time.
    TimedOut {
        /// What it was allowed, in seconds.
        seconds: f64,
    },
    /// It was over another limit.
    Limited {
        /// Which one, with the figure: `output over 1048576 bytes`.
        what: String,
    },
    /// It could not be started, or its slot died; nothing is known of the snippet itself.
    Lost {
        /// What happened.
        why: String,
    },
}

/// What a stream brought, as text (invalid UTF-8 replaced).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// The text, cut at the cap.
    pub text: String,
    /// Whether it was cut.
    pub cut: bool,
}

/// Where text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// `sys.stdout`.
    Out,
    /// `sys.stderr`.
    Err,
}

/// One thing that happened, in the order in which it did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Text written by the snippet's own code.
    Write {
        /// Where to.
        stream: Stream,
        /// What; neighbouring writes from the same lines are joined.
        text: String,
        /// The guide lines that were being executed, innermost frame first.
        lines: Vec<Line>,
    },
    /// The value that a watched expression had, or a watched name got.
    Value {
        /// The watch's expectation.
        expectation: usize,
        /// What it looked like.
        value: Value,
    },
    /// A watched statement came to its end, by whatever way.
    Done {
        /// The watch's expectation.
        expectation: usize,
    },
    /// A watched statement ran.
    Timed {
        /// The watch's expectation.
        expectation: usize,
        /// When it began.
        from: Moment,
        /// When it was done.
        to: Moment,
    },
    /// A watched statement took memory, in bytes.
    Weighed {
        /// The watch's expectation.
        expectation: usize,
        /// What it took.
        weight: Weight,
    },
    /// An exception left a watched statement, or a statement run on the side.
    Raised {
        /// The watch's expectation.
        expectation: usize,
        /// Which; nothing when code run on the side raised none.
        exception: Option<Exception>,
    },
    /// An exception that nothing caught stopped a top-level statement; the next ones were run all the same.
    /// A statement outside the snippet's lines is one of an earlier snippet that ran before it.
    Stopped {
        /// The top-level statement.
        statement: Lines,
        /// Which.
        exception: Exception,
    },
    /// What code in a run of its own wrote to stdout, when it came to its end.
    Ran {
        /// The watch's expectation.
        expectation: usize,
        /// The text.
        stdout: String,
    },
    /// The snippet is done, and calls of its functions begin; told only in a run that makes them.
    Calling,
    /// A top-level statement was not run, because it needs what a stopped statement would have made.
    NotRun {
        /// The top-level statement.
        statement: Lines,
        /// The first line of the stopped statement.
        because: Line,
    },
}

/// What memory a statement took, in bytes, measured in several ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    /// `sys.getsizeof` of what it bound a name to.
    pub own: Option<u64>,
    /// What Python had allocated meanwhile and still held at its end (`tracemalloc`).
    pub traced: i64,
    /// The most that was held at a time.
    pub peak: i64,
    /// What the process grew by, as the system tells it (`Pss` in `smaps_rollup`).
    pub pss: i64,
}

/// A moment of a run, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// By the clock that never goes back (`CLOCK_MONOTONIC`).
    pub at: u64,
    /// What all threads of the process, and none of its children, had spent of the processor.
    pub cpu: u64,
}

/// A value as it can be written about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// `repr(value)`, cut at the driver's cap.
    pub repr: String,
    /// `str(value)`, when it differs from the repr.
    pub text: Option<String>,
    /// The name of its type, without module.
    pub type_name: String,
    /// The names of the classes it is an instance of, itself first, `object` excluded.
    pub classes: Vec<String>,
    /// `sys.getsizeof(value)`, in bytes.
    pub size_bytes: Option<u64>,
    /// Reprs of what the statement may have changed, when the value itself is `None`: the receiver
    /// of a method call, the first argument of a function call; an enum member's `.value`.
    pub state: Vec<String>,
}

/// An exception as it was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exception {
    /// The name of its type, without module (`KeyError`).
    #[serde(rename = "type")]
    pub type_name: String,
    /// The names of its base classes that are exceptions, nearest first.
    #[serde(default)]
    pub bases: Vec<String>,
    /// `str(exception)`.
    pub message: String,
    /// The innermost guide line that it came through, when it came through one.
    pub line: Option<Line>,
    /// As Python prints it, with guide lines.
    pub traceback: String,
}

impl std::fmt::Display for Exception {
    /// As the last line of a traceback: the type, and the message where there is one.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.type_name)?;
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        Ok(())
    }
}
