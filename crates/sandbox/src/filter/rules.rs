//! Which system calls are denied to whom. What is not named here is allowed.

#![expect(unsafe_code, reason = "system calls that are to be refused")]

use super::program::{Rule, When};
use crate::tree::Reach;
use libc::{EAFNOSUPPORT, ENETUNREACH, ENOSYS, EOPNOTSUPP, EPERM, c_int, c_long};

/// Every `CLONE_NEW…` flag that `clone(2)` and `unshare(2)` know; `CLONE_NEWTIME` is a signal number in `clone`.
const NEW_NAMESPACES: u32 = 0x7E02_0000;
const NEW_TIME_NAMESPACE: u32 = 0x80;
/// `personality(2)` with this value only reads.
const READ_PERSONALITY: u32 = 0xFFFF_FFFF;
/// Puts letters into a terminal's input as if its user had typed them (`ioctl_tty(2)`).
const TYPE_IN: u32 = 0x5412;
/// Pastes into the input of a console, among other things.
const CONSOLE: u32 = 0x541C;
/// Who is meant by 0 is the caller itself.
const ITSELF: &[u32] = &[0];
/// `kill(2)` with -1 is for everyone that can be reached.
const EVERYONE: u32 = 0xFFFF_FFFF;

/// Numbers that every architecture has in common, and libc does not know everywhere yet.
const SYS_FCHMODAT2: c_long = 452;
const SYS_SETXATTRAT: c_long = 463;
const SYS_REMOVEXATTRAT: c_long = 466;
const SYS_FILE_SETATTR: c_long = 469;
/// `FS_IOC_SETFLAGS` and `FS_IOC_FSSETXATTR`: a file that cannot be changed, or be deleted.
const SET_FLAGS: u32 = 0x4008_6602;
const SET_EXTENDED_FLAGS: u32 = 0x401C_5820;

/// `PRIO_USER`.
const EVERYONE_OF_A_USER: u32 = 2;

const UNIX: u32 = 1;
const INET: u32 = 2;
const INET6: u32 = 10;
/// `SOCK_STREAM` and `SOCK_SEQPACKET`, alone and with `SOCK_CLOEXEC`, `SOCK_NONBLOCK` or both.
const CONNECTED: &[u32] = &[1, 0x8_0001, 0x801, 0x8_0801, 5, 0x8_0005, 0x805, 0x8_0805];

/// What neither a slot nor a snippet ever needs.
pub(super) fn slot(reach: Reach, counted: bool) -> Vec<Rule> {
    let mut rules: Vec<Rule> = FORBIDDEN.iter().copied().map(deny).collect();
    let absent = |call: &c_long| rule(*call, When::Always, ENOSYS);
    rules.extend(ABSENT.iter().map(absent));
    rules.extend(BY_ARGUMENT);
    if reach == Reach::Namespace {
        rules.extend(ABOUT_THE_SLOT);
    }
    if !counted {
        rules.extend(WITHOUT_GROUP);
    }
    rules
}

/// What a slot may do and its prisoners may not, where namespaces do not keep them apart.
///
/// In namespaces a slot needs no other call than those for which a prisoner lacks the capability, and nothing
/// gives it one again. To bind a process takes the kernel longer than all other layers together.
pub(super) fn prisoner(reach: Reach) -> Vec<Rule> {
    match reach {
        Reach::Namespace => Vec::new(),
        Reach::Descendants => {
            let mut rules = WITHOUT_NAMESPACES.to_vec();
            #[cfg(target_arch = "x86_64")]
            rules.extend(OLD_NAMES.iter().copied().map(unsupported));
            rules
        }
    }
}

/// Powers over the machine and over other processes.
#[rustfmt::skip]
const FORBIDDEN: &[c_long] = &[
    libc::SYS_acct, libc::SYS_add_key, libc::SYS_adjtimex, libc::SYS_bpf, libc::SYS_chroot,
    libc::SYS_clock_adjtime, libc::SYS_clock_settime, libc::SYS_delete_module, libc::SYS_fanotify_init, libc::SYS_finit_module,
    libc::SYS_fsconfig, libc::SYS_fsmount, libc::SYS_fsopen, libc::SYS_fspick, libc::SYS_init_module,
    libc::SYS_kcmp, libc::SYS_kexec_file_load, libc::SYS_kexec_load, libc::SYS_keyctl, libc::SYS_lookup_dcookie,
    libc::SYS_migrate_pages, libc::SYS_mount_setattr, libc::SYS_move_pages, libc::SYS_name_to_handle_at,
    libc::SYS_nfsservctl, libc::SYS_open_by_handle_at, libc::SYS_perf_event_open, libc::SYS_pidfd_getfd,
    libc::SYS_pivot_root, libc::SYS_process_madvise, libc::SYS_process_mrelease, libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev, libc::SYS_ptrace, libc::SYS_quotactl, libc::SYS_quotactl_fd, libc::SYS_reboot,
    libc::SYS_request_key, libc::SYS_setdomainname, libc::SYS_sethostname, libc::SYS_setns,
    libc::SYS_settimeofday, libc::SYS_swapoff, libc::SYS_swapon, libc::SYS_syslog,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
];

/// What programs try and do without, when the kernel is said not to have it. The flags of `clone3` stand in
/// memory, where no filter can look; libc turns to `clone` then.
const ABSENT: [c_long; 7] = [
    libc::SYS_clone3,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_uring_setup,
    libc::SYS_memfd_secret,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
];

const BY_ARGUMENT: [Rule; 7] = [
    rule(libc::SYS_clone, When::Bits(0, NEW_NAMESPACES), EPERM),
    rule(
        libc::SYS_unshare,
        When::Bits(0, NEW_NAMESPACES | NEW_TIME_NAMESPACE),
        EPERM,
    ),
    rule(
        libc::SYS_personality,
        When::Not(0, &[READ_PERSONALITY]),
        EPERM,
    ),
    rule(libc::SYS_ioctl, When::Is(1, TYPE_IN), EPERM),
    rule(libc::SYS_ioctl, When::Is(1, CONSOLE), EPERM),
    // Sockets that lead out of the namespaces.
    rule(
        libc::SYS_socket,
        When::Not(0, &[UNIX, INET, INET6]),
        EAFNOSUPPORT,
    ),
    rule(libc::SYS_socketpair, When::Not(0, &[UNIX]), EAFNOSUPPORT),
];

/// Limits and priorities may be changed by whoever has the same user. The slot is process 1 of its namespace.
const ABOUT_THE_SLOT: [Rule; 8] = [
    rule(libc::SYS_prlimit64, When::Is(0, 1), EPERM),
    rule(libc::SYS_sched_setaffinity, When::Is(0, 1), EPERM),
    rule(libc::SYS_sched_setattr, When::Is(0, 1), EPERM),
    rule(libc::SYS_sched_setparam, When::Is(0, 1), EPERM),
    rule(libc::SYS_sched_setscheduler, When::Is(0, 1), EPERM),
    rule(libc::SYS_setpriority, When::Is(1, 1), EPERM),
    rule(
        libc::SYS_setpriority,
        When::Is(0, EVERYONE_OF_A_USER),
        EPERM,
    ),
    rule(libc::SYS_ioprio_set, When::Not(1, ITSELF), EPERM),
];

/// Memory that belongs to no process, so that only a control group counts it.
const WITHOUT_GROUP: [Rule; 2] = [
    unsupported(libc::SYS_memfd_create),
    unsupported(libc::SYS_shmget),
];

/// What namespaces would keep apart. No socket can be connected to anything: neither the network, nor programs of
/// the user that do things for whoever asks, which no rule for files covers. A group cannot be left, so that a
/// signal to it reaches everyone.
const WITHOUT_NAMESPACES: [Rule; 38] = [
    deny(libc::SYS_mount),
    deny(libc::SYS_move_mount),
    deny(libc::SYS_open_tree),
    deny(libc::SYS_umount2),
    rule(libc::SYS_socket, When::Always, ENETUNREACH),
    rule(libc::SYS_socketpair, When::Not(1, CONNECTED), ENETUNREACH),
    rule(libc::SYS_setsid, When::Always, 0),
    rule(libc::SYS_setpgid, When::Always, 0),
    rule(libc::SYS_kill, When::Is(0, EVERYONE), EPERM),
    rule(libc::SYS_prlimit64, When::Not(0, ITSELF), EPERM),
    rule(libc::SYS_setpriority, When::Not(1, ITSELF), EPERM),
    rule(libc::SYS_ioprio_set, When::Not(1, ITSELF), EPERM),
    rule(
        libc::SYS_setpriority,
        When::Is(0, EVERYONE_OF_A_USER),
        EPERM,
    ),
    rule(libc::SYS_sched_setaffinity, When::Not(0, ITSELF), EPERM),
    rule(libc::SYS_sched_setattr, When::Not(0, ITSELF), EPERM),
    rule(libc::SYS_sched_setparam, When::Not(0, ITSELF), EPERM),
    rule(libc::SYS_sched_setscheduler, When::Not(0, ITSELF), EPERM),
    // Rules for files do not speak of these, even of files that can only be read (landlock(7), limitations).
    // Modes, owners and times are only changed for whoever owns the file, which the user does.
    unsupported(libc::SYS_fchmod),
    unsupported(libc::SYS_fchmodat),
    unsupported(SYS_FCHMODAT2),
    unsupported(libc::SYS_fchown),
    unsupported(libc::SYS_fchownat),
    unsupported(libc::SYS_utimensat),
    unsupported(libc::SYS_setxattr),
    unsupported(libc::SYS_lsetxattr),
    unsupported(libc::SYS_fsetxattr),
    unsupported(SYS_SETXATTRAT),
    unsupported(libc::SYS_removexattr),
    unsupported(libc::SYS_lremovexattr),
    unsupported(libc::SYS_fremovexattr),
    unsupported(SYS_REMOVEXATTRAT),
    unsupported(SYS_FILE_SETATTR),
    rule(libc::SYS_ioctl, When::Is(1, SET_FLAGS), EOPNOTSUPP),
    rule(libc::SYS_ioctl, When::Is(1, SET_EXTENDED_FLAGS), EOPNOTSUPP),
    // System V objects have names that all programs share, and outlive those who made them.
    deny(libc::SYS_msgget),
    deny(libc::SYS_semget),
    deny(libc::SYS_shmget),
    // So have message queues.
    deny(libc::SYS_mq_open),
];

/// The older calls for the same, which newer machines do not have.
#[cfg(target_arch = "x86_64")]
const OLD_NAMES: &[c_long] = &[
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
    libc::SYS_futimesat,
];

/// Tries what costs nothing when it is allowed.
pub(super) fn denies_what_it_should() -> bool {
    let refused = |answer: c_int| answer < 0;
    // SAFETY: null and zero arguments only: without the filter these calls fail as well, or change nothing.
    let answers = unsafe {
        [
            libc::socket(libc::AF_NETLINK, libc::SOCK_RAW, 0),
            libc::unshare(libc::CLONE_NEWUTS),
        ]
    };
    // SAFETY: it starts a session at most, in a process that is thrown away.
    let made_up = unsafe { libc::setsid() } == 0;
    answers.into_iter().all(refused) && made_up
}

/// An answer that is not the snippet's fault: see `missing` in the checker.
const fn unsupported(call: c_long) -> Rule {
    rule(call, When::Always, EOPNOTSUPP)
}

const fn deny(call: c_long) -> Rule {
    rule(call, When::Always, EPERM)
}

const fn rule(call: c_long, when: When, error: c_int) -> Rule {
    Rule { call, when, error }
}
