//! The exception that a statement ends with: `# TypeError: age must be a number`.

use crate::case::Case;
use crate::code::Code;
use crate::compare::compare;
use crate::reading::{is_hedged, readings};
use crate::rule::{Judgement, Rule};
use crate::similar;
use snipcheck_core::{Event, Exception, Notation, Snippet, Written, exception_length};

/// Whether a text announces an exception of this name (or of any name).
pub(crate) fn announces(text: &str, exception: &Exception) -> bool {
    let announced = Announced::of(text);
    announced
        .name
        .is_none_or(|name| type_rule(name, exception).is_some())
}

/// Judges the last line of a traceback by the exception that was raised.
pub(crate) fn shown(text: &str, exception: &Exception, case: &Case<'_>) -> Judgement {
    let announced = Announced::of(text);
    if announced.name.is_none() && !exception.to_string().starts_with(text) {
        let stated = text.split(':').next().unwrap_or(text);
        let stated = stated.rsplit('.').next().unwrap_or(stated);
        let is_known = type_rule(stated, exception).is_some();
        return if is_known {
            Judgement::pass(Rule::Type, text, &exception.to_string())
        } else {
            Judgement::skip("another exception was raised").showing(text, &exception.to_string())
        };
    }
    announced
        .against(exception, case)
        .showing(text, &exception.to_string())
}

/// Judges an announced exception by what the statement raised.
pub(crate) fn judge(case: &Case<'_>) -> Judgement {
    let expectation = case.expectation;
    let announced = Announced::of(&expectation.text);
    let code = expectation.code.as_deref();
    if let Some(judgement) = of_syntax(&announced, code, case.code, &case.expectation.text) {
        return judgement;
    }
    if let Some(judgement) = super::matching::equal(expectation, case.evidence.output().trim_end())
    {
        return judgement;
    }
    let seen: Vec<&Exception> = case
        .evidence
        .raised
        .iter()
        .flatten()
        .copied()
        .chain(case.evidence.stopped.filter(|_| code.is_none()))
        .collect();
    let verdicts = seen
        .iter()
        .map(|exception| announced.against(exception, case))
        .collect::<Vec<_>>();
    let passed = verdicts
        .iter()
        .find(|judgement| judgement.verdict == snipcheck_core::Verdict::Pass);
    if let Some(judgement) = passed.or(verdicts.first()) {
        return judgement.clone();
    }
    if case.evidence.done == 0 && case.evidence.raised.is_empty() {
        return case
            .unseen()
            .unwrap_or_else(|| Judgement::skip(format!("{} was never reached", case.place())));
    }
    nothing_raised(case, &announced)
}

/// A block, or a statement in a comment, that is announced not to parse. Needs no outcome.
pub(crate) fn without_outcome(
    text: &str,
    code: Option<&str>,
    snippet: &Snippet,
) -> Option<Judgement> {
    of_syntax(&Announced::of(text), code, &Code::of(snippet), text)
}

fn of_syntax(
    announced: &Announced<'_>,
    commented: Option<&str>,
    code: &Code<'_>,
    text: &str,
) -> Option<Judgement> {
    let name = announced.name?;
    if !matches!(name, "SyntaxError" | "IndentationError" | "TabError") {
        return None;
    }
    let error = match commented {
        Some(statement) => crate::code::syntax_error_of(statement)?,
        None => code.syntax_error()?.to_owned(),
    };
    Some(Judgement::pass(
        Rule::Type,
        text,
        &format!("{name}: {error}"),
    ))
}

/// What a text says of an exception.
struct Announced<'a> {
    /// The name of its type, without module.
    name: Option<&'a str>,
    /// What it says of the message.
    message: Option<&'a str>,
    /// Whether the text is the name and what may follow it.
    is_plain: bool,
    /// Whether it is plain and holds always.
    is_firm: bool,
}

impl<'a> Announced<'a> {
    fn of(text: &'a str) -> Self {
        let Some((start, end)) = exception_name(text) else {
            return Announced {
                name: None,
                message: None,
                is_plain: false,
                is_firm: false,
            };
        };
        let (before, behind) = (text[..start].to_lowercase(), &text[end..]);
        let opens = before
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| OPENING_WORDS.contains(&word));
        let closes = behind.is_empty()
            || behind.starts_with([':', '!', '.', ','])
            || behind.trim_start().starts_with(['(', '-', '–', '—', '!']);
        let message = behind.strip_prefix(':').map(str::trim);
        Announced {
            name: text[start..end].rsplit('.').next(),
            message: message.filter(|message| !message.is_empty()),
            is_plain: opens && closes,
            // `Raise a TypeError` asks for it.
            is_firm: opens
                && closes
                && !is_hedged(text)
                && !before.trim_start().starts_with("raise "),
        }
    }

    fn against(&self, exception: &Exception, case: &Case<'_>) -> Judgement {
        let text = case.expectation.text.as_str();
        let real = exception.to_string();
        let Some(name) = self.name else {
            // A name that is missing here says nothing of the error that the guide means.
            return if exception.type_name == "NameError" {
                Judgement::skip("a name is missing").showing(text, &real)
            } else {
                Judgement::pass(Rule::Type, text, &real)
            };
        };
        let Some(rule) = type_rule(name, exception) else {
            return self.another(exception, text, &real);
        };
        let Some(message) = self.message else {
            return Judgement::pass(Rule::Type, text, &real);
        };
        let slip = similar::is_slip(message, &exception.message);
        // A slip in the message is no remark behind it.
        let same = compare(message, &exception.message)
            .or_else(|| same_message(message, &exception.message).filter(|_| !slip));
        match same {
            Some(found) => Judgement::pass(rule.and(found), text, &real),
            None if self.is_plain && is_misquoted(message, exception, case) => Judgement::fail(
                text,
                &real,
                format!("{} raises with another message", case.place()),
            ),
            None if slip || message.contains("...") || is_value(message, &exception.message) => {
                Judgement::skip("the type is right, the message is another one")
                    .showing(text, &real)
            }
            None => Judgement::pass(Rule::Type, text, &real),
        }
    }

    fn another(&self, exception: &Exception, text: &str, real: &str) -> Judgement {
        // These tell that something is missing here, not what the guide's code does.
        let missing = [
            "NameError",
            "ModuleNotFoundError",
            "ImportError",
            "FileNotFoundError",
        ];
        if !self.is_firm || missing.contains(&exception.type_name.as_str()) {
            return Judgement::skip("another exception was raised").showing(text, real);
        }
        Judgement::fail(text, real, "another exception is raised")
    }
}

const OPENING_WORDS: [&str; 16] = [
    "raises", "raise", "will", "this", "throws", "error", "fails", "with", "results", "in", "a",
    "an", "uncaught", "should", "would", "the",
];

/// Where the first name of an exception stands in a text.
fn exception_name(text: &str) -> Option<(usize, usize)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let mut before = None;
    text.char_indices().find_map(|(at, c)| {
        let follows = before.replace(c).is_some_and(is_part);
        let opens = is_part(c) && !follows;
        let length = if opens {
            exception_length(&text[at..])
        } else {
            0
        };
        (length > 0).then_some((at, at + length))
    })
}

/// The same type, one of its bases, or an old name of it.
fn type_rule(name: &str, exception: &Exception) -> Option<Rule> {
    if name == exception.type_name {
        return Some(Rule::Exact);
    }
    let is_base = exception.bases.iter().any(|base| base == name);
    let old_name = matches!(
        name,
        "IOError" | "EnvironmentError" | "WindowsError" | "error"
    ) && exception
        .bases
        .iter()
        .chain([&exception.type_name])
        .any(|base| base == "OSError");
    (is_base || old_name).then_some(Rule::Type)
}

/// The message, its beginning, or either with a remark behind it.
fn same_message(stated: &str, real: &str) -> Option<Rule> {
    let straight = |text: &str| text.replace(['‘', '’', '`', '"'], "'");
    let real = straight(real);
    readings(&straight(stated)).iter().find_map(|reading| {
        compare(reading.text, &real).or_else(|| {
            let start = reading.text.trim_end_matches("...").trim_end();
            (start.len() > 3 && real.starts_with(start)).then_some(Rule::Ellipsis)
        })
    })
}

/// Whether the guide's own words, raised by its own code, are quoted wrongly. What Python itself says
/// differs from version to version.
fn is_misquoted(stated: &str, exception: &Exception, case: &Case<'_>) -> bool {
    let raised_here = exception
        .line
        .is_some_and(|line| case.code.line(line).trim_start().starts_with("raise "));
    let is_meant = similar::is_slip(stated, &exception.message)
        || similar::is_like_listing(stated, &exception.message);
    raised_here && is_meant
}

/// Whether a message and what is stated of it are both values: the key that is missing.
fn is_value(stated: &str, real: &str) -> bool {
    [stated, real].iter().all(|text| {
        Written::of(text).is_some_and(|value| value.is_literal() && value != Written::Rest)
    })
}

fn nothing_raised(case: &Case<'_>, announced: &Announced<'_>) -> Judgement {
    let text = case.expectation.text.as_str();
    // `print(error)  # ValueError: bad` shows an exception that was caught.
    let output = case.evidence.output();
    if let Some(judgement) = super::output::pass(case, &output) {
        return judgement;
    }
    let reason = format!("{} raises nothing", case.place());
    if !output.is_empty() {
        return Judgement::skip(reason).showing(text, output.trim_end());
    }
    let by_design = case.expectation.notation == Notation::Trailing
        || case.expectation.notation == Notation::CommentedOut;
    let elsewhere = case.code.is_in_function(case.expectation.statement)
        || case
            .outcome
            .events
            .iter()
            .any(|event| matches!(event, Event::Stopped { .. }));
    if announced.is_firm && by_design && !elsewhere {
        return Judgement::fail(text, "no exception", reason);
    }
    Judgement::skip(reason).showing(text, "no exception")
}
