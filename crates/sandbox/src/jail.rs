//! The jail of a slot, and one prisoner at a time in it.

#![expect(unsafe_code, reason = "system calls")]

use crate::aside::aside;
use crate::cgroup::{Counters, Group};
use crate::error::{JailError, checked};
use crate::files::{self, Enforced, Grants, Network};
use crate::filter::{self, Filters};
use crate::identity::Identity;
use crate::janitor;
use crate::layers::{self, Found, Walls};
use crate::limits;
use crate::meter;
use crate::mounts::Mounts;
use crate::namespaces;
use crate::place::Place;
use crate::shared::Before;
use crate::stop;
use crate::tree::{self, Reach};
use crate::turn::Turn;
use crate::visible::{DEVICES, SYSTEM};
use landlock::RulesetCreated;
use rustix::fs::Mode;
use rustix::pipe::{PipeFlags, pipe_with};
use snipcheck_core::{Limits, SandboxInfo};
use std::fs::{self, DirBuilder};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The descriptor on which a prisoner reports: out of the way of programs that close everything they do not know.
/// It is closed when another program is started, unless that is told to pass it on.
pub const RESULTS_DESCRIPTOR: i32 = 1000;

/// Where prisoners work when scratch memory is mounted.
const SCRATCH: &str = "/tmp";

/// Processes that may come in other slots, where they are counted together.
const OTHER_SLOTS: u64 = 1024;

/// What a jail is to be like.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Folders and files that may be read, besides the system's own programs and libraries.
    pub readable: Vec<PathBuf>,
    /// A path where nothing is yet: the prisoners' folder, where no scratch memory can be mounted. It is gone
    /// when the jail is.
    pub folder: PathBuf,
}

/// Walls around whatever this process starts.
#[derive(Debug)]
pub struct Jail {
    spec: Spec,
    found: Found,
    mounts: Option<Mounts>,
    group: Option<Group>,
    filters: Option<Filters>,
    /// Processes and threads that the kernel counts together with a prisoner's.
    others: u64,
    turn: Turn,
    place: Place,
    /// What prisoners read from: nothing.
    null: OwnedFd,
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
    /// What the control group had counted before.
    pub(crate) before: Option<Counters>,
    /// What was in the machine's shared memory before, where there is none of its own.
    shared: Option<Before>,
    /// Whether its threads are looked at.
    pub(crate) is_noted: bool,
}

impl Jail {
    /// Builds the walls around this process. To be called once, before there are threads or secrets in it.
    ///
    /// The caller goes on as a child of the process that was called, with namespaces as the first process in
    /// them; that one waits for it, ends with it, and cleans up. What a throw-away process could do and this one
    /// cannot is an error: no prisoner gets less than what is told.
    pub fn enter(spec: Spec) -> Result<Self, JailError> {
        rustix::process::umask(Mode::from_raw_mode(0o022));
        let lost = || Err("the process that tried them did not survive".to_owned());
        let walls = aside(|| {
            build(&spec)
                .map(|(_, walls)| walls)
                .map_err(|e| explain(&e))
        });
        let walls = walls.unwrap_or_else(lost);
        let mut found = Found {
            files: aside(files::try_out).unwrap_or(Enforced::Not),
            calls: aside(filter::try_out).unwrap_or(false),
            group: Ok(()),
            identity: Identity::Own,
            walls,
        };
        let group = match Group::make() {
            Ok(group) => Some(group),
            Err(why) => {
                found.group = Err(why);
                None
            }
        };
        let mut mounts = None;
        let turn;
        if found.walls.is_ok() {
            namespaces::leave()?;
            janitor::fork_inner(Reach::Namespace, || clean(group.as_ref(), None))?;
            turn = Turn::take();
            let (made, walls) = close_up(&spec)?;
            mounts = Some(made);
            found.walls = Ok(walls);
        } else {
            let folder = Some(spec.folder.as_path());
            janitor::fork_inner(Reach::Descendants, || clean(group.as_ref(), folder))?;
            turn = Turn::take();
            // SAFETY: no pointers are passed.
            checked("become a subreaper", unsafe {
                libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            })?;
            make_folder(&spec.folder)?;
        }
        found.identity = Identity::find(&spec.readable);
        limits::empty_bounding_set();
        limits::hide_from_prisoners()?;
        let others = match (found.reach(), found.identity) {
            (Reach::Namespace, Identity::Own) => 0,
            // Prisoners of other slots are among them, or will be.
            _ => tree::of_user(found.identity.user()) + OTHER_SLOTS,
        };
        let filters = found
            .calls
            .then(|| Filters::new(found.reach(), group.is_some()));
        Ok(Jail {
            spec,
            found,
            mounts,
            group,
            filters,
            others,
            turn,
            place: Place::find(),
            null: open_null()?,
        })
    }

    /// Binds this process itself, once it has made ready what its prisoners are to find.
    pub fn close(&self) -> Result<(), JailError> {
        if let Some(group) = &self.group {
            let refused = |error: rustix::io::Errno| JailError::Refused {
                step: "join the control group",
                source: error.into(),
            };
            group.join().map_err(refused)?;
        }
        limits::bind_slot();
        limits::give_up_gains()?;
        match &self.filters {
            Some(filters) => filters.bind_slot(),
            None => Ok(()),
        }
    }

    /// What protects, and how well.
    pub fn info(&self) -> SandboxInfo {
        layers::describe(&self.found)
    }

    /// Where each prisoner finds the folder that it may write to.
    pub fn folder(&self) -> PathBuf {
        if self.has_scratch() {
            PathBuf::from(SCRATCH)
        } else {
            self.spec.folder.join("work")
        }
    }

    pub(crate) fn reach(&self) -> Reach {
        self.found.reach()
    }

    pub(crate) fn group(&self) -> Option<&Group> {
        self.group.as_ref()
    }

    /// Whether prisoners write to memory of their own.
    pub(crate) fn has_scratch(&self) -> bool {
        self.mounts.is_some()
    }

    /// Forks a process, in a fresh folder that it may write to.
    ///
    /// `work` is what it does there, with stdin empty, stdout and stderr watched, and [`RESULTS_DESCRIPTOR`] for
    /// what it has to tell; it returns an exit code.
    pub fn start(
        &self,
        limits: &Limits,
        work: impl FnOnce(&Path) -> i32,
    ) -> Result<Prisoner<'_>, JailError> {
        let folder = self.fresh_folder(limits)?;
        let before = self.set_group(limits)?;
        let shared = self.mounts.is_none().then(Before::look);
        let rules = match self.found.files {
            Enforced::Not => None,
            Enforced::Fully | Enforced::Partly => Some(self.rules(&folder)?),
        };
        let (stdout, stdout_end) = pipe()?;
        let (stderr, stderr_end) = pipe()?;
        let (results, results_end) = pipe()?;
        let started = Instant::now();
        self.turn.of_prisoner();
        self.place.stay();
        // SAFETY: this process has one thread (see `enter`), so the copy is a whole one.
        let pid = unsafe { libc::fork() };
        if pid != 0 {
            self.turn.of_slot();
        }
        let pid = checked("fork", pid)?;
        if pid == 0 {
            let ends = [&stdout_end, &stderr_end, &results_end].map(AsRawFd::as_raw_fd);
            let code = match self.confine(limits, rules, ends) {
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
            before,
            shared,
            is_noted: false,
        })
    }

    /// Sets the limits of the control group; what it has counted so far.
    fn set_group(&self, limits: &Limits) -> Result<Option<Counters>, JailError> {
        let Some(group) = &self.group else {
            return Ok(None);
        };
        let refused = |error: rustix::io::Errno| JailError::Refused {
            step: "set the limits of the control group",
            source: error.into(),
        };
        group.set(limits).map_err(refused)?;
        Ok(Some(group.counters()))
    }

    fn rules(&self, folder: &Path) -> Result<RulesetCreated, JailError> {
        let network = match self.reach() {
            Reach::Namespace => Network::Own,
            Reach::Descendants => Network::Shared,
        };
        let mut grants = Grants {
            writable: vec![folder, Path::new("/dev/shm")],
            ..Grants::default()
        };
        if self.mounts.is_some() {
            // The new root shows what may be read and nothing else, and few rules are made in less time than many.
            grants.readable.push(Path::new("/"));
            grants.devices.push(Path::new("/dev"));
        } else {
            let system = SYSTEM.iter().chain(&["/proc"]).map(Path::new);
            let readable = self.spec.readable.iter().map(PathBuf::as_path);
            grants.readable.extend(system.chain(readable));
            grants.devices.extend(DEVICES.iter().map(Path::new));
        }
        files::rules(&grants, network)
    }

    /// An empty folder for the next prisoner.
    fn fresh_folder(&self, limits: &Limits) -> Result<PathBuf, JailError> {
        let folder = self.folder();
        if let Some(mounts) = &self.mounts {
            mounts.fresh_scratch(limits.disk_bytes, meter::FILES)?;
            return Ok(folder);
        }
        make_folder(&folder)?;
        if let Some(owner) = self.found.identity.owner() {
            let owned = [&self.spec.folder, &folder]
                .into_iter()
                .try_for_each(|path| chown(path, Some(owner), Some(owner)));
            owned.map_err(no_folder)?;
        }
        Ok(folder)
    }

    /// Everything that a new process does to itself before it runs anything that is not ours.
    fn confine(
        &self,
        limits: &Limits,
        rules: Option<RulesetCreated>,
        [stdout, stderr, results]: [i32; 3],
    ) -> Result<(), JailError> {
        stop::forget();
        self.place.roam();
        // SAFETY: a new process leads no group yet.
        checked("start a session", unsafe { libc::setsid() })?;
        self.found.identity.assume()?;
        limits::be_visible()?;
        // A change of user takes the wish away again, so it comes after (prctl(2)).
        namespaces::die_with_parent()?;
        let null = self.null.as_raw_fd();
        connect(results, RESULTS_DESCRIPTOR, libc::O_CLOEXEC)?;
        for (end, place) in [(null, 0), (stdout, 1), (stderr, 2)] {
            connect(end, place, 0)?;
        }
        if let Some(rules) = rules {
            rules
                .restrict_self()
                .map_err(|error| JailError::Rules(error.to_string()))?;
        }
        limits::give_up_privileges()?;
        limits::bind(limits, self.others);
        if let Some(filters) = &self.filters {
            filters.bind_prisoner()?;
        }
        limits::close_others(&[RESULTS_DESCRIPTOR.unsigned_abs()])
    }
}

impl Prisoner<'_> {
    /// Has its threads looked at while it runs, every few milliseconds.
    #[must_use]
    pub fn noted(self) -> Self {
        Prisoner {
            is_noted: true,
            ..self
        }
    }

    /// Throws away whatever it left in files; call it when all its processes are gone.
    pub(crate) fn clear(&self) {
        self.jail.place.roam();
        match &self.jail.mounts {
            Some(mounts) => mounts.drop_scratch(),
            None => remove_tree(&self.folder),
        }
        if let Some(before) = &self.shared {
            before.restore(self.jail.found.identity.user());
        }
    }
}

/// The exit code of a process that could not be confined and ran nothing.
pub(crate) const CONFINEMENT_FAILED: i32 = 213;

/// Tries namespaces and a root of its own, in a process that is thrown away.
fn build(spec: &Spec) -> Result<(Mounts, Walls), JailError> {
    namespaces::leave()?;
    janitor::fork_inner(Reach::Namespace, || ())?;
    close_up(spec)
}

/// What the first process of new namespaces does in them.
fn close_up(spec: &Spec) -> Result<(Mounts, Walls), JailError> {
    let loopback = namespaces::loopback_up().is_ok();
    let mounts = Mounts::close_up(&spec.readable)?;
    let walls = Walls {
        own_proc: mounts.own_proc,
        loopback,
    };
    Ok((mounts, walls))
}

/// What the janitor does when a jail has ended.
fn clean(group: Option<&Group>, folder: Option<&Path>) {
    if let Some(folder) = folder {
        remove_tree(folder);
    }
    if let Some(group) = group {
        group.remove();
    }
}

fn make_folder(folder: &Path) -> Result<(), JailError> {
    DirBuilder::new()
        .mode(0o700)
        .create(folder)
        .map_err(no_folder)
}

fn no_folder(source: io::Error) -> JailError {
    JailError::Refused {
        step: "make a work folder",
        source,
    }
}

/// Puts a descriptor in a place.
fn connect(end: i32, place: i32, flags: i32) -> Result<(), JailError> {
    // SAFETY: the descriptor is open, and the target is not in use by anything that lives on.
    checked("set up the streams", unsafe {
        libc::dup3(end, place, flags)
    })
    .map(|_| ())
}

fn open_null() -> Result<OwnedFd, JailError> {
    let opened = fs::File::open("/dev/null");
    opened
        .map(OwnedFd::from)
        .map_err(|source| JailError::Refused {
            step: "open the null device",
            source,
        })
}

fn complain(error: &JailError) {
    use std::io::Write;

    // It goes into the snippet's stderr, which the slot quotes for a process that could not be confined.
    writeln!(io::stderr(), "{}", explain(error)).ok();
}

pub(crate) fn explain(error: &JailError) -> String {
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
