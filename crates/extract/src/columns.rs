//! White space at the start of lines, counted in columns.
//!
//! A tab goes to the next stop: every 4 columns in Markdown, every 8 in Python.

/// The distance between two tab stops.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stops(usize);

/// As `CommonMark` counts.
pub(crate) const MARKDOWN: Stops = Stops(4);
/// As Python counts.
pub(crate) const PYTHON: Stops = Stops(8);

impl Stops {
    /// The width of the blanks that a text begins with, when it stands at column `from`, and the text behind them.
    pub(crate) fn blank(self, text: &str, from: usize) -> (usize, &str) {
        let mut columns = 0;
        for (index, byte) in text.bytes().enumerate() {
            match byte {
                b' ' => columns += 1,
                b'\t' => columns += self.0 - (from + columns) % self.0,
                _ => return (columns, &text[index..]),
            }
        }
        (columns, "")
    }

    /// The width of the blanks before a line's text.
    pub(crate) fn indent(self, line: &str) -> usize {
        self.blank(line, 0).0
    }

    /// The line without at most `width` columns of blanks; the rest of a tab that reaches further stays as spaces.
    pub(crate) fn without(self, line: &str, width: usize) -> String {
        let mut columns = 0;
        for (index, byte) in line.bytes().enumerate() {
            if columns >= width {
                return " ".repeat(columns - width) + &line[index..];
            }
            match byte {
                b' ' => columns += 1,
                b'\t' => columns += self.0 - columns % self.0,
                _ => return line[index..].to_owned(),
            }
        }
        " ".repeat(columns.saturating_sub(width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_what_is_left() {
        for (line, stops, width, indent, left) in [
            ("  x", MARKDOWN, 1, 2, " x"),
            ("\tx", MARKDOWN, 2, 4, "  x"),
            ("\tx", PYTHON, 4, 8, "    x"),
            (" \tx", PYTHON, 8, 8, "x"),
            ("  x", PYTHON, 4, 2, "x"),
            ("      ", PYTHON, 4, 6, "  "),
            ("x\t", PYTHON, 4, 0, "x\t"),
        ] {
            assert_eq!(stops.indent(line), indent, "{line:?}");
            assert_eq!(stops.without(line, width), left, "{line:?}");
        }
    }
}
