//! The way through the program: guides are planned, run, judged and reported.

use crate::exit::{Ending, Exit};
use crate::expected::Expected;
use crate::guides::Loaded;
use crate::job::Job;
use crate::opinion;
use crate::progress::Progress;
use crate::pythons;
use crate::settings::{Running, refused};
use crate::verdict;
use anyhow::Result;
use snipcheck_checker as checker;
use snipcheck_core::{
    Guide, GuideNote, Outcome, Plan, Report, SCHEMA_VERSION, Snippet, SnippetReport, Status,
    Summary, Verdict, WorkUnit,
};
use snipcheck_runner::{self as runner, RunError, Runner};
use std::time::Instant;

/// Which snippets of a run are reported; what they need runs all the same.
pub(crate) type Wanted<'a> = &'a dyn Fn(&Guide, &Snippet) -> bool;

/// What became of a run: its report, and the outcomes behind it for those who look deeper.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) report: Report,
    /// One for each snippet of the report.
    pub(crate) outcomes: Vec<Option<Outcome>>,
    /// What ended it before its end.
    pub(crate) stopped: Option<RunError>,
}

impl Checked {
    /// Itself, unless someone interrupted it; for commands that write from nothing but a whole run.
    pub(crate) fn whole(self) -> Result<Checked> {
        if self.report.interrupted {
            return Err(Ending {
                exit: Exit::Interrupted,
                message: "interrupted; nothing was written".to_owned(),
            }
            .into());
        }
        Ok(self)
    }
}

/// Runs and judges the wanted snippets of the guides.
pub(crate) fn check(
    loaded: &Loaded,
    running: &Running,
    runner: &mut Runner,
    wanted: Wanted,
    expected: &Expected,
    progress: &Progress,
) -> Result<Checked> {
    let start = Instant::now();
    let plans: Vec<Plan> = loaded
        .guides
        .iter()
        .map(|guide| {
            let mut plan = runner::plan(guide, running.limits);
            pythons::skip_others(guide, &mut plan, &running.options.python.version);
            plan
        })
        .collect();
    let mut jobs = jobs(&loaded.guides, &plans, wanted);
    let mut stopped = run(&mut jobs, runner, progress)?;
    let mut snippets: Vec<SnippetReport> = jobs
        .iter()
        .map(|job| {
            checker::check(
                job.snippet,
                &job.guide.path,
                job.planned,
                job.outcome.as_ref(),
            )
        })
        .collect();
    if stopped.is_none() {
        stopped = stop(opinion::take(&jobs, &mut snippets, running, runner))?;
    }
    let interrupted = stopped.is_some();
    if interrupted {
        tell_nothing_too_early(&jobs, &mut snippets);
    }
    let info = match runner.info() {
        Ok(info) => Some(info).filter(|_| !interrupted),
        Err(error @ RunError::TooWeak { .. }) => return Err(refused(error)),
        Err(_) => None,
    };
    for (report, job) in snippets.iter_mut().zip(&jobs) {
        report.accepted = expected.compare(job.snippet, report);
    }
    let mut summary = summarise(&snippets, loaded.guides.len());
    summary.duration_ms = start.elapsed().as_secs_f64() * 1e3;
    let report = Report {
        schema_version: SCHEMA_VERSION,
        snipcheck: env!("CARGO_PKG_VERSION").to_owned(),
        python: info.as_ref().map(|i| i.python.clone()),
        pythons: Vec::new(),
        sandbox: info.map(|i| i.sandbox),
        summary,
        snippets,
        notes: notes(loaded),
        interrupted,
        cluster: None,
    };
    Ok(Checked {
        report,
        outcomes: jobs.into_iter().map(|job| job.outcome).collect(),
        stopped,
    })
}

/// One report of the same guides on several Pythons, each with its version; nothing of none.
pub(crate) fn across(mut reports: Vec<(String, Report)>) -> Option<Report> {
    if reports.len() < 2 {
        return reports.pop().map(|(_, report)| report);
    }
    let mut each: Vec<_> = reports
        .iter_mut()
        .map(|(python, report)| {
            (
                python.clone(),
                std::mem::take(&mut report.snippets).into_iter(),
            )
        })
        .collect();
    let pythons = reports.iter().filter_map(|(_, one)| one.python.clone());
    let pythons = pythons.collect();
    let interrupted = reports.iter().any(|(_, one)| one.interrupted);
    let (_, mut told) = reports.swap_remove(0);
    (told.pythons, told.interrupted) = (pythons, interrupted);
    loop {
        let next = each
            .iter_mut()
            .filter_map(|(python, snippets)| Some((python.clone(), snippets.next()?)));
        match checker::across(&next.collect::<Vec<_>>()) {
            Some(snippet) => told.snippets.push(snippet),
            None => break,
        }
    }
    told.summary = Summary {
        duration_ms: told.summary.duration_ms,
        ..summarise(&told.snippets, told.summary.guides)
    };
    Some(told)
}

/// A run as it grows from guides to guides; its snippets have gone to the reporter.
#[derive(Debug)]
pub(crate) struct Whole {
    pub(crate) report: Report,
    /// How many snippets fail the run.
    pub(crate) failing: usize,
    strict: bool,
    start: Instant,
}

impl Whole {
    pub(crate) fn new(strict: bool) -> Whole {
        Whole {
            report: Report {
                schema_version: SCHEMA_VERSION,
                snipcheck: env!("CARGO_PKG_VERSION").to_owned(),
                python: None,
                pythons: Vec::new(),
                sandbox: None,
                summary: Summary::default(),
                snippets: Vec::new(),
                notes: Vec::new(),
                interrupted: false,
                cluster: None,
            },
            failing: 0,
            strict,
            start: Instant::now(),
        }
    }

    /// Counts the report of some guides.
    pub(crate) fn add(&mut self, part: Report) {
        let (all, own) = (&mut self.report.summary, &part.summary);
        all.guides += own.guides;
        all.snippets += own.snippets;
        all.passed += own.passed;
        all.failed += own.failed;
        all.errored += own.errored;
        all.timed_out += own.timed_out;
        all.limited += own.limited;
        all.incomplete += own.incomplete;
        all.skipped += own.skipped;
        all.expectations += own.expectations;
        all.pass += own.pass;
        all.fail += own.fail;
        all.skip += own.skip;
        all.from_cache += own.from_cache;
        all.duration_ms = self.start.elapsed().as_secs_f64() * 1e3;
        let fails = |snippet: &&SnippetReport| verdict::fails(snippet, self.strict);
        self.failing += part.snippets.iter().filter(fails).count();
        self.report.python = part.python.or(self.report.python.take());
        if !part.pythons.is_empty() {
            self.report.pythons = part.pythons;
        }
        self.report.sandbox = part.sandbox.or(self.report.sandbox.take());
        self.report.notes.extend(part.notes);
        self.report.interrupted |= part.interrupted;
    }
}

/// What would be run, without running it.
pub(crate) fn list(loaded: &Loaded) -> Report {
    let mut snippets = Vec::new();
    for guide in &loaded.guides {
        let plan = runner::plan(guide, snipcheck_core::Limits::default());
        for (snippet, planned) in guide.snippets.iter().zip(&plan.snippets) {
            snippets.push(checker::list(snippet, &guide.path, planned));
        }
    }
    Report {
        schema_version: SCHEMA_VERSION,
        snipcheck: env!("CARGO_PKG_VERSION").to_owned(),
        python: None,
        pythons: Vec::new(),
        sandbox: None,
        summary: summarise(&snippets, loaded.guides.len()),
        snippets,
        notes: notes(loaded),
        interrupted: false,
        cluster: None,
    }
}

fn jobs<'a>(guides: &'a [Guide], plans: &'a [Plan], wanted: Wanted) -> Vec<Job<'a>> {
    let mut jobs = Vec::new();
    for (guide, plan) in guides.iter().zip(plans) {
        for (at, (snippet, planned)) in guide.snippets.iter().zip(&plan.snippets).enumerate() {
            if wanted(guide, snippet) {
                jobs.push(Job {
                    guide,
                    at,
                    snippet,
                    planned,
                    outcome: None,
                });
            }
        }
    }
    jobs
}

/// Runs what can be run; gives back what ended it before its end.
fn run(jobs: &mut [Job], runner: &mut Runner, progress: &Progress) -> Result<Option<RunError>> {
    let runnable: Vec<usize> = (0..jobs.len()).filter(|&i| jobs[i].is_runnable()).collect();
    let units: Vec<WorkUnit> = runnable
        .iter()
        .filter_map(|&i| jobs[i].planned.unit.clone())
        .collect();
    progress.expect(units.len());
    // They are taken one by one, when there is room for the next.
    let units = units.into_iter().inspect(|unit| progress.begins(&unit.id));
    let result = runner.run(units, &mut |index, outcome| {
        let job = &mut jobs[runnable[index]];
        progress.done(&job.snippet.id);
        job.outcome = Some(outcome);
    });
    stop(result.map_err(Into::into))
}

/// What ended a run before its end, whose report is told all the same; any other error stays one.
fn stop(result: Result<()>) -> Result<Option<RunError>> {
    let Err(error) = result else {
        return Ok(None);
    };
    match error.downcast() {
        Ok(
            stop @ (RunError::Interrupted | RunError::ClusterLost(_) | RunError::Refused { .. }),
        ) => Ok(Some(stop)),
        Ok(error) => Err(refused(error)),
        Err(error) => Err(error),
    }
}

/// What never ran has no status, and what still waited for a second opinion has none yet.
fn tell_nothing_too_early(jobs: &[Job], reports: &mut [SnippetReport]) {
    for (job, report) in jobs.iter().zip(reports) {
        let never_ran = job.is_runnable() && job.outcome.is_none();
        if never_ran || checker::is_open(report) || checker::lacks_file(report).is_some() {
            *report = checker::list(job.snippet, &job.guide.path, job.planned);
            report.asides.clear();
            report.reason = Some("the run was interrupted before it was judged".to_owned());
        }
    }
}

fn notes(loaded: &Loaded) -> Vec<GuideNote> {
    let of_guides = loaded.guides.iter().flat_map(|guide| {
        guide.notes.iter().map(|note| GuideNote {
            guide: guide.path.clone(),
            line: note.line,
            message: note.message.clone(),
            error: false,
        })
    });
    loaded.errors.iter().cloned().chain(of_guides).collect()
}

fn summarise(snippets: &[SnippetReport], guides: usize) -> Summary {
    let mut summary = Summary {
        guides,
        snippets: snippets.len(),
        ..Summary::default()
    };
    for snippet in snippets {
        summary.from_cache += usize::from(snippet.from_cache);
        match snippet.status {
            Some(Status::Passed) => summary.passed += 1,
            Some(Status::Failed) => summary.failed += 1,
            Some(Status::Errored) => summary.errored += 1,
            Some(Status::TimedOut) => summary.timed_out += 1,
            Some(Status::Limited) => summary.limited += 1,
            Some(Status::Incomplete) => summary.incomplete += 1,
            Some(Status::Skipped) => summary.skipped += 1,
            None => {}
        }
        for expectation in &snippet.expectations {
            summary.expectations += 1;
            match expectation.verdict {
                Some(Verdict::Pass) => summary.pass += 1,
                Some(Verdict::Fail) => summary.fail += 1,
                Some(Verdict::Skip) => summary.skip += 1,
                None => {}
            }
        }
    }
    summary
}
