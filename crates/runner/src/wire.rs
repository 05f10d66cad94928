//! What the broker, a slot and the driver say to each other: JSON, one value a line or a frame.

use crate::{Engine, Interpreter};
use serde::{Deserialize, Serialize};
use snipcheck_core::{Event, Outcome, PythonInfo, SandboxInfo, WorkUnit};
use std::path::PathBuf;

/// The first line that a slot gets.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Start {
    pub(crate) engine: Engine,
    pub(crate) python: Interpreter,
    pub(crate) hash_seed: u32,
    /// Whether the rarer modules are to be imported before the forks (embedded engine only).
    pub(crate) rare: bool,
    /// A path for a folder of its own; there is nothing yet.
    pub(crate) folder: PathBuf,
    /// The level of protection without which nothing is run.
    pub(crate) least_level: u8,
}

/// Every further line that a slot gets.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) index: usize,
    pub(crate) unit: WorkUnit,
}

/// What a slot answers, a line each: once that it is ready, then an outcome for each order.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    Ready {
        python: PythonInfo,
        sandbox: SandboxInfo,
    },
    Done {
        index: usize,
        outcome: Box<Outcome>,
    },
    /// The protection is below the level that was asked for.
    TooWeak {
        sandbox: SandboxInfo,
    },
    /// It cannot serve.
    Failed {
        why: String,
    },
}

/// What the driver tells on its private descriptor.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Record {
    /// What stands before the snippet is done.
    Begun(()),
    /// Something happened in the snippet.
    Event(Event),
    /// The code is done, and threads of these names are waited for.
    Waiting(String),
    /// What a reader should know.
    Note(String),
    /// The run is over; with the exit code when it ended before the end of the code.
    End { code: Option<i32> },
}

/// Takes the records out of what came through the descriptor, whatever else was written to it.
pub(crate) fn records(bytes: &[u8], nonce: &str) -> Vec<Record> {
    let mark = format!("{nonce} ").into_bytes();
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, &mark) {
        rest = &rest[at + mark.len()..];
        if let Some((record, length)) = framed(rest) {
            found.push(record);
            rest = &rest[length..];
        }
    }
    found
}

/// The record at the start of `bytes`, which begin with its length, and how many bytes it takes.
fn framed(bytes: &[u8]) -> Option<(Record, usize)> {
    let digits = bytes.iter().take(10).position(|&byte| byte == b'\n')?;
    let length: usize = std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()?;
    let end = digits.checked_add(1)?.checked_add(length)?;
    let record = serde_json::from_slice(bytes.get(digits + 1..end)?).ok()?;
    Some((record, end))
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_between_anything_else() {
        let good = |text: &str| format!("abc {}\n{text}\n", text.len());
        let note = good(r#"{"note":"x"}"#);
        let end = good(r#"{"end":{"code":null}}"#);
        let both = [Record::Note("x".to_owned()), Record::End { code: None }];
        let cases = [
            (format!("{note}{end}"), 2),
            (format!("garbage{note}\u{1}more abc 9999\n{end}"), 2),
            (format!("{note}{}", &end[..end.len() - 3]), 1),
            (good(r#"{"note":1}"#), 0),
            (note.replace("abc", "abd"), 0),
        ];
        for (text, count) in cases {
            assert_eq!(records(text.as_bytes(), "abc"), both[..count], "{text}");
        }
    }
}
