//! Runs one work unit in the jail, with either engine.

#![expect(unsafe_code, reason = "system calls, and the C API's fork hooks")]

use super::outcome::{self, Shown};
use super::{aside, file};
use crate::driver::DRIVER;
#[cfg(feature = "embedded")]
use crate::embedded::{Rehearsal, Zygote};
use crate::wire::{self, Record, Start};
use crate::{Engine, Interpreter};
use serde::Serialize;
use snipcheck_core::{FileName, Outcome, Part, Want, Watch, WorkUnit};
#[cfg(feature = "embedded")]
use snipcheck_core::{Line, Lines, SnippetId};
use snipcheck_sandbox::{End, Jail, RESULTS_DESCRIPTOR, Report};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Compiles the driver once, so that each snippet's process need not.
const COMPILE: &str = "\
import sys, marshal, importlib.util
code = compile(sys.stdin.buffer.read(), 'driver.py', 'exec', dont_inherit=True, optimize=0)
head = importlib.util.MAGIC_NUMBER + bytes(12)
sys.stdout.buffer.write(head + marshal.dumps(code))";

/// More files than this are not counted.
const MOST_FILES: usize = 1000;

/// How Python is run in this slot.
pub(crate) struct Python {
    engine: EngineState,
    interpreter: Interpreter,
    hash_seed: u32,
}

enum EngineState {
    #[cfg(feature = "embedded")]
    Embedded(Zygote),
    Subprocess {
        driver: Vec<u8>,
    },
}

/// What the driver is told; see `main` there.
#[derive(Serialize)]
struct Task<'a> {
    nonce: &'a str,
    results: i32,
    file: PathBuf,
    folder: PathBuf,
    guide: &'a str,
    first_only: bool,
    top_level_await: bool,
    by_statement: bool,
    prelude: Vec<&'a str>,
    context: &'a [Part],
    code: &'a Part,
    files: Vec<&'a FileName>,
    calls: &'a [Part],
    watches: Vec<&'a Watch>,
}

/// Which of the runs of a unit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// Without the repaired imports, up to the first exception.
    AsItStands,
    /// The one that is judged.
    Judged,
    /// The same, and then the calls of what nothing calls.
    Calling,
}

impl Python {
    /// Makes the interpreter ready.
    #[cfg_attr(
        not(feature = "embedded"),
        expect(
            unused_variables,
            reason = "nothing is made ready without the embedded engine"
        )
    )]
    pub(crate) fn start(start: &Start, jail: &Jail) -> Result<Self, String> {
        let engine = match start.engine {
            #[cfg(feature = "embedded")]
            Engine::Embedded => {
                let rehearsal = rehearsal(start, &jail.folder()).map_err(|e| e.to_string())?;
                EngineState::Embedded(Zygote::start(start, &rehearsal)?)
            }
            #[cfg(not(feature = "embedded"))]
            Engine::Embedded => return Err("this build has no embedded python".to_owned()),
            Engine::Subprocess => EngineState::Subprocess {
                driver: compiled_driver(&start.python.path)?,
            },
        };
        Ok(Python {
            engine,
            interpreter: start.python.clone(),
            hash_seed: start.hash_seed,
        })
    }
}

#[cfg(feature = "measure")]
impl Python {
    pub(super) fn zygote(&self) -> Result<&Zygote, String> {
        match &self.engine {
            EngineState::Embedded(zygote) => Ok(zygote),
            EngineState::Subprocess { .. } => Err("there is nothing to fork".to_owned()),
        }
    }
}

impl<'a> Task<'a> {
    fn new(unit: &'a WorkUnit, pass: Pass, nonce: &'a str, folder: &Path) -> Self {
        Task {
            nonce,
            results: RESULTS_DESCRIPTOR,
            file: saved_as(folder),
            folder: folder.join("work"),
            guide: &unit.guide,
            first_only: pass == Pass::AsItStands,
            top_level_await: unit.top_level_await,
            by_statement: unit.by_statement,
            prelude: prelude(unit, pass),
            context: &unit.context,
            code: &unit.code,
            files: unit.files.iter().map(|file| &file.name).collect(),
            calls: match pass {
                Pass::Calling => &unit.calls,
                Pass::AsItStands | Pass::Judged => &[],
            },
            watches: match pass {
                Pass::AsItStands => Vec::new(),
                Pass::Judged | Pass::Calling => inside(&unit.watches).collect(),
            },
        }
    }
}

/// Everything that a snippet finds in its environment.
fn environment(python: &Interpreter, hash_seed: u32, folder: &Path) -> BTreeMap<String, String> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let own = python.path.parent().map(text).unwrap_or_default();
    let mut environment = BTreeMap::from([
        ("PATH".to_owned(), format!("{own}:/usr/bin:/bin")),
        ("HOME".to_owned(), text(&folder.join("home"))),
        ("TMPDIR".to_owned(), text(&folder.join("tmp"))),
        ("LANG".to_owned(), "C.UTF-8".to_owned()),
        ("PYTHONUTF8".to_owned(), "1".to_owned()),
        ("PYTHONHASHSEED".to_owned(), hash_seed.to_string()),
        // A Python that the snippet starts writes at once, as it would in a reader's terminal.
        ("PYTHONUNBUFFERED".to_owned(), "1".to_owned()),
        // More arenas cost address space that counts as memory, with many threads.
        ("MALLOC_ARENA_MAX".to_owned(), "1".to_owned()),
    ]);
    if python.keeps_lock {
        environment.insert("PYTHON_GIL".to_owned(), "1".to_owned());
    }
    environment
}

/// Runs the unit, once more without repaired imports when there are any; whether the slot can go on.
pub(crate) fn run(jail: &Jail, python: &mut Python, unit: &WorkUnit) -> (Outcome, bool) {
    let mut as_it_stands = None;
    if unit.imports_repaired {
        match run_once(jail, python, unit, Pass::AsItStands) {
            Ok(done) => as_it_stands = outcome::first_exception(done.records),
            Err(why) => return (Outcome::lost(why), true),
        }
    }
    match run_once(jail, python, unit, Pass::Judged) {
        Ok(done) => {
            let usable = done.is_usable();
            let shown = Shown {
                file: &done.file,
                guide: &unit.guide,
            };
            let mut made = outcome::outcome(
                &done.report,
                done.records,
                &unit.limits,
                &shown,
                as_it_stands,
            );
            match done.written {
                0 => {}
                1 => made.notes.push("it left 1 file behind".to_owned()),
                count => made.notes.push(format!("it left {count} files behind")),
            }
            let usable = usable && aside::look(jail, python, unit, &mut made);
            (made, usable)
        }
        Err(why) => (Outcome::lost(why), true),
    }
}

/// What a run left.
pub(super) struct Done {
    pub(super) report: Report,
    /// Files left in the folder that the snippet worked in.
    written: usize,
    pub(super) records: Vec<Record>,
    file: String,
}

impl Done {
    /// Whether the slot that it ran in can go on.
    pub(super) fn is_usable(&self) -> bool {
        !matches!(self.report.end, End::Unkillable | End::Abandoned)
    }
}

/// Runs a unit in a process of its own.
pub(super) fn run_once(
    jail: &Jail,
    python: &mut Python,
    unit: &WorkUnit,
    pass: Pass,
) -> Result<Done, String> {
    let nonce = nonce();
    let task = |folder: &Path| {
        let task = Task::new(unit, pass, &nonce, folder);
        serde_json::to_string(&task).map_err(io::Error::from)
    };
    let make_folders = |folder: &Path| -> io::Result<()> {
        for name in ["work", "home", "tmp", "snippet"] {
            fs::create_dir(folder.join(name))?;
        }
        file::place(&folder.join("work"), &unit.files)?;
        fs::write(saved_as(folder), file::text(unit))
    };
    // The folders are made by the process that works in them, so they belong to whoever it runs as.
    let prisoner = match &python.engine {
        #[cfg(feature = "embedded")]
        EngineState::Embedded(zygote) => {
            Zygote::before_fork();
            let started = jail.start(&unit.limits, |folder| {
                Zygote::after_fork_in_child();
                let made = make_folders(folder)
                    .and_then(|()| std::env::set_current_dir(folder.join("work")))
                    .and_then(|()| task(folder));
                match made {
                    Ok(text) => zygote.run(&text),
                    Err(error) => complain(&error),
                }
            });
            Zygote::after_fork_in_parent();
            started
        }
        EngineState::Subprocess { driver } => jail.start(&unit.limits, |folder| {
            let made = make_folders(folder)
                .and_then(|()| pass_on_results())
                .and_then(|()| fs::write(folder.join("snippet/driver.pyc"), driver))
                .and_then(|()| fs::write(folder.join("snippet/task"), task(folder)?));
            let error = match made {
                Ok(()) => Command::new(&python.interpreter.path)
                    .arg(folder.join("snippet/driver.pyc"))
                    .arg(folder.join("snippet/task"))
                    .current_dir(folder.join("work"))
                    .env_clear()
                    .envs(environment(&python.interpreter, python.hash_seed, folder))
                    .exec(),
                Err(error) => error,
            };
            complain(&error)
        }),
    };
    let mut prisoner = prisoner.map_err(|error| super::explain(&error))?;
    if unit.ledger {
        prisoner = prisoner.noted();
    }
    let file = saved_as(prisoner.folder()).to_string_lossy().into_owned();
    let mut written = 0;
    let report = prisoner.supervise(&unit.limits, |folder| {
        written = files_in(&folder.join("work"), &unit.files);
    });
    let records = wire::records(&report.results, &nonce);
    Ok(Done {
        report,
        written,
        records,
        file,
    })
}

/// Lets the program that is started next report.
fn pass_on_results() -> io::Result<()> {
    // SAFETY: no pointers are passed.
    if unsafe { libc::fcntl(RESULTS_DESCRIPTOR, libc::F_SETFD, 0) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// What runs before everything.
fn prelude(unit: &WorkUnit, pass: Pass) -> Vec<&str> {
    let texts = unit.prelude.iter().map(String::as_str);
    texts
        .filter(|text| pass != Pass::AsItStands || !is_import(text))
        .collect()
}

/// What is watched for while the snippet itself runs.
fn inside(watches: &[Watch]) -> impl Iterator<Item = &Watch> {
    watches
        .iter()
        .filter(|watch| !matches!(watch.want, Want::Run { .. }))
}

fn saved_as(folder: &Path) -> PathBuf {
    folder.join("snippet/snippet.py")
}

/// Says on stderr, which the slot quotes, why nothing was run; the exit code for that.
fn complain(error: &io::Error) -> i32 {
    writeln!(io::stderr(), "{error}").ok();
    127
}

/// How many entries a folder has besides the files that lay there, and what Python keeps of those. Only names
/// are read: what a snippet has left there is nothing to walk into.
fn files_in(folder: &Path, given: &[snipcheck_core::File]) -> usize {
    let is_given = |name: &str| {
        !given.is_empty() && name == "__pycache__"
            || given
                .iter()
                .any(|file| file.name.as_str().split('/').next() == Some(name))
    };
    fs::read_dir(folder).map_or(0, |entries| {
        entries
            .take(MOST_FILES)
            .flatten()
            .filter(|entry| !entry.file_name().to_str().is_some_and(is_given))
            .count()
    })
}

/// A repaired import, as the plan writes them: one line, one statement.
fn is_import(text: &str) -> bool {
    !text.contains('\n') && (text.starts_with("import ") || text.starts_with("from "))
}

/// What only the driver of this run can begin a record with.
fn nonce() -> String {
    // Each RandomState has keys of its own from the system's random numbers.
    let part = || RandomState::new().hash_one("nonce");
    format!("{:016x}{:016x}", part(), part())
}

/// Makes a process ready to be forked: a bit of all that most snippets do.
#[cfg(feature = "embedded")]
fn rehearsal(start: &Start, folder: &Path) -> serde_json::Result<Rehearsal> {
    let code = "def double(n):\n    return [2 * n]\n\nprint(double(1))\ndouble(2)\n".to_owned();
    let first = Line::FIRST;
    let last = Line::new(5);
    let name = || "rehearsal".to_owned();
    let plain = WorkUnit::new(SnippetId(name()), name(), Part { first, code });
    let watch = Watch {
        expectation: 0,
        statement: Lines { first: last, last },
        want: Want::Value,
    };
    let watched = WorkUnit {
        watches: vec![watch],
        ..plain.clone()
    };
    let task = |unit| {
        let mut task = Task::new(unit, Pass::Judged, "", folder);
        task.first_only = true; // the end of the process is not among what is rehearsed
        task.results = libc::STDOUT_FILENO;
        serde_json::to_string(&task)
    };
    Ok(Rehearsal {
        environment: serde_json::to_string(&environment(&start.python, start.hash_seed, folder))?,
        tasks: vec![task(&watched)?, task(&plain)?],
    })
}

fn compiled_driver(python: &PathBuf) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("`{}` cannot be started: {error}", python.display());
    let mut child = Command::new(python)
        .args(["-I", "-S", "-c", COMPILE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(DRIVER.as_bytes()).map_err(failed)?;
    }
    let output = child.wait_with_output().map_err(failed)?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("`{}` cannot compile the driver", python.display()))
    }
}

/// Puts `null` in the place of stdin and stdout of this process.
pub(crate) fn replace_standard_streams(null: &File) -> io::Result<()> {
    for number in [0, 1] {
        // SAFETY: both descriptors are open; std's handles for them go on working, on the new file.
        if unsafe { libc::dup2(null.as_raw_fd(), number) } < 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}
