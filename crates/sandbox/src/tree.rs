//! Ends everything that a prisoner started, and waits until it is gone.

#![expect(unsafe_code, reason = "system calls")]

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Which processes may be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// This process is the first of a pid namespace: every other one in it.
    Namespace,
    /// Whatever descends from this process, which is a subreaper: nothing gets away by a double fork.
    Descendants,
}

/// A process that ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    pub(crate) pid: libc::pid_t,
    pub(crate) status: libc::c_int,
    pub(crate) max_rss_kib: u64,
}

/// What is left of the children of this process.
#[derive(Debug)]
pub(crate) enum Left {
    Nobody,
    Somebody,
    Dead(Ended),
}

/// Takes note of one child that ended, without waiting.
pub(crate) fn reap() -> Left {
    let mut status = 0;
    // SAFETY: all-zero bytes are a valid `rusage`.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both places are valid for the answer.
    let pid = unsafe { libc::wait4(-1, &raw mut status, libc::WNOHANG, &raw mut usage) };
    match pid {
        0 => Left::Somebody,
        pid if pid > 0 => Left::Dead(Ended {
            pid,
            status,
            max_rss_kib: u64::try_from(usage.ru_maxrss).unwrap_or(0),
        }),
        _ if io::Error::last_os_error().kind() == io::ErrorKind::Interrupted => Left::Somebody,
        _ => Left::Nobody,
    }
}

/// Ends them all and calls `each` for those that are gone. False when some would not go.
pub(crate) fn end_all(reach: Reach, patience: Duration, mut each: impl FnMut(Ended)) -> bool {
    let deadline = Instant::now() + patience;
    let mut pause = Duration::from_micros(50);
    kill_all(reach);
    loop {
        match reap() {
            Left::Nobody => return true,
            Left::Dead(ended) => each(ended),
            Left::Somebody if Instant::now() > deadline => return false,
            Left::Somebody => {
                sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(5));
                kill_all(reach);
            }
        }
    }
}

fn kill_all(reach: Reach) {
    // SAFETY: no preconditions.
    let me = unsafe { libc::getpid() };
    match reach {
        // Only as process 1 of a namespace does -1 mean the namespace; anywhere else it means the user's session.
        Reach::Namespace if me == 1 => {
            // SAFETY: see above; the caller is never among those that are hit.
            unsafe { libc::kill(-1, libc::SIGKILL) };
        }
        Reach::Namespace => {}
        Reach::Descendants => {
            for pid in members(reach) {
                // A group that one of ours is in is ours alone: no prisoner can leave its own, or join another.
                // A signal to it is for all at once, also for those that were started meanwhile.
                // SAFETY: no pointers; the process is our descendant.
                let group = unsafe { libc::getpgid(pid) };
                // SAFETY: as above, and never our own group, in which `kill_all` would hit ourselves.
                unsafe {
                    if group > 1 && group != libc::getpgrp() {
                        libc::kill(-group, libc::SIGKILL);
                    }
                    libc::kill(pid, libc::SIGKILL);
                }
            }
        }
    }
}

/// Every other process that is within reach, as far as `/proc` shows it.
pub(crate) fn members(reach: Reach) -> Vec<libc::pid_t> {
    // SAFETY: no preconditions.
    let me = unsafe { libc::getpid() };
    let mut found = Vec::new();
    match reach {
        Reach::Namespace => {
            let all = fs::read_dir("/proc").into_iter().flatten().flatten();
            let numbers = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
            found.extend(numbers.filter(|&pid: &libc::pid_t| pid != me));
        }
        Reach::Descendants => descendants(me, &mut found),
    }
    found
}

/// How many processes and threads a user has.
pub(crate) fn of_user(user: u32) -> u64 {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    all.filter(|entry| entry.metadata().is_ok_and(|found| found.uid() == user))
        .filter_map(|entry| fs::read_dir(entry.path().join("task")).ok())
        .map(|threads| threads.count() as u64)
        .sum()
}

/// Every process that descends from `pid`, children first.
fn descendants(pid: libc::pid_t, found: &mut Vec<libc::pid_t>) {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else {
        return;
    };
    for thread in threads.flatten() {
        let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        for child in children
            .split_ascii_whitespace()
            .filter_map(|word| word.parse().ok())
        {
            if !found.contains(&child) {
                found.push(child);
                descendants(child, found);
            }
        }
    }
}
