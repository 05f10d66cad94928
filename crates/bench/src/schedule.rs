//! Which cell is measured next: in turns, in an order that chance makes, until there is enough or time is up.

use std::time::Duration;

/// How much is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// What all of it may take.
    pub budget: Duration,
    /// Where chance begins.
    pub seed: u64,
}

/// What measures a cell: one program in one interpreter.
pub trait Executor {
    /// What is found.
    type Record;
    /// Why nothing more can be measured.
    type Stop;

    /// Measures a cell once, in a fresh process: how long that took, and what was found; nothing when it is
    /// no use to measure it again.
    fn run(&mut self, cell: usize) -> Result<(Duration, Option<Self::Record>), Self::Stop>;
}

/// Measures each cell up to so many times, and gives what was found of it. A first time, which warms files and caches,
/// comes before and does not count.
///
/// Each has its share of the time, which others that take longer cannot take away, and what one leaves over goes to the
/// others. However short the time is, each is measured once beside the first time; a cell that is no use to measure is
/// left at that.
pub fn measure<E: Executor>(
    executor: &mut E,
    repeats: &[usize],
    plan: Plan,
) -> Result<Vec<Vec<E::Record>>, E::Stop> {
    let cells = repeats.len();
    let mut random = fastrand::Rng::with_seed(plan.seed);
    let share = plan.budget / u32::try_from(cells.max(1)).unwrap_or(u32::MAX);
    let mut states: Vec<State<E::Record>> = (0..cells).map(|_| State::default()).collect();
    let mut spent = Duration::ZERO;
    loop {
        let open: Vec<usize> = (0..cells)
            .filter(|&cell| states[cell].is_open(repeats[cell]))
            .collect();
        let within = |cell: &usize| {
            let state = &states[*cell];
            state.is_needed() || state.spent + state.last <= share
        };
        let mut round: Vec<usize> = open.iter().copied().filter(within).collect();
        if round.is_empty() {
            round = open;
        }
        random.shuffle(&mut round);
        let mut did_something = false;
        for cell in round {
            let state = &mut states[cell];
            let own_share = state.is_needed() || state.spent + state.last <= share;
            if !own_share && spent + state.last > plan.budget {
                continue;
            }
            let (took, record) = executor.run(cell)?;
            did_something = true;
            spent += took;
            state.note(took, record);
        }
        if !did_something {
            return Ok(states.into_iter().map(|state| state.records).collect());
        }
    }
}

struct State<R> {
    times: usize,
    records: Vec<R>,
    spent: Duration,
    last: Duration,
    is_over: bool,
}

impl<R> Default for State<R> {
    fn default() -> Self {
        State {
            times: 0,
            records: Vec::new(),
            spent: Duration::ZERO,
            last: Duration::ZERO,
            is_over: false,
        }
    }
}

impl<R> State<R> {
    fn is_open(&self, repeats: usize) -> bool {
        !self.is_over && self.times <= repeats
    }

    /// Whether it has to be measured however long it takes.
    fn is_needed(&self) -> bool {
        self.times < 2
    }

    fn note(&mut self, took: Duration, record: Option<R>) {
        self.times += 1;
        self.spent += took;
        self.last = took;
        match record {
            Some(record) if self.times > 1 => self.records.push(record),
            Some(_) => {}
            None => self.is_over = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    /// Cells that take as long as is written down; those of no time are no use.
    struct Mock {
        takes: Vec<u64>,
        order: Vec<usize>,
    }

    impl Executor for Mock {
        type Record = usize;
        type Stop = Infallible;

        fn run(&mut self, cell: usize) -> Result<(Duration, Option<usize>), Infallible> {
            self.order.push(cell);
            let took = self.takes[cell];
            let record = (took > 0).then_some(self.order.len());
            Ok((Duration::from_millis(took), record))
        }
    }

    fn measured(takes: &[u64], budget: u64) -> (Vec<usize>, Vec<usize>) {
        let mut mock = Mock {
            takes: takes.to_vec(),
            order: Vec::new(),
        };
        let plan = Plan {
            budget: Duration::from_millis(budget),
            seed: 5,
        };
        let Ok(records) = measure(&mut mock, &vec![10; takes.len()], plan);
        (records.iter().map(Vec::len).collect(), mock.order)
    }

    #[test]
    fn all_are_measured_in_turns_of_no_order() {
        let (counts, order) = measured(&[5, 5, 5], 10_000);
        assert_eq!(counts, [10, 10, 10], "the first time does not count");
        let rounds: Vec<Vec<usize>> = order.chunks(3).map(<[usize]>::to_vec).collect();
        for round in &rounds {
            let mut sorted = round.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2]);
        }
        assert!(rounds.iter().any(|round| *round != rounds[0]));
    }

    #[test]
    fn time_is_shared() {
        // A share is 1000: the dear one gets little, and what the cheap one leaves over.
        let (counts, _) = measured(&[500, 10], 2000);
        assert_eq!(counts, [2, 10]);
        let (counts, _) = measured(&[3000, 10], 2000);
        assert_eq!(
            counts,
            [1, 10],
            "what takes all of the time takes no share of others"
        );
        let (counts, _) = measured(&[500, 500], 100);
        assert_eq!(counts, [1, 1], "once each, however short the time is");
    }

    #[test]
    fn what_is_no_use_is_left_alone() {
        let (counts, order) = measured(&[0, 10], 1000);
        assert_eq!(counts, [0, 10]);
        assert_eq!(order.iter().filter(|&&cell| cell == 0).count(), 1);
    }
}
