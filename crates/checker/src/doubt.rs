//! Whether what came out tells anything of the guide: not where a statement before it did not do its
//! work, and not where it depends on the clock, the files or the machine.

use crate::code::Code;
use crate::continued;
use crate::kinds::session;
use crate::status;
use snipcheck_core::{Event, Expectation, Form, Kind, Notation, Outcome, Planned, Snippet};

/// Why a fail of this expectation may be due to something else than the guide.
pub(crate) fn of(
    snippet: &Snippet,
    planned: &Planned,
    code: &Code<'_>,
    outcome: &Outcome,
    expectation: &Expectation,
) -> Option<String> {
    stopped_before(snippet, outcome, expectation).or_else(|| {
        if expectation.notation == Notation::Transcript && is_mended(planned) {
            return Some("the snippet ran with more than its own code".to_owned());
        }
        let lines = match expectation.kind {
            Kind::FollowingFence => snippet.lines,
            Kind::Raises => return None,
            _ => expectation.statement,
        };
        if let Some(asked) = code.asks_surroundings(lines) {
            return Some(format!("`{asked}` depends on where and when it runs"));
        }
        (snippet.form == Form::Session)
            .then(|| continued::doubt(snippet, planned, code, expectation))
            .flatten()
    })
}

/// Whether what ran is more than a reader's file holds.
fn is_mended(planned: &Planned) -> bool {
    let unit = planned.unit.as_ref();
    unit.is_some_and(|unit| !unit.context.is_empty() || !unit.prelude.is_empty())
}

/// Whether the guide says that the statement of an expectation raises something.
fn announces(expectation: &Expectation) -> bool {
    match expectation.kind {
        Kind::Raises => true,
        Kind::Session => session::shows_exception(&expectation.text),
        _ => false,
    }
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
                .any(|other| announces(other) && other.statement.overlaps(*statement));
            // What one prompt leaves undone, any later one may need.
            let matters = snippet.form == Form::Session || status::tells_of_a_lack(exception);
            let counts = before && !is_announced && matters;
            counts.then(|| format!("line {line}, which runs before it, raised {exception}"))
        }
        _ => None,
    })
}
