//! Finds the code of reStructuredText: one pass over the lines, as docutils and Sphinx read them.
//!
//! Code stands in directives, in literal blocks (`::`) and in sessions that are paragraphs of their own. What
//! is hidden from a reader (`testsetup`) runs before the sessions and tests below it. Must not know what
//! running a snippet means.

mod directive;
mod scan;
pub(crate) mod session;
mod titles;

use crate::block::Found;

/// The Python blocks of a reStructuredText document.
pub(crate) fn blocks(lines: &[&str]) -> Found {
    scan::Scan::new(lines).run()
}

#[cfg(test)]
mod tests;
