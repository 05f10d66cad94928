//! What the broker and the cluster's driver say to each other: a head as a line of JSON, and the lines of units or
//! outcomes that belong to it.

use serde::{Deserialize, Serialize};
use std::io;
use std::path::PathBuf;

/// What the driver is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order<'a> {
    /// The first one.
    Connect {
        address: &'a str,
        program: &'a Parcel,
        /// Whether to ship the program in any case.
        ship: bool,
        /// Seconds after which it is given up.
        patience: f64,
    },
    /// Units to run, a line each.
    Batch {
        number: u64,
        /// What `snipcheck` is called with on the node.
        arguments: &'a [String],
        /// After so many seconds no more of them are begun.
        seconds: f64,
        /// The id of the only node that will do.
        node: Option<&'a str>,
        lines: usize,
    },
    /// What `snipcheck` prints when it is called so, on each node.
    Ask {
        number: u64,
        arguments: &'a [String],
    },
}

impl Order<'_> {
    /// It as a line.
    pub(super) fn line(&self) -> io::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }
}

/// This program, as a node may have it or get it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Parcel {
    /// Its version, for one that is installed there.
    pub(super) version: &'static str,
    /// The file that it is in, and what tells it from another one: its size and its time in seconds since 1970.
    pub(super) file: PathBuf,
    pub(super) bytes: u64,
    pub(super) modified: f64,
    /// Whether it is part of a Python package, and not a program of its own.
    pub(super) module: bool,
    /// The Python that it is part of.
    pub(super) python: PathBuf,
    /// Its name where it is shipped to.
    pub(super) ship: &'static str,
}

/// What the driver tells.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    Connected {
        ray: String,
        nodes: Vec<Node>,
        lines: usize,
    },
    /// The nodes are others now.
    Nodes { nodes: Vec<Node>, lines: usize },
    /// A batch was at a node.
    Done(Done),
    /// A batch is lost.
    Lost {
        number: u64,
        why: String,
        /// Whether the whole node is.
        node: bool,
        lines: usize,
    },
    /// What was asked for, a line a node.
    Said { number: u64, lines: usize },
    /// There is no cluster, or none any more; nothing follows.
    Failed { why: String, lines: usize },
}

impl Answer {
    /// How many lines follow.
    pub(super) fn lines(&self) -> usize {
        match self {
            Answer::Done(done) => done.lines,
            Answer::Connected { lines, .. }
            | Answer::Nodes { lines, .. }
            | Answer::Lost { lines, .. }
            | Answer::Said { lines, .. }
            | Answer::Failed { lines, .. } => *lines,
        }
    }
}

/// What became of a batch at a node. Its lines are those of `snipcheck worker`: how it runs units, then an outcome for
/// each unit that was begun, in their order.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    pub(crate) number: u64,
    /// The name of the node.
    pub(crate) name: String,
    /// Seconds for which units ran, and between the end of the last batch there and the begin of this one.
    pub(crate) spent: f64,
    pub(crate) pause: f64,
    /// Seconds that the driver was busy with it.
    pub(crate) driver: f64,
    /// Why the worker ended, where it did; the first unit without an outcome is the one that it ran then.
    pub(crate) died: Option<String>,
    /// Whether there is no `snipcheck` of this version.
    #[serde(default)]
    pub(crate) lacking: bool,
    /// Why `snipcheck` would not run anything.
    pub(crate) refused: Option<String>,
    lines: usize,
}

/// A machine of the cluster, or what Ray takes for one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) cores: usize,
}
