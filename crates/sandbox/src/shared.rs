//! Shared memory with a name, where prisoners have no `/dev/shm` of their own: what one leaves there is removed.
//!
//! The user's other programs use the same folder, so only what is certainly left over goes: files of the
//! prisoner's user that appeared while it ran, and that no process has open or mapped.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, DirEntry};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

const FOLDER: &str = "/dev/shm";

/// What was there before a prisoner.
#[derive(Debug)]
pub(crate) struct Before(HashSet<OsString>);

impl Before {
    pub(crate) fn look() -> Self {
        Before(entries().map(|entry| entry.file_name()).collect())
    }

    /// Removes what came since, and belongs to `user`.
    pub(crate) fn restore(&self, user: u32) {
        let left: Vec<PathBuf> = entries()
            .filter(|entry| !self.0.contains(&entry.file_name()))
            .filter(|entry| {
                entry
                    .metadata()
                    .is_ok_and(|found| found.uid() == user && found.is_file())
            })
            .map(|entry| entry.path())
            .collect();
        if left.is_empty() {
            return;
        }
        let in_use = in_use();
        for path in left.iter().filter(|path| !in_use.contains(*path)) {
            // Its owner may have removed it meanwhile.
            fs::remove_file(path).ok();
        }
    }
}

fn entries() -> impl Iterator<Item = DirEntry> {
    fs::read_dir(FOLDER).into_iter().flatten().flatten()
}

/// What in the folder any process has open or mapped, as far as we may know; a process that may not be asked is
/// not the prisoner's user.
fn in_use() -> HashSet<PathBuf> {
    let mut used = HashSet::new();
    for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let maps = fs::read_to_string(process.path().join("maps")).unwrap_or_default();
        used.extend(
            maps.lines()
                .filter_map(|line| line.find(FOLDER).map(|at| PathBuf::from(&line[at..]))),
        );
        let open = fs::read_dir(process.path().join("fd"));
        used.extend(
            open.into_iter()
                .flatten()
                .flatten()
                .filter_map(|descriptor| fs::read_link(descriptor.path()).ok())
                .filter(|path| path.starts_with(Path::new(FOLDER))),
        );
    }
    used
}
