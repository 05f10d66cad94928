//! Who a prisoner is: nobody, where the slot may choose, and never anyone with powers.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use rustix::fs::{Access, access};
use std::path::PathBuf;

/// The user and the group to whom nothing belongs, on any Linux.
const NOBODY: libc::id_t = 65534;

/// As whom prisoners run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    /// As the user who called us.
    Own,
    /// As nobody, because that is user 0.
    Nobody,
    /// As user 0 without any capability, because nobody cannot read the interpreter.
    Powerless,
}

impl Identity {
    /// As whom a prisoner can run that needs to read `readable`; to be called inside the walls.
    pub(crate) fn find(readable: &[PathBuf]) -> Self {
        if !rustix::process::geteuid().is_root() {
            return Identity::Own;
        }
        let nobody_reads = crate::aside::aside(|| {
            become_nobody().is_ok()
                && readable
                    .iter()
                    .all(|path| access(path, Access::READ_OK).is_ok())
        });
        match nobody_reads {
            Some(true) => Identity::Nobody,
            _ => Identity::Powerless,
        }
    }

    /// Becomes that one for good.
    pub(crate) fn assume(self) -> Result<(), JailError> {
        match self {
            Identity::Own | Identity::Powerless => Ok(()),
            Identity::Nobody => become_nobody(),
        }
    }

    /// The user's number.
    pub(crate) fn user(self) -> u32 {
        let own = || rustix::process::geteuid().as_raw();
        self.owner().unwrap_or_else(own)
    }

    /// The owner of a folder that prisoners may write to, when it is not the slot's own user.
    pub(crate) fn owner(self) -> Option<u32> {
        (self == Identity::Nobody).then_some(NOBODY)
    }
}

fn become_nobody() -> Result<(), JailError> {
    // SAFETY: no pointers that are read: the list of groups is empty.
    unsafe {
        checked("leave the groups", libc::setgroups(0, std::ptr::null()))?;
        checked("become nobody", libc::setresgid(NOBODY, NOBODY, NOBODY))?;
        checked("become nobody", libc::setresuid(NOBODY, NOBODY, NOBODY))?;
    }
    Ok(())
}
