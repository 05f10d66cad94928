//! The second opinion: snippets with a failing expectation run again in other circumstances, before
//! anything is called wrong. Costs nothing when nothing fails.

mod context;

use crate::job::Job;
use crate::settings::Running;
use anyhow::Result;
use snipcheck_checker as checker;
use snipcheck_core::{Finding, FindingKind, SnippetReport, WorkUnit};
use snipcheck_runner::{Options, RunError, Runner};
use std::collections::BTreeMap;

/// String hashes that are tried: by one alone, a set of three words keeps its first word too often.
const OTHER_SEEDS: usize = 4;

/// Looks again at each failing report. Unstable first: what differs by itself says nothing of the mode.
pub(crate) fn take(
    jobs: &[Job],
    reports: &mut [SnippetReport],
    running: &Running,
    runner: &mut Runner,
) -> Result<()> {
    let mut other = running.with_other_seed();
    for _ in 0..OTHER_SEEDS {
        if !reports.iter().any(checker::is_open) {
            break;
        }
        let mut other_seed = Runner::new(other.options.clone())?;
        look_again(jobs, reports, &mut other_seed, FindingKind::Unstable)?;
        forget_unstable(jobs, reports, [runner, &mut other_seed]);
        other = other.with_other_seed();
    }
    context::look(jobs, reports, running.limits, runner)?;
    look_again(jobs, reports, runner, FindingKind::Mode)?;
    on_other_pythons(jobs, reports, runner.options())
}

/// What differs from run to run is seen anew each time.
fn forget_unstable(jobs: &[Job], reports: &[SnippetReport], runners: [&mut Runner; 2]) {
    let is_unstable = |report: &SnippetReport| {
        let mut findings = report.expectations.iter().flat_map(|e| &e.finding);
        findings.any(|finding| finding.kind == FindingKind::Unstable)
    };
    let pairs = jobs.iter().zip(reports);
    let unstable = pairs.filter(|(_, report)| is_unstable(report));
    let units: Vec<&WorkUnit> = unstable
        .filter_map(|(job, _)| job.planned.unit.as_ref())
        .collect();
    for runner in runners {
        for unit in &units {
            runner.forget(unit);
        }
    }
}

/// Runs each failing snippet once more, and lets the checker amend its report by what came out.
fn look_again(
    jobs: &[Job],
    reports: &mut [SnippetReport],
    runner: &mut Runner,
    kind: FindingKind,
) -> Result<()> {
    let failing: Vec<usize> = (0..jobs.len())
        .filter(|&i| checker::is_open(&reports[i]) && jobs[i].planned.unit.is_some())
        .collect();
    let units: Vec<WorkUnit> = failing
        .iter()
        .filter_map(|&i| jobs[i].planned.unit.clone())
        .map(|unit| WorkUnit {
            by_statement: unit.by_statement || kind == FindingKind::Mode,
            ..unit
        })
        .collect();
    if units.is_empty() {
        return Ok(());
    }
    runner.run(units, &mut |index, outcome| {
        let job = &jobs[failing[index]];
        let report = &mut reports[failing[index]];
        checker::second_opinion(report, job.snippet, job.planned, kind, &outcome);
    })?;
    Ok(())
}

fn look_on(options: Options, jobs: &[Job], reports: &mut [SnippetReport]) -> Result<()> {
    let mut runner = Runner::new(options)?;
    look_again(jobs, reports, &mut runner, FindingKind::Version)
}

fn is_refused(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(RunError::Refused { .. }))
}

/// Names the other Pythons of this machine on which a failing expectation holds.
fn on_other_pythons(jobs: &[Job], reports: &mut [SnippetReport], here: &Options) -> Result<()> {
    if !reports.iter().any(checker::is_open) {
        return Ok(());
    }
    let others = here
        .installed()?
        .into_iter()
        .filter(|python| python.version != here.python.version);
    let mut holding: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for python in others {
        let version = python.version.clone();
        let mut there = reports.to_vec();
        match look_on(here.with_python(python), jobs, &mut there) {
            // A node that came later does not have it.
            Err(error) if is_refused(&error) => continue,
            looked => looked?,
        }
        for (i, (there, here)) in there.iter().zip(reports.iter()).enumerate() {
            for (k, expectation) in there.expectations.iter().enumerate() {
                if expectation.finding != here.expectations[k].finding {
                    holding.entry((i, k)).or_default().push(version.clone());
                }
            }
        }
    }
    for ((report, expectation), versions) in holding {
        reports[report].expectations[expectation].finding = Some(Finding {
            kind: FindingKind::Version,
            detail: format!(
                "true on Python {}, not on {}",
                versions.join(", "),
                here.python.version
            ),
        });
    }
    Ok(())
}
