//! A comment's text against one real text, in every way that it may be read.

use crate::compare::{compare, joined};
use crate::reading::{Aside, Reading, Weight, readings};
use crate::rule::{Judgement, Rule};
use snipcheck_core::{Expectation, Written};

/// What stands between a label and its value in printed text.
const SEPARATORS: [&str; 7] = [": ", " = ", "=", "-> ", "→ ", ":", "\t"];

/// Bytes of an output that may begin with a label; every place where one may end is tried.
const LONGEST_LABELLED: usize = 2000;

/// The comment as it stands, its marker included.
fn whole(expectation: &Expectation) -> &str {
    let comment = &expectation.comment;
    comment.strip_prefix('#').unwrap_or(comment).trim()
}

/// The first reading that says what `actual` is.
pub(crate) fn equal(expectation: &Expectation, actual: &str) -> Option<Judgement> {
    let verbatim = whole(expectation);
    if let Some(rule @ (Rule::Exact | Rule::Whitespace)) = compare(verbatim, actual) {
        return Some(Judgement::pass(rule, verbatim, actual));
    }
    each(expectation, |reading| compare(reading.text, actual))
        .map(|(rule, text)| Judgement::pass(rule, text, actual))
}

/// The first reading that writes all of `outputs` side by side.
pub(crate) fn side_by_side(expectation: &Expectation, outputs: &[&str]) -> Option<Judgement> {
    each(expectation, |reading| joined(reading.text, outputs))
        .map(|(rule, text)| Judgement::pass(rule, text, &outputs.join("\n")))
}

/// The first reading that is `actual` but for commas between what one call of `print` wrote.
pub(crate) fn with_commas(expectation: &Expectation, actual: &str) -> Option<Judgement> {
    if actual.contains([',', '\n']) {
        return None;
    }
    let values = |text: &str| parted(text).all(|part| Written::of(part).is_some());
    each(expectation, |reading| {
        if !values(reading.text) {
            return None;
        }
        let parts: Vec<String> = parted(reading.text).map(unquoted).collect();
        (parts.len() > 1)
            .then(|| compare(&parts.join(" "), actual))?
            .map(|rule| rule.and(Rule::Joined))
    })
    .map(|(rule, text)| Judgement::pass(rule, text, actual))
}

/// Whether a text lists the items of a container without its brackets.
pub(crate) fn same_items(text: &str, actual: &str) -> bool {
    ["[]", "()", "{}"].iter().any(|brackets| {
        let (open, close) = brackets.split_at(1);
        let listed = parted(text).collect::<Vec<_>>().join(", ");
        let with_comma = format!("{open}{listed},{close}");
        Written::of(text).is_none_or(|text| !text.is_container())
            && (compare(&format!("{open}{listed}{close}"), actual).is_some()
                || compare(&with_comma, actual).is_some())
    })
}

/// The text in a string's quotes.
fn unquoted(text: &str) -> String {
    match Written::of(text) {
        Some(Written::Str { text, bytes: false }) => text,
        _ => text.to_owned(),
    }
}

/// The first reading that is `actual`, a tuple, without its brackets.
pub(crate) fn as_tuple(expectation: &Expectation, actual: &str) -> Option<Judgement> {
    each(expectation, |reading| {
        let is_several = reading.text.contains(',') && actual.starts_with('(');
        is_several
            .then(|| compare(&format!("({})", reading.text), actual))?
            .map(|rule| rule.and(Rule::Joined))
    })
    .map(|(rule, text)| Judgement::pass(rule, text, actual))
}

/// The items of a tuple, as they are written.
pub(crate) fn items(tuple: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let inner = tuple
        .strip_prefix('(')
        .and_then(|tail| tail.strip_suffix(')'));
    let mut rest = inner.unwrap_or_default();
    while let Some((_, end)) = Written::at_start(rest) {
        found.push(&rest[..end]);
        rest = rest[end..].trim_start_matches([',', ' ']);
    }
    if rest.is_empty() { found } else { Vec::new() }
}

/// What stands between commas or spaces.
fn parted(text: &str) -> impl Iterator<Item = &str> {
    let separator = if text.contains(", ") { ", " } else { " " };
    text.split(separator).map(str::trim)
}

/// The first reading that says what stands behind a label in `actual`.
pub(crate) fn behind_label(expectation: &Expectation, actual: &str) -> Option<Judgement> {
    each(expectation, |reading| match reading.aside {
        // Two labels that differ would be two different outputs.
        Aside::Label => None,
        Aside::Nothing | Aside::Remark => labelled(reading.text, actual),
    })
    .map(|(rule, text)| Judgement::pass(rule, text, actual))
}

/// The reading that nobody would take for anything else than the output.
pub(crate) fn firm(expectation: &Expectation) -> Option<Reading<'_>> {
    readings(expectation.text.trim())
        .into_iter()
        .find(|reading| reading.weight == Weight::Firm)
}

/// Whether `part` stands in `whole` on its own, not within a longer word or number.
pub(crate) fn mentions(whole: &str, part: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    !part.is_empty()
        && whole.match_indices(part).any(|(at, _)| {
            let before = whole[..at].chars().next_back();
            let behind = &whole[at + part.len()..];
            let after = behind.chars().next();
            // `2` is no part of `2.5`.
            let is_digit = |c: char| c.is_ascii_digit();
            let decimals = behind
                .strip_prefix('.')
                .is_some_and(|tail| tail.starts_with(is_digit));
            let whole_part = whole[..at]
                .strip_suffix('.')
                .is_some_and(|head| head.ends_with(is_digit));
            let cuts =
                decimals && part.ends_with(is_digit) || whole_part && part.starts_with(is_digit);
            !cuts && !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
}

fn each(
    expectation: &Expectation,
    holds: impl Fn(&Reading<'_>) -> Option<Rule>,
) -> Option<(Rule, &str)> {
    readings(expectation.text.trim())
        .into_iter()
        .find_map(|reading| {
            if reading.text.is_empty() {
                return None;
            }
            let rule = holds(&reading)?;
            let aside = match reading.aside {
                Aside::Nothing => rule,
                Aside::Remark => rule.and(Rule::Remark),
                Aside::Label => rule.and(Rule::Label),
            };
            Some((aside, reading.text))
        })
}

fn labelled(expected: &str, actual: &str) -> Option<Rule> {
    if actual.len() > LONGEST_LABELLED {
        return None;
    }
    let behind = SEPARATORS.iter().find_map(|separator| {
        actual
            .match_indices(separator)
            .find_map(|(at, _)| compare(expected, actual[at + separator.len()..].trim()))
    });
    let behind_words = || {
        actual.match_indices(' ').find_map(|(at, _)| {
            compare(expected, actual[at..].trim()).filter(|rule| *rule <= Rule::Quotes)
        })
    };
    behind
        .or_else(behind_words)
        .map(|rule| rule.and(Rule::Label))
}
