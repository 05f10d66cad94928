//! Finds out what protects here, by building it where nothing depends on it.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use crate::jail::{Jail, Spec};
use snipcheck_core::SandboxInfo;
use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;

/// What would protect a snippet on this system, found by building a jail in a throw-away process.
pub fn probe() -> Result<SandboxInfo, JailError> {
    let (reader, writer) =
        rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC).map_err(|error| {
            JailError::Refused {
                step: "make a pipe",
                source: error.into(),
            }
        })?;
    // SAFETY: the copy only builds the jail, writes to the pipe and leaves.
    let child = checked("fork", unsafe { libc::fork() })?;
    if child == 0 {
        drop(reader);
        let spec = Spec {
            readable: Vec::new(),
            folder: PathBuf::from("/nonexistent"),
        };
        let code = match Jail::enter(spec) {
            Ok(jail) => i32::from(!tell(writer.into(), &jail.info())),
            Err(_) => 2,
        };
        // SAFETY: the copy must not run what the original registered for its own end.
        unsafe { libc::_exit(code) }
    }
    drop(writer);
    let mut text = Vec::new();
    let read = File::from(reader).read_to_end(&mut text);
    // SAFETY: it is our child; how it ended shows in what it told.
    unsafe { libc::waitpid(child, std::ptr::null_mut(), 0) };
    read.map_err(|source| JailError::Refused {
        step: "read what the throw-away process found",
        source,
    })?;
    serde_json::from_slice(&text).map_err(|_| JailError::Rules("no jail could be built".to_owned()))
}

fn tell(mut to: File, info: &SandboxInfo) -> bool {
    serde_json::to_vec(info).is_ok_and(|text| to.write_all(&text).is_ok())
}
