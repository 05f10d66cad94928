//! Whether workers take turns or work at the same time, seen from what each of them waited for.
//!
//! A clock on the wall tells this of a machine that does nothing else. What a thread waited for tells it of a busy
//! one, too: whoever waits for a lock is blocked, whoever waits for a core is queued.

use crate::measurement::{Mode, Run, Worker, median};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A thread is a worker when it ran for this share of what the busiest one did.
const WORKS: f64 = 0.25;
/// Fewer cores than this in use is waiting, whatever for.
const WAITING: f64 = 0.1;
/// Workers take turns from here on: their blocked share, and voluntary switches for each second of processor time.
const TURNS: Signs = Signs {
    blocked: 0.25,
    switches: 200.0,
};
/// And they work at the same time up to here.
const TOGETHER: Signs = Signs {
    blocked: 0.10,
    switches: 100.0,
};

/// How workers get along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sharing {
    /// One works while the others wait for it.
    Serialised,
    /// They work at the same time, as far as there are cores.
    Parallel,
    /// They hardly work: they wait for timers, files or the network.
    Waiting,
    /// The signs are weak, or contradict each other.
    Unclear,
}

/// What it is read from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Signs {
    /// Of the time in which workers ran or were blocked, the share in which they were blocked.
    pub blocked: f64,
    /// Voluntary context switches for each second of processor time.
    pub switches: f64,
}

/// How the workers of a mode get along, and the signs of it; both signs have to say the same.
pub fn sharing(mode: &Mode) -> (Sharing, Signs) {
    let signs = Signs {
        blocked: median(mode.runs.iter().map(blocked_share)).unwrap_or(0.0),
        switches: median(mode.runs.iter().map(switches_a_second)).unwrap_or(0.0),
    };
    let used = median(mode.runs.iter().map(Run::cores_used)).unwrap_or(0.0);
    let sharing = if mode.runs.is_empty() {
        Sharing::Unclear
    } else if used < WAITING {
        Sharing::Waiting
    } else if signs.blocked >= TURNS.blocked && signs.switches >= TURNS.switches {
        Sharing::Serialised
    } else if signs.blocked <= TOGETHER.blocked && signs.switches <= TOGETHER.switches {
        Sharing::Parallel
    } else {
        Sharing::Unclear
    };
    (sharing, signs)
}

/// Whose lock it is that workers who take turns wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// The interpreter's.
    Interpreter,
    /// One of a library, or of their own.
    Another,
}

/// A switch interval that is longer by this factor tells the interpreter's lock from others.
pub const PATIENCE: f64 = 10.0;
/// Asking for the interpreter's lock less often means fewer switches, at least by this factor.
const FEWER: f64 = 3.0;
/// What waits for another lock does not depend on the interval, up to this factor.
const AS_MANY: f64 = 1.5;

/// Whose lock the workers of a mode wait for, seen from the same with a switch interval that is [`PATIENCE`] times as
/// long: only who waits for the interpreter's lock waits longer, before asking for it.
pub fn lock(mode: &Mode, patient: &Mode) -> Option<Lock> {
    let switches = |mode: &Mode| median(mode.runs.iter().map(switches_a_second));
    let times = switches(mode)? / switches(patient)?;
    if times >= FEWER {
        Some(Lock::Interpreter)
    } else {
        (times <= AS_MANY).then_some(Lock::Another)
    }
}

fn blocked_share(run: &Run) -> f64 {
    let busiest = run.threads.iter().map(|thread| thread.running).max();
    let least = busiest.unwrap_or_default().mul_f64(WORKS);
    let workers = run.threads.iter().filter(|thread| thread.running >= least);
    let total = |part: fn(&Worker) -> Duration| -> f64 {
        workers
            .clone()
            .map(|worker| part(worker).as_secs_f64())
            .sum()
    };
    let (running, blocked) = (total(|w| w.running), total(|w| w.blocked));
    if running + blocked > 0.0 {
        blocked / (running + blocked)
    } else {
        0.0
    }
}

fn switches_a_second(run: &Run) -> f64 {
    // Beyond what is counted here a double is no longer exact, which is far from any threshold.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    let switches = run.switches as f64;
    let cpu = run.cpu.as_secs_f64();
    if cpu > 0.0 { switches / cpu } else { 0.0 }
}
