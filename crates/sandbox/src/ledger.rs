//! Looks at every thread of a prisoner, for those who want to know what it waited for.

use crate::tree::{self, Reach};
use rustix::time::{ClockId, clock_gettime};
use snipcheck_core::{Look, Thread};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// What is dear to read, and changes evenly, is read at every so many looks.
const SELDOM: usize = 5;

/// The threads of a prisoner, looked at again and again.
pub(crate) struct Threads {
    reach: Reach,
    looks: usize,
    /// By number, as far as they were seen.
    known: BTreeMap<i32, Known>,
}

/// A thread that was seen before.
struct Known {
    /// Its times, which are read without looking for the file again.
    times: File,
    status: Status,
}

impl Threads {
    pub(crate) fn new(reach: Reach) -> Self {
        Threads {
            reach,
            looks: 0,
            known: BTreeMap::new(),
        }
    }

    /// What is to be seen now.
    pub(crate) fn look(&mut self) -> Look {
        let all = self.looks.is_multiple_of(SELDOM);
        self.looks += 1;
        let now = clock_gettime(ClockId::Monotonic);
        let mut threads = Vec::new();
        let mut resident_kib = 0;
        for pid in tree::members(self.reach) {
            let tasks = fs::read_dir(format!("/proc/{pid}/task"));
            for task in tasks.into_iter().flatten().flatten() {
                threads.extend(self.thread(&task.path(), all));
            }
            // All threads of a process tell the same; its first one has its number.
            resident_kib += self
                .known
                .get(&pid)
                .map_or(0, |first| first.status.resident_kib);
        }
        let spent = all.then(Spent::now).flatten();
        Look {
            at: u64::try_from(now.tv_sec).unwrap_or(0) * 1_000_000_000
                + u64::try_from(now.tv_nsec).unwrap_or(0),
            busy: spent.as_ref().map(|spent| spent.busy),
            stolen: spent.as_ref().map(|spent| spent.stolen),
            resident_kib,
            threads,
        }
    }

    /// See `proc_pid_schedstat` in the kernel's documentation of its scheduler, and `proc_pid_status(5)`.
    fn thread(&mut self, task: &Path, all: bool) -> Option<Thread> {
        let id = task.file_name()?.to_str()?.parse().ok()?;
        let known = match self.known.entry(id) {
            Entry::Vacant(place) => place.insert(Known {
                times: File::open(task.join("schedstat")).ok()?,
                status: status(task)?,
            }),
            Entry::Occupied(place) => {
                let known = place.into_mut();
                if all {
                    known.status = status(task).unwrap_or(known.status);
                }
                known
            }
        };
        let seen = times(&known.times).map(|(running, queued)| Thread {
            id,
            running,
            queued,
            switches: known.status.switches,
        });
        if seen.is_none() {
            // It has ended; the number may come again.
            self.known.remove(&id);
        }
        seen
    }
}

fn times(file: &File) -> Option<(u64, u64)> {
    let mut buffer = [0; 80];
    let count = file.read_at(&mut buffer, 0).ok()?;
    let mut numbers = str::from_utf8(&buffer[..count]).ok()?.split_whitespace();
    let mut next = || numbers.next()?.parse().ok();
    Some((next()?, next()?))
}

/// What is dear to read of a thread.
#[derive(Clone, Copy)]
struct Status {
    switches: u64,
    resident_kib: u64,
}

fn status(task: &Path) -> Option<Status> {
    let text = fs::read_to_string(task.join("status")).ok()?;
    let number = |key: &str| -> Option<u64> {
        let field = text.lines().find_map(|line| line.strip_prefix(key))?;
        field.split_whitespace().next()?.parse().ok()
    };
    Some(Status {
        switches: number("voluntary_ctxt_switches:")?,
        // A process that is about to go has none.
        resident_kib: number("VmRSS:").unwrap_or(0),
    })
}

/// What all cores together did but wait, since the machine was started, in nanoseconds (`proc_stat(5)`).
struct Spent {
    busy: u64,
    stolen: u64,
}

impl Spent {
    fn now() -> Option<Spent> {
        let stat = fs::read_to_string("/proc/stat").ok()?;
        let ticks: Vec<u64> = stat
            .lines()
            .next()?
            .strip_prefix("cpu ")?
            .split_whitespace()
            .map_while(|field| field.parse().ok())
            .collect();
        // The fourth and the fifth are idle; guests, behind the first eight, are among the others already.
        let all: u64 = ticks.iter().take(8).sum();
        let tick = 1_000_000_000 / rustix::param::clock_ticks_per_second().max(1);
        Some(Spent {
            busy: (all - ticks.get(3)? - ticks.get(4)?) * tick,
            stolen: ticks.get(7).copied().unwrap_or(0) * tick,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_thread_is_seen() {
        let own = Path::new("/proc").join(fs::read_link("/proc/thread-self").expect("it is there"));
        let mut threads = Threads::new(Reach::Descendants);
        let first = threads.thread(&own, true).expect("it can be read");
        while threads
            .thread(&own, false)
            .is_some_and(|seen| seen.running == first.running)
        {}
        assert!(Spent::now().is_some_and(|spent| spent.busy > 0));
        assert!(
            threads
                .known
                .values()
                .any(|known| known.status.resident_kib > 0)
        );
        assert!(
            threads
                .thread(Path::new("/proc/self/task/0"), true)
                .is_none()
        );
    }
}
