//! What needs a person, with the guide lines that it is about: the same in every report.

use super::frame::{self, Framed, Message};
use super::{clean, status_word};
use anstream::AutoStream;
use snipcheck_core::{
    Accepted, ExpectationReport, Guide, Lines, Snippet, SnippetReport, Status, Verdict,
};
use std::io;

/// How many characters of a value stand in a title; `diff` shows the rest.
const TITLE_CHARS: usize = 60;

/// Everything about a failing snippet that needs a person.
pub(crate) fn problems<'a>(report: &'a SnippetReport, guides: &[Guide]) -> Vec<Message<'a>> {
    let source = guides
        .iter()
        .filter(|g| g.path == report.guide)
        .find_map(|g| g.snippets.iter().find(|s| s.id == report.id));
    let Some(snippet) = source else {
        return Vec::new();
    };
    let failing: Vec<_> = report
        .expectations
        .iter()
        .filter(|e| e.verdict == Some(Verdict::Fail))
        .collect();
    let mut told: Vec<Message<'a>> = failing
        .iter()
        .map(|expectation| expectation_message(report, snippet, expectation))
        .collect();
    let is_all = report.status == Some(Status::Failed) && !failing.is_empty();
    if !is_all || matches!(report.accepted, Some(Accepted::Changed { .. })) {
        told.push(snippet_message(report, snippet));
    }
    told
}

fn expectation_message<'a>(
    report: &'a SnippetReport,
    snippet: &Snippet,
    expectation: &ExpectationReport,
) -> Message<'a> {
    let expected = expectation
        .expected
        .as_deref()
        .unwrap_or(&expectation.comment);
    let actual = expectation.actual.as_deref().unwrap_or("nothing");
    let lines = Lines::new(expectation.line, expectation.end_line);
    let source = if snippet.lines.contains(expectation.line) {
        let part = expectation.comment.lines().next().unwrap_or_default();
        Framed::code(snippet, expectation.line, part)
    } else {
        Framed::lines(lines, &expectation.comment)
    };
    let mut notes = Vec::new();
    if let Some(reason) = &expectation.reason {
        notes.push(clean(reason).into_owned());
    }
    if let Some(finding) = &expectation.finding {
        notes.push(clean(&finding.detail).into_owned());
    }
    Message {
        name: "failed",
        title: format!("the guide says `{}`", shortened(expected)),
        guide: &report.guide,
        lines,
        source,
        label: format!("really: {}", shortened(actual)),
        notes,
        help: Some(deeper(report)),
    }
}

fn snippet_message<'a>(report: &'a SnippetReport, snippet: &Snippet) -> Message<'a> {
    let line = report
        .exception
        .as_ref()
        .and_then(|e| e.line)
        .filter(|line| snippet.lines.contains(*line))
        .unwrap_or(snippet.lines.first);
    let reason = report.reason.clone().unwrap_or_default();
    let (name, title) = match &report.accepted {
        Some(Accepted::Changed { what }) => ("changed", what.clone()),
        _ => (report.status.map_or("", status_word), reason.clone()),
    };
    let mut notes: Vec<String> = report.notes.iter().map(|n| clean(n).into_owned()).collect();
    if name == "changed" && !reason.is_empty() {
        notes.insert(0, clean(&reason).into_owned());
    }
    let help = if name == "changed" {
        format!("if this is right: snipcheck accept {}", report.id)
    } else {
        deeper(report)
    };
    Message {
        name,
        title: clean(&title).into_owned(),
        guide: &report.guide,
        lines: Lines::new(line, line),
        source: Framed::code(snippet, line, ""),
        label: report
            .exception
            .as_ref()
            .map_or(String::new(), |e| shortened(&e.to_string())),
        notes,
        help: Some(help),
    }
}

fn deeper(report: &SnippetReport) -> String {
    format!("snipcheck diff {}:{}", report.guide, report.start_line)
}

/// On one line and not too long, for a title or a label.
pub(crate) fn shortened(text: &str) -> String {
    let line = clean(text.trim_end()).replace('\n', "⏎");
    if line.chars().count() <= TITLE_CHARS {
        return line;
    }
    let head: String = line.chars().take(TITLE_CHARS - 1).collect();
    format!("{head}…")
}

/// All that a person would be shown of a failing snippet, without colour.
pub(crate) fn shown(report: &SnippetReport, guides: &[Guide]) -> io::Result<String> {
    let mut text = AutoStream::never(Vec::new());
    for problem in problems(report, guides) {
        frame::print(&problem, &mut text)?;
    }
    let text = text.into_inner();
    Ok(String::from_utf8_lossy(text.trim_ascii_end()).into_owned())
}

/// A problem as plain text: its title, what came out, notes and what to do.
pub(crate) fn in_words(problem: &Message<'_>) -> String {
    let mut lines = vec![problem.title.clone()];
    if !problem.label.is_empty() {
        lines.push(problem.label.clone());
    }
    lines.extend(problem.notes.iter().cloned());
    lines.extend(problem.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}
