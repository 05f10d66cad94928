//! Units on their way to a cluster: which go together, and what becomes of those whose batch was lost.
//!
//! A batch that is lost runs again in halves, so that one unit which kills whatever runs it is soon alone. Alone, it
//! is tried a few times more before it is given up; nothing else is. Knows neither processes nor Ray.

use crate::cache::Key;
use snipcheck_core::SnippetId;
use std::collections::VecDeque;

/// How much a unit that was alone when its worker was lost may collect before it is given up.
const MOST_BLAME: u8 = 6;

/// One unit that is still to be run.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Its number in the run.
    pub(crate) index: usize,
    pub(crate) id: SnippetId,
    /// Itself as JSON.
    pub(crate) text: String,
    /// Where its outcome is to be kept.
    pub(crate) key: Option<Key>,
    /// How many units it may be with.
    company: usize,
    blame: u8,
}

impl Item {
    pub(crate) fn new(index: usize, id: SnippetId, text: String, key: Option<Key>) -> Item {
        Item {
            index,
            id,
            text,
            key,
            company: usize::MAX,
            blame: 0,
        }
    }
}

/// How a batch was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    /// The process that ran it, which it may have ended itself.
    Worker,
    /// The machine that ran it, which is less likely to be its fault.
    Node,
    /// The way to the cluster; nothing is known of the batch.
    Link,
}

impl Loss {
    fn blame(self) -> u8 {
        match self {
            Loss::Worker => 2,
            Loss::Node => 1,
            Loss::Link => 0,
        }
    }
}

/// What waits.
#[derive(Debug, Default)]
pub(crate) struct Queue(VecDeque<Item>);

impl Queue {
    /// One more, after all others.
    pub(crate) fn push(&mut self, item: Item) {
        self.0.push_back(item);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The next units that go together, at most so many; none where none waits.
    pub(crate) fn batch(&mut self, most: usize) -> Vec<Item> {
        let mut room = most.max(1);
        let mut batch = Vec::new();
        while batch.len() < room
            && let Some(item) = self.0.pop_front()
        {
            room = room.min(item.company);
            if batch.len() < room {
                batch.push(item);
            } else {
                self.0.push_front(item);
            }
        }
        batch
    }

    /// Takes back what was not begun; it is next.
    pub(crate) fn back(&mut self, items: Vec<Item>) {
        for item in items.into_iter().rev() {
            self.0.push_front(item);
        }
    }

    /// Takes back a batch that was lost; gives what is given up.
    pub(crate) fn lost(&mut self, mut items: Vec<Item>, how: Loss) -> Option<Item> {
        if let [alone] = items.as_mut_slice() {
            alone.blame += how.blame();
            if alone.blame >= MOST_BLAME {
                return items.pop();
            }
        } else if how != Loss::Link {
            let half = items.len().div_ceil(2);
            for item in &mut items {
                item.company = half;
            }
        }
        self.back(items);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(count: usize) -> Queue {
        let mut queue = Queue::default();
        for index in 0..count {
            queue.push(Item::new(
                index,
                SnippetId(index.to_string()),
                String::new(),
                None,
            ));
        }
        queue
    }

    /// Runs everything where the units for which `kills` holds take their worker with them: how often each unit was
    /// told, which were given up, and how many workers that took.
    fn run(
        count: usize,
        most: usize,
        kills: impl Fn(usize) -> bool,
    ) -> (Vec<u32>, Vec<usize>, u32) {
        let mut queue = queue(count);
        let (mut told, mut given_up, mut killed) = (vec![0; count], Vec::new(), 0);
        loop {
            let batch = queue.batch(most);
            if batch.is_empty() {
                return (told, given_up, killed);
            }
            if batch.iter().any(|item| kills(item.index)) {
                killed += 1;
                if let Some(item) = queue.lost(batch, Loss::Worker) {
                    told[item.index] += 1;
                    given_up.push(item.index);
                }
            } else {
                for item in batch {
                    told[item.index] += 1;
                }
            }
        }
    }

    #[test]
    fn only_the_guilty_are_given_up() {
        for guilty in [
            vec![],
            vec![0],
            vec![57],
            vec![99],
            vec![3, 4, 50],
            (0..100).collect(),
        ] {
            for most in [1, 7, 64, 1000] {
                let (told, given_up, _) = run(100, most, |index| guilty.contains(&index));
                assert!(told.iter().all(|times| *times == 1), "{guilty:?} {most}");
                assert_eq!(given_up, guilty, "{most}");
            }
        }
    }

    #[test]
    fn the_guilty_one_is_found_by_halves() {
        let (_, given_up, killed) = run(1000, 1000, |index| index == 700);
        assert_eq!(given_up, [700]);
        // Ten times in halves, and what it may do alone.
        assert!(killed <= 10 + 3, "{killed}");
    }

    #[test]
    fn a_unit_survives_more_nodes_than_workers() {
        for (how, most) in [
            (Loss::Worker, Some(3)),
            (Loss::Node, Some(6)),
            (Loss::Link, None),
        ] {
            let mut queue = queue(1);
            let times = (1..=20).find(|_| {
                let batch = queue.batch(1);
                queue.lost(batch, how).is_some()
            });
            assert_eq!(times, most, "{how:?}");
        }
    }

    #[test]
    fn what_comes_back_is_next() {
        let mut queue = queue(5);
        let batch = queue.batch(3);
        queue.back(batch);
        let next: Vec<usize> = queue.batch(10).iter().map(|item| item.index).collect();
        assert_eq!(next, [0, 1, 2, 3, 4]);
    }
}
