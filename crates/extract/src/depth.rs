//! Whether code is nested, or chained, deeper than a person writes.
//!
//! A syntax tree is as deep as its code, and walking or dropping it takes stack for each level:
//! two hundred thousand brackets in a row must become a note, not a crash. Knows no grammar, only
//! tokens, and errs on the side of caution.

/// Tokens in a row, at one level and without a comma or a line end, that are too many.
const MOST_TOKENS: usize = 1500;
/// Open brackets that are too many; `CPython` itself allows 200.
const MOST_BRACKETS: usize = 200;

/// Whether the code is too deep to be parsed.
pub(crate) fn is_too_deep(code: &str) -> bool {
    let bytes = code.as_bytes();
    let mut levels: Vec<usize> = vec![0];
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let mut width = 1;
        let top = levels.len() - 1;
        match byte {
            b'(' | b'[' | b'{' => {
                levels[top] += 1;
                levels.push(0);
            }
            b')' | b']' | b'}' if top > 0 => {
                levels.pop();
            }
            b',' | b';' => levels[top] = 0,
            b'\n' if top == 0 => levels[0] = 0,
            b'\n' | b' ' | b'\t' | b'\r' | b'\\' => {}
            b'"' | b'\'' => {
                levels[top] += 1;
                width = string_width(&bytes[at..]);
            }
            b'#' => {
                width = line_width(&bytes[at..]);
                if words(&bytes[at..at + width]) > MOST_TOKENS {
                    return true;
                }
            }
            _ if is_word(*byte) => {
                levels[top] += 1;
                width = bytes[at..]
                    .iter()
                    .take_while(|byte| is_word(**byte))
                    .count();
            }
            _ => levels[top] += 1,
        }
        if levels.len() > MOST_BRACKETS || levels.last().is_some_and(|count| *count > MOST_TOKENS) {
            return true;
        }
        at += width;
    }
    false
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn line_width(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(bytes.len())
}

/// Tokens of a comment, which may hold code.
fn words(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .filter(|byte| !is_word(**byte) && **byte != b' ')
        .count()
        .max(bytes.split(|byte| *byte == b' ').count())
}

fn string_width(bytes: &[u8]) -> usize {
    let quote = bytes[0];
    let is_triple = bytes.len() >= 3 && bytes[1] == quote && bytes[2] == quote;
    let mut at = if is_triple { 3 } else { 1 };
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if !is_triple => return at,
            byte if *byte == quote && !is_triple => return at + 1,
            byte if *byte == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_writes() {
        for (part, times, expected) in [
            ("[", 300, true),
            ("1 + ", 2000, true),
            (".a()", 2000, true),
            ("not ", 2000, true),
            ("1, ", 9000, false),
            ("x = 1\n", 9000, false),
            ("\"a b c d e f g h\", ", 9000, false),
            ("'''\na b c\n'''\n", 3000, false),
            ("# ((", 3000, true),
            ("(1)\n", 3000, false),
        ] {
            assert_eq!(is_too_deep(&part.repeat(times)), expected, "{part}");
        }
    }
}
