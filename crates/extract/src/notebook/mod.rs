//! Finds the code of Jupyter notebooks (nbformat 3 and 4): code cells with the outputs that were stored.
//!
//! A line of code is the line of the file that holds it, so only cells that are written one line of source on
//! a line of the file are read, as Jupyter writes them. Cells that share names share a session, as they would
//! in Jupyter. Must not know what running a snippet means.

mod cell;
mod file;
mod magic;
mod outputs;
mod session;

use crate::block::{Block, Found, note_at};
use cell::Cell;
use file::{Kind, Place, Source};
use snipcheck_core::{Directives, Note};

/// Stands for the title of a notebook without headings: cells of one notebook belong together.
const UNTITLED: &str = "notebook";

/// The code cells of a notebook; a file that is none gives a note.
pub(crate) fn blocks(lines: &[&str]) -> Found {
    if lines.iter().all(|line| line.trim().is_empty()) {
        return Found::default();
    }
    let text = lines.join("\n");
    match file::read(&text) {
        Ok(notebook) => Reader::new(&notebook.place).read(&notebook.cells),
        Err(error) => Found {
            notes: vec![note_at(
                error.line().saturating_sub(1).min(lines.len() - 1),
                format!("this is no notebook that can be read: {error}"),
            )],
            ..Found::default()
        },
    }
}

/// The state of the pass over the cells.
struct Reader<'a> {
    place: &'a Place<'a>,
    title: Option<String>,
    heading: Option<String>,
    /// The first line and the count of cells whose lines are not those of the file.
    unplaced: Option<(usize, usize)>,
    cells: Vec<Cell>,
}

impl<'a> Reader<'a> {
    fn new(place: &'a Place<'a>) -> Self {
        Reader {
            place,
            title: None,
            heading: None,
            unplaced: None,
            cells: Vec::new(),
        }
    }

    fn read(mut self, cells: &[file::Cell<'_>]) -> Found {
        for cell in cells {
            match cell.kind() {
                Kind::Markdown => self.heading(&self.place.source(cell.source())),
                Kind::Code => self.code(cell),
                Kind::Other => {}
            }
        }
        let mut notes = Vec::new();
        if !outputs::are_in_order(&self.cells) {
            notes.push(Note {
                line: None,
                message: "the cells were not run from top to bottom, so their stored outputs are not read".to_owned(),
            });
            for cell in &mut self.cells {
                cell.answers.clear();
            }
        }
        notes.extend(self.unplaced.map(|(at, count)| {
            note_at(
                at,
                format!(
                    "{count} cells are not read: their lines are not lines of the file; save the notebook with Jupyter, which writes them so"
                ),
            )
        }));
        let title = self.title.unwrap_or_else(|| UNTITLED.to_owned());
        Found {
            needs: session::needs(&self.cells),
            blocks: self
                .cells
                .into_iter()
                .map(|cell| block(cell, &title))
                .collect(),
            notes,
            shells: Vec::new(),
        }
    }

    fn heading(&mut self, source: &Source) {
        let headings = source
            .text
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('#'))
            .map(|rest| rest.trim_matches(['#', ' ']).to_owned())
            .filter(|title| !title.is_empty());
        for heading in headings {
            self.title.get_or_insert_with(|| heading.clone());
            self.heading = Some(heading);
        }
    }

    fn code(&mut self, cell: &file::Cell<'_>) {
        let source = self.place.source(cell.source());
        if source.text.trim().is_empty() || !cell.is_python() {
            return;
        }
        if !source.is_placed {
            let (_, count) = self.unplaced.get_or_insert((source.line, 0));
            *count += 1;
            return;
        }
        let heading = self.heading.clone();
        self.cells
            .extend(cell::read(cell, &source, heading, self.place));
    }
}

fn block(cell: Cell, title: &str) -> Block {
    Block {
        first: cell.first,
        last: cell.first + cell.code.matches('\n').count().max(1) - 1,
        form: crate::python::form(&cell.code),
        code: cell.code,
        indent: cell.indent,
        info: String::new(),
        headings: vec![title.to_owned()],
        lead: cell.heading,
        directives: Directives {
            skip: cell.skip,
            ..Directives::default()
        },
        answers: cell.answers,
        notes: cell.notes,
    }
}

#[cfg(test)]
mod tests;
