//! Lines that begin with `..`: which directive, its options and its content; or a comment, a target.
//!
//! Must not know what the content means.

use crate::columns::PYTHON;
use crate::markdown::info::{self, Language};

/// What a line that begins with `..` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Explicit<'a> {
    /// `.. name:: argument`.
    Directive {
        /// The name in lower case, as authors write it.
        name: &'a str,
        /// What follows it on its line.
        argument: &'a str,
    },
    /// A comment, with what its first line says.
    Comment(&'a str),
    /// A target, a footnote, a substitution: its content is text.
    Text,
}

/// What the text of a line says, when it begins with `..`.
pub(super) fn explicit(text: &str) -> Option<Explicit<'_>> {
    let rest = text.strip_prefix("..")?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let rest = rest.trim();
    if rest.starts_with(['_', '[', '|']) {
        return Some(Explicit::Text);
    }
    if let Some((name, argument)) = rest.split_once("::") {
        let is_name =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '+');
        let name = name.trim_end();
        if !name.is_empty() && name.chars().all(is_name) {
            return Some(Explicit::Directive {
                name,
                argument: argument.trim(),
            });
        }
    }
    Some(Explicit::Comment(rest))
}

/// What a directive does with its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Code of this language.
    Code(Language),
    /// Python that a test runs: `testcode`, `doctest`.
    Test,
    /// Python that runs before tests, and that no reader sees.
    Setup,
    /// Sets the language of literal blocks.
    Highlight,
    /// Holds no text of the guide: a formula, a table of contents, a grammar.
    Opaque,
    /// Sessions in it are not to be run.
    Unrun,
    /// Holds ordinary text.
    Box,
}

/// The role of a directive.
pub(super) fn role(name: &str, argument: &str) -> Role {
    let word = argument.split_whitespace().next().unwrap_or_default();
    match name {
        "code-block" | "code" | "sourcecode" | "code-cell" | "code-tab" | "runblock"
        | "autorun" => Role::Code(info::read(word).0),
        "testoutput" => Role::Code(Language::Output),
        "testcode" | "doctest" => Role::Test,
        "ipython" | "ipython3" | "jupyter-execute" | "plot" | "click:example" => {
            Role::Code(Language::Python)
        }
        "testsetup" => Role::Setup,
        "highlight" => Role::Highlight,
        "doctest-skip" => Role::Unrun,
        "testcleanup" | "raw" | "math" | "parsed-literal" | "productionlist" | "graphviz"
        | "digraph" | "graph" | "toctree" | "literalinclude" | "include" | "image" | "figure"
        | "csv-table" | "index" | "prompt" | "highlightlang" | "plantuml" | "mermaid"
        | "autosummary" => Role::Opaque,
        _ => Role::Box,
    }
}

/// The lines that belong to what begins on the line before `from`, at column `column`: all that are deeper.
pub(super) fn end(lines: &[&str], from: usize, column: usize) -> usize {
    let mut end = from;
    for (index, line) in lines.iter().enumerate().skip(from) {
        if line.trim().is_empty() {
            continue;
        }
        if PYTHON.indent(line) <= column {
            break;
        }
        end = index + 1;
    }
    end
}

/// Options and content of a directive.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    /// `:name: value`, as they are written.
    pub(super) options: Vec<(&'a str, &'a str)>,
    /// Index of the first line of the content.
    pub(super) first: usize,
    /// Index of the line behind the content; `first` where there is none.
    pub(super) end: usize,
}

/// Splits the lines from `from` to `end` into options and content, blank lines around it left out.
pub(super) fn body<'a>(lines: &[&'a str], from: usize, end: usize) -> Body<'a> {
    let mut body = Body::default();
    let mut first = from;
    while let Some(option) = lines[first..end].first().and_then(|line| option(line)) {
        body.options.push(option);
        first += 1;
    }
    while first < end && lines[first].trim().is_empty() {
        first += 1;
    }
    body.first = first;
    body.end = end.max(first);
    body
}

fn option(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    is_name.then_some((name, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_explicit_markup() {
        let directive = |name, argument| Some(Explicit::Directive { name, argument });
        for (text, expected) in [
            (".. code-block:: python", directive("code-block", "python")),
            (".. code ::  python3 ", directive("code", "python3")),
            (".. py:function:: f(x)", directive("py:function", "f(x)")),
            (
                ".. a remark about x::y",
                Some(Explicit::Comment("a remark about x::y")),
            ),
            ("..", Some(Explicit::Comment(""))),
            (".. _target:", Some(Explicit::Text)),
            (".. [1] Footnote::", Some(Explicit::Text)),
            (".. |x| replace:: y", Some(Explicit::Text)),
            ("...", None),
            ("../path::", None),
        ] {
            assert_eq!(explicit(text), expected, "{text}");
        }
    }

    #[test]
    fn options_then_content() {
        let lines = [
            "   :linenos:",
            "   :emphasize-lines: 2,3",
            "",
            "   x: int",
            "",
            "text",
        ];
        let end = end(&lines, 0, 0);
        let body = body(&lines, 0, end);
        assert_eq!(body.options, [("linenos", ""), ("emphasize-lines", "2,3")]);
        assert_eq!((body.first, body.end), (3, 4));
    }
}
