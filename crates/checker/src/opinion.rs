//! The second opinion: what a run in other circumstances says of a failing expectation.

use crate::compare::neutral;
use crate::report::check;
use crate::status;
use snipcheck_core::{
    ExpectationReport, Finding, FindingKind, Outcome, Planned, Snippet, SnippetReport, Status,
    Verdict,
};

/// Whether an expectation fails and nothing has been found about it yet.
pub fn is_open(report: &SnippetReport) -> bool {
    let open = |e: &ExpectationReport| e.verdict == Some(Verdict::Fail) && e.finding.is_none();
    report.expectations.iter().any(open)
}

/// The file whose lack stopped a snippet: another one may have made it.
pub fn lacks_file(report: &SnippetReport) -> Option<&str> {
    let exception = report.exception.as_ref()?;
    let is_lack = exception.type_name == "FileNotFoundError";
    let quoted = exception.message.split('\'').nth(1)?;
    (is_lack && !quoted.is_empty()).then_some(quoted)
}

/// Amends a report with what another run of the same snippet showed.
///
/// What differs by itself is skipped, and what holds only statement by statement or on another Python
/// stays a fail that says so.
pub fn second_opinion(
    report: &mut SnippetReport,
    snippet: &Snippet,
    planned: &Planned,
    kind: FindingKind,
    again: &Outcome,
) {
    let other = check(snippet, &report.guide, planned, Some(again));
    let mut amended = false;
    for (first, second) in report.expectations.iter_mut().zip(&other.expectations) {
        if first.verdict == Some(Verdict::Fail) && first.finding.is_none() {
            amended |= amend(first, second, kind);
        }
    }
    // A run that was broken stays so whatever its expectations say.
    if amended && report.status == Some(Status::Failed) {
        let (status, reason) = status::of(snippet, planned, Some(again), &report.expectations);
        report.status = Some(status);
        report.reason = reason;
    }
}

/// Takes the report of a run after other snippets in place of the first one, where more is true there.
///
/// `circumstances` says what ran before it. A reader of the page had run that, so what holds there passes;
/// where something else stops being true, the guide does not mean those circumstances.
pub fn in_context(
    report: &mut SnippetReport,
    snippet: &Snippet,
    planned: &Planned,
    circumstances: &str,
    again: &Outcome,
) {
    let mut other = check(snippet, &report.guide, planned, Some(again));
    let mut gained = false;
    for (first, second) in report.expectations.iter().zip(&mut other.expectations) {
        match (first.verdict, second.verdict) {
            (Some(Verdict::Pass), Some(Verdict::Pass)) => {}
            (Some(Verdict::Pass), _) => return,
            (_, Some(Verdict::Pass)) => {
                gained |= first.verdict == Some(Verdict::Fail);
                second.finding = Some(Finding {
                    kind: FindingKind::Context,
                    detail: format!("true {circumstances}"),
                });
            }
            _ => second.finding.clone_from(&first.finding),
        }
    }
    if gained || lacks_file(report).is_some() && other.status == Some(Status::Passed) {
        *report = other;
    }
}

fn amend(first: &mut ExpectationReport, second: &ExpectationReport, kind: FindingKind) -> bool {
    // Addresses differ in every run, and no rule holds them against a guide.
    let real = |report: &ExpectationReport| report.actual.as_deref().map(neutral);
    let differs = second.actual.is_some() && real(second) != real(first);
    let holds = second.verdict == Some(Verdict::Pass);
    let shown = |report: &ExpectationReport| report.actual.clone().unwrap_or_default();
    let detail = match kind {
        FindingKind::Unstable if differs || holds => {
            first.verdict = Some(Verdict::Skip);
            first.reason = Some("differs from run to run".to_owned());
            format!("{} in one run, {} in another", shown(first), shown(second))
        }
        FindingKind::Mode if holds => {
            format!(
                "{} statement by statement, {} as a file",
                shown(second),
                shown(first)
            )
        }
        FindingKind::Version if holds => "true on another Python".to_owned(),
        _ => return false,
    };
    first.finding = Some(Finding { kind, detail });
    true
}
