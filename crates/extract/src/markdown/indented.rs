//! Indented code blocks: where `CommonMark` says that there is one, and it reads like Python.
//!
//! Must not know fences' languages: here nothing says which language it is.

use super::fence;
use crate::columns::MARKDOWN;
use crate::python::{self, Weight};
use ruff_python_ast::{Expr, Stmt};

/// Columns that make a line code.
pub(super) const COLUMNS: usize = 4;
/// A longer run of indented lines is no example in a text.
const MOST_LINES: usize = 2000;

/// An indented run of lines.
pub(super) struct Run {
    /// Index of the line behind it.
    pub(super) end: usize,
    /// Its text without the indent.
    pub(super) code: String,
}

/// The run of indented lines that begins at `first`.
pub(super) fn run(lines: &[&str], first: usize) -> Run {
    let mut end = first;
    for (index, line) in lines.iter().enumerate().skip(first).take(MOST_LINES) {
        if line.trim().is_empty() {
            continue;
        }
        if MARKDOWN.indent(line) < COLUMNS || fence::opening(line).is_some() {
            break;
        }
        end = index + 1;
    }
    let mut code = String::new();
    for line in &lines[first..end] {
        code.push_str(&MARKDOWN.without(line, COLUMNS));
        code.push('\n');
    }
    Run { end, code }
}

/// Whether a reader would take it for Python without being told.
pub(crate) fn is_python(code: &str) -> bool {
    let first = code.lines().find(|line| !line.trim().is_empty());
    if first.is_some_and(python::is_prompt) {
        return true;
    }
    python::statements(code).is_some_and(|statements| {
        statements
            .iter()
            .any(|statement| python::weight(statement) == Weight::Full || is_call(statement))
    })
}

fn is_call(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(expression) if matches!(expression.value.as_ref(), Expr::Call(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_or_anything() {
        for (code, expected) in [
            ("import os\n", true),
            (">>> x\n1\n", true),
            ("obj.method(1)\n", true),
            ("x = f(1)\n", true),
            ("some words\n", false),
            ("[section]\nkey = \"value\"\n", false),
            ("pip install x\n", false),
            ("word\n", false),
            ("# only a remark\n", false),
        ] {
            assert_eq!(is_python(code), expected, "{code}");
        }
    }

    #[test]
    fn a_run_ends_at_less_indent_and_drops_trailing_blanks() {
        let lines = ["    a", "", "\t  b", "", "c"];
        let run = run(&lines, 0);
        assert_eq!((run.end, run.code.as_str()), (3, "a\n\n  b\n"));
    }
}
