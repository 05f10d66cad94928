//! The JSON contract on one writer, snippet by snippet.

use super::Reporter;
use super::problem::shown;
use crate::settings::Demands;
use crate::verdict;
use serde::Serialize;
use snipcheck_core::{Guide, Report, SnippetReport};
use std::borrow::Cow;
use std::io::{self, Write};

/// Prints one object, whose snippets come as they are known and whose summary comes last.
#[derive(Debug, Default)]
pub(crate) struct Json {
    demands: Demands,
    /// How many snippets stand there; nothing before the first part.
    printed: Option<usize>,
}

impl Json {
    pub(crate) fn new(demands: Demands) -> Json {
        Json {
            demands,
            printed: None,
        }
    }

    fn begin(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<usize> {
        if let Some(printed) = self.printed {
            return Ok(printed);
        }
        self.printed = Some(0);
        writeln!(out, "{{")?;
        field("schema_version", &report.schema_version, out)?;
        field("snipcheck", &report.snipcheck, out)?;
        write!(out, "  \"snippets\": [")?;
        Ok(0)
    }
}

impl Reporter for Json {
    fn part(&mut self, report: &Report, guides: &[Guide], out: &mut dyn Write) -> io::Result<()> {
        let before = self.begin(report, out)?;
        for (number, snippet) in (before..).zip(&report.snippets) {
            let snippet = if verdict::fails(snippet, self.demands.strict) {
                Cow::Owned(SnippetReport {
                    problem: Some(shown(snippet, guides)?),
                    ..snippet.clone()
                })
            } else {
                Cow::Borrowed(snippet)
            };
            let comma = if number == 0 { "" } else { "," };
            write!(out, "{comma}\n    {}", pretty(&snippet, "\n    ")?)?;
        }
        self.printed = Some(before + report.snippets.len());
        Ok(())
    }

    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()> {
        let printed = self.begin(whole, out)?;
        writeln!(out, "{}],", if printed == 0 { "" } else { "\n  " })?;
        field("python", &whole.python, out)?;
        if !whole.pythons.is_empty() {
            field("pythons", &whole.pythons, out)?;
        }
        field("sandbox", &whole.sandbox, out)?;
        field("notes", &whole.notes, out)?;
        field("interrupted", &whole.interrupted, out)?;
        if whole.cluster.is_some() {
            field("cluster", &whole.cluster, out)?;
        }
        writeln!(
            out,
            "  \"summary\": {}\n}}",
            pretty(&whole.summary, "\n  ")?
        )
    }
}

fn field(name: &str, value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  \"{name}\": {},", pretty(value, "\n  ")?)
}

/// A value with each further line behind `newline`; a newline within a string is always escaped.
fn pretty(value: &impl Serialize, newline: &str) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(value)?.replace('\n', newline))
}
