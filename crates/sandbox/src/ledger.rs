//! Looks at every thread of a prisoner, for those who want to know what it waited for.

use crate::tree::{self, Reach};
use rustix::time::{ClockId, clock_gettime};
use snipcheck_core::{Look, Thread};
use std::fs;
use std::path::Path;

/// What is to be seen now.
pub(crate) fn look(reach: Reach) -> Look {
    let now = clock_gettime(ClockId::Monotonic);
    let threads = tree::members(reach)
        .into_iter()
        .flat_map(|pid| {
            let tasks = fs::read_dir(format!("/proc/{pid}/task"));
            let entries = tasks.into_iter().flatten().flatten();
            entries.filter_map(|task| thread(&task.path()))
        })
        .collect();
    Look {
        at: u64::try_from(now.tv_sec).unwrap_or(0) * 1_000_000_000
            + u64::try_from(now.tv_nsec).unwrap_or(0),
        busy: busy().unwrap_or(0),
        threads,
    }
}

/// See `proc_pid_schedstat` in the kernel's documentation of its scheduler, and `proc_pid_status(5)`.
fn thread(task: &Path) -> Option<Thread> {
    let times = fs::read_to_string(task.join("schedstat")).ok()?;
    let mut times = times.split_whitespace().map(str::parse::<u64>);
    let status = fs::read_to_string(task.join("status")).ok()?;
    Some(Thread {
        id: task.file_name()?.to_str()?.parse().ok()?,
        running: times.next()?.ok()?,
        queued: times.next()?.ok()?,
        switches: status
            .lines()
            .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))
            .and_then(|count| count.trim().parse().ok())?,
    })
}

/// What all cores together did but wait, in nanoseconds (`proc_stat(5)`).
fn busy() -> Option<u64> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    let spent: Vec<u64> = stat
        .lines()
        .next()?
        .strip_prefix("cpu ")?
        .split_whitespace()
        .map_while(|field| field.parse().ok())
        .collect();
    // The fourth and the fifth are idle; guests, behind the first eight, are among the others already.
    let all: u64 = spent.iter().take(8).sum();
    let ticks = all - spent.get(3)? - spent.get(4)?;
    Some(ticks * (1_000_000_000 / rustix::param::clock_ticks_per_second().max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_thread_is_seen() {
        let me = thread(Path::new("/proc/thread-self"));
        assert!(me.is_none(), "it goes by a name there");
        let own = fs::read_link("/proc/thread-self").expect("it is there");
        let seen = thread(&Path::new("/proc").join(own)).expect("it can be read");
        assert!(seen.running > 0);
        assert!(busy().is_some_and(|busy| busy > 0));
    }
}
