//! Runs besides the judged one: calls of functions that nothing calls, and code that imports the snippet.
//!
//! Each is a run of its own, so that nothing that it does touches what the judged one told.

use super::unit::{Done, Pass, Python, run_once};
use crate::wire::Record;
use snipcheck_core::{Event, Exit, File, Line, Outcome, Part, Want, WorkUnit};
use snipcheck_sandbox::{End, Jail};
use std::time::Duration;

/// What a call may take beyond the snippet itself.
const CALL_TIME: Duration = Duration::from_secs(2);

/// Adds to an outcome what the runs on the side show, and leaves out what they do not; whether the slot can go on.
pub(super) fn look(
    jail: &Jail,
    python: &mut Python,
    unit: &WorkUnit,
    outcome: &mut Outcome,
) -> bool {
    let mut usable = true;
    let mut run = |unit: &WorkUnit, pass| {
        let done = run_once(jail, python, unit, pass).ok().filter(|_| usable)?;
        usable = done.is_usable();
        Some(done)
    };
    if !unit.calls.is_empty() && outcome.exit == Exit::Completed {
        let done = run(&calling(unit, outcome.duration_ms), Pass::Calling);
        outcome.called = done.map(called).unwrap_or_default();
    }
    for watch in &unit.watches {
        if let Want::Run { code, files } = &watch.want {
            let done = run(&alone(unit, code, files), Pass::Judged);
            let told = done.as_ref().and_then(written).map(|stdout| Event::Ran {
                expectation: watch.expectation,
                stdout,
            });
            outcome.events.extend(told);
        }
    }
    usable
}

/// The snippet and the calls, in little more time than it took without them.
fn calling(unit: &WorkUnit, took_ms: f64) -> WorkUnit {
    let mut unit = unit.clone();
    unit.top_level_await = true;
    let took = Duration::try_from_secs_f64(took_ms / 1e3).unwrap_or_default();
    unit.limits.timeout = unit.limits.timeout.min(took + CALL_TIME);
    unit
}

/// Code that runs by itself beside these files.
fn alone(unit: &WorkUnit, code: &str, files: &[File]) -> WorkUnit {
    let part = Part {
        first: Line::FIRST,
        code: code.to_owned(),
    };
    WorkUnit {
        files: files.to_vec(),
        limits: unit.limits,
        ..WorkUnit::new(unit.id.clone(), unit.guide.clone(), part)
    }
}

/// What happened after all that happens without the calls.
fn called(done: Done) -> Vec<Event> {
    let events = done.records.into_iter().filter_map(|record| match record {
        Record::Event(event) => Some(event),
        _ => None,
    });
    let from_there = events.skip_while(|event| *event != Event::Calling);
    from_there.skip(1).collect()
}

/// What a run wrote, when it came to its end.
fn written(done: &Done) -> Option<String> {
    let stopped = |record: &Record| matches!(record, Record::Event(Event::Stopped { .. }));
    let is_whole = matches!(done.report.end, End::Exited(0)) && !done.records.iter().any(stopped);
    is_whole.then(|| String::from_utf8_lossy(&done.report.stdout).into_owned())
}
