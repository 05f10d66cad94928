//! A progress bar, on a terminal's stderr only.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Shows how far a run is, and nothing at all where nobody watches.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Snippets of guides that are done.
    before: usize,
    /// Those of the guides at hand.
    total: usize,
}

impl Progress {
    pub(crate) fn new() -> Progress {
        if !std::io::stderr().is_terminal() {
            return Progress::with(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} snippets {elapsed}") {
            bar.set_style(style);
        }
        Progress::with(bar)
    }

    fn with(bar: ProgressBar) -> Progress {
        Progress {
            bar,
            before: 0,
            total: 0,
        }
    }

    /// `done` of the `total` snippets of the guides at hand have run.
    pub(crate) fn at(&mut self, done: usize, total: usize) {
        self.total = total;
        self.bar.set_length((self.before + total) as u64);
        self.bar.set_position((self.before + done) as u64);
    }

    /// The guides at hand are done.
    pub(crate) fn next(&mut self) {
        self.before += std::mem::take(&mut self.total);
    }
}

/// Shows what is measured, and how much of the time for it is left.
#[derive(Debug)]
pub(crate) struct Countdown {
    bar: ProgressBar,
    end: Instant,
}

impl Countdown {
    pub(crate) fn new(budget: Duration) -> Countdown {
        let bar = if std::io::stderr().is_terminal() {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        Countdown {
            bar,
            end: Instant::now() + budget,
        }
    }

    /// This is run now.
    pub(crate) fn at(&self, what: &str) {
        let left = self.end.saturating_duration_since(Instant::now());
        self.bar
            .set_message(format!("{} s left, {what}", left.as_secs()));
        self.bar.tick();
    }
}

impl Drop for Countdown {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
