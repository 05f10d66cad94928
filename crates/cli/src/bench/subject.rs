//! A snippet that says something of time or memory: what is run to see whether it is so, and what the runs say.

use super::overrides::Overrides;
use super::{Answered, Evidence};
use anyhow::Result;
use snipcheck_bench::{
    Claim, Contest, Flaw, Growth, Hypothesis, Measurement, Mode, Noisy, Opening, PARTS, PATIENCE,
    Question, Reading, Round, Run, Span, TURNS, Thing, Weighing, enough, hypotheses, judge, run,
    spoken, weigh,
};
use snipcheck_core::{
    Event, Exit, Guide, Ledger, Limits, Line, Lines, Look, Moment, Outcome, Part, Snippet, Want,
    Watch, Weight, WorkUnit,
};
use snipcheck_extract::Page;
use snipcheck_runner as runner;
use std::collections::BTreeMap;
use std::time::Duration;

/// A snippet that says something of time or memory.
pub(crate) struct Subject<'a> {
    pub(crate) guide: &'a Guide,
    pub(crate) snippet: &'a Snippet,
    pub(crate) hypotheses: Vec<Hypothesis>,
    /// What is run, and for what; or why nothing is.
    units: Result<Vec<(Purpose, WorkUnit)>, String>,
    /// The statements whose times are wanted; a watch's number is the place in here.
    statements: Vec<Lines>,
}

/// What a snippet is run for: each disturbs the others, so none is done beside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// When its statements run.
    Time,
    /// The same with a longer switch interval.
    Patience,
    /// The same with the interpreter's lock kept, where there need be none.
    Locked,
    /// What memory they take, as Python counts it.
    Weight,
    /// What the process grows by.
    Growth,
    /// The contest of the claim with this number.
    Contest(usize),
    /// The growth of the claim with this number, with this of the [`PARTS`].
    Part(usize, usize),
}

impl<'a> Subject<'a> {
    /// All of a guide, whose text is on this page.
    pub(crate) fn all(
        guide: &'a Guide,
        page: &Page,
        overrides: &Overrides,
        limits: Limits,
    ) -> Result<Vec<Subject<'a>>> {
        let mut said: Vec<Vec<Hypothesis>> = guide.snippets.iter().map(hypotheses).collect();
        for (first, text) in paragraphs(page.prose(guide)) {
            for hypothesis in spoken(first, &text) {
                if let Some(snippet) = spoken_of(guide, &hypothesis) {
                    said[snippet].push(hypothesis);
                }
            }
        }
        overrides.apply(guide, &mut said)?;
        if said.iter().all(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let plan = runner::plan(guide, limits);
        let snippets = guide.snippets.iter().zip(plan.snippets).zip(said);
        let subjects = snippets
            .filter(|(_, hypotheses)| !hypotheses.is_empty())
            .map(|((snippet, planned), hypotheses)| {
                let statements = statements(&hypotheses);
                let units = match (planned.skip, planned.unit) {
                    (Some(why), _) => Err(why),
                    (None, None) => Err(planned
                        .incomplete
                        .unwrap_or_else(|| "there is nothing to run".to_owned())),
                    (None, Some(unit)) => Ok(units(&unit, snippet, &statements, &hypotheses)),
                };
                Subject {
                    guide,
                    snippet,
                    hypotheses,
                    units,
                    statements,
                }
            })
            .collect();
        Ok(subjects)
    }

    /// What is to be run, and how often of so many times.
    pub(super) fn programs(
        &self,
        repeats: usize,
    ) -> impl Iterator<Item = (Purpose, &WorkUnit, usize)> {
        let compares = questions(&self.hypotheses).any(|question| question.base.is_some());
        let times = move |purpose| match purpose {
            Purpose::Time if !compares => repeats.min(ALONE),
            Purpose::Time | Purpose::Contest(_) | Purpose::Part(..) => repeats,
            Purpose::Patience | Purpose::Locked => repeats.min(CAUSE),
            Purpose::Weight | Purpose::Growth => 1,
        };
        let units = self.units.iter().flatten();
        units.map(move |(purpose, unit)| (*purpose, unit, times(*purpose)))
    }

    /// What the runs say of the claim with this number.
    pub(super) fn answer(&self, number: usize, ran: &Ran, noisy: Noisy) -> Answered {
        let none = Came::default();
        let came = |purpose| ran.get(&purpose).unwrap_or(&none);
        let question = match (&self.hypotheses[number].reading, &self.units) {
            (Reading::NotShown(flaw), _) => return Answered::NotShown(flaw_words(flaw)),
            (Reading::Sum(sum), _) => return Answered::Computed(sum.holds()),
            (_, Err(why)) => return Answered::NotShown(why.clone()),
            (Reading::Weighing(weighing), Ok(_)) => {
                return self.weight(weighing, came(Purpose::Weight), came(Purpose::Growth));
            }
            (Reading::Contest { contest, .. }, Ok(_)) => {
                return self.contest(contest, came(Purpose::Contest(number)), noisy);
            }
            (Reading::Growth(growth), Ok(_)) => {
                let parts = (0..PARTS.len()).map(|part| came(Purpose::Part(number, part)));
                return self.growth(growth, &parts.collect::<Vec<_>>(), noisy);
            }
            (Reading::Question(question), Ok(_)) => question,
        };
        let came = came(Purpose::Time);
        let causes = [Purpose::Patience, Purpose::Locked].map(|one| ran.get(&one).unwrap_or(&none));
        let mut measurement = self.measurement(question, came, causes);
        if measurement.other.runs.is_empty() {
            match cut_short(question, came) {
                Ok(run) => measurement.other.runs.push(run),
                Err(why) => return Answered::NotShown(why),
            }
        }
        Answered::Measured {
            judgement: judge(question.claim, &measurement, noisy),
            evidence: Evidence::Measurement(Box::new(measurement)),
        }
    }

    /// What the processes say in which two pieces of code took turns.
    fn contest(&self, contest: &Contest, came: &Came, noisy: Noisy) -> Answered {
        let Some(last) = &came.last else {
            return Answered::NotShown("it was not run".to_owned());
        };
        let Some(opening) = self.opening(last) else {
            return Answered::NotShown(why_not(last));
        };
        if let Some(why) = contest.objection(&opening) {
            return Answered::NotShown(why);
        }
        let rounds = self.rounds(came);
        Answered::Measured {
            judgement: contest.judge(&rounds, noisy),
            evidence: Evidence::Rounds(rounds),
        }
    }

    /// What the processes say in which a statement had more and more data.
    fn growth(&self, growth: &Growth, parts: &[&Came], noisy: Noisy) -> Answered {
        for part in parts {
            let Some(last) = &part.last else {
                return Answered::NotShown("it was not run".to_owned());
            };
            let objection = match self.opening(last) {
                Some(opening) => growth.contest().objection(&opening),
                None => Some(why_not(last)),
            };
            if let Some(why) = objection {
                return Answered::NotShown(why);
            }
        }
        let rounds: Vec<Vec<Round>> = parts.iter().map(|part| self.rounds(part)).collect();
        Answered::Measured {
            judgement: growth.judge(&rounds, noisy),
            evidence: Evidence::Rounds(rounds.into_iter().next_back().unwrap_or_default()),
        }
    }

    /// What the turns in each process took.
    fn rounds(&self, came: &Came) -> Vec<Round> {
        let round = |outcome: &Outcome| {
            let turns: Vec<f64> = (0..TURNS.len())
                .filter_map(|turn| moments(outcome, turn).next())
                .map(|(from, to)| spent(from, to))
                .collect();
            self.opening(outcome)?.round(&turns)
        };
        came.outcomes.iter().filter_map(round).collect()
    }

    /// What the runs say of a number of bytes.
    fn weight(&self, weighing: &Weighing, came: &Came, grown: &Came) -> Answered {
        let Some(outcome) = &came.last else {
            return Answered::NotShown("it was not run".to_owned());
        };
        let number = weighing.statement.first.index();
        let below = || {
            let mut below = weighings(&self.hypotheses).filter(|one| one.program().is_some());
            let index = below.position(|one| one == weighing)?;
            told_below(self.snippet, index, outcome)
        };
        let answered = |written: Option<f64>, weight: Weight| Answered::Weighed {
            result: weigh(weighing.bytes, weighing.unit, written, &weight),
            written,
            weight,
        };
        let found = match &weighing.thing {
            Thing::Made => weighed_at(outcome, number).map(|traced| {
                let grown = grown.last.as_ref();
                let grown = grown.and_then(|outcome| weighed_at(outcome, number));
                let pss = grown.map_or(0, |grown| grown.pss);
                answered(None, Weight { pss, ..traced })
            }),
            Thing::Written => written(weighing.statement, outcome)
                .map(|written| answered(Some(written), Weight::default())),
            Thing::Value(_) => below()
                .and_then(|told| told.parse().ok())
                .map(|value| answered(Some(value), Weight::default())),
            Thing::Passed(_) | Thing::Each(_) => below()
                .and_then(|told| serde_json::from_str(told).ok())
                .map(|weight| answered(None, weight)),
        };
        found.unwrap_or_else(|| Answered::NotShown(why_not(outcome)))
    }

    /// What a contest tells of itself, on the first line below the snippet.
    fn opening(&self, outcome: &Outcome) -> Option<Opening> {
        serde_json::from_str(told_below(self.snippet, 0, outcome)?).ok()
    }

    fn measurement(
        &self,
        question: &Question,
        came: &Came,
        [patient, locked]: [&Came; 2],
    ) -> Measurement {
        let runs = |came: &Came, span: &Span, from: usize, step: usize| -> Vec<Run> {
            came.outcomes
                .iter()
                .skip(from)
                .step_by(step)
                .filter_map(|outcome| {
                    let (from, to) = self.times(span, outcome)?;
                    Some(run(&outcome.ledger, from, to))
                })
                .collect()
        };
        let workers = question.workers.max(1);
        let mode = |workers, runs| Mode { workers, runs };
        let base = |from| {
            let base = question.base.as_ref();
            base.map_or_else(Mode::default, |base| {
                mode(1, runs(came, &base.span, from, 2))
            })
        };
        Measurement {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            // Every second process is the control: it did the very same.
            base: base(0),
            control: base(1),
            other: mode(workers, runs(came, &question.span, 0, 1)),
            patient: mode(workers, runs(patient, &question.span, 0, 1)),
            locked: mode(workers, runs(locked, &question.span, 0, 1)),
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

/// Lines that stand together, joined, each with the place of its first one.
fn paragraphs<'t>(lines: impl Iterator<Item = (Line, &'t str)>) -> Vec<(Line, String)> {
    let mut found: Vec<(Line, String)> = Vec::new();
    let mut next = None;
    for (line, text) in lines {
        let trimmed = text.trim_start();
        let begins = trimmed.starts_with(['#', '*', '-', '|', '+', '>']);
        match found.last_mut() {
            Some((_, paragraph)) if next == Some(line) && !begins => {
                paragraph.push('\n');
                paragraph.push_str(text);
            }
            _ => found.push((line, text.to_owned())),
        }
        next = (!trimmed.is_empty()).then(|| line.plus(1));
    }
    found
}

/// The snippet whose names a sentence uses: the one above it, or else the one below.
fn spoken_of(guide: &Guide, hypothesis: &Hypothesis) -> Option<usize> {
    let below = guide
        .snippets
        .partition_point(|one| one.lines.last < hypothesis.line);
    let Reading::Contest { contest, .. } = &hypothesis.reading else {
        return (below.saturating_sub(1) < guide.snippets.len()).then(|| below.saturating_sub(1));
    };
    let both = format!("{}{}", contest.code, contest.base);
    let names = || {
        let words = both.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.filter(|word| !word.is_empty())
    };
    let known = |at: &usize| {
        let snippet = &guide.snippets[*at];
        names().filter(|name| snippet.code.contains(name)).count()
    };
    let above = below.checked_sub(1);
    let neighbours = [Some(below).filter(|at| *at < guide.snippets.len()), above];
    neighbours.into_iter().flatten().max_by_key(known)
}

/// What is known of statements that were never done: a time that they take at least, or why they were not.
fn cut_short(question: &Question, came: &Came) -> Result<Run, String> {
    let Some(last) = &came.last else {
        return Err("it was not run".to_owned());
    };
    match (&last.exit, question.claim) {
        (Exit::TimedOut { seconds }, Claim::AtLeast(_)) => Ok(Run {
            wall: Duration::from_secs_f64(*seconds),
            ..whole(&last.ledger)
        }),
        _ => Err(why_not(last)),
    }
}

/// Why statements were not run to their end.
fn why_not(outcome: &Outcome) -> String {
    let stopped = outcome.events.iter().find_map(|event| match event {
        Event::Stopped { exception, .. } => Some(exception.to_string()),
        _ => None,
    });
    match &outcome.exit {
        Exit::TimedOut { seconds } => format!("it was stopped after {seconds} s"),
        Exit::Limited { what } => format!("it was stopped: {what}"),
        Exit::Lost { why } => why.clone(),
        Exit::Completed | Exit::Code { .. } | Exit::Signal { .. } => stopped.map_or_else(
            || "these statements are never run".to_owned(),
            |exception| format!("it ends with {}", short(&exception)),
        ),
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

fn questions(hypotheses: &[Hypothesis]) -> impl Iterator<Item = &Question> {
    hypotheses.iter().filter_map(|one| match &one.reading {
        Reading::Question(question) => Some(question),
        _ => None,
    })
}

fn weighings(hypotheses: &[Hypothesis]) -> impl Iterator<Item = &Weighing> {
    hypotheses.iter().filter_map(|one| match &one.reading {
        Reading::Weighing(weighing) => Some(weighing),
        _ => None,
    })
}

/// What the statement of a watch took, the first time.
fn weighed_at(outcome: &Outcome, number: usize) -> Option<Weight> {
    outcome.events.iter().find_map(|event| match event {
        Event::Weighed {
            expectation,
            weight,
        } if *expectation == number => Some(*weight),
        _ => None,
    })
}

/// The number that a statement writes.
fn written(statement: Lines, outcome: &Outcome) -> Option<f64> {
    outcome.events.iter().find_map(|event| match event {
        Event::Write { text, lines, .. } if lines.iter().any(|line| statement.contains(*line)) => {
            let digits = text.split(|c: char| !c.is_ascii_digit() && c != '.');
            digits.filter_map(|number| number.parse().ok()).next_back()
        }
        _ => None,
    })
}

/// The first and the last statements of everything that is asked.
fn statements(hypotheses: &[Hypothesis]) -> Vec<Lines> {
    let spans = questions(hypotheses).flat_map(|question| {
        let base = question.base.as_ref().map(|base| base.span);
        [question.span].into_iter().chain(base)
    });
    let mut found: Vec<Lines> = spans.flat_map(|span| [span.first, span.last]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Everything that is run for these claims.
fn units(
    unit: &WorkUnit,
    snippet: &Snippet,
    statements: &[Lines],
    hypotheses: &[Hypothesis],
) -> Vec<(Purpose, WorkUnit)> {
    let mut units = vec![
        (Purpose::Time, timed(unit.clone(), statements, hypotheses)),
        (
            Purpose::Weight,
            weighed(unit.clone(), snippet, hypotheses, true),
        ),
        (
            Purpose::Growth,
            weighed(unit.clone(), snippet, hypotheses, false),
        ),
    ];
    if questions(hypotheses).any(|question| question.workers > 1) {
        units.push((Purpose::Patience, patient(units[0].1.clone())));
        units.push((Purpose::Locked, units[0].1.clone()));
    }
    for (number, hypothesis) in hypotheses.iter().enumerate() {
        match &hypothesis.reading {
            Reading::Contest { contest, .. } => units.push((
                Purpose::Contest(number),
                contested(unit.clone(), snippet, contest),
            )),
            Reading::Growth(growth) => {
                for (part, by) in PARTS.into_iter().enumerate() {
                    let Some(code) = growth.scaled(&unit.code.code, by) else {
                        continue;
                    };
                    let first = unit.code.first;
                    let scaled = WorkUnit {
                        code: Part { first, code },
                        ..unit.clone()
                    };
                    let program = contested(scaled, snippet, &growth.contest());
                    units.push((Purpose::Part(number, part), program));
                }
            }
            _ => {}
        }
    }
    units.retain(|(_, unit)| !unit.watches.is_empty());
    units
}

/// A unit whose threads ask for the interpreter's lock less often.
fn patient(unit: WorkUnit) -> WorkUnit {
    let longer = format!(
        "(lambda system: system.setswitchinterval(system.getswitchinterval() * {PATIENCE}))(__import__('sys'))"
    );
    let prelude = std::iter::once(longer).chain(unit.prelude).collect();
    WorkUnit { prelude, ..unit }
}

/// The unit with the turns of a contest below the snippet, a watch for each.
fn contested(unit: WorkUnit, snippet: &Snippet, contest: &Contest) -> WorkUnit {
    let turns = (0..TURNS.len()).map(|turn| {
        let line = below(snippet, 1 + turn);
        let lines = Lines {
            first: line,
            last: line,
        };
        timing(turn, lines)
    });
    let watches = turns.collect();
    let timeout = unit.limits.timeout + TURNS_TAKE;
    let mut unit = watched(followed(unit, snippet, &contest.program()), watches);
    // What the snippet does besides is not what is asked.
    unit.limits.timeout = timeout;
    unit
}

/// The guide line with this index below the snippet, where code that follows it stands.
fn below(snippet: &Snippet, index: usize) -> Line {
    Line::from_index(snippet.lines.last.index() + 1 + index)
}

/// The unit with more lines of code below the snippet.
fn followed(unit: WorkUnit, snippet: &Snippet, program: &str) -> WorkUnit {
    let own = unit.code.code.trim_end_matches('\n');
    let lines = snippet.lines.last.index() + 1 - snippet.lines.first.index();
    let gap = "\n".repeat(lines + 1 - own.lines().count().min(lines));
    let code = Part {
        first: unit.code.first,
        code: format!("{own}{gap}{program}"),
    };
    WorkUnit { code, ..unit }
}

/// What was written last on the guide line with this index below the snippet.
fn told_below<'o>(snippet: &Snippet, index: usize, outcome: &'o Outcome) -> Option<&'o str> {
    let line = below(snippet, index);
    outcome.events.iter().find_map(|event| match event {
        Event::Write { text, lines, .. } if lines.contains(&line) => text.lines().last(),
        _ => None,
    })
}

/// The unit with nothing observed but this, and as much time as it takes.
fn watched(unit: WorkUnit, watches: Vec<Watch>) -> WorkUnit {
    let mut limits = unit.limits;
    limits.timeout = limits.timeout.max(TIMEOUT);
    WorkUnit {
        watches,
        calls: Vec::new(),
        imports_repaired: false,
        limits,
        ..unit
    }
}

/// Seconds of the processor from one moment to another.
fn spent(from: Moment, to: Moment) -> f64 {
    Duration::from_nanos(to.cpu.saturating_sub(from.cpu)).as_secs_f64()
}

/// The unit with nothing watched but the clock.
fn timed(unit: WorkUnit, statements: &[Lines], hypotheses: &[Hypothesis]) -> WorkUnit {
    let watches = statements
        .iter()
        .enumerate()
        .map(|(expectation, &statement)| timing(expectation, statement));
    let mut limits = unit.limits;
    let longest = questions(hypotheses)
        .filter_map(|question| match question.claim {
            Claim::AtLeast(seconds) => Some(Duration::from_secs_f64(enough(seconds))),
            _ => None,
        })
        .max();
    let others = questions(hypotheses).any(|question| !matches!(question.claim, Claim::AtLeast(_)));
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

/// The unit with nothing watched but its memory; a watch's number is the index of its statement's first line. Below
/// the snippet is what weighs by itself, when memory is to be traced.
fn weighed(unit: WorkUnit, snippet: &Snippet, hypotheses: &[Hypothesis], traced: bool) -> WorkUnit {
    let mut watches: Vec<Watch> = weighings(hypotheses)
        .map(|weighing| Watch {
            expectation: weighing.statement.first.index(),
            statement: weighing.statement,
            want: Want::Memory { traced },
        })
        .collect();
    watches.dedup();
    let programs: String = weighings(hypotheses)
        .filter_map(Weighing::program)
        .collect();
    let unit = watched(unit, watches);
    if traced && !programs.is_empty() {
        followed(unit, snippet, &programs)
    } else {
        unit
    }
}

/// What a snippet may take at least, however little others may.
const TIMEOUT: Duration = Duration::from_mins(1);

/// What the turns of a contest may take beside the snippet.
const TURNS_TAKE: Duration = Duration::from_secs(20);

/// Characters of a message that are shown.
const LONGEST: usize = 100;
/// What is compared with nothing needs no more runs than these.
const ALONE: usize = 3;

/// How often it is looked for the cause of what was seen.
const CAUSE: usize = 5;

/// What was run of a subject in one interpreter.
pub(super) type Ran = BTreeMap<Purpose, Came>;

/// What came out of one program.
#[derive(Default)]
pub(super) struct Came {
    /// Each time but the first.
    pub(super) outcomes: Vec<Outcome>,
    /// The last time of all, be it the first.
    pub(super) last: Option<Outcome>,
}

/// Why nothing is shown, for a person.
pub(crate) fn flaw_words(flaw: &Flaw) -> String {
    match flaw {
        Flaw::NeverStarted(what) => format!("each `{what}` is built and never started"),
        Flaw::NeverCalled(name) => format!("nothing calls `{name}`"),
        Flaw::NothingTimed => "no code here takes that time".to_owned(),
        Flaw::NoCode => "it cannot be read as one piece of Python".to_owned(),
        Flaw::Unclear => "it is not clear what the words speak of".to_owned(),
        Flaw::Ignored(why) => why.clone(),
    }
}
