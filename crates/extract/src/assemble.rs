//! Puts a guide together: decode, choose a format, find blocks, name them.
//!
//! Must not know how any format is written.

use crate::block::{Block, Found};
use crate::decode::{self, Document};
use crate::ids::Names;
use crate::{
    docstring, expectations, file, format, markdown, notebook, rst, text, transcript, version,
};
use snipcheck_core::{FileName, Form, Format, Guide, Line, Lines, Note, Snippet};

/// Reads a document and finds its snippets.
///
/// `path` is shown in messages and tells the format where `format` does not; `stem` is the first
/// component of the ids. Never fails: what is doubtful becomes a note.
pub fn guide(path: &str, stem: &str, bytes: &[u8], format: Option<Format>) -> Guide {
    let document = decode::decode(bytes);
    let lines = document.lines();
    let format = format.unwrap_or_else(|| format::detect(path, &lines));
    let mut found = find(format, &lines);
    let mut notes = document.notes().to_vec();
    notes.append(&mut found.notes);
    Guide {
        path: path.to_owned(),
        format,
        snippets: snippets(stem, found, &document),
        notes,
    }
}

fn find(format: Format, lines: &[&str]) -> Found {
    match format {
        Format::Markdown => markdown::blocks(lines, markdown::Dialect::Plain),
        Format::Mdx => markdown::blocks(lines, markdown::Dialect::Jsx),
        Format::Text => text::blocks(lines),
        Format::Rst => rst::blocks(lines),
        Format::Notebook => notebook::blocks(lines),
        Format::Python => docstring::blocks(lines),
    }
}

fn snippets(stem: &str, mut found: Found, document: &Document) -> Vec<Snippet> {
    let mut names = Names::new(stem);
    let lines = document.lines();
    let files = files(&lines, &found.blocks);
    transcript::attach(&lines, &mut found.blocks, &files, &found.shells);
    let mut snippets: Vec<Snippet> = found
        .blocks
        .into_iter()
        .zip(files)
        .map(|(block, file)| {
            let mut notes = block.notes;
            notes.extend(hidden_address(&block.code, block.first));
            let mut snippet = Snippet {
                id: names.next(block.headings.iter().chain(&block.lead)),
                lines: Lines::new(Line::from_index(block.first), Line::from_index(block.last)),
                code: block.code,
                form: block.form,
                bytes: document.bytes(block.first, block.last),
                indent: block.indent,
                info: block.info,
                file,
                headings: block.headings,
                directives: block.directives,
                expectations: block.answers,
                asides: Vec::new(),
                notes,
            };
            let read = expectations::read(&snippet);
            snippet.expectations.extend(read.expectations);
            snippet.asides = read.asides;
            snippet.notes.extend(expectations::notes(&snippet));
            if snippet.form == Form::Session && snippet.directives.skip.is_none() {
                snippet.directives.skip = version::named_above(&lines, block.first);
            }
            snippet.expectations.sort_by_key(|found| found.lines);
            snippet
        })
        .collect();
    for (index, needs) in found.needs.iter().enumerate() {
        let ids: Vec<String> = needs.iter().map(|&at| snippets[at].id.0.clone()).collect();
        snippets[index].directives.needs.extend(ids);
    }
    snippets
}

/// The file that each block is.
fn files(lines: &[&str], blocks: &[Block]) -> Vec<Option<FileName>> {
    let mut free = 0;
    let name = |block: &Block| {
        let name = file::name(lines, block, free);
        free = block.last + 1;
        name
    };
    blocks.iter().map(name).collect()
}

/// Pages hide e-mail addresses from robots, and a scraper sees this in their place, mostly with a
/// no-break space.
fn hidden_address(code: &str, first: usize) -> Option<Note> {
    let offset = ["[email\u{a0}protected]", "[email protected]"]
        .iter()
        .find_map(|mark| code.find(mark))?;
    let down = code[..offset].matches('\n').count();
    Some(crate::block::note_at(
        first + down,
        "scrape damage: the page hid an e-mail address here",
    ))
}
