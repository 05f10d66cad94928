//! The report for a person: what needs one, then one summary line.

use super::frame::{self, Framed, Message};
use super::{Reporter, clean, count, status_word};
use crate::settings::Demands;
use crate::verdict;
use snipcheck_core::{
    Accepted, ExpectationReport, Guide, LayerState, Lines, Report, SandboxInfo, Snippet,
    SnippetReport, Status, Summary, Verdict,
};
use std::io::{self, Write};

/// How many characters of a value stand in a title; `diff` shows the rest.
const TITLE_CHARS: usize = 60;

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What needs a person.
    Failures,
    /// Every skip, every incomplete snippet and what holds in some circumstances only, too.
    All,
}

/// The report for a person.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) detail: Detail,
    pub(crate) demands: Demands,
}

impl Reporter for Text {
    fn part(&mut self, report: &Report, guides: &[Guide], out: &mut dyn Write) -> io::Result<()> {
        for snippet in &report.snippets {
            if verdict::fails(snippet, self.demands.strict) {
                failure(snippet, guides, out)?;
            }
        }
        if self.detail == Detail::All {
            quiet_ones(report, &self.demands, out)?;
        }
        notes(report, self.detail, out)
    }

    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()> {
        if whole.interrupted {
            interrupted(&whole.summary, out)?;
        } else {
            for short in verdict::shortfalls(whole, &self.demands) {
                writeln!(out, "error: {short}")?;
            }
        }
        summary(whole, self.detail, out)
    }
}

fn interrupted(s: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let judged =
        s.passed + s.failed + s.errored + s.timed_out + s.limited + s.incomplete + s.skipped;
    let left = count(s.snippets.saturating_sub(judged), "snippet");
    writeln!(
        out,
        "interrupted: {left} of the guides read so far not judged"
    )
}

fn failure(report: &SnippetReport, guides: &[Guide], out: &mut dyn Write) -> io::Result<()> {
    let source = guides
        .iter()
        .filter(|g| g.path == report.guide)
        .find_map(|g| g.snippets.iter().find(|s| s.id == report.id));
    let Some(snippet) = source else {
        return Ok(());
    };
    let failing: Vec<_> = report
        .expectations
        .iter()
        .filter(|e| e.verdict == Some(Verdict::Fail))
        .collect();
    for expectation in &failing {
        frame::print(&expectation_message(report, snippet, expectation), out)?;
    }
    let told = report.status == Some(Status::Failed) && !failing.is_empty();
    if !told || matches!(report.accepted, Some(Accepted::Changed { .. })) {
        frame::print(&snippet_message(report, snippet), out)?;
    }
    Ok(())
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
fn shortened(text: &str) -> String {
    let line = clean(text.trim_end()).replace('\n', "⏎");
    if line.chars().count() <= TITLE_CHARS {
        return line;
    }
    let head: String = line.chars().take(TITLE_CHARS - 1).collect();
    format!("{head}…")
}

/// What fails nothing and yet deserves to be known, one line each.
fn quiet_ones(report: &Report, demands: &Demands, out: &mut dyn Write) -> io::Result<()> {
    for snippet in &report.snippets {
        let status = snippet.status.filter(|s| *s != Status::Passed);
        if let (Some(status), false) = (status, verdict::fails(snippet, demands.strict)) {
            let known = matches!(snippet.accepted, Some(Accepted::Unchanged));
            writeln!(
                out,
                "{}:{}: {}{}: {}",
                snippet.guide,
                snippet.start_line,
                status_word(status),
                if known { " (accepted)" } else { "" },
                clean(snippet.reason.as_deref().unwrap_or("an expectation fails")),
            )?;
        }
        for expectation in &snippet.expectations {
            let finding = expectation.finding.as_ref().map(|f| f.detail.as_str());
            let (verdict, why) = match (expectation.verdict, finding) {
                (Some(Verdict::Skip), _) => ("skip", expectation.reason.as_deref()),
                (Some(Verdict::Pass), Some(finding)) => ("pass", Some(finding)),
                _ => continue,
            };
            writeln!(
                out,
                "{}:{}: {verdict}: {} | {}",
                snippet.guide,
                expectation.line,
                clean(why.unwrap_or_default()),
                shortened(&expectation.comment),
            )?;
        }
    }
    Ok(())
}

fn notes(report: &Report, detail: Detail, out: &mut dyn Write) -> io::Result<()> {
    for note in &report.notes {
        if note.error || detail == Detail::All {
            super::note(note, out)?;
        }
    }
    Ok(())
}

fn summary(report: &Report, detail: Detail, out: &mut dyn Write) -> io::Result<()> {
    let s = &report.summary;
    let by_status = counts(&[
        (s.passed, "passed"),
        (s.failed, "failed"),
        (s.errored, "errored"),
        (s.timed_out, "timed out"),
        (s.limited, "limited"),
        (s.incomplete, "incomplete"),
        (s.skipped, "skipped"),
    ]);
    let by_verdict = counts(&[(s.pass, "pass"), (s.fail, "fail"), (s.skip, "skip")]);
    writeln!(
        out,
        "{}, {}{by_status}; {}{by_verdict}; {:.1} s{}",
        count(s.guides, "guide"),
        count(s.snippets, "snippet"),
        count(s.expectations, "expectation"),
        s.duration_ms / 1e3,
        ran_by(report),
    )?;
    if detail == Detail::Failures && s.incomplete + s.skipped + s.skip > 0 {
        writeln!(out, "what was not judged, and why: --verbose")?;
    }
    Ok(())
}

fn ran_by(report: &Report) -> String {
    match (&report.python, &report.sandbox) {
        (Some(python), Some(sandbox)) => format!(
            " (Python {} {}, sandbox level {}{})",
            python.version,
            python.engine,
            sandbox.level,
            lacking(sandbox)
        ),
        _ => String::new(),
    }
}

/// `, without cgroup`; what that means and what to do about it is told by `doctor`.
fn lacking(sandbox: &SandboxInfo) -> String {
    let named = |state| {
        let layers = sandbox
            .layers
            .iter()
            .filter(move |layer| layer.state == state);
        layers
            .map(|l| l.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let told = |word: &str, names: String| match names.as_str() {
        "" => String::new(),
        those => format!(", {word} {those}"),
    };
    told("without", named(LayerState::Missing)) + &told("in part", named(LayerState::Degraded))
}

/// `: 3 passed, 1 failed`, zeros left out.
fn counts(counts: &[(usize, &str)]) -> String {
    let told: Vec<String> = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    if told.is_empty() {
        String::new()
    } else {
        format!(": {}", told.join(", "))
    }
}
