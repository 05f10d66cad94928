//! What the tests of this crate have in common: units from code, runs with both engines, outcomes as lines.

use snipcheck_core::{
    Event, Exception, Exit, Limits, Line, Lines, Outcome, Part, SnippetId, Stream, Want, Watch,
    WorkUnit,
};
use snipcheck_runner::{
    Engine, Interpreter, Options, Program, RunInfo, Runner, interpreter::Finder,
};
use std::num::NonZeroUsize;
use std::time::Duration;

/// The guide line of the first line of each unit's code.
pub(crate) const FIRST: u32 = 10;

/// The binary that is nothing but a slot.
pub(crate) fn program() -> Program {
    Program::binary(env!("CARGO_BIN_EXE_snipcheck-slot").into())
}

/// The interpreter of an engine; `SNIPCHECK_TEST_PYTHON` names another one for the subprocess engine.
pub(crate) fn python(engine: Engine) -> Interpreter {
    match std::env::var("SNIPCHECK_TEST_PYTHON") {
        Ok(name) if engine == Engine::Subprocess => Finder::default().probe(&name).unwrap(),
        _ => Finder::default()
            .embedded()
            .expect("the tests need the embedded interpreter"),
    }
}

pub(crate) fn unit(code: &str) -> WorkUnit {
    let code = Part {
        first: Line::new(FIRST),
        code: code.to_owned(),
    };
    WorkUnit {
        limits: Limits {
            timeout: Duration::from_secs(20),
            ..Limits::default()
        },
        ..WorkUnit::new(SnippetId("g/a".to_owned()), "g.md".to_owned(), code)
    }
}

/// A watch on the lines `first` to `last`, for expectation 0.
pub(crate) fn watch(first: u32, last: u32, want: Want) -> Watch {
    Watch {
        expectation: 0,
        statement: Lines::new(Line::new(first), Line::new(last)),
        want,
    }
}

pub(crate) fn options(engine: Engine) -> Options {
    Options {
        engine,
        python: python(engine),
        jobs: NonZeroUsize::new(2).expect("two is not zero"),
        more_while_idle: true,
        hash_seed: 0,
        cache: None,
        least_level: 0,
        program: program(),
        cluster: None,
    }
}

/// The outcomes in the order of the units.
pub(crate) fn outcomes(engine: Engine, units: &[WorkUnit]) -> (RunInfo, Vec<Outcome>) {
    outcomes_with(options(engine), units)
}

pub(crate) fn outcomes_with(options: Options, units: &[WorkUnit]) -> (RunInfo, Vec<Outcome>) {
    let mut found: Vec<Option<Outcome>> = units.iter().map(|_| None).collect();
    let mut runner = Runner::new(options).expect("there are signals");
    let done = runner.run(units.iter().cloned(), &mut |index, outcome| {
        found[index] = Some(outcome);
    });
    done.expect("the units run");
    let all = found
        .into_iter()
        .map(|one| one.expect("every unit has an outcome"));
    (runner.info().expect("a slot ran"), all.collect())
}

pub(crate) const ENGINES: [Engine; 2] = [Engine::Embedded, Engine::Subprocess];

/// An outcome, a line an event, then how it ended.
pub(crate) fn told(outcome: &Outcome) -> String {
    let mut lines: Vec<String> = outcome.events.iter().map(event).collect();
    lines.extend(
        outcome
            .called
            .iter()
            .map(|one| format!("called {}", event(one))),
    );
    lines.push(exit(&outcome.exit));
    lines.extend(outcome.notes.iter().map(|note| format!("note: {note}")));
    lines.join("\n")
}

fn event(event: &Event) -> String {
    match event {
        Event::Write {
            stream,
            text,
            lines,
        } => {
            let stream = if *stream == Stream::Out { "out" } else { "err" };
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            format!("{stream} {}: {text:?}", lines.join(" "))
        }
        Event::Value { expectation, value } => {
            let text = value
                .text
                .as_ref()
                .map(|text| format!(" text {text:?}"))
                .unwrap_or_default();
            let state = if value.state.is_empty() {
                String::new()
            } else {
                format!(" state {:?}", value.state)
            };
            format!(
                "#{expectation} {} {}{text}{state}",
                value.type_name, value.repr
            )
        }
        Event::Done { expectation } => format!("#{expectation} done"),
        Event::Timed { expectation, .. } => format!("#{expectation} timed"),
        Event::Weighed {
            expectation,
            weight,
        } => format!("#{expectation} weighs {weight:?}"),
        Event::Raised {
            expectation,
            exception,
        } => match exception {
            Some(exception) => format!("#{expectation} raised {}", raised(exception)),
            None => format!("#{expectation} raised nothing"),
        },
        Event::Ran {
            expectation,
            stdout,
        } => format!("#{expectation} wrote {stdout:?}"),
        Event::Calling => "calling".to_owned(),
        Event::Stopped {
            statement,
            exception,
        } => {
            format!(
                "{}-{} stopped by {}",
                statement.first,
                statement.last,
                raised(exception)
            )
        }
        Event::NotRun { statement, because } => {
            format!(
                "{}-{} not run because of {because}",
                statement.first, statement.last
            )
        }
    }
}

pub(crate) fn raised(exception: &Exception) -> String {
    let line = exception
        .line
        .map(|line| format!(" (line {line})"))
        .unwrap_or_default();
    format!("{}: {}{line}", exception.type_name, exception.message)
}

pub(crate) fn exit(exit: &Exit) -> String {
    match exit {
        Exit::Completed => "completed".to_owned(),
        Exit::Code { code } => format!("code {code}"),
        Exit::Signal { name, .. } => format!("signal {name}"),
        Exit::TimedOut { .. } => "timed out".to_owned(),
        Exit::Limited { what } => format!("limited: {what}"),
        Exit::Lost { why } => format!("lost: {why}"),
    }
}
