//! What can be made of a guide's words on time and memory.

use super::{Span, Sum, Weighing};
use crate::answer::Claim;
use crate::contest::Contest;
use crate::growth::Growth;
use serde::{Deserialize, Serialize};
use snipcheck_core::Line;

/// One thing that a guide says of time or memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// The line of the comment.
    pub line: Line,
    /// The guide's words.
    pub words: String,
    /// What is made of them.
    pub reading: Reading,
    /// Whether a person has said that it is so.
    #[serde(default)]
    pub is_confirmed: bool,
}

/// See [`Hypothesis`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reading {
    /// It can be measured.
    Question(Question),
    /// Two pieces of code can be run against each other.
    Contest {
        /// What is run.
        contest: Contest,
        /// Where its code and the base stand, if not in a sentence.
        places: Option<(Span, Span)>,
    },
    /// How it grows can be seen with less data.
    Growth(Growth),
    /// It can be weighed.
    Weighing(Weighing),
    /// It follows from other numbers of the guide, or does not.
    Sum(Sum),
    /// The code beside it shows nothing of the kind.
    NotShown(Flaw),
}

/// What is to be measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// What is claimed.
    pub claim: Claim,
    /// The statements that it is claimed of.
    pub span: Span,
    /// Those that they are compared with.
    pub base: Option<Base>,
    /// How many threads, processes or tasks share the work of the span, as far as it is written down; 0 for none.
    pub workers: usize,
}

/// What other statements are compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// The statements.
    pub span: Span,
    /// How many times as much work the others do, counted in the code; nothing where that cannot be told.
    pub work: Option<f64>,
}

/// Why code demonstrates nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    /// Threads or processes are built, and nothing starts them.
    NeverStarted(String),
    /// The statements stand in a function that nothing calls.
    NeverCalled(String),
    /// No code here takes the time that is spoken of, or nothing to compare it with.
    NothingTimed,
    /// The snippet cannot be read as one piece of Python.
    NoCode,
    /// The words do not say what is compared with what.
    Unclear,
    /// A person says so.
    Ignored(String),
}
