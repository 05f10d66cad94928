//! The value of an expression, or of the name that an assignment gives it to.

use super::{block, matching, output};
use crate::case::Case;
use crate::reading::{Reading, is_hedged, readings};
use crate::rule::{Judgement, Rule};
use crate::similar;
use snipcheck_core::{Kind, Notation, Value, Written};

/// Judges a comment by the values that its statement had.
pub(crate) fn judge(case: &Case<'_>) -> Judgement {
    let values = &case.evidence.values;
    if let Some(judgement) = pass(case, values) {
        return judgement;
    }
    if let Some(judgement) = case.unseen().or_else(|| output::silence(case)) {
        return judgement;
    }
    let gives_nothing = values.iter().all(|value| value.repr == "None");
    if case.expectation.notation == Notation::Marked && gives_nothing {
        return block::judge(case);
    }
    match values.as_slice() {
        [] => Judgement::skip(format!("the value of {} was not seen", case.place())),
        [value] => wrong(case, value),
        several if states_several(case) => {
            let shown: Vec<&str> = several.iter().map(|value| value.repr.as_str()).collect();
            let reason = format!("{} has other values", case.place());
            Judgement::fail(case.expectation.text.trim(), &shown.join(", "), reason)
        }
        _ => Judgement::skip(format!(
            "{} had several values, and none of them is the stated one",
            case.place()
        )),
    }
}

fn pass(case: &Case<'_>, values: &[&Value]) -> Option<Judgement> {
    let expectation = case.expectation;
    let one = |value: &&Value| {
        matching::equal(expectation, &value.repr)
            .or_else(|| matching::equal(expectation, value.text.as_deref()?))
            .or_else(|| {
                let mut judgement = value
                    .state
                    .iter()
                    .find_map(|state| matching::equal(expectation, state))?;
                judgement.rule = judgement.rule.map(|rule| rule.and(Rule::State));
                Some(judgement)
            })
    };
    let shown: Vec<&str> = values.iter().map(|value| value.repr.as_str()).collect();
    let items = match values {
        [value] => matching::items(&value.repr),
        _ => Vec::new(),
    };
    matching::side_by_side(expectation, &shown)
        .or_else(|| values.iter().rev().find_map(one))
        .or_else(|| matching::side_by_side(expectation, &items))
        .or_else(|| matching::as_tuple(expectation, shown.first()?))
        .or_else(|| output::pass(case, &case.evidence.output()))
}

/// Whether a comment lists values one by one: `1, 2, 3, ...`.
fn states_several(case: &Case<'_>) -> bool {
    matching::firm(case.expectation).is_some_and(|firm| Written::of(firm.text).is_none())
}

fn wrong(case: &Case<'_>, value: &Value) -> Judgement {
    let text = case.expectation.text.trim();
    let Some(firm) = matching::firm(case.expectation) else {
        if readings(text)
            .iter()
            .any(|reading| is_another(reading, &value.repr))
            && !is_hedged(text)
        {
            let reason = format!("{} gives something else", case.place());
            return Judgement::fail(text, &value.repr, reason);
        }
        return Judgement::skip("reads as prose").showing(text, &value.repr);
    };
    let stated = Written::of(firm.text);
    let is_stored = case.expectation.kind == Kind::AssignedValue && !value.state.is_empty();
    let actual = match (value.repr.as_str(), value.state.as_slice()) {
        ("None", []) if !case.evidence.written.is_empty() => return output::judge(case),
        ("None", []) => return skip_none(firm.text),
        ("None", [.., state]) if firm.text != "None" && !is_stored => {
            alike(stated.as_ref(), &value.state).unwrap_or(state)
        }
        (_, changed) if is_stored => match alike(stated.as_ref(), changed) {
            Some(state) => state,
            None => return Judgement::skip("may speak of something else than what is stored"),
        },
        (repr, _) => repr,
    };
    if similar::differs_in_dunders(firm.text, actual) {
        return Judgement::skip("names of the interpreter's own differ").showing(firm.text, actual);
    }
    let is_loose = |text: &str| Written::of(text).is_none_or(|value| !value.is_literal());
    if matching::same_items(firm.text, actual) || is_loose(firm.text) && is_loose(actual) {
        return Judgement::skip("shows what is inside, not the value itself")
            .showing(firm.text, actual);
    }
    if let Some(reason) = meant_otherwise(case, stated.as_ref(), actual) {
        return Judgement::skip(reason).showing(firm.text, actual);
    }
    Judgement::fail(
        firm.text,
        actual,
        format!("{} gives something else", case.place()),
    )
}

/// The one of several containers that is of the stated kind.
fn alike<'a>(stated: Option<&Written>, changed: &'a [String]) -> Option<&'a str> {
    let kind = |written: &Written| {
        let container = written.is_container();
        container.then(|| std::mem::discriminant(written))
    };
    let wanted = stated.and_then(kind)?;
    let mut found = changed.iter().map(String::as_str);
    found.find(|state| Written::of(state).as_ref().and_then(kind) == Some(wanted))
}

/// Whether a reading can only be meant as the value, and is another one: an object of another class,
/// a call of the same name, or the same text with a slip.
fn is_another(reading: &Reading<'_>, actual: &str) -> bool {
    let is_object = actual.starts_with('<') && actual.contains(" object at 0x");
    match (Written::of(reading.text), Written::of(actual)) {
        (Some(Written::Angle(inner)), _) => {
            let name = inner.split(" object").next().unwrap_or(&inner);
            is_object
                && name
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '.' || c == '_')
        }
        (Some(stated @ Written::Call(..)), Some(real @ Written::Call(..))) => {
            similar::is_same_call(&stated, &real)
        }
        (Some(stated), _) if stated.is_container() => similar::is_slip(reading.text, actual),
        (_, Some(Written::Str { text, bytes: false })) => similar::is_slip(reading.text, &text),
        _ => false,
    }
}

fn skip_none(stated: &str) -> Judgement {
    Judgement::skip("it gives `None`, and what the comment speaks of was not seen")
        .showing(stated, "None")
}

/// Why a value that is not the stated one does not make the guide wrong.
fn meant_otherwise(case: &Case<'_>, stated: Option<&Written>, actual: &str) -> Option<String> {
    if case.counts_steps {
        return Some("reads as the number of a step".to_owned());
    }
    if case
        .code
        .line(case.expectation.statement.first)
        .trim_start()
        .starts_with("return ")
    {
        return Some("may speak of another call".to_owned());
    }
    let real = Written::of(actual);
    let is_display = |code: &str| {
        let code = code.split('#').next().unwrap_or(code);
        Written::of(code).is_some_and(|written| written.is_container())
    };
    let is_text = matches!(stated, Some(Written::Str { .. }));
    if is_text && is_display(&case.code.text(case.expectation.statement)) {
        return Some("the code is a value written in full".to_owned());
    }
    if let (Some(Written::Str { text, .. }), Some(Written::Str { text: whole, .. })) =
        (stated, &real)
        && matching::mentions(whole, text)
        && text.len() * 2 < whole.len()
    {
        return Some("says only a part of the value".to_owned());
    }
    let is_truth = |written: Option<&Written>| matches!(written, Some(Written::Word(word)) if word == "True" || word == "False");
    if is_truth(stated) && !is_truth(real.as_ref()) {
        return Some("says whether the value is true, not what it is".to_owned());
    }
    let is_container = |written: Option<&Written>| written.is_some_and(Written::is_container);
    let is_call = matches!(real, Some(Written::Call(..)));
    // `repeat(7, 2)  # 7 7`
    let hides_items = matches!(&real, Some(Written::Call(_, arguments)) if !arguments.iter().any(|(_, one)| one.is_container()));
    if stated.is_none() && hides_items {
        return Some("shows what is inside, not the value itself".to_owned());
    }
    if is_container(stated) && !is_container(real.as_ref()) {
        let has_items = real.as_ref().is_none_or(|real| !real.is_literal());
        let is_state = case
            .evidence
            .values
            .iter()
            .all(|value| value.repr != actual);
        if has_items || is_call || is_state {
            return Some("shows what is inside, not the value itself".to_owned());
        }
    }
    // A text of digits is as good as a number here: `f"{x:.2f}"  # 3.14`.
    let is_number = |written: Option<&Written>| match written {
        Some(Written::Str { text, .. }) => Written::of(text).is_some_and(|inner| inner.is_number()),
        other => other.is_some_and(Written::is_number),
    };
    if is_number(stated) && !is_number(real.as_ref()) && !is_truth(real.as_ref()) {
        return Some("reads as a count".to_owned());
    }
    let missing = actual == "None"
        && case
            .evidence
            .values
            .iter()
            .all(|value| value.repr == "None");
    missing.then(|| "the expression gives `None`".to_owned())
}
