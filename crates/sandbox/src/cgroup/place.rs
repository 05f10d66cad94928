//! Where this process is in the hierarchies of control groups (cgroups(7), proc(5) on `mountinfo`).

use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use std::fs;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// A group in which others may be made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place(PathBuf);

impl Place {
    pub(super) fn open(&self) -> Result<OwnedFd, Errno> {
        let how = OFlags::DIRECTORY | OFlags::CLOEXEC;
        open(&self.0, how, Mode::empty())
    }

    /// Lets the groups below have controllers.
    pub(super) fn pass_on(&self, controllers: &str) -> std::io::Result<()> {
        fs::write(self.0.join("cgroup.subtree_control"), controllers)
    }
}

/// The group of version 2 that this process is in, and the one above: a group with processes passes nothing on.
pub(super) fn unified() -> Result<Vec<Place>, ()> {
    let (groups, mounts) = read();
    let own = find(&groups, &mounts, None).ok_or(())?;
    let above = own.0.parent().map(|path| Place(path.to_owned()));
    Ok(std::iter::once(own).chain(above).collect())
}

/// The group of version 1 with this controller.
pub(super) fn of(controller: &str) -> Result<Place, Errno> {
    let (groups, mounts) = read();
    find(&groups, &mounts, Some(controller)).ok_or(Errno::NOENT)
}

fn read() -> (String, String) {
    let text = |name: &str| fs::read_to_string(name).unwrap_or_default();
    (text("/proc/self/cgroup"), text("/proc/self/mountinfo"))
}

/// Finds the group in `groups` (a line `number:controllers:path` for each hierarchy, without controllers for
/// version 2) and where its hierarchy is mounted.
fn find(groups: &str, mounts: &str, controller: Option<&str>) -> Option<Place> {
    let path = groups.lines().find_map(|line| {
        let (_, rest) = line.split_once(':')?;
        let (names, path) = rest.split_once(':')?;
        let is_it = match controller {
            Some(name) => names.split(',').any(|one| one == name),
            None => names.is_empty(),
        };
        is_it.then(|| Path::new(path))
    })?;
    mounts.lines().find_map(|line| {
        let (place, source) = line.split_once(" - ")?;
        let mut source = source.split(' ');
        let kind = source.next()?;
        let options = source.nth(1)?;
        let is_it = match controller {
            Some(name) => kind == "cgroup" && options.split(',').any(|one| one == name),
            None => kind == "cgroup2",
        };
        let mut place = place.split(' ').skip(3);
        let (root, point) = (place.next()?, place.next()?);
        let below = path.strip_prefix(root).ok()?;
        is_it.then(|| Place(Path::new(point).join(below)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: &str = "5:cpu,cpuacct:/a\n4:memory:/jobs/7\n0::/user/me.scope\n";
    const MOUNTS: &str = "\
        30 24 0:26 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory\n\
        31 24 0:27 /a /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n\
        32 24 0:28 / /sys/fs/cgroup/unified rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";

    #[test]
    fn places_are_found_in_each_hierarchy() {
        for (controller, place) in [
            (Some("memory"), Some("/sys/fs/cgroup/memory/jobs/7")),
            (Some("cpuacct"), Some("/sys/fs/cgroup/cpu/")),
            (None, Some("/sys/fs/cgroup/unified/user/me.scope")),
            (Some("pids"), None),
        ] {
            let found = find(GROUPS, MOUNTS, controller);
            assert_eq!(
                found,
                place.map(|path| Place(path.into())),
                "{controller:?}"
            );
        }
    }
}
