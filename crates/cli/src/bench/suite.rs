//! The project's own measurements, in every Python that was asked for.

use super::cells::{Processes, timing};
use super::machine::Machine;
use crate::settings::Running;
use anyhow::Result;
use serde::Serialize;
use snipcheck_bench::{
    Clock, Interval, Measurement, Mode, Noise, Plan, Run, Sharing, Signs, WORKLOADS, Way, noise,
    program, ratio, run, sharing,
};
use snipcheck_core::{Line, Lines, Outcome, Part, SnippetId, WorkUnit};
use std::time::Duration;

/// What came out of all of it.
#[derive(Debug, Serialize)]
pub(crate) struct Suite {
    pub(crate) machine: Machine,
    pub(crate) rows: Vec<Row>,
}

/// One kind of work in one Python.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) python: String,
    pub(crate) workload: String,
    /// Seconds that it takes twice, one after the other.
    pub(crate) seconds: f64,
    /// Why these times are not to be trusted, when they are not.
    pub(crate) noise: Option<Noise>,
    pub(crate) ways: Vec<Done>,
}

/// The same work done in one way.
#[derive(Debug, Serialize)]
pub(crate) struct Done {
    pub(crate) way: Way,
    pub(crate) sharing: Sharing,
    pub(crate) signs: Signs,
    /// Cores in use on average.
    pub(crate) cores: f64,
    /// How many times as long it takes as one by one.
    pub(crate) ratio: Option<Interval>,
    /// What was measured.
    pub(crate) measurement: Measurement,
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
    let cells = (0..runnings.len())
        .flat_map(|python| units.iter().map(move |unit| (python, unit)))
        .collect();
    let mut processes = Processes::new(runnings, cells)?;
    let wanted = vec![repeats; runnings.len() * units.len()];
    let mut records = snipcheck_bench::measure(&mut processes, &wanted, plan)?.into_iter();
    let mut rows = Vec::new();
    for running in runnings {
        for workload in WORKLOADS {
            let measured: Vec<(Way, Vec<Run>)> = ways
                .iter()
                .map(|&way| (way, runs(&records.next().unwrap_or_default())))
                .collect();
            rows.extend(row(&running.options.python.version, workload, &measured));
        }
    }
    Ok(Suite {
        machine: Machine::here(),
        rows,
    })
}

fn row(python: &str, workload: &str, measured: &[(Way, Vec<Run>)]) -> Option<Row> {
    let mode = |(way, runs): &(Way, Vec<Run>)| Mode {
        workers: way.workers(),
        runs: runs.clone(),
    };
    let (base, control) = (mode(measured.first()?), mode(measured.last()?));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let ways: Vec<Done> = measured[1..measured.len() - 1]
        .iter()
        .filter(|(_, runs)| !runs.is_empty())
        .map(|one| {
            let measurement = Measurement {
                cores,
                base: base.clone(),
                control: control.clone(),
                other: mode(one),
                work: Some(1.0),
            };
            let (sharing, signs) = sharing(&measurement.other);
            Done {
                way: one.0,
                sharing,
                signs,
                cores: middle(one.1.iter().map(Run::cores_used)),
                ratio: ratio(&measurement.base, &measurement.other, Clock::Wall),
                measurement,
            }
        })
        .collect();
    Some(Row {
        python: python.to_owned(),
        workload: workload.to_owned(),
        seconds: middle(base.runs.iter().map(|run| run.wall.as_secs_f64())),
        noise: ways
            .first()
            .and_then(|done| noise(&done.measurement, Clock::Wall)),
        ways,
    })
}

fn middle(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = numbers.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
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
            let (from, to) = super::cells::moments(outcome, 0).next()?;
            Some(run(&outcome.ledger, from, to))
        })
        .collect()
}
