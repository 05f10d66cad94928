//! What a prisoner does to itself before it runs anything: limits, and rights given up for good.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets};
use snipcheck_core::Limits;

/// Processes of a slot that count as the user's: its two and the one beyond the limit, which the watch sees.
const OWN_PROCESSES: u64 = 3;
/// Bytes of memory that may be kept from being swapped out.
const LOCKED_BYTES: u64 = 64 << 10;
/// Bytes of message queues.
const QUEUE_BYTES: u64 = 1 << 20;
/// The highest capability that a kernel may know.
const LAST_CAPABILITY: libc::c_ulong = 63;

/// Sets the limits of a slot and of its prisoners that are the same for all.
pub(crate) fn bind_slot() {
    lower(Resource::Core, 0);
    lower(Resource::Memlock, LOCKED_BYTES);
    lower(Resource::Msgqueue, QUEUE_BYTES);
    lower(Resource::Nice, 0);
    lower(Resource::Rtprio, 0);
}

/// Sets the limits of this process, which has no privileges, and of all that it starts.
///
/// `others` is how many processes and threads the user has besides, as far as the kernel counts them together
/// with the prisoner's: since 5.14 each user namespace counts for itself.
pub(crate) fn bind(limits: &Limits, others: u64) {
    // Not the address space, of which threads take a lot that is never used.
    lower(Resource::Data, limits.memory_bytes);
    lower(Resource::Nofile, limits.open_files);
    lower(Resource::Fsize, limits.disk_bytes);
    // For each process alone, and in whole seconds: the watch is nearer to the limit.
    lower(Resource::Cpu, limits.cpu_time().as_secs() + 2);
    // Never held against user 0. The control group, or the watch, tells when it is reached.
    lower(Resource::Nproc, limits.processes + others + OWN_PROCESSES);
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

/// Gives up the hope that a program which is started later has more rights.
pub(crate) fn give_up_gains() -> Result<(), JailError> {
    rustix::thread::set_no_new_privs(true).map_err(|error| JailError::Refused {
        step: "give up new privileges",
        source: error.into(),
    })
}

/// Gives up every capability, and the hope to ever get one.
pub(crate) fn give_up_privileges() -> Result<(), JailError> {
    let none = CapabilitySets {
        effective: CapabilitySet::empty(),
        permitted: CapabilitySet::empty(),
        inheritable: CapabilitySet::empty(),
    };
    give_up_gains()?;
    rustix::thread::set_capabilities(None, none).map_err(|error| JailError::Refused {
        step: "drop capabilities",
        source: error.into(),
    })
}

/// Keeps others of the same user from looking into this process or changing it (ptrace(2)).
pub(crate) fn hide_from_prisoners() -> Result<(), JailError> {
    dumpable(0)
}

/// Gives a new process the usual rights to what `/proc` shows of itself.
pub(crate) fn be_visible() -> Result<(), JailError> {
    dumpable(1)
}

fn dumpable(value: libc::c_int) -> Result<(), JailError> {
    // SAFETY: no pointers are passed.
    let answer = unsafe { libc::prctl(libc::PR_SET_DUMPABLE, value, 0, 0, 0) };
    checked("set who may look into the process", answer).map(|_| ())
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
