//! The second opinion: snippets with a failing expectation run again in other circumstances, before
//! anything is called wrong. Costs nothing when nothing fails.

use crate::check::Job;
use crate::settings::Running;
use anyhow::Result;
use snipcheck_checker as checker;
use snipcheck_core::{FindingKind, SnippetReport, Verdict, WorkUnit};
use snipcheck_runner as runner;

/// Looks again at each failing report. Unstable first: what differs by itself says nothing of the mode.
pub(crate) fn take(jobs: &[Job], reports: &mut [SnippetReport], running: &Running) -> Result<()> {
    for kind in [FindingKind::Unstable, FindingKind::Mode] {
        look_again(jobs, reports, running, kind)?;
    }
    Ok(())
}

fn look_again(
    jobs: &[Job],
    reports: &mut [SnippetReport],
    running: &Running,
    kind: FindingKind,
) -> Result<()> {
    let failing: Vec<usize> = (0..jobs.len())
        .filter(|&i| has_fail(&reports[i]) && jobs[i].planned.unit.is_some())
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
    let options = match kind {
        FindingKind::Unstable => &running.with_other_seed().options,
        _ => &running.options,
    };
    runner::run(&units, options, &mut |index, outcome| {
        let job = &jobs[failing[index]];
        let report = &mut reports[failing[index]];
        checker::second_opinion(report, job.snippet, job.planned, kind, &outcome);
    })?;
    Ok(())
}

fn has_fail(report: &SnippetReport) -> bool {
    report
        .expectations
        .iter()
        .any(|e| e.verdict == Some(Verdict::Fail) && e.finding.is_none())
}
