//! The second opinion: what a run in other circumstances says of a failing expectation.

use crate::compare::neutral;
use crate::report::check;
use crate::status;
use snipcheck_core::{
    ExpectationReport, Finding, FindingKind, Outcome, Planned, Snippet, SnippetReport, Status,
    Verdict,
};

/// Amends a report with what another run of the same snippet showed.
///
/// What differs by itself is skipped, what holds with its context passes, and what holds only
/// statement by statement or on another Python stays a fail that says so.
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
        FindingKind::Context if holds => {
            first.verdict = Some(Verdict::Pass);
            first.rule.clone_from(&second.rule);
            first.reason = None;
            first.actual.clone_from(&second.actual);
            "true with the snippets that stand before it".to_owned()
        }
        _ => return false,
    };
    first.finding = Some(Finding { kind, detail });
    true
}
