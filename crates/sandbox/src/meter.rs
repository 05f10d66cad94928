//! What a prisoner and all that it started use of the machine, held against what they may.
//!
//! Where a control group counts, the kernel holds the limits and is asked whether it had to; elsewhere `/proc`
//! is looked at again and again.

use crate::cgroup::{Counters, Group};
use crate::jail::Jail;
use crate::mounts::SCRATCH;
use crate::tree;
use snipcheck_core::Limits;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Files and folders that a prisoner may have.
pub(crate) const FILES: u64 = 65_536;
/// Looking into a folder is dear, so it is done every so many looks.
const LOOKS: u32 = 8;

/// Which limit was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// Processor time.
    Cpu,
    /// Memory of all its processes together.
    Memory,
    /// Processes and threads.
    Processes,
    /// Bytes in files.
    Disk,
    /// Files and folders, this many.
    Files(u64),
    /// Bytes of stdout or stderr.
    Output,
}

/// Looks after one prisoner.
pub(crate) struct Meter<'a> {
    jail: &'a Jail,
    limits: &'a Limits,
    folder: PathBuf,
    before: Option<Counters>,
    looks: u32,
}

impl<'a> Meter<'a> {
    pub(crate) fn new(
        jail: &'a Jail,
        limits: &'a Limits,
        folder: &Path,
        before: Option<Counters>,
    ) -> Self {
        Meter {
            jail,
            limits,
            folder: folder.to_owned(),
            before,
            looks: 0,
        }
    }

    /// The limit that is reached now, if any.
    pub(crate) fn look(&mut self) -> Option<Excess> {
        self.looks += 1;
        let counted = self.counted();
        if counted.is_some() {
            return counted;
        }
        let complete = self.jail.group().is_some_and(Group::counts_time);
        if !complete && let Some(excess) = self.summed() {
            return Some(excess);
        }
        if self.jail.has_scratch() {
            scratch_is_full()
        } else if self.looks.is_multiple_of(LOOKS) {
            self.folder_is_full()
        } else {
            None
        }
    }

    /// The limit that was reached, now that all is over.
    pub(crate) fn last_look(&self) -> Option<Excess> {
        let full = || self.jail.has_scratch().then(scratch_is_full).flatten();
        self.counted().or_else(full)
    }

    /// What the control group has counted since this prisoner began.
    fn counted(&self) -> Option<Excess> {
        let (before, now) = (self.before?, self.jail.group()?.counters());
        if now.out_of_memory > before.out_of_memory {
            Some(Excess::Memory)
        } else if now.refused > before.refused {
            Some(Excess::Processes)
        } else if now.cpu.saturating_sub(before.cpu) > self.limits.cpu_time() {
            Some(Excess::Cpu)
        } else {
            None
        }
    }

    /// What `/proc` tells of each process, summed.
    fn summed(&self) -> Option<Excess> {
        let processes = tree::members(self.jail.reach());
        let all: Vec<(i32, Usage)> = processes
            .into_iter()
            .filter_map(|pid| Some((pid, usage(pid)?)))
            .collect();
        let cpu: Duration = all.iter().map(|(_, one)| one.cpu).sum();
        if cpu > self.limits.cpu_time() {
            return Some(Excess::Cpu);
        }
        if self.before.is_some() {
            return None;
        }
        if all.iter().map(|(_, one)| one.threads).sum::<u64>() > self.limits.processes {
            return Some(Excess::Processes);
        }
        // Pages that forks share are counted for each of them here; in parts where it matters, as that is dear.
        let most = self.limits.memory_bytes;
        if all.iter().map(|(_, one)| one.own_bytes).sum::<u64>() <= most {
            return None;
        }
        let in_parts = |(pid, one): &(i32, Usage)| shared_out(*pid).unwrap_or(one.own_bytes);
        (all.iter().map(in_parts).sum::<u64>() > most).then_some(Excess::Memory)
    }

    fn folder_is_full(&self) -> Option<Excess> {
        let (mut bytes, mut files) = (0, 0);
        let mut waiting = vec![self.folder.clone()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let Ok(found) = entry.metadata() else {
                    continue;
                };
                files += 1;
                bytes += std::os::unix::fs::MetadataExt::blocks(&found) * 512;
                if found.is_dir() {
                    waiting.push(entry.path());
                }
                if bytes > self.limits.disk_bytes {
                    return Some(Excess::Disk);
                }
                if files > FILES {
                    return Some(Excess::Files(FILES));
                }
            }
        }
        None
    }
}

/// Whether the memory that stands in for a disk has no room left.
fn scratch_is_full() -> Option<Excess> {
    let full = |found: rustix::fs::StatVfs| {
        if found.f_bfree == 0 {
            Some(Excess::Disk)
        } else {
            (found.f_ffree == 0).then_some(Excess::Files(FILES))
        }
    };
    SCRATCH
        .into_iter()
        .filter_map(|folder| rustix::fs::statvfs(folder).ok())
        .find_map(full)
}

/// What one process uses.
struct Usage {
    /// Its own time, and that of its children that it has waited for.
    cpu: Duration,
    threads: u64,
    /// Memory that is not a file's.
    own_bytes: u64,
}

/// See proc(5) on `stat` and `status`.
fn usage(pid: libc::pid_t) -> Option<Usage> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in brackets, may have any character.
    let (_, rest) = stat.rsplit_once(") ")?;
    let fields: Vec<u64> = rest
        .split(' ')
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    let ticks: u64 = fields.get(11..15)?.iter().sum();
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    Some(Usage {
        cpu: Duration::from_millis(ticks * 1000 / rustix::param::clock_ticks_per_second().max(1)),
        threads: *fields.get(17)?,
        own_bytes: kib(&status, "RssAnon:") + kib(&status, "RssShmem:"),
    })
}

/// The memory of a process, with what it shares with others divided among them.
fn shared_out(pid: libc::pid_t) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    Some(kib(&text, "Pss_Anon:") + kib(&text, "Pss_Shmem:"))
}

/// The bytes that a line with this name tells in KiB.
fn kib(text: &str, name: &str) -> u64 {
    text.lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(0, |kib| kib << 10)
}

#[cfg(test)]
mod tests {
    use super::usage;

    #[test]
    fn this_process_uses_something() {
        let me = i32::try_from(std::process::id()).unwrap_or(0);
        let found = usage(me).expect("it is there");
        assert!(found.threads >= 1 && found.own_bytes > 100_000);
        assert!(usage(0).is_none());
    }
}
