//! What the runs of a snippet say of its claims.

use super::programs::{Purpose, below, weighings};
use super::subject::Subject;
use super::{Answered, Evidence};
use snipcheck_bench::{
    Claim, Contest, Flaw, Growth, Measurement, Mode, Noisy, Opening, PARTS, Question, Reading,
    Round, Run, Span, TURNS, Thing, Weighing, judge, run, weigh,
};
use snipcheck_core::{Event, Exit, Ledger, Lines, Look, Moment, Outcome, Snippet, Weight};
use std::collections::BTreeMap;
use std::time::Duration;

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

/// Characters of a message that are shown.
const LONGEST: usize = 100;

impl Subject<'_> {
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
        if let Some(why) = self.objection(contest, came) {
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
        let contest = growth.contest();
        if let Some(why) = parts.iter().find_map(|part| self.objection(&contest, part)) {
            return Answered::NotShown(why);
        }
        let rounds: Vec<Vec<Round>> = parts.iter().map(|part| self.rounds(part)).collect();
        Answered::Measured {
            judgement: growth.judge(&rounds, noisy),
            evidence: Evidence::Rounds(rounds.into_iter().next_back().unwrap_or_default()),
        }
    }

    /// Why what came out of turns shows nothing.
    fn objection(&self, contest: &Contest, came: &Came) -> Option<String> {
        let Some(last) = &came.last else {
            return Some("it was not run".to_owned());
        };
        match self.opening(last) {
            Some(opening) => contest.objection(&opening),
            None => Some(why_not(last)),
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

/// What was written last on the guide line with this index below the snippet.
fn told_below<'o>(snippet: &Snippet, index: usize, outcome: &'o Outcome) -> Option<&'o str> {
    let line = below(snippet, index);
    outcome.events.iter().find_map(|event| match event {
        Event::Write { text, lines, .. } if lines.contains(&line) => text.lines().last(),
        _ => None,
    })
}

/// Seconds of the processor from one moment to another.
fn spent(from: Moment, to: Moment) -> f64 {
    Duration::from_nanos(to.cpu.saturating_sub(from.cpu)).as_secs_f64()
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
