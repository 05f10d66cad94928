//! A worker: takes work units from one stream and tells their outcomes on another, whoever planned them.
//!
//! Each line that comes in is a [`WorkUnit`] as JSON. The first line that goes out tells what runs them:
//! `{"ready": {"python": …, "sandbox": …}}`. Then one goes out for each that came in, in the order in which they
//! are done, with the number of that line from 1: `{"done": {"line": 1, "id": "…", "outcome": {…}}}`, or
//! `{"refused": {"line": 2, "why": "…"}}` for a line that is no unit.

use crate::broker::{Options, RunError, Runner, Supply};
use serde::Serialize;
use snipcheck_core::{Outcome, PythonInfo, SandboxInfo, SnippetId, WorkUnit};
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::thread;
use tokio::sync::mpsc;

/// How many lines are read ahead of their turn.
const AHEAD: usize = 64;

/// One line that goes out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Said<'a> {
    Ready {
        python: PythonInfo,
        sandbox: SandboxInfo,
    },
    Done {
        line: usize,
        id: &'a SnippetId,
        outcome: &'a Outcome,
    },
    Refused {
        line: usize,
        why: String,
    },
}

/// Runs the units of `input` until it ends, and tells their outcomes on `output`.
pub fn work(
    options: Options,
    input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
) -> Result<(), RunError> {
    let mut runner = Runner::new(options)?;
    let info = runner.info()?;
    let desk = RefCell::new(Desk {
        output,
        failure: None,
        waiting: HashMap::new(),
    });
    desk.borrow_mut().say(&Said::Ready {
        python: info.python,
        sandbox: info.sandbox,
    });
    let (tell, lines) = mpsc::channel(AHEAD);
    // It ends with the input, or with the first line that nobody wants any more.
    thread::spawn(move || {
        for line in (1..).zip(input.lines()) {
            if tell.blocking_send(line).is_err() {
                break;
            }
        }
    });
    let mut units = Incoming {
        lines,
        taken: 0,
        desk: &desk,
    };
    runner.serve(&mut units, &mut |index, outcome| {
        desk.borrow_mut().done(index, &outcome);
    })?;
    let failure = desk.into_inner().failure;
    failure.map_or(Ok(()), |error| Err(error.into()))
}

/// Where outcomes are told.
struct Desk<'a> {
    output: &'a mut dyn Write,
    /// The first line that could not be written; no unit is taken after it.
    failure: Option<io::Error>,
    /// The line and the id of each unit in flight, by its number.
    waiting: HashMap<usize, (usize, SnippetId)>,
}

impl Desk<'_> {
    fn say(&mut self, what: &Said) {
        if self.failure.is_some() {
            return;
        }
        let written = serde_json::to_writer(&mut *self.output, what)
            .map_err(io::Error::from)
            .and_then(|()| self.output.write_all(b"\n"))
            .and_then(|()| self.output.flush());
        self.failure = written.err();
    }

    fn done(&mut self, index: usize, outcome: &Outcome) {
        if let Some((line, id)) = self.waiting.remove(&index) {
            let id = &id;
            self.say(&Said::Done { line, id, outcome });
        }
    }
}

/// The units of the lines that came in.
struct Incoming<'a, 'b> {
    lines: mpsc::Receiver<(usize, io::Result<String>)>,
    taken: usize,
    desk: &'b RefCell<Desk<'a>>,
}

impl Supply for Incoming<'_, '_> {
    async fn next(&mut self) -> Option<WorkUnit> {
        loop {
            if self.desk.borrow().failure.is_some() {
                return None;
            }
            let (line, text) = self.lines.recv().await?;
            let unit = text
                .map_err(|error| error.to_string())
                .and_then(|text| unit(&text));
            let mut desk = self.desk.borrow_mut();
            match unit {
                Ok(unit) => {
                    desk.waiting.insert(self.taken, (line, unit.id.clone()));
                    self.taken += 1;
                    return Some(unit);
                }
                Err(why) => desk.say(&Said::Refused { line, why }),
            }
        }
    }
}

fn unit(text: &str) -> Result<WorkUnit, String> {
    serde_json::from_str(text).map_err(|error| format!("no work unit: {error}"))
}
