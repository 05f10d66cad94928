//! An earlier run beside this one: what became slower or faster since.

use super::{Answered, Asked, Bench, Machine};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use snipcheck_bench::Interval;
use std::fs;
use std::path::Path;

/// What is no difference.
const SAME: f64 = 0.05;

/// What was written down earlier.
#[derive(Debug, Deserialize)]
pub(super) struct Baseline {
    machine: Machine,
    pythons: Vec<String>,
    claims: Vec<Asked>,
}

/// One claim that is not measured as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Change {
    /// Which of the claims.
    pub(crate) claim: usize,
    pub(crate) python: String,
    /// Whether it takes longer now.
    pub(crate) is_slower: bool,
    /// What it took then and now: a ratio to its base, or seconds where it has none.
    pub(crate) then: f64,
    pub(crate) now: f64,
}

/// What a comparison with a baseline tells.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Comparison {
    pub(crate) changes: Vec<Change>,
    /// How many were compared.
    pub(crate) compared: usize,
    /// How many could only be compared in seconds, which those of another machine are not.
    pub(crate) refused: usize,
}

impl Comparison {
    /// Whether anything became slower.
    pub(super) fn regressed(&self) -> bool {
        self.changes.iter().any(|change| change.is_slower)
    }

    /// Leaves out what another comparison does not tell in the same way.
    pub(super) fn keep_those_of(&mut self, other: &Comparison) {
        self.changes.retain(|change| {
            other.changes.iter().any(|again| {
                again.claim == change.claim
                    && again.python == change.python
                    && again.is_slower == change.is_slower
            })
        });
    }
}

impl Baseline {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let shown = || format!("failed to read the baseline `{}`", path.display());
        let text = fs::read_to_string(path).with_context(shown)?;
        serde_json::from_str(&text).with_context(|| {
            format!(
                "`{}` is no baseline; --json FILE writes one",
                path.display()
            )
        })
    }

    /// Holds a run against the baseline.
    pub(super) fn compare(&self, bench: &Bench) -> Comparison {
        let mut told = Comparison::default();
        for (number, asked) in bench.claims.iter().enumerate() {
            for (python, answered) in bench.pythons.iter().zip(&asked.answers) {
                let Some(then) = self.earlier(asked, python) else {
                    continue;
                };
                let (then, now) = match (figures(then), figures(answered)) {
                    (Some((Some(then), _)), Some((Some(now), _))) => (then, now),
                    (Some((None, then)), Some((None, now))) => {
                        if self.machine != bench.machine {
                            told.refused += 1;
                            continue;
                        }
                        (exact(then), exact(now))
                    }
                    _ => continue,
                };
                told.compared += 1;
                let apart = now.low > then.high || now.high < then.low;
                if apart && (now.middle / then.middle - 1.0).abs() > SAME {
                    told.changes.push(Change {
                        claim: number,
                        python: python.clone(),
                        is_slower: now.middle > then.middle,
                        then: then.middle,
                        now: now.middle,
                    });
                }
            }
        }
        told
    }

    /// What was said of the same claim in the same Python; lines may have moved since.
    fn earlier(&self, asked: &Asked, python: &str) -> Option<&Answered> {
        let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
        let place = self
            .pythons
            .iter()
            .position(|one| minor(one) == minor(python))?;
        let same = |other: &&Asked| {
            other.id == asked.id
                && other.hypothesis.words == asked.hypothesis.words
                && std::mem::discriminant(&other.hypothesis.reading)
                    == std::mem::discriminant(&asked.hypothesis.reading)
        };
        self.claims.iter().find(same)?.answers.get(place)
    }
}

/// The ratio to a base, where there is one, and the seconds.
fn figures(answered: &Answered) -> Option<(Option<Interval>, f64)> {
    match answered {
        Answered::Measured { judgement, .. } => Some((judgement.ratio, judgement.took?)),
        Answered::Weighed { .. } | Answered::Computed(_) | Answered::NotShown(_) => None,
    }
}

/// Seconds of few runs: a tenth more or less is no difference.
fn exact(seconds: f64) -> Interval {
    Interval {
        middle: seconds,
        low: seconds * 0.9,
        high: seconds * 1.1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Evidence;
    use super::*;
    use snipcheck_bench::{Answer, Flaw, Hypothesis, Judgement, Reading, Sharing, Signs};
    use snipcheck_core::{Line, SnippetId};

    fn machine(cores: usize) -> Machine {
        Machine {
            processor: "one".to_owned(),
            cores,
            threads_share_cores: None,
            is_virtual: false,
            kernel: "6".to_owned(),
            governor: None,
        }
    }

    fn claims(ratio: Option<(f64, f64, f64)>, took: f64) -> Vec<Asked> {
        let judgement = Judgement {
            answer: Answer::Holds,
            sharing: Sharing::Unclear,
            signs: Signs {
                blocked: 0.0,
                switches: 0.0,
            },
            lock: None,
            power: None,
            ratio: ratio.map(|(low, middle, high)| Interval { middle, low, high }),
            took: Some(took),
            workers: 1,
        };
        vec![Asked {
            guide: "a.md".to_owned(),
            id: SnippetId("a/b".to_owned()),
            hypothesis: Hypothesis {
                line: Line::FIRST,
                words: "2x faster".to_owned(),
                reading: Reading::NotShown(Flaw::Unclear),
                is_confirmed: false,
            },
            answers: vec![Answered::Measured {
                judgement,
                evidence: Evidence::Rounds(Vec::new()),
            }],
        }]
    }

    fn compared(then: (usize, Vec<Asked>), now: (usize, Vec<Asked>)) -> Comparison {
        let written = serde_json::to_string(&Bench {
            machine: machine(then.0),
            pythons: vec!["3.11.7".to_owned()],
            claims: then.1,
        });
        let baseline: Baseline = serde_json::from_str(&written.unwrap()).unwrap();
        baseline.compare(&Bench {
            machine: machine(now.0),
            pythons: vec!["3.11.9".to_owned()],
            claims: now.1,
        })
    }

    #[test]
    fn ratios_are_compared_and_seconds_of_another_machine_are_not() {
        let ratio = |middle: f64| claims(Some((middle * 0.98, middle, middle * 1.02)), 1.0);
        let told = compared((2, ratio(0.5)), (4, ratio(0.51)));
        assert_eq!((told.compared, told.changes.len()), (1, 0));
        let told = compared((2, ratio(0.5)), (4, ratio(0.6)));
        assert!(told.changes[0].is_slower);
        let told = compared((2, ratio(0.5)), (4, ratio(0.4)));
        assert!(!told.changes[0].is_slower);
        let told = compared((2, claims(None, 1.0)), (4, claims(None, 2.0)));
        assert_eq!((told.compared, told.refused), (0, 1));
        let told = compared((2, claims(None, 1.0)), (2, claims(None, 2.0)));
        assert!(told.changes[0].is_slower);
        let told = compared((2, claims(None, 1.0)), (2, claims(None, 1.1)));
        assert!(told.changes.is_empty());
    }
}
