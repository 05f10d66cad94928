//! What every format's finder gives: blocks of code by their place, before they get ids.
//!
//! Must not know how a format is written.

use crate::transcript::Shell;
use snipcheck_core::{Directives, Expectation, Form, Line, Note};

/// A Python block and what the document says about it.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// 0-based index of the first line of the code.
    pub(crate) first: usize,
    /// 0-based index of the last line of the code, itself included.
    pub(crate) last: usize,
    /// The code, dedented, every line ended by `\n`.
    pub(crate) code: String,
    /// How to read the code.
    pub(crate) form: Form,
    /// Columns taken off each line.
    pub(crate) indent: usize,
    /// The info string of the fence.
    pub(crate) info: String,
    /// The headings above it, outermost first.
    pub(crate) headings: Vec<String>,
    /// The short line above it, which names it where there are no headings.
    pub(crate) lead: Option<String>,
    /// What the document says of how to treat it.
    pub(crate) directives: Directives,
    /// The output fences that follow it.
    pub(crate) answers: Vec<Expectation>,
    /// Doubts about it.
    pub(crate) notes: Vec<Note>,
}

impl Block {
    /// The block in a document that has so many more lines above it; before anything else is read of it.
    pub(crate) fn moved(mut self, lines: usize) -> Self {
        self.first += lines;
        self.last += lines;
        for note in &mut self.notes {
            note.line = note.line.map(|line| Line::from_index(line.index() + lines));
        }
        self
    }
}

/// All that a finder found, in order.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The blocks; their lines never overlap.
    pub(crate) blocks: Vec<Block>,
    /// For each block, those above it that it needs by the nature of the format; empty where that is left to
    /// the names that blocks use.
    pub(crate) needs: Vec<Vec<usize>>,
    /// What a shell may have written, in order.
    pub(crate) shells: Vec<Shell>,
    /// Doubts about the document.
    pub(crate) notes: Vec<Note>,
}

/// A note with a place, given by a 0-based line index.
pub(crate) fn note_at(index: usize, message: impl Into<String>) -> Note {
    Note {
        line: Some(Line::from_index(index)),
        message: message.into(),
    }
}
