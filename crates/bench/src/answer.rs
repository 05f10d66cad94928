//! From a measurement to an answer: pure, and never a guess.

use crate::measurement::{Measurement, Mode};
use crate::sharing::{Lock, Sharing, Signs, lock, sharing};
use crate::speed::{Clock, Interval, Noise, noise, ratio};
use serde::{Deserialize, Serialize};

/// What a guide says of the other mode, beside the base.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// It takes so many seconds, where the base is said to take so many. Machines differ: what only waits is held
    /// against the seconds, and what works against their ratio.
    Seconds {
        /// What the other mode takes.
        said: f64,
        /// What the base takes, when that is said.
        #[serde(default)]
        base: Option<f64>,
    },
    /// Nobody would notice how long it takes.
    Instant,
    /// It takes at least so many seconds.
    AtLeast(f64),
}

impl Claim {
    /// Whether it says nothing of one way alone.
    pub(crate) fn compares(self) -> bool {
        !matches!(
            self,
            Claim::Seconds { base: None, .. } | Claim::Instant | Claim::AtLeast(_)
        )
    }

    /// What two ways of computing cost is seen from the processor's clock, which does not run while others do.
    fn clock(self) -> Clock {
        match self {
            Claim::Faster | Claim::Saves(..) => Clock::Processor,
            Claim::NoSpeedUp
            | Claim::SpeedUp(_)
            | Claim::Overlap
            | Claim::Seconds { .. }
            | Claim::Instant
            | Claim::AtLeast(_) => Clock::Wall,
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
    /// How many seconds work takes depends on the machine, and there is nothing to compare it with.
    Machine,
    /// Nobody can tell how much more work the other mode does.
    Work,
    /// It takes so few seconds that starting and stopping the clock counts.
    TooShort(f64),
    /// It grows with this power of the size.
    Grows(Interval),
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
    /// Whose lock they wait for, when they take turns and it can be told; or would wait for, were it kept.
    #[serde(default)]
    pub lock: Option<Lock>,
    /// The time of the other mode as a ratio to the base.
    pub ratio: Option<Interval>,
    /// The power of the size with which its time grows, where that was asked.
    #[serde(default)]
    pub power: Option<Interval>,
    /// Seconds that the other mode took, in the middle.
    pub took: Option<f64>,
    /// How many shared its work.
    pub workers: usize,
}

/// A speed-up: at least so much of what is said bears it out, and less than the other refutes it.
pub(crate) const SPEED_UP: (f64, f64) = (0.85, 0.70);
/// No speed-up: so much of the sequential time bears it out, and less than the other refutes it.
const NO_SPEED_UP: (f64, f64) = (0.85, 0.70);
/// Overlapping waits: up to so much of the longest one, and beyond the other they do not overlap.
const OVERLAP: (f64, f64) = (1.10, 1.25);
/// What is no difference.
const SAME: f64 = 0.05;
/// What is said to lie between two numbers may lie so much beside them.
const RANGE: f64 = 0.10;

/// What waits takes the seconds that are said, up to so much more or less; beyond the other it does not.
const SECONDS: (f64, f64) = (1.25, 1.5);
/// Seconds of work are in the ratio that is said, up to so much more or less; beyond the other they are not.
const SECONDS_OF_WORK: (f64, f64) = (1.5, 2.0);
/// Up to so many seconds nobody notices, and more than the other anybody does.
const INSTANT: (f64, f64) = (0.1, 1.0);
/// What is said to take minutes may take so much less on another machine.
const FASTER_MACHINE: f64 = 3.0;
/// Two times are compared from so many seconds on.
const SHORTEST: f64 = 0.001;

/// What times on a noisy machine count for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noisy {
    /// Nothing.
    Refused,
    /// As much as others: whoever asks knows what they are worth.
    Allowed,
}

impl Noisy {
    /// What is left of a reason not to trust times.
    pub(crate) fn heed(self, noise: Option<Noise>) -> Option<Noise> {
        noise.filter(|noise| self == Noisy::Refused || matches!(noise, Noise::FewRuns(_)))
    }
}

/// Holds a claim against a measurement.
pub fn judge(claim: Claim, measurement: &Measurement, allowed: Noisy) -> Judgement {
    let (sharing, signs) = sharing(&measurement.other);
    let ratio = ratio(&measurement.base, &measurement.other, claim.clock());
    let answer = match alone(claim, sharing, measurement) {
        Some(answer) => answer,
        None => match ratio {
            None => Answer::CannotTell(Doubt::NoRuns),
            Some(ratio) => by_cause(claim, sharing, measurement)
                .unwrap_or_else(|| by_time(claim, sharing, ratio, measurement, allowed)),
        },
    };
    Judgement {
        answer,
        sharing,
        signs,
        lock: whose(sharing, measurement),
        ratio,
        power: None,
        took: measurement.other.took(),
        workers: measurement.other.workers,
    }
}

/// Whose lock workers wait for, or would with the interpreter's lock kept.
fn whose(other: Sharing, measurement: &Measurement) -> Option<Lock> {
    if measurement.other.workers < 2 {
        return None;
    }
    match other {
        Sharing::Serialised => lock(&measurement.other, &measurement.patient),
        Sharing::Parallel if sharing(&measurement.locked).0 == Sharing::Serialised => {
            Some(Lock::Interpreter)
        }
        Sharing::Parallel | Sharing::Waiting | Sharing::Unclear => None,
    }
}

/// What is said to take at least so many seconds need not be waited for any longer than this.
pub fn enough(seconds: f64) -> f64 {
    seconds / FASTER_MACHINE
}

/// What is said of the other mode alone, without anything to compare it with.
fn alone(claim: Claim, sharing: Sharing, measurement: &Measurement) -> Option<Answer> {
    let Some(took) = measurement.other.took() else {
        return Some(Answer::CannotTell(Doubt::NoRuns));
    };
    let whole = Interval {
        middle: took,
        low: took,
        high: took,
    };
    let answer = |holds: bool, fails: bool| match (holds, fails) {
        (true, _) => Answer::Holds,
        (false, true) => Answer::Fails,
        (false, false) => Answer::CannotTell(Doubt::Spread(whole)),
    };
    match claim {
        // Another machine, or a busier one, would not bring them near each other.
        Claim::Instant => Some(answer(took <= INSTANT.0, took > INSTANT.1)),
        Claim::AtLeast(seconds) => {
            let enough = enough(seconds);
            Some(answer(took >= enough, took * FASTER_MACHINE < enough))
        }
        Claim::Seconds { said, .. } if sharing == Sharing::Waiting => {
            let off = (took / said).max(said / took);
            Some(answer(off <= SECONDS.0, off > SECONDS.1))
        }
        Claim::Seconds { base: None, .. } => Some(Answer::CannotTell(Doubt::Machine)),
        Claim::Seconds { .. }
        | Claim::NoSpeedUp
        | Claim::SpeedUp(_)
        | Claim::Overlap
        | Claim::Faster
        | Claim::Saves(..) => None,
    }
}

/// What follows from how the workers get along, on however busy a machine.
fn by_cause(claim: Claim, sharing: Sharing, measurement: &Measurement) -> Option<Answer> {
    let several = measurement.other.workers > 1;
    match (claim, sharing) {
        (Claim::Seconds { said, base }, _) => by_work(said, base?, sharing, measurement),
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

/// What follows from how much there is to do: however many cores there are, each worker does its share, and workers
/// that take turns do as much as one.
fn by_work(said: f64, base: f64, sharing: Sharing, measurement: &Measurement) -> Option<Answer> {
    let work = measurement.work?;
    let workers = match sharing {
        Sharing::Serialised => 1,
        Sharing::Parallel | Sharing::Waiting | Sharing::Unclear => measurement.other.workers.max(1),
    };
    let said = said / base;
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let least = |cores: usize| work / workers.min(cores) as f64;
    if least(workers) > said * SECONDS_OF_WORK.1 {
        Some(Answer::Fails)
    } else if least(measurement.cores) > said * SECONDS_OF_WORK.0 {
        Some(Answer::NeedsCores(workers))
    } else {
        None
    }
}

fn by_time(
    claim: Claim,
    sharing: Sharing,
    ratio: Interval,
    measurement: &Measurement,
    allowed: Noisy,
) -> Answer {
    // Who waits for a timer waits as long on a busy machine.
    let immune = [sharing, self::sharing(&measurement.base).0]
        .iter()
        .all(|one| *one == Sharing::Waiting);
    if let Some(noise) = allowed.heed(noise(measurement, claim.clock()))
        && !(immune && matches!(noise, Noise::Others(_) | Noise::FewRuns(2..)))
    {
        return Answer::CannotTell(Doubt::Noise(noise));
    }
    let shortest = [&measurement.base, &measurement.other]
        .into_iter()
        .filter_map(Mode::took)
        .fold(f64::INFINITY, f64::min);
    if shortest < SHORTEST {
        return Answer::CannotTell(Doubt::TooShort(shortest));
    }
    // Seconds are said of all the work; the rest is said of as much work.
    let work = match (claim, measurement.work) {
        (Claim::Seconds { .. } | Claim::Overlap, _) => 1.0,
        (_, Some(work)) => work,
        (_, None) => return Answer::CannotTell(Doubt::Work),
    };
    let ratio = Interval {
        middle: ratio.middle / work,
        low: ratio.low / work,
        high: ratio.high / work,
    };
    graded(claim, ratio, SPEED_UP)
}

/// What the ratio of two times shows of a claim: of the same work, or of seconds. Of what is said to be so many times
/// as fast, the first share bears it out, and less than the second refutes it.
pub(crate) fn graded(claim: Claim, ratio: Interval, speed_up: (f64, f64)) -> Answer {
    let (holds, fails) = match claim {
        Claim::Seconds { said, base } => {
            let said = said / base.unwrap_or(said);
            let inside = |most: f64| ratio.low >= said / most && ratio.high <= said * most;
            let outside = |most: f64| ratio.high < said / most || ratio.low > said * most;
            (inside(SECONDS_OF_WORK.0), outside(SECONDS_OF_WORK.1))
        }
        // Told already, by what the mode takes alone.
        Claim::Instant | Claim::AtLeast(_) => (false, false),
        Claim::NoSpeedUp => (ratio.low > NO_SPEED_UP.0, ratio.high < NO_SPEED_UP.1),
        Claim::SpeedUp(times) => {
            let (least, most) = (1.0 / ratio.high, 1.0 / ratio.low);
            (least >= speed_up.0 * times, most < speed_up.1 * times)
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
