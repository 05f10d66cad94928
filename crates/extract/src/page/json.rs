//! The rows of a JSON file: what its strings hold, keys left out.

use super::Row;
use crate::decode::Document;
use std::fmt::Write as _;
use std::ops::Range;

/// The rows of every string that is no key.
pub(super) fn rows(bytes: &[u8], document: &Document) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in 0..document.lines().len() {
        let place = document.bytes(line, line);
        let Ok(text) = str::from_utf8(&bytes[place.clone()]) else {
            continue;
        };
        for string in strings(text) {
            let end = between(text, &string, bytes, document, line);
            split(text, string, |text, mut at| {
                for at in &mut at {
                    *at += place.start;
                }
                rows.push(Row {
                    text,
                    line,
                    at,
                    end: end.clone().into_bytes(),
                });
            });
        }
    }
    rows
}

/// What the strings of one line hold, their quotes and keys left out.
fn strings(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        match (start, c) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(from), '"') => {
                start = None;
                if !line[at + 1..].trim_start().starts_with(':') {
                    found.push(from..at);
                }
            }
            (None, '"') => start = Some(at + 1),
            _ => {}
        }
    }
    found
}

/// What separates a row of this string from a new one: in a list of lines each is a string of its own.
fn between(
    line: &str,
    string: &Range<usize>,
    bytes: &[u8],
    document: &Document,
    index: usize,
) -> String {
    let before = &line[..string.start - 1];
    if before.trim().is_empty() {
        let end = document.bytes(index, index).end;
        let is_windows = bytes[end..].starts_with(b"\r\n");
        return format!("\\n\",{}{before}\"", if is_windows { "\r\n" } else { "\n" });
    }
    if before.trim_end().ends_with(':') {
        "\\n".to_owned()
    } else {
        "\\n\", \"".to_owned()
    }
}

/// Gives each row of a string: its text, and where each byte of it stands in the line.
fn split(line: &str, string: Range<usize>, mut give: impl FnMut(String, Vec<usize>)) {
    let (mut text, mut at) = (String::new(), Vec::new());
    let mut from = string.start;
    let mut ends_a_row = false;
    while from < string.end {
        let rest = &line[from..string.end];
        let (c, length) = if rest.starts_with("\\r\\n") {
            ('\n', 4)
        } else {
            character(rest)
        };
        ends_a_row = c == '\n';
        if ends_a_row {
            at.push(from);
            give(std::mem::take(&mut text), std::mem::take(&mut at));
        } else {
            text.push(if c == '\r' { ' ' } else { c });
            at.resize(text.len(), from);
        }
        from += length;
    }
    if !ends_a_row {
        at.push(string.end);
        give(text, at);
    }
}

/// The first character of a string's content, and how many bytes it takes there.
fn character(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut chars = text.chars();
    let first = chars.next().unwrap_or_default();
    if first != '\\' {
        return (first, first.len_utf8().max(1));
    }
    if let Some(high) = unit(0) {
        let units = [Some(high), unit(6)];
        let c = char::decode_utf16(units.into_iter().flatten()).next();
        let c = c
            .and_then(Result::ok)
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        return (c, 6 * c.len_utf16());
    }
    let c = match chars.next() {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        other => other.unwrap_or('\\'),
    };
    (c, (1 + c.len_utf8()).min(text.len()))
}

/// A text as the content of a string.
pub(super) fn escaped(text: &str, ascii: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' || ascii && !c.is_ascii() => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out
}
