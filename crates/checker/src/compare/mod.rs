//! Whether a stated text and a real one are the same, from strict to lenient.
//!
//! Knows two texts and nothing else: no comments, no remarks, no outcomes.

mod joined;
mod literal;
mod number;
mod text;

pub(crate) use joined::{joined, parted};
pub(crate) use literal::same as same_value;
pub(crate) use number::stated as states_number;
pub(crate) use text::neutral;

use crate::rule::Rule;
use snipcheck_core::Written;

/// The strictest rule by which `expected` says what `actual` is.
pub(crate) fn compare(expected: &str, actual: &str) -> Option<Rule> {
    if expected == actual {
        return Some(Rule::Exact);
    }
    if text::fold(expected) == text::fold(actual) {
        return Some(Rule::Whitespace);
    }
    let (stated, real) = (Written::of(expected), Written::of(actual));
    if let (Some(stated), Some(real)) = (&stated, &real)
        && let Some(rule) = literal::same(stated, real)
    {
        return Some(rule);
    }
    // Arrays are shown without commas: `[1 2 3]`.
    if real.is_none()
        && stated.as_ref().is_some_and(Written::is_container)
        && actual.starts_with('[')
        && text::fold(&expected.replace(',', " ")) == text::fold(actual)
    {
        return Some(Rule::Whitespace);
    }
    if let Some(rule) = quoted(expected, stated.as_ref(), actual, real.as_ref()) {
        return Some(rule);
    }
    text::same(expected, actual)
}

/// Quotes round a printed string say that it is one.
fn quoted(
    expected: &str,
    stated: Option<&Written>,
    actual: &str,
    real: Option<&Written>,
) -> Option<Rule> {
    match (stated, real) {
        (Some(Written::Str { bytes: true, .. }), _)
        | (_, Some(Written::Str { bytes: true, .. })) => None,
        (Some(Written::Str { text: inner, .. }), _) if inner == actual => Some(Rule::Quotes),
        (Some(Written::Str { text: inner, .. }), Some(Written::Str { text: real, .. })) => {
            text::same(inner, real).map(|rule| rule.and(Rule::Quotes))
        }
        (Some(Written::Str { text: inner, .. }), _) => {
            text::same(inner, actual).map(|rule| rule.and(Rule::Quotes))
        }
        (_, Some(Written::Str { text: inner, .. })) if inner == expected => Some(Rule::Quotes),
        (_, Some(Written::Str { text: inner, .. })) => {
            text::same(expected, inner).map(|rule| rule.and(Rule::Quotes))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
