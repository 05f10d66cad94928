//! What a person or a program reads: each reporter takes reports and a place to write to, and judges nothing.

pub(crate) mod bench;
mod clean;
pub(crate) mod diff;
mod frame;
pub(crate) mod github;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod list;
pub(crate) mod plot;
mod problem;
pub(crate) mod sarif;
pub(crate) mod text;

pub(crate) use clean::clean;

use crate::explain::coded;
use snipcheck_core::{Guide, GuideNote, Report, Status, Summary, Verdict};
use std::io::{self, Write};

/// Tells of a run, some guides at a time.
pub(crate) trait Reporter {
    /// Tells of the next guides and their snippets.
    fn part(&mut self, report: &Report, guides: &[Guide], out: &mut dyn Write) -> io::Result<()>;

    /// Tells of the run as a whole, which carries no snippets any more.
    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()>;
}

/// A status as it stands in reports.
pub(crate) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Passed => "passed",
        Status::Failed => "failed",
        Status::Errored => "errored",
        Status::TimedOut => "timed_out",
        Status::Limited => "limited",
        Status::Incomplete => "incomplete",
        Status::Skipped => "skipped",
    }
}

/// A verdict as it stands in reports.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Skip => "skip",
    }
}

/// What could not be read, and doubts about guides.
fn note(note: &GuideNote, out: &mut dyn Write) -> io::Result<()> {
    let word = if note.error { "error" } else { "note" };
    let word = coded(word, &note.message);
    let place = note.line.map_or(String::new(), |line| format!(":{line}"));
    let message = clean(&note.message);
    writeln!(out, "{word}: {}{place}: {message}", note.guide)
}

/// How many snippets have each status, what needs a person first.
fn by_status(s: &Summary) -> [(usize, Status); 7] {
    [
        (s.failed, Status::Failed),
        (s.errored, Status::Errored),
        (s.timed_out, Status::TimedOut),
        (s.limited, Status::Limited),
        (s.incomplete, Status::Incomplete),
        (s.skipped, Status::Skipped),
        (s.passed, Status::Passed),
    ]
}

/// The same for a person: `3 passed, 1 failed`, zeros left out.
fn statuses(s: &Summary) -> String {
    let mut all = by_status(s);
    all.rotate_right(1);
    let told = all.into_iter().filter(|(number, _)| *number > 0);
    told.map(|(number, status)| format!("{number} {}", status_word(status).replace('_', " ")))
        .collect::<Vec<_>>()
        .join(", ")
}

/// `1 snippet`, `2 snippets`.
pub(crate) fn count(number: usize, thing: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {thing}s")
    }
}
