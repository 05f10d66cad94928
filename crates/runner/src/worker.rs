//! A worker: takes work units from one stream and tells their outcomes on another, whoever planned them.
//!
//! Each line that comes in is a [`WorkUnit`] as JSON. The first line that goes out tells what runs them:
//! `{"ready": {"snipcheck": "0.1.0", "python": …, "sandbox": …}}`. Then one goes out for each that came in, in the order in which they
//! are done, with the number of that line from 1: `{"done": {"line": 1, "id": "…", "outcome": {…}}}`, or
//! `{"refused": {"line": 2, "why": "…"}}` for a line that is no unit.

use crate::broker::{Options, RunError, Runner, Supply};
use crate::{Engine, cache};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpid, kill_process};
use serde::{Deserialize, Serialize};
use snipcheck_core::{Outcome, PythonInfo, SandboxInfo, SnippetId, WorkUnit};
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::thread;
use tokio::sync::mpsc;

/// How many lines are read ahead of their turn.
const AHEAD: usize = 64;

/// One line that goes out.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Said {
    Ready(Ready),
    Done {
        line: usize,
        id: SnippetId,
        outcome: Box<Outcome>,
    },
    Refused {
        line: usize,
        why: String,
    },
}

/// What runs the units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ready {
    /// The version of this program.
    pub(crate) snipcheck: String,
    pub(crate) python: PythonInfo,
    pub(crate) engine: Engine,
    /// The interpreter's file.
    pub(crate) executable: PathBuf,
    pub(crate) sandbox: SandboxInfo,
    /// A name for everything here that can change an outcome, the same on machines that are the same; nothing where
    /// that cannot be told.
    pub(crate) setting: Option<String>,
}

/// Runs the units of `input` until it ends, and tells their outcomes on `output`. When nobody reads `told`, which is
/// where `output` leads to, what runs then is ended as if by a request to end.
pub fn work(
    options: Options,
    input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
    told: impl AsFd + Send + 'static,
) -> Result<(), RunError> {
    let mut runner = Runner::new(options)?;
    thread::spawn(move || end_with_reader(&told));
    let info = runner.info()?;
    let options = runner.options();
    let ready = Ready {
        snipcheck: env!("CARGO_PKG_VERSION").to_owned(),
        engine: options.engine,
        executable: options.python.path.clone(),
        setting: cache::setting(options, &info.sandbox, cache::names),
        python: info.python,
        sandbox: info.sandbox,
    };
    let desk = RefCell::new(Desk {
        output,
        failure: None,
        waiting: HashMap::new(),
    });
    desk.borrow_mut().say(&Said::Ready(ready));
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
        desk.borrow_mut().done(index, outcome);
    })?;
    let failure = desk.into_inner().failure;
    failure.map_or(Ok(()), |error| Err(error.into()))
}

/// Waits until the other end of a pipe is closed; what is no pipe has none.
fn end_with_reader(pipe: &impl AsFd) {
    let mut looked_at = [PollFd::new(pipe, PollFlags::empty())];
    while let Err(Errno::INTR) = poll(&mut looked_at, None) {}
    if looked_at[0].revents().contains(PollFlags::ERR) {
        // Nothing else can fail here than that this process is gone.
        kill_process(getpid(), Signal::TERM).ok();
    }
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

    fn done(&mut self, index: usize, outcome: Outcome) {
        if let Some((line, id)) = self.waiting.remove(&index) {
            let outcome = Box::new(outcome);
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
    fn count(&self) -> usize {
        0
    }

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
