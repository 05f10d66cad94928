//! Whether what came out tells anything of the guide: not where a statement before it did not do its work.

use crate::status;
use snipcheck_core::{Event, Expectation, Kind, Outcome, Snippet};

/// Why a fail of this expectation may be due to something that did not run before it.
pub(crate) fn of(
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
