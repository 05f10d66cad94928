//! The jail of a slot, and one prisoner at a time in it.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use crate::files::{self, Enforced, Network};
use crate::layers::{self, Found};
use crate::limits;
use crate::mounts::Mounts;
use crate::namespaces;
use crate::stop;
use crate::tree::Reach;
use landlock::RulesetCreated;
use rustix::pipe::{PipeFlags, pipe_with};
use snipcheck_core::{Limits, SandboxInfo};
use std::fs::{self, DirBuilder};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The descriptor on which a prisoner reports: out of the way of programs that close everything they do not know.
pub const RESULTS_DESCRIPTOR: i32 = 1000;

/// Where prisoners work when scratch memory is mounted.
const SCRATCH: &str = "/tmp";

/// What a jail is to be like.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Folders and files that may be read, besides the system's own programs and libraries.
    pub readable: Vec<PathBuf>,
    /// An empty folder for the prisoners' files, used where no scratch memory can be mounted.
    pub folder: PathBuf,
}

/// Walls around whatever this process starts.
#[derive(Debug)]
pub struct Jail {
    spec: Spec,
    found: Found,
    mounts: Option<Mounts>,
    reach: Reach,
}

/// A process in the jail.
#[derive(Debug)]
pub struct Prisoner<'a> {
    pub(crate) jail: &'a Jail,
    pub(crate) folder: PathBuf,
    pub(crate) pid: libc::pid_t,
    pub(crate) stdout: OwnedFd,
    pub(crate) stderr: OwnedFd,
    pub(crate) results: OwnedFd,
    pub(crate) started: Instant,
}

impl Jail {
    /// Builds the walls around this process. To be called once, before there are threads or secrets in it.
    ///
    /// Where there are namespaces, the caller goes on as their first process, and the process that was called
    /// waits for it and ends with it.
    pub fn enter(spec: Spec) -> Result<Self, JailError> {
        // A prisoner that eats all memory is to be found by the kernel before anything of the user's is.
        fs::write("/proc/self/oom_score_adj", "500").ok();
        let files = aside(files::try_out, Enforced::Not);
        let works = aside(|| namespaces::enter().is_ok(), false);
        let mut found = Found {
            namespaces: Ok(()),
            mounts: Err("there are no namespaces".to_owned()),
            own_proc: false,
            process_limit: false,
            loopback: false,
            files,
        };
        let mut mounts = None;
        let reach = if works {
            // Scratch memory takes its place; removed now, it cannot be left behind.
            fs::remove_dir(&spec.folder).ok();
            namespaces::enter()?;
            found.loopback = namespaces::loopback_up().is_ok();
            match Mounts::close_up(&spec.readable) {
                Ok(made) => {
                    found.own_proc = made.own_proc;
                    found.process_limit = made.process_limit;
                    found.mounts = Ok(());
                    mounts = Some(made);
                }
                Err(error) => found.mounts = Err(explain(&error)),
            }
            Reach::Namespace
        } else {
            found.namespaces = Err("this system does not allow namespaces".to_owned());
            // SAFETY: no pointers are passed.
            checked("become a subreaper", unsafe {
                libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            })?;
            // In a namespace the kernel ends the prisoners of a slot that is told to go; here that is our work.
            stop::on_request();
            Reach::Descendants
        };
        limits::empty_bounding_set();
        Ok(Jail {
            spec,
            found,
            mounts,
            reach,
        })
    }

    /// What protects, and how well.
    pub fn info(&self) -> SandboxInfo {
        layers::describe(&self.found)
    }

    pub(crate) fn reach(&self) -> Reach {
        self.reach
    }

    /// Forks a process into a fresh folder.
    ///
    /// `prepare` may put files into the folder; `work` is what the new process does there with stdin empty,
    /// stdout and stderr watched, and [`RESULTS_DESCRIPTOR`] for what it has to tell; it returns an exit code.
    pub fn start(
        &self,
        limits: &Limits,
        prepare: impl FnOnce(&Path) -> io::Result<()>,
        work: impl FnOnce(&Path) -> i32,
    ) -> Result<Prisoner<'_>, JailError> {
        let folder = self.fresh_folder()?;
        prepare(&folder).map_err(|source| JailError::Refused {
            step: "write the files of the snippet",
            source,
        })?;
        let rules = match self.found.files {
            Enforced::Not => None,
            Enforced::Fully | Enforced::Partly => Some(self.rules(&folder)?),
        };
        let (stdout, stdout_end) = pipe()?;
        let (stderr, stderr_end) = pipe()?;
        let (results, results_end) = pipe()?;
        let started = Instant::now();
        // SAFETY: this process has one thread (see `enter`), so the copy is a whole one.
        let pid = checked("fork", unsafe { libc::fork() })?;
        if pid == 0 {
            let ends = [&stdout_end, &stderr_end, &results_end].map(AsRawFd::as_raw_fd);
            let code = match confine(limits, rules, ends) {
                Ok(()) => work(&folder),
                Err(error) => {
                    complain(&error);
                    CONFINEMENT_FAILED
                }
            };
            // SAFETY: the copy must not run what the original registered for its own end.
            unsafe { libc::_exit(code) }
        }
        Ok(Prisoner {
            jail: self,
            folder,
            pid,
            stdout,
            stderr,
            results,
            started,
        })
    }

    fn rules(&self, folder: &Path) -> Result<RulesetCreated, JailError> {
        let network = match self.reach {
            Reach::Namespace => Network::Own,
            Reach::Descendants => Network::Shared,
        };
        files::rules(
            &self.spec.readable,
            &[folder, Path::new("/dev/shm")],
            network,
        )
    }

    /// An empty folder for the next prisoner.
    fn fresh_folder(&self) -> Result<PathBuf, JailError> {
        if let Some(mounts) = &self.mounts {
            mounts.fresh_scratch()?;
            return Ok(PathBuf::from(SCRATCH));
        }
        let folder = self.spec.folder.join("work");
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder);
        made.map(|()| folder).map_err(|source| JailError::Refused {
            step: "make a work folder",
            source,
        })
    }

    /// Throws away whatever the last prisoner left in its folder; call it when all its processes are gone.
    pub(crate) fn clear_folder(&self) {
        match &self.mounts {
            Some(_) => Mounts::drop_scratch(),
            None => remove_tree(&self.spec.folder.join("work")),
        }
    }
}

/// The exit code of a process that could not be confined and ran nothing.
pub(crate) const CONFINEMENT_FAILED: i32 = 213;

/// Runs `attempt` in a throw-away process; `otherwise` is the answer when that does not survive.
fn aside<T: Copy + PartialEq + Answer>(attempt: impl FnOnce() -> T, otherwise: T) -> T {
    // SAFETY: this process has one thread, so the copy is a whole one.
    let child = unsafe { libc::fork() };
    if child < 0 {
        return otherwise;
    }
    if child == 0 {
        let code = attempt().code();
        // SAFETY: the copy must not run what the original registered for its own end.
        unsafe { libc::_exit(code) }
    }
    let mut status = 0;
    // SAFETY: `status` is a valid place for the answer.
    let ended = unsafe { libc::waitpid(child, &raw mut status, 0) };
    if ended == child && libc::WIFEXITED(status) {
        T::from_code(libc::WEXITSTATUS(status)).unwrap_or(otherwise)
    } else {
        otherwise
    }
}

/// What fits into an exit code.
trait Answer: Sized {
    fn code(self) -> i32;
    fn from_code(code: i32) -> Option<Self>;
}

impl Answer for bool {
    fn code(self) -> i32 {
        if self { 10 } else { 11 }
    }

    fn from_code(code: i32) -> Option<Self> {
        match code {
            10 => Some(true),
            11 => Some(false),
            _ => None,
        }
    }
}

impl Answer for Enforced {
    fn code(self) -> i32 {
        match self {
            Enforced::Fully => 10,
            Enforced::Partly => 11,
            Enforced::Not => 12,
        }
    }

    fn from_code(code: i32) -> Option<Self> {
        match code {
            10 => Some(Enforced::Fully),
            11 => Some(Enforced::Partly),
            12 => Some(Enforced::Not),
            _ => None,
        }
    }
}

/// Everything that a new process does to itself before it runs anything that is not ours.
fn confine(
    limits: &Limits,
    rules: Option<RulesetCreated>,
    [stdout, stderr, results]: [i32; 3],
) -> Result<(), JailError> {
    stop::forget();
    // SAFETY: a new process leads no group yet.
    checked("start a session", unsafe { libc::setsid() })?;
    namespaces::die_with_parent()?;
    // SAFETY: the descriptors are open, and the targets are not in use by anything that lives on.
    checked("set up results", unsafe {
        libc::dup2(results, RESULTS_DESCRIPTOR)
    })?;
    // SAFETY: as above.
    checked("set up stdout", unsafe { libc::dup2(stdout, 1) })?;
    // SAFETY: as above.
    checked("set up stderr", unsafe { libc::dup2(stderr, 2) })?;
    // SAFETY: a valid C string.
    let null = checked("open the null device", unsafe {
        libc::open(c"/dev/null".as_ptr(), libc::O_RDONLY)
    })?;
    // SAFETY: as above.
    checked("set up stdin", unsafe { libc::dup2(null, 0) })?;
    if let Some(rules) = rules {
        rules
            .restrict_self()
            .map_err(|error| JailError::Rules(error.to_string()))?;
    }
    limits::give_up_privileges()?;
    limits::bind(limits);
    limits::close_others(&[RESULTS_DESCRIPTOR.unsigned_abs()])
}

fn complain(error: &JailError) {
    use std::io::Write;

    // It goes into the snippet's stderr, which the slot quotes for a process that could not be confined.
    writeln!(io::stderr(), "{}", explain(error)).ok();
}

fn explain(error: &JailError) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

fn pipe() -> Result<(OwnedFd, OwnedFd), JailError> {
    pipe_with(PipeFlags::CLOEXEC).map_err(|error| JailError::Refused {
        step: "make a pipe",
        source: error.into(),
    })
}

/// Removes a folder whatever its permissions are.
fn remove_tree(folder: &Path) {
    if fs::remove_dir_all(folder).is_ok() {
        return;
    }
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        fs::set_permissions(&next, fs::Permissions::from_mode(0o700)).ok();
        let entries = fs::read_dir(&next).into_iter().flatten().flatten();
        waiting.extend(
            entries
                .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
                .map(|entry| entry.path()),
        );
    }
    fs::remove_dir_all(folder).ok();
}
