//! Which system calls a prisoner may make: seccomp programs made once a slot.
//!
//! What no snippet needs and what makes the kernel's surface small is denied for the slot itself, before any
//! fork, so that it costs a prisoner nothing; what the slot needs for its own work is denied to each prisoner, as far
//! as a prisoner could make the call.
//! A call that a program may try and do without is answered as by a kernel that does not have it.

mod program;
mod rules;

use crate::error::JailError;
use crate::tree::Reach;
use program::Program;

/// The two programs of a slot.
#[derive(Debug)]
pub(crate) struct Filters {
    slot: Program,
    prisoner: Option<Program>,
}

impl Filters {
    /// `counted` is whether a control group counts what memory is used.
    pub(crate) fn new(reach: Reach, counted: bool) -> Self {
        let prisoner = rules::prisoner(reach);
        Filters {
            slot: Program::new(&rules::slot(reach, counted)),
            prisoner: (!prisoner.is_empty()).then(|| Program::new(&prisoner)),
        }
    }

    /// Binds this process, and all that it starts, to what a slot may do.
    pub(crate) fn bind_slot(&self) -> Result<(), JailError> {
        self.slot.install()
    }

    /// Binds this process to what a prisoner may do.
    pub(crate) fn bind_prisoner(&self) -> Result<(), JailError> {
        self.prisoner.as_ref().map_or(Ok(()), Program::install)
    }
}

/// Whether this kernel takes such programs; to be called in a throw-away process, which stays bound by them.
pub(crate) fn try_out() -> bool {
    let filters = Filters::new(Reach::Descendants, false);
    rustix::thread::set_no_new_privs(true).is_ok()
        && filters.bind_slot().is_ok()
        && filters.bind_prisoner().is_ok()
        && rules::denies_what_it_should()
}
