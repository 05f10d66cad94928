//! From what was seen of a run to what one part of it did.

use crate::measurement::{Run, Worker};
use snipcheck_core::{Ledger, Look, Moment, Thread};
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

/// Looks are too far apart to tell what is done in less than this.
const LITTLE: Duration = Duration::from_millis(200);

/// What was done from one moment to another.
///
/// Between two looks, a thread is taken to have gone on evenly. A thread that has ended did after its last look
/// what nobody saw; it is taken to have done nothing.
pub fn run(ledger: &Ledger, from: Moment, to: Moment) -> Run {
    let span = from.at..to.at;
    let mut histories: BTreeMap<i32, Vec<Past>> = BTreeMap::new();
    let mut before = None;
    for look in &ledger.looks {
        for thread in &look.threads {
            let history = histories.entry(thread.id).or_insert_with(|| {
                // It began after the last look, or with the run itself.
                vec![Past::unborn(before.unwrap_or(look.at), *thread)]
            });
            history.push(Past::new(look.at, *thread));
        }
        before = Some(look.at);
    }
    let mut total = Run {
        wall: Duration::from_nanos(span.end.saturating_sub(span.start)),
        cpu: Duration::ZERO,
        switches: 0,
        others: Duration::ZERO,
        stolen: Duration::ZERO,
        resident_kib: resident(&ledger.looks, &span),
        threads: Vec::new(),
    };
    let mut switches = 0.0;
    for history in histories.values() {
        let (start, end) = (at(history, span.start), at(history, span.end));
        let running = end.running - start.running;
        if running <= 0.0 {
            continue;
        }
        let (running, queued) = (nanos(running), nanos(end.queued - start.queued));
        total.cpu += running;
        switches += end.switches - start.switches;
        // Who has not begun to work, or is done with it, waits for nothing that counts.
        let lived = nanos(busy(history, &span));
        total.threads.push(Worker {
            running,
            queued,
            blocked: lived.saturating_sub(running + queued),
        });
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count that is not negative"
    )]
    let counted = switches.max(0.0).round() as u64;
    total.switches = counted;
    // What the process itself tells is exact; of its children, and of little more than a look, there is nothing better.
    let own = Duration::from_nanos(to.cpu.saturating_sub(from.cpu));
    total.cpu = if total.wall < LITTLE && total.threads.len() < 2 {
        own
    } else {
        own.max(total.cpu)
    };
    let machine = |what: fn(&Look) -> Option<u64>| {
        let history = machine(&ledger.looks, what);
        nanos(at(&history, span.end).running - at(&history, span.start).running)
    };
    total.others = machine(|look| look.busy).saturating_sub(total.cpu);
    total.stolen = machine(|look| look.stolen);
    total
}

/// The most memory that was seen within a span, or else at the look before it.
fn resident(looks: &[Look], span: &Range<u64>) -> u64 {
    let first = looks.partition_point(|look| look.at < span.start);
    let end = looks.partition_point(|look| look.at <= span.end);
    let seen = &looks[first.saturating_sub(1)..end];
    seen.iter().map(|look| look.resident_kib).max().unwrap_or(0)
}

/// What a thread had done up to a moment.
#[derive(Debug, Clone, Copy)]
struct Past {
    at: f64,
    running: f64,
    queued: f64,
    switches: f64,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "differences of these are far below 2^52 nanoseconds"
)]
impl Past {
    fn new(at: u64, thread: Thread) -> Self {
        Past {
            at: at as f64,
            running: thread.running as f64,
            queued: thread.queued as f64,
            switches: thread.switches as f64,
        }
    }

    /// Before it had done anything: as late as it can have begun, but not before `earliest`.
    fn unborn(earliest: u64, seen: Thread) -> Self {
        Past::new(
            earliest,
            Thread {
                running: 0,
                queued: 0,
                switches: 0,
                ..seen
            },
        )
    }
}

/// What a thread had done at a moment.
fn at(history: &[Past], moment: u64) -> Past {
    #[expect(clippy::cast_precision_loss, reason = "as above")]
    let moment = moment as f64;
    let after = history.partition_point(|one| one.at <= moment);
    match (
        after.checked_sub(1).and_then(|one| history.get(one)),
        history.get(after),
    ) {
        (Some(one), Some(other)) => {
            let share = (moment - one.at) / (other.at - one.at);
            let between = |from: f64, to: f64| from + share * (to - from);
            Past {
                at: moment,
                running: between(one.running, other.running),
                queued: between(one.queued, other.queued),
                switches: between(one.switches, other.switches),
            }
        }
        (Some(last), None) => *last,
        (None, Some(first)) => *first,
        (None, None) => Past {
            at: moment,
            running: 0.0,
            queued: 0.0,
            switches: 0.0,
        },
    }
}

/// How long a thread was at work within a span: from the first look before it ran to the last one before it
/// ran no more.
fn busy(history: &[Past], span: &Range<u64>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "as above")]
    let (start, end) = (span.start as f64, span.end as f64);
    let mut worked = history
        .windows(2)
        .filter(|pair| pair[1].running > pair[0].running)
        .filter(|pair| pair[1].at > start && pair[0].at < end);
    let Some(first) = worked.next() else {
        return 0.0;
    };
    let last = worked.next_back().unwrap_or(first);
    last[1].at.min(end) - first[0].at.max(start)
}

/// What all cores did, as if they were one thread.
fn machine(looks: &[Look], what: fn(&Look) -> Option<u64>) -> Vec<Past> {
    looks
        .iter()
        .filter_map(|look| {
            let all = Thread {
                id: 0,
                running: what(look)?,
                queued: 0,
                switches: 0,
            };
            Some(Past::new(look.at, all))
        })
        .collect()
}

fn nanos(number: f64) -> Duration {
    Duration::from_secs_f64(number.max(0.0) / 1e9)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    fn look(at: u64, threads: &[(i32, u64, u64)]) -> Look {
        let thread = |&(id, running, queued): &(i32, u64, u64)| Thread {
            id,
            running: running * MS,
            queued: queued * MS,
            switches: at / MS,
        };
        Look {
            at,
            busy: at.is_multiple_of(20 * MS).then_some(2 * at),
            stolen: at.is_multiple_of(20 * MS).then_some(at / 10),
            resident_kib: at / MS,
            threads: threads.iter().map(thread).collect(),
        }
    }

    /// The process itself has spent two thirds of the time.
    fn moment(ms: u64) -> Moment {
        Moment {
            at: ms * MS,
            cpu: ms * MS * 2 / 3,
        }
    }

    #[test]
    fn a_span_has_its_share_of_what_was_seen() {
        // One thread runs all the time; another one half of it from 40 ms on, and ends at 80 ms.
        let looks = (0u64..=10).map(|tenth| {
            let now = tenth * 10;
            let mut threads = vec![(1, now, 0)];
            if (4..=8).contains(&tenth) {
                threads.push((2, (now - 40) / 2, 0));
            }
            look(now * MS, &threads)
        });
        let ledger = Ledger {
            looks: looks.collect(),
        };
        let first = run(&ledger, moment(5), moment(35));
        assert_eq!(first.wall, Duration::from_millis(30));
        assert_eq!(first.cpu, Duration::from_millis(20), "by its own clock");
        assert_eq!(first.threads[0].running, Duration::from_millis(30));
        assert_eq!((first.threads.len(), first.switches), (1, 30));
        assert_eq!(first.others, Duration::from_millis(40));
        assert_eq!(first.stolen, Duration::from_millis(3));
        assert_eq!(first.resident_kib, 30);
        assert!(first.threads[0].blocked < Duration::from_millis(1));
        let second = run(&ledger, moment(40), moment(90));
        assert_eq!(second.threads.len(), 2);
        assert_eq!(second.threads[1].running, Duration::from_millis(20));
        assert_eq!(second.threads[1].blocked, Duration::from_millis(20));
    }

    #[test]
    fn nothing_seen_is_nothing_done() {
        let none = run(&Ledger::default(), moment(0), moment(1));
        assert_eq!(none.threads.len(), 0);
    }
}
