//! Finds the code of a page that lost its fences: what each line looks like, which run of lines
//! that makes most likely, and what the parser says of the edges.
//!
//! Three steps, one module each: `units` groups lines that only make sense together, `look` says
//! how much a unit looks like Python, a session, another language or prose, `segment` finds the
//! best path through all of them, `settle` makes blocks of it. Must not know how a guide is run.

mod damaged;
mod look;
mod other;
mod output;
mod prose;
mod segment;
mod settle;
mod statement;
mod units;

use crate::block::Found;

/// The Python blocks of a flattened page.
pub(crate) fn blocks(lines: &[&str]) -> Found {
    let units = units::group(lines);
    let looks = look::all(&units);
    let path = segment::best(&units, &looks);
    settle::blocks(lines, &units, &path)
}

#[cfg(test)]
mod tests;
