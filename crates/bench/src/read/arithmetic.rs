//! What follows from the guide's own numbers, without running anything.

use super::words::{bytes, number, seconds};
use serde::{Deserialize, Serialize};

/// A result that a guide states of numbers that it states, too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sum {
    /// What its numbers make.
    pub made: f64,
    /// What it says that they make.
    pub said: f64,
    /// What both are.
    pub dimension: Dimension,
}

/// What a number counts, in its base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Seconds.
    Time,
    /// Bytes.
    Memory,
}

/// Rounding may make so much of a difference.
const ROUNDED: f64 = 0.05;

impl Sum {
    /// Whether it is as stated, as far as rounded numbers tell.
    pub fn holds(&self) -> bool {
        (self.made / self.said - 1.0).abs() <= ROUNDED
    }
}

/// `1.5 s x 10M = 4,167 hours`: factors, one of them a time or a size, and what they make.
pub(super) fn product(text: &str) -> Option<Sum> {
    let (left, right) = text.split_once('=')?;
    if right.contains('=') {
        return None;
    }
    let factors: Vec<Quantity> = factors(left)?;
    let said = Quantity::first(right)?;
    let mut dimensions = factors.iter().filter_map(|factor| factor.dimension);
    let dimension = dimensions.next()?;
    let is_one = dimensions.next().is_none() && said.dimension == Some(dimension);
    (is_one && factors.len() > 1 && said.value > 0.0).then(|| Sum {
        made: factors.iter().map(|factor| factor.value).product(),
        said: said.value,
        dimension,
    })
}

/// `At 2M items: 300 MB vs 100 MB`: so many times what was said of each.
pub(super) fn multiplied(text: &str, each: &[f64]) -> Vec<Sum> {
    let Some((count, rest)) = text.split_once(':') else {
        return Vec::new();
    };
    let Some(count) = Quantity::first(count).filter(|count| count.dimension.is_none()) else {
        return Vec::new();
    };
    let said: Vec<f64> = Quantity::all(rest)
        .into_iter()
        .filter(|one| one.dimension == Some(Dimension::Memory))
        .map(|one| one.value)
        .collect();
    if each.is_empty() || said.len() < each.len() {
        return Vec::new();
    }
    let sums = each.iter().zip(said).map(|(each, said)| Sum {
        made: each * count.value,
        said,
        dimension: Dimension::Memory,
    });
    sums.collect()
}

/// A number with what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Quantity {
    value: f64,
    dimension: Option<Dimension>,
}

impl Quantity {
    fn first(text: &str) -> Option<Quantity> {
        Quantity::all(text).into_iter().next()
    }

    /// Every number of a text with the word behind it.
    fn all(text: &str) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let part_of_a_name = rest[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let (value, length) = number(&rest[start..]);
            rest = &rest[start + length..];
            if !part_of_a_name {
                found.push(Quantity::of(value, rest));
            }
        }
        found
    }

    /// A number, with the text behind it.
    fn of(value: f64, behind: &str) -> Quantity {
        let mut words = behind.split_whitespace();
        let trimmed = |word: &str| {
            word.trim_matches(|c: char| !c.is_alphanumeric() && c != 'µ' && c != 'μ')
                .to_owned()
        };
        let mut unit = words.next().map(trimmed).unwrap_or_default();
        let factor = match unit.as_str() {
            "K" | "k" | "thousand" => 1e3,
            "M" | "million" => 1e6,
            "billion" => 1e9,
            _ => 1.0,
        };
        if factor > 1.0 {
            unit = words.next().map(trimmed).unwrap_or_default();
        }
        let unit = unit.to_lowercase();
        // `CPU-hours/day`
        let unit = unit.split('/').next().unwrap_or_default();
        let unit = unit.rsplit('-').next().unwrap_or_default();
        let value = value * factor;
        if let Some(seconds) = seconds(value, unit) {
            Quantity {
                value: seconds,
                dimension: Some(Dimension::Time),
            }
        } else if let Some(unit) = bytes(unit) {
            Quantity {
                value: value * unit,
                dimension: Some(Dimension::Memory),
            }
        } else {
            Quantity {
                value,
                dimension: None,
            }
        }
    }
}

/// The numbers that are multiplied at the end of a text.
fn factors(text: &str) -> Option<Vec<Quantity>> {
    let text = text.replace(['×', '·'], "*").replace(" x ", " * ");
    let mut factors = Vec::new();
    for part in text.split('*') {
        match Quantity::all(part).as_slice() {
            [one] => factors.push(*one),
            _ => return None,
        }
    }
    Some(factors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_checked() {
        for (text, expected) in [
            ("1.5 s x 10M = 4,167 hours", Some(true)),
            ("at 1.5 s each x 10M pages = 417 CPU-hours", Some(false)),
            ("200 queries × 5ms = 1 s", Some(true)),
            (
                "After: 1.5s per page × 10M = 417 CPU-hours/day",
                Some(false),
            ),
            ("64 bytes * 1 million = 64 MB", Some(true)),
            ("64 bytes * 1 million = 6.4 MB", Some(false)),
            ("n = 3 * 4 = 12 s", None),
            ("3 * 4 = 12", None),
            ("2 s x 3 s = 6 s", None),
            ("timeout = 5 s", None),
            ("takes 2 s", None),
        ] {
            assert_eq!(product(text).map(|sum| sum.holds()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_said_of_each_is_multiplied() {
        let held = |text: &str, each: &[f64]| -> Vec<bool> {
            let sums = multiplied(text, each);
            sums.iter().map(Sum::holds).collect()
        };
        let text = "With 2M rows: 300 MB vs 112 MB, so it saves much";
        assert_eq!(held(text, &[150.0, 56.0]), [true, true]);
        assert_eq!(held(text, &[150.0, 100.0]), [true, false]);
        assert!(held(text, &[]).is_empty());
        assert!(held("300 MB vs 112 MB", &[150.0]).is_empty());
    }
}
