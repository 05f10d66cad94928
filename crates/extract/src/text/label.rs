//! Lines that are only the name of a language, or the button beside it: what pages leave where a fence was.
//!
//! Must not know what code looks like.

use super::units::Unit;
use crate::markdown::info::{self, Language};

/// Names of languages that a fence's info string gives no other meaning.
const OTHERS: [&str; 34] = [
    "javascript",
    "js",
    "jsx",
    "typescript",
    "ts",
    "tsx",
    "sql",
    "css",
    "scss",
    "c",
    "cpp",
    "c++",
    "c#",
    "csharp",
    "java",
    "go",
    "golang",
    "rust",
    "ruby",
    "php",
    "r",
    "perl",
    "lua",
    "swift",
    "kotlin",
    "scala",
    "haskell",
    "dockerfile",
    "makefile",
    "diff",
    "http",
    "graphql",
    "nginx",
    "mermaid",
];

/// Lines that only name Python from which on such lines mark where code begins.
const LABELS: usize = 2;

/// What a line of a page says about the code below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// It is Python.
    Python,
    /// It is another language, or no code at all.
    Other,
    /// It can be copied, whatever it is.
    Button,
}

/// The label that a line is.
pub(super) fn read(line: &str) -> Option<Label> {
    let word = line.trim().to_ascii_lowercase();
    if matches!(word.as_str(), "copy" | "copy code" | "copy to clipboard") {
        return Some(Label::Button);
    }
    if word.is_empty() || word.contains(' ') {
        return None;
    }
    match info::read(&word).0 {
        Language::Python if word.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Some(Label::Python)
        }
        Language::Text | Language::Shell | Language::Data | Language::Source => Some(Label::Other),
        Language::Other if OTHERS.contains(&word.as_str()) => Some(Label::Other),
        _ => None,
    }
}

/// The labels of a page that has several of them.
pub(super) struct Labels {
    is_used: bool,
    above: Option<bool>,
}

impl Labels {
    pub(super) fn of(units: &[Unit]) -> Self {
        let names = units
            .iter()
            .filter(|unit| read(unit.line) == Some(Label::Python))
            .count();
        Labels {
            is_used: names >= LABELS,
            above: None,
        }
    }

    /// Whether this line is a label, and of Python.
    pub(super) fn next(&mut self, text: &str) -> Option<bool> {
        if !self.is_used {
            return None;
        }
        self.above = match read(text) {
            Some(Label::Button) => Some(self.above.unwrap_or(true)),
            found => found.map(|found| found == Label::Python),
        };
        self.above
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (line, expected) in [
            ("Python", Some(Label::Python)),
            ("pycon", Some(Label::Python)),
            ("  YAML", Some(Label::Other)),
            ("c++", Some(Label::Other)),
            ("Copy code", Some(Label::Button)),
            ("python is a language", None),
            ("Note", None),
            ("words", None),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
