//! From a measurement to an answer: pure, and never a guess.

use crate::measurement::{Measurement, Mode};
use crate::sharing::{Sharing, Signs, sharing};
use crate::speed::{Clock, Interval, Noise, noise, ratio};
use serde::{Deserialize, Serialize};

/// What a guide says of the other mode, beside the base.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Claim {
    /// More workers do not finish the same work any sooner.
    NoSpeedUp,
    /// More workers finish the same work this many times as fast.
    SpeedUp(f64),
    /// Waits overlap: all of them together, which is the other mode, take what the longest one takes.
    Overlap,
    /// It takes less time.
    Faster,
    /// It saves a share of the time between these two.
    Saves(f64, f64),
}

impl Claim {
    /// What two ways of computing cost is seen from the processor's clock, which does not run while others do.
    fn clock(self) -> Clock {
        match self {
            Claim::Faster | Claim::Saves(..) => Clock::Processor,
            Claim::NoSpeedUp | Claim::SpeedUp(_) | Claim::Overlap => Clock::Wall,
        }
    }
}

/// What is said of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// It is so here.
    Holds,
    /// It is not.
    Fails,
    /// Nobody can tell from this measurement.
    CannotTell(Doubt),
    /// A machine with so many cores would show it.
    NeedsCores(usize),
}

/// Why nobody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Doubt {
    /// Times are not to be trusted.
    Noise(Noise),
    /// The times lie between what would bear the claim out and what would refute it.
    Spread(Interval),
    /// A mode has no runs.
    NoRuns,
}

/// An answer with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The answer.
    pub answer: Answer,
    /// How the workers of the other mode got along.
    pub sharing: Sharing,
    /// What that was read from.
    pub signs: Signs,
    /// The time of the other mode as a ratio to the base.
    pub ratio: Option<Interval>,
}

/// A speed-up: at least so much of what is said bears it out, and less than the other refutes it.
const SPEED_UP: (f64, f64) = (0.85, 0.70);
/// No speed-up: so much of the sequential time bears it out, and less than the other refutes it.
const NO_SPEED_UP: (f64, f64) = (0.85, 0.70);
/// Overlapping waits: up to so much of the longest one, and beyond the other they do not overlap.
const OVERLAP: (f64, f64) = (1.10, 1.25);
/// What is no difference.
const SAME: f64 = 0.05;
/// What is said to lie between two numbers may lie so much beside them.
const RANGE: f64 = 0.10;

/// Holds a claim against a measurement.
pub fn judge(claim: Claim, measurement: &Measurement) -> Judgement {
    let (sharing, signs) = sharing(&measurement.other);
    let ratio = ratio(&measurement.base, &measurement.other, claim.clock());
    let answer = match ratio {
        None => Answer::CannotTell(Doubt::NoRuns),
        Some(ratio) => by_cause(claim, sharing, measurement)
            .unwrap_or_else(|| by_time(claim, sharing, ratio, measurement)),
    };
    Judgement {
        answer,
        sharing,
        signs,
        ratio,
    }
}

/// What follows from how the workers get along, on however busy a machine.
fn by_cause(claim: Claim, sharing: Sharing, measurement: &Measurement) -> Option<Answer> {
    let several = measurement.other.workers > 1;
    match (claim, sharing) {
        _ if !several => None,
        (Claim::NoSpeedUp, Sharing::Serialised) => Some(Answer::Holds),
        (Claim::NoSpeedUp, Sharing::Parallel) if measurement.cores > 1 => Some(Answer::Fails),
        (Claim::NoSpeedUp, Sharing::Parallel) => Some(Answer::NeedsCores(2)),
        (Claim::SpeedUp(times), Sharing::Serialised) if times > 1.0 => Some(Answer::Fails),
        (Claim::SpeedUp(times), Sharing::Parallel) => {
            let needed = cores_for(times, &measurement.other);
            (needed > measurement.cores).then_some(Answer::NeedsCores(needed))
        }
        _ => None,
    }
}

fn by_time(claim: Claim, sharing: Sharing, ratio: Interval, measurement: &Measurement) -> Answer {
    // Who waits for a timer waits as long on a busy machine.
    let immune = claim == Claim::Overlap && sharing == Sharing::Waiting;
    if let Some(noise) = noise(measurement, claim.clock())
        && !(immune && matches!(noise, Noise::Others(_)))
    {
        return Answer::CannotTell(Doubt::Noise(noise));
    }
    let (holds, fails) = match claim {
        Claim::NoSpeedUp => (ratio.low > NO_SPEED_UP.0, ratio.high < NO_SPEED_UP.1),
        Claim::SpeedUp(times) => {
            let (least, most) = (1.0 / ratio.high, 1.0 / ratio.low);
            (least >= SPEED_UP.0 * times, most < SPEED_UP.1 * times)
        }
        Claim::Overlap => (ratio.high <= OVERLAP.0, ratio.low > OVERLAP.1),
        Claim::Faster => (ratio.high < 1.0 - SAME, ratio.low > 1.0 - SAME),
        Claim::Saves(from, to) => {
            let (least, most) = (1.0 - ratio.high, 1.0 - ratio.low);
            let (from, to) = (from * (1.0 - RANGE), to * (1.0 + RANGE));
            (least >= from && most <= to, most < from || least > to)
        }
    };
    match (holds, fails) {
        (true, _) => Answer::Holds,
        (false, true) => Answer::Fails,
        (false, false) => Answer::CannotTell(Doubt::Spread(ratio)),
    }
}

/// How many cores it takes to be so many times as fast: one for each worker is enough.
fn cores_for(times: f64, mode: &Mode) -> usize {
    let mut cores = 1;
    while cores < mode.workers && f64::from(u32::try_from(cores).unwrap_or(u32::MAX)) < times {
        cores += 1;
    }
    cores
}

#[cfg(test)]
mod tests;
