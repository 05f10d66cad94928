//! The answer to a `>>>` prompt: what the statement wrote, the echo of its value, or its exception.

use super::{block, output, raises, value};
use crate::case::Case;
use crate::compare::compare;
use crate::reading::is_value;
use crate::rule::{Judgement, Rule};
use crate::similar;
use snipcheck_core::{Event, Exception, Lines, Outcome, Stream, Value, Verdict, doctest_options};

/// Errors that tell of what is there or not on this machine and in this run, not of the guide's code.
const OF_THIS_RUN: [&str; 14] = [
    "NameError",
    "ModuleNotFoundError",
    "ImportError",
    "OSError",
    "IOError",
    "FileNotFoundError",
    "PermissionError",
    "ConnectionError",
    "TimeoutError",
    "EOFError",
    "KeyboardInterrupt",
    "SystemExit",
    "MemoryError",
    "RecursionError",
];

/// Judges an answer by the rules of doctest, and by more lenient ones where guides have them.
pub(crate) fn judge(case: &Case<'_>) -> Judgement {
    let statement = case.code.text(case.expectation.statement);
    let options = doctest_options(&statement);
    if options.contains(&(true, "SKIP")) {
        return Judgement::skip("the guide says `doctest: +SKIP`");
    }
    let stated = case.expectation.text.trim_matches('\n');
    if let Some(shown) = Shown::of(stated) {
        let bare = options.contains(&(true, "IGNORE_EXCEPTION_DETAIL"));
        return exception(case, &shown, bare);
    }
    if let Some(judgement) = pass(case, stated) {
        return judgement;
    }
    let is_comment = case.expectation.comment.trim_start().starts_with('#');
    let judgement = commented(case, stated).unless(|| {
        is_foreign_path(stated, case).then(|| "a path as another system writes it".to_owned())
    });
    if judgement.verdict == Verdict::Pass || is_comment {
        return judgement;
    }
    if let Some(judgement) = case.unseen() {
        return judgement;
    }
    wrong(case, stated)
}

/// Whether an answer shows this exception.
pub(crate) fn announces(text: &str, exception: &Exception) -> bool {
    Shown::of(text).is_some_and(|shown| {
        shown
            .last
            .is_none_or(|last| raises::announces(last, exception))
    })
}

/// Whether an answer shows any exception.
pub(crate) fn shows_exception(text: &str) -> bool {
    Shown::of(text).is_some()
}

/// An exception as a prompt shows it.
struct Shown<'a> {
    /// What was written before it.
    before: &'a str,
    /// Its last line, with the message; nothing where the guide leaves it out.
    last: Option<&'a str>,
}

impl<'a> Shown<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let is_header = |line: &str| line.contains("Traceback (most recent call last)");
        let is_syntax = |line: &str| {
            ["SyntaxError", "IndentationError", "TabError"]
                .iter()
                .any(|name| line.trim_start().starts_with(name))
        };
        let mut start = 0;
        let mut header = None;
        let mut last_header = 0;
        let mut syntax = None;
        let mut in_group = false;
        for line in text.split_inclusive('\n') {
            // The exceptions of a group have their own tracebacks within that of the group.
            if is_header(line) && !in_group {
                header.get_or_insert(start);
                last_header = start + line.len();
                in_group = line.contains("Exception Group");
            }
            if is_syntax(line) {
                syntax.get_or_insert(start);
            }
            start += line.len();
        }
        let Some(header) = header else {
            let at = syntax.or_else(|| is_last_line(text).then_some(0))?;
            return Some(Shown {
                before: "",
                last: text[at..].trim().lines().next(),
            });
        };
        // What stands below the stack begins at its margin, or behind the bar of a group.
        let is_message = |line: &&str| {
            let bare = line.trim_start_matches([' ', '+', '-', '|']).trim_start();
            let is_inner = line.starts_with([' ', '\t']) && !line.trim_start().starts_with('|');
            !is_inner && !bare.starts_with("File ") && is_exception_line(bare)
        };
        Some(Shown {
            before: text[..header].trim_end(),
            last: text[last_header..]
                .lines()
                .find(is_message)
                .map(|line| line.trim_start_matches([' ', '+', '-', '|'])),
        })
    }
}

/// Whether a line begins with a dotted name that ends it or a colon follows.
fn is_exception_line(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or(line).trim_end();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    !name.is_empty() && name.chars().all(is_part) && !name.starts_with(['.', '_'])
}

/// Whether an answer is the last line of a traceback alone: `ValueError: …`.
fn is_last_line(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let name = first.split(':').next().unwrap_or(first).trim_end();
    let ends = ["Error", "Exception", "KeyboardInterrupt", "StopIteration"];
    is_exception_line(first)
        && name.rsplit('.').next().is_some_and(|last| {
            last.starts_with(char::is_uppercase) && ends.iter().any(|end| last.ends_with(end))
        })
}

fn exception(case: &Case<'_>, shown: &Shown<'_>, bare: bool) -> Judgement {
    let stated = shown.last.unwrap_or(shown.before);
    let seen = case.evidence.raised.iter().flatten().next_back().copied();
    let Some(real) = case.evidence.stopped.or(seen) else {
        return nothing_raised(case, stated);
    };
    let text = real.to_string();
    let Some(last) = shown.last else {
        return Judgement::pass(Rule::Ellipsis, stated, &text);
    };
    let last = without_hint(last);
    let output = case.evidence.output();
    let output = output.trim_end();
    if !shown.before.is_empty() && same(shown.before, output).is_none() {
        return Judgement::skip("writes something else before the exception")
            .showing(shown.before, output);
    }
    if bare && raises::announces(last, real) {
        return Judgement::pass(Rule::Type, last, &text);
    }
    if compare(last, &text).is_some_and(|rule| rule == Rule::Exact) {
        return Judgement::pass(Rule::Exact, last, &text);
    }
    raises::shown(last, real, case).unless(|| {
        let name = last.split(':').next().unwrap_or(last);
        of_this_run(name).then(|| "another exception was raised".to_owned())
    })
}

/// A message without what only a traceback adds to it.
fn without_hint(last: &str) -> &str {
    let hints = [". Did you mean", ". Did you forget"];
    let at = hints.iter().filter_map(|hint| last.find(hint)).min();
    at.map_or(last, |at| &last[..at])
}

fn of_this_run(name: &str) -> bool {
    let name = name.trim().rsplit('.').next().unwrap_or(name);
    OF_THIS_RUN.contains(&name)
        || name.ends_with("Warning")
        || matches!(name, "SyntaxError" | "IndentationError" | "TabError")
}

fn nothing_raised(case: &Case<'_>, stated: &str) -> Judgement {
    if let Some(judgement) = pass(case, case.expectation.text.trim_matches('\n')) {
        return judgement;
    }
    if let Some(judgement) = case.unseen() {
        return judgement;
    }
    let reason = format!("{} raises nothing", case.place());
    let name = stated.split(':').next().unwrap_or(stated);
    let plain = is_last_line(stated) && !of_this_run(name);
    if !plain {
        return Judgement::skip(reason).showing(stated, "no exception");
    }
    Judgement::fail(stated, "no exception", reason)
}

/// A pass, if the answer is what the prompt shows, in any of the ways in which guides show it.
fn pass(case: &Case<'_>, stated: &str) -> Option<Judgement> {
    let output = case.evidence.output();
    let output = output.trim_end_matches('\n');
    let found =
        |rule: Option<Rule>, actual: &str| rule.map(|rule| Judgement::pass(rule, stated, actual));
    if let Some(judgement) = found(same(stated, output), output) {
        return Some(judgement);
    }
    let errors = written_to_stderr(case.outcome, case.expectation.statement);
    let errors = errors.trim_end();
    found(same(stated, errors), errors).or_else(|| {
        let value = case.evidence.values.last()?;
        pass_by_value(stated, output, value)
    })
}

/// The value where the guide shows it in another way than a prompt does.
fn pass_by_value(stated: &str, output: &str, value: &Value) -> Option<Judgement> {
    let repr = value.repr.as_str();
    // `None` is no echo, and still some guides show it.
    if repr == "None"
        && let Some(before) = stated.strip_suffix("None")
        && (before.trim().is_empty() && output.is_empty()
            || same(before.trim_end(), output).is_some())
    {
        return Some(Judgement::pass(Rule::Line, stated, "None"));
    }
    // Without its echo, or where there is none: of an assignment.
    let written = output.strip_suffix(repr).map(str::trim_end);
    let text = value.text.as_deref().unwrap_or_default();
    for actual in [written.unwrap_or_default(), repr, text] {
        if let Some(rule) = same(stated, actual) {
            return Some(Judgement::pass(rule, stated, actual));
        }
    }
    let is_state = |state: &&String| compare(stated, state).is_some();
    let state = value.state.iter().find(is_state)?;
    Some(Judgement::pass(Rule::State, stated, state))
}

/// Equal as a whole, line by line, or up to the empty line that ends an answer.
fn same(stated: &str, actual: &str) -> Option<Rule> {
    if actual.is_empty() {
        return None;
    }
    // A printed text between quotes, as it was printed.
    let inside = ['\'', '"']
        .into_iter()
        .find_map(|quote| stated.strip_prefix(quote)?.strip_suffix(quote));
    if inside == Some(actual) {
        return Some(Rule::Quotes);
    }
    // doctest takes the numbers of Pythons without `bool` for the truth values that they were.
    if matches!(
        (stated.trim(), actual.trim()),
        ("1", "True") | ("0", "False")
    ) {
        return Some(Rule::Literal);
    }
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.trim().to_owned())
            .collect()
    };
    let each = |actual: &str| {
        let (left, right) = (lines(stated), lines(actual));
        (left.len() == right.len() && left.len() > 1)
            .then(|| {
                left.iter()
                    .zip(&right)
                    .try_fold(Rule::Exact, |rule, (left, right)| {
                        Some(rule.and(compare(left, right)?))
                    })
            })
            .flatten()
    };
    compare(stated, actual)
        .or_else(|| each(actual))
        .or_else(|| {
            let (first, _) = actual.split_once("\n\n")?;
            Some(
                compare(stated, first)
                    .or_else(|| each(first))?
                    .and(Rule::Line),
            )
        })
}

/// What stands in a comment, or is no answer to the letter, by the rules of comments.
fn commented(case: &Case<'_>, stated: &str) -> Judgement {
    let is_seen = case
        .evidence
        .values
        .iter()
        .any(|value| value.repr != "None");
    let of_block = block::judge(case);
    if of_block.verdict == Verdict::Pass || stated.contains('\n') {
        return of_block;
    }
    if is_seen {
        value::judge(case)
    } else {
        output::judge(case)
    }
}

/// Whether the answer is the real one with the backslashes of Windows, or a path of another machine.
fn is_foreign_path(stated: &str, case: &Case<'_>) -> bool {
    let slashed = stated.replace("\\\\", "/").replace('\\', "/");
    let real = case.evidence.output();
    let real = real.trim_end();
    let is_absolute = |text: &str| {
        let inner = text.trim_matches(['\'', '"']);
        inner.starts_with('/') && inner[1..].contains('/') && !inner.contains(char::is_whitespace)
    };
    slashed != stated && slashed == real || is_absolute(&slashed) && is_absolute(real)
}

/// A fail where the answer can only be meant as what is shown, else a skip.
fn wrong(case: &Case<'_>, stated: &str) -> Judgement {
    let output = case.evidence.output();
    let output = output.trim_end_matches('\n');
    let skip = |reason: &str| Judgement::skip(reason).showing(stated, output);
    if output.is_empty() {
        return skip("nothing is shown at this prompt");
    }
    if is_foreign_path(stated, case) {
        return skip("a path as another system writes it");
    }
    let (left, right): (Vec<&str>, Vec<&str>) =
        (stated.lines().collect(), output.lines().collect());
    if stated.contains("...") || stated.contains('…') {
        return skip("parts of the answer are left out");
    }
    if left.len() != right.len() {
        return skip("the answer has another number of lines");
    }
    if similar::differs_in_dunders(stated, output) {
        return skip("names of the interpreter's own differ");
    }
    // What Python shows of an object that has no value of its own differs from version to version.
    let is_object = |text: &str| text.contains('<') || text.contains("0x");
    let is_firm = |(left, right): (&&str, &&str)| {
        compare(left.trim(), right.trim()).is_some()
            || !is_object(left) && (is_value(left.trim()) || similar::is_slip(left, right))
    };
    if is_value(stated) && !is_object(stated) || left.iter().zip(&right).all(is_firm) {
        let reason = format!("{} shows something else", case.place());
        return Judgement::fail(stated, output, reason);
    }
    skip("reads as prose")
}

fn written_to_stderr(outcome: &Outcome, lines: Lines) -> String {
    let texts = outcome.events.iter().filter_map(|event| match event {
        Event::Write {
            stream: Stream::Err,
            text,
            lines: places,
        } if places.iter().any(|place| lines.contains(*place)) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}
