//! Whether what came out tells anything of the guide: not where a statement before it did not do its
//! work, and not where it depends on the clock, the files or the machine.

use crate::code::Code;
use crate::status;
use snipcheck_core::{Event, Expectation, Kind, Outcome, Snippet};

/// Why a fail of this expectation may be due to something else than the guide.
pub(crate) fn of(
    snippet: &Snippet,
    code: &Code<'_>,
    outcome: &Outcome,
    expectation: &Expectation,
) -> Option<String> {
    stopped_before(snippet, outcome, expectation).or_else(|| {
        let lines = match expectation.kind {
            Kind::FollowingFence => snippet.lines,
            Kind::Raises => return None,
            _ => expectation.statement,
        };
        let asked = code.asks_surroundings(lines)?;
        Some(format!("`{asked}` depends on where and when it runs"))
    })
}

/// An exception before the statement that tells of something missing.
fn stopped_before(
    snippet: &Snippet,
    outcome: &Outcome,
    expectation: &Expectation,
) -> Option<String> {
    outcome.events.iter().find_map(|event| match event {
        Event::Stopped {
            statement,
            exception,
        } => {
            let line = statement.first;
            let before = !snippet.lines.overlaps(*statement) || line < expectation.statement.first;
            let is_announced = snippet
                .expectations
                .iter()
                .any(|other| other.kind == Kind::Raises && other.statement.overlaps(*statement));
            let counts = before && !is_announced && status::tells_of_a_lack(exception);
            counts.then(|| format!("line {line}, which runs before it, raised {exception}"))
        }
        _ => None,
    })
}
