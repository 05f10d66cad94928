//! The outer process of a slot: starts the inner one, passes on that it is to end, and removes what it leaves.
//!
//! It runs nothing of a snippet's and is outside the walls as far as walls can be left out, so it is there when
//! the inner process is gone, by whatever way.

#![expect(unsafe_code, reason = "system calls")]

use crate::error::{JailError, checked};
use crate::namespaces::{die_with_parent, end_with_parent};
use crate::stop;
use crate::tree::Reach;
use libc::{c_int, pid_t, sigset_t};
use std::mem::MaybeUninit;
use std::ptr;

/// Forks and goes on as the inner process; the outer one calls `clean` when that has ended, and never returns.
pub(crate) fn fork_inner(reach: Reach, clean: impl FnOnce()) -> Result<(), JailError> {
    let signals = signals(&[libc::SIGTERM, libc::SIGCHLD]);
    let mut before = MaybeUninit::uninit();
    // SAFETY: both sets are valid places. Nothing may come between the fork and the wait for it.
    unsafe { libc::sigprocmask(libc::SIG_BLOCK, &raw const signals, before.as_mut_ptr()) };
    // SAFETY: the process has one thread, so the copy is a whole one.
    let child = checked("fork", unsafe { libc::fork() })?;
    if child > 0 {
        let code = wait(child, reach, &signals);
        clean();
        // SAFETY: nothing is to be unwound; the inner process has flushed what it had.
        unsafe { libc::_exit(code) }
    }
    match reach {
        // The kernel ends everything in the namespaces with their first process.
        Reach::Namespace => die_with_parent()?,
        Reach::Descendants => {
            stop::on_request();
            end_with_parent()?;
        }
    }
    // SAFETY: it was filled above.
    unsafe { libc::sigprocmask(libc::SIG_SETMASK, before.as_ptr(), ptr::null_mut()) };
    Ok(())
}

/// Until the inner process has ended; its exit code.
fn wait(child: pid_t, reach: Reach, signals: &sigset_t) -> c_int {
    // The wish to end with the broker went with the change of namespaces (prctl(2)).
    end_with_parent().ok();
    loop {
        let mut status = 0;
        // SAFETY: `status` is a valid place for the answer.
        let ended = unsafe { libc::waitpid(child, &raw mut status, libc::WNOHANG) };
        if ended == child && libc::WIFEXITED(status) {
            return libc::WEXITSTATUS(status);
        }
        if ended != 0 {
            return 1;
        }
        // SAFETY: the set is valid, and its signals are blocked, so that none is lost in between.
        let signal = unsafe { libc::sigwaitinfo(signals, ptr::null_mut()) };
        if signal == libc::SIGTERM {
            let passed_on = match reach {
                Reach::Namespace => libc::SIGKILL,
                Reach::Descendants => libc::SIGTERM,
            };
            // SAFETY: it is our child and not waited for yet.
            unsafe { libc::kill(child, passed_on) };
        }
    }
}

fn signals(which: &[c_int]) -> sigset_t {
    let mut set = MaybeUninit::uninit();
    // SAFETY: the first call makes the set, the others add to it.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        for &signal in which {
            libc::sigaddset(set.as_mut_ptr(), signal);
        }
        set.assume_init()
    }
}
