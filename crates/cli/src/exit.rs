//! The exit codes, as documented in the README.

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All hold.
    Fine,
    /// Something failed.
    Failed,
    /// No snippet was found.
    NothingFound,
    /// Usage, configuration, or unreadable input.
    Usage,
    /// A required sandbox, interpreter or cluster is missing.
    Missing,
    /// Nobody can tell, where that was not to be.
    Undecided,
    /// Ctrl-C or SIGTERM.
    Interrupted,
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> u8 {
        match exit {
            Exit::Fine => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Missing | Exit::Undecided => 3,
            Exit::NothingFound => 4,
            Exit::Interrupted => 130,
        }
    }
}

/// An error that ends the program with a code of its own instead of [`Exit::Usage`].
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) exit: Exit,
    pub(crate) message: String,
}

impl std::fmt::Display for Ending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.message.fmt(f)
    }
}

impl std::error::Error for Ending {}
