//! Where a page has its empty lines: between paragraphs, around code, inside it.
//!
//! One page keeps an empty line around each block, another drops those between paragraphs and keeps
//! those in code. What is sure about a page tells what is likely for the rest of it. Must not know
//! what a unit says.

use super::look::{Kind, Look};
use super::units::Unit;

/// Numbers of empty lines that are told apart: none, one, two, more.
const GAPS: usize = 4;
/// Pairs of units that weigh as much as what holds for pages in general.
const PRIOR: f32 = 3.0;
/// What the page's habit counts at most, for a place where it speaks against a border, and for one.
const MOST_AGAINST: f32 = -3.5;
const MOST_FOR: f32 = 1.0;

/// The habits of a page, as log-odds against text that goes on.
#[derive(Debug)]
pub(super) struct Spacing {
    border: [f32; GAPS],
    inside: [f32; GAPS],
}

impl Spacing {
    /// Learns from the pairs of units that leave no doubt.
    pub(super) fn of(units: &[Unit], looks: &[Look]) -> Self {
        let mut text = [0.0; GAPS];
        let mut border = [0.0; GAPS];
        let mut inside = [0.0; GAPS];
        for index in 1..units.len() {
            let kinds = (surely(&looks[index - 1]), surely(&looks[index]));
            let counts = match kinds {
                (Some(Sure::Text), Some(Sure::Text)) => &mut text,
                (Some(Sure::Code), Some(Sure::Code)) => &mut inside,
                (Some(_), Some(_)) => &mut border,
                _ => continue,
            };
            counts[gap(&units[index])] += 1.0;
        }
        let all: [f32; GAPS] = std::array::from_fn(|at| text[at] + border[at] + inside[at] + 1.0);
        let text = shares(&text, &all);
        Spacing {
            border: odds(&shares(&border, &all), &text),
            inside: odds(&shares(&inside, &all), &text),
        }
    }

    /// How much speaks for a border of a block above this unit.
    pub(super) fn border(&self, unit: &Unit) -> f32 {
        self.border[gap(unit)]
    }

    /// How much speaks for code that goes on with this unit.
    pub(super) fn inside(&self, unit: &Unit) -> f32 {
        self.inside[gap(unit)]
    }
}

enum Sure {
    Text,
    Code,
}

fn surely(look: &Look) -> Option<Sure> {
    let is_code = look.other < 3.0 && (look.python >= 3.5 || look.kind == Kind::Prompt);
    let is_text =
        look.kind == Kind::Text && !look.is_label() && look.python <= -5.0 && look.session < -3.0;
    match (is_code, is_text) {
        (true, _) => Some(Sure::Code),
        (_, true) => Some(Sure::Text),
        _ => None,
    }
}

fn gap(unit: &Unit) -> usize {
    unit.blanks.min(GAPS - 1)
}

/// The share of each gap, drawn toward that on the whole page.
fn shares(counts: &[f32; GAPS], all: &[f32; GAPS]) -> [f32; GAPS] {
    let total: f32 = counts.iter().sum();
    let whole: f32 = all.iter().sum();
    std::array::from_fn(|at| (counts[at] + PRIOR * all[at] / whole) / (total + PRIOR))
}

fn odds(shares: &[f32; GAPS], text: &[f32; GAPS]) -> [f32; GAPS] {
    std::array::from_fn(|at| (shares[at] / text[at]).ln().clamp(MOST_AGAINST, MOST_FOR))
}
