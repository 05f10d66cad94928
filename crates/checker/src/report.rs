//! A snippet's report: its expectations judged one by one, its status derived.

use crate::called;
use crate::case::Case;
use crate::code::Code;
use crate::doubt;
use crate::evidence::Evidence;
use crate::kinds;
use crate::rule::Judgement;
use crate::status;
use snipcheck_core::{
    Exception, Expectation, ExpectationReport, Kind, Outcome, Planned, Snippet, SnippetReport,
    Written,
};

/// What is known of a snippet without running it: no verdict, no status.
pub fn list(snippet: &Snippet, guide_path: &str, planned: &Planned) -> SnippetReport {
    let mut report = blank(snippet, guide_path, planned);
    report.expectations = snippet
        .expectations
        .iter()
        .map(|expectation| entry(expectation, None))
        .collect();
    report.asides.clone_from(&snippet.asides);
    report
}

/// The report of a snippet that was run, or that could not be.
pub fn check(
    snippet: &Snippet,
    guide_path: &str,
    planned: &Planned,
    outcome: Option<&Outcome>,
) -> SnippetReport {
    let mut report = blank(snippet, guide_path, planned);
    report.expectations = judgements(snippet, planned, outcome)
        .into_iter()
        .zip(&snippet.expectations)
        .map(|(judgement, expectation)| entry(expectation, Some(judgement)))
        .collect();
    if let Some(outcome) = outcome {
        report.exit = Some(outcome.exit.clone());
        report.duration_ms = Some(outcome.duration_ms);
        report.max_rss_kib = Some(outcome.max_rss_kib);
        report.from_cache = outcome.from_cache;
        report.stdout = Some(outcome.stdout.text.clone());
        report.stderr = Some(outcome.stderr.text.clone());
        report.exception = exception(snippet, outcome);
        report.notes.extend(outcome.notes.iter().cloned());
    }
    let (status, reason) = status::of(snippet, planned, outcome, &report.expectations);
    report.status = Some(status);
    report.reason = reason;
    report
}

/// What a reader who runs the code as it stands gets.
fn exception(snippet: &Snippet, outcome: &Outcome) -> Option<Exception> {
    outcome
        .as_it_stands
        .as_ref()
        .or_else(|| {
            status::stopped(snippet, outcome)
                .next()
                .map(|(_, exception)| exception)
        })
        .cloned()
}

fn judgements(snippet: &Snippet, planned: &Planned, outcome: Option<&Outcome>) -> Vec<Judgement> {
    let Some(outcome) = outcome else {
        let reason = planned.skip.as_ref().or(planned.incomplete.as_ref());
        let reason = reason.map_or("the snippet was not run", String::as_str);
        return snippet
            .expectations
            .iter()
            .map(|expectation| without_outcome(snippet, expectation, reason))
            .collect();
    };
    let code = Code::of(snippet);
    let counts_steps = counts_steps(snippet) || counts_costs(&snippet.code);
    let judge = |(index, expectation)| {
        let case = Case {
            expectation,
            evidence: Evidence::of(outcome, expectation, index),
            outcome,
            code: &code,
            counts_steps: counts_steps && is_whole_number(expectation),
        };
        called::judge(&case, planned, outcome, index).unwrap_or_else(|| {
            kinds::judge(&case).unless(|| doubt::of(snippet, planned, &code, outcome, expectation))
        })
    };
    snippet.expectations.iter().enumerate().map(judge).collect()
}

fn without_outcome(snippet: &Snippet, expectation: &Expectation, reason: &str) -> Judgement {
    match expectation.kind {
        Kind::Timing | Kind::Relation => kinds::measure::without_run(),
        Kind::Raises => {
            let code = expectation.code.as_deref();
            kinds::raises::without_outcome(&expectation.text, code, snippet)
                .unwrap_or_else(|| Judgement::skip(reason))
        }
        _ => Judgement::skip(reason),
    }
}

/// Whether the whole numbers behind statements count 1, 2, 3: notes for the text below, not values.
fn counts_steps(snippet: &Snippet) -> bool {
    let numbers: Vec<&str> = snippet
        .expectations
        .iter()
        .filter(|expectation| is_whole_number(expectation))
        .map(|expectation| expectation.text.trim())
        .collect();
    numbers.len() > 1
        && numbers
            .iter()
            .zip(1..)
            .all(|(number, step)| *number == step.to_string())
}

/// Whether whole numbers behind statements say how often each is done: one stands behind a header, which has no value.
fn counts_costs(code: &str) -> bool {
    code.lines().any(|line| {
        line.split_once('#').is_some_and(|(code, note)| {
            let is_number = Written::of(note.trim()).is_some_and(|note| note.is_number());
            is_number && code.trim_end().ends_with(':')
        })
    })
}

fn is_whole_number(expectation: &Expectation) -> bool {
    matches!(Written::of(&expectation.text), Some(Written::Int(_)))
}

fn blank(snippet: &Snippet, guide_path: &str, planned: &Planned) -> SnippetReport {
    SnippetReport {
        id: snippet.id.clone(),
        guide: guide_path.to_owned(),
        language: "python".to_owned(),
        start_line: snippet.lines.first,
        end_line: snippet.lines.last,
        headings: snippet.headings.clone(),
        status: None,
        reason: None,
        repairs: planned.repairs.clone(),
        needs: planned.needs.clone(),
        exit: None,
        duration_ms: None,
        max_rss_kib: None,
        from_cache: false,
        stdout: None,
        stderr: None,
        exception: None,
        notes: snippet
            .notes
            .iter()
            .map(|note| note.message.clone())
            .collect(),
        problem: None,
        accepted: None,
        expectations: Vec::new(),
        asides: Vec::new(),
        on: Vec::new(),
    }
}

fn entry(expectation: &Expectation, judgement: Option<Judgement>) -> ExpectationReport {
    let (verdict, expected, actual, rule, reason) = match judgement {
        Some(judgement) => (
            Some(judgement.verdict),
            judgement.expected,
            judgement.actual,
            judgement.rule.map(|rule| rule.name().to_owned()),
            judgement.reason,
        ),
        None => (None, None, None, None, None),
    };
    ExpectationReport {
        line: expectation.lines.first,
        end_line: expectation.lines.last,
        statement_line: expectation.statement.first,
        kind: expectation.kind,
        reading: expectation.reading(),
        comment: expectation.comment.clone(),
        expected: expected.or_else(|| Some(expectation.text.clone())),
        actual,
        verdict,
        rule,
        reason,
        finding: None,
    }
}
