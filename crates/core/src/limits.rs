//! What one snippet may use, and the names under which a person says so.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What one snippet may use. Zero is never "no limit".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Wall-clock time.
    pub timeout: Duration,
    /// Processor time of all its processes together; nothing when it goes by the wall-clock time.
    pub cpu: Option<Duration>,
    /// Bytes of memory that each process may allocate, and that all may occupy together.
    pub memory_bytes: u64,
    /// Processes and threads at a time.
    pub processes: u64,
    /// Open files of each process.
    pub open_files: u64,
    /// Bytes that its files may take, and that one file may have.
    pub disk_bytes: u64,
    /// Bytes of stdout, and as many of stderr.
    pub output_bytes: u64,
}

impl Default for Limits {
    /// What any honest example does with room to spare: a few hundred threads, a gigabyte at once.
    fn default() -> Self {
        Limits {
            timeout: Duration::from_secs(10),
            cpu: None,
            memory_bytes: 2 << 30,
            processes: 512,
            open_files: 1024,
            disk_bytes: 512 << 20,
            output_bytes: 1 << 20,
        }
    }
}

impl Limits {
    /// Processor time for each second of wall-clock time, where nothing else is said: four busy processes.
    const BUSY: u32 = 4;

    /// Processor time of all processes together.
    pub fn cpu_time(&self) -> Duration {
        self.cpu.unwrap_or(self.timeout * Limits::BUSY)
    }
}

/// A limit by its name: the same as an option, as a key of the configuration and in a guide's directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// See [`Limits::timeout`].
    Timeout,
    /// See [`Limits::cpu`].
    Cpu,
    /// See [`Limits::memory_bytes`].
    Memory,
    /// See [`Limits::processes`].
    Processes,
    /// See [`Limits::open_files`].
    OpenFiles,
    /// See [`Limits::disk_bytes`].
    Disk,
    /// See [`Limits::output_bytes`].
    Output,
}

impl Limit {
    /// All of them.
    pub const ALL: [Limit; 7] = [
        Limit::Timeout,
        Limit::Cpu,
        Limit::Memory,
        Limit::Processes,
        Limit::OpenFiles,
        Limit::Disk,
        Limit::Output,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Limit::Timeout => "timeout",
            Limit::Cpu => "cpu",
            Limit::Memory => "memory",
            Limit::Processes => "processes",
            Limit::OpenFiles => "open-files",
            Limit::Disk => "disk",
            Limit::Output => "output",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Limit> {
        Limit::ALL.into_iter().find(|limit| limit.name() == name)
    }
}

/// A number of bytes as people write it: in the largest unit that it is a whole number of.
pub fn size(bytes: u64) -> String {
    [("GiB", 30), ("MiB", 20), ("KiB", 10)]
        .into_iter()
        .find(|(_, shift)| bytes > 0 && bytes.trailing_zeros() >= *shift)
        .map_or_else(
            || format!("{bytes} bytes"),
            |(unit, shift)| format!("{} {unit}", bytes >> shift),
        )
}

#[cfg(test)]
mod tests {
    use super::{Limit, size};

    #[test]
    fn sizes_as_people_write_them() {
        for (bytes, text) in [
            (2 << 30, "2 GiB"),
            (1536 << 20, "1536 MiB"),
            (1 << 10, "1 KiB"),
            (1_000_000, "1000000 bytes"),
            (0, "0 bytes"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn names_lead_back_to_their_limits() {
        for limit in Limit::ALL {
            assert_eq!(Limit::named(limit.name()), Some(limit));
        }
        assert_eq!(Limit::named("mem"), None);
    }
}
