//! What a prisoner does to itself before it runs anything: limits, and rights given up for good.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets};
use snipcheck_core::Limits;

/// Open files.
const FILES: u64 = 1024;
/// The size of one file.
const FILE_BYTES: u64 = 256 << 20;
/// Processes and threads of the user, where the kernel counts them (never for user 0).
const PROCESSES: u64 = 4096;
/// The highest capability that a kernel may know.
const LAST_CAPABILITY: libc::c_ulong = 63;

/// Sets the limits of this process and of all that it starts.
pub(crate) fn bind(limits: &Limits) {
    lower(Resource::Core, 0);
    lower(Resource::Data, limits.memory_bytes);
    lower(Resource::Nofile, FILES);
    lower(Resource::Fsize, FILE_BYTES);
    if !rustix::process::geteuid().is_root() {
        lower(Resource::Nproc, PROCESSES);
    }
}

/// Lowers a limit for good; one that is lower already stays.
fn lower(resource: Resource, to: u64) {
    let now = getrlimit(resource);
    let to = now.maximum.map_or(to, |most| most.min(to));
    let limit = Rlimit {
        current: Some(to),
        maximum: Some(to),
    };
    // A limit can always be lowered; should a kernel not know it, the deadline still holds.
    setrlimit(resource, limit).ok();
}

/// Takes away what a program that is started later could get back (a program of user 0 gets everything).
pub(crate) fn empty_bounding_set() {
    for capability in 0..=LAST_CAPABILITY {
        // SAFETY: no pointers; an unknown capability is an error that changes nothing.
        unsafe { libc::prctl(libc::PR_CAPBSET_DROP, capability, 0, 0, 0) };
    }
}

/// Gives up every capability, and the hope to ever get one.
pub(crate) fn give_up_privileges() -> Result<(), JailError> {
    let none = CapabilitySets {
        effective: CapabilitySet::empty(),
        permitted: CapabilitySet::empty(),
        inheritable: CapabilitySet::empty(),
    };
    let refused = |step, error: rustix::io::Errno| JailError::Refused {
        step,
        source: error.into(),
    };
    rustix::thread::set_no_new_privs(true).map_err(|e| refused("give up new privileges", e))?;
    rustix::thread::set_capabilities(None, none).map_err(|e| refused("drop capabilities", e))
}

/// Closes every descriptor but the standard three and those of `keep` (in ascending order).
pub(crate) fn close_others(keep: &[libc::c_uint]) -> Result<(), JailError> {
    let mut from: libc::c_uint = 3;
    for &kept in keep {
        if from < kept {
            close_range(from, kept - 1)?;
        }
        from = kept + 1;
    }
    close_range(from, libc::c_uint::MAX)
}

fn close_range(first: libc::c_uint, last: libc::c_uint) -> Result<(), JailError> {
    // SAFETY: no object of this process uses those descriptors again: it runs the prisoner's code next.
    let answer = unsafe { libc::close_range(first, last, 0) };
    checked("close descriptors", answer).map(|_| ())
}
