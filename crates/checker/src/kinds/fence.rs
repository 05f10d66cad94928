//! The whole output, in a fence that follows the snippet.

use super::block::toward;
use crate::case::Case;
use crate::code::syntax_error_of;
use crate::compare::compare;
use crate::rule::{Judgement, Rule};
use crate::similar;
use snipcheck_core::{Event, Exit, Notation};

/// Judges a fence by everything that the snippet wrote.
pub(crate) fn judge(case: &Case<'_>) -> Judgement {
    let expected = case.expectation.text.trim_end();
    let stdout = case.outcome.stdout.text.trim_end();
    if let Some(judgement) = traceback(case, expected) {
        return judgement;
    }
    for stated in [expected, without_prompt(expected)] {
        if let Some(rule) = same(stated, stdout) {
            return Judgement::pass(rule, stated, stdout);
        }
    }
    let stderr = case.outcome.stderr.text.trim_end();
    if !stderr.is_empty() && same(expected, stderr).is_some() {
        return Judgement::pass(Rule::Exact, expected, stderr);
    }
    wrong(case, expected, stdout)
}

fn wrong(case: &Case<'_>, expected: &str, stdout: &str) -> Judgement {
    let labelled = case.expectation.notation == Notation::Fence { labelled: true };
    let stopped = case
        .outcome
        .events
        .iter()
        .any(|event| matches!(event, Event::Stopped { .. } | Event::NotRun { .. }));
    let skip = |reason: &str| Judgement::skip(reason).showing(expected, stdout);
    if stdout.is_empty() {
        return skip("the snippet writes nothing");
    }
    if stopped || case.outcome.exit != Exit::Completed {
        return skip("the snippet did not come to its end");
    }
    if !labelled {
        return skip("the fence does not say that it is the output");
    }
    if case.outcome.stdout.cut {
        return skip("the output was cut at its limit");
    }
    if similar::differs_in_dunders(expected, stdout) {
        return skip("names of the interpreter's own differ");
    }
    if reads_as_code(expected) {
        return skip("the fence reads as code");
    }
    if similar::leaves_out_lines(expected, stdout) {
        return skip("leaves out lines of what was written");
    }
    let stated: Vec<&str> = expected.lines().collect();
    let lines: Vec<&str> = stdout.lines().collect();
    let shown = if stated.len() == lines.len() {
        toward(&stated, &lines)
    } else {
        stdout.to_owned()
    };
    Judgement::fail(expected, &shown, "the snippet writes something else")
}

pub(super) fn same(expected: &str, actual: &str) -> Option<Rule> {
    if let Some(rule) = compare(expected, actual) {
        return Some(rule);
    }
    let stated = expected.lines().filter(|line| !line.trim().is_empty());
    let real: Vec<&str> = actual
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let stated: Vec<&str> = stated.collect();
    if stated.len() != real.len() || stated.is_empty() {
        return None;
    }
    stated
        .iter()
        .zip(&real)
        .try_fold(Rule::Whitespace, |rule, (stated, real)| {
            Some(rule.and(compare(stated.trim(), real.trim())?))
        })
}

/// Whether a fence shows prompts or definitions, as no output does.
fn reads_as_code(expected: &str) -> bool {
    let opens = |line: &str| {
        [">>> ", "def ", "class ", "import ", "from "]
            .iter()
            .any(|word| line.starts_with(word))
    };
    let is_code = syntax_error_of(expected).is_none();
    expected.lines().any(|line| line.starts_with(">>> ")) || is_code && expected.lines().any(opens)
}

/// A fence that begins with the command that was typed.
fn without_prompt(expected: &str) -> &str {
    let is_command = |line: &str| {
        let typed = line.split_once(['$', '%', '>']);
        typed.is_some_and(|(prompt, command)| {
            command.starts_with(' ')
                && (prompt.is_empty() || command.trim_start().starts_with("python"))
        })
    };
    match expected.split_once('\n') {
        Some((first, rest)) if is_command(first) => rest.trim(),
        _ => expected,
    }
}

/// A fence that shows a traceback speaks of the exception by its last line.
fn traceback(case: &Case<'_>, expected: &str) -> Option<Judgement> {
    expected.find("Traceback (most recent call last)")?;
    let last = expected.lines().last()?.trim();
    let stopped = case.outcome.events.iter().find_map(|event| match event {
        Event::Stopped { exception, .. } => Some(exception),
        _ => None,
    });
    let Some(exception) = stopped else {
        return Some(Judgement::skip("no exception was seen").showing(last, ""));
    };
    let shown = exception.to_string();
    Some(match compare(last, &shown) {
        Some(rule) => Judgement::pass(rule, last, &shown),
        None if last.starts_with(&exception.type_name) => Judgement::pass(Rule::Type, last, &shown),
        None => Judgement::skip("another exception was raised").showing(last, &shown),
    })
}
