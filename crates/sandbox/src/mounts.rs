//! A file system of its own: what may be read, read-only, and throw-away memory to write to.
//!
//! Whatever else the machine has is not there at all: other people's files, and the sockets of programs that
//! would do things for whoever asks, which no rule for files covers.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use crate::visible::{DEVICES, SYSTEM};
use rustix::io::Errno;
use std::cell::Cell;
use std::ffi::{CStr, CString};
use std::fs::{self, DirBuilder, File};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, symlink};
use std::path::{Component, Path, PathBuf};

/// Folders that are memory of their own for each prisoner: where it works, and where processes share memory.
pub(crate) const SCRATCH: [&CStr; 2] = [c"/tmp", c"/dev/shm"];

/// As much as most prisoners leave: files that are taken away one by one.
const FEW_FILES: usize = 16;

/// Where the new file system is put together: a folder that every system has.
const BUILDING_SITE: &CStr = c"/tmp";

/// From this kernel on, the highest process number belongs to a pid namespace and not to the machine.
const OWN_PID_MAX: (u32, u32) = (6, 14);

/// Processes and threads that may exist at once in the jail, whatever else limits them.
const MOST_PROCESSES: &str = "2048";

/// Symbolic links to follow before a path is given up.
const MOST_LINKS: usize = 40;

/// The mounts of a jail, and what became of the parts that may fail without making the rest worthless.
#[derive(Debug)]
pub(crate) struct Mounts {
    /// Whether `/proc` shows the jail's processes only.
    pub(crate) own_proc: bool,
    /// What lies below a scratch folder and must stay reachable there.
    kept: Vec<(PathBuf, OwnedFd)>,
    /// What is mounted at each of [`SCRATCH`].
    scratch: [Cell<Option<Scratch>>; 2],
}

/// Scratch memory as it was when it was new.
#[derive(Debug, Clone, Copy)]
struct Scratch {
    /// Bytes and files.
    room: (u64, u64),
    state: Option<State>,
}

/// What somebody else may have made of an empty folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    mode: u32,
    owner: (u32, u32),
    attributes: usize,
}

impl Mounts {
    /// Moves this process, in a mount namespace of its own, to a new root that shows `readable` and what any
    /// program needs.
    pub(crate) fn close_up(readable: &[PathBuf]) -> Result<Self, JailError> {
        mount(c"none", c"/", None, libc::MS_REC | libc::MS_PRIVATE, None)?;
        // Copies are taken first: one may lie below the building site.
        let wanted = SYSTEM.iter().chain(&DEVICES).map(PathBuf::from);
        let mut pieces = Pieces::default();
        for path in wanted.chain(readable.iter().cloned()) {
            pieces.take(&path, MOST_LINKS);
        }
        let old_proc = clone_tree(libc::AT_FDCWD, Path::new("/proc"));
        let options = c"mode=111,size=4m,nr_inodes=16384";
        mount(
            c"tmpfs",
            BUILDING_SITE,
            Some(c"tmpfs"),
            libc::MS_NOSUID,
            Some(options),
        )?;
        let built = pieces.build(old_proc.as_ref());
        if built.is_err() {
            // SAFETY: a valid C string; what was mounted above is taken away again, with all below it.
            unsafe { libc::umount2(BUILDING_SITE.as_ptr(), libc::MNT_DETACH) };
        }
        let own_proc = built?;
        Ok(Mounts {
            own_proc,
            kept: pieces.below_scratch(),
            scratch: [const { Cell::new(None) }; 2],
        })
    }

    /// Gives each scratch folder empty memory, for so many bytes and files.
    pub(crate) fn fresh_scratch(&self, bytes: u64, files: u64) -> Result<(), JailError> {
        let room = (bytes, files);
        let options = format!("mode=1777,size={bytes},nr_inodes={files}");
        let options = CString::new(options).map_err(|error| refused(error.into()))?;
        for (folder, scratch) in SCRATCH.into_iter().zip(&self.scratch) {
            if scratch.get().is_some_and(|found| found.room == room) {
                continue;
            }
            Self::give_back(folder, scratch);
            let flags = libc::MS_NOSUID | libc::MS_NODEV;
            mount(c"tmpfs", folder, Some(c"tmpfs"), flags, Some(&options))?;
            let state = State::of(as_path(folder)).ok();
            scratch.set(Some(Scratch { room, state }));
        }
        for (path, tree) in &self.kept {
            if let Some(copy) = clone_tree(tree.as_raw_fd(), Path::new("")) {
                place(&copy, path)?;
            }
        }
        Ok(())
    }

    /// Empties what [`Mounts::fresh_scratch`] gave, or lets go of it; there are no processes any more that use it.
    ///
    /// To unmount waits for all processors, so little is taken away piece by piece.
    pub(crate) fn drop_scratch(&self) {
        for (folder, scratch) in SCRATCH.into_iter().zip(&self.scratch) {
            let before = scratch.get().and_then(|scratch| scratch.state);
            let as_new = || {
                let path = as_path(folder);
                clear(path, &mut { FEW_FILES })?;
                Ok::<_, std::io::Error>(State::of(path).ok() == before)
            };
            let can_stay = self.kept.is_empty() && before.is_some();
            if !can_stay || !as_new().unwrap_or(false) {
                Self::give_back(folder, scratch);
            }
        }
    }

    fn give_back(folder: &CStr, scratch: &Cell<Option<Scratch>>) {
        if scratch.take().is_some() {
            // SAFETY: a valid C string.
            unsafe { libc::umount2(folder.as_ptr(), libc::MNT_DETACH) };
        }
    }
}

impl State {
    fn of(folder: &Path) -> std::io::Result<State> {
        let found = fs::metadata(folder)?;
        let mut names = [0; 256];
        Ok(State {
            mode: found.mode(),
            owner: (found.uid(), found.gid()),
            attributes: rustix::fs::listxattr(folder, &mut names).or_else(|error| match error {
                Errno::OPNOTSUPP => Ok(0),
                other => Err(other),
            })?,
        })
    }
}

/// Takes away all that a folder holds, when it is not more than `files`.
fn clear(folder: &Path, files: &mut usize) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        *files = files.checked_sub(1).ok_or(Errno::NOTEMPTY)?;
        let path = entry.path();
        if !entry.file_type()?.is_dir() {
            fs::remove_file(path)?;
        } else if fs::remove_dir(&path).is_err() {
            clear(&path, files)?;
            fs::remove_dir(path)?;
        }
    }
    Ok(())
}

/// Copies of what is to be seen, and the symbolic links that lead there.
#[derive(Default)]
struct Pieces {
    trees: Vec<(PathBuf, OwnedFd)>,
    links: Vec<(PathBuf, PathBuf)>,
}

impl Pieces {
    /// Takes what `path` leads to, and every symbolic link on the way.
    fn take(&mut self, path: &Path, links_left: usize) {
        let mut walked = PathBuf::from("/");
        let mut rest = path.components();
        while let Some(part) = rest.next() {
            let Component::Normal(name) = part else {
                continue;
            };
            walked.push(name);
            let Ok(target) = fs::read_link(&walked) else {
                continue;
            };
            if !self.links.iter().any(|(link, _)| *link == walked) {
                self.links.push((walked.clone(), target.clone()));
            }
            let folder = walked.parent().unwrap_or(Path::new("/"));
            let next = lexical(&folder.join(target)).join(rest.as_path());
            if links_left > 0 {
                self.take(&next, links_left - 1);
            }
            return;
        }
        let seen = self
            .trees
            .iter()
            .any(|(taken, _)| walked.starts_with(taken));
        if !seen && let Some(tree) = clone_tree(libc::AT_FDCWD, &walked) {
            self.trees.push((walked, tree));
        }
    }

    /// Puts the pieces together at the building site and makes it the root. Whether `/proc` is the jail's own.
    fn build(&self, old_proc: Option<&OwnedFd>) -> Result<bool, JailError> {
        let site = as_path(BUILDING_SITE);
        let at = |path: &Path| site.join(path.strip_prefix("/").unwrap_or(path));
        for folder in ["/proc", "/tmp", "/dev/shm"] {
            make_way(&at(Path::new(folder)))?;
        }
        for (path, tree) in &self.trees {
            if scratch_above(path).is_none() {
                place(tree, &at(path))?;
            } else if let Some(copy) = clone_tree(tree.as_raw_fd(), Path::new("")) {
                // For this process itself: scratch memory, which hides it, has a copy of its own.
                place(&copy, &at(path))?;
            }
        }
        for (link, target) in self
            .links
            .iter()
            .filter(|(link, _)| scratch_above(link).is_none())
        {
            let link = at(link);
            if let Some(folder) = link.parent() {
                make_way(folder)?;
            }
            // Inside a piece it is there already, and cannot be made.
            symlink(target, &link).ok();
        }
        for (name, target) in [
            ("fd", ""),
            ("stdin", "/0"),
            ("stdout", "/1"),
            ("stderr", "/2"),
        ] {
            symlink(
                format!("/proc/self/fd{target}"),
                site.join("dev").join(name),
            )
            .map_err(refused)?;
        }
        let quiet = libc::MS_NOSUID | libc::MS_NODEV | libc::MS_NOEXEC;
        let proc = at(Path::new("/proc"));
        let own_proc = mount(c"proc", &c_path(&proc)?, Some(c"proc"), quiet, None).is_ok();
        if !own_proc && let Some(old) = old_proc {
            move_tree(old, &proc)?;
        }
        if own_proc && pid_max_is_ours() {
            // Only a bound for what happens between two looks, where no control group counts.
            fs::write(proc.join("sys/kernel/pid_max"), MOST_PROCESSES).ok();
        }
        read_only(BUILDING_SITE)?;
        make_root(BUILDING_SITE)?;
        Ok(own_proc)
    }

    /// The pieces that scratch memory would hide.
    fn below_scratch(self) -> Vec<(PathBuf, OwnedFd)> {
        let mut pieces = self.trees;
        pieces.retain(|(path, _)| scratch_above(path).is_some());
        for (_, tree) in &pieces {
            // They are not below the new root yet, so its being read-only does not reach them.
            read_only_tree(tree).ok();
        }
        pieces
    }
}

/// The scratch folder that a path lies in.
fn scratch_above(path: &Path) -> Option<&'static CStr> {
    SCRATCH
        .into_iter()
        .find(|folder| path.starts_with(as_path(folder)))
}

/// Makes a folder and those above it. They lead to what may be read, and tell nothing themselves: whoever has no
/// privileges cannot list them.
fn make_way(folder: &Path) -> Result<(), JailError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o111)
        .create(folder)
        .map_err(refused)
}

/// Puts a copy at `path`, on a folder or a file that is made for it.
fn place(tree: &OwnedFd, path: &Path) -> Result<(), JailError> {
    if let Some(folder) = path.parent() {
        make_way(folder)?;
    }
    let is_folder = fs::metadata(format!("/proc/self/fd/{}", tree.as_raw_fd()))
        .is_ok_and(|found| found.is_dir());
    if is_folder {
        make_way(path)?;
    } else {
        File::create(path).map_err(refused)?;
    }
    move_tree(tree, path)
}

/// `path` without `..` and `.`, as far as can be told without looking.
fn lexical(path: &Path) -> PathBuf {
    let mut made = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                made.pop();
            }
            Component::CurDir => {}
            other => made.push(other),
        }
    }
    made
}

fn refused(source: std::io::Error) -> JailError {
    JailError::Refused {
        step: "build a file system",
        source,
    }
}

fn as_path(folder: &'static CStr) -> &'static Path {
    Path::new(std::ffi::OsStr::from_bytes(folder.to_bytes()))
}

fn c_path(path: &Path) -> Result<CString, JailError> {
    CString::new(path.as_os_str().as_bytes()).map_err(|error| refused(error.into()))
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

/// Makes the mount at `site` the root of this process and lets go of the old one.
fn make_root(site: &CStr) -> Result<(), JailError> {
    // SAFETY: valid C strings. With both paths the same, the old root ends up below the new one's own mount point
    // (pivot_root(2)), from where it is taken away.
    unsafe {
        checked("go to the new root", libc::chdir(site.as_ptr()))?;
        let answer = libc::syscall(libc::SYS_pivot_root, c".".as_ptr(), c".".as_ptr());
        if answer < 0 {
            return Err(JailError::last("change the root"));
        }
        checked(
            "let go of the old root",
            libc::umount2(c".".as_ptr(), libc::MNT_DETACH),
        )?;
        checked("go to the root", libc::chdir(c"/".as_ptr()))?;
    }
    Ok(())
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
    set_read_only(libc::AT_FDCWD, path)
}

/// The same for a copy that is mounted nowhere.
fn read_only_tree(tree: &OwnedFd) -> Result<(), JailError> {
    set_read_only(tree.as_raw_fd(), c"")
}

fn set_read_only(folder: libc::c_int, path: &CStr) -> Result<(), JailError> {
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
            folder,
            path.as_ptr(),
            libc::AT_RECURSIVE | libc::AT_EMPTY_PATH,
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

fn move_tree(tree: &OwnedFd, path: &Path) -> Result<(), JailError> {
    const MOVE_MOUNT_F_EMPTY_PATH: libc::c_int = 4;
    let path = c_path(path)?;
    // SAFETY: both paths are valid C strings, and the copy is held by the caller.
    let answer = unsafe {
        libc::syscall(
            libc::SYS_move_mount,
            tree.as_raw_fd(),
            c"".as_ptr(),
            libc::AT_FDCWD,
            path.as_ptr(),
            MOVE_MOUNT_F_EMPTY_PATH,
        )
    };
    if answer < 0 {
        return Err(JailError::last("put a part of the file system in place"));
    }
    Ok(())
}

/// Whether writing the highest process number changes this namespace only.
fn pid_max_is_ours() -> bool {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut parts = release
        .split(['.', '-'])
        .map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= OWN_PID_MAX
}

#[cfg(test)]
mod tests {
    use super::lexical;
    use std::path::Path;

    #[test]
    fn paths_without_detours() {
        for (path, plain) in [("/a/../b", "/b"), ("/a/./b/c/..", "/a/b"), ("/..", "/")] {
            assert_eq!(lexical(Path::new(path)), Path::new(plain));
        }
    }
}
