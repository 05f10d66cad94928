//! Runs what has to be run, one process at a time, and puts together what came out.

use super::Answered;
use super::answers::{Came, Ran};
use super::programs::Purpose;
use super::subject::Subject;
use crate::progress::Countdown;
use crate::settings::Running;
use anyhow::Result;
use snipcheck_bench::{Executor, Noisy, Plan};
use snipcheck_core::{Event, Exit, Outcome, WorkUnit};
use snipcheck_runner::Runner;
use std::time::{Duration, Instant};

/// Runs everything that has to be, and answers each claim for each Python.
pub(super) fn measure(
    subjects: &[Subject<'_>],
    runnings: &[Running],
    repeats: usize,
    plan: Plan,
    noisy: Noisy,
) -> Result<Vec<Vec<Answered>>> {
    let mut cells = Vec::new();
    let (mut units, mut wanted) = (Vec::new(), Vec::new());
    let locked: Vec<Option<Running>> = runnings.iter().map(Running::with_lock).collect();
    for (python, running) in runnings.iter().enumerate() {
        for (at, subject) in subjects.iter().enumerate() {
            for (purpose, unit, repeats) in subject.programs(repeats) {
                let running = match (purpose, &locked[python]) {
                    (Purpose::Locked, Some(locked)) => locked,
                    (Purpose::Locked, None) => continue,
                    _ => running,
                };
                cells.push((python, at, purpose));
                units.push((running, unit));
                wanted.push(repeats);
            }
        }
    }
    let mut processes = Processes::new(units, plan)?;
    let records = snipcheck_bench::measure(&mut processes, &wanted, plan)?;
    let mut ran: Vec<Vec<Ran>> = runnings
        .iter()
        .map(|_| subjects.iter().map(|_| Ran::default()).collect())
        .collect();
    for (((python, at, purpose), outcomes), last) in
        cells.into_iter().zip(records).zip(processes.last)
    {
        ran[python][at].insert(purpose, Came { outcomes, last });
    }
    let claims = subjects
        .iter()
        .enumerate()
        .flat_map(|(at, subject)| (0..subject.hypotheses.len()).map(move |number| (at, number)));
    Ok(claims
        .map(|(at, number)| {
            let answer = |python: &Vec<Ran>| subjects[at].answer(number, &python[at], noisy);
            ran.iter().map(answer).collect()
        })
        .collect())
}

/// Runs each cell in a process of its own, one at a time.
pub(super) struct Processes<'a> {
    runners: Vec<Runner>,
    /// For each cell, which of them runs what.
    units: Vec<(usize, &'a WorkUnit)>,
    /// What came out of each cell last.
    last: Vec<Option<Outcome>>,
    countdown: Countdown,
}

impl<'a> Processes<'a> {
    /// To run these units, each as it is said beside it.
    pub(super) fn new(cells: Vec<(&Running, &'a WorkUnit)>, plan: Plan) -> Result<Self> {
        let mut known: Vec<&Running> = Vec::new();
        let mut units = Vec::new();
        for (running, unit) in cells {
            let at = known.iter().position(|one| std::ptr::eq(*one, running));
            units.push((at.unwrap_or(known.len()), unit));
            if at.is_none() {
                known.push(running);
            }
        }
        let runners = known.into_iter().map(Running::runner);
        Ok(Processes {
            runners: runners.collect::<Result<Vec<Runner>>>()?,
            last: units.iter().map(|_| None).collect(),
            units,
            countdown: Countdown::new(plan.budget),
        })
    }
}

impl Executor for Processes<'_> {
    type Record = Outcome;
    type Stop = anyhow::Error;

    fn run(&mut self, cell: usize) -> Result<(Duration, Option<Outcome>)> {
        let (python, unit) = self.units[cell];
        let version = &self.runners[python].options().python.version;
        self.countdown.at(&format!("Python {version}, {}", unit.id));
        let start = Instant::now();
        let mut came = None;
        self.runners[python].run([unit.clone()], &mut |_, outcome| came = Some(outcome))?;
        self.last[cell].clone_from(&came);
        let useful = came.filter(|outcome| {
            let told = |event: &Event| matches!(event, Event::Timed { .. } | Event::Weighed { .. });
            matches!(outcome.exit, Exit::Completed | Exit::Code { .. })
                && outcome.events.iter().any(told)
        });
        Ok((start.elapsed(), useful))
    }
}
