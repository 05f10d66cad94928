//! What is run for the claims of a snippet, a program for each purpose.

use snipcheck_bench::{
    Claim, Contest, Hypothesis, PARTS, PATIENCE, Question, Reading, TURNS, Weighing, enough,
};
use snipcheck_core::{Line, Lines, Part, Snippet, Want, Watch, WorkUnit};
use std::time::Duration;

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

/// What a snippet may take at least, however little others may.
const TIMEOUT: Duration = Duration::from_mins(1);

/// What the turns of a contest may take beside the snippet.
const TURNS_TAKE: Duration = Duration::from_secs(20);

/// Everything that is run for these claims.
pub(super) fn units(
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
pub(super) fn below(snippet: &Snippet, index: usize) -> Line {
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

/// Asks when a statement runs.
pub(super) fn timing(expectation: usize, statement: Lines) -> Watch {
    Watch {
        expectation,
        statement,
        want: Want::Time,
    }
}

pub(super) fn questions(hypotheses: &[Hypothesis]) -> impl Iterator<Item = &Question> {
    hypotheses.iter().filter_map(|one| match &one.reading {
        Reading::Question(question) => Some(question),
        _ => None,
    })
}

pub(super) fn weighings(hypotheses: &[Hypothesis]) -> impl Iterator<Item = &Weighing> {
    hypotheses.iter().filter_map(|one| match &one.reading {
        Reading::Weighing(weighing) => Some(weighing),
        _ => None,
    })
}
