//! The comments of a snippet, from the parser's tokens. It knows nothing of what they mean.

use super::source::Source;
use ruff_python_ast::token::TokenKind;
use ruff_text_size::Ranged;
use snipcheck_core::{Aside, Line, Why};

/// One comment.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    /// Where it stands.
    pub(super) line: Line,
    /// How many characters stand before it.
    pub(super) column: usize,
    /// The comment, `#` included.
    pub(super) verbatim: String,
    /// Whether nothing else stands on its line.
    pub(super) place: Place,
}

/// Where a comment stands on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind code.
    Trailing,
    /// Alone on its line.
    OwnLine,
}

impl Comment {
    /// What stands behind the `#`.
    pub(super) fn body(&self) -> &str {
        self.verbatim.strip_prefix('#').unwrap_or(&self.verbatim)
    }

    /// The comment as one that states nothing.
    pub(super) fn left_alone(&self, why: Why) -> Aside {
        Aside {
            line: self.line,
            comment: self.verbatim.clone(),
            why,
        }
    }
}

/// All comments, in order.
pub(super) fn all(source: &Source<'_>) -> Vec<Comment> {
    source
        .parsed
        .tokens()
        .iter()
        .filter(|token| token.kind() == TokenKind::Comment)
        .map(|token| {
            let start = token.start().to_usize();
            let before = source.line_before(start);
            Comment {
                line: source.line_at(start),
                column: before.chars().count(),
                verbatim: source.code[token.range()].trim_end().to_owned(),
                place: if before.trim().is_empty() {
                    Place::OwnLine
                } else {
                    Place::Trailing
                },
            }
        })
        .collect()
}

/// Comments of their own on neighbouring lines and at the same column, as one.
pub(super) fn runs(comments: &[Comment]) -> Vec<Vec<&Comment>> {
    let mut runs: Vec<Vec<&Comment>> = Vec::new();
    for comment in comments {
        if comment.place == Place::Trailing {
            continue;
        }
        let last = runs.last().and_then(|run| run.last());
        let continues = last
            .is_some_and(|last| last.line.plus(1) == comment.line && last.column == comment.column);
        match runs.last_mut() {
            Some(run) if continues => run.push(comment),
            _ => runs.push(vec![comment]),
        }
    }
    runs
}
