//! Sessions that stand in a text as paragraphs: from the first prompt to the blank line behind the last answer.
//!
//! A paragraph that begins with a prompt right after another one goes on with it: a reader types both at one
//! prompt. Docstrings have the same sessions.

use crate::columns::PYTHON;

/// A run of lines that is a session.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Index of the line behind its last one.
    pub(crate) end: usize,
    /// Columns before its first prompt.
    pub(crate) indent: usize,
    /// Its text without the indent.
    pub(crate) code: String,
}

/// The session whose first prompt is on the line `first`; nothing when no prompt is there.
pub(crate) fn run<L: AsRef<str>>(lines: &[L], first: usize) -> Option<Run> {
    let text = |index: usize| lines.get(index).map_or("", AsRef::as_ref);
    if !is_prompt(text(first)) {
        return None;
    }
    let indent = PYTHON.indent(text(first));
    let mut end = first;
    let mut at = first;
    loop {
        while at < lines.len() && !text(at).trim().is_empty() && PYTHON.indent(text(at)) >= indent {
            at += 1;
        }
        end = end.max(at);
        while at < lines.len() && text(at).trim().is_empty() {
            at += 1;
        }
        if at <= end && at < lines.len()
            || !is_prompt(text(at))
            || PYTHON.indent(text(at)) != indent
        {
            break;
        }
    }
    let mut code = String::new();
    for line in &lines[first..end] {
        code.push_str(&PYTHON.without(line.as_ref(), indent));
        code.push('\n');
    }
    Some(Run { end, indent, code })
}

/// Python's own prompt and a space, as doctest wants it.
pub(crate) fn is_prompt(line: &str) -> bool {
    let text = line.trim_start();
    text.starts_with(">>> ") || text.trim_end() == ">>>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_at_a_blank_line_unless_a_prompt_follows() {
        for (text, first, expected) in [
            (">>> a\n1\n\ntext", 0, Some((2, ">>> a\n1\n"))),
            (
                "  >>> a\n\n\n  >>> b\n  2",
                0,
                Some((5, ">>> a\n\n\n>>> b\n2\n")),
            ),
            (">>> a\n\n   >>> b", 0, Some((1, ">>> a\n"))),
            ("   >>> a\ntext", 0, Some((1, ">>> a\n"))),
            ("text\n>>> a", 1, Some((2, ">>> a\n"))),
            (">>>", 0, Some((1, ">>>\n"))),
            (">>>>>> merge", 0, None),
            ("text", 0, None),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            let found = run(&lines, first);
            let found = found.as_ref().map(|run| (run.end, run.code.as_str()));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
