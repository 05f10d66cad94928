//! Fences as lines: where one opens, where it closes, what its content is once its container's
//! prefix and its indent are taken off.
//!
//! Must not know languages or Python.

use crate::columns::MARKDOWN;

/// How many lines are looked at beyond the point where a fence without an end should have ended.
const LOOK_BEYOND: usize = 200;

/// The opening line of a fence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fence<'a> {
    /// `` ` ``, `~` or `:`.
    pub(super) marker: u8,
    /// How many of it.
    pub(super) count: usize,
    /// How many `>` stand before it.
    pub(super) quotes: usize,
    /// Columns before it, counted from the last `>`.
    pub(super) indent: usize,
    /// The info string.
    pub(super) info: &'a str,
}

/// Where the content of a fence ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The closing line.
    Closed(usize),
    /// No closing line; the content ends before this one.
    Open(usize),
}

/// The fence that this line opens.
pub(super) fn opening(line: &str) -> Option<Fence<'_>> {
    let (quotes, indent, rest) = prefix(line);
    let marker = *rest.as_bytes().first()?;
    if !matches!(marker, b'`' | b'~' | b':') {
        return None;
    }
    let count = run(rest, marker);
    let info = rest[count..].trim();
    // Colons mark boxes of ordinary text, but `MyST` has its directives for code between them too.
    if marker == b':' && !info.starts_with("{code") {
        return None;
    }
    // A backtick in the info string makes the line a code span.
    if count < 3 || (marker == b'`' && info.contains('`')) {
        return None;
    }
    Some(Fence {
        marker,
        count,
        quotes,
        indent,
        info,
    })
}

/// Quotes, columns and list markers before a line's text.
fn prefix(line: &str) -> (usize, usize, &str) {
    let (mut quotes, mut columns, mut rest) = (0, 0, line);
    loop {
        let (width, after) = MARKDOWN.blank(rest, columns);
        columns += width;
        rest = after;
        if let Some(after) = rest.strip_prefix('>') {
            quotes += 1;
            columns = 0;
            rest = after.strip_prefix(' ').unwrap_or(after);
        } else if let Some(width) = list_marker(rest) {
            columns += width;
            rest = &rest[width..];
        } else {
            return (quotes, columns, rest);
        }
    }
}

/// The width of the list marker that the text begins with, when white space follows it.
pub(super) fn list_marker(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let width = match bytes.get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    matches!(bytes.get(width), Some(b' ' | b'\t')).then_some(width)
}

fn run(text: &str, marker: u8) -> usize {
    text.bytes().take_while(|byte| *byte == marker).count()
}

impl Fence<'_> {
    /// Whether this line closes the fence wherever it is indented to.
    pub(super) fn is_closed_by(&self, line: &str) -> Option<usize> {
        let (columns, text) = MARKDOWN.blank(self.inner(line)?, 0);
        let count = run(text, self.marker);
        (count >= self.count && text[count..].trim().is_empty()).then_some(columns)
    }

    /// A line without the `>` of the fence's quote; nothing when it has fewer.
    fn inner<'l>(&self, line: &'l str) -> Option<&'l str> {
        let mut rest = line;
        for _ in 0..self.quotes {
            let after = rest.trim_start_matches([' ', '\t']).strip_prefix('>')?;
            rest = after.strip_prefix(' ').unwrap_or(after);
        }
        Some(rest)
    }

    /// A content line without prefix and indent; a line with less indent keeps what it has.
    pub(super) fn content(&self, line: &str) -> String {
        let inner = self.inner(line).unwrap_or(line);
        MARKDOWN.without(inner, self.indent)
    }

    /// Finds the end of the fence that the line before `from` opens.
    ///
    /// A closing line is indented at most three columns more than its opening one. Where there is
    /// none, the best guess is a closing line at another indent, else the end of the container.
    pub(super) fn end(&self, lines: &[&str], from: usize) -> End {
        let mut loose = None;
        let mut broken = None;
        for (index, line) in lines.iter().enumerate().skip(from) {
            let Some(inner) = self.inner(line) else {
                return loose.map_or(End::Open(index), End::Closed);
            };
            if let Some(columns) = self.is_closed_by(line) {
                if columns <= self.indent + 3 {
                    return End::Closed(index);
                }
                loose.get_or_insert(index);
            } else if self.is_next(line) {
                return loose.map_or(End::Open(broken.unwrap_or(index)), End::Closed);
            }
            if broken.is_none() && self.is_left_by(inner) {
                broken = Some(index);
            }
            let gone = loose.or(broken).is_some_and(|at| index > at + LOOK_BEYOND);
            if gone {
                break;
            }
        }
        match (loose, broken) {
            (Some(index), _) => End::Closed(index),
            (None, Some(index)) => End::Open(index),
            (None, None) => End::Open(lines.len()),
        }
    }

    /// A fence like this one, with an info string and not deeper, opens here: this one was never closed.
    fn is_next(&self, line: &str) -> bool {
        opening(line).is_some_and(|next| {
            next.marker == self.marker
                && next.count == self.count
                && next.quotes == self.quotes
                && next.indent <= self.indent
                && !next.info.is_empty()
        })
    }

    /// A line with text that is less indented ends the list item or the element around the fence.
    fn is_left_by(&self, inner: &str) -> bool {
        self.indent > 0 && !inner.trim().is_empty() && MARKDOWN.indent(inner) < self.indent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        for (line, expected) in [
            ("```python", Some((0, 0, "python"))),
            ("    ~~~~ note", Some((0, 4, "note"))),
            ("\t```py", Some((0, 4, "py"))),
            ("> > ```", Some((2, 0, ""))),
            (">   ```py", Some((1, 2, "py"))),
            ("- ```py", Some((0, 2, "py"))),
            ("10. - ```py", Some((0, 6, "py"))),
            ("``` a `b` ```", None),
            ("``", None),
            ("-```", None),
            (
                ":::{code-block} python",
                Some((0, 0, "{code-block} python")),
            ),
            (":::note", None),
            ("    ~~~^^^", Some((0, 4, "^^^"))),
            ("text ```", None),
        ] {
            let found = opening(line).map(|fence| (fence.quotes, fence.indent, fence.info));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn ends() {
        for (text, expected) in [
            ("```py\nx\n```\ny", End::Closed(2)),
            ("````py\n```\n````", End::Closed(2)),
            ("```py\n~~~\n```", End::Closed(2)),
            ("```py\n\"\"\"\n    ```\n\"\"\"\n```", End::Closed(4)),
            ("```py\nx\n     ```\n```py\ny\n```", End::Closed(2)),
            ("```py\nx\n```py\ny\n```", End::Open(2)),
            ("  ```py\n  x\ntext\n", End::Open(2)),
            ("> ```py\n> x\ntext\n```", End::Open(2)),
            ("> ```py\n> ```", End::Closed(1)),
            ("```py\nx", End::Open(2)),
            ("```py\n    ~~~^^^\n``` x\n```", End::Open(2)),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            let fence = opening(lines[0]).expect(text);
            assert_eq!(fence.end(&lines, 1), expected, "{text:?}");
        }
    }

    #[test]
    fn content_loses_the_indent_of_its_fence_only() {
        for (opener, line, expected) in [
            ("  ```", "    x", "  x"),
            ("    ```", "  x", "x"),
            ("\t```", "\t\tx", "\tx"),
            ("  ```", "\tx", "  x"),
            ("```", "\tx ", "\tx "),
            ("> ```", "> x", "x"),
            ("> ```", ">     x", "    x"),
            ("> ```", ">", ""),
            ("  ```", "      ", "    "),
        ] {
            let fence = opening(opener).expect(opener);
            assert_eq!(fence.content(line), expected, "{opener:?} {line:?}");
        }
    }
}
