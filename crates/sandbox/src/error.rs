//! What can go wrong while a jail is built; what a prisoner does is never one of these.

use std::io;
use thiserror::Error;

/// Why a jail could not be built or a prisoner not be started.
#[derive(Debug, Error)]
pub enum JailError {
    /// The system refused a step.
    #[error("failed to {step}")]
    Refused {
        /// What was tried.
        step: &'static str,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The files rules could not be made.
    #[error("failed to make the rules for files: {0}")]
    Rules(String),
    /// A jail that was tried could not be built.
    #[error("no jail can be built: {0}")]
    NotBuilt(String),
}

impl JailError {
    /// The error of a step that just failed in a system call.
    pub(crate) fn last(step: &'static str) -> Self {
        JailError::Refused {
            step,
            source: io::Error::last_os_error(),
        }
    }
}

/// Turns the `-1` of a system call into an error.
pub(crate) fn checked(step: &'static str, answer: libc::c_int) -> Result<libc::c_int, JailError> {
    if answer < 0 {
        Err(JailError::last(step))
    } else {
        Ok(answer)
    }
}
