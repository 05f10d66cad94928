//! The `CPython` of this very process, initialised once and then forked for each snippet: the one that this code is
//! part of, or else the one that this binary is linked with.

#![expect(unsafe_code, reason = "the C API")]

use crate::ahead::{COMMON, RARE};
use crate::driver::{COMPILED, DRIVER};
use crate::wire::Start;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use std::ffi::CStr;
use std::path::PathBuf;

/// The executable of this process's Python.
pub(crate) fn executable() -> Option<PathBuf> {
    #[cfg(feature = "linked")]
    let linked = Some(linked::EXECUTABLE.into());
    #[cfg(not(feature = "linked"))]
    let linked = None;
    running().or(linked)
}

/// The executable of the Python that this code is part of.
pub(crate) fn running() -> Option<PathBuf> {
    let asked = |py: Python<'_>| py.import("sys")?.getattr("executable")?.extract();
    is_running().then(|| Python::attach(asked).ok())?
}

/// Whether this process is a Python.
fn is_running() -> bool {
    // SAFETY: it may be called at any time.
    unsafe { ffi::Py_IsInitialized() != 0 }
}

/// The library's own version.
pub(crate) fn version() -> String {
    // SAFETY: it may be called before the interpreter is initialised, and gives a static string.
    let text = unsafe { CStr::from_ptr(ffi::Py_GetVersion()) };
    let text = text.to_string_lossy();
    text.split(' ').next().unwrap_or_default().to_owned()
}

/// What an interpreter does before it is forked for the first time.
pub(crate) struct Rehearsal {
    /// What snippets find in their environment, as JSON.
    pub(crate) environment: String,
    /// Tasks as [`Zygote::run`] takes them, which tell on stdout.
    pub(crate) tasks: Vec<String>,
}

/// An interpreter that waits to be forked.
pub(crate) struct Zygote {
    main: Py<PyAny>,
    #[cfg(feature = "measure")]
    driver: Py<PyAny>,
}

impl Zygote {
    /// Initialises the interpreter as `python` would be, loads the driver and has it rehearse.
    pub(crate) fn start(start: &Start, rehearsal: &Rehearsal) -> Result<Self, String> {
        if is_running() {
            // The walls of the jail were built by forking; what is told before and after that goes together.
            Zygote::before_fork();
            Zygote::after_fork_in_child();
        } else {
            #[cfg(feature = "linked")]
            linked::initialise(&start.python.path)?;
            #[cfg(not(feature = "linked"))]
            return Err("this process is no python".to_owned());
        }
        Python::attach(|py| {
            let load = || -> PyResult<Zygote> {
                // What `site` registered is for the end of this process, and not for that of each copy.
                py.import("atexit")?.call_method0("_clear")?;
                let rare = if start.rare { RARE } else { "" };
                for name in COMMON.split(' ').chain(rare.split_terminator(' ')) {
                    py.import(name)?;
                }
                let space = PyDict::new(py);
                space.set_item("__name__", "snipcheck")?;
                space.set_item("__file__", "driver.py")?;
                let code = driver(py)?;
                let run = py.import("builtins")?.getattr("exec")?;
                run.call1((code, &space))?;
                let space = space.as_any();
                let rehearse = space.get_item("rehearse")?;
                rehearse.call1((&rehearsal.environment, &rehearsal.tasks))?;
                py.import("gc")?.call_method0("collect")?;
                py.import("gc")?.call_method0("freeze")?;
                // SAFETY: no pointers. Small pieces that are free now are put together here, not in each copy.
                unsafe { libc::malloc_trim(0) };
                Ok(Zygote {
                    main: space.get_item("main")?.unbind(),
                    #[cfg(feature = "measure")]
                    driver: space.clone().unbind(),
                })
            };
            load().map_err(|error| format!("the driver cannot be loaded: {error}"))
        })
    }

    /// To be called before every fork.
    pub(crate) fn before_fork() {
        // SAFETY: the interpreter is initialised and this thread, the only one, holds its lock.
        unsafe { ffi::PyOS_BeforeFork() }
    }

    /// To be called after every fork, in this process.
    pub(crate) fn after_fork_in_parent() {
        // SAFETY: as for `before_fork`, which was called.
        unsafe { ffi::PyOS_AfterFork_Parent() }
    }

    /// To be called after every fork, in the new process: locks, random numbers, thread ids.
    pub(crate) fn after_fork_in_child() {
        // SAFETY: as for `before_fork`, which was called.
        unsafe { ffi::PyOS_AfterFork_Child() }
    }

    /// Has Python do in the copies that are made meanwhile what it does in those of any program, and copies that
    /// run a task put off.
    #[cfg(feature = "measure")]
    pub(crate) fn with_hooks<T>(&self, fork: impl FnOnce() -> T) -> Result<T, String> {
        Python::attach(|py| {
            let driver = self.driver.bind(py);
            let hooks = driver.get_item("at_fork")?;
            let usual = hooks.call_method0("copy")?;
            hooks.call_method0("clear")?;
            hooks.call_method1("extend", (driver.get_item("put_off")?,))?;
            let done = fork();
            hooks.call_method0("clear")?;
            hooks.call_method1("extend", (usual,))?;
            Ok(done)
        })
        .map_err(|error: PyErr| error.to_string())
    }

    /// Runs a task in this process; the driver leaves it, so an answer means that it could not begin.
    pub(crate) fn run(&self, task: &str) -> i32 {
        Python::attach(|py| {
            if let Err(error) = self.main.call1(py, (task,)) {
                error.print(py);
            }
        });
        1
    }
}

/// The driver's code: as it was compiled with this binary, where the library is still the same.
fn driver(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    /// Of a `.pyc` file: what tells the version of the code, and what tells the file's source.
    const HEAD: usize = 16;
    let loader = py.import("_frozen_importlib_external")?;
    let version: Vec<u8> = loader.getattr("MAGIC_NUMBER")?.extract()?;
    match COMPILED.split_at_checked(HEAD) {
        Some((head, code)) if head.starts_with(&version) => {
            let load = py.import("marshal")?.getattr("loads")?;
            load.call1((PyBytes::new(py, code),))
        }
        _ => {
            let compile = py.import("builtins")?.getattr("compile")?;
            compile.call1((DRIVER, "driver.py", "exec"))
        }
    }
}

/// A Python of our own making.
#[cfg(feature = "linked")]
mod linked {
    use pyo3::ffi;
    use std::ffi::{CStr, CString};
    use std::mem::MaybeUninit;
    use std::os::unix::ffi::OsStrExt;
    use std::path::Path;

    /// The interpreter whose library this binary is linked with.
    pub(super) const EXECUTABLE: &str = env!("SNIPCHECK_PYTHON");

    /// Initialises as `python file.py` does, with the environment that this process was given.
    pub(super) fn initialise(python: &Path) -> Result<(), String> {
        let program =
            CString::new(python.as_os_str().as_bytes()).map_err(|error| error.to_string())?;
        // SAFETY: the interpreter is not initialised yet, `config` is filled by the function for it before it is
        // read, the strings outlive the calls, and the configuration is cleared once.
        unsafe {
            let mut before = MaybeUninit::<ffi::PyPreConfig>::zeroed();
            ffi::PyPreConfig_InitPythonConfig(before.as_mut_ptr());
            (*before.as_mut_ptr()).utf8_mode = 1;
            check(ffi::Py_PreInitialize(before.as_ptr()))?;
            let mut config = MaybeUninit::<ffi::PyConfig>::zeroed();
            let config = config.as_mut_ptr();
            ffi::PyConfig_InitPythonConfig(config);
            (*config).parse_argv = 0;
            let fields = [
                &raw mut (*config).program_name,
                &raw mut (*config).executable,
            ];
            let set = |field| {
                check(ffi::PyConfig_SetBytesString(
                    config,
                    field,
                    program.as_ptr(),
                ))
            };
            let result = fields
                .into_iter()
                .try_for_each(set)
                .and_then(|()| check(ffi::Py_InitializeFromConfig(config)));
            ffi::PyConfig_Clear(config);
            result
        }
    }

    fn check(status: ffi::PyStatus) -> Result<(), String> {
        // SAFETY: the status was just given by the interpreter; its message is static.
        unsafe {
            if ffi::PyStatus_Exception(status) == 0 {
                return Ok(());
            }
            let said = if status.err_msg.is_null() {
                "no reason given".into()
            } else {
                CStr::from_ptr(status.err_msg).to_string_lossy()
            };
            Err(format!("python cannot be initialised: {said}"))
        }
    }
}
