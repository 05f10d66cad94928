//! On which core a slot meets its prisoner.

use rustix::thread::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity};
use std::io;

/// Keeps this thread, and every thread and process that it starts from now on, on these cores, counted from 0.
pub fn keep_to(cores: &[usize]) -> io::Result<()> {
    let mut set = CpuSet::new();
    for &core in cores {
        if core >= CpuSet::MAX_CPU {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        set.set(core);
    }
    Ok(sched_setaffinity(None, &set)?)
}

/// Keeps a slot where it is while it has a prisoner.
///
/// Whoever is forked begins on the core of its parent then, and wakes it there. Otherwise the two would spread over
/// idle cores, and these would have to tell each other of every page that is copied: a snippet that does next to
/// nothing would take twice the time on a machine where that is dear, as virtual ones are.
#[derive(Debug)]
pub(crate) struct Place {
    /// All that this process may use; nothing where there is no choice.
    all: Option<CpuSet>,
}

impl Place {
    pub(crate) fn find() -> Self {
        let all = sched_getaffinity(None).ok();
        Place {
            all: all.filter(|all| all.count() > 1),
        }
    }

    /// Stays on the core where this process is now.
    pub(crate) fn stay(&self) {
        if self.all.is_some() {
            let mut here = CpuSet::new();
            here.set(sched_getcpu());
            sched_setaffinity(None, &here).ok();
        }
    }

    /// May go anywhere again.
    pub(crate) fn roam(&self) {
        if let Some(all) = &self.all {
            sched_setaffinity(None, all).ok();
        }
    }
}
