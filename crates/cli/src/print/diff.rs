//! One snippet looked into: its code, each expectation beside what came out, and what else happened.

use super::list::{self, kind_word};
use super::{clean, status_word, verdict_word};
use crate::fix::Fixed;
use similar::TextDiff;
use snipcheck_core::{ExpectationReport, Outcome, Snippet, SnippetReport, Verdict};
use std::io::{self, Write};

/// Prints everything known of one snippet.
pub(crate) fn print(
    report: &SnippetReport,
    snippet: &Snippet,
    outcome: Option<&Outcome>,
    out: &mut dyn Write,
) -> io::Result<()> {
    heading(report, out)?;
    code(snippet, out)?;
    for repair in &report.repairs {
        writeln!(
            out,
            "\nrepair, line {}: {}",
            repair.line,
            clean(&repair.text)
        )?;
    }
    for id in &report.needs {
        writeln!(out, "\nruns after: {id}")?;
    }
    for expectation in &report.expectations {
        writeln!(out)?;
        one(expectation, out)?;
    }
    if !snippet.asides.is_empty() {
        writeln!(out, "\nother comments:")?;
        for aside in &snippet.asides {
            list::left_alone(aside, out)?;
        }
    }
    for note in &report.notes {
        writeln!(out, "\nnote: {}", clean(note))?;
    }
    block(
        "stdout",
        report.stdout.as_deref(),
        outcome.is_some_and(|o| o.stdout.cut),
        out,
    )?;
    block(
        "stderr",
        report.stderr.as_deref(),
        outcome.is_some_and(|o| o.stderr.cut),
        out,
    )?;
    let traceback = report.exception.as_ref().map(|e| e.traceback.as_str());
    block("exception", traceback, false, out)
}

fn heading(report: &SnippetReport, out: &mut dyn Write) -> io::Result<()> {
    let status = report.status.map_or("not run", status_word);
    write!(
        out,
        "{} at {}:{}-{}: {status}",
        report.id, report.guide, report.start_line, report.end_line
    )?;
    if let Some(reason) = &report.reason {
        write!(out, ", {}", clean(reason))?;
    }
    writeln!(out, "\n")
}

fn code(snippet: &Snippet, out: &mut dyn Write) -> io::Result<()> {
    let width = snippet.lines.last.to_string().len();
    for (number, line) in (snippet.lines.first.number()..).zip(snippet.code.lines()) {
        writeln!(out, "{number:>width$} | {}", clean(line))?;
    }
    Ok(())
}

fn one(expectation: &ExpectationReport, out: &mut dyn Write) -> io::Result<()> {
    let verdict = expectation.verdict.map_or("not judged", verdict_word);
    write!(
        out,
        "line {}, {}: {verdict}",
        expectation.line,
        kind_word(expectation.kind)
    )?;
    if let Some(rule) = &expectation.rule {
        write!(out, " by the rule `{rule}`")?;
    }
    if let Some(reason) = &expectation.reason {
        write!(out, ", {}", clean(reason))?;
    }
    writeln!(out, "\n  read:   {}", expectation.reading)?;
    if let Some(finding) = &expectation.finding {
        writeln!(out, "  finding: {}", clean(&finding.detail))?;
    }
    match (
        expectation.verdict,
        &expectation.expected,
        &expectation.actual,
    ) {
        (Some(Verdict::Fail), Some(expected), Some(actual)) => changes(expected, actual, out),
        (_, expected, Some(actual)) => {
            if let Some(expected) = expected {
                writeln!(out, "  guide:  {}", indented(expected))?;
            }
            writeln!(out, "  really: {}", indented(actual))
        }
        (_, Some(expected), None) => writeln!(out, "  guide:  {}", indented(expected)),
        (_, None, None) => writeln!(out, "  guide:  {}", indented(&expectation.comment)),
    }
}

/// Expected and actual as a diff by line.
fn changes(expected: &str, actual: &str, out: &mut dyn Write) -> io::Result<()> {
    let (expected, actual) = (clean(expected), clean(actual));
    let diff = TextDiff::from_lines(expected.as_ref(), actual.as_ref());
    for change in diff.iter_all_changes() {
        let line = change.value().trim_end_matches('\n');
        writeln!(out, "  {}{line}", change.tag())?;
    }
    Ok(())
}

fn indented(text: &str) -> String {
    clean(text.trim_end()).replace('\n', "\n          ")
}

fn block(name: &str, text: Option<&str>, cut: bool, out: &mut dyn Write) -> io::Result<()> {
    let Some(text) = text.filter(|t| !t.is_empty()) else {
        return Ok(());
    };
    writeln!(out, "\n{name}{}:", if cut { " (cut)" } else { "" })?;
    for line in text.lines() {
        writeln!(out, "  | {}", clean(line))?;
    }
    Ok(())
}

/// The change to a guide as a unified diff.
pub(crate) fn patch(fixed: &Fixed, out: &mut dyn Write) -> io::Result<()> {
    let before = String::from_utf8_lossy(&fixed.before);
    let after = String::from_utf8_lossy(&fixed.after);
    let path = fixed.path.trim_start_matches('/');
    let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
    let unified = diff
        .unified_diff()
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string();
    write!(out, "{}", clean(&unified))
}
