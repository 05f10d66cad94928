//! The project's own measurements: what the lock around the interpreter does to the same work, done in several ways.

use crate::measurement::{Measurement, Mode, Run};
use crate::sharing::{Sharing, Signs, sharing};
use crate::speed::{Clock, Interval, Noise, noise, ratio};
use serde::{Deserialize, Serialize};

const SOURCE: &str = include_str!("suite/gil.py");

/// How the same work is done twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// One after the other: what the others are compared with.
    OneByOne,
    /// In two threads.
    Threads,
    /// In two processes.
    Processes,
    /// In two interpreters of one process, each with a thread.
    Interpreters,
    /// In two tasks of an event loop.
    Tasks,
}

impl Way {
    /// All of them.
    pub const ALL: [Way; 5] = [
        Way::OneByOne,
        Way::Threads,
        Way::Processes,
        Way::Interpreters,
        Way::Tasks,
    ];

    /// Its name in a table.
    pub fn name(self) -> &'static str {
        match self {
            Way::OneByOne => "one by one",
            Way::Threads => "threads",
            Way::Processes => "processes",
            Way::Interpreters => "interpreters",
            Way::Tasks => "tasks",
        }
    }

    fn function(self) -> &'static str {
        match self {
            Way::OneByOne => "one_by_one",
            Way::Threads => "threads",
            Way::Processes => "processes",
            Way::Interpreters => "interpreters",
            Way::Tasks => "tasks",
        }
    }

    /// How many do the work.
    pub fn workers(self) -> usize {
        match self {
            Way::OneByOne | Way::Tasks => 1,
            Way::Threads | Way::Processes | Way::Interpreters => 2,
        }
    }
}

/// The work: what it asks of the machine.
pub const WORKLOADS: [&str; 5] = ["cpu", "sleep", "hash 32 MB", "hash 1 kB", "compress"];

/// A program that does a workload in one way; its last line is what counts.
pub fn program(workload: &str, way: Way) -> String {
    format!(
        "{SOURCE}\nrun = ready({}, {workload:?})\nrun()\n",
        way.function()
    )
}

/// One workload in one Python: everything that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The interpreter's version.
    pub python: String,
    /// The workload.
    pub workload: String,
    /// Cores that the processes could use.
    pub cores: usize,
    /// The work twice, one after the other.
    pub base: Mode,
    /// The very same once more.
    pub control: Mode,
    /// The work twice in the other ways, those that this Python has.
    pub ways: Vec<(Way, Mode)>,
}

/// What one way shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// What the two did meanwhile.
    pub sharing: Sharing,
    /// What that was read from.
    pub signs: Signs,
    /// How many times as long it takes as one after the other.
    pub ratio: Option<Interval>,
}

impl Row {
    /// A row of the processes of each way, the base before all others; nothing where the base was not measured.
    pub fn new(
        python: &str,
        workload: &str,
        cores: usize,
        control: Vec<Run>,
        measured: Vec<(Way, Vec<Run>)>,
    ) -> Option<Row> {
        let mode = |(way, runs): (Way, Vec<Run>)| {
            let workers = way.workers();
            (way, Mode { workers, runs })
        };
        let mut ways: Vec<(Way, Mode)> = measured
            .into_iter()
            .filter(|(_, runs)| !runs.is_empty())
            .map(mode)
            .collect();
        let base = ways.iter().position(|(way, _)| *way == Way::OneByOne)?;
        Some(Row {
            python: python.to_owned(),
            workload: workload.to_owned(),
            cores,
            base: ways.remove(base).1,
            control: mode((Way::OneByOne, control)).1,
            ways,
        })
    }

    /// Seconds that the base takes, in the middle.
    pub fn seconds(&self) -> f64 {
        self.base.took().unwrap_or_default()
    }

    /// One way beside the base.
    pub fn measurement(&self, other: &Mode) -> Measurement {
        Measurement {
            cores: self.cores,
            base: self.base.clone(),
            control: self.control.clone(),
            other: other.clone(),
            patient: Mode::default(),
            locked: Mode::default(),
            work: Some(1.0),
        }
    }

    /// What one way shows.
    pub fn shown(&self, mode: &Mode) -> Shown {
        let (sharing, signs) = sharing(mode);
        Shown {
            sharing,
            signs,
            ratio: ratio(&self.base, mode, Clock::Wall),
        }
    }

    /// Why the times are not to be trusted, when they are not.
    pub fn noise(&self) -> Option<Noise> {
        noise(&self.measurement(&self.base), Clock::Wall)
    }
}
