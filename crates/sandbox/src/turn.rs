//! Whom the kernel ends first when memory runs out: prisoners, then their slots, then what the user runs.

use rustix::io::pwrite;
use std::fs::{File, OpenOptions};

/// The turn of a process, which those that it forks inherit (`proc_pid_oom_score_adj(5)`).
#[derive(Debug)]
pub(crate) struct Turn {
    /// Nothing where it cannot be said; the largest process goes first there, which is seldom the slot.
    file: Option<File>,
}

const SLOT: &[u8] = b"500";
const PRISONER: &[u8] = b"1000";

impl Turn {
    /// To be called before the walls are closed: from inside them nothing of this can be changed.
    pub(crate) fn take() -> Self {
        let file = OpenOptions::new()
            .write(true)
            .open("/proc/self/oom_score_adj");
        let turn = Turn { file: file.ok() };
        turn.of_slot();
        turn
    }

    /// What is forked from now on goes before this process.
    pub(crate) fn of_prisoner(&self) {
        self.set(PRISONER);
    }

    /// The usual.
    pub(crate) fn of_slot(&self) {
        self.set(SLOT);
    }

    fn set(&self, turn: &[u8]) {
        if let Some(file) = &self.file {
            pwrite(file, turn, 0).ok();
        }
    }
}
