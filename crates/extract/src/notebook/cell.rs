//! One code cell: its code as Python, and what was stored below it.

use super::file::{self, Place, Source};
use super::magic;
use super::outputs;
use crate::block::note_at;
use crate::columns::PYTHON;
use snipcheck_core::{Expectation, Note};

/// A cell that holds Python.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Index of its first line.
    pub(super) first: usize,
    /// Columns that were taken off each line.
    pub(super) indent: usize,
    /// Its code, blank lines around it left out.
    pub(super) code: String,
    /// The heading above it.
    pub(super) heading: Option<String>,
    /// When it was run.
    pub(super) count: Option<u64>,
    /// Why it is not to be run.
    pub(super) skip: Option<String>,
    /// Its outputs.
    pub(super) answers: Vec<Expectation>,
    /// Doubts about it.
    pub(super) notes: Vec<Note>,
}

/// Reads a cell; nothing when it holds no Python.
pub(super) fn read(
    raw: &file::Cell<'_>,
    source: &Source,
    heading: Option<String>,
    place: &Place<'_>,
) -> Option<Cell> {
    let blank = source
        .text
        .lines()
        .take_while(|line| line.trim().is_empty())
        .count();
    let first = source.line + blank;
    let (indent, mut code) = dedented(source.text.split_inclusive('\n').skip(blank));
    code.truncate(code.trim_end().len());
    code.push('\n');
    let mut cell = Cell {
        first,
        indent,
        code,
        heading,
        count: raw.execution_count,
        ..Cell::default()
    };
    let mut is_mended = false;
    match magic::read(&cell.code) {
        magic::Cell::None => return None,
        magic::Cell::Python => {}
        magic::Cell::Bound => cell.skip = Some("it needs IPython".to_owned()),
        magic::Cell::Mended(code) => {
            cell.code = code;
            is_mended = true;
            cell.notes.push(note_at(
                first,
                "what only IPython understands was left out, and the stored output is not read",
            ));
        }
    }
    if is_question(&cell.code) {
        cell.skip =
            Some("it shows help, which is another text in each version of Python".to_owned());
    }
    if cell.skip.is_none() && !is_mended {
        cell.answers = outputs::read(&raw.outputs, &cell, place);
    }
    Some(cell)
}

/// The code without the indent of its first line, which `IPython` takes off too.
fn dedented<'a>(lines: impl Iterator<Item = &'a str>) -> (usize, String) {
    let mut indent = None;
    let code = lines
        .map(|line| PYTHON.without(line, *indent.get_or_insert_with(|| PYTHON.indent(line))))
        .collect();
    (indent.unwrap_or_default(), code)
}

fn is_question(code: &str) -> bool {
    code.lines().any(|line| line.starts_with("help("))
}
