//! How claims, answers and measured numbers read.

use super::super::{clean, count};
use crate::bench::flaw_words;
use snipcheck_bench::{
    Answer, Claim, Dimension, Doubt, Hypothesis, Interval, Judgement, Lock, Measure, Noise,
    Question, Reading, Sharing, Span, Thing, Weighed, Weighing,
};
use snipcheck_core::Weight;

/// How a claim is understood.
pub(super) fn understood(hypothesis: &Hypothesis) -> String {
    match &hypothesis.reading {
        Reading::NotShown(flaw) => format!("not a demonstration: {}", flaw_words(flaw)),
        Reading::Question(question) => sentence(question),
        Reading::Contest { contest, places } => match places {
            Some((span, base)) => claimed(contest.claim, &Told::of(*span), Some(&Told::of(*base))),
            None => claimed(
                contest.claim,
                &Told::code(&contest.code),
                Some(&Told::code(&contest.base)),
            ),
        },
        Reading::Weighing(weighing) => heavy(weighing),
        Reading::Growth(growth) => format!(
            "`{}` takes time as the size to the power {}, with {} as the size",
            in_one_line(&growth.code),
            short(growth.power),
            growth.size
        ),
        Reading::Sum(sum) => {
            let quantity = |number| match sum.dimension {
                Dimension::Memory => bytes(number),
                Dimension::Time => long(number),
            };
            format!(
                "by the guide's own numbers it is {}, and is said to be {}",
                quantity(sum.made),
                quantity(sum.said)
            )
        }
    }
}

/// Seconds that may be years, in the largest unit that they fill.
fn long(seconds: f64) -> String {
    match seconds {
        hours if hours >= 7200.0 => format!("{} hours", short(hours / 3600.0)),
        minutes if minutes >= 120.0 => format!("{} minutes", short(minutes / 60.0)),
        _ => duration(seconds),
    }
}

fn heavy(weighing: &Weighing) -> String {
    let line = weighing.statement.last;
    let size = bytes(weighing.bytes);
    match &weighing.thing {
        Thing::Made => format!("line {line} takes {size}"),
        Thing::Written => format!("line {line} writes {size}"),
        Thing::Value(_) => format!("line {line} tells {size}"),
        Thing::Passed(expression) => {
            format!("`{}` on line {line} takes {size}", in_one_line(expression))
        }
        Thing::Each(expression) => format!("each `{}` takes {size}", in_one_line(expression)),
    }
}

/// What is claimed of which lines, and how much work that is.
fn sentence(question: &Question) -> String {
    let base = question.base.as_ref();
    let other = base.map(|base| Told::of(base.span));
    let mut told = claimed(question.claim, &Told::of(question.span), other.as_ref());
    match base.map(|base| base.work) {
        Some(None) => told += "; how much work that is cannot be counted here",
        Some(Some(work)) if (work - 1.0).abs() > 1e-9 => {
            told = format!("{told}; it is {} times the work", short(work));
        }
        _ => {}
    }
    if question.workers > 1 {
        told = format!("{told}, shared by {}", question.workers);
    }
    told
}

/// How statements are named in a sentence.
struct Told {
    name: String,
    /// Whether it is one thing, as grammar sees it.
    is_one: bool,
}

impl Told {
    fn of(span: Span) -> Told {
        Told {
            name: lines(span),
            is_one: is_one_line(span),
        }
    }

    fn code(code: &str) -> Told {
        Told {
            name: format!("`{}`", in_one_line(code)),
            is_one: true,
        }
    }
}

/// What is claimed of which statements.
fn claimed(claim: Claim, span: &Told, base: Option<&Told>) -> String {
    let Told { name: own, is_one } = span;
    let (is, takes) = if *is_one {
        ("is", "takes")
    } else {
        ("are", "take")
    };
    let base = base.map_or("nothing", |base| &base.name);
    match claim {
        Claim::NoSpeedUp => format!("{own} {is} no faster than {base} at the same work"),
        Claim::SpeedUp(times) => {
            format!(
                "{own} {is} {} times as fast as {base} at the same work",
                short(times)
            )
        }
        Claim::Overlap => format!("{own} {takes} as long as {base}, as waits overlap"),
        Claim::Faster => format!("{own} {is} faster than {base}"),
        Claim::Saves(from, to) if (from - to).abs() < 1e-9 => {
            format!(
                "{own} {takes} {} % less time than {base}",
                short(from * 100.0)
            )
        }
        Claim::Saves(from, to) => {
            let (from, to) = (short(from * 100.0), short(to * 100.0));
            format!("{own} {takes} {from} to {to} % less time than {base}")
        }
        Claim::Seconds { said, base: None } => format!("{own} {takes} {} s", short(said)),
        Claim::Seconds {
            said,
            base: Some(seconds),
        } => {
            let (said, seconds) = (short(said), short(seconds));
            format!("{own} {takes} {said} s, where {base} took {seconds} s")
        }
        Claim::Instant => format!("{own} {takes} no time that anyone would notice"),
        Claim::AtLeast(seconds) => format!("{own} {takes} {} s or more", short(seconds)),
    }
}

fn in_one_line(code: &str) -> String {
    clean(&code.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn is_one_line(span: Span) -> bool {
    span.first.first == span.last.last
}

fn lines(span: Span) -> String {
    let lines = span.lines();
    if is_one_line(span) {
        format!("line {}", lines.first)
    } else {
        format!("lines {} to {}", lines.first, lines.last)
    }
}

pub(super) fn answer(answer: Answer) -> String {
    match answer {
        Answer::Holds => "holds".to_owned(),
        Answer::Fails => "fails".to_owned(),
        Answer::NeedsCores(cores) => format!("needs {cores} cores"),
        Answer::CannotTell(doubt) => format!("can't tell, {}", doubt_words(doubt)),
    }
}

pub(super) fn weighed(result: Weighed) -> String {
    match result {
        Weighed::Is(measure) => format!("holds by {}", measure_words(measure)),
        Weighed::IsNone => "fails".to_owned(),
        Weighed::Between => "can't tell, as it may speak of a part".to_owned(),
        Weighed::Unknown => "can't tell, as nothing was measured".to_owned(),
    }
}

fn measure_words(measure: Measure) -> &'static str {
    match measure {
        Measure::Written => "what it tells",
        Measure::Own => "getsizeof",
        Measure::Held => "what is held at the end",
        Measure::Peak => "the most at a time",
        Measure::Pss => "what the process grew by",
    }
}

/// All measures beside each other.
pub(super) fn scales(written: Option<f64>, weight: Weight) -> String {
    if let Some(written) = written {
        return format!("it tells {}", short(written));
    }
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let shown = |number: i64| bytes(number as f64);
    let own = weight.own.map(|own| {
        let own = shown(i64::try_from(own).unwrap_or(i64::MAX));
        format!("getsizeof {own}")
    });
    let traced = [
        format!("held at the end {}", shown(weight.traced)),
        format!("most at a time {}", shown(weight.peak)),
    ];
    let grown = (weight.pss != 0).then(|| format!("process grew by {}", shown(weight.pss)));
    let traced = traced.into_iter().chain(grown);
    own.into_iter().chain(traced).collect::<Vec<_>>().join("; ")
}

fn bytes(number: f64) -> String {
    let (unit, factor) = match number.abs() {
        size if size >= 1e9 => ("GB", 1e9),
        size if size >= 1e6 => ("MB", 1e6),
        size if size >= 1e4 => ("kB", 1e3),
        _ => ("bytes", 1.0),
    };
    format!("{} {unit}", short(number / factor))
}

pub(super) fn doubt_words(doubt: Doubt) -> String {
    match doubt {
        Doubt::Noise(Noise::Others(cores)) => {
            format!("as others used {cores:.2} cores meanwhile")
        }
        Doubt::Noise(Noise::Control(times)) => {
            format!("as identical work took {times:.2} times as long")
        }
        Doubt::Noise(Noise::FewRuns(runs)) => {
            format!(
                "with {} to compare (a longer --budget allows more)",
                count(runs, "run")
            )
        }
        Doubt::Spread(_) => "as the times lie between both".to_owned(),
        Doubt::NoRuns => "as nothing was measured to compare with".to_owned(),
        Doubt::Machine => "as seconds of work depend on the machine".to_owned(),
        Doubt::Work => "as nobody can tell how much work it is".to_owned(),
        Doubt::Grows(_) => {
            "as it grows otherwise here, and this may not be the worst case".to_owned()
        }
        Doubt::TooShort(seconds) => format!("as {} are too short to compare", duration(seconds)),
    }
}

pub(super) fn evidence(judgement: &Judgement, times: usize) -> String {
    let mut parts = Vec::new();
    if let Some(took) = judgement.took {
        parts.push(duration(took));
    }
    if let Some(Interval { middle, low, high }) = judgement.ratio {
        parts.push(format!(
            "{} times the base [{} to {}]",
            short(middle),
            short(low),
            short(high)
        ));
    }
    if let Some(Interval { middle, low, high }) = judgement.power {
        parts.push(format!("power {middle:.2} [{low:.2} to {high:.2}]"));
    }
    let signs = judgement.signs;
    let several = judgement.workers > 1;
    match judgement.sharing {
        Sharing::Waiting => parts.push("it waits".to_owned()),
        Sharing::Serialised if several => parts.push(
            match judgement.lock {
                Some(Lock::Interpreter) => "workers take turns at the interpreter's lock",
                Some(Lock::Another) => "workers take turns at a lock that is not the interpreter's",
                None => "workers take turns",
            }
            .to_owned(),
        ),
        Sharing::Parallel if several => parts.push(
            match judgement.lock {
                Some(_) => {
                    "workers work at the same time, and take turns with the interpreter's lock kept"
                }
                None => "workers work at the same time",
            }
            .to_owned(),
        ),
        Sharing::Serialised | Sharing::Parallel | Sharing::Unclear => {}
    }
    if judgement.sharing != Sharing::Waiting && several {
        parts.push(format!(
            "blocked {:.2}, {:.0} switches a second",
            signs.blocked, signs.switches
        ));
    }
    parts.push(format!("n = {times}"));
    parts.join("; ")
}

/// Seconds in the unit that a person would take.
fn duration(seconds: f64) -> String {
    let (unit, factor) = match seconds {
        long if long >= 0.1 => ("s", 1.0),
        long if long >= 1e-4 => ("ms", 1e3),
        long if long >= 1e-7 => ("µs", 1e6),
        _ => ("ns", 1e9),
    };
    format!("{} {unit}", short(seconds * factor))
}

/// Three digits that count.
pub(super) fn short(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return number.to_string();
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the size of a number is a small one"
    )]
    let size = number.abs().log10().floor() as i32;
    let digits = usize::try_from(2 - size).unwrap_or(0).min(9);
    let text = format!("{number:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn numbers_are_short() {
        for (number, expected) in [
            (0.0, "0"),
            (1.0, "1"),
            (0.26667, "0.267"),
            (2.345_67, "2.35"),
            (57.12, "57.1"),
            (1234.5, "1234"),
            (0.000_012_34, "0.0000123"),
        ] {
            assert_eq!(short(number), expected);
        }
    }
}
