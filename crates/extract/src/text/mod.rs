//! Finds the code of a page that lost its fences: what each line looks like, which run of lines
//! that makes most likely, and what the parser says of the edges.
//!
//! Three steps, one module each: `units` groups lines that only make sense together, `look` says
//! how much a unit looks like Python, a session, another language or prose, `segment` finds the
//! best path through all of them, `settle` makes blocks of it. Must not know how a guide is run.

mod broken;
mod builtins;
mod damaged;
mod hashes;
mod label;
mod lead;
mod look;
mod names;
mod other;
mod output;
mod placeholders;
mod prose;
mod remarks;
mod segment;
mod settle;
mod spacing;
mod statement;
mod tall;
mod units;
mod value;

use crate::block::{Block, Found};
use crate::markdown::{self, Dialect, Fenced};
use crate::transcript::{self, Shell};
use std::borrow::Cow;

/// The Python blocks of a flattened page; where it kept a fence, that fence says what is code.
pub(crate) fn blocks(lines: &[&str]) -> Found {
    let lines: Vec<Cow<str>> = lines.iter().map(|line| with_plain_indent(line)).collect();
    let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    let mut found = Found::default();
    let mut from = 0;
    for fence in kept_fences(&lines) {
        found.blocks.extend(between(&lines, from, fence.open));
        if fence.is_python {
            let inside = markdown::blocks(&lines[fence.open..=fence.close], Dialect::Jsx);
            let moved = inside
                .blocks
                .into_iter()
                .map(|block| block.moved(fence.open));
            found.blocks.extend(moved);
        }
        from = fence.close + 1;
    }
    found.blocks.extend(between(&lines, from, lines.len()));
    found.shells = shells(&lines, &found.blocks);
    found
}

/// Below each block, what begins with a command.
fn shells(lines: &[&str], blocks: &[Block]) -> Vec<Shell> {
    let ends = blocks[1.min(blocks.len())..]
        .iter()
        .map(|next| next.first)
        .chain([lines.len()]);
    let gaps = blocks.iter().map(|block| block.last + 1).zip(ends);
    let shell = |(from, end): (usize, usize)| {
        let own = lines.get(from..end)?;
        let first = own.iter().position(|line| transcript::is_command(line))?;
        Some(Shell {
            first: from + first,
            text: own[first..].join("\n"),
            fenced: false,
        })
    };
    gaps.filter_map(shell).collect()
}

/// The fences that are whole. A fence that lost its end runs up to that of another one, over prose.
fn kept_fences(lines: &[&str]) -> Vec<Fenced> {
    let mut fences = markdown::tagged_fences(lines);
    fences.retain(|fence| {
        let inside = &lines[fence.open + 1..fence.close];
        let sentences = inside
            .iter()
            .filter(|line| prose::adjacent_words(&prose::bare(line).text) > 3)
            .count();
        sentences * 5 <= inside.len()
    });
    fences
}

/// The blocks of the lines from `from` up to and without `to`.
fn between(lines: &[&str], from: usize, to: usize) -> Vec<Block> {
    let lines = &lines[from..to];
    let units = units::group(lines);
    let looks = look::all(&units);
    let path = segment::best(&units, &looks);
    let blocks = settle::blocks(lines, &units, &looks, &path);
    blocks.into_iter().map(|block| block.moved(from)).collect()
}

/// Whether the page has more code outside its fences than in them: it lost most of them.
pub(crate) fn is_mostly_outside_fences(lines: &[&str]) -> bool {
    let fenced = kept_fences(lines)
        .iter()
        .filter(|fence| fence.is_python)
        .count();
    let all = blocks(lines).blocks.len();
    all > 3 * fenced + 3
}

/// Browsers copy indentation as no-break spaces, which Python does not know.
fn with_plain_indent(line: &str) -> Cow<'_, str> {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    if indent.contains('\u{a0}') {
        Cow::Owned(indent.replace('\u{a0}', " ") + text)
    } else {
        Cow::Borrowed(line)
    }
}

#[cfg(test)]
mod tests;
