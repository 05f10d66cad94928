//! A progress bar, on a terminal's stderr only.

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use snipcheck_core::SnippetId;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A snippet that runs for so long is named.
const LONG: Duration = Duration::from_secs(1);
/// How often the bar is drawn, where nothing else moves it.
const TICK: Duration = Duration::from_millis(250);

/// Shows how far a run is, and nothing at all where nobody watches.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    running: Running,
    /// Snippets of guides that are done.
    before: u64,
}

/// The snippets that run now, with the time when each began, the oldest first.
#[derive(Debug, Clone, Default)]
struct Running(Arc<Mutex<Vec<(SnippetId, Instant)>>>);

impl Progress {
    pub(crate) fn new() -> Progress {
        let mut progress = Progress::unseen();
        let style =
            ProgressStyle::with_template("{bar:30} {pos}/{len} snippets {elapsed} {slowest}");
        if let Ok(style) = style
            && std::io::stderr().is_terminal()
        {
            let running = progress.running.clone();
            let tell = move |_: &ProgressState, out: &mut dyn Write| {
                // A bar that cannot be drawn says nothing.
                out.write_str(&running.slowest()).ok();
            };
            progress.bar = ProgressBar::new(0).with_style(style.with_key("slowest", tell));
            progress.bar.enable_steady_tick(TICK);
        }
        progress
    }

    /// For runs of which nothing is shown.
    pub(crate) fn unseen() -> Progress {
        Progress {
            bar: ProgressBar::hidden(),
            running: Running::default(),
            before: 0,
        }
    }

    /// So many snippets of the guides at hand will run.
    pub(crate) fn expect(&mut self, count: usize) {
        self.before = self.bar.length().unwrap_or(0);
        self.bar.set_position(self.before);
        self.bar.set_length(self.before + count as u64);
    }

    /// One begins.
    pub(crate) fn begins(&self, id: &SnippetId) {
        self.running
            .change(|running| running.push((id.clone(), Instant::now())));
    }

    /// One is done.
    pub(crate) fn done(&self, id: &SnippetId) {
        self.running
            .change(|running| running.retain(|(other, _)| other != id));
        self.bar.inc(1);
    }
}

impl Running {
    fn change<T>(&self, how: impl FnOnce(&mut Vec<(SnippetId, Instant)>) -> T) -> T {
        how(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The one that runs for the longest time, where that is long.
    fn slowest(&self) -> String {
        self.change(|running| match running.first() {
            Some((id, since)) if since.elapsed() > LONG => {
                format!("{id} ({} s)", since.elapsed().as_secs())
            }
            _ => String::new(),
        })
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
