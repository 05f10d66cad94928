//! A snippet that says something of time or memory, in its code or in the prose beside it.

use super::overrides::Overrides;
use super::programs::{self, Purpose, questions};
use anyhow::Result;
use snipcheck_bench::{Hypothesis, Reading, hypotheses, spoken};
use snipcheck_core::{Guide, Limits, Line, Lines, Snippet, WorkUnit};
use snipcheck_extract::Page;
use snipcheck_runner as runner;

/// A snippet that says something of time or memory.
pub(crate) struct Subject<'a> {
    pub(crate) guide: &'a Guide,
    pub(crate) snippet: &'a Snippet,
    pub(crate) hypotheses: Vec<Hypothesis>,
    /// What is run, and for what; or why nothing is.
    pub(super) units: Result<Vec<(Purpose, WorkUnit)>, String>,
    /// The statements whose times are wanted; a watch's number is the place in here.
    pub(super) statements: Vec<Lines>,
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
                    (None, Some(unit)) => {
                        Ok(programs::units(&unit, snippet, &statements, &hypotheses))
                    }
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

/// What is compared with nothing needs no more runs than these.
const ALONE: usize = 3;

/// How often it is looked for the cause of what was seen.
const CAUSE: usize = 5;
