//! The output of a command in a transcript: the whole output of the snippet as a file, or of code that imports it.

use super::fence;
use crate::case::Case;
use crate::rule::{Judgement, Rule};
use crate::similar;
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
    if stated.contains("...") || stated.contains('…') || similar::leaves_out_lines(stated, actual)
    {
        return skip("leaves out lines of what was written");
    }
    if begins(stated, actual) || begins(actual, stated) {
        return skip("what was written is another number of lines");
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

/// Whether the lines of one text are the first ones of the other.
fn begins(part: &str, whole: &str) -> bool {
    let (part, whole): (Vec<&str>, Vec<&str>) = (part.lines().collect(), whole.lines().collect());
    part.len() < whole.len()
        && fence::same(&part.join("\n"), &whole[..part.len()].join("\n")).is_some()
}

/// The text without a last line in parentheses: `(nothing else is printed)`.
fn without_remark(stated: &str) -> Option<&str> {
    let (told, last) = stated.rsplit_once('\n')?;
    let last = last.trim();
    (last.starts_with('(') && last.ends_with(')')).then_some(told.trim_end())
}
