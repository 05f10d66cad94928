//! A world of its own: processes, mounts, network, names and System V objects that are not the user's.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use std::fs;

/// Leaves the user's namespaces; the next child of this process is the first one of a new pid namespace.
pub(crate) fn leave() -> Result<(), JailError> {
    // SAFETY: neither call has preconditions.
    let (user, group) = unsafe { (libc::geteuid(), libc::getegid()) };
    let mut flags = libc::CLONE_NEWNS
        | libc::CLONE_NEWPID
        | libc::CLONE_NEWIPC
        | libc::CLONE_NEWNET
        | libc::CLONE_NEWUTS;
    if user != 0 {
        flags |= libc::CLONE_NEWUSER;
    }
    // SAFETY: the process has one thread, whose file system state is not shared.
    checked("leave the namespaces", unsafe { libc::unshare(flags) })?;
    if user != 0 {
        write_map("setgroups", "deny")?;
        write_map("uid_map", &format!("{user} {user} 1"))?;
        write_map("gid_map", &format!("{group} {group} 1"))?;
    }
    Ok(())
}

/// Asks the kernel to kill this process when the one that made it is gone.
pub(crate) fn die_with_parent() -> Result<(), JailError> {
    parent_death_signal(libc::SIGKILL)
}

/// Asks the kernel to request this process's end when the one that made it is gone.
pub fn end_with_parent() -> Result<(), JailError> {
    parent_death_signal(libc::SIGTERM)
}

fn parent_death_signal(signal: libc::c_int) -> Result<(), JailError> {
    // SAFETY: no pointers are passed.
    let answer = unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, signal, 0, 0, 0) };
    checked("ask to end with the parent", answer).map(|_| ())
}

fn write_map(name: &str, text: &str) -> Result<(), JailError> {
    fs::write(format!("/proc/self/{name}"), text).map_err(|source| JailError::Refused {
        step: "map the user",
        source,
    })
}

/// Brings up the loopback device of a new network namespace, for servers that talk to themselves.
pub(crate) fn loopback_up() -> Result<(), JailError> {
    // SAFETY: a plain socket, closed below.
    let socket = checked("open a socket", unsafe {
        libc::socket(libc::AF_INET, libc::SOCK_DGRAM | libc::SOCK_CLOEXEC, 0)
    })?;
    // SAFETY: all-zero bytes are a valid `ifreq`.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(b"lo") {
        *to = libc::c_char::from_ne_bytes([*from]);
    }
    #[expect(clippy::cast_possible_truncation, reason = "both flags are below 2^8")]
    let up = (libc::IFF_UP | libc::IFF_RUNNING) as libc::c_short;
    request.ifr_ifru.ifru_flags = up;
    // SAFETY: `request` is a whole `ifreq` and outlives the call.
    let answer = unsafe { libc::ioctl(socket, libc::SIOCSIFFLAGS, &raw mut request) };
    let result = checked("bring up the loopback device", answer);
    // SAFETY: it was opened above and nobody else has it.
    unsafe { libc::close(socket) };
    result.map(|_| ())
}
