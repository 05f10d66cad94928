//! The listing for a person: each snippet with its lines, and its expectations below it.

use super::{Reporter, clean, count};
use snipcheck_core::{Aside, ExpectationReport, Guide, Kind, Line, Report, SnippetReport};
use std::io::{self, Write};

/// The listing for a person.
#[derive(Debug)]
pub(crate) struct Listing {
    /// Whether to say how each comment was read.
    pub(crate) explain: bool,
}

impl Reporter for Listing {
    fn part(&mut self, report: &Report, _: &[Guide], out: &mut dyn Write) -> io::Result<()> {
        for snippet in &report.snippets {
            one(snippet, self.explain, out)?;
        }
        report
            .notes
            .iter()
            .try_for_each(|note| super::note(note, out))
    }

    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{}, {}, {}",
            count(whole.summary.guides, "guide"),
            count(whole.summary.snippets, "snippet"),
            count(whole.summary.expectations, "expectation")
        )
    }
}

fn one(snippet: &SnippetReport, explain: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "{}:{}-{}  {}",
        snippet.guide, snippet.start_line, snippet.end_line, snippet.id
    )?;
    if let Some(reason) = &snippet.reason {
        write!(out, "  ({})", clean(reason))?;
    }
    writeln!(out)?;
    for repair in &snippet.repairs {
        writeln!(
            out,
            "    {:>5}  repair: {}",
            repair.line,
            clean(&repair.text)
        )?;
    }
    if explain {
        comments(snippet, out)?;
    } else {
        for expectation in &snippet.expectations {
            stated(expectation, out)?;
        }
    }
    Ok(())
}

/// Every comment of a snippet in the order of the guide, with what was made of it.
fn comments(snippet: &SnippetReport, out: &mut dyn Write) -> io::Result<()> {
    let mut asides = snippet.asides.iter().peekable();
    for expectation in &snippet.expectations {
        while let Some(aside) = asides.next_if(|aside| aside.line < expectation.line) {
            left_alone(aside, out)?;
        }
        stated(expectation, out)?;
        writeln!(out, "           {}", reading(expectation))?;
    }
    asides.try_for_each(|aside| left_alone(aside, out))
}

fn stated(expectation: &ExpectationReport, out: &mut dyn Write) -> io::Result<()> {
    let (kind, comment) = (kind_word(expectation.kind), &expectation.comment);
    entry(expectation.line, kind, comment, out)
}

/// A comment that states nothing, and why.
pub(super) fn left_alone(aside: &Aside, out: &mut dyn Write) -> io::Result<()> {
    entry(aside.line, "left alone", &aside.comment, out)?;
    writeln!(out, "           {}", aside.why)
}

fn entry(line: Line, word: &str, comment: &str, out: &mut dyn Write) -> io::Result<()> {
    let comment = comment.replace('\n', "⏎");
    writeln!(out, "    {line:>5}  {word:<15} {}", clean(&comment))
}

/// How an expectation was read, and the value in it where that is not the whole comment.
fn reading(expectation: &ExpectationReport) -> String {
    let value = expectation.expected.as_deref().unwrap_or_default();
    let whole = expectation.comment.trim_start_matches('#').trim();
    if value.is_empty() || value == whole || value.contains('\n') {
        expectation.reading.clone()
    } else {
        format!("{}; read as `{}`", expectation.reading, clean(value))
    }
}

/// A kind as it stands in reports.
pub(crate) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::PrintValue => "print_value",
        Kind::ExprValue => "expr_value",
        Kind::AssignedValue => "assigned_value",
        Kind::BlockOutput => "block_output",
        Kind::FollowingFence => "following_fence",
        Kind::Session => "session",
        Kind::Raises => "raises",
        Kind::Type => "type",
        Kind::Size => "size",
        Kind::Timing => "timing",
        Kind::Relation => "relation",
    }
}
