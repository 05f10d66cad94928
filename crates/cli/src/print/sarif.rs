//! SARIF 2.1.0, which code scanning services and editors read.

use super::Reporter;
use super::frame::uri;
use super::problem::{in_words, problems};
use crate::settings::Demands;
use crate::verdict;
use serde::Serialize;
use serde_json::{Value, json};
use snipcheck_core::{Guide, Report};
use std::io::{self, Write};

/// What can be wrong, and what that means.
const RULES: [(&str, &str); 7] = [
    (
        "failed",
        "The guide states an output that does not come out.",
    ),
    (
        "errored",
        "The snippet ends in a way that the guide does not announce.",
    ),
    ("timed_out", "The snippet does not end within its time."),
    ("limited", "The snippet is over one of its limits."),
    ("incomplete", "The snippet cannot stand alone."),
    ("passed", "The snippet runs only with a repair."),
    ("changed", "The outcome is not the accepted one."),
];

/// Prints one log with one run.
#[derive(Debug)]
pub(crate) struct Sarif {
    demands: Demands,
    results: Vec<Value>,
    /// Messages of what could not be read.
    unread: Vec<Value>,
}

impl Sarif {
    pub(crate) fn new(demands: Demands) -> Self {
        Sarif {
            demands,
            results: Vec::new(),
            unread: Vec::new(),
        }
    }
}

/// A region of a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    end_line: usize,
}

impl Reporter for Sarif {
    fn part(&mut self, report: &Report, guides: &[Guide], _: &mut dyn Write) -> io::Result<()> {
        for snippet in &report.snippets {
            if !verdict::fails(snippet, self.demands.strict) {
                continue;
            }
            for problem in problems(snippet, guides) {
                let region = Region {
                    start_line: problem.lines.first.index() + 1,
                    end_line: problem.lines.last.index() + 1,
                };
                self.results.push(json!({
                    "ruleId": problem.name,
                    "level": "error",
                    "message": { "text": in_words(&problem) },
                    "locations": [{
                        "physicalLocation": {
                            "artifactLocation": { "uri": uri(problem.guide) },
                            "region": region,
                        },
                        "logicalLocations": [{ "fullyQualifiedName": snippet.id }],
                    }],
                    // The same problem in the next run, wherever its lines are then.
                    "partialFingerprints": { "snippetAndTitle/v1": format!("{} {}", snippet.id, problem.title) },
                }));
            }
        }
        for note in report.notes.iter().filter(|note| note.error) {
            self.unread.push(json!({
                "level": "error",
                "message": { "text": format!("{}: {}", note.guide, note.message) },
            }));
        }
        Ok(())
    }

    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()> {
        let rule =
            |(id, text): &(&str, &str)| json!({ "id": id, "shortDescription": { "text": text } });
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {
                    "driver": {
                        "name": "snipcheck",
                        "version": whole.snipcheck,
                        "rules": RULES.iter().map(rule).collect::<Vec<Value>>(),
                    },
                },
                "invocations": [{
                    "executionSuccessful": !whole.interrupted && self.unread.is_empty(),
                    "toolExecutionNotifications": self.unread,
                }],
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &log)?;
        writeln!(out)
    }
}
