//! One page that needs nothing but itself: every snippet with its expectations at their lines.

use super::{Reporter, by_status, clean, count, status_word, verdict_word};
use crate::settings::Demands;
use crate::verdict;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use similar::{ChangeTag, TextDiff};
use snipcheck_core::{
    Accepted, ExpectationReport, Guide, Line, Report, Snippet, SnippetReport, Summary, Verdict,
};
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// Writes the snippets to a file of its own as they come, and the page at the end: what stands at its top is known
/// last.
#[derive(Debug)]
pub(crate) struct Html {
    demands: Demands,
    snippets: File,
    /// The guide whose snippets were written last.
    guide: Option<String>,
}

impl Html {
    pub(crate) fn new(demands: Demands) -> io::Result<Self> {
        Ok(Html {
            demands,
            snippets: tempfile::tempfile()?,
            guide: None,
        })
    }

    fn article(&self, report: &SnippetReport, snippet: Option<&Snippet>) -> Markup {
        let status = report.status.map_or("not run", status_word);
        let fails = verdict::fails(report, self.demands.strict);
        let place = format!("{}:{}", report.guide, report.start_line);
        html! {
            article id=(report.id) tabindex="-1" data-status=(status) data-fails[fails] aria-labelledby={ "name-" (report.id) } {
                header {
                    h3 id={ "name-" (report.id) } { (clean(&report.id.0)) }
                    span.status { (sign(fails, report)) " " (status.replace('_', " ")) }
                    span.quiet { (clean(&place)) }
                }
                @if let Some(reason) = &report.reason { p { (clean(reason)) } }
                @if let Some(Accepted::Changed { what }) = &report.accepted { p { (clean(what)) } }
                (on_each(report))
                (list(report))
                @if let Some(snippet) = snippet { (code(report, snippet)) }
                (outside(report, snippet))
                (output("Output", report.stdout.as_deref()))
                (output("Errors", report.stderr.as_deref()))
                @if let Some(exception) = &report.exception {
                    (output("Traceback", Some(&exception.traceback)))
                }
            }
        }
    }
}

/// A status at one look, for those who see no colours.
fn sign(fails: bool, report: &SnippetReport) -> &'static str {
    match (fails, report.status) {
        (true, _) => "✗",
        (false, Some(snipcheck_core::Status::Passed)) => "✓",
        (false, _) => "–",
    }
}

/// What became of it on each of several Pythons.
fn on_each(report: &SnippetReport) -> Markup {
    let differs = report.on.iter().any(|one| one.status != report.status);
    html! {
        @if differs {
            p.quiet {
                @for (number, one) in report.on.iter().enumerate() {
                    (if number == 0 { "" } else { ", " }) (one.python) " "
                    (one.status.map_or("not run", status_word).replace('_', " "))
                }
            }
        }
    }
}

/// What is worth knowing: what was repaired, what ran before it, notes.
fn list(report: &SnippetReport) -> Markup {
    let needs: Vec<&str> = report.needs.iter().map(|id| id.0.as_str()).collect();
    html! {
        @if !report.repairs.is_empty() || !needs.is_empty() || !report.notes.is_empty() {
            ul {
                @for repair in &report.repairs {
                    li { "repaired at line " (repair.line) ": " code { (clean(&repair.text)) } }
                }
                @if !needs.is_empty() { li { "runs after " (clean(&needs.join(", "))) } }
                @for note in &report.notes { li { (clean(note)) } }
            }
        }
    }
}

/// The code with its expectations at the lines that they speak of.
fn code(report: &SnippetReport, snippet: &Snippet) -> Markup {
    let rows = snippet.code.lines().enumerate();
    let numbered = rows.map(|(index, text)| {
        let line = Line::from_index(snippet.lines.first.index() + index);
        (line, text)
    });
    html! {
        div.code role="group" aria-label={ "code of " (report.id) } tabindex="0" {
            @for (line, text) in numbered {
                @let here: Vec<&ExpectationReport> = report.expectations.iter().filter(|one| one.end_line == line).collect();
                @let around = report.expectations.iter().find(|one| one.line <= line && line <= one.end_line);
                (row(line, text, around.and_then(|one| one.verdict)))
                @for expectation in here { (why(expectation)) }
            }
        }
    }
}

fn row(line: Line, text: &str, verdict: Option<Verdict>) -> Markup {
    let (class, mark) = match verdict {
        Some(Verdict::Pass) => ("row pass", "✓"),
        Some(Verdict::Fail) => ("row fail", "✗"),
        Some(Verdict::Skip) => ("row skip-row", "–"),
        None => ("row", ""),
    };
    let name = verdict.map(verdict_word);
    html! {
        div class=(class) {
            span { (line) }
            span.mark title=[name] { (mark) @if let Some(name) = name { span.skip { (name) } } }
            pre { (clean(text)) }
        }
    }
}

/// What stands below an expectation: how it differs, why it was not judged, what else was found.
fn why(expectation: &ExpectationReport) -> Markup {
    let failed = expectation.verdict == Some(Verdict::Fail);
    html! {
        @if failed || expectation.reason.is_some() || expectation.finding.is_some() {
            div.why {
                @if failed {
                    (difference(
                        expectation.expected.as_deref().unwrap_or(&expectation.comment),
                        expectation.actual.as_deref().unwrap_or("nothing"),
                    ))
                }
                @if let Some(reason) = &expectation.reason { p.quiet { (clean(reason)) } }
                @if let Some(finding) = &expectation.finding { p { (clean(&finding.detail)) } }
            }
        }
    }
}

/// What the guide says, and what came out.
fn difference(expected: &str, actual: &str) -> Markup {
    let (expected, actual) = (clean(expected), clean(actual));
    let diff = TextDiff::from_lines(expected.trim_end(), actual.trim_end());
    html! {
        div.diff {
            @for change in diff.iter_all_changes() {
                @match change.tag() {
                    ChangeTag::Delete => del { "the guide says: " (change.value().trim_end_matches('\n')) },
                    ChangeTag::Insert => ins { "really: " (change.value().trim_end_matches('\n')) },
                    ChangeTag::Equal => span { (change.value()) },
                }
            }
        }
    }
}

/// Expectations that are not part of the code: output fences and transcripts.
fn outside(report: &SnippetReport, snippet: Option<&Snippet>) -> Markup {
    let lines = snippet.map(|snippet| snippet.lines);
    let outside = report
        .expectations
        .iter()
        .filter(|one| lines.is_none_or(|lines| !lines.contains(one.end_line)));
    html! {
        @for expectation in outside {
            div.code {
                @for (index, text) in expectation.comment.lines().enumerate() {
                    (row(Line::from_index(expectation.line.index() + index), text, expectation.verdict))
                }
                (why(expectation))
            }
        }
    }
}

fn output(name: &str, text: Option<&str>) -> Markup {
    html! {
        @if let Some(text) = text.filter(|text| !text.is_empty()) {
            details {
                summary { (name) }
                pre tabindex="0" { (clean(text)) }
            }
        }
    }
}

impl Reporter for Html {
    fn part(&mut self, report: &Report, guides: &[Guide], _: &mut dyn Write) -> io::Result<()> {
        for note in &report.notes {
            let place = note.line.map_or(String::new(), |line| format!(":{line}"));
            let told = html! { p { (clean(&note.guide)) (place) ": " (clean(&note.message)) } };
            self.snippets.write_all(told.into_string().as_bytes())?;
        }
        for snippet in &report.snippets {
            if self.guide.as_ref() != Some(&snippet.guide) {
                let end = if self.guide.is_some() {
                    "</section>"
                } else {
                    ""
                };
                let heading = html! { h2 { (clean(&snippet.guide)) } }.into_string();
                write!(self.snippets, "{end}<section>{heading}")?;
                self.guide = Some(snippet.guide.clone());
            }
            let guide = guides.iter().find(|guide| guide.path == snippet.guide);
            let source = guide.and_then(|guide| guide.snippets.iter().find(|s| s.id == snippet.id));
            let article = self.article(snippet, source).into_string();
            self.snippets.write_all(article.as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()> {
        if self.guide.is_some() {
            write!(self.snippets, "</section>")?;
        }
        // Only what this program wrote may run, should anything else look like a script.
        let nonce = format!("{:016x}", fastrand::u64(..));
        let policy = format!(
            "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'"
        );
        let head = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { "snipcheck: " (title(&whole.summary)) }
                    style nonce=(nonce) { (PreEscaped(STYLE)) }
                }
            }
        };
        let head = head.into_string();
        let head = head.trim_end_matches("</html>");
        write!(
            out,
            "{head}<body>{}",
            top(whole, &self.demands).into_string()
        )?;
        self.snippets.seek(SeekFrom::Start(0))?;
        io::copy(&mut self.snippets, out)?;
        writeln!(
            out,
            "</main><script nonce=\"{nonce}\">{SCRIPT}</script></body></html>"
        )
    }
}

fn title(s: &Summary) -> String {
    let failing = s.failed + s.errored + s.timed_out + s.limited;
    if failing == 0 {
        format!("{}, none fails", count(s.snippets, "snippet"))
    } else {
        format!("{failing} of {} fail", count(s.snippets, "snippet"))
    }
}

/// Everything above the snippets.
fn top(whole: &Report, demands: &Demands) -> Markup {
    let s = &whole.summary;
    let statuses = by_status(s).map(|(number, status)| (status_word(status), number));
    let judged: usize = statuses.iter().map(|(_, number)| number).sum();
    let short = verdict::shortfalls(whole, demands);
    html! {
        a.skip href="#snippets" { "To the snippets" }
        h1 { (title(s)) }
        p.quiet {
            (count(s.guides, "guide")) ", " (count(s.expectations, "expectation")) ": "
            (s.pass) " hold, " (s.fail) " fail, " (s.skip) " not judged; "
            (format!("{:.1} s", s.duration_ms / 1e3))
            @if let (Some(python), Some(sandbox)) = (&whole.python, &whole.sandbox) {
                @if whole.pythons.is_empty() { "; Python " (python.version) }
                @for (number, python) in whole.pythons.iter().enumerate() {
                    (if number == 0 { "; Python " } else { ", " }) (python.version)
                }
                " " (python.engine) ", sandbox level " (sandbox.level)
            }
            "; snipcheck " (whole.snipcheck)
        }
        @for line in &short { p { (line) } }
        @if whole.interrupted { p { "The run was interrupted: what follows is what was known." } }
        div.controls role="search" {
            @for (word, number) in statuses {
                @if number > 0 {
                    button type="button" data-toggle=(word) aria-pressed="true" { (word.replace('_', " ")) " " (number) }
                }
            }
            @if judged < s.snippets {
                button type="button" data-toggle="not run" aria-pressed="true" { "not run " (s.snippets - judged) }
            }
            label.skip for="search" { "Search" }
            input #search type="search" placeholder="search ( / )" autocomplete="off";
            button #theme type="button" { "light / dark" }
            span #told.quiet role="status" {}
        }
        (PreEscaped("<main id=\"snippets\" tabindex=\"-1\">"))
    }
}
