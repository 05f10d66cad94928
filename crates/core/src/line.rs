//! Lines of a guide, the one line system: 1-based numbers of the guide itself, everywhere.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A line of the guide, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Line(u32);

impl Line {
    /// The first line of every guide.
    pub const FIRST: Line = Line(1);

    /// The line with this 1-based number.
    pub const fn new(number: u32) -> Self {
        Line(number)
    }

    /// The line with this 0-based index.
    ///
    /// A guide of more than `u32::MAX` lines is beyond what is read; the count saturates.
    pub fn from_index(index: usize) -> Self {
        Line(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// The 1-based number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The 0-based index.
    pub const fn index(self) -> usize {
        self.0 as usize - 1
    }

    /// The line `count` lines further down.
    #[must_use]
    pub const fn plus(self, count: u32) -> Self {
        Line(self.0.saturating_add(count))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A run of lines, both ends included; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lines {
    /// The first line.
    pub first: Line,
    /// The last line, itself included.
    pub last: Line,
}

impl Lines {
    /// The lines from `first` to `last`, both included.
    pub fn new(first: Line, last: Line) -> Self {
        Lines {
            first,
            last: last.max(first),
        }
    }

    /// A single line.
    pub fn one(line: Line) -> Self {
        Lines {
            first: line,
            last: line,
        }
    }

    /// Whether `line` is one of these.
    pub fn contains(self, line: Line) -> bool {
        self.first <= line && line <= self.last
    }

    /// Whether the two runs share a line.
    pub fn overlaps(self, other: Lines) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}
