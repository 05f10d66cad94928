//! What was found in a document: a guide and its snippets.

use crate::{Aside, Expectation, FileName, Limit, Line, Lines};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// How a document is written, which decides how its code is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// `CommonMark` and its dialects.
    Markdown,
    /// Markdown with JSX: code may stand at any indent, and an indent alone is never code.
    Mdx,
    /// A page that lost its fences: code is told from prose by what it looks like.
    Text,
    /// reStructuredText: directives, literal blocks and sessions that stand as paragraphs.
    Rst,
    /// A Jupyter notebook: code cells and their stored outputs.
    Notebook,
    /// A Python module: the examples in its docstrings.
    Python,
}

/// A stable name for a snippet: `guide-stem/heading-slug-2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SnippetId(pub String);

impl fmt::Display for SnippetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One document and what was found in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guide {
    /// The path as the user gave it, for messages and reports.
    pub path: String,
    /// How it was read.
    pub format: Format,
    /// Its snippets, in order; their lines never overlap.
    pub snippets: Vec<Snippet>,
    /// What a reader of the report should know about the document itself.
    pub notes: Vec<Note>,
}

/// A doubt about a document, kept as data: extracting never fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where, when it has a place.
    pub line: Option<Line>,
    /// What, as a lowercase sentence without a full stop.
    pub message: String,
}

/// How the code of a snippet is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Form {
    /// Ordinary source text, as in a file.
    Script,
    /// An interactive session with `>>>` prompts.
    Session,
    /// Source that lost something on its way into the document (scrape damage): shown, never run.
    Damaged {
        /// What was lost.
        why: String,
    },
}

/// One Python block of a guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snippet {
    /// Stable when text above it changes.
    pub id: SnippetId,
    /// First and last line of the code itself, fences excluded.
    pub lines: Lines,
    /// The code, dedented by its fence's indent; line `n` of it is guide line `lines.first + n`.
    pub code: String,
    /// How to read the code.
    pub form: Form,
    /// Where the code stands in the document's original bytes (indent included), for edits.
    pub bytes: Range<usize>,
    /// Columns of white space that were taken off each line.
    pub indent: usize,
    /// The info string of the fence, verbatim; empty without one.
    pub info: String,
    /// The file that the guide says it is.
    pub file: Option<FileName>,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// What the guide itself says of how to treat it.
    pub directives: Directives,
    /// What the guide says that it does, ordered by line.
    pub expectations: Vec<Expectation>,
    /// Its other comments, ordered by line.
    pub asides: Vec<Aside>,
    /// Doubts about this snippet.
    pub notes: Vec<Note>,
}

/// Told by the guide (an HTML comment, the info string) or by a rule of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directives {
    /// Not to be run, and why.
    pub skip: Option<String>,
    /// What it may use, as written (`10s`, `512MiB`), where that is not what all may.
    pub limits: BTreeMap<Limit, String>,
    /// The exception that ends it, by the name of its type.
    pub raises: Option<String>,
    /// Snippets that are to run before it, by id or a unique part of one.
    pub needs: Vec<String>,
    /// Code that runs before it, unseen.
    pub prelude: Option<String>,
    /// The Pythons that it is for, as packages say it: `>=3.12`.
    pub python: Option<String>,
}

impl Directives {
    /// These directives, with what `other` says where these are silent.
    #[must_use]
    pub fn or(self, other: &Directives) -> Self {
        Directives {
            skip: self.skip.or_else(|| other.skip.clone()),
            limits: other
                .limits
                .clone()
                .into_iter()
                .chain(self.limits)
                .collect(),
            raises: self.raises.or_else(|| other.raises.clone()),
            needs: if self.needs.is_empty() {
                other.needs.clone()
            } else {
                self.needs
            },
            prelude: self.prelude.or_else(|| other.prelude.clone()),
            python: self.python.or_else(|| other.python.clone()),
        }
    }
}
