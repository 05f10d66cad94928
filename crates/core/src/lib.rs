//! The nouns of snipcheck: guide, snippet, expectation, plan, outcome, verdict, report.
//!
//! Plain data that serialises and nothing else: no I/O, no clock, no Python. Each step of the flow
//! (extract, plan, run, check, report) takes one of these values and gives the next one, so that
//! every step can be printed, tested and replaced alone.

mod expectation;
mod file;
mod guide;
mod ledger;
mod limits;
mod line;
mod outcome;
mod phrases;
mod plan;
mod reading;
mod report;
mod session;
mod written;

pub use expectation::{Expectation, Kind, Notation};
pub use file::FileName;
pub use guide::{Directives, Form, Format, Guide, Note, Snippet, SnippetId};
pub use ledger::{Ledger, Look, Thread};
pub use limits::{Limit, Limits, size};
pub use line::{Line, Lines};
pub use outcome::{Event, Exception, Exit, Moment, Outcome, Output, Stream, Value, Weight};
pub use phrases::{says_nothing, without_about};
pub use plan::{File, Part, Plan, Planned, Repair, RepairKind, Want, Watch, WorkUnit};
pub use reading::{Aside, Why};
pub use report::{
    Accepted, ClusterInfo, ExpectationReport, Finding, FindingKind, GuideNote, Layer, LayerState,
    OnPython, PythonInfo, Report, SCHEMA_VERSION, SandboxInfo, SnippetReport, Status, Summary,
    Verdict,
};
pub use session::{Prompt, Session, doctest_options};
pub use written::{Written, exception_length};
