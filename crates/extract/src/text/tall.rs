//! Answers of a session that brackets hold together over several lines.
//!
//! Must not know what a prompt expects.

use super::prose;
use super::units::{Parsed, Unit};
use crate::python;
use std::collections::HashSet;

/// Units that one answer may reach over.
const TALLEST: usize = 80;

/// The units right behind a prompt that open brackets, up to where those are closed again.
pub(super) fn answers(units: &[Unit]) -> HashSet<usize> {
    let mut tall = HashSet::new();
    for at in 1..units.len() {
        let is_first = units[at].blanks == 0
            && python::is_prompt(units[at - 1].line)
            && !python::is_prompt(units[at].line);
        let mut open = 0;
        for (width, unit) in units[at..].iter().take(TALLEST).enumerate() {
            let goes_on = width == 0 || (open > 0 && unit.blanks == 0);
            if !is_first || !goes_on || python::is_prompt(unit.line) || is_sentence(unit) {
                break;
            }
            open = open_brackets(open, unit.line);
            if unit.last > unit.first {
                open = open_brackets(open, unit.end);
            }
            if open == 0 && width > 0 {
                tall.extend(at..=at + width);
            }
        }
    }
    tall
}

/// Brackets that are open behind a line when so many were open before it.
fn open_brackets(before: usize, line: &str) -> usize {
    let bare = prose::bare(line).text;
    bare.chars().fold(before, |open, c| match c {
        '(' | '[' | '{' => open + 1,
        ')' | ']' | '}' => open.saturating_sub(1),
        _ => open,
    })
}

/// Whether a line that no parser was asked about begins or ends as a sentence does.
pub(super) fn is_sentence(unit: &Unit) -> bool {
    let text = unit.line.trim();
    matches!(unit.parsed, Parsed::NotAsked)
        && !text.starts_with("...")
        && (text.starts_with(char::is_uppercase) || text.ends_with(['.', ':', '!', '?']))
}
