//! Watches over one prisoner: reads what it writes, holds it to its limits, ends all that it started.

use crate::jail::{CONFINEMENT_FAILED, Prisoner};
use crate::ledger::Threads;
use crate::meter::{Excess, Meter};
use crate::stop;
use crate::tree::{self, Ended, Left, Reach};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use snipcheck_core::{Ledger, Limits};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long processes that were left behind may take to end by themselves.
const GRACE: Duration = Duration::from_millis(100);
/// How long the end of all processes may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a prisoner runs before its pipes are looked at: most have ended by then, with what fits into them.
const UNREAD: Duration = Duration::from_millis(5);
/// How long a prisoner runs before it is looked at for what it uses: most have ended by then.
const UNWATCHED: Duration = Duration::from_millis(60);
/// How often it is looked at from then on.
const WATCH: Duration = Duration::from_millis(40);
/// How often its threads are looked at, where somebody wants to know: seldom enough to cost next to nothing.
const NOTE: Duration = Duration::from_millis(10);
/// And not more often than so many times in all the time that it takes.
const NOTES: u32 = 2000;
/// What is read of the results at most; the rest is thrown away.
const RESULTS_BYTES: u64 = 64 << 20;
/// What is read at a time.
const PIECE: usize = 64 << 10;

/// How a prisoner ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Exited(i32),
    /// By a signal, that it or the kernel sent.
    Signalled(i32),
    /// It was over its time.
    TimedOut,
    /// It was over another limit.
    Over(Excess),
    /// It could not be confined, so nothing was run; stderr says why.
    NotConfined,
    /// The slot was asked to end.
    Abandoned,
    /// It cannot be ended: its slot must go.
    Unkillable,
}

/// What a prisoner did, as seen from outside.
#[derive(Debug)]
pub struct Report {
    /// How it ended.
    pub end: End,
    /// What it wrote to stdout, up to the cap.
    pub stdout: Vec<u8>,
    /// What it wrote to stderr, up to the cap.
    pub stderr: Vec<u8>,
    /// What it told on the results descriptor.
    pub results: Vec<u8>,
    /// From fork to the end.
    pub duration: Duration,
    /// The largest resident set of the process itself.
    pub max_rss_kib: u64,
    /// Whether processes that it had started were still alive when it ended.
    pub left_behind: bool,
    /// What its threads did, if that was noted.
    pub ledger: Ledger,
}

impl Prisoner<'_> {
    /// The folder that it may write to.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Waits for the end of the prisoner, and sees to it that there is one; `look` sees its folder afterwards,
    /// before that is thrown away.
    pub fn supervise(self, limits: &Limits, look: impl FnOnce(&Path)) -> Report {
        let mut watch = Watch::new(&self, limits);
        let mut meter = Meter::new(self.jail, limits, &self.folder, self.before);
        let deadline = self.started + limits.timeout;
        let mut forced = watch.until_it_ends(deadline, &mut meter);
        let duration = self.started.elapsed();
        let mut left_behind = false;
        if forced.is_none() && !watch.nobody_left {
            left_behind = watch.grace();
            if watch.over_cap() {
                forced = Some(End::Over(Excess::Output));
            }
        }
        if forced.is_none() {
            forced = meter.last_look().map(End::Over);
        }
        let mut main = watch.main;
        let gone = watch.nobody_left
            || tree::end_all(self.jail.reach(), PATIENCE, |ended| {
                if ended.pid == self.pid {
                    main = Some(ended);
                }
            });
        watch.drain();
        look(&self.folder);
        self.clear();
        let end = match (gone, forced, main) {
            (false, ..) => End::Unkillable,
            (true, Some(forced), _) => forced,
            (true, None, Some(main)) => by_itself(main.status),
            (true, None, None) => End::Signalled(libc::SIGKILL),
        };
        let ledger = watch.notes.map(|notes| notes.ledger).unwrap_or_default();
        let [stdout, stderr, results] = watch.streams.map(|stream| stream.bytes);
        Report {
            end,
            stdout,
            stderr,
            results,
            duration,
            max_rss_kib: main.map_or(0, |main| main.max_rss_kib),
            left_behind,
            ledger,
        }
    }
}

fn by_itself(status: libc::c_int) -> End {
    if libc::WIFSIGNALED(status) {
        End::Signalled(libc::WTERMSIG(status))
    } else if libc::WEXITSTATUS(status) == CONFINEMENT_FAILED {
        End::NotConfined
    } else {
        End::Exited(libc::WEXITSTATUS(status))
    }
}

/// One pipe of the prisoner.
struct Stream<'a> {
    descriptor: &'a OwnedFd,
    bytes: Vec<u8>,
    cap: u64,
    over: bool,
    open: bool,
}

/// Looks at the prisoner's threads.
struct Notes {
    threads: Threads,
    began: Instant,
    next: Instant,
    ledger: Ledger,
}

impl Notes {
    fn new(reach: Reach) -> Self {
        let now = Instant::now();
        Notes {
            threads: Threads::new(reach),
            began: now,
            next: now,
            ledger: Ledger::default(),
        }
    }

    /// Looks when it is time to; when it will be next.
    fn look(&mut self) -> Instant {
        let now = Instant::now();
        if now >= self.next {
            self.ledger.looks.push(self.threads.look());
            self.next = now + NOTE.max((now - self.began) / NOTES);
        }
        self.next
    }
}

struct Watch<'a> {
    pid: libc::pid_t,
    handle: Option<OwnedFd>,
    streams: [Stream<'a>; 3],
    main: Option<Ended>,
    nobody_left: bool,
    notes: Option<Notes>,
    /// Untouched as far as nothing was read into it: a page that is shared with the prisoner costs a copy.
    buffer: Box<[MaybeUninit<u8>]>,
}

impl<'a> Watch<'a> {
    fn new(prisoner: &'a Prisoner<'_>, limits: &Limits) -> Self {
        let stream = |descriptor, cap| Stream {
            descriptor,
            bytes: Vec::new(),
            cap,
            over: false,
            open: true,
        };
        Watch {
            pid: prisoner.pid,
            handle: Pid::from_raw(prisoner.pid)
                .and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok()),
            streams: [
                stream(&prisoner.stdout, limits.output_bytes),
                stream(&prisoner.stderr, limits.output_bytes),
                stream(&prisoner.results, RESULTS_BYTES),
            ],
            main: None,
            nobody_left: false,
            notes: prisoner.is_noted.then(|| Notes::new(prisoner.jail.reach())),
            buffer: Box::new_uninit_slice(PIECE),
        }
    }

    /// Reads until the main process has ended; what it was ended for, when that is needed.
    fn until_it_ends(&mut self, deadline: Instant, meter: &mut Meter<'_>) -> Option<End> {
        let mut next_look = Instant::now() + UNWATCHED;
        if self.notes.is_none() {
            self.wait(UNREAD, &[]);
        }
        loop {
            self.note_the_dead();
            if self.main.is_some() {
                return None;
            }
            let now = Instant::now();
            if now >= deadline {
                return Some(End::TimedOut);
            }
            if stop::requested() {
                return Some(End::Abandoned);
            }
            if now >= next_look {
                if let Some(excess) = meter.look() {
                    return Some(End::Over(excess));
                }
                next_look = Instant::now() + WATCH;
            }
            let next_note = self.notes.as_mut().map(Notes::look);
            // Without a handle on the process, its end is looked for every few milliseconds.
            let tick = if self.handle.is_some() {
                next_look.min(next_note.unwrap_or(next_look)) - now
            } else {
                Duration::from_millis(5)
            };
            self.wait_and_read(tick.min(deadline - now));
            if self.over_cap() {
                return Some(End::Over(Excess::Output));
            }
        }
    }

    fn over_cap(&self) -> bool {
        self.streams[..2].iter().any(|stream| stream.over)
    }

    /// Lets what was left behind end by itself; whether something had to be left.
    fn grace(&mut self) -> bool {
        let until = Instant::now() + GRACE;
        self.handle = None;
        while Instant::now() < until {
            self.note_the_dead();
            if self.nobody_left || self.over_cap() {
                return false;
            }
            self.wait_and_read(Duration::from_millis(2));
        }
        true
    }

    /// Reads what is in the pipes now that every writer is gone.
    fn drain(&mut self) {
        let until = Instant::now() + GRACE;
        self.handle = None;
        while self.streams.iter().any(|stream| stream.open) && Instant::now() < until {
            self.wait_and_read(Duration::from_millis(10));
        }
    }

    fn note_the_dead(&mut self) {
        loop {
            match tree::reap() {
                Left::Nobody => {
                    self.nobody_left = true;
                    return;
                }
                Left::Somebody => return,
                Left::Dead(ended) if ended.pid == self.pid => self.main = Some(ended),
                Left::Dead(_) => {}
            }
        }
    }

    /// Waits for at most `patience` until there is something to read or the process ends.
    fn wait_and_read(&mut self, patience: Duration) {
        let open: Vec<usize> = (0..self.streams.len())
            .filter(|&number| self.streams[number].open)
            .collect();
        let ready = self.wait(patience, &open);
        for (number, ready) in open.into_iter().zip(ready) {
            if ready {
                self.streams[number].read(&mut self.buffer);
            }
        }
    }

    /// Waits for at most `patience` until the process ends or one of these pipes has something; which of them have.
    fn wait(&self, patience: Duration, pipes: &[usize]) -> Vec<bool> {
        let timeout = Timespec {
            tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: patience.subsec_nanos().into(),
        };
        let mut waiting: Vec<PollFd<'_>> = pipes
            .iter()
            .map(|&number| PollFd::new(self.streams[number].descriptor, PollFlags::IN))
            .collect();
        if let Some(handle) = &self.handle {
            waiting.push(PollFd::from_borrowed_fd(handle.as_fd(), PollFlags::IN));
        }
        if waiting.is_empty() {
            return Vec::new();
        }
        // An interrupted wait is a short one.
        poll(&mut waiting, Some(&timeout)).ok();
        let waited = waiting.iter().take(pipes.len());
        waited.map(|one| !one.revents().is_empty()).collect()
    }
}

impl Stream<'_> {
    /// Takes what is there, up to the buffer's size.
    fn read(&mut self, buffer: &mut [MaybeUninit<u8>]) {
        let Ok((piece, _)) = rustix::io::read(self.descriptor, buffer) else {
            // A read that fails after poll was interrupted; the next round tells.
            return;
        };
        let count = piece.len();
        if count == 0 {
            self.open = false;
            return;
        }
        let room = usize::try_from(self.cap)
            .unwrap_or(usize::MAX)
            .saturating_sub(self.bytes.len());
        self.over |= count > room;
        self.bytes.extend_from_slice(&piece[..count.min(room)]);
    }
}
