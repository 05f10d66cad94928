//! What is run to answer the claims of a guide, and what the runs say.

use super::Answered;
use crate::progress::Countdown;
use crate::settings::Running;
use anyhow::Result;
use snipcheck_bench::{
    Claim, Executor, Flaw, Hypothesis, Measurement, Mode, Plan, Question, Reading, Run, Span,
    hypotheses, judge, run,
};
use snipcheck_core::{
    Event, Exit, Guide, Ledger, Limits, Lines, Look, Moment, Outcome, Snippet, Want, Watch,
    WorkUnit,
};
use snipcheck_runner::{self as runner, Runner};
use std::time::{Duration, Instant};

/// What is said to take at least so long is waited for so much less: another machine may be faster.
const FASTER_MACHINE: f64 = 3.0;

/// A snippet that says something of time.
pub(crate) struct Subject<'a> {
    pub(crate) guide: &'a Guide,
    pub(crate) snippet: &'a Snippet,
    pub(crate) hypotheses: Vec<Hypothesis>,
    /// What is run, or why nothing is.
    unit: Result<WorkUnit, String>,
    /// The statements whose times are wanted; a watch's number is the place in here.
    statements: Vec<Lines>,
}

impl<'a> Subject<'a> {
    /// All of a guide.
    pub(crate) fn all(guide: &'a Guide, limits: Limits) -> Vec<Subject<'a>> {
        let said: Vec<Vec<Hypothesis>> = guide.snippets.iter().map(hypotheses).collect();
        if said.iter().all(Vec::is_empty) {
            return Vec::new();
        }
        let plan = runner::plan(guide, limits);
        let snippets = guide.snippets.iter().zip(plan.snippets).zip(said);
        snippets
            .filter(|(_, hypotheses)| !hypotheses.is_empty())
            .map(|((snippet, planned), hypotheses)| {
                let statements = statements(&hypotheses);
                let unit = match (planned.skip, planned.unit) {
                    (Some(why), _) => Err(why),
                    (None, None) => Err(planned
                        .incomplete
                        .unwrap_or_else(|| "there is nothing to run".to_owned())),
                    (None, Some(unit)) => Ok(timed(unit, &statements, &hypotheses)),
                };
                Subject {
                    guide,
                    snippet,
                    hypotheses,
                    unit,
                    statements,
                }
            })
            .collect()
    }

    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.hypotheses.iter().filter_map(question)
    }

    /// What the runs say of a claim.
    fn answer(&self, hypothesis: &Hypothesis, ran: &Ran) -> Answered {
        let question = match (&hypothesis.reading, &self.unit) {
            (Reading::NotShown(flaw), _) => return Answered::NotShown(flaw_words(flaw)),
            (_, Err(why)) => return Answered::NotShown(why.clone()),
            (Reading::Question(question), Ok(_)) => question,
        };
        let mut measurement = self.measurement(question, &ran.outcomes);
        if measurement.other.runs.is_empty() {
            match cut_short(question, ran) {
                Ok(run) => measurement.other.runs.push(run),
                Err(why) => return Answered::NotShown(why),
            }
        }
        Answered::Measured {
            judgement: judge(question.claim, &measurement),
            times: measurement.other.runs.len(),
        }
    }

    fn measurement(&self, question: &Question, outcomes: &[Outcome]) -> Measurement {
        let runs = |span: &Span, from: usize, step: usize| -> Vec<Run> {
            outcomes
                .iter()
                .skip(from)
                .step_by(step)
                .filter_map(|outcome| {
                    let (from, to) = self.times(span, outcome)?;
                    Some(run(&outcome.ledger, from, to))
                })
                .collect()
        };
        let mode = |workers, runs| Mode { workers, runs };
        let base = |from| {
            let base = question.base.as_ref();
            base.map_or_else(Mode::default, |base| mode(1, runs(&base.span, from, 2)))
        };
        Measurement {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            // Every second process is the control: it did the very same.
            base: base(0),
            control: base(1),
            other: mode(question.workers.max(1), runs(&question.span, 0, 1)),
            work: question.base.as_ref().and_then(|base| base.work),
        }
    }

    /// When a span was run for the first time.
    fn times(&self, span: &Span, outcome: &Outcome) -> Option<(Moment, Moment)> {
        let watch = |lines: Lines| self.statements.iter().position(|one| *one == lines);
        let (first, last) = (watch(span.first)?, watch(span.last)?);
        let stopped = |event: &Event| {
            matches!(event, Event::Stopped { statement, .. }
                if statement.first <= span.last.last && span.first.first <= statement.last)
        };
        if outcome.events.iter().any(stopped) {
            return None;
        }
        let (from, _) = moments(outcome, first).next()?;
        let (_, to) = moments(outcome, last).find(|(_, to)| to.at >= from.at)?;
        Some((from, to))
    }
}

/// What is known of statements that were never done: a time that they take at least, or why they were not.
fn cut_short(question: &Question, ran: &Ran) -> Result<Run, String> {
    let Some(last) = &ran.last else {
        return Err("it was not run".to_owned());
    };
    let stopped = last.events.iter().find_map(|event| match event {
        Event::Stopped { exception, .. } => Some(exception.to_string()),
        _ => None,
    });
    match (&last.exit, question.claim) {
        (Exit::TimedOut { seconds }, Claim::AtLeast(_)) => Ok(Run {
            wall: Duration::from_secs_f64(*seconds),
            ..whole(&last.ledger)
        }),
        (Exit::TimedOut { seconds }, _) => Err(format!("it was stopped after {seconds} s")),
        (Exit::Limited { what }, _) => Err(format!("it was stopped: {what}")),
        (Exit::Lost { why }, _) => Err(why.clone()),
        _ => Err(stopped.map_or_else(
            || "these statements are never run".to_owned(),
            |exception| format!("it ends with {}", short(&exception)),
        )),
    }
}

/// When the statement of a watch ran, each time.
pub(super) fn moments(outcome: &Outcome, number: usize) -> impl Iterator<Item = (Moment, Moment)> {
    outcome.events.iter().filter_map(move |event| match event {
        Event::Timed {
            expectation,
            from,
            to,
        } if *expectation == number => Some((*from, *to)),
        _ => None,
    })
}

/// Asks when a statement runs.
pub(super) fn timing(expectation: usize, statement: Lines) -> Watch {
    Watch {
        expectation,
        statement,
        want: Want::Time,
    }
}

/// The beginning of a message that may be long.
fn short(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// What was done from the first look at a run to the last.
fn whole(ledger: &Ledger) -> Run {
    let moment = |look: Option<&Look>| Moment {
        at: look.map_or(0, |look| look.at),
        cpu: 0,
    };
    run(
        ledger,
        moment(ledger.looks.first()),
        moment(ledger.looks.last()),
    )
}

fn question(hypothesis: &Hypothesis) -> Option<&Question> {
    match &hypothesis.reading {
        Reading::Question(question) => Some(question),
        Reading::NotShown(_) => None,
    }
}

/// The first and the last statements of everything that is asked.
fn statements(hypotheses: &[Hypothesis]) -> Vec<Lines> {
    let spans = hypotheses.iter().filter_map(question).flat_map(|question| {
        let base = question.base.as_ref().map(|base| base.span);
        [question.span].into_iter().chain(base)
    });
    let mut found: Vec<Lines> = spans.flat_map(|span| [span.first, span.last]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The unit with nothing watched but the clock.
fn timed(unit: WorkUnit, statements: &[Lines], hypotheses: &[Hypothesis]) -> WorkUnit {
    let watches = statements
        .iter()
        .enumerate()
        .map(|(expectation, &statement)| timing(expectation, statement));
    let mut limits = unit.limits;
    let longest = hypotheses
        .iter()
        .filter_map(question)
        .filter_map(|question| match question.claim {
            Claim::AtLeast(seconds) => Some(Duration::from_secs_f64(seconds / FASTER_MACHINE)),
            _ => None,
        })
        .max();
    let others = hypotheses
        .iter()
        .filter_map(question)
        .any(|question| !matches!(question.claim, Claim::AtLeast(_)));
    limits.timeout = match longest {
        Some(longest) if !others => longest + Duration::from_secs(1),
        // What is timed is what takes its time.
        _ => limits.timeout.max(TIMEOUT),
    };
    WorkUnit {
        watches: watches.collect(),
        calls: Vec::new(),
        imports_repaired: false,
        ledger: true,
        limits,
        ..unit
    }
}

/// What a snippet may take at least, however little others may.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Characters of a message that are shown.
const LONGEST: usize = 100;
/// What is compared with nothing needs no more runs than these.
const ALONE: usize = 3;

/// What was run of a subject in one interpreter.
#[derive(Default)]
struct Ran {
    /// Those that count.
    outcomes: Vec<Outcome>,
    /// The last one of all.
    last: Option<Outcome>,
}

/// Runs everything that has to be, and answers each claim for each Python.
pub(super) fn measure(
    subjects: &[Subject<'_>],
    runnings: &[Running],
    repeats: usize,
    plan: Plan,
) -> Result<Vec<Vec<Answered>>> {
    let mut cells: Vec<(usize, usize, &WorkUnit)> = Vec::new();
    let mut wanted = Vec::new();
    for python in 0..runnings.len() {
        for (at, subject) in subjects.iter().enumerate() {
            if let (Ok(unit), true) = (&subject.unit, subject.questions().next().is_some()) {
                cells.push((python, at, unit));
                let compares = subject.questions().any(|question| question.base.is_some());
                wanted.push(if compares {
                    repeats
                } else {
                    repeats.min(ALONE)
                });
            }
        }
    }
    let units = cells.iter().map(|(python, _, unit)| (*python, *unit));
    let mut processes = Processes::new(runnings, units.collect(), plan)?;
    let records = snipcheck_bench::measure(&mut processes, &wanted, plan)?;
    let mut ran: Vec<Vec<Ran>> = runnings
        .iter()
        .map(|_| subjects.iter().map(|_| Ran::default()).collect())
        .collect();
    for (((python, at, _), outcomes), last) in cells.into_iter().zip(records).zip(processes.last) {
        ran[python][at] = Ran { outcomes, last };
    }
    let claims = subjects
        .iter()
        .enumerate()
        .flat_map(|(at, subject)| subject.hypotheses.iter().map(move |one| (at, subject, one)));
    Ok(claims
        .map(|(at, subject, hypothesis)| {
            let answer = |python: &Vec<Ran>| subject.answer(hypothesis, &python[at]);
            ran.iter().map(answer).collect()
        })
        .collect())
}

/// Runs each cell in a process of its own, one at a time.
pub(super) struct Processes<'a> {
    runners: Vec<Runner>,
    /// The interpreter of each cell, and what it runs.
    units: Vec<(usize, &'a WorkUnit)>,
    /// What came out of each cell last.
    last: Vec<Option<Outcome>>,
    countdown: Countdown,
}

impl<'a> Processes<'a> {
    pub(super) fn new(
        runnings: &[Running],
        units: Vec<(usize, &'a WorkUnit)>,
        plan: Plan,
    ) -> Result<Self> {
        let runners = runnings.iter().map(Running::runner);
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
            let timed = |event: &Event| matches!(event, Event::Timed { .. });
            matches!(outcome.exit, Exit::Completed | Exit::Code { .. })
                && outcome.events.iter().any(timed)
        });
        Ok((start.elapsed(), useful))
    }
}

/// Why nothing is shown, for a person.
pub(crate) fn flaw_words(flaw: &Flaw) -> String {
    match flaw {
        Flaw::NeverStarted(what) => format!("each `{what}` is built and never started"),
        Flaw::NeverCalled(name) => format!("nothing calls `{name}`"),
        Flaw::NothingTimed => "no code here takes that time".to_owned(),
        Flaw::NoCode => "it cannot be read as one piece of Python".to_owned(),
        Flaw::Unclear => "the words do not say what is compared with what".to_owned(),
    }
}
