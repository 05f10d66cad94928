//! A control group for each slot: memory, processes and processor time of all that runs in it together.
//!
//! The slot itself is in it, so that a prisoner is from its first moment and joining costs it nothing; the slot
//! is the last one that the kernel ends for want of memory. Version 1 and 2 differ in names and places only
//! (kernel documentation, `admin-guide/cgroup-v1` and `admin-guide/cgroup-v2.rst`).

mod place;

use place::Place;
use rustix::fs::{AtFlags, Mode, OFlags, mkdirat, openat, unlinkat};
use rustix::io::{Errno, pread};
use snipcheck_core::Limits;
use std::cell::Cell;
use std::os::fd::OwnedFd;
use std::thread::sleep;
use std::time::Duration;

/// How often, and after which pause, a group is tried to be removed that its last process has just left.
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(5);

/// The groups of one slot: one, or one in each hierarchy of version 1.
#[derive(Debug)]
pub(crate) struct Group {
    parts: Vec<Part>,
    files: Files,
    /// The limits that are set now.
    set: Cell<Option<(u64, u64)>>,
}

/// A group in one hierarchy.
#[derive(Debug)]
struct Part {
    parent: OwnedFd,
    name: String,
    folder: OwnedFd,
    join: &'static str,
}

/// What is read again and again, kept open: no path leads there from inside the walls.
#[derive(Debug)]
struct Files {
    memory: OwnedFd,
    limit: Vec<OwnedFd>,
    out_of_memory: OwnedFd,
    processes: OwnedFd,
    refused: OwnedFd,
    time: Option<Time>,
}

#[derive(Debug)]
struct Time {
    file: OwnedFd,
    version: Version,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

/// What has happened in a group so far; only differences mean anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counters {
    /// Processes that the kernel ended for want of memory.
    pub(crate) out_of_memory: u64,
    /// Processes and threads that were not started.
    pub(crate) refused: u64,
    /// Processor time.
    pub(crate) cpu: Duration,
}

impl Group {
    /// Makes a group, and tries it with a throw-away process; why there is none when that fails.
    pub(crate) fn make() -> Result<Self, String> {
        let name = format!("snipcheck-{}", std::process::id());
        let group = match place::unified() {
            Ok(places) => places
                .iter()
                .find_map(|place| Group::version_two(place, &name).ok()),
            Err(()) => None,
        };
        let group = match group {
            Some(group) => group,
            None => Group::version_one(&name).map_err(explain)?,
        };
        let works = crate::aside::aside(|| group.join().is_ok()).unwrap_or(false)
            && group.set(&Limits::default()).is_ok();
        if works {
            Ok(group)
        } else {
            group.remove();
            Err("a control group can be made here, and not be used".to_owned())
        }
    }

    fn version_two(place: &Place, name: &str) -> Result<Self, Errno> {
        let part = Part::make(place, name, "cgroup.procs")?;
        // Whoever has the right to may let a group pass controllers on to those below it.
        if !part.has_controllers() {
            place.pass_on("+memory +pids").ok();
        }
        let files = Files::version_two(&part);
        Group::of(vec![part], files)
    }

    fn version_one(name: &str) -> Result<Self, Errno> {
        let memory = Part::make(&place::of("memory")?, name, "tasks")?;
        let pids = match place::of("pids").and_then(|place| Part::make(&place, name, "tasks")) {
            Ok(pids) => pids,
            Err(error) => {
                memory.remove();
                return Err(error);
            }
        };
        // Without it, time is counted process by process.
        let time = place::of("cpuacct").and_then(|place| Part::make(&place, name, "tasks"));
        let files = Files::version_one(&memory, &pids, time.as_ref().ok());
        let parts = [Some(memory), Some(pids), time.ok()];
        Group::of(parts.into_iter().flatten().collect(), files)
    }

    fn of(parts: Vec<Part>, files: Result<Files, Errno>) -> Result<Self, Errno> {
        match files {
            Ok(files) => Ok(Group {
                parts,
                files,
                set: Cell::new(None),
            }),
            Err(error) => {
                parts.iter().for_each(Part::remove);
                Err(error)
            }
        }
    }

    /// Moves this process into the group. It must have one thread.
    pub(crate) fn join(&self) -> Result<(), Errno> {
        self.parts
            .iter()
            .try_for_each(|part| write(&open(&part.folder, part.join, OFlags::WRONLY)?, "0"))
    }

    /// Sets the limits of what runs in it besides the slot.
    pub(crate) fn set(&self, limits: &Limits) -> Result<(), Errno> {
        let wanted = (limits.memory_bytes, limits.processes);
        if self.set.get() == Some(wanted) {
            return Ok(());
        }
        let own = number(&self.files.memory);
        let bytes = limits.memory_bytes.saturating_add(own).to_string();
        // A limit on memory with swap cannot be below the one without, so one order raises and the other lowers.
        let mut files = self.files.limit.iter();
        files
            .try_for_each(|file| write(file, &bytes))
            .or_else(|_| {
                let mut files = self.files.limit.iter().rev();
                files.try_for_each(|file| write(file, &bytes))
            })?;
        let processes = limits.processes.saturating_add(1).to_string();
        write(&self.files.processes, &processes)?;
        self.set.set(Some(wanted));
        Ok(())
    }

    pub(crate) fn counters(&self) -> Counters {
        let files = &self.files;
        Counters {
            out_of_memory: field(&text(&files.out_of_memory), "oom_kill"),
            refused: field(&text(&files.refused), "max"),
            cpu: files.time.as_ref().map(Time::read).unwrap_or_default(),
        }
    }

    /// Whether processor time is among the counters.
    pub(crate) fn counts_time(&self) -> bool {
        self.files.time.is_some()
    }

    /// Removes the group, when the last process has left it.
    pub(crate) fn remove(&self) {
        self.parts.iter().for_each(Part::remove);
    }
}

impl Part {
    fn make(place: &Place, name: &str, join: &'static str) -> Result<Self, Errno> {
        let parent = place.open()?;
        mkdirat(&parent, name, Mode::from_raw_mode(0o755))?;
        match open(&parent, name, OFlags::DIRECTORY) {
            Ok(folder) => Ok(Part {
                parent,
                name: name.to_owned(),
                folder,
                join,
            }),
            Err(error) => {
                unlinkat(&parent, name, AtFlags::REMOVEDIR).ok();
                Err(error)
            }
        }
    }

    fn has_controllers(&self) -> bool {
        open(&self.folder, "memory.max", OFlags::RDONLY).is_ok()
            && open(&self.folder, "pids.max", OFlags::RDONLY).is_ok()
    }

    fn remove(&self) {
        for _ in 0..TRIES {
            match unlinkat(&self.parent, self.name.as_str(), AtFlags::REMOVEDIR) {
                Err(Errno::BUSY) => sleep(PAUSE),
                _ => return,
            }
        }
    }
}

impl Files {
    fn version_one(memory: &Part, pids: &Part, time: Option<&Part>) -> Result<Self, Errno> {
        let limit = ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes"];
        let mut limit = limit
            .into_iter()
            .map(|name| open(&memory.folder, name, OFlags::WRONLY));
        let first = limit.next().unwrap_or(Err(Errno::NOENT))?;
        Ok(Files {
            memory: open(&memory.folder, "memory.usage_in_bytes", OFlags::RDONLY)?,
            // Without swap accounting there is no second one.
            limit: std::iter::once(first).chain(limit.flatten()).collect(),
            out_of_memory: open(&memory.folder, "memory.oom_control", OFlags::RDONLY)?,
            processes: open(&pids.folder, "pids.max", OFlags::WRONLY)?,
            refused: open(&pids.folder, "pids.events", OFlags::RDONLY)?,
            time: time
                .and_then(|part| open(&part.folder, "cpuacct.usage", OFlags::RDONLY).ok())
                .map(|file| Time {
                    file,
                    version: Version::One,
                }),
        })
    }

    fn version_two(part: &Part) -> Result<Self, Errno> {
        let folder = &part.folder;
        if let Ok(swap) = open(folder, "memory.swap.max", OFlags::WRONLY) {
            write(&swap, "0")?;
        }
        Ok(Files {
            memory: open(folder, "memory.current", OFlags::RDONLY)?,
            limit: vec![open(folder, "memory.max", OFlags::WRONLY)?],
            out_of_memory: open(folder, "memory.events", OFlags::RDONLY)?,
            processes: open(folder, "pids.max", OFlags::WRONLY)?,
            refused: open(folder, "pids.events", OFlags::RDONLY)?,
            time: Some(Time {
                file: open(folder, "cpu.stat", OFlags::RDONLY)?,
                version: Version::Two,
            }),
        })
    }
}

impl Time {
    fn read(&self) -> Duration {
        match self.version {
            Version::One => Duration::from_nanos(number(&self.file)),
            Version::Two => Duration::from_micros(field(&text(&self.file), "usage_usec")),
        }
    }
}

fn open(folder: &OwnedFd, name: &str, how: OFlags) -> Result<OwnedFd, Errno> {
    openat(folder, name, how | OFlags::CLOEXEC, Mode::empty())
}

fn write(file: &OwnedFd, text: &str) -> Result<(), Errno> {
    rustix::io::write(file, text.as_bytes()).map(|_| ())
}

fn text(file: &OwnedFd) -> String {
    let mut buffer = [0; 4096];
    let length = pread(file, &mut buffer, 0).unwrap_or(0);
    String::from_utf8_lossy(&buffer[..length]).into_owned()
}

fn number(file: &OwnedFd) -> u64 {
    text(file).trim().parse().unwrap_or(0)
}

/// The number after `name` at the beginning of a line.
fn field(text: &str, name: &str) -> u64 {
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0)
}

fn explain(error: Errno) -> String {
    match error {
        Errno::NOENT | Errno::NODEV => "this system has none for memory and processes".to_owned(),
        Errno::ACCESS | Errno::PERM | Errno::ROFS => {
            "none may be made here; `systemd-run --user --scope snipcheck …` gives one that may"
                .to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn counters_are_read_in_either_form() {
        let one = "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n";
        let two = "low 0\nhigh 0\nmax 17\noom 2\noom_kill 1\noom_group_kill 0\n";
        assert_eq!((field(one, "oom_kill"), field(two, "oom_kill")), (3, 1));
        assert_eq!((field("max 5\n", "max"), field("", "max")), (5, 0));
    }
}
