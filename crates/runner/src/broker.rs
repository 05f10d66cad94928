//! Hands work units to slots and survives them; the only place with an asynchronous runtime.

use crate::{Engine, Interpreter};
use snipcheck_core::{Outcome, PythonInfo, SandboxInfo, WorkUnit};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use thiserror::Error;

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which Python.
    pub engine: Engine,
    /// The interpreter: the one that the subprocess engine starts, and `sys.executable` for the embedded one.
    pub python: Interpreter,
    /// How many snippets may run at once.
    pub jobs: NonZeroUsize,
    /// The seed of `str` hashes, so that two runs agree.
    pub hash_seed: u32,
    /// Our own binary, which becomes a slot when called with [`SLOT_COMMAND`](crate::SLOT_COMMAND).
    pub program: PathBuf,
}

/// What ran the snippets, as the slots reported it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunInfo {
    /// The interpreter.
    pub python: PythonInfo,
    /// The protection.
    pub sandbox: SandboxInfo,
}

/// Why a run could not be done; what a snippet does is never one of these.
#[derive(Debug, Error)]
pub enum RunError {
    /// Ctrl-C or a request to end; every process is gone.
    #[error("interrupted")]
    Interrupted,
    /// No slot could be started.
    #[error("no slot could be started: {0}")]
    Slot(String),
    /// The system refused something that a run needs.
    #[error("cannot run")]
    Io(#[from] std::io::Error),
}

/// Runs `units`, and calls `each` with the index of a unit and its outcome as they come, in any order.
pub fn run(
    units: &[WorkUnit],
    options: &Options,
    each: &mut dyn FnMut(usize, Outcome),
) -> Result<RunInfo, RunError> {
    let _ = (units, options, each);
    Err(RunError::Slot("not yet".to_owned()))
}
