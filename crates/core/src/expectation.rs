//! What a guide promises of a snippet, as it is written there.

use crate::Lines;
use serde::{Deserialize, Serialize};

/// What an expectation speaks of, which decides what it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What a statement writes: `print(x)  # [1, 2]`.
    PrintValue,
    /// The value of a bare expression: `len(x)  # 2`.
    ExprValue,
    /// The value that a name gets: `n = len(x)  # 2`.
    AssignedValue,
    /// Everything written up to here: `# Output:` and the lines below it.
    BlockOutput,
    /// The whole output, in a fence that follows the snippet.
    FollowingFence,
    /// The answer to a `>>>` prompt.
    Session,
    /// The exception that a statement ends with.
    Raises,
    /// The type of the value.
    Type,
    /// A size in bytes.
    Size,
    /// How long something takes.
    Timing,
    /// How two things compare: `2x faster`.
    Relation,
}

/// How an expectation is attached to the statement that it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notation {
    /// A comment behind the statement.
    Trailing,
    /// Comment lines of their own under the statement.
    Below,
    /// A comment line of its own above the statement.
    Above,
    /// Comment lines under a marker that says so: `# Output:`, `#>`.
    Marked,
    /// The statement itself is a comment: `# t[0] = 1  # TypeError`.
    CommentedOut,
    /// A fence after the snippet.
    Fence {
        /// Whether the guide's words or the fence's language say that it is output.
        labelled: bool,
    },
    /// Below a command of a shell that runs the snippet as a file, or code that imports it.
    Transcript,
}

/// One thing that a guide says a snippet does; what it means is decided by the checker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// The lines of the comment or of the fence's content.
    pub lines: Lines,
    /// The lines of the logical statement that it speaks of.
    pub statement: Lines,
    /// What it speaks of.
    pub kind: Kind,
    /// How it is attached.
    pub notation: Notation,
    /// The comment verbatim, `#` included, its lines joined by `\n`; a fence's content as it is.
    pub comment: String,
    /// The comment's text: `#`, the indent common to its lines and a marker (`->`, `Output:`) taken off.
    pub text: String,
    /// The statement that the comment holds, when it is commented out; what `python -c` is given.
    pub code: Option<String>,
}
