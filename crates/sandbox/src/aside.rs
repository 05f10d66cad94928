//! Tries things in a throw-away process, so that what they do to a process is done to that one only.

#![expect(unsafe_code, reason = "system calls")]

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read, Write};

/// What `attempt` finds in a copy of this process; nothing when that does not survive it.
pub(crate) fn aside<T: Serialize + DeserializeOwned>(attempt: impl FnOnce() -> T) -> Option<T> {
    let (mut reader, writer) = io::pipe().ok()?;
    // SAFETY: this process has one thread, so the copy is a whole one; or it is the broker's, whose copy touches
    // nothing that other threads may hold.
    let child = unsafe { libc::fork() };
    if child < 0 {
        return None;
    }
    if child == 0 {
        drop(reader);
        let told = tell(writer, &attempt());
        // SAFETY: the copy must not run what the original registered for its own end.
        unsafe { libc::_exit(i32::from(!told)) }
    }
    drop(writer);
    let mut text = Vec::new();
    let read = reader.read_to_end(&mut text);
    // SAFETY: it is our child; how it ended shows in what it told.
    unsafe { libc::waitpid(child, std::ptr::null_mut(), 0) };
    read.ok().and_then(|_| serde_json::from_slice(&text).ok())
}

fn tell(mut to: io::PipeWriter, what: &impl Serialize) -> bool {
    serde_json::to_vec(what).is_ok_and(|text| to.write_all(&text).is_ok())
}
