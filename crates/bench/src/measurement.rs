//! What is known of the processes that were measured.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// One piece of work, done in one interpreter in several ways, in turns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// Cores that the processes could use.
    pub cores: usize,
    /// One unit of the work after the other: what the other modes are compared with.
    pub base: Mode,
    /// The very same once more: how far identical work differs here.
    pub control: Mode,
    /// The way in question.
    pub other: Mode,
    /// The way in question with a longer switch interval: whoever waits for the interpreter's lock then asks for it
    /// less often.
    #[serde(default)]
    pub patient: Mode,
    /// The way in question with the interpreter's lock kept, where this Python can be without it.
    #[serde(default)]
    pub locked: Mode,
    /// How many times as much work that is, in all; nothing where nobody counted.
    pub work: Option<f64>,
}

/// All processes that did the work in one way: a fresh one for each run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mode {
    /// How many threads, tasks or processes share the work.
    pub workers: usize,
    /// In the order in which they ran; the first, which warms files and caches, is not among them.
    pub runs: Vec<Run>,
}

/// What one process and its children did between the beginning and the end of the work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// From the beginning to the end.
    #[serde(with = "seconds")]
    pub wall: Duration,
    /// Processor time of all threads and children.
    #[serde(with = "seconds")]
    pub cpu: Duration,
    /// Voluntary context switches of all threads and children.
    pub switches: u64,
    /// Processor time of everybody else on the machine meanwhile, and of other machines on the same cores.
    #[serde(with = "seconds")]
    pub others: Duration,
    /// How much of that other machines took (`steal` of `proc_stat(5)`).
    #[serde(default, with = "seconds")]
    pub stolen: Duration,
    /// The most memory that was seen resident at a time, in KiB: of all processes, what they share counted for each.
    #[serde(default)]
    pub resident_kib: u64,
    /// Every thread and child that did anything.
    pub threads: Vec<Worker>,
}

/// One thread: its time, split (`/proc/PID/task/TID/schedstat` gives the first two).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// It was running.
    #[serde(with = "seconds")]
    pub running: Duration,
    /// It could have run, and no core was free.
    #[serde(with = "seconds")]
    pub queued: Duration,
    /// It waited for something else: a lock, a timer, a file.
    #[serde(with = "seconds")]
    pub blocked: Duration,
}

/// A time as a number of seconds, to the microsecond.
mod seconds {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::time::Duration;

    pub(super) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64((time.as_secs_f64() * 1e6).round() / 1e6)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        Duration::try_from_secs_f64(f64::deserialize(from)?).map_err(D::Error::custom)
    }
}

impl Mode {
    /// Seconds that a run takes, in the middle; nothing without runs.
    pub fn took(&self) -> Option<f64> {
        median(self.runs.iter().map(|run| run.wall.as_secs_f64()))
    }
}

impl Run {
    /// Cores in use on average.
    pub fn cores_used(&self) -> f64 {
        quotient(self.cpu, self.wall)
    }

    /// Cores that others used on average.
    pub fn others_used(&self) -> f64 {
        quotient(self.others, self.wall)
    }
}

/// How often `part` is `whole`; 0 of nothing.
pub(crate) fn quotient(part: Duration, whole: Duration) -> f64 {
    if whole.is_zero() {
        return 0.0;
    }
    part.as_secs_f64() / whole.as_secs_f64()
}

/// The middle of some numbers; nothing of none.
pub(crate) fn median(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = numbers.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let high = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(high);
    }
    Some(f64::midpoint(sorted[middle - 1], high))
}
