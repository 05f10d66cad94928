//! Plain texts: white space, gaps, addresses, and numbers within them.

use super::number;
use crate::rule::Rule;

/// Letters that a gap must leave over, so that `...` alone does not match everything.
const LEAST_STATED: usize = 2;

/// The most lenient rule that was needed to find two texts the same.
pub(super) fn same(expected: &str, actual: &str) -> Option<Rule> {
    let (expected, actual) = (fold(expected), fold(actual));
    if expected == actual {
        return Some(Rule::Whitespace);
    }
    let close = |text: &str| text.replace(", ", ",");
    if expected.contains('[') && close(&expected) == close(&actual) {
        return Some(Rule::Whitespace);
    }
    if neutral(&expected) == neutral(&actual) {
        return Some(Rule::Placeholder);
    }
    if to_digits(&expected, &actual) {
        return Some(Rule::Digits);
    }
    if with_gaps(&expected, &actual) || with_gaps(&neutral(&expected), &neutral(&actual)) {
        return Some(Rule::Ellipsis);
    }
    open_digits(&expected, &actual).then_some(Rule::Placeholder)
}

/// A text with every run of white space as one space, and none round it.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without what varies from run to run or says only where a class was defined.
pub(crate) fn neutral(text: &str) -> String {
    let mut rest = text;
    let mut neutral = String::new();
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>') else {
            break;
        };
        neutral.push_str(&rest[..start]);
        neutral.push('<');
        neutral.push_str(&neutral_angle(&rest[start + 1..start + length]));
        neutral.push('>');
        rest = &rest[start + length + 1..];
    }
    neutral.push_str(rest);
    without_versions(&without_addresses(&neutral.replace("__main__.", "")))
}

/// Addresses of pages without the version that stands in them.
fn without_versions(text: &str) -> String {
    if !text.contains("://") {
        return text.to_owned();
    }
    let is_version = |part: &&str| {
        let digits = part.strip_prefix('v').unwrap_or(part);
        matches!(*part, "latest" | "stable" | "dev")
            || digits.starts_with(|c: char| c.is_ascii_digit())
                && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let words = text.split(' ').map(|word| {
        if !word.contains("://") {
            return word.to_owned();
        }
        let parts = word
            .split('/')
            .map(|part| if is_version(&part) { "*" } else { part });
        parts.collect::<Vec<_>>().join("/")
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What stands between angle brackets, without module, address and the word `object`.
pub(super) fn neutral_angle(inner: &str) -> String {
    let inner = inner.replace("__main__.", "").replace("<locals>.", "");
    let inner = inner.split(" at 0x").next().unwrap_or(&inner);
    let inner = inner
        .trim_end_matches(" at ...")
        .trim_end_matches("...")
        .trim_end();
    let inner = inner.strip_suffix(" object").unwrap_or(inner);
    inner.strip_suffix(" instance").unwrap_or(inner).to_owned()
}

/// Addresses (`0x7f00aa`, `0x...`) all written alike.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let mut alike = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part
            .find(|c: char| !(c.is_ascii_hexdigit() || matches!(c, '.' | '…')))
            .unwrap_or(part.len());
        let (hex, tail) = part.split_at(digits);
        let varies = hex.len() >= 7 || hex.contains(['.', '…']);
        alike.push_str(if varies { "0x" } else { "0x:" });
        alike.push_str(if varies { "" } else { hex });
        alike.push_str(tail);
    }
    alike
}

/// Whether `expected` is `actual` with parts left out as `...`.
pub(super) fn with_gaps(expected: &str, actual: &str) -> bool {
    let expected = expected.replace('…', "...");
    let pieces: Vec<&str> = expected.split("...").map(str::trim).collect();
    let [first, middle @ .., last] = pieces.as_slice() else {
        return false;
    };
    let stated: usize = pieces.iter().map(|piece| piece.chars().count()).sum();
    if stated < LEAST_STATED || !actual.starts_with(first) {
        return false;
    }
    let mut rest = &actual[first.len()..];
    for piece in middle {
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

/// Whether two texts are equal but for numbers, and those to the digits stated.
fn to_digits(expected: &str, actual: &str) -> bool {
    let (expected, actual) = (pieces(expected), pieces(actual));
    let mut rounded = false;
    expected.len() == actual.len()
        && expected.iter().zip(&actual).all(|(stated, real)| {
            if stated == real {
                return true;
            }
            let has_point = stated.contains('.') && real.contains('.');
            rounded = true;
            has_point && number::same(stated, real) == Some(Rule::Digits)
        })
        && rounded
}

/// A text cut into numbers and what stands between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut in_number = false;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let point = *byte == b'.' && in_number && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let digit = byte.is_ascii_digit() || point;
        if digit != in_number {
            pieces.push(&text[start..at]);
            start = at;
            in_number = digit;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// `1.00XX` for a number whose last digits vary: an `X` behind a digit stands for any digit.
fn open_digits(expected: &str, actual: &str) -> bool {
    let open = expected
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_digit() && pair[1] == b'X');
    let mut in_number = false;
    open && expected.chars().count() == actual.chars().count()
        && expected.chars().zip(actual.chars()).all(|(stated, real)| {
            let any_digit = in_number && stated == 'X' && real.is_ascii_digit();
            in_number = stated.is_ascii_digit() || any_digit || in_number && stated == '.';
            any_digit || stated == real
        })
}
