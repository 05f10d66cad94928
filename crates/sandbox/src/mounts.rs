//! A file system that cannot be written to, but for throw-away memory.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use std::ffi::{CStr, CString};
use std::fs;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Folders that are memory of their own for each prisoner.
const SCRATCH: [(&CStr, &CStr); 2] = [
    (c"/tmp", c"mode=1777,size=512m,nr_inodes=65536"),
    (c"/dev/shm", c"mode=1777,size=256m,nr_inodes=4096"),
];

/// From this kernel on, the highest process number belongs to a pid namespace and not to the machine.
const OWN_PID_MAX: (u32, u32) = (6, 14);

/// Processes and threads that may exist at once in the jail.
const MOST_PROCESSES: &str = "4096";

/// The mounts of a jail, and what became of the parts that may fail without making the rest worthless.
#[derive(Debug)]
pub(crate) struct Mounts {
    /// Whether `/proc` shows the jail's processes only.
    pub(crate) own_proc: bool,
    /// Whether the number of processes is limited by the namespace.
    pub(crate) process_limit: bool,
    /// What lies below a scratch folder and must stay reachable there.
    kept: Vec<(PathBuf, OwnedFd)>,
}

impl Mounts {
    /// Makes everything read-only, in a mount namespace of our own. Folders of `keep` stay reachable.
    pub(crate) fn close_up(keep: &[PathBuf]) -> Result<Self, JailError> {
        mount(c"none", c"/", None, libc::MS_REC | libc::MS_PRIVATE, None)?;
        let quiet = libc::MS_NOSUID | libc::MS_NODEV | libc::MS_NOEXEC;
        let own_proc = mount(c"proc", c"/proc", Some(c"proc"), quiet, None).is_ok();
        let process_limit = own_proc
            && pid_max_is_ours()
            && fs::write("/proc/sys/kernel/pid_max", MOST_PROCESSES).is_ok();
        read_only(c"/")?;
        let below = |path: &&PathBuf| {
            SCRATCH
                .iter()
                .any(|(folder, _)| path.starts_with(as_path(folder)))
        };
        let kept = keep
            .iter()
            .filter(below)
            .filter_map(|path| Some((path.clone(), clone_tree(libc::AT_FDCWD, path)?)))
            .collect();
        Ok(Mounts {
            own_proc,
            process_limit,
            kept,
        })
    }

    /// Gives each scratch folder new, empty memory.
    pub(crate) fn fresh_scratch(&self) -> Result<(), JailError> {
        for (folder, options) in SCRATCH {
            if as_path(folder).is_dir() {
                let flags = libc::MS_NOSUID | libc::MS_NODEV;
                mount(c"tmpfs", folder, Some(c"tmpfs"), flags, Some(options))?;
            }
        }
        for (path, tree) in &self.kept {
            if fs::create_dir_all(path).is_ok()
                && let Some(copy) = clone_tree(tree.as_raw_fd(), Path::new(""))
            {
                move_tree(&copy, path);
            }
        }
        Ok(())
    }

    /// Lets go of what [`Mounts::fresh_scratch`] gave, with everything in it.
    pub(crate) fn drop_scratch() {
        for (folder, _) in SCRATCH {
            // SAFETY: a valid C string; a folder on which nothing is mounted is an error that changes nothing.
            unsafe { libc::umount2(folder.as_ptr(), libc::MNT_DETACH) };
        }
    }
}

fn as_path(folder: &'static CStr) -> &'static Path {
    Path::new(std::ffi::OsStr::from_bytes(folder.to_bytes()))
}

fn mount(
    source: &CStr,
    target: &CStr,
    kind: Option<&CStr>,
    flags: libc::c_ulong,
    options: Option<&CStr>,
) -> Result<(), JailError> {
    let kind = kind.map_or(std::ptr::null(), CStr::as_ptr);
    let options = options.map_or(std::ptr::null(), |text| text.as_ptr().cast());
    // SAFETY: every pointer is null or a C string that outlives the call.
    let answer = unsafe { libc::mount(source.as_ptr(), target.as_ptr(), kind, flags, options) };
    checked("mount", answer).map(|_| ())
}

/// `struct mount_attr` of `mount_setattr(2)`, which libc does not have everywhere.
#[repr(C)]
struct MountAttributes {
    set: u64,
    clear: u64,
    propagation: u64,
    user_namespace: u64,
}

/// Takes the right to write from every mount below `path`.
fn read_only(path: &CStr) -> Result<(), JailError> {
    const RDONLY: u64 = 1;
    const NOSUID: u64 = 2;
    let attributes = MountAttributes {
        set: RDONLY | NOSUID,
        clear: 0,
        propagation: 0,
        user_namespace: 0,
    };
    // SAFETY: `attributes` is a whole `mount_attr` of the size that is passed.
    let answer = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            libc::AT_FDCWD,
            path.as_ptr(),
            libc::AT_RECURSIVE,
            &raw const attributes,
            size_of::<MountAttributes>(),
        )
    };
    if answer < 0 {
        return Err(JailError::last("make the file system read-only"));
    }
    Ok(())
}

/// A detached copy of the mounts at `path` below `folder` (at the folder itself for an empty path).
fn clone_tree(folder: libc::c_int, path: &Path) -> Option<OwnedFd> {
    const OPEN_TREE_CLONE: libc::c_int = 1;
    let path = CString::new(path.as_os_str().as_bytes()).ok()?;
    let flags = OPEN_TREE_CLONE | libc::AT_RECURSIVE | libc::O_CLOEXEC | libc::AT_EMPTY_PATH;
    // SAFETY: a valid C string and a descriptor that the caller holds.
    let tree = unsafe { libc::syscall(libc::SYS_open_tree, folder, path.as_ptr(), flags) };
    let tree = libc::c_int::try_from(tree).ok().filter(|tree| *tree >= 0)?;
    // SAFETY: the kernel just gave it, and nobody else has it.
    Some(unsafe { OwnedFd::from_raw_fd(tree) })
}

fn move_tree(tree: &OwnedFd, path: &Path) {
    const MOVE_MOUNT_F_EMPTY_PATH: libc::c_int = 4;
    if let Ok(path) = CString::new(path.as_os_str().as_bytes()) {
        // SAFETY: both paths are valid C strings; a failure leaves the folder empty, which shows at once.
        unsafe {
            libc::syscall(
                libc::SYS_move_mount,
                tree.as_raw_fd(),
                c"".as_ptr(),
                libc::AT_FDCWD,
                path.as_ptr(),
                MOVE_MOUNT_F_EMPTY_PATH,
            )
        };
    }
}

/// Whether writing the highest process number changes this namespace only.
fn pid_max_is_ours() -> bool {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut parts = release
        .split(['.', '-'])
        .map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= OWN_PID_MAX
}
