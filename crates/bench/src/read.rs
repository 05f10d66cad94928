//! From what a guide says of time and memory to what can be measured.

mod arithmetic;
mod hypothesis;
mod memory;
mod order;
mod prose;
mod repeat;
mod span;
mod stated;
mod words;
mod work;
mod written;

pub use arithmetic::{Dimension, Sum};
pub use hypothesis::{Base, Flaw, Hypothesis, Question, Reading};
pub use memory::{Thing, Weighing};
pub use prose::spoken;
pub use span::Span;
pub use stated::Stated;

use crate::answer::Claim;
use crate::contest::Contest;
use ruff_python_ast::Stmt;
use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, ExprCall};
use ruff_python_parser::parse_module;
use snipcheck_core::{Expectation, Form, Kind, Snippet};
use span::{Page, Part};
use words::Said;
use work::{Work, is_used, last_name};

/// Everything that a snippet's expectations say of time and memory.
pub fn hypotheses(snippet: &Snippet) -> Vec<Hypothesis> {
    let spoken = snippet.expectations.iter().filter(|expectation| {
        matches!(expectation.kind, Kind::Timing | Kind::Relation | Kind::Size)
    });
    let module = module(snippet);
    let page = module.as_deref().map(|module| Page::new(snippet, module));
    let mut found = Vec::new();
    // The first statements of the snippet that are said to take some seconds.
    let mut first: Option<(Part<'_>, f64)> = None;
    // The bytes that are said of each of many.
    let mut each: Vec<f64> = Vec::new();
    for expectation in spoken {
        let mut all = words::said(&expectation.text);
        if all.is_empty() {
            continue;
        }
        // `takes minutes` says nothing beside a number.
        if all.iter().any(|said| matches!(said, Said::Seconds(_))) {
            all.retain(|said| !matches!(said, Said::AtLeast(_) | Said::Instant));
        }
        let told = |reading| Hypothesis {
            line: expectation.lines.first,
            words: expectation.text.clone(),
            reading,
            is_confirmed: false,
        };
        let sums = sums(&expectation.text, &each);
        if !sums.is_empty() {
            found.extend(sums.into_iter().map(Reading::Sum).map(told));
            continue;
        }
        let Some(page) = &page else {
            found.push(told(Reading::NotShown(Flaw::NoCode)));
            continue;
        };
        if expectation.kind == Kind::Size {
            let reading = memory::weighing(page, expectation, &all);
            each.extend(reading.iter().filter_map(Weighing::of_each));
            found.push(told(
                reading.map_or_else(Reading::NotShown, Reading::Weighing),
            ));
            continue;
        }
        match Place::find(page, expectation) {
            Ok(place) => {
                for said in all {
                    let reading = place.ask(page, expectation, said, first.as_ref());
                    found.push(told(reading.unwrap_or_else(Reading::NotShown)));
                    if let (Said::Seconds(seconds), None) = (said, &first) {
                        first = Some((place.part, seconds));
                    }
                }
            }
            Err(flaw) => found.push(told(Reading::NotShown(flaw))),
        }
    }
    contradicted(&mut found);
    if let Some(page) = &page {
        found.extend(asides(page, snippet));
        found.extend(conclusions(page));
        found.extend(order::orders(page, snippet));
        found.sort_by_key(|hypothesis| hypothesis.line);
    }
    found
}

/// The statements of a snippet that is one piece of Python.
fn module(snippet: &Snippet) -> Option<Vec<Stmt>> {
    match snippet.form {
        Form::Script => {
            let parsed = parse_module(&snippet.code).ok()?;
            Some(parsed.into_suite().into_iter().collect())
        }
        Form::Session | Form::Damaged { .. } => None,
    }
}

/// What a text says that its own numbers make, or those that were said of each of many.
fn sums(text: &str, each: &[f64]) -> Vec<Sum> {
    let product = arithmetic::product(text).into_iter();
    product.chain(arithmetic::multiplied(text, each)).collect()
}

/// What comments that state no output say of the code below them: that it is faster than the code above, where the
/// two can be run against each other.
fn asides(page: &Page<'_>, snippet: &Snippet) -> Vec<Hypothesis> {
    let mut found = Vec::new();
    for aside in &snippet.asides {
        let told = |reading| Hypothesis {
            line: aside.line,
            words: aside.comment.trim_start_matches('#').trim().to_owned(),
            reading,
            is_confirmed: false,
        };
        let sums = sums(&aside.comment, &[]);
        found.extend(sums.into_iter().map(Reading::Sum).map(told));
        for claim in words::said(&aside.comment).into_iter().filter_map(relation) {
            let reading = page
                .suite_at(aside.line.plus(1))
                .and_then(|suite| page.group(suite, aside.line))
                .and_then(|part| {
                    let base = page.before(part)?;
                    if claim == Claim::NoSpeedUp {
                        return measured(page, claim, (part, base));
                    }
                    contest(page, claim, (part, base), true)
                });
            found.extend(reading.map(told));
        }
    }
    found
}

/// Whether something calls each of these functions.
fn all_called(page: &Page<'_>, functions: &[&str]) -> Result<(), Flaw> {
    let uncalled = functions.iter().find(|name| !is_used(page.module, name));
    uncalled.map_or(Ok(()), |name| Err(Flaw::NeverCalled((*name).to_owned())))
}

/// Different seconds said of the same statements speak of different things, whichever those are.
fn contradicted(hypotheses: &mut [Hypothesis]) {
    let said: Vec<(Span, f64)> = hypotheses
        .iter()
        .filter_map(|one| match &one.reading {
            Reading::Question(Question {
                claim: Claim::Seconds { said, .. },
                span,
                ..
            }) => Some((*span, *said)),
            _ => None,
        })
        .collect();
    for hypothesis in hypotheses {
        if let Reading::Question(question) = &hypothesis.reading
            && let Claim::Seconds { said: own, .. } = question.claim
            && said
                .iter()
                .any(|(span, other)| *span == question.span && other.total_cmp(&own).is_ne())
        {
            hypothesis.reading = Reading::NotShown(Flaw::Unclear);
        }
    }
}

/// What a comment speaks of.
struct Place<'a> {
    part: Part<'a>,
}

impl<'a> Place<'a> {
    fn find(page: &Page<'a>, expectation: &Expectation) -> Result<Self, Flaw> {
        let Some((suite, at, functions)) = page.find(expectation.statement) else {
            // It was read to stand alone; whatever is below it may be meant.
            let part = page.group(page.module, expectation.lines.last);
            return part.map(|part| Place { part }).ok_or(Flaw::NothingTimed);
        };
        let part = page.of(expectation, suite, at).ok_or(Flaw::NothingTimed)?;
        if part.statements.iter().all(span::only_shows) {
            return Err(Flaw::NothingTimed);
        }
        let inside = expectation.lines.first >= expectation.statement.first
            && expectation.lines.last < expectation.statement.last;
        if inside {
            // It speaks of an argument or an item, and not of all of it.
            return Err(Flaw::Unclear);
        }
        all_called(page, &functions)?;
        if let Some(built) = never_started(part.statements, page.module) {
            return Err(Flaw::NeverStarted(built));
        }
        Ok(Place { part })
    }

    /// What is to be measured to see whether it is as `said`.
    fn ask(
        &self,
        page: &Page<'a>,
        expectation: &Expectation,
        said: Said,
        first: Option<&(Part<'a>, f64)>,
    ) -> Result<Reading, Flaw> {
        let alone = |claim| Reading::Question(against(page, claim, self.part, None));
        let is_timed = || page.timed().iter().any(|part| part.span == self.part.span);
        let earlier = first.filter(|(part, _)| {
            // What is not timed by itself is compared with what stands beside it.
            part.span.last.last < self.part.span.first.first
                && (std::ptr::eq(part.suite, self.part.suite) || is_timed())
        });
        match said {
            Said::Bytes(..) => Err(Flaw::Unclear),
            Said::Instant => Ok(alone(Claim::Instant)),
            Said::AtLeast(seconds) => Ok(alone(Claim::AtLeast(seconds))),
            Said::Seconds(seconds) => {
                let base = earlier.map(|(part, _)| *part);
                let claim = Claim::Seconds {
                    said: seconds,
                    base: earlier.map(|(_, seconds)| *seconds),
                };
                Ok(Reading::Question(against(page, claim, self.part, base)))
            }
            Said::NoSpeedUp | Said::SpeedUp(_) | Said::Faster | Said::Saves(..) => {
                let claim = relation(said).unwrap_or(Claim::NoSpeedUp);
                let (part, base) = self.pair(page, expectation, earlier.map(|(part, _)| *part))?;
                let must_agree = page.timed().len() < 2;
                Ok(compared(page, claim, (part, base), must_agree))
            }
        }
    }

    /// What is compared: the statements that are said to be faster, and the others.
    fn pair(
        &self,
        page: &Page<'a>,
        expectation: &Expectation,
        earlier: Option<Part<'a>>,
    ) -> Result<(Part<'a>, Part<'a>), Flaw> {
        if let Some(base) = earlier {
            return Ok((self.part, base));
        }
        let timed = page.timed();
        if let Some(at) = timed.iter().position(|part| part.span == self.part.span) {
            let is_heading = expectation.lines.last < timed[0].span.first.first;
            return match (timed.len(), is_heading) {
                // A remark above all of them names them.
                (2, true) => by_name(page, expectation, timed),
                (_, false) if at > 0 => Ok((self.part, timed[at - 1])),
                _ => Err(Flaw::Unclear),
            };
        }
        match timed {
            [_, _] => by_name(page, expectation, timed),
            [] | [_] => {
                // Commented parts one below the other: this one, and the one above it.
                let before = page.before(self.part).ok_or(Flaw::NothingTimed)?;
                Ok((self.part, before))
            }
            _ => Err(Flaw::Unclear),
        }
    }
}

/// What is to be measured of a part, and of what it is compared with.
fn against<'a>(page: &Page<'a>, claim: Claim, part: Part<'a>, base: Option<Part<'a>>) -> Question {
    let counted = |part: &Part<'_>| Work::of(part.statements, part.above(), page.module);
    let work = counted(&part);
    let base = base.map(|base| {
        let times = work.times(&counted(&base));
        // Two ways of writing the same thing do the same.
        let alike = matches!(claim, Claim::Faster | Claim::Saves(..));
        Base {
            span: base.span,
            work: if alike { times.or(Some(1.0)) } else { times },
        }
    });
    Question {
        claim,
        span: part.span,
        base,
        workers: work.workers,
    }
}

/// What lines that the snippet itself writes say of the last two of the parts that it times above them, and of their
/// own numbers.
fn conclusions(page: &Page<'_>) -> Vec<Hypothesis> {
    let timed = page.timed();
    let mut found = Vec::new();
    for (line, words) in page.written_texts() {
        let told = |words: &str, reading| Hypothesis {
            line,
            words: words.trim().to_owned(),
            reading,
            is_confirmed: false,
        };
        for row in words.lines() {
            let sums = sums(row, &[]).into_iter();
            found.extend(sums.map(|sum| told(row, Reading::Sum(sum))));
        }
        let done = timed.partition_point(|part| part.span.last.last < line);
        let [.., base, part] = timed[..done] else {
            continue;
        };
        // Longer texts tell of more than what was timed here.
        if words.trim().lines().count() > 1 || !std::ptr::eq(base.suite, part.suite) {
            continue;
        }
        for claim in words::said(&words).into_iter().filter_map(relation) {
            found.push(told(&words, compared(page, claim, (part, base), false)));
        }
    }
    found
}

/// What words say of how two things compare.
fn relation(said: Said) -> Option<Claim> {
    match said {
        Said::SpeedUp(times) => Some(Claim::SpeedUp(times)),
        Said::Faster => Some(Claim::Faster),
        Said::Saves(low, high) => Some(Claim::Saves(low, high)),
        Said::NoSpeedUp => Some(Claim::NoSpeedUp),
        Said::Seconds(_) | Said::Instant | Said::AtLeast(_) | Said::Bytes(..) => None,
    }
}

/// A part beside its base, where their work can be counted.
fn measured<'a>(
    page: &Page<'a>,
    claim: Claim,
    (part, base): (Part<'a>, Part<'a>),
) -> Option<Reading> {
    let question = against(page, claim, part, Some(base));
    question.base.as_ref()?.work?;
    Some(Reading::Question(question))
}

/// A part beside its base: in turns where they can take turns.
fn compared<'a>(
    page: &Page<'a>,
    claim: Claim,
    (part, base): (Part<'a>, Part<'a>),
    must_agree: bool,
) -> Reading {
    let question = against(page, claim, part, Some(base));
    let in_turns = (question.workers == 0)
        .then(|| contest(page, claim, (part, base), must_agree))
        .flatten();
    in_turns.unwrap_or(Reading::Question(question))
}

/// A part against its base, where both can be run again and again.
fn contest<'a>(
    page: &Page<'a>,
    claim: Claim,
    (part, base): (Part<'a>, Part<'a>),
    must_agree: bool,
) -> Option<Reading> {
    let one = repeat::repeatable(page, part)?;
    let other = repeat::repeatable(page, base)?;
    Some(Reading::Contest {
        contest: Contest {
            claim,
            code: one.code,
            base: other.code,
            before: other.imports + &one.imports,
            must_agree: must_agree && !repeat::alike(page, part, base),
        },
        places: Some((part.span, base.span)),
    })
}

/// Of two parts, the one whose label the words name first, and the other.
fn by_name<'a>(
    page: &Page<'a>,
    expectation: &Expectation,
    timed: &[Part<'a>],
) -> Result<(Part<'a>, Part<'a>), Flaw> {
    let text = expectation.text.to_lowercase();
    let [one, other] = timed else {
        return Err(Flaw::Unclear);
    };
    let named = |part: &Part<'a>| {
        let label = page.label(part);
        let words = label.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| word.len() > 3)
            .filter_map(|word| text.find(word))
            .min()
    };
    match (named(one), named(other)) {
        (Some(first), Some(second)) if second < first => Ok((*other, *one)),
        (Some(_), _) => Ok((*one, *other)),
        (None, Some(_)) => Ok((*other, *one)),
        (None, None) => Err(Flaw::Unclear),
    }
}

/// What builds threads or processes among `statements` that nothing in the module starts.
fn never_started(statements: &[Stmt], module: &[Stmt]) -> Option<String> {
    #[derive(Default)]
    struct Calls {
        built: Option<String>,
        started: bool,
    }
    impl Calls {
        fn note(&mut self, call: &ExprCall) {
            match last_name(&call.func) {
                name @ ("Thread" | "Process") => {
                    self.built.get_or_insert_with(|| name.to_owned());
                }
                "start" | "run" => self.started = true,
                _ => {}
            }
        }
    }
    impl<'v> Visitor<'v> for Calls {
        fn visit_expr(&mut self, expression: &'v Expr) {
            if let Expr::Call(call) = expression {
                self.note(call);
            }
            walk_expr(self, expression);
        }
    }
    let look = |statements: &[Stmt]| {
        let mut calls = Calls::default();
        for statement in statements {
            calls.visit_stmt(statement);
        }
        calls
    };
    look(statements).built.filter(|_| !look(module).started)
}

#[cfg(test)]
mod tests;
