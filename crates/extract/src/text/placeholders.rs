//! Words in angle brackets, which stand for what a reader is to put there: `open(<path>, <mode>)`.
//!
//! Must not know what is code: it only gives such a line with names in their place.

use std::ops::Range;

/// Characters between the brackets at most.
const LONGEST: usize = 24;

/// The code with a name in the place of each placeholder; nothing where there is none.
pub(super) fn named(code: &str) -> Option<String> {
    let mut named = String::with_capacity(code.len());
    let mut from = 0;
    while let Some(found) = next(code, from) {
        named.push_str(&code[from..found.start]);
        named.push_str("placeholder");
        from = found.end;
    }
    let is_markup = code.trim_start().starts_with('<') && code.trim_end().ends_with('>');
    (from > 0 && !is_markup).then(|| named + &code[from..])
}

fn next(code: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let start = at + code[at..].find('<')?;
        let inside = &code[start + 1..];
        let width = inside
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | ' ' | '-')))
            .filter(|width| (1..=LONGEST).contains(width) && inside[*width..].starts_with('>'));
        match width {
            Some(width) if inside.starts_with(char::is_alphabetic) => {
                return Some(start..start + width + 2);
            }
            _ => at = start + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_names() {
        for (code, expected) in [
            (
                "open(<path>, <mode>)",
                Some("open(placeholder, placeholder)"),
            ),
            (
                "<list>.append(<el/obj>)",
                Some("placeholder.append(placeholder)"),
            ),
            ("a < b and c > d", None),
            ("<p>text</p>", None),
            ("x <= y", None),
        ] {
            assert_eq!(named(code).as_deref(), expected, "{code}");
        }
    }
}
