//! Whether what came out tells anything of the guide: not where a statement before it did not do its
//! work, and not where it depends on the clock, the files or the machine.

use crate::code::Code;
use crate::continued;
use crate::kinds::session;
use crate::python_2;
use crate::status;
use crate::stubs;
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
        if code.up_to(expectation.statement).contains("%(asctime)") {
            return Some("it shows when it was written".to_owned());
        }
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
        let continues = match snippet.form {
            Form::Session => continued::doubt(snippet, planned, code, expectation),
            _ => continued::surroundings(planned, code, lines),
        };
        continues
            .or_else(|| for_python_2(snippet, planned, code, expectation))
            .or_else(|| {
                if announces(expectation) {
                    return None;
                }
                let all = format!("{}{}", continued::context(planned), snippet.code);
                let name = stubs::named_in(&code.text(lines), &all)?;
                Some(format!("`{name}` is left to be written"))
            })
            .or_else(|| paths_of_a_machine(code, expectation))
    })
}

/// What tells that code was written for Python 2, where the parser, a comment or an output says so.
fn for_python_2(
    snippet: &Snippet,
    planned: &Planned,
    code: &Code<'_>,
    expectation: &Expectation,
) -> Option<String> {
    let context = planned.unit.iter().flat_map(|unit| &unit.context);
    let in_context = context.clone().any(|part| python_2::is_code(&part.code));
    let shows = |expectation: &Expectation| expectation.text.contains("<type '");
    let in_output = !shows(expectation) && snippet.expectations.iter().any(shows);
    let says_so = in_context
        || in_output
        || python_2::is_code(&snippet.code)
        || code.python_named_above(expectation.statement) == Some(2);
    says_so.then(|| "it is written for Python 2".to_owned())
}

/// An output with a folder of the author's machine that the code does not name.
fn paths_of_a_machine(code: &Code<'_>, expectation: &Expectation) -> Option<String> {
    let folders = [
        "C:\\",
        "/home/",
        "/Users/",
        "site-packages",
        "dist-packages",
    ];
    let here = code.up_to(expectation.statement);
    folders
        .iter()
        .any(|folder| expectation.text.contains(folder) && !here.contains(folder))
        .then(|| "it shows folders of another machine".to_owned())
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
