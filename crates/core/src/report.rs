//! What is told of a run: verdicts, statuses and the JSON contract.

use crate::{Aside, Exception, Exit, Kind, Line, Repair, SnippetId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the JSON contract. Additions keep it, a change of meaning raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// An expectation judged by an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is true.
    Pass,
    /// It is wrong, and a reader could verify that with their own eyes.
    Fail,
    /// It was not judged; the reason says why.
    Skip,
}

/// A snippet judged as a whole; derived, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It ran to its end and no expectation fails.
    Passed,
    /// An expectation fails.
    Failed,
    /// It ended in a way that the guide does not announce.
    Errored,
    /// It was over its time.
    TimedOut,
    /// It was over another limit.
    Limited,
    /// It cannot stand alone, and the guide does not pretend that it does.
    Incomplete,
    /// It was not run because someone said so.
    Skipped,
}

/// Everything told of a run; `run --format json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// See [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The version of snipcheck.
    pub snipcheck: String,
    /// The interpreter; nothing in a listing. The first, where there were several.
    pub python: Option<PythonInfo>,
    /// All interpreters, where there were several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pythons: Vec<PythonInfo>,
    /// The protection; nothing in a listing.
    pub sandbox: Option<SandboxInfo>,
    /// The counts.
    pub summary: Summary,
    /// The snippets, in the order of the guides.
    pub snippets: Vec<SnippetReport>,
    /// What could not be read, and doubts about the guides.
    pub notes: Vec<GuideNote>,
    /// Whether the run was ended before its end: snippets without a status were not judged, and later guides
    /// not read.
    pub interrupted: bool,
    /// What a cluster did for the run, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<ClusterInfo>,
}

/// What a cluster did for a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClusterInfo {
    /// The version of Ray.
    pub ray: String,
    /// Its nodes, at the end.
    pub nodes: usize,
    /// Their cores, at the end.
    pub cores: usize,
    /// How many units were run on each node, by its name.
    pub units: BTreeMap<String, u64>,
    /// Batches of units that came to something.
    pub batches: u64,
    /// Batches that were lost, and run again.
    pub lost_batches: u64,
    /// Milliseconds for which cores ran units.
    pub busy_ms: f64,
    /// Milliseconds for which cores waited between one batch and the next.
    pub waiting_ms: f64,
    /// The largest resident set of the broker, in KiB.
    pub broker_rss_kib: u64,
}

/// A doubt about a guide as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GuideNote {
    /// The guide's path.
    pub guide: String,
    /// Where, when it has a place.
    pub line: Option<Line>,
    /// What.
    pub message: String,
    /// Whether the guide could not be read because of it.
    pub error: bool,
}

/// The interpreter that ran the snippets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PythonInfo {
    /// `3.11.7`.
    pub version: String,
    /// `embedded` or `subprocess`.
    pub engine: String,
}

/// The protection that the snippets ran under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SandboxInfo {
    /// From 4 (everything) to 0 (a time limit only).
    pub level: u8,
    /// Its layers.
    pub layers: Vec<Layer>,
}

/// One layer of protection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Layer {
    /// `landlock`, `namespaces`, …
    pub name: String,
    /// How it is.
    pub state: LayerState,
    /// What it does here, or what is lost and what to do about it.
    pub detail: String,
}

/// See [`Layer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LayerState {
    /// It works.
    Active,
    /// It works in part.
    Degraded,
    /// It is not there.
    Missing,
}

/// Counts over a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// Guides read.
    pub guides: usize,
    /// Snippets found.
    pub snippets: usize,
    /// Snippets by status.
    pub passed: usize,
    /// See [`Status::Failed`].
    pub failed: usize,
    /// See [`Status::Errored`].
    pub errored: usize,
    /// See [`Status::TimedOut`].
    pub timed_out: usize,
    /// See [`Status::Limited`].
    pub limited: usize,
    /// See [`Status::Incomplete`].
    pub incomplete: usize,
    /// See [`Status::Skipped`].
    pub skipped: usize,
    /// Expectations found.
    pub expectations: usize,
    /// Expectations by verdict.
    pub pass: usize,
    /// See [`Verdict::Fail`].
    pub fail: usize,
    /// See [`Verdict::Skip`].
    pub skip: usize,
    /// Snippets whose outcome is that of an earlier run.
    #[serde(default)]
    pub from_cache: usize,
    /// Wall-clock milliseconds of the whole run.
    pub duration_ms: f64,
}

/// What is told of one snippet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnippetReport {
    /// Its id.
    pub id: SnippetId,
    /// The guide's path.
    pub guide: String,
    /// Always `python`.
    pub language: String,
    /// First line of the code itself.
    pub start_line: Line,
    /// Last line of the code itself.
    pub end_line: Line,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Its status; nothing in a listing, and where an interruption came first.
    pub status: Option<Status>,
    /// Why it has that status, when that is not plain.
    pub reason: Option<String>,
    /// What was mended for the sake of judging.
    pub repairs: Vec<Repair>,
    /// The snippets that ran before it in the same namespace.
    pub needs: Vec<SnippetId>,
    /// How the judged run ended; nothing when there was none.
    pub exit: Option<Exit>,
    /// Wall-clock milliseconds of the run.
    pub duration_ms: Option<f64>,
    /// Whether its outcome is that of an earlier run; where there were several Pythons, on all of them.
    #[serde(default)]
    pub from_cache: bool,
    /// The largest resident set, in KiB.
    pub max_rss_kib: Option<u64>,
    /// What it wrote to stdout.
    pub stdout: Option<String>,
    /// What it wrote to stderr.
    pub stderr: Option<String>,
    /// What a reader who runs the code as it stands gets.
    pub exception: Option<Exception>,
    /// What is worth knowing and fails nothing.
    pub notes: Vec<String>,
    /// What needs a person, with the guide's lines; there exactly where the snippet fails the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// How it compares with what was accepted for it; nothing when nothing was.
    pub accepted: Option<Accepted>,
    /// Its expectations, ordered by line.
    pub expectations: Vec<ExpectationReport>,
    /// Its other comments, ordered by line; in a listing only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asides: Vec<Aside>,
    /// What became of it on each Python, where there were several; the rest is that of the first one on which it is
    /// worst.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<OnPython>,
}

/// What became of a snippet on one of several Pythons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnPython {
    /// `3.11.7`.
    pub python: String,
    /// Its status there.
    pub status: Option<Status>,
    /// Whether its outcome there is that of an earlier run.
    #[serde(default)]
    pub from_cache: bool,
    /// The verdicts of its expectations, in their order.
    pub verdicts: Vec<Option<Verdict>>,
}

/// Today's outcome beside the one that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Accepted {
    /// As it was accepted: a known failure is no news.
    Unchanged,
    /// Not as it was accepted.
    Changed {
        /// What changed.
        what: String,
    },
}

/// What is told of one expectation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExpectationReport {
    /// First line of the comment or of the fence's content.
    pub line: Line,
    /// Its last line.
    pub end_line: Line,
    /// The first line of the statement that it speaks of.
    pub statement_line: Line,
    /// What it speaks of.
    pub kind: Kind,
    /// How it was read: where it stands, and what it is compared with.
    pub reading: String,
    /// The comment verbatim.
    pub comment: String,
    /// What the guide says, as it was compared.
    pub expected: Option<String>,
    /// What really came out, brought as near to the expected text as the rules allow.
    pub actual: Option<String>,
    /// The verdict; nothing in a listing.
    pub verdict: Option<Verdict>,
    /// The rule that passed.
    pub rule: Option<String>,
    /// Why it fails or was skipped.
    pub reason: Option<String>,
    /// What the second opinion found.
    pub finding: Option<Finding>,
}

/// What a second look at a failing expectation found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// In words: `False statement by statement, True as a file`.
    pub detail: String,
}

/// See [`Finding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// True statement by statement, not as a file.
    Mode,
    /// True on another Python.
    Version,
    /// Differs between two runs.
    Unstable,
    /// True only with, or only without, what stands before it.
    Context,
}
