//! The `body` repair: a block whose body holds comments only, or nothing, gets a `pass`.

use ruff_python_parser::{ParseErrorType, parse_module};
use ruff_text_size::TextSize;

/// How many bodies of one snippet are filled in.
const MOST: usize = 50;

/// Code with its empty bodies filled in, on the lines where they were.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) code: String,
    /// 0-based indices of the header lines whose body was missing.
    pub(crate) headers: Vec<usize>,
}

/// Fills in what keeps `code` from being parsed; nothing when something else is wrong with it.
pub(crate) fn fill(code: &str) -> Option<Filled> {
    let mut filled = Filled {
        code: code.to_owned(),
        headers: Vec::new(),
    };
    for _ in 0..MOST {
        let Err(error) = parse_module(&filled.code) else {
            return (!filled.headers.is_empty()).then_some(filled);
        };
        if !is_missing_body(&error.error) {
            return None;
        }
        let header = header_before(&filled.code, error.location.start())?;
        if filled.headers.contains(&header) {
            return None;
        }
        filled.code = with_body(&filled.code, header);
        filled.headers.push(header);
    }
    None
}

fn is_missing_body(error: &ParseErrorType) -> bool {
    // The parser has no kind of its own for it.
    error
        .to_string()
        .to_lowercase()
        .starts_with("expected an indented block")
}

/// The line of code above this place, past blank lines and comments.
fn header_before(code: &str, at: TextSize) -> Option<usize> {
    let before = code.get(..at.to_usize())?;
    let lines: Vec<&str> = before.lines().collect();
    let is_code = |line: &str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    };
    // The place is the first token that should have been indented; on its own line nothing precedes it.
    let mut index = lines.len();
    while index > 0 {
        index -= 1;
        if is_code(lines[index]) && lines[index].contains(':') {
            return Some(index);
        }
    }
    None
}

/// Puts `pass` in front of the first comment of the body, or at the end of the header itself.
fn with_body(code: &str, header: usize) -> String {
    let mut lines: Vec<String> = code.split('\n').map(str::to_owned).collect();
    let indent = indent_of(&lines[header]);
    let comment = (header + 1..lines.len())
        .take_while(|&i| {
            let text = lines[i].trim();
            text.is_empty() || text.starts_with('#')
        })
        .find(|&i| lines[i].trim().starts_with('#') && indent_of(&lines[i]) > indent);
    match comment {
        Some(index) => {
            let at = indent_of(&lines[index]);
            lines[index].insert_str(at, "pass  ");
        }
        None => {
            let colon = end_of_header(&lines[header]);
            lines[header].insert_str(colon, " pass");
        }
    }
    lines.join("\n")
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Behind the colon that ends the header, a trailing comment aside.
fn end_of_header(line: &str) -> usize {
    let code_end = line
        .match_indices('#')
        .map(|(at, _)| at)
        .find(|&at| line[..at].trim_end().ends_with(':'))
        .unwrap_or(line.len());
    line[..code_end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_of_comments_are_filled_where_they_stand() {
        let table: [(&str, Option<&str>); 7] = [
            (
                "def f():\n    # later\n\nx = 1",
                Some("def f():\n    pass  # later\n\nx = 1"),
            ),
            ("for a in b:\nx = 1", Some("for a in b: pass\nx = 1")),
            (
                "if a:  # why\nelse:\n    x",
                Some("if a: pass  # why\nelse:\n    x"),
            ),
            ("class A:\n    # body", Some("class A:\n    pass  # body")),
            (
                "def f():\n    # one\ndef g():\n    # two\n",
                Some("def f():\n    pass  # one\ndef g():\n    pass  # two\n"),
            ),
            ("x = = 1", None),
            ("x = 1", None),
        ];
        for (code, want) in table {
            assert_eq!(fill(code).map(|f| f.code).as_deref(), want, "{code}");
        }
    }
}
