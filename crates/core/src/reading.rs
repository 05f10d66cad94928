//! How the comments of a snippet were read, in words: which are expectations, and why the others are none.

use crate::{Expectation, Kind, Line, Notation};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A comment that states no output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Aside {
    /// Where it stands.
    pub line: Line,
    /// The comment verbatim, `#` included.
    pub comment: String,
    /// Why it was left alone.
    pub why: Why,
}

/// Why a comment was left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is empty, or speaks to a tool.
    NotForReaders,
    /// It is made of words.
    Words,
    /// It is code without a word on an exception.
    Code,
    /// It stands within brackets.
    InBrackets,
    /// Nothing stands above it.
    NothingAbove,
    /// It is set off from what stands above it.
    Apart,
    /// What it stands at shows nothing.
    ShowsNothing,
    /// The value it stands at is written there in full.
    WrittenInFull,
    /// It speaks of another name than the one that gets the value.
    OtherName,
    /// The prompt that it stands at has an answer, or is not run.
    Answered,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Why::NotForReaders => "empty, or meant for a tool",
            Why::Words => "words, not a value",
            Why::Code => "code that is commented out, and no exception is named",
            Why::InBrackets => "within brackets, where it speaks of one item",
            Why::NothingAbove => "no statement above it that it could speak of",
            Why::Apart => "set off from the statement above it",
            Why::ShowsNothing => "its statement shows nothing",
            Why::WrittenInFull => "the value is written in full, so this says why, not what",
            Why::OtherName => "it speaks of another name than the one that gets the value",
            Why::Answered => "the prompt has an answer of its own, or is not run",
        })
    }
}

impl Expectation {
    /// How it was read: where it stands, and what it is compared with.
    pub fn reading(&self) -> String {
        let at = self.statement.first;
        let place = match self.notation {
            Notation::Trailing => format!("behind line {at}"),
            Notation::Below => format!("below line {at}"),
            Notation::Above => format!("above line {at}"),
            Notation::Marked => format!("below line {at}, marked as what comes out"),
            Notation::CommentedOut => "at a statement that is commented out".to_owned(),
            Notation::Fence { labelled: true } => {
                "after the snippet, labelled as output".to_owned()
            }
            Notation::Transcript => {
                let what = match self.code {
                    Some(_) => "what the command writes",
                    None => "everything that the snippet writes as a file",
                };
                return format!("behind a command of a shell, as {what}");
            }
            Notation::Fence { labelled: false } => "after the snippet, without a label".to_owned(),
        };
        format!("{place}, as {}", self.kind.compared_with())
    }
}

impl Kind {
    /// What an expectation of this kind is compared with.
    pub fn compared_with(self) -> &'static str {
        match self {
            Kind::PrintValue => "what this statement writes",
            Kind::ExprValue => "the value of the expression",
            Kind::AssignedValue => "the value that the name gets",
            Kind::BlockOutput => "everything written up to here",
            Kind::FollowingFence => "everything that the snippet writes",
            Kind::Session => "the answer to the prompt",
            Kind::Raises => "the exception that ends it",
            Kind::Type => "the type of the value",
            Kind::Size => "a size in bytes",
            Kind::Timing => "how long it takes, see `snipcheck bench`",
            Kind::Relation => "how two things compare, see `snipcheck bench`",
        }
    }
}
