//! The output of a command in a transcript: the whole output of the snippet as a file, or of code that imports it.

use super::fence;
use crate::case::Case;
use crate::compare::compare;
use crate::rule::{Judgement, Rule};
use snipcheck_core::{Event, Exit};

/// What ran, as a reason names it.
struct Ran<'a> {
    stdout: &'a str,
    what: &'static str,
}

/// Judges the lines below a command by everything that it wrote.
pub(crate) fn judge(case: &Case<'_>) -> Judgement {
    let stated = case.expectation.text.trim_end();
    let ran = match ran(case) {
        Ok(ran) => ran,
        Err(why) => return Judgement::skip(why),
    };
    let actual = ran.stdout.trim_end();
    if let Some(rule) = fence::same(stated, actual) {
        return Judgement::pass(rule, stated, actual);
    }
    if let Some(told) = without_remark(stated)
        && let Some(rule) = fence::same(told, actual)
    {
        return Judgement::pass(rule.and(Rule::Remark), told, actual);
    }
    let skip = |reason: &str| Judgement::skip(reason).showing(stated, actual);
    if actual.is_empty() {
        return skip("the command writes nothing");
    }
    if stated.contains("Traceback (most recent call last)") {
        return skip("shows a traceback");
    }
    if stated.contains("...") || stated.contains('…') || is_part(stated, actual) {
        return skip("leaves out lines of what was written");
    }
    if is_part(actual, stated) {
        return skip("more lines stand here than were written");
    }
    Judgement::fail(stated, actual, ran.what)
}

fn ran<'a>(case: &'a Case<'_>) -> Result<Ran<'a>, &'static str> {
    if case.expectation.code.is_some() {
        return match case.evidence.ran {
            Some(stdout) => Ok(Ran {
                stdout,
                what: "the command writes something else",
            }),
            None => Err("the command could not be run to its end here"),
        };
    }
    let outcome = case.outcome;
    let stopped = |event: &Event| matches!(event, Event::Stopped { .. } | Event::NotRun { .. });
    if outcome.exit != Exit::Completed || outcome.events.iter().any(stopped) {
        return Err("the snippet did not come to its end");
    }
    if outcome.stdout.cut {
        return Err("the output was cut at its limit");
    }
    Ok(Ran {
        stdout: &outcome.stdout.text,
        what: "the snippet as a file writes something else",
    })
}

/// Whether the lines of one text are lines of the other, in order.
fn is_part(part: &str, whole: &str) -> bool {
    let mut lines = whole.lines();
    part.lines()
        .all(|line| lines.any(|other| compare(line.trim(), other.trim()).is_some()))
}

/// The text without a last line in parentheses: `(nothing else is printed)`.
fn without_remark(stated: &str) -> Option<&str> {
    let (told, last) = stated.rsplit_once('\n')?;
    let last = last.trim();
    (last.starts_with('(') && last.ends_with(')')).then_some(told.trim_end())
}
