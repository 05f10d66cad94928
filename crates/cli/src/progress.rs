//! A progress bar, on a terminal's stderr only.

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use snipcheck_core::SnippetId;
use std::fmt::Write;
use std::io::{IsTerminal, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A snippet that runs for so long is named.
const LONG: Duration = Duration::from_secs(1);
/// How often the bar is drawn, where nothing else moves it.
const TICK: Duration = Duration::from_millis(250);

/// What is shown.
const BAR: &str = "{bar:30} {pos}/{len} snippets {elapsed} {more}";

/// Shows how far a run is, and nothing at all where nobody watches. A copy shows the same run.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    bar: ProgressBar,
    running: Running,
    afar: Option<Afar>,
}

/// The snippets that run now, with the time when each began, the oldest first.
#[derive(Debug, Clone, Default)]
struct Running(Arc<Mutex<Vec<(SnippetId, Instant)>>>);

/// What is told of a run on a cluster.
#[derive(Debug, Clone)]
struct Afar {
    start: Instant,
    counts: Arc<Mutex<Counts>>,
}

#[derive(Debug, Default)]
struct Counts {
    expected: usize,
    done: usize,
    /// How much of the guides was read, from 0 to 1.
    read: f64,
    /// Where it runs.
    place: String,
}

impl Progress {
    pub(crate) fn new() -> Progress {
        let mut progress = Progress::unseen();
        let running = progress.running.clone();
        progress.show(move || running.slowest());
        progress
    }

    /// For a run on a cluster: how fast it is, where it runs and how long it will go on.
    pub(crate) fn afar() -> Progress {
        let mut progress = Progress::unseen();
        let afar = Afar {
            start: Instant::now(),
            counts: Arc::default(),
        };
        progress.afar = Some(afar.clone());
        progress.show(move || afar.told());
        progress
    }

    /// For runs of which nothing is shown.
    pub(crate) fn unseen() -> Progress {
        Progress {
            bar: ProgressBar::hidden(),
            running: Running::default(),
            afar: None,
        }
    }

    /// Shows a bar where somebody watches, with this at its end.
    fn show(&mut self, more: impl Fn() -> String + Send + Sync + Clone + 'static) {
        if let Ok(style) = ProgressStyle::with_template(BAR)
            && std::io::stderr().is_terminal()
        {
            let tell = move |_: &ProgressState, out: &mut dyn Write| {
                // A bar that cannot be drawn says nothing.
                out.write_str(&more()).ok();
            };
            self.bar = ProgressBar::new(0).with_style(style.with_key("more", tell));
            self.bar.enable_steady_tick(TICK);
        }
    }

    /// So many more snippets will run.
    pub(crate) fn expect(&self, count: usize) {
        self.bar.inc_length(count as u64);
        self.count(|counts| counts.expected += count);
    }

    /// So much of the guides was read, from 0 to 1.
    pub(crate) fn read(&self, share: f64) {
        self.count(|counts| counts.read = share);
    }

    /// Where it runs now.
    pub(crate) fn on(&self, place: &str) {
        self.count(|counts| place.clone_into(&mut counts.place));
    }

    /// One begins.
    pub(crate) fn begins(&self, id: &SnippetId) {
        if self.afar.is_none() {
            self.running
                .change(|running| running.push((id.clone(), Instant::now())));
        }
    }

    /// One is done.
    pub(crate) fn done(&self, id: &SnippetId) {
        self.running
            .change(|running| running.retain(|(other, _)| other != id));
        self.bar.inc(1);
        self.count(|counts| counts.done += 1);
    }

    /// Says something on stderr, above the bar where there is one.
    pub(crate) fn say(&self, what: &str) {
        // Who closed stderr wants to hear nothing.
        self.bar
            .suspend(|| writeln!(std::io::stderr(), "{what}").ok());
    }

    /// Says how far it is where no bar does.
    pub(crate) fn log(&self) {
        if let (true, Some(afar)) = (self.bar.is_hidden(), &self.afar) {
            let done = afar.count(|counts| counts.done);
            self.say(&format!("{done} snippets {}", afar.told()));
        }
    }

    fn count(&self, how: impl FnOnce(&mut Counts)) {
        if let Some(afar) = &self.afar {
            afar.count(how);
        }
    }
}

impl Afar {
    fn count<T>(&self, how: impl FnOnce(&mut Counts) -> T) -> T {
        how(&mut self.counts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// `812/s on 2 nodes, 2 cores, 1:05 left`
    fn told(&self) -> String {
        let elapsed = self.start.elapsed();
        self.count(|counts| {
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let (done, expected) = (counts.done as f64, counts.expected as f64);
            let rate = done / elapsed.as_secs_f64();
            let left = (expected / counts.read - done) / rate;
            let left = Duration::try_from_secs_f64(left).map_or(String::new(), |left| {
                let seconds = left.as_secs();
                format!(", {}:{:02} left", seconds / 60, seconds % 60)
            });
            format!("{rate:.0}/s {}{left}", counts.place)
        })
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
