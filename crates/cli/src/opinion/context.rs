//! Whether a failing snippet holds after what a reader of the page has run before it.

use crate::job::Job;
use anyhow::Result;
use snipcheck_checker as checker;
use snipcheck_core::{Exit, Limits, Planned, SnippetReport, WorkUnit};
use snipcheck_runner::{Again, Runner, plan_again};
use std::collections::HashSet;

/// How far to look back in a page.
const LOOK_BACK: usize = 100;

/// What takes longer is not run again for the sake of another snippet.
const QUICK_MS: f64 = 500.0;

/// What runs before a snippet when it is looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Nothing.
    Alone,
    /// The snippets that speak of the file which it lacks.
    File,
    /// The earlier snippets under the same heading.
    Section,
    /// The earlier snippets of the page.
    Page,
}

impl Around {
    fn circumstances(self) -> &'static str {
        match self {
            Around::Alone => "when nothing runs before it",
            Around::File => "after the snippets that make the file",
            Around::Section => "after the earlier snippets of the section",
            Around::Page => "after the earlier snippets of the page",
        }
    }
}

/// Runs each failing snippet alone, after its section and after the page, until it holds.
pub(super) fn look(
    jobs: &[Job],
    reports: &mut [SnippetReport],
    limits: Limits,
    runner: &mut Runner,
) -> Result<()> {
    let slow = slow(jobs);
    for around in [Around::Alone, Around::File, Around::Section, Around::Page] {
        let looked_at = plan(jobs, reports, limits, &slow, around);
        let units: Vec<WorkUnit> = looked_at
            .iter()
            .filter_map(|(_, plan)| plan.unit.clone())
            .collect();
        if units.is_empty() {
            continue;
        }
        runner.run(units, &mut |index, outcome| {
            let (i, plan) = &looked_at[index];
            let (report, snippet) = (&mut reports[*i], jobs[*i].snippet);
            checker::in_context(report, snippet, plan, around.circumstances(), &outcome);
        })?;
    }
    Ok(())
}

/// The failing jobs that have other surroundings than planned, with a plan that can be run.
fn plan(
    jobs: &[Job],
    reports: &[SnippetReport],
    limits: Limits,
    slow: &Slow,
    around: Around,
) -> Vec<(usize, Planned)> {
    let open: Vec<(usize, Again)> = (0..jobs.len())
        .filter_map(|i| Some((i, again(&jobs[i], &reports[i], slow, around)?)))
        .collect();
    let same_guide =
        |a: &(usize, Again), b: &(usize, Again)| std::ptr::eq(jobs[a.0].guide, jobs[b.0].guide);
    let mut planned = Vec::new();
    for of_guide in open.chunk_by(same_guide) {
        let guide = jobs[of_guide[0].0].guide;
        let (indices, again): (Vec<usize>, Vec<Again>) = of_guide.iter().cloned().unzip();
        let plans = plan_again(guide, limits, &again);
        planned.extend(indices.into_iter().zip(plans));
    }
    planned.retain(|(i, plan)| plan.unit.is_some() && plan.needs != jobs[*i].planned.needs);
    planned
}

/// The snippet with what runs before it this time; nothing where it is not looked at again.
fn again(job: &Job, report: &SnippetReport, slow: &Slow, around: Around) -> Option<Again> {
    let snippets = &job.guide.snippets;
    let mut earlier: Vec<usize> = (job.at.saturating_sub(LOOK_BACK)..job.at)
        .filter(|&at| !slow.contains(&(job.guide.path.as_str(), at)))
        .collect();
    match (around, checker::lacks_file(report)) {
        (Around::File, Some(file)) => earlier.retain(|&at| snippets[at].code.contains(file)),
        (Around::File, None) => return None,
        _ if !checker::is_open(report) => return None,
        (Around::Section, _) => earlier.retain(|&at| snippets[at].headings == job.snippet.headings),
        (Around::Alone | Around::Page, _) => {}
    }
    Some(Again {
        index: job.at,
        after: (around != Around::Alone).then_some(earlier),
    })
}

/// Snippets that did not come to their end, or took long, by guide and index.
type Slow<'a> = HashSet<(&'a str, usize)>;

fn slow<'a>(jobs: &'a [Job]) -> Slow<'a> {
    let is_slow = |job: &&Job| {
        let outcome = job.outcome.as_ref();
        outcome.is_some_and(|o| o.exit != Exit::Completed || o.duration_ms > QUICK_MS)
    };
    jobs.iter()
        .filter(is_slow)
        .map(|job| (job.guide.path.as_str(), job.at))
        .collect()
}
