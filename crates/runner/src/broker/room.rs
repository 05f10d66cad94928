//! How many snippets may be in flight: one a job, and more while those sleep and the machine idles.

use std::fs;
use std::num::NonZeroUsize;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// How often the machine is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// How many of a job's snippets may be in flight at once when they sleep.
const SLEEPERS: usize = 8;
/// How much of a core has to be free for one more, in per cent.
const FREE: u64 = 75;

/// How many may be in flight.
#[derive(Debug)]
pub(super) struct Room {
    jobs: usize,
    limit: usize,
    /// How many are allowed at the moment.
    allowed: usize,
    last: Option<Ticks>,
    /// When to look next.
    next: Instant,
}

/// What all cores together have spent since the machine was started, in ticks of the clock (`proc(5)`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ticks {
    idle: u64,
    all: u64,
    cores: u64,
}

impl Room {
    pub(super) fn new(jobs: NonZeroUsize, more_while_idle: bool) -> Self {
        let jobs = jobs.get();
        Room {
            jobs,
            limit: if more_while_idle {
                jobs * SLEEPERS
            } else {
                jobs
            },
            allowed: jobs,
            last: None,
            next: Instant::now(),
        }
    }

    /// Whether one more may start beside those in flight.
    pub(super) fn admits(&self, in_flight: usize) -> bool {
        in_flight < self.allowed
    }

    /// Waits until it is time to look, and then allows one more for each core that had nothing to do.
    pub(super) async fn look(&mut self) {
        if self.limit == self.jobs {
            return std::future::pending().await;
        }
        sleep_until(self.next).await;
        self.next = Instant::now() + LOOK;
        let now = Ticks::read();
        if let (Some(last), Some(now)) = (self.last, now) {
            self.adapt(last, now);
        }
        self.last = now;
    }

    fn adapt(&mut self, last: Ticks, now: Ticks) {
        let passed = now.all.saturating_sub(last.all).max(1);
        let idle = now.idle.saturating_sub(last.idle) * now.cores * 100 / passed;
        let free = usize::try_from(idle / FREE).unwrap_or(usize::MAX);
        self.allowed = if free == 0 {
            // Who has begun goes on; nobody joins until there is room again.
            self.jobs
        } else {
            self.allowed.saturating_add(free).min(self.limit)
        };
    }
}

impl Ticks {
    fn read() -> Option<Ticks> {
        Ticks::of(&fs::read_to_string("/proc/stat").ok()?)
    }

    fn of(stat: &str) -> Option<Ticks> {
        let mut lines = stat.lines();
        let spent: Vec<u64> = lines
            .next()?
            .strip_prefix("cpu ")?
            .split_whitespace()
            .map_while(|field| field.parse().ok())
            .collect();
        let cores = lines.take_while(|line| line.starts_with("cpu")).count();
        Some(Ticks {
            // Idle, and waiting for a disk; the guests behind the first eight are in the others already.
            idle: spent.get(3)? + spent.get(4)?,
            all: spent.iter().take(8).sum(),
            cores: u64::try_from(cores).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(jobs: usize) -> Room {
        Room::new(NonZeroUsize::new(jobs).unwrap_or(NonZeroUsize::MIN), true)
    }

    #[test]
    fn the_machine_tells_what_it_spent() {
        let stat = "cpu  1 2 3 40 5 6 7 8 9 10\ncpu0 1 1 1 20 1 1 1 1 1 1\ncpu1 1\nintr 5\n";
        let expected = Ticks {
            idle: 45,
            all: 72,
            cores: 2,
        };
        assert_eq!(Ticks::of(stat), Some(expected));
        for broken in ["", "cpu", "cpu  1 2", "mem 3"] {
            assert_eq!(Ticks::of(broken), None, "{broken}");
        }
    }

    #[test]
    fn more_may_start_while_cores_idle() {
        let at = |idle, all| Ticks {
            idle,
            all,
            cores: 2,
        };
        for (last, now, allowed) in [
            (at(0, 0), at(10, 10), 4),
            (at(0, 0), at(5, 10), 3),
            (at(0, 0), at(3, 10), 2),
            (at(0, 0), at(0, 10), 2),
            (at(9, 10), at(9, 10), 2),
        ] {
            let mut room = room(2);
            room.adapt(last, now);
            assert_eq!(room.allowed, allowed, "{last:?} {now:?}");
        }
        let mut sleepers = room(2);
        for _ in 0..20 {
            sleepers.adapt(at(0, 0), at(10, 10));
        }
        assert_eq!(sleepers.allowed, 2 * SLEEPERS);
        sleepers.adapt(at(0, 0), at(0, 10));
        assert_eq!(sleepers.allowed, 2);
    }
}
