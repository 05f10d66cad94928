//! Text of snippets made safe for a terminal and for the log of a CI service.

use std::borrow::Cow;

/// The text without what a terminal or a log would obey: control characters are shown as pictures or
/// escapes, and the marks that CI services read as commands are broken up.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let harmless = !text.chars().any(obeyed) && !text.contains("::") && !text.contains("##[");
    if harmless {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        // GitHub reads `::command` at the start of a line (white space aside), `##[command]` anywhere.
        let at = line.len() - line.trim_start().len();
        let (space, rest) = line.split_at(at);
        out.push_str(space);
        if rest.starts_with("::") {
            out.push('\\');
        }
        for c in rest.replace("##[", "##\\[").chars() {
            push(&mut out, c);
        }
    }
    Cow::Owned(out)
}

fn push(out: &mut String, c: char) {
    match c {
        // Unicode's own pictures of the C0 controls stand from U+2400 on.
        '\0'..='\x1f' if obeyed(c) => {
            out.extend(char::from_u32(0x2400 + u32::from(c)));
        }
        c if obeyed(c) => out.extend(c.escape_unicode()),
        c => out.push(c),
    }
}

/// Whether a terminal acts on this character instead of showing it.
fn obeyed(c: char) -> bool {
    let direction =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && c != '\n' && c != '\t') || direction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_obeyed() {
        let table = [
            ("plain\n\ttext é\n", "plain\n\ttext é\n"),
            ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
            (
                "::error::x\n  ::set::y\na::b",
                "\\::error::x\n  \\::set::y\na::b",
            ),
            ("x ##[group]", "x ##\\[group]"),
            ("a\rb\u{85}\u{202e}c\0", "a␍b\\u{85}\\u{202e}c␀"),
        ];
        for (text, want) in table {
            assert_eq!(clean(text), want);
        }
    }
}
