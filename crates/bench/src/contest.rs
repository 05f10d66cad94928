//! Two pieces of code that are said to do the same, one of them faster: both are run in turns in one process, each
//! often enough for a clock, and the process is what is repeated.

use crate::answer::{Answer, Claim, Doubt, Judgement, Noisy, graded};
use crate::measurement::median;
use crate::sharing::{Sharing, Signs};
use crate::speed::{paired, too_few, uneven};
use crate::weight::quoted;
use serde::{Deserialize, Serialize};

const SOURCE: &str = include_str!("contest/contest.py");

/// How many times as fast one way is depends on the processor and on the libraries: so much of what is said bears it
/// out, and less than the other refutes it.
const SPEED_UP: (f64, f64) = (0.70, 0.40);

/// What is held against what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contest {
    /// What is claimed of the code.
    pub claim: Claim,
    /// The code.
    pub code: String,
    /// What it is compared with.
    pub base: String,
    /// What both need, and is run once: imports.
    pub before: String,
    /// Whether nothing but their places says that the two belong together, so that they have to make the same value.
    pub must_agree: bool,
}

/// Who takes a turn, in the order in which they do: on average, each comes as late as the others.
pub const TURNS: [Side; 12] = {
    let [a, b, c] = [Side::Base, Side::Other, Side::Control];
    [a, b, c, c, b, a, c, b, a, a, b, c]
};

/// One of those who take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// What the other is compared with.
    Base,
    /// The other.
    Other,
    /// The base once more: how far identical code differs.
    Control,
}

/// What a process tells of itself before the turns begin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// How often the base is run in a turn.
    pub base: u32,
    /// How often the other is.
    pub other: u32,
    /// Whether both make the same value, where that can be told.
    pub same: Option<bool>,
    /// Whether one of them takes far less when it is run again: it does something else then.
    pub changes: bool,
    /// The exception that one of them ends with.
    pub error: Option<String>,
}

/// What one process shows: seconds of the processor for each side, of running it once, in the best of its turns, which
/// is the one that was disturbed least.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Of the base.
    pub base: f64,
    /// Of the base once more.
    pub control: f64,
    /// Of the other.
    pub other: f64,
}

impl Contest {
    /// Lines of code that follow the snippet's own: the first, on one line, tells the [`Opening`], and each of the
    /// others is one of the [`TURNS`].
    pub fn program(&self) -> String {
        let before = if self.before.is_empty() {
            String::new()
        } else {
            format!("exec({}); ", quoted(&self.before))
        };
        let open = format!(
            "{before}__contest__ = {{}}; exec({}, __contest__); __contest__ = __contest__['Contest']({}, {}, globals())\n",
            quoted(SOURCE),
            quoted(&self.base),
            quoted(&self.code)
        );
        let turn = |side: &Side| {
            let number = match side {
                Side::Base => 0,
                Side::Other => 1,
                Side::Control => 2,
            };
            format!("__contest__.turn({number})\n")
        };
        open + &TURNS.iter().map(turn).collect::<String>()
    }

    /// Why what a process told shows nothing.
    pub fn objection(&self, opening: &Opening) -> Option<String> {
        if let Some(error) = &opening.error {
            return Some(format!("it ends with {error}"));
        }
        if self.must_agree && opening.same != Some(true) {
            return Some("the two do not make the same value".to_owned());
        }
        opening
            .changes
            .then(|| "it does something else when it is run again".to_owned())
    }

    /// Holds the claim against what the processes showed.
    pub fn judge(&self, rounds: &[Round], allowed: Noisy) -> Judgement {
        let against_base = |side: fn(&Round) -> f64| {
            let ratios: Vec<f64> = rounds.iter().map(|one| side(one) / one.base).collect();
            paired(&ratios)
        };
        let ratio = against_base(|one| one.other);
        let noise = too_few(rounds.len()).or_else(|| uneven(against_base(|one| one.control)?));
        let answer = match (ratio, allowed.heed(noise)) {
            (None, _) => Answer::CannotTell(Doubt::NoRuns),
            (_, Some(noise)) => Answer::CannotTell(Doubt::Noise(noise)),
            (Some(ratio), None) => graded(self.claim, ratio, SPEED_UP),
        };
        Judgement {
            answer,
            sharing: Sharing::Unclear,
            signs: Signs::default(),
            lock: None,
            ratio,
            power: None,
            took: median(rounds.iter().map(|one| one.other)),
            workers: 1,
        }
    }
}

impl Opening {
    /// What the turns, each the seconds that the processor was used for, show; nothing unless there is one for each.
    pub fn round(&self, turns: &[f64]) -> Option<Round> {
        if turns.len() != TURNS.len() || self.base == 0 || self.other == 0 {
            return None;
        }
        let best = |side: Side, times: u32| {
            let own = TURNS.iter().zip(turns).filter(|(one, _)| **one == side);
            let best = own.map(|(_, spent)| *spent).fold(f64::INFINITY, f64::min);
            (best > 0.0).then(|| best / f64::from(times))
        };
        Some(Round {
            base: best(Side::Base, self.base)?,
            control: best(Side::Control, self.base)?,
            other: best(Side::Other, self.other)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speed::Noise;

    fn contest(claim: Claim) -> Contest {
        Contest {
            claim,
            code: "b".to_owned(),
            base: "a".to_owned(),
            before: String::new(),
            must_agree: true,
        }
    }

    #[test]
    fn turns_are_shared_out() {
        let opening = Opening {
            base: 10,
            other: 100,
            same: Some(true),
            changes: false,
            error: None,
        };
        let turns = [
            2.0, 20.0, 4.0, 3.0, 15.0, 3.0, 5.0, 20.0, 5.0, 5.0, 20.0, 5.0,
        ];
        let round = opening.round(&turns);
        let expected = Round {
            base: 0.2,
            control: 0.3,
            other: 0.15,
        };
        assert_eq!(round, Some(expected));
        assert_eq!(opening.round(&[1.0]), None);
        assert_eq!(contest(Claim::Faster).objection(&opening), None);
        for opening in [
            Opening {
                same: None,
                ..opening.clone()
            },
            Opening {
                changes: true,
                ..opening.clone()
            },
            Opening {
                error: Some("NameError: name 'a' is not defined".to_owned()),
                ..opening.clone()
            },
        ] {
            assert!(contest(Claim::Faster).objection(&opening).is_some());
        }
    }

    #[test]
    fn a_claim_is_held_against_what_once_takes() {
        let rounds = |other: f64, control: f64, count: u32| -> Vec<Round> {
            let shift = |round: u32| 1.0 + f64::from(round % 3) / 100.0;
            (0..count)
                .map(|round| Round {
                    base: 2e-8 * shift(round),
                    control: 2e-8 * control * shift(round + 1),
                    other: 2e-8 * other * shift(round + 2),
                })
                .collect()
        };
        for (claim, rounds, expected) in [
            (Claim::Faster, rounds(0.8, 1.0, 8), Some(Answer::Holds)),
            (Claim::Faster, rounds(1.2, 1.0, 8), Some(Answer::Fails)),
            (Claim::Faster, rounds(0.8, 1.3, 8), None),
            (Claim::Faster, rounds(0.8, 1.0, 3), None),
            (
                Claim::SpeedUp(10.0),
                rounds(0.1, 1.0, 8),
                Some(Answer::Holds),
            ),
            (
                Claim::SpeedUp(10.0),
                rounds(0.3, 1.0, 8),
                Some(Answer::Fails),
            ),
            (
                Claim::Saves(0.2, 0.3),
                rounds(0.96, 1.0, 8),
                Some(Answer::Fails),
            ),
            (
                Claim::Saves(0.2, 0.3),
                rounds(0.75, 1.0, 8),
                Some(Answer::Holds),
            ),
        ] {
            let judged = contest(claim).judge(&rounds, Noisy::Refused);
            match expected {
                Some(answer) => assert_eq!(judged.answer, answer, "{claim:?} {judged:?}"),
                None => assert!(
                    matches!(
                        judged.answer,
                        Answer::CannotTell(Doubt::Noise(Noise::Control(_) | Noise::FewRuns(3)))
                    ),
                    "{judged:?}"
                ),
            }
        }
    }
}
