//! Surroundings in which the program is started: as which user, and what the system refuses it.
//!
//! What default Docker and the runners of Ubuntu 24.04 refuse is emulated by a filter of system calls.

#![expect(unsafe_code, reason = "system calls between fork and exec")]

use libc::{c_int, c_long, sock_filter, sock_fprog};
use std::ffi::CString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{process, ptr};

/// An ordinary user, who need not have a name.
const TESTER: u32 = 12_345;
/// What the machine survives, should the jail not hold.
const OUTER_PROCESSES: &str = "2500";
const OUTER_TASKS: u64 = 2500;
const OUTER_MEMORY: &str = "8589934592";
const OUTER_FILE: u64 = 4 << 30;

/// Surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct World {
    pub(crate) user: User,
    pub(crate) refused: Refused,
}

/// As whom the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum User {
    /// As whoever runs the tests.
    Own,
    /// As an ordinary user; only root can do that.
    Ordinary,
}

/// What the system does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    Nothing,
    Namespaces,
    NamespacesAndLandlock,
}

impl World {
    /// Has `command` run there.
    pub(crate) fn enter(self, command: &mut Command, outer: &Outer) {
        let groups: Vec<c_int> = outer.joins.iter().map(AsRawFd::as_raw_fd).collect();
        let private = (self.user == User::Ordinary).then(Private::find);
        let private = private.flatten();
        let filter = self.filter();
        let work = move || {
            bound(&groups)?;
            if self.user == User::Ordinary {
                if let Some(private) = &private {
                    private.show()?;
                }
                become_ordinary()?;
            }
            if self.refused != Refused::Nothing {
                install(&filter)?;
            }
            Ok(())
        };
        // SAFETY: between fork and exec only system calls are made, with what was made ready before.
        unsafe { command.pre_exec(work) };
    }

    fn filter(self) -> Vec<sock_filter> {
        let eperm = c_int_to_answer(libc::EPERM);
        let enosys = c_int_to_answer(libc::ENOSYS);
        let mut code = vec![step(0x20, 0, 0, 0)];
        for call in [
            libc::SYS_unshare,
            libc::SYS_mount,
            libc::SYS_pivot_root,
            libc::SYS_setns,
        ] {
            refuse(&mut code, call, eperm);
        }
        refuse(&mut code, libc::SYS_clone3, enosys);
        if self.refused == Refused::NamespacesAndLandlock {
            for call in [
                libc::SYS_landlock_create_ruleset,
                libc::SYS_landlock_add_rule,
                libc::SYS_landlock_restrict_self,
            ] {
                refuse(&mut code, call, enosys);
            }
        }
        // Flags of `clone` that make namespaces.
        code.push(step(0x15, u32::try_from(libc::SYS_clone).unwrap(), 0, 3));
        code.push(step(0x20, 16, 0, 0));
        code.push(step(0x45, 0x7E02_0000, 0, 1));
        code.push(step(0x06, eperm, 0, 0));
        code.push(step(0x06, 0x7FFF_0000, 0, 0));
        code
    }
}

fn refuse(code: &mut Vec<sock_filter>, call: c_long, answer: u32) {
    code.push(step(0x15, u32::try_from(call).unwrap(), 0, 1));
    code.push(step(0x06, answer, 0, 0));
}

fn step(code: u16, k: u32, jt: u8, jf: u8) -> sock_filter {
    sock_filter { code, jt, jf, k }
}

fn c_int_to_answer(error: c_int) -> u32 {
    0x0005_0000 | error.unsigned_abs()
}

fn install(filter: &[sock_filter]) -> io::Result<()> {
    let program = sock_fprog {
        len: u16::try_from(filter.len()).unwrap(),
        filter: filter.as_ptr().cast_mut(),
    };
    // SAFETY: the program is as long as it says.
    unsafe {
        checked(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))?;
        checked(libc::prctl(libc::PR_SET_SECCOMP, 2, &raw const program))
    }
}

fn become_ordinary() -> io::Result<()> {
    // SAFETY: no pointers that are read: the list of groups is empty.
    unsafe {
        checked(libc::setgroups(0, ptr::null()))?;
        checked(libc::setresgid(TESTER, TESTER, TESTER))?;
        checked(libc::setresuid(TESTER, TESTER, TESTER))?;
        // A change of user hides what `/proc` shows of a process until it starts a program.
        checked(libc::prctl(libc::PR_SET_DUMPABLE, 1, 0, 0, 0))
    }
}

fn bound(groups: &[c_int]) -> io::Result<()> {
    let most = libc::rlimit {
        rlim_cur: OUTER_FILE,
        rlim_max: OUTER_FILE,
    };
    // SAFETY: the descriptors are open and the structure is whole.
    unsafe {
        for group in groups {
            if libc::write(*group, c"0".as_ptr().cast(), 1) < 0 {
                return Err(io::Error::last_os_error());
            }
        }
        checked(libc::setrlimit(libc::RLIMIT_FSIZE, &raw const most))?;
        let most = libc::rlimit {
            rlim_cur: OUTER_TASKS,
            rlim_max: OUTER_TASKS,
        };
        // For an ordinary user only.
        checked(libc::setrlimit(libc::RLIMIT_NPROC, &raw const most))
    }
}

fn checked(answer: c_int) -> io::Result<()> {
    if answer < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(())
    }
}

/// A Python in a private home folder, which an ordinary user could not read: shown in a mount namespace of the
/// program, as if it stood in a folder that everyone may enter.
struct Private {
    home: CString,
    python: CString,
    between: Vec<CString>,
}

impl Private {
    /// Where the linked interpreter is, when someone else may not go there.
    fn find() -> Option<Self> {
        let prefix = linked_python()?.parent()?.parent()?.to_owned();
        let home = prefix
            .ancestors()
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .find(|folder| {
                fs::metadata(folder).is_ok_and(|found| found.permissions().mode() & 0o001 == 0)
            })?;
        let mut between: Vec<&Path> = prefix
            .ancestors()
            .take_while(|folder| *folder != home)
            .collect();
        between.reverse();
        Some(Private {
            home: text(home),
            python: text(&prefix),
            between: between.into_iter().map(text).collect(),
        })
    }

    fn show(&self) -> io::Result<()> {
        let none: *const libc::c_char = ptr::null();
        // SAFETY: every pointer is null or a C string that outlives the call.
        unsafe {
            checked(libc::unshare(libc::CLONE_NEWNS))?;
            let private = libc::MS_REC | libc::MS_PRIVATE;
            checked(libc::mount(none, c"/".as_ptr(), none, private, ptr::null()))?;
            let tree = libc::syscall(
                libc::SYS_open_tree,
                -100,
                self.python.as_ptr(),
                1 | libc::O_CLOEXEC,
            );
            let tree = c_int::try_from(tree).unwrap_or(-1);
            checked(tree)?;
            let options: *const libc::c_void = c"mode=755".as_ptr().cast();
            checked(libc::mount(
                c"x".as_ptr(),
                self.home.as_ptr(),
                c"tmpfs".as_ptr(),
                0,
                options,
            ))?;
            for folder in &self.between {
                checked(libc::mkdir(folder.as_ptr(), 0o755))?;
            }
            let moved = libc::syscall(
                libc::SYS_move_mount,
                tree,
                c"".as_ptr(),
                -100,
                self.python.as_ptr(),
                4,
            );
            checked(c_int::try_from(moved).unwrap_or(-1))
        }
    }
}

/// The interpreter that the program is linked with, as it says itself.
fn linked_python() -> Option<PathBuf> {
    let mut doctor = Command::new(env!("CARGO_BIN_EXE_snipcheck"));
    let output = doctor
        .args(["doctor", "--format", "json"])
        .output()
        .unwrap();
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    findings["embedded"]["path"].as_str().map(PathBuf::from)
}

fn text(path: &Path) -> CString {
    CString::new(path.as_os_str().as_bytes()).unwrap()
}

/// A control group around everything, where one can be made, so that the machine survives a jail that fails.
pub(crate) struct Outer {
    folders: Vec<PathBuf>,
    joins: Vec<File>,
}

impl Outer {
    pub(crate) fn new() -> Self {
        // Tests run beside each other.
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut outer = Outer {
            folders: Vec::new(),
            joins: Vec::new(),
        };
        for (controller, file, most) in [
            ("pids", "pids.max", OUTER_PROCESSES),
            ("memory", "memory.limit_in_bytes", OUTER_MEMORY),
            ("cpuacct", "notify_on_release", "0"),
        ] {
            let Some(folder) = group(controller, number) else {
                continue;
            };
            if fs::create_dir(&folder).is_ok() {
                fs::write(folder.join(file), most).unwrap();
                let join = OpenOptions::new().write(true).open(folder.join("tasks"));
                outer.joins.push(join.unwrap());
                outer.folders.push(folder);
            }
        }
        if outer.folders.is_empty() {
            eprintln!("NOTE: no control group can be made here: nothing bounds a jail that fails");
        }
        outer
    }

    /// Groups that were made inside, and processes that are still in it.
    pub(crate) fn left(&self) -> Vec<String> {
        let mut left = Vec::new();
        for folder in &self.folders {
            let entries = fs::read_dir(folder).unwrap().flatten();
            let folders = entries.filter(|entry| entry.path().is_dir());
            left.extend(folders.map(|entry| entry.path().display().to_string()));
            let tasks = fs::read_to_string(folder.join("tasks")).unwrap();
            left.extend(tasks.lines().map(|task| format!("process {task}")));
        }
        left
    }

    /// How many processes are in it.
    pub(crate) fn processes(&self) -> usize {
        self.folders
            .first()
            .map_or(0, |folder| tasks_below(folder).len())
    }

    /// Ends whatever is in it, again and again while something is started there.
    pub(crate) fn kill(&self) {
        let Some(folder) = self.folders.first() else {
            return;
        };
        for _ in 0..1000 {
            let tasks = tasks_below(folder);
            if tasks.is_empty() {
                return;
            }
            for task in tasks {
                // SAFETY: the process is in our own group, so it is one that the test has started.
                unsafe { libc::kill(task, libc::SIGKILL) };
            }
        }
    }
}

impl Drop for Outer {
    fn drop(&mut self) {
        for folder in &self.folders {
            fs::remove_dir(folder).ok();
        }
    }
}

/// Processes in a group and in those below it.
fn tasks_below(folder: &Path) -> Vec<libc::pid_t> {
    let own = fs::read_to_string(folder.join("tasks")).unwrap_or_default();
    let mut found: Vec<_> = own.lines().map(|task| task.parse().unwrap()).collect();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(tasks_below(&entry.path()));
        }
    }
    found
}

/// A group of our own in the hierarchy of version 1 with this controller.
fn group(controller: &str, number: u32) -> Option<PathBuf> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    let path = groups.lines().find_map(|line| {
        let (_, rest) = line.split_once(':')?;
        rest.strip_prefix(controller)?.strip_prefix(":/")
    })?;
    let name = format!("snipcheck-hostile-{}-{number}", process::id());
    let folder = Path::new("/sys/fs/cgroup").join(controller).join(path);
    folder.is_dir().then(|| folder.join(name))
}

/// Makes this process the parent of whatever is left of what it starts.
pub(crate) fn adopt() {
    // SAFETY: no pointers are passed.
    unsafe { libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) };
}

pub(crate) fn is_root() -> bool {
    // SAFETY: no preconditions.
    unsafe { libc::geteuid() == 0 }
}
