//! What the threads of a run did, seen from outside.

use serde::{Deserialize, Serialize};

/// Looks at the threads of a run, every few milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger {
    /// In their order.
    pub looks: Vec<Look>,
}

impl Ledger {
    /// Whether nobody looked.
    pub fn is_empty(&self) -> bool {
        self.looks.is_empty()
    }
}

/// What was seen at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Nanoseconds of the clock that never goes back (`CLOCK_MONOTONIC`).
    pub at: u64,
    /// Nanoseconds for which all cores together were not idle, since the machine was started (`proc_stat(5)`); not
    /// told at every look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub busy: Option<u64>,
    /// How many of those other machines took, on the same cores; told with `busy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stolen: Option<u64>,
    /// Memory of all processes that is resident, in KiB, what they share counted for each; as far as it was looked at.
    #[serde(default)]
    pub resident_kib: u64,
    /// Every thread of every process of the run.
    pub threads: Vec<Thread>,
}

/// One thread, since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// Its number.
    pub id: i32,
    /// Nanoseconds for which it ran (`/proc/PID/task/TID/schedstat`).
    pub running: u64,
    /// Nanoseconds for which it could have run, and no core was free.
    pub queued: u64,
    /// How often it gave its core away because it had to wait.
    pub switches: u64,
}
