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

impl Job<'_> {
    /// Whether there is something to run, and nobody said that it should not be.
    pub(crate) fn is_runnable(&self) -> bool {
        self.planned.unit.is_some() && self.planned.skip.is_none()
    }
}
