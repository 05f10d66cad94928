//! Finds the code of Markdown and MDX: one pass over the lines, fences first.
//!
//! More forgiving than `CommonMark` about where a fence may stand, because documentation builders
//! are; as strict about what counts as code. Must not know what running a snippet means.

mod answer;
mod fence;
mod headings;
mod indented;
mod info;
mod scan;

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

/// Whether the lines hold fences that an author wrote: closed ones whose info string is a language.
pub(crate) fn has_fenced_code(lines: &[&str]) -> bool {
    let (mut tagged, mut plain, mut open) = (0, 0, 0);
    let mut at = 0;
    while at < lines.len() {
        let Some(fence) = fence::opening(lines[at]) else {
            at += 1;
            continue;
        };
        let (language, rest) = info::read(fence.info);
        match fence.end(lines, at + 1) {
            End::Closed(end) => {
                match language {
                    Language::Plain => plain += 1,
                    // A broken fence carries its first lines of code in the opening one.
                    _ if rest.trim().is_empty() || rest.contains(['=', '{']) => tagged += 1,
                    _ => {}
                }
                at = end + 1;
            }
            End::Open(_) => {
                open += 1;
                at += 1;
            }
        }
        if tagged > 0 {
            return true;
        }
        if open > 0 && at > FRONT_MATTER_LINES * 20 {
            return false;
        }
    }
    plain >= 2 && open == 0
}

/// The index of the first line behind the front matter.
fn front_matter(lines: &[&str]) -> usize {
    let Some(mark) = lines.first().map(|line| line.trim_end()) else {
        return 0;
    };
    if !matches!(mark, "---" | "+++") {
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
