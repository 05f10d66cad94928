//! A snippet between the steps of a run.

use snipcheck_core::{Guide, Outcome, Planned, Snippet};

/// One snippet on its way through: where it stands, what is planned, what came out.
pub(crate) struct Job<'a> {
    pub(crate) guide: &'a Guide,
    /// Which of the guide's snippets it is.
    pub(crate) at: usize,
    pub(crate) snippet: &'a Snippet,
    pub(crate) planned: &'a Planned,
    pub(crate) outcome: Option<Outcome>,
}
