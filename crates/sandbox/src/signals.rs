//! Signals: what they are called, and that they count.

#![expect(unsafe_code, reason = "system calls")]

use libc::sigaction;
use std::mem::MaybeUninit;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::ptr;

/// Lets every signal do in a program that is started what it does by default, where whoever started this process had
/// it ignored: a shell does that for what it runs in the background, and `nohup`. What a snippet does must not depend
/// on it.
pub fn heed_signals(command: &mut Command) {
    let heed = || {
        heed_ignored();
        Ok(())
    };
    // SAFETY: in the new process only system calls are made.
    unsafe { command.pre_exec(heed) };
}

/// `SIGPIPE` stays as it is: this program ignores it, and so does Python.
fn heed_ignored() {
    for signal in (1..=31).filter(|signal| *signal != libc::SIGPIPE) {
        let mut known = MaybeUninit::<sigaction>::uninit();
        // SAFETY: nothing is set, and what is there now is written to memory of that type; it is read if it was written.
        let is_ignored = unsafe {
            libc::sigaction(signal, ptr::null(), known.as_mut_ptr()) == 0
                && known.assume_init().sa_sigaction == libc::SIG_IGN
        };
        if is_ignored {
            // SAFETY: a signal that is ignored has no handler that somebody could miss.
            unsafe { libc::signal(signal, libc::SIG_DFL) };
        }
    }
}

/// The name of a signal as manuals write it: `SIGSEGV`.
pub fn signal_name(signal: i32) -> String {
    let known = [
        (libc::SIGHUP, "SIGHUP"),
        (libc::SIGINT, "SIGINT"),
        (libc::SIGQUIT, "SIGQUIT"),
        (libc::SIGILL, "SIGILL"),
        (libc::SIGTRAP, "SIGTRAP"),
        (libc::SIGABRT, "SIGABRT"),
        (libc::SIGBUS, "SIGBUS"),
        (libc::SIGFPE, "SIGFPE"),
        (libc::SIGKILL, "SIGKILL"),
        (libc::SIGUSR1, "SIGUSR1"),
        (libc::SIGSEGV, "SIGSEGV"),
        (libc::SIGUSR2, "SIGUSR2"),
        (libc::SIGPIPE, "SIGPIPE"),
        (libc::SIGALRM, "SIGALRM"),
        (libc::SIGTERM, "SIGTERM"),
        (libc::SIGXCPU, "SIGXCPU"),
        (libc::SIGXFSZ, "SIGXFSZ"),
        (libc::SIGVTALRM, "SIGVTALRM"),
        (libc::SIGPROF, "SIGPROF"),
        (libc::SIGSYS, "SIGSYS"),
    ];
    known
        .iter()
        .find(|(number, _)| *number == signal)
        .map_or_else(
            || format!("signal {signal}"),
            |(_, name)| (*name).to_owned(),
        )
}

#[cfg(test)]
mod tests {
    use super::signal_name;

    #[test]
    fn names() {
        assert_eq!(signal_name(11), "SIGSEGV");
        assert_eq!(signal_name(40), "signal 40");
    }
}
