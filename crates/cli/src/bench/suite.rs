//! The project's own measurements, in every Python that was asked for.

use super::answers::moments;
use super::cells::Processes;
use super::machine::Machine;
use super::programs::timing;
use crate::settings::Running;
use anyhow::Result;
use serde::Serialize;
use snipcheck_bench::{Plan, Row, Run, WORKLOADS, Way, program, run};
use snipcheck_core::{Line, Lines, Outcome, Part, SnippetId, WorkUnit};
use std::time::Duration;

/// What came out of all of it.
#[derive(Debug, Serialize)]
pub(crate) struct Suite {
    pub(crate) machine: Machine,
    pub(crate) rows: Vec<Row>,
}

/// Measures all of it.
pub(crate) fn measure(runnings: &[Running], repeats: usize, plan: Plan) -> Result<Suite> {
    // One by one is done twice: the second time is the control.
    let ways: Vec<Way> = Way::ALL.into_iter().chain([Way::OneByOne]).collect();
    let units: Vec<WorkUnit> = WORKLOADS
        .iter()
        .flat_map(|workload| {
            ways.iter()
                .map(|&way| unit(workload, way, runnings[0].limits))
        })
        .collect();
    let cells = runnings
        .iter()
        .flat_map(|running| units.iter().map(move |unit| (running, unit)))
        .collect();
    let mut processes = Processes::new(cells, plan)?;
    let wanted = vec![repeats; runnings.len() * units.len()];
    let mut records = snipcheck_bench::measure(&mut processes, &wanted, plan)?.into_iter();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut rows = Vec::new();
    for running in runnings {
        for workload in WORKLOADS {
            let mut measured: Vec<(Way, Vec<Run>)> = ways
                .iter()
                .map(|&way| (way, runs(&records.next().unwrap_or_default())))
                .collect();
            let control = measured.pop().map(|(_, runs)| runs).unwrap_or_default();
            let python = &running.options.python.version;
            rows.extend(Row::new(python, workload, cores, control, measured));
        }
    }
    Ok(Suite {
        machine: Machine::here(),
        rows,
    })
}

/// The last line of a program is what is timed.
fn unit(workload: &str, way: Way, limits: snipcheck_core::Limits) -> WorkUnit {
    let code = program(workload, way);
    let name = format!("{workload}, {}", way.name());
    let last = Line::from_index(code.lines().count() - 1);
    let part = Part {
        first: Line::FIRST,
        code,
    };
    let mut unit = WorkUnit::new(SnippetId(name.clone()), name, part);
    unit.watches = vec![timing(0, Lines { first: last, last })];
    unit.ledger = true;
    unit.limits = limits;
    unit.limits.timeout = limits.timeout.max(Duration::from_mins(1));
    unit
}

fn runs(outcomes: &[Outcome]) -> Vec<Run> {
    outcomes
        .iter()
        .filter_map(|outcome| {
            let (from, to) = moments(outcome, 0).next()?;
            Some(run(&outcome.ledger, from, to))
        })
        .collect()
}
