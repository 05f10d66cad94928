//! What GitHub shows at the lines of a pull request, and on the page of a run.

use super::problem::{in_words, problems};
use super::{Reporter, clean, count, statuses};
use crate::settings::Demands;
use crate::verdict;
use snipcheck_core::{Guide, Report, Summary};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;

/// Rows of the table on the page of a run; the annotations tell all.
const MOST_ROWS: usize = 50;

/// Workflow commands on stdout, and a summary where the runner wants one.
#[derive(Debug)]
pub(crate) struct Github {
    demands: Demands,
    /// The file that `GITHUB_STEP_SUMMARY` names.
    summary: Option<PathBuf>,
    rows: Vec<String>,
    failing: usize,
}

impl Github {
    pub(crate) fn new(demands: Demands) -> Self {
        Github {
            demands,
            summary: std::env::var_os("GITHUB_STEP_SUMMARY")
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            rows: Vec::new(),
            failing: 0,
        }
    }
}

impl Reporter for Github {
    fn part(&mut self, report: &Report, guides: &[Guide], out: &mut dyn Write) -> io::Result<()> {
        for snippet in &report.snippets {
            if !verdict::fails(snippet, self.demands.strict) {
                continue;
            }
            self.failing += 1;
            for problem in problems(snippet, guides) {
                writeln!(
                    out,
                    "::error file={},line={},endLine={},title={}::{}",
                    property(problem.guide),
                    problem.lines.first,
                    problem.lines.last,
                    property(&format!("snipcheck: {}", problem.name)),
                    message(&in_words(&problem)),
                )?;
                if self.rows.len() < MOST_ROWS {
                    self.rows.push(format!(
                        "| {}:{} | {} | {} |",
                        cell(problem.guide),
                        problem.lines.first,
                        cell(problem.name),
                        cell(&problem.title)
                    ));
                }
            }
        }
        for note in &report.notes {
            let word = if note.error { "error" } else { "notice" };
            let line = note
                .line
                .map_or(String::new(), |line| format!(",line={line}"));
            let (guide, told) = (property(&note.guide), message(&clean(&note.message)));
            writeln!(out, "::{word} file={guide}{line},title=snipcheck::{told}")?;
        }
        Ok(())
    }

    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()> {
        for short in verdict::shortfalls(whole, &self.demands) {
            writeln!(out, "::error title=snipcheck::{}", message(&short))?;
        }
        let told = in_a_line(&whole.summary);
        writeln!(out, "{told}")?;
        let Some(path) = &self.summary else {
            return Ok(());
        };
        let mut page = OpenOptions::new().append(true).create(true).open(path)?;
        writeln!(page, "### snipcheck\n\n{told}\n")?;
        if !self.rows.is_empty() {
            writeln!(page, "| where | status | what |\n| --- | --- | --- |")?;
            for row in &self.rows {
                writeln!(page, "{row}")?;
            }
        }
        if self.rows.len() == MOST_ROWS {
            let failing = count(self.failing, "snippet");
            writeln!(page, "\nThe first {MOST_ROWS}; in all, {failing} failed.")?;
        }
        Ok(())
    }
}

fn in_a_line(s: &Summary) -> String {
    format!(
        "{}, {}: {}; {} hold, {} fail, {} not judged",
        count(s.guides, "guide"),
        count(s.snippets, "snippet"),
        statuses(s),
        s.pass,
        s.fail,
        s.skip
    )
}

/// The text of a command: `%` and line ends are escaped.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a command: what ends one is escaped, too.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

/// A cell of a table, in which nothing is markup.
fn cell(text: &str) -> String {
    let mut told = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => told.push(' '),
            '&' => told.push_str("&amp;"),
            '<' => told.push_str("&lt;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '@' | '#' => {
                told.push('\\');
                told.push(c);
            }
            _ => told.push(c),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_shown_is_a_command_or_markup() {
        assert_eq!(message("a%\nb: c, d"), "a%25%0Ab: c, d");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
        assert_eq!(cell("<b>|`x`\n@you"), "&lt;b>\\|\\`x\\` \\@you");
    }
}
