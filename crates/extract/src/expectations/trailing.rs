//! Comments behind a statement: which of them state what it does.

use super::claim::Claim;
use super::comments::{Comment, Place};
use super::marker::Marker;
use super::statements::{Origin, Shape, Statement};
use super::{Reader, Text, speaks_of_another, without_target};
use snipcheck_core::{Expectation, Kind, Lines, Notation};

/// The expectation of a comment behind code, with the comment lines that carry it on.
pub(super) fn read(
    reader: &Reader<'_>,
    comment: &Comment,
    carried_on: &[&Comment],
) -> Option<Expectation> {
    let unparsed;
    let statement = match reader.statement_ending_on(comment.line) {
        Some(statement) => statement,
        None if reader.source.parsed.has_invalid_syntax() => {
            unparsed = Statement {
                lines: Lines::one(comment.line),
                whole: Lines::one(comment.line),
                column: 0,
                shape: Shape::Expression,
            };
            // A bracket that stays open swallows the lines below, so its tokens tell nothing.
            if reader.is_inside_statement(comment.line) {
                return None;
            }
            &unparsed
        }
        None => return None,
    };
    let mut bodies = vec![comment.body()];
    bodies.extend(carried_on.iter().map(|line| line.body()));
    let read = reader.text(&bodies);
    let kind = kind(&statement.shape, &read)?;
    let mut lines = Lines::one(comment.line);
    let mut verbatim = comment.verbatim.clone();
    for line in carried_on {
        lines.last = line.line;
        verbatim = format!("{verbatim}\n{}", line.verbatim);
    }
    Some(Expectation {
        lines,
        statement: statement.lines,
        kind,
        notation: Notation::Trailing,
        comment: verbatim,
        text: without_target(&statement.shape, read.bare),
        code: None,
    })
}

/// The own-line comments right below a trailing one, at its column: they carry it on.
pub(super) fn carried_on(comments: &[Comment], index: usize) -> Vec<&Comment> {
    let first = &comments[index];
    if first.place == Place::OwnLine {
        return Vec::new();
    }
    let mut line = first.line;
    comments[index + 1..]
        .iter()
        .take_while(|comment| {
            line = line.plus(1);
            comment.line == line
                && comment.column == first.column
                && comment.place == Place::OwnLine
        })
        .collect()
}

/// The kind of what a text behind a statement claims; nothing for prose and for what cannot be seen.
fn kind(shape: &Shape, read: &Text) -> Option<Kind> {
    if read.claim == Claim::Nothing {
        return None;
    }
    if read.claim == Claim::Raises {
        return (!matches!(shape, Shape::Text(_))).then_some(Kind::Raises);
    }
    match shape {
        Shape::Print => Some(measure(read.claim).unwrap_or(Kind::PrintValue)),
        Shape::For => (read.claim == Claim::Value).then_some(Kind::ExprValue),
        Shape::Delete => (read.claim == Claim::Echo).then_some(Kind::PrintValue),
        Shape::Call | Shape::Expression => {
            of_value(read).or_else(|| is_worth_trying(read).then_some(Kind::ExprValue))
        }
        Shape::Assignment {
            origin: Origin::Computed,
            target,
        } => match read.claim {
            Claim::Echo => Some(Kind::PrintValue),
            Claim::Value if speaks_of_another(&read.bare, target) => None,
            Claim::Value => of_value(read).or(Some(Kind::AssignedValue)),
            _ => of_value(read),
        },
        _ => None,
    }
}

fn measure(claim: Claim) -> Option<Kind> {
    match claim {
        Claim::Size => Some(Kind::Size),
        Claim::Timing => Some(Kind::Timing),
        Claim::Relation => Some(Kind::Relation),
        _ => None,
    }
}

fn of_value(read: &Text) -> Option<Kind> {
    match read.claim {
        Claim::Type => Some(Kind::Type),
        Claim::Value | Claim::Echo if read.marker == Marker::Output => Some(Kind::PrintValue),
        claim => measure(claim),
    }
}

/// Whether a text behind a bare expression may be its value or what it prints.
fn is_worth_trying(read: &Text) -> bool {
    read.claim != Claim::Words || read.marker != Marker::None
}
