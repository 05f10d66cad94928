//! What the remarks of a page belong to: the code that they touch, be it Python's or a shell's.
//!
//! Must not know what code says.

use super::look::{Kind, Look};
use super::units::Unit;

/// A comment belongs to what it touches: a shell has comments too. In a run of them only the
/// first counts fully, for remarks about nothing are no snippet.
pub(super) fn settle(units: &[Unit], looks: &mut [Look]) {
    let is_comment: Vec<bool> = looks
        .iter()
        .map(|look| look.kind == Kind::Comment)
        .collect();
    let is_other = |look: &Look| look.has_hash_comments && look.python < 2.0;
    let mut belongs_to_other = false;
    for index in 0..looks.len() {
        belongs_to_other &= units[index].blanks < 2;
        if !is_comment[index] {
            belongs_to_other = is_other(&looks[index]);
            continue;
        }
        if !belongs_to_other {
            looks[index].other -= 2.0;
        }
        if index > 0 && is_comment[index - 1] && units[index].blanks == 0 {
            looks[index].python -= 1.2;
        }
    }
    let mut below: Option<Look> = None;
    for index in (0..looks.len()).rev() {
        if !is_comment[index] {
            below = Some(looks[index]);
        } else if let Some(below) = below {
            if is_other(&below) {
                looks[index].python -= 1.5;
                looks[index].other = 1.2;
            } else if below.python > 2.0 {
                // Where hashes make headings, those that touch code still make comments.
                looks[index].python = looks[index].python.max(0.4);
                looks[index].other -= 1.0;
            } else if below.kind == Kind::Prompt {
                looks[index].session = looks[index].session.max(1.5);
            }
        }
        if units[index].blanks > 0 {
            below = None;
        }
    }
}
