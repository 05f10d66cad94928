//! What a hash begins on a page: a remark in code, or a title of Markdown.
//!
//! Must not know what the code says.

use super::units::{Parsed, Unit};

/// Headings with hashes from which on a lone `#` line is one too.
const HASHED_HEADINGS: usize = 3;
/// Remarks right above statements from which on a lone `# ` line is one too.
const REMARKS: usize = 5;

/// What hashes are on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hashes {
    /// Whether two of them or more begin a title.
    pub(super) are_headings: bool,
    /// Whether a single one mostly begins a remark all the same.
    pub(super) are_remarks: bool,
}

impl Hashes {
    pub(super) fn of(units: &[Unit]) -> Self {
        Hashes {
            are_headings: has_hashed_headings(units),
            are_remarks: has_remarks(units),
        }
    }
}

/// Whether titles begin with two hashes or more on this page: most such lines stand apart from code.
fn has_hashed_headings(units: &[Unit]) -> bool {
    let is_text = |unit: Option<&Unit>| {
        unit.is_none_or(|unit| matches!(unit.parsed, Parsed::NotAsked | Parsed::No))
    };
    let (mut apart, mut all) = (0, 0);
    for (at, unit) in units.iter().enumerate() {
        if !is_hashed_heading(unit.line) {
            continue;
        }
        all += 1;
        let next = units.get(at + 1);
        let has_blanks = unit.blanks > 0 && next.is_none_or(|next| next.blanks > 0);
        apart += usize::from(has_blanks || is_text(next));
    }
    apart >= HASHED_HEADINGS && apart * 2 >= all
}

/// Whether the page has remarks with one hash right above statements.
fn has_remarks(units: &[Unit]) -> bool {
    let is_remark = |pair: &&[Unit]| {
        pair[0].line.starts_with("# ")
            && pair[1].blanks == 0
            && matches!(pair[1].parsed, Parsed::Statements(_) | Parsed::Head)
    };
    units.windows(2).filter(is_remark).count() >= REMARKS
}

pub(super) fn is_hashed_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - text.len())) && (text.is_empty() || text.starts_with(' '))
}
