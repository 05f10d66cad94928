//! What a person says of a claim: that it was understood, or how it is to be understood.

use super::memory::{Thing, Weighing};
use super::span::{Page, Part, Span};
use super::work::Work;
use super::{Base, Flaw, Hypothesis, Question, Reading, module};
use crate::answer::Claim;
use crate::contest::Contest;
use serde::Deserialize;
use snipcheck_core::{Line, Lines, Snippet};

/// What is said of one claim. What is not said is as it was read.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Stated {
    /// The id of the snippet, or enough of it.
    pub snippet: String,
    /// Words of the claim; where no comment has them, it is a claim of its own.
    pub words: String,
    /// Why it is none.
    pub ignore: Option<String>,
    /// What is claimed.
    pub claim: Option<Claim>,
    /// How many bytes are claimed.
    pub bytes: Option<f64>,
    /// The first and the last line of the statements, counted within the snippet from 1.
    pub lines: Option<(u32, u32)>,
    /// Those that they are compared with.
    pub base: Option<(u32, u32)>,
    /// How many times as much work the statements do.
    pub work: Option<f64>,
    /// How many share it.
    pub workers: Option<usize>,
    /// Code that is compared, instead of statements of the snippet.
    pub code: Option<String>,
    /// What it is compared with.
    pub against: Option<String>,
    /// What is run once before both.
    pub setup: Option<String>,
}

impl Stated {
    /// Lets the hypotheses of a snippet be as this says. What is wrong with it is told.
    pub fn apply(&self, snippet: &Snippet, hypotheses: &mut Vec<Hypothesis>) -> Result<(), String> {
        let is_meant = |one: &Hypothesis| one.words.contains(&self.words);
        if let Some(why) = &self.ignore {
            let before = hypotheses.len();
            for one in hypotheses.iter_mut().filter(|one| is_meant(one)) {
                one.reading = Reading::NotShown(Flaw::Ignored(why.clone()));
                one.is_confirmed = true;
            }
            return if hypotheses.iter().take(before).any(is_meant) {
                Ok(())
            } else {
                Err(format!(
                    "no claim of this snippet has the words {:?}",
                    self.words
                ))
            };
        }
        if let Some(reading) = self.whole(snippet)? {
            let line = hypotheses
                .iter()
                .find(|one| is_meant(one))
                .map(|one| one.line);
            let at = hypotheses
                .iter()
                .position(is_meant)
                .unwrap_or(hypotheses.len());
            hypotheses.retain(|one| !is_meant(one));
            let one = Hypothesis {
                line: line.unwrap_or(snippet.lines.first),
                words: self.words.clone(),
                reading,
                is_confirmed: true,
            };
            hypotheses.insert(at.min(hypotheses.len()), one);
            return Ok(());
        }
        let mut found = false;
        for one in hypotheses.iter_mut().filter(|one| is_meant(one)) {
            found = true;
            self.change(snippet, &mut one.reading)?;
            one.is_confirmed = true;
        }
        if found {
            Ok(())
        } else {
            Err(format!(
                "no claim of this snippet has the words {:?}, and neither `claim` nor `bytes` says what they mean",
                self.words
            ))
        }
    }

    /// A claim that is said in full.
    fn whole(&self, snippet: &Snippet) -> Result<Option<Reading>, String> {
        let statements = self
            .lines
            .map(|lines| located(snippet, lines))
            .transpose()?;
        if let Some(bytes) = self.bytes {
            return match (&self.code, statements) {
                (Some(code), _) => Ok(Some(Reading::Weighing(Weighing {
                    bytes,
                    unit: 1.0,
                    statement: snippet.lines,
                    thing: Thing::Passed(code.clone()),
                }))),
                (None, Some((span, _))) => Ok(Some(Reading::Weighing(Weighing {
                    bytes,
                    unit: 1.0,
                    statement: span.last,
                    thing: Thing::Made,
                }))),
                (None, None) => Err("`bytes` needs `lines` or `code`".to_owned()),
            };
        }
        let Some(claim) = self.claim else {
            return Ok(None);
        };
        match (&self.code, &self.against) {
            (Some(code), Some(base)) => {
                return Ok(Some(Reading::Contest {
                    contest: Contest {
                        claim,
                        code: code.clone(),
                        base: base.clone(),
                        before: self.setup.clone().unwrap_or_default(),
                        must_agree: false,
                    },
                    places: None,
                }));
            }
            (None, None) => {}
            _ => return Err("`code` and `against` go together".to_owned()),
        }
        let Some((span, work)) = statements else {
            return Err("`claim` needs `lines`, or `code` and `against`".to_owned());
        };
        let base = self.base.map(|lines| located(snippet, lines)).transpose()?;
        if base.is_none() && claim.compares() {
            return Err("this `claim` needs `base`, the lines that it is compared with".to_owned());
        }
        Ok(Some(Reading::Question(Question {
            claim,
            span,
            base: base.map(|(span, other)| Base {
                span,
                work: self.work.or_else(|| work.times(&other)),
            }),
            workers: self.workers.unwrap_or(work.workers),
        })))
    }

    /// Changes of what was read.
    fn change(&self, snippet: &Snippet, reading: &mut Reading) -> Result<(), String> {
        let says = self.lines.is_some() || self.base.is_some();
        let says = says || self.work.is_some() || self.workers.is_some();
        match reading {
            Reading::Question(question) => {
                if let Some(lines) = self.lines {
                    question.span = located(snippet, lines)?.0;
                }
                if let Some(lines) = self.base {
                    let (span, _) = located(snippet, lines)?;
                    let work = question.base.as_ref().and_then(|base| base.work);
                    question.base = Some(Base { span, work });
                }
                if let (Some(work), Some(base)) = (self.work, &mut question.base) {
                    base.work = Some(work);
                }
                question.workers = self.workers.unwrap_or(question.workers);
                Ok(())
            }
            Reading::Contest { contest, .. } if !says => {
                contest.before += self.setup.as_deref().unwrap_or_default();
                Ok(())
            }
            _ if says || self.setup.is_some() => Err(
                "the claim was not read as one of statements; say what it is with `claim`"
                    .to_owned(),
            ),
            _ => Ok(()),
        }
    }
}

/// The statements on these lines, counted within the snippet, and their work.
fn located(snippet: &Snippet, (first, last): (u32, u32)) -> Result<(Span, Work), String> {
    let wrong =
        || format!("no statements begin on line {first} and end on line {last} of the snippet");
    let line = |number: u32| -> Option<Line> {
        let below = number.checked_sub(1)?;
        Some(snippet.lines.first.plus(below)).filter(|line| *line <= snippet.lines.last)
    };
    let lines = match (line(first), line(last)) {
        (Some(first), Some(last)) => Lines { first, last },
        _ => return Err(wrong()),
    };
    let module = module(snippet).ok_or("the snippet is not one piece of Python")?;
    let page = Page::new(snippet, &module);
    let part: Part<'_> = page.exactly(lines).ok_or_else(wrong)?;
    let work = Work::of(part.statements, part.above(), page.module);
    Ok((part.span, work))
}
