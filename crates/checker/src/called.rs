//! What is stated inside a function that the guide never calls, judged by a call of it.
//!
//! The call is ours, not the guide's: what comes out may bear the guide out, and never speaks against it.

use crate::case::Case;
use crate::evidence::Evidence;
use crate::kinds;
use crate::rule::Judgement;
use snipcheck_core::{
    Event, Exit, Expectation, Line, Outcome, Output, Planned, RepairKind, Stream, Verdict,
};

/// Characters of what came out that a reason shows.
const LONGEST: usize = 60;

/// The judgement by a call, when one was made for this expectation.
pub(crate) fn judge(
    case: &Case<'_>,
    planned: &Planned,
    outcome: &Outcome,
    index: usize,
) -> Option<Judgement> {
    let call = call_around(case, planned, case.expectation)?;
    let seen = alone(&outcome.called);
    let other = Case {
        expectation: case.expectation,
        evidence: Evidence::of(&seen, case.expectation, index),
        outcome: &seen,
        code: case.code,
        counts_steps: case.counts_steps,
    };
    let judged = kinds::judge(&other);
    if judged.verdict == Verdict::Pass {
        return Some(judged);
    }
    let never = format!("the guide never calls `{call}`");
    let Some(came_out) = judged.actual.as_ref().filter(|text| !text.is_empty()) else {
        let why = judged
            .reason
            .unwrap_or_else(|| "it was not reached".to_owned());
        return Some(Judgement::skip(format!("{never}; called, {why}")));
    };
    let stated = judged.expected.as_deref().unwrap_or_default();
    let shown: String = came_out.replace('\n', "⏎").chars().take(LONGEST).collect();
    Some(Judgement::skip(format!("{never}; called, it gives `{shown}`")).showing(stated, came_out))
}

/// The call that was made of the function around a statement that nothing else reached.
fn call_around<'p>(
    case: &Case<'_>,
    planned: &'p Planned,
    expectation: &Expectation,
) -> Option<&'p str> {
    let statement = expectation.statement;
    let never_reached = !case.evidence.was_reached() && case.evidence.because.is_none();
    let mut calls = planned
        .repairs
        .iter()
        .filter(|repair| repair.kind == RepairKind::Call);
    let around = |line: Line| {
        case.code
            .function_at(line)
            .is_some_and(|lines| lines.contains(statement.first))
    };
    let found = calls.find(|repair| repair.line < statement.first && around(repair.line));
    found
        .filter(|_| never_reached)
        .map(|repair| repair.text.as_str())
}

/// An outcome in which nothing but these events happened.
fn alone(events: &[Event]) -> Outcome {
    let written = events.iter().filter_map(|event| match event {
        Event::Write {
            stream: Stream::Out,
            text,
            ..
        } => Some(text.as_str()),
        _ => None,
    });
    Outcome {
        exit: Exit::Completed,
        stdout: Output {
            text: written.collect(),
            cut: false,
        },
        events: events.to_vec(),
        ..Outcome::lost(String::new())
    }
}
