//! Work on several items at once, told in the order of the items.

use anyhow::{Result, anyhow};
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// How many items are taken up for each lane: where the first one takes long, the others need not wait for it.
const ITEMS_A_LANE: usize = 2;

/// Has lanes work, each in a thread of its own with what `start` gives it, until there is no `next` item or until `take`
/// wants no more of what came of them. How many there are to be is asked now and then, and where it is one to begin with
/// it stays one, in this thread.
pub(crate) fn in_order<T: Send, R: Send, W: FnMut(T) -> Result<R>>(
    lanes: &dyn Fn() -> usize,
    next: &mut dyn FnMut() -> Result<Option<T>>,
    start: &(impl Fn() -> Result<W> + Sync),
    take: &mut dyn FnMut(R) -> Result<bool>,
) -> Result<()> {
    if lanes() <= 1 {
        let mut work = start()?;
        while let Some(item) = next()? {
            if !take(work(item)?)? {
                break;
            }
        }
        return Ok(());
    }
    let (give, items) = mpsc::channel();
    let items = Mutex::new(items);
    let (tell, done) = mpsc::channel();
    thread::scope(|scope| {
        // The lanes end when nothing more can be given.
        let give = give;
        let (mut given, mut taken, mut more) = (0, 0, true);
        let mut early = BTreeMap::new();
        let mut begun = 0;
        loop {
            let lanes = lanes();
            for _ in begun..lanes {
                let (items, tell) = (&items, tell.clone());
                scope.spawn(move || lane(items, &tell, start));
            }
            begun = begun.max(lanes);
            while more && given - taken < lanes * ITEMS_A_LANE {
                match next()? {
                    Some(item) => {
                        give.send((given, item)).ok();
                        given += 1;
                    }
                    None => more = false,
                }
            }
            if taken == given {
                return Ok(());
            }
            let (number, result) = done.recv()?;
            early.insert(number, result);
            while let Some(result) = early.remove(&taken) {
                taken += 1;
                if !take(result?)? {
                    return Ok(());
                }
            }
        }
    })
}

/// Works until there are no more items.
fn lane<T, R, W: FnMut(T) -> Result<R>>(
    items: &Mutex<mpsc::Receiver<(usize, T)>>,
    tell: &mpsc::Sender<(usize, Result<R>)>,
    start: &impl Fn() -> Result<W>,
) {
    let mut worker = None;
    loop {
        let item = items.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, item)) = item else {
            return;
        };
        let caught = panic::catch_unwind(AssertUnwindSafe(|| {
            let mut work = match worker.take() {
                Some(work) => work,
                None => start()?,
            };
            let result = work(item);
            worker = Some(work);
            result
        }));
        let result = match caught {
            Ok(result) => result,
            Err(cause) => {
                // Somebody waits for this item.
                tell.send((number, Err(anyhow!("cannot run: a thread panicked"))))
                    .ok();
                panic::resume_unwind(cause);
            }
        };
        if tell.send((number, result)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn run(lanes: usize, count: u64, stop: u64, bad: u64) -> (Vec<u64>, Result<()>) {
        let mut numbers = 0..count;
        let mut taken = Vec::new();
        let result = in_order(
            &|| lanes,
            &mut || Ok(numbers.next()),
            &|| {
                Ok(move |number: u64| {
                    // The first ones take longest.
                    thread::sleep(Duration::from_millis((count - number) % 7));
                    if number == bad {
                        return Err(anyhow!("{number}"));
                    }
                    Ok(number)
                })
            },
            &mut |number| {
                taken.push(number);
                Ok(number != stop)
            },
        );
        (taken, result)
    }

    #[test]
    fn what_comes_of_items_is_told_in_their_order() {
        for lanes in [1, 2, 5, 50] {
            let (taken, result) = run(lanes, 30, 99, 99);
            assert_eq!(taken, (0..30).collect::<Vec<_>>(), "{lanes}");
            assert!(result.is_ok());
        }
    }

    #[test]
    fn nothing_is_told_after_the_end() {
        for lanes in [1, 3] {
            assert_eq!(run(lanes, 30, 12, 99).0, (0..=12).collect::<Vec<_>>());
            let (taken, result) = run(lanes, 30, 99, 5);
            assert_eq!(taken, (0..5).collect::<Vec<_>>());
            assert!(result.is_err());
        }
    }

    #[test]
    fn lanes_that_cannot_start_say_so() {
        for lanes in [1, 3] {
            let mut numbers = 0..9;
            let start = || Err::<fn(u64) -> Result<u64>, _>(anyhow!("no"));
            let result = in_order(&|| lanes, &mut || Ok(numbers.next()), &start, &mut |_| {
                Ok(true)
            });
            assert!(result.is_err());
        }
    }
}
