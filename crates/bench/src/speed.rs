//! How much longer one way takes than another, and how sure that is.

use crate::measurement::{Measurement, Mode, Run, median};
use serde::{Deserialize, Serialize};

/// Samples that are drawn for an interval.
const DRAWS: usize = 2000;
/// What is left out at either end: 95 % of the samples are inside.
const TAIL: f64 = 0.025;
/// Others on the machine may use this much of a core.
const OTHERS: f64 = 0.15;
/// Identical work may differ by this much.
const DIFFERENCE: f64 = 0.10;
/// Fewer runs than this say nothing: one process may be off by as much as two different ones.
const FEWEST: usize = 5;

/// Where a ratio lies, as far as the runs tell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The ratio of the medians.
    pub middle: f64,
    /// 2.5 % of the samples are below it.
    pub low: f64,
    /// 2.5 % of the samples are above it.
    pub high: f64,
}

/// Why times say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Noise {
    /// Others used so many cores.
    Others(f64),
    /// Identical work took so many times as long.
    Control(f64),
    /// There are only so many runs.
    FewRuns(usize),
}

/// Which time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clock {
    /// The one on the wall.
    Wall,
    /// That of the processor, which stands still while somebody else runs.
    Processor,
}

/// The time of `other` as a ratio to that of `base`: a bootstrap over processes, which are what differs.
///
/// The same runs give the same interval. Nothing where one of them has no runs.
pub fn ratio(base: &Mode, other: &Mode, clock: Clock) -> Option<Interval> {
    let (base, other) = (&times(base, clock), &times(other, clock));
    let middle = median(other.iter().copied())? / median(base.iter().copied())?;
    Some(resampled(middle, |random| {
        drawn(other, random) / drawn(base, random)
    }))
}

/// The same of ratios that were each taken within one process. Nothing without any.
pub(crate) fn paired(ratios: &[f64]) -> Option<Interval> {
    let middle = median(ratios.iter().copied())?;
    Some(resampled(middle, |random| drawn(ratios, random)))
}

/// With which power of the size times grow, from the least to the most, which is so many times as much.
pub(crate) fn slope(least: &[f64], most: &[f64], apart: f64) -> Option<Interval> {
    let power = |times: f64| times.ln() / apart.ln();
    let middle = median(most.iter().copied())? / median(least.iter().copied())?;
    Some(resampled(power(middle), |random| {
        power(drawn(most, random) / drawn(least, random))
    }))
}

/// The middle of as many numbers, drawn by chance from those.
fn drawn(from: &[f64], random: &mut fastrand::Rng) -> f64 {
    let drawn = (0..from.len()).map(|_| from[random.usize(..from.len())]);
    median(drawn).unwrap_or(f64::NAN)
}

/// Where most of what `draw` gives lies.
fn resampled(middle: f64, draw: impl Fn(&mut fastrand::Rng) -> f64) -> Interval {
    let mut random = fastrand::Rng::with_seed(1);
    let mut ratios: Vec<f64> = (0..DRAWS).map(|_| draw(&mut random)).collect();
    ratios.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a small number"
    )]
    let cut = (TAIL * DRAWS as f64) as usize;
    Interval {
        middle,
        low: ratios[cut],
        high: ratios[DRAWS - 1 - cut],
    }
}

/// Why times are not to be trusted; nothing when they are.
pub fn noise(measurement: &Measurement, clock: Clock) -> Option<Noise> {
    let modes = [&measurement.base, &measurement.control, &measurement.other];
    let fewest = modes.map(|mode| mode.runs.len()).into_iter().min();
    let fewest = fewest.unwrap_or_default();
    if let Some(few) = too_few(fewest) {
        return Some(few);
    }
    let runs = modes.into_iter().flat_map(|mode| &mode.runs);
    let others = median(runs.map(Run::others_used)).unwrap_or(0.0);
    if clock == Clock::Wall && others > OTHERS {
        return Some(Noise::Others(others));
    }
    uneven(ratio(&measurement.base, &measurement.control, clock)?)
}

/// Whether so many runs say nothing.
pub(crate) fn too_few(runs: usize) -> Option<Noise> {
    (runs < FEWEST).then_some(Noise::FewRuns(runs))
}

/// Whether identical work differs too much.
pub(crate) fn uneven(control: Interval) -> Option<Noise> {
    let middle = control.middle;
    ((middle - 1.0).abs() > DIFFERENCE).then_some(Noise::Control(middle))
}

fn times(mode: &Mode, clock: Clock) -> Vec<f64> {
    let time = |run: &Run| match clock {
        Clock::Wall => run.wall,
        Clock::Processor => run.cpu,
    };
    mode.runs
        .iter()
        .map(|run| time(run).as_secs_f64())
        .collect()
}
