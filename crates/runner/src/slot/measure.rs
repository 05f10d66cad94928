//! What a snippet costs beside a bare fork of the very same slot, in turns.

#![expect(unsafe_code, reason = "fork and wait")]

use super::unit::{self, Python};
use crate::Engine;
use crate::embedded::Zygote;
use crate::interpreter::Finder;
use crate::wire::Start;
use snipcheck_core::{Exit, Limits, Line, Part, SnippetId, WorkUnit};
use snipcheck_sandbox::Jail;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::time::{Duration, Instant};

/// One round.
#[derive(Debug, Clone, Copy)]
pub struct Lap {
    /// A fork that prints and ends, with what Python itself does after each fork.
    pub bare: Duration,
    /// The same in the jail, with all its layers.
    pub jailed: Duration,
    /// The same code as a snippet, from the work unit to its outcome.
    pub snippet: Duration,
}

/// Makes this process a slot of the embedded engine and goes round; with the level of its jail.
///
/// To be called once, before there are threads.
pub fn laps(rounds: usize) -> Result<(u8, Vec<Lap>), String> {
    let python = Finder::remembering(None)
        .embedded()
        .ok_or("the linked python is not where it was")?;
    let start = Start {
        engine: Engine::Embedded,
        python,
        hash_seed: 0,
        rare: false,
        folder: std::env::temp_dir().join(format!("snipcheck-measure-{}", std::process::id())),
        least_level: 0,
    };
    let jail = super::enter(&start)?;
    let level = jail.info().level;
    let null = OpenOptions::new().write(true).open("/dev/null");
    let null = null.map_err(|error| error.to_string())?;
    let mut python = quietly(&null, || Python::start(&start, &jail))?;
    jail.close().map_err(|error| super::explain(&error))?;
    let unit = unit();
    let laps = (0..rounds)
        .map(|_| {
            let (bare, jailed) = python.zygote()?.with_hooks(|| -> Result<_, String> {
                let began = Instant::now();
                bare(&null).map_err(|error| error.to_string())?;
                let bare = began.elapsed();
                let began = Instant::now();
                jailed(&jail, &unit.limits)?;
                Ok((bare, began.elapsed()))
            })??;
            let began = Instant::now();
            let (outcome, _) = unit::run(&jail, &mut python, &unit);
            let snippet = began.elapsed();
            if outcome.exit != Exit::Completed || outcome.stdout.text != "1\n" {
                return Err(format!("the snippet did not print: {outcome:?}"));
            }
            Ok(Lap {
                bare,
                jailed,
                snippet,
            })
        })
        .collect::<Result<_, String>>()?;
    Ok((level, laps))
}

/// Does something that writes to stdout, with `null` in its place.
fn quietly<T>(null: &File, what: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let own = io::stdout().as_fd().try_clone_to_owned();
    let own = own.map_err(|error| error.to_string())?;
    // SAFETY: the descriptors are open.
    unsafe { libc::dup2(null.as_raw_fd(), 1) };
    let done = what();
    // SAFETY: as above.
    unsafe { libc::dup2(own.as_raw_fd(), 1) };
    done
}

fn unit() -> WorkUnit {
    let code = Part {
        first: Line::new(3),
        code: "print(1)\n".to_owned(),
    };
    WorkUnit::new(
        SnippetId("measure/print".to_owned()),
        "measure.md".to_owned(),
        code,
    )
}

fn bare(null: &File) -> io::Result<()> {
    Zygote::before_fork();
    // SAFETY: this process has one thread, so the copy is a whole one.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        // SAFETY: both descriptors are open.
        unsafe { libc::dup2(null.as_raw_fd(), 1) };
        Zygote::after_fork_in_child();
        let code = print();
        // SAFETY: the copy must not run what the original registered for its own end.
        unsafe { libc::_exit(code) }
    }
    Zygote::after_fork_in_parent();
    // SAFETY: the status is not asked for.
    if pid < 0 || unsafe { libc::waitpid(pid, std::ptr::null_mut(), 0) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

fn jailed(jail: &Jail, limits: &Limits) -> Result<(), String> {
    Zygote::before_fork();
    let started = jail.start(limits, |_| {
        Zygote::after_fork_in_child();
        print()
    });
    Zygote::after_fork_in_parent();
    let prisoner = started.map_err(|error| super::explain(&error))?;
    let report = prisoner.supervise(limits, |_| ());
    if report.stdout == b"1\n" {
        Ok(())
    } else {
        Err(format!("the jail did not let it print: {report:?}"))
    }
}

fn print() -> i32 {
    let printed = pyo3::Python::attach(|py| py.run(c"print(1, flush=True)", None, None).is_ok());
    i32::from(!printed)
}
