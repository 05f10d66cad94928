//! How the time of code grows with its data: the snippet is run with less of it.

use crate::answer::{Answer, Doubt, Judgement, Noisy};
use crate::contest::{Contest, Round};
use crate::measurement::median;
use crate::sharing::{Sharing, Signs};
use crate::speed::{Interval, slope, too_few, uneven};
use crate::{Claim, speed};
use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, Number};
use ruff_python_parser::parse_module;
use ruff_text_size::Ranged;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// By what the amount of data is divided, the least first.
pub const PARTS: [u64; 3] = [16, 4, 1];

/// A claim such as `O(n)`, of one statement of a snippet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Growth {
    /// The power of the size that is claimed: 0 for `O(1)`, 1 for `O(n)`.
    pub power: f64,
    /// The statement.
    pub code: String,
    /// The number in the code above it that says how much data there is.
    pub size: u64,
}

/// The power may be so much off: a logarithm, caches, what does not depend on the size.
const NEAR: f64 = 0.35;
/// What grows by so much more than is claimed refutes it. What grows less does not, as the claim is of the worst case.
const FASTER: f64 = 0.6;

impl Growth {
    /// The snippet's code with so many times less data; nothing where it does not say how much there is.
    pub fn scaled(&self, code: &str, part: u64) -> Option<String> {
        let places = numbers(code, self.size)?;
        let mut scaled = code.to_owned();
        for place in places.into_iter().rev() {
            scaled.replace_range(place, &(self.size / part).to_string());
        }
        Some(scaled)
    }

    /// The statement against itself, so that it is run again and again with a control.
    pub fn contest(&self) -> Contest {
        Contest {
            claim: Claim::Faster,
            code: self.code.clone(),
            base: self.code.clone(),
            before: String::new(),
            must_agree: false,
        }
    }

    /// Holds the claim against what the processes showed, for each of the [`PARTS`].
    pub fn judge(&self, rounds: &[Vec<Round>], allowed: Noisy) -> Judgement {
        let seconds = |rounds: &Vec<Round>| -> Vec<f64> {
            let best = |one: &Round| one.base.min(one.other).min(one.control);
            rounds.iter().map(best).collect()
        };
        let times: Vec<Vec<f64>> = rounds.iter().map(seconds).collect();
        let fewest = times.iter().map(Vec::len).min().unwrap_or(0);
        let found = match times.as_slice() {
            [least, .., most] => slope(least, most, sizes_apart()),
            _ => None,
        };
        let unsteady = || {
            let all = rounds.iter().flatten().map(|one| one.control / one.base);
            uneven(speed::paired(&all.collect::<Vec<_>>())?)
        };
        let noise = too_few(fewest).or_else(unsteady);
        let answer = match (found, allowed.heed(noise)) {
            (None, _) => Answer::CannotTell(Doubt::NoRuns),
            (_, Some(noise)) => Answer::CannotTell(Doubt::Noise(noise)),
            (Some(found), None) => self.graded(found),
        };
        Judgement {
            answer,
            sharing: Sharing::Unclear,
            signs: Signs::default(),
            lock: None,
            ratio: None,
            power: found,
            took: times.last().and_then(|most| median(most.iter().copied())),
            workers: 1,
        }
    }

    fn graded(&self, found: Interval) -> Answer {
        if found.low > self.power + FASTER {
            Answer::Fails
        } else if found.low >= self.power - NEAR && found.high <= self.power + NEAR {
            Answer::Holds
        } else {
            Answer::CannotTell(Doubt::Grows(found))
        }
    }
}

/// How many times as much data the most is as the least.
fn sizes_apart() -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let apart = PARTS[0] as f64 / PARTS[PARTS.len() - 1] as f64;
    apart
}

/// Where a number stands in code; nothing where it does not, or the code is not read.
fn numbers(code: &str, wanted: u64) -> Option<Vec<Range<usize>>> {
    struct Search {
        wanted: u64,
        found: Vec<Range<usize>>,
    }
    impl<'v> Visitor<'v> for Search {
        fn visit_expr(&mut self, expression: &'v Expr) {
            if whole(expression) == Some(self.wanted) {
                let range = expression.range();
                self.found
                    .push(range.start().to_usize()..range.end().to_usize());
            }
            walk_expr(self, expression);
        }
    }
    let module = parse_module(code).ok()?.into_suite();
    let mut search = Search {
        wanted,
        found: Vec::new(),
    };
    for statement in &module {
        search.visit_stmt(statement);
    }
    search.found.sort_by_key(|place| place.start);
    (!search.found.is_empty()).then_some(search.found)
}

/// A whole number that is written down.
pub(crate) fn whole(expression: &Expr) -> Option<u64> {
    match expression {
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(number) => number.as_u64(),
            Number::Float(_) | Number::Complex { .. } => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn growth(power: f64) -> Growth {
        Growth {
            power,
            code: "x in row".to_owned(),
            size: 16_000,
        }
    }

    #[test]
    fn data_is_scaled_where_its_size_is_written() {
        let code = "row = list(range(16_000))\nother = [0] * 16000  # 16000\n";
        let scaled = growth(1.0).scaled(code, 16);
        let expected = "row = list(range(1000))\nother = [0] * 1000  # 16000\n";
        assert_eq!(scaled.as_deref(), Some(expected));
        assert_eq!(growth(1.0).scaled("row = []\n", 16), None);
    }

    #[test]
    fn what_grows_faster_than_is_claimed_refutes_it() {
        let rounds = |power: f64, count: u32| -> Vec<Vec<Round>> {
            let of = |size: f64| {
                let once = |round: u32| {
                    let time = 1e-6 * size.powf(power) * (1.0 + f64::from(round % 3) / 100.0);
                    Round {
                        base: time,
                        control: time,
                        other: time,
                    }
                };
                (0..count).map(once).collect()
            };
            [1.0, 4.0, 16.0].into_iter().map(of).collect()
        };
        for (claimed, measured, count, expected) in [
            (1.0, 1.0, 8, Some(Answer::Holds)),
            (1.0, 1.15, 8, Some(Answer::Holds)),
            (0.0, 0.05, 8, Some(Answer::Holds)),
            (0.0, 1.0, 8, Some(Answer::Fails)),
            (1.0, 2.0, 8, Some(Answer::Fails)),
            (1.0, 0.0, 8, None),
            (0.0, 0.5, 8, None),
            (1.0, 1.0, 2, None),
        ] {
            let told = growth(claimed).judge(&rounds(measured, count), Noisy::Refused);
            match expected {
                Some(answer) => assert_eq!(told.answer, answer, "{claimed} {measured}"),
                None => assert!(matches!(told.answer, Answer::CannotTell(_))),
            }
        }
        let told = growth(1.0).judge(&[], Noisy::Refused);
        assert_eq!(told.answer, Answer::CannotTell(Doubt::NoRuns));
    }
}
