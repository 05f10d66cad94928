//! A snippet's code with its tokens, its tree and its place in the guide.

use ruff_python_ast::Mod;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, ParseOptions, Parsed, parse_unchecked};
use ruff_text_size::Ranged;
use snipcheck_core::{Line, Lines};
use std::collections::HashSet;

/// Code that was parsed as far as it can be.
pub(super) struct Source<'a> {
    /// The code.
    pub(super) code: &'a str,
    /// What the parser made of it; a block that does not parse still has tokens and most statements.
    pub(super) parsed: Parsed<Mod>,
    first: Line,
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Parses `code`, whose first line is the guide's line `first`.
    pub(super) fn new(code: &'a str, first: Line) -> Self {
        let newlines = code.match_indices('\n').map(|(at, _)| at + 1);
        Source {
            code,
            parsed: parse_unchecked(code, ParseOptions::from(Mode::Module)),
            first,
            line_starts: std::iter::once(0).chain(newlines).collect(),
        }
    }

    /// The guide line of a byte offset.
    pub(super) fn line_at(&self, offset: usize) -> Line {
        let index = self.index_at(offset);
        self.first.plus(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The guide lines of a node.
    pub(super) fn lines_of(&self, node: &impl Ranged) -> Lines {
        let (start, end) = (node.start().to_usize(), node.end().to_usize());
        // A range may end behind its newline.
        let last = self.code[start..end].trim_end().len().max(1) - 1 + start;
        Lines::new(self.line_at(start), self.line_at(last))
    }

    /// What stands before an offset on its line.
    pub(super) fn line_before(&self, offset: usize) -> &'a str {
        &self.code[self.line_starts[self.index_at(offset)]..offset]
    }

    /// The words in the strings of the code: what it prints is mostly made of them.
    pub(super) fn words_in_strings(&self) -> HashSet<String> {
        self.parsed
            .tokens()
            .iter()
            .filter(|token| matches!(token.kind(), TokenKind::String | TokenKind::FStringMiddle))
            .flat_map(|token| words(&self.code[token.range()]))
            .collect()
    }

    fn index_at(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset) - 1
    }
}

/// The words of a text in lower case, those of one letter and numbers left out.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .map(str::to_lowercase)
}
