//! The project's own measurements: what the lock around the interpreter does to the same work, done in several ways.

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
