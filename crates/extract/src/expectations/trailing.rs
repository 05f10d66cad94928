//! Comments behind a statement: which of them state what it does.

use super::claim::{self, Claim};
use super::comments::{Comment, Place};
use super::marker::Marker;
use super::statements::{Origin, Shape, Statement};
use super::{Reader, Text, speaks_of_another, without_target};
use snipcheck_core::{Expectation, Kind, Line, Lines, Notation, Why, Written, says_nothing};

/// The expectation of a comment behind code, with the comment lines that carry it on.
pub(super) fn read(
    reader: &Reader<'_>,
    comment: &Comment,
    carried_on: &[&Comment],
) -> Result<Expectation, Why> {
    let mut bodies = vec![comment.body()];
    bodies.extend(carried_on.iter().map(|line| line.body()));
    let read = reader.text(&bodies);
    let statement = reader.statement_ending_on(comment.line);
    let read = match statement.and_then(|statement| each_name(&statement.shape, &read.bare)) {
        Some(values) => reader.text(&[&values]),
        None => read,
    };
    let (statement, kind) = spoken_of(reader, comment.line, &read)?;
    let mut lines = Lines::one(comment.line);
    let mut verbatim = comment.verbatim.clone();
    for line in carried_on {
        lines.last = line.line;
        verbatim = format!("{verbatim}\n{}", line.verbatim);
    }
    Ok(Expectation {
        lines,
        statement: statement.lines,
        kind,
        notation: Notation::Trailing,
        comment: verbatim,
        text: without_target(&statement.shape, read.bare),
        code: None,
    })
}

/// The statement that a text on this line speaks of, and the kind of what it says.
fn spoken_of(reader: &Reader<'_>, line: Line, read: &Text) -> Result<(Statement, Kind), Why> {
    if let Some(statement) = reader.statement_ending_on(line) {
        return Ok((statement.clone(), kind(&statement.shape, read)?));
    }
    // Within brackets a comment speaks of one item, unless it says how long the whole takes.
    if let Some(statement) = reader.statement_around(line) {
        let timing = read.claim == Claim::Timing;
        return if timing {
            Ok((statement.clone(), Kind::Timing))
        } else {
            Err(Why::InBrackets)
        };
    }
    if !reader.source.parsed.has_invalid_syntax() {
        return Err(Why::ShowsNothing);
    }
    let unparsed = Statement {
        lines: Lines::one(line),
        whole: Lines::one(line),
        column: 0,
        shape: Shape::Expression,
    };
    let kind = kind(&unparsed.shape, read)?;
    Ok((unparsed, kind))
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

/// The kind of what a text behind a statement claims, or why that is nothing that can be seen.
fn kind(shape: &Shape, read: &Text) -> Result<Kind, Why> {
    match (read.claim, shape) {
        (Claim::Nothing, _) => return Err(Why::NotForReaders),
        (Claim::Raises, Shape::Text(_)) => return Err(Why::ShowsNothing),
        (Claim::Raises, _) => return Ok(Kind::Raises),
        _ => {}
    }
    let kind = match shape {
        Shape::Print => Some(measure(read.claim).unwrap_or(Kind::PrintValue)),
        Shape::For => match read.claim {
            Claim::Value => Some(Kind::ExprValue),
            Claim::Type => Some(Kind::Type),
            _ => None,
        },
        Shape::Delete if is_container(read) => Some(Kind::AssignedValue),
        Shape::Delete => (read.claim == Claim::Echo).then_some(Kind::PrintValue),
        Shape::TypeCall if claim::is_name(&read.bare) => Some(Kind::Type),
        Shape::Call | Shape::Expression | Shape::TypeCall => {
            let worth_trying = is_worth_trying(read) || says_nothing(&read.bare);
            of_value(read).or_else(|| worth_trying.then_some(Kind::ExprValue))
        }
        Shape::Return => {
            let literal = Written::of(&read.bare).is_some_and(|value| value.is_literal());
            literal.then_some(Kind::ExprValue)
        }
        // Giving an attribute or an item a value may run code that prints.
        Shape::Assignment {
            origin: Origin::Written,
            target,
        } if target.contains(['.', '[']) => match read.claim {
            Claim::Echo => Some(Kind::PrintValue),
            _ => is_container(read).then_some(Kind::AssignedValue),
        },
        Shape::Assignment {
            origin: Origin::Computed,
            target,
        } => match read.claim {
            Claim::Echo => Some(Kind::AssignedValue),
            Claim::Value if speaks_of_another(&read.bare, target) => return Err(Why::OtherName),
            Claim::Value => of_value(read).or(Some(Kind::AssignedValue)),
            _ => of_value(read),
        },
        _ => None,
    };
    kind.ok_or(match shape {
        Shape::Assignment {
            origin: Origin::Written,
            ..
        } => Why::WrittenInFull,
        Shape::Block | Shape::Silent | Shape::Text(_) => Why::ShowsNothing,
        _ => Why::Words,
    })
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
        claim => measure(claim),
    }
}

/// Whether a text is a container written in full.
fn is_container(read: &Text) -> bool {
    Written::of(&read.bare).is_some_and(|written| written.is_container() && written.is_literal())
}

/// `a = 1, b = 2` behind `a, b = f()`: the values without the names, where each name has one.
fn each_name(shape: &Shape, text: &str) -> Option<String> {
    let Shape::Assignment { target, .. } = shape else {
        return None;
    };
    let names: Vec<&str> = target
        .trim_matches(['(', ')', '[', ']'])
        .split(',')
        .map(|name| name.trim().trim_start_matches('*'))
        .collect();
    let mut rest = text;
    let mut values = Vec::new();
    for name in &names {
        let tail = rest.strip_prefix(name)?;
        let tail = TOLD.iter().find_map(|told| tail.strip_prefix(told))?;
        let (_, end) = Written::at_start(tail)?;
        values.push(&tail[..end]);
        let behind = &tail[end..];
        rest = BETWEEN
            .iter()
            .find_map(|between| behind.strip_prefix(between))
            .unwrap_or(behind);
    }
    (names.len() > 1 && rest.is_empty()).then(|| values.join(", "))
}

/// What stands between a name and its value, and between one value and the next name.
const TOLD: [&str; 6] = [" is now ", " is ", " == ", " = ", "=", ": "];
const BETWEEN: [&str; 5] = [", and ", ", ", "; ", " and ", " "];

/// Whether a text behind a bare expression may be its value or what it prints.
fn is_worth_trying(read: &Text) -> bool {
    read.claim != Claim::Words || read.marker != Marker::None || claim::is_token(&read.bare)
}
