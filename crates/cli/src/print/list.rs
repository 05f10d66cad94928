//! The listing for a person: each snippet with its lines, and its expectations below it.

use super::{clean, count};
use snipcheck_core::{Kind, Report};
use std::io::{self, Write};

/// Prints what `snipcheck list` found.
pub(crate) fn print(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for snippet in &report.snippets {
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
        for expectation in &snippet.expectations {
            let comment = expectation.comment.replace('\n', "⏎");
            writeln!(
                out,
                "    {:>5}  {:<15} {}",
                expectation.line,
                kind_word(expectation.kind),
                clean(&comment)
            )?;
        }
    }
    for note in &report.notes {
        super::note(note, out)?;
    }
    writeln!(
        out,
        "{}, {}, {}",
        count(report.summary.guides, "guide"),
        count(report.summary.snippets, "snippet"),
        count(report.summary.expectations, "expectation")
    )
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
