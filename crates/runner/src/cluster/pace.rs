//! How large batches are: so large that what a batch costs beside its work stays small, and so small that no core
//! waits long for another one at the end.

use std::time::Duration;

/// How much more time than what a batch costs its work is to take.
const WORK_FOR_COST: f64 = 40.0;
/// The same where a core would get nothing otherwise.
const LEAST_WORK_FOR_COST: f64 = 20.0;
/// The least and the most seconds of work in a batch.
const SECONDS: (f64, f64) = (0.25, 5.0);
/// The same where a core would get nothing otherwise.
const LEAST_SECONDS: f64 = 0.05;
/// The most units in a batch.
const MOST_UNITS: usize = 1000;
/// How many units the first batches have, while nothing is known.
const FIRST_UNITS: usize = 16;
/// How much the last batch counts beside all earlier ones.
const NEWEST: f64 = 0.2;

/// What is known of batches so far.
#[derive(Debug, Default, Clone)]
pub(crate) struct Pace {
    /// Units a second on one core. A mean of rates is high rather than low, and a batch that turns out too large
    /// brings back what it had no time for.
    rate: Option<f64>,
    /// Seconds that a core waited between two batches.
    pause: Option<f64>,
    /// Seconds between two batches that the driver takes, whichever cores they are for.
    driver: Option<f64>,
}

impl Pace {
    /// A batch was done: so many units in this time, after a core had waited for so long.
    pub(crate) fn note(&mut self, units: usize, spent: Duration, pause: Duration) {
        if units > 0 && !spent.is_zero() {
            #[expect(clippy::cast_precision_loss, reason = "a batch has few units")]
            mix(&mut self.rate, units as f64 / spent.as_secs_f64());
        }
        // The first one of a process has nothing before it.
        if !pause.is_zero() {
            mix(&mut self.pause, pause.as_secs_f64().min(1.0));
        }
    }

    /// The driver took so long to take a batch.
    pub(crate) fn took(&mut self, time: Duration) {
        mix(&mut self.driver, time.as_secs_f64());
    }

    /// How long a batch should take on a cluster of so many cores, in seconds.
    pub(crate) fn seconds(&self, cores: usize) -> f64 {
        let pause = self.pause.unwrap_or(0.0) * WORK_FOR_COST;
        #[expect(clippy::cast_precision_loss, reason = "nobody has so many cores")]
        let driver = self.driver.unwrap_or(0.0) * 2.0 * cores as f64;
        pause.max(driver).clamp(SECONDS.0, SECONDS.1)
    }

    /// How many units a batch should have on a cluster of so many cores, where so many are to be run: each core is to have
    /// some of them, unless that were too few to be worth it.
    pub(crate) fn units(&self, cores: usize, all: usize) -> usize {
        let share = all.div_ceil(cores.max(1));
        let Some(rate) = self.rate else {
            return share.clamp(1, FIRST_UNITS);
        };
        let most = self.seconds(cores);
        let least = (self.pause.unwrap_or(0.0) * LEAST_WORK_FOR_COST).clamp(LEAST_SECONDS, most);
        share.clamp(units(rate * least), units(rate * most))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "it is between the two limits"
)]
fn units(number: f64) -> usize {
    number.clamp(1.0, MOST_UNITS as f64) as usize
}

fn mix(mean: &mut Option<f64>, new: f64) {
    *mean = Some(mean.map_or(new, |mean| mean + NEWEST * (new - mean)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(units: usize, spent: f64, pause: f64, driver: f64) -> Pace {
        let mut pace = Pace::default();
        pace.took(Duration::from_secs_f64(driver));
        let (spent_, pause_) = (
            Duration::from_secs_f64(spent),
            Duration::from_secs_f64(pause),
        );
        pace.note(units, spent_, pause_);
        pace
    }

    #[test]
    fn batches_are_worth_what_they_cost() {
        for (units, spent, pause, driver, cores, seconds, most) in [
            // Quick units and a cheap cluster.
            (100, 0.1, 0.002, 0.001, 2, 0.25, 250),
            // A cluster that takes its time between batches.
            (100, 0.1, 0.04, 0.001, 2, 1.6, 1000),
            // A driver that could not feed so many cores otherwise.
            (10, 1.0, 0.002, 0.02, 50, 2.0, 20),
            // Units that take longer than any batch.
            (1, 30.0, 0.002, 0.001, 2, 0.25, 1),
            // A cluster that stood still.
            (100, 1.0, 100.0, 0.001, 2, 5.0, 500),
        ] {
            let pace = pace(units, spent, pause, driver);
            assert!((pace.seconds(cores) - seconds).abs() < 1e-9, "{pace:?}");
            assert_eq!(pace.units(cores, 100_000), most, "{pace:?}");
        }
    }

    #[test]
    fn each_core_gets_some_of_few_units() {
        let pace = pace(1000, 1.0, 0.002, 0.001);
        for (all, units) in [(1000, 250), (400, 200), (120, 60), (10, 50), (0, 50)] {
            assert_eq!(pace.units(2, all), units, "{all}");
        }
    }

    #[test]
    fn the_first_batches_are_small() {
        assert_eq!(Pace::default().units(2, 1000), FIRST_UNITS);
        assert_eq!(Pace::default().units(2, 6), 3);
    }
}
