//! Finds the code of Markdown and MDX: one pass over the lines, fences first.
//!
//! More forgiving than `CommonMark` about where a fence may stand, because documentation builders
//! are; as strict about what counts as code. Must not know what running a snippet means.

pub(crate) mod answer;
mod fence;
mod headings;
pub(crate) mod indented;
pub(crate) mod info;
mod salvage;
mod scan;
mod tags;

use crate::block::Found;
use fence::End;
use info::Language;

/// Lines within which front matter must end.
const FRONT_MATTER_LINES: usize = 500;

/// Which of the two dialects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Markdown: an indent of four columns may be code.
    Plain,
    /// MDX: an indent is only an indent.
    Jsx,
}

/// The Python blocks of a Markdown document.
pub(crate) fn blocks(lines: &[&str], dialect: Dialect) -> Found {
    scan::Scan::new(lines, dialect, front_matter(lines)).run()
}

/// A fence that an author wrote, with its first and last line by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fenced {
    /// The opening line.
    pub(crate) open: usize,
    /// The closing line.
    pub(crate) close: usize,
    /// Whether it holds Python.
    pub(crate) is_python: bool,
}

/// The fences that are closed and whose info string is a language and attributes.
///
/// A page that lost its fences may hold broken ones: those carry code in their opening line.
pub(crate) fn tagged_fences(lines: &[&str]) -> Vec<Fenced> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(fence) = fence::opening(lines[at]).filter(|fence| !fence.info.is_empty()) else {
            at += 1;
            continue;
        };
        let (language, rest) = info::read(fence.info);
        let end = match fence.end(lines, at + 1) {
            End::Closed(end) if info::is_attributes(rest) => end,
            _ => {
                at += 1;
                continue;
            }
        };
        found.push(Fenced {
            open: at,
            close: end,
            is_python: language == Language::Python,
        });
        at = end + 1;
    }
    found
}

/// The index of the first line behind the front matter.
fn front_matter(lines: &[&str]) -> usize {
    let Some(mark) = lines.first().map(|line| line.trim_end()) else {
        return 0;
    };
    // A rule at the top of a page looks the same, but no setting follows it.
    let opens_settings = lines
        .get(1)
        .is_some_and(|line| line.contains([':', '=']) || line.starts_with('#'));
    if !matches!(mark, "---" | "+++") || !opens_settings {
        return 0;
    }
    lines
        .iter()
        .take(FRONT_MATTER_LINES)
        .skip(1)
        .position(|line| line.trim_end() == mark || (mark == "---" && line.trim_end() == "..."))
        .map_or(0, |index| index + 2)
}

#[cfg(test)]
mod tests;
