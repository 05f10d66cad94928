//! The outputs that a notebook stored: what was written, the value of the last expression, an exception.
//!
//! What is no text (pictures, tables in HTML) and what was written to the error stream is left out.

use super::cell::Cell;
use super::file::{Output, Place, Source};
use crate::python;
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};
use snipcheck_core::{Expectation, Kind, Line, Lines, Notation};

/// The outputs of a cell as expectations.
pub(super) fn read(outputs: &[Output<'_>], cell: &Cell, place: &Place<'_>) -> Vec<Expectation> {
    let mut written: Option<Source> = None;
    let mut found = Vec::new();
    for output in outputs {
        match output.tells.as_ref() {
            "stream" if output.name.as_deref().is_none_or(|name| name == "stdout") => {
                let more = place.source(output.text);
                if !more.text.is_empty() {
                    let line = written.as_ref().map_or(more.line, |source| source.line);
                    let text = written.map_or_else(String::new, |source| source.text) + &more.text;
                    written = Some(Source { text, line, ..more });
                }
            }
            "execute_result" | "pyout" => {
                let plain = output
                    .data
                    .as_ref()
                    .and_then(|data| data.plain)
                    .or(output.text);
                found.extend(value(&place.source(plain), cell));
            }
            "error" | "pyerr" => found.extend(exception(output, cell, place)),
            _ => {}
        }
    }
    let written = written.filter(|source| !source.text.trim().is_empty());
    found.extend(
        written.map(|source| expectation(&source, cell.lines(), Kind::FollowingFence, true)),
    );
    found
}

/// Whether cells were run in the order in which they stand, as far as that is known.
pub(super) fn are_in_order(cells: &[Cell]) -> bool {
    cells.iter().filter_map(|cell| cell.count).is_sorted()
}

impl Cell {
    fn lines(&self) -> Lines {
        self.lines_of(0..self.code.len())
    }

    fn lines_of(&self, range: std::ops::Range<usize>) -> Lines {
        let line = |at: usize| Line::from_index(self.first + self.code[..at].matches('\n').count());
        Lines::new(line(range.start), line(range.end.saturating_sub(1)))
    }
}

/// The value that a cell ends with; where it ends with no expression, who knows what it is.
fn value(source: &Source, cell: &Cell) -> Option<Expectation> {
    let text = source.text.trim();
    if text.is_empty() || text.contains("Traceback (most recent call last)") {
        return None;
    }
    let last = last_statement(&cell.code)
        .filter(|last| last.shows != Shows::Nothing)
        .and_then(|last| Some((as_python(text, last.shows)?, last)));
    Some(match last {
        Some((text, last)) => Expectation {
            text,
            ..expectation(source, cell.lines_of(last.range()), Kind::ExprValue, true)
        },
        None => expectation(source, cell.lines(), Kind::FollowingFence, false),
    })
}

struct Last {
    range: TextRange,
    shows: Shows,
}

/// What `IPython` shows of the last statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// It is no expression, or prints by itself.
    Nothing,
    /// The class that `type(x)` gives.
    Class,
    /// Another value.
    Value,
}

impl Last {
    fn range(&self) -> std::ops::Range<usize> {
        self.range.start().to_usize()..self.range.end().to_usize()
    }
}

fn last_statement(code: &str) -> Option<Last> {
    let statements = python::statements(code)?;
    let last = statements.last()?;
    let shows = match last {
        Stmt::Expr(expr) => match expr.value.as_ref() {
            Expr::Call(call) => match call.func.as_name_expr().map(|name| name.id.as_str()) {
                Some("print") => Shows::Nothing,
                Some("type") => Shows::Class,
                _ => Shows::Value,
            },
            _ => Shows::Value,
        },
        _ => Shows::Nothing,
    };
    Some(Last {
        range: last.range(),
        shows,
    })
}

/// The value as Python writes it; `IPython` has own ways for classes and functions.
fn as_python(text: &str, shows: Shows) -> Option<String> {
    let is_name = text
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let is_constant = matches!(text, "True" | "False" | "None" | "Ellipsis" | "nan" | "inf");
    if is_name && !is_number && !is_constant {
        return (shows == Shows::Class).then(|| format!("<class '{text}'>"));
    }
    (!text.contains('<') && !text.contains("...")).then(|| text.to_owned())
}

/// The exception that a cell ends with.
fn exception(output: &Output<'_>, cell: &Cell, place: &Place<'_>) -> Option<Expectation> {
    let (name, message) = (place.source(output.ename), place.source(output.evalue));
    let text = match (name.text.trim(), message.text.trim()) {
        ("", _) => return None,
        (name, "") => name.to_owned(),
        (name, message) => format!("{name}: {message}"),
    };
    let statement = stopped_at(&output.traceback, cell).unwrap_or_else(|| cell.lines());
    let (first, last) = (name.line.min(message.line), name.line.max(message.line));
    let source = Source {
        text,
        line: if output.evalue.is_some() {
            first
        } else {
            name.line
        },
        last: if output.evalue.is_some() {
            last
        } else {
            name.line
        },
        is_placed: true,
    };
    Some(expectation(&source, statement, Kind::Raises, true))
}

/// The statement to which the arrow of the traceback points, in the frame of the cell, which is the first one.
fn stopped_at(traceback: &[String], cell: &Cell) -> Option<Lines> {
    let plain = traceback
        .iter()
        .map(|part| without_colors(part))
        .collect::<Vec<_>>()
        .join("\n");
    let arrow = plain.lines().find_map(|line| {
        let rest = line
            .trim_start()
            .trim_start_matches('-')
            .strip_prefix("> ")?;
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        digits
            .parse::<usize>()
            .ok()
            .filter(|_| line.trim_start().starts_with("--"))
    })?;
    let statements = python::statements(&cell.code)?;
    let line = Line::from_index(cell.first + arrow.checked_sub(1)?);
    statements
        .iter()
        .map(|s| cell.lines_of(s.start().to_usize()..s.end().to_usize()))
        .find(|lines| lines.contains(line))
}

/// A text without the escapes that colour it.
fn without_colors(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (index, part) in text.split("\u{1b}[").enumerate() {
        let colour = part.find('m').filter(|_| index > 0);
        plain.push_str(colour.map_or(part, |end| &part[end + 1..]));
    }
    plain
}

fn expectation(source: &Source, statement: Lines, kind: Kind, labelled: bool) -> Expectation {
    let text = source.text.trim_end().to_owned();
    Expectation {
        lines: Lines::new(Line::from_index(source.line), Line::from_index(source.last)),
        statement,
        kind,
        notation: Notation::Fence { labelled },
        comment: text.clone(),
        text,
        code: None,
    }
}
