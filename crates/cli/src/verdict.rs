//! Whether a run fails: the statuses that do, what `--strict` adds, and what was asked for at least.

use crate::exit::Exit;
use crate::print::count;
use crate::settings::Demands;
use snipcheck_core::{Accepted, RepairKind, Report, SnippetReport, Status};

/// Whether this snippet fails the run.
pub(crate) fn fails(snippet: &SnippetReport, strict: bool) -> bool {
    match &snippet.accepted {
        Some(Accepted::Unchanged) => return false,
        Some(Accepted::Changed { .. }) => return true,
        None => {}
    }
    fails_by_status(snippet, strict)
}

/// Whether its status fails the run, whatever was accepted.
pub(crate) fn fails_by_status(snippet: &SnippetReport, strict: bool) -> bool {
    match snippet.status {
        Some(Status::Failed | Status::Errored | Status::TimedOut | Status::Limited) => true,
        Some(Status::Incomplete) => strict,
        // A call is a way to look closer, and nothing that the snippet lacks.
        Some(Status::Passed) => {
            strict && snippet.repairs.iter().any(|r| r.kind != RepairKind::Call)
        }
        Some(Status::Skipped) | None => false,
    }
}

/// What was asked for at least and is not there, in words.
pub(crate) fn shortfalls(report: &Report, demands: &Demands) -> Vec<String> {
    let judged = report.summary.pass + report.summary.fail;
    let mut short = Vec::new();
    for (what, have, want) in [
        ("snippet", report.summary.snippets, demands.min_snippets),
        ("judged expectation", judged, demands.min_checked),
    ] {
        if have < want {
            short.push(format!("{}, at least {want} asked for", count(have, what)));
        }
    }
    short
}

/// The exit code that a run calls for of which `failing` snippets fail.
pub(crate) fn exit(whole: &Report, failing: usize, demands: &Demands) -> Exit {
    let unreadable = whole.notes.iter().any(|note| note.error);
    if unreadable {
        Exit::Usage
    } else if whole.summary.snippets == 0 && !demands.allow_empty {
        Exit::NothingFound
    } else if failing > 0 || !shortfalls(whole, demands).is_empty() {
        Exit::Failed
    } else {
        Exit::Fine
    }
}
