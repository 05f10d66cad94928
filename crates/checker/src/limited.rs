//! Limits that show as an exception: the snippet went on, and was told no.

use snipcheck_core::{Exception, Limits, size};

/// The limit that an exception tells of, in words that go on from a line's number.
pub(crate) fn what(exception: &Exception, limits: &Limits) -> Option<String> {
    let is_os_error = |number: u32| {
        exception.message.starts_with(&format!("[Errno {number}] "))
            && (exception.type_name == "OSError"
                || exception.bases.iter().any(|base| base == "OSError"))
    };
    if exception.type_name == "MemoryError" {
        return Some(format!(
            "needs more memory than the {} that a process may take",
            size(limits.memory_bytes)
        ));
    }
    if exception.type_name == "RuntimeError" && exception.message == "can't start new thread" {
        return Some(format!(
            "starts more than {} processes and threads, or has no memory for one more",
            limits.processes
        ));
    }
    // The numbers are those of Linux (errno(3)): too many open files, file too large, no space left.
    if is_os_error(24) {
        return Some(format!(
            "opens more than {} files at once",
            limits.open_files
        ));
    }
    (is_os_error(27) || is_os_error(28)).then(|| {
        format!(
            "writes more than the {} of disk that it may",
            size(limits.disk_bytes)
        )
    })
}
