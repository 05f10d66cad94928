//! A slot that is asked to end in the middle of a prisoner's run ends the prisoner first.

#![expect(unsafe_code, reason = "signal handlers")]

use std::sync::atomic::{AtomicBool, Ordering};

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// From now on, a request to terminate is noted instead of obeyed.
pub(crate) fn on_request() {
    let handler: extern "C" fn(libc::c_int) = note;
    // SAFETY: the handler only stores to an atomic, which is allowed at any time. It does not restart system
    // calls, so that whoever waits comes back and looks.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler as libc::sighandler_t;
        libc::sigaction(libc::SIGTERM, &raw const action, std::ptr::null_mut());
    }
}

/// Whether there was such a request.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// Gives a new process the usual behaviour back.
pub(crate) fn forget() {
    // SAFETY: it only resets the handler of this process.
    unsafe { libc::signal(libc::SIGTERM, libc::SIG_DFL) };
}

extern "C" fn note(_: libc::c_int) {
    REQUESTED.store(true, Ordering::Relaxed);
}
