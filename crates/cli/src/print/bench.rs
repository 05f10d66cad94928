//! What was asked of time, and what the answers are, for a person.

mod words;

use super::{clean, count};
use crate::bench::{Answered, Asked, Bench, Comparison, Machine, Subject, Suite};
use snipcheck_bench::{Doubt, Hypothesis, Mode, Reading, Row, Sharing, Way};
use std::io::{self, Write};
use words::{answer, doubt_words, evidence, scales, short, understood, weighed};

/// `snipcheck bench --list`
pub(crate) fn list(subjects: &[Subject<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut all = 0;
    for subject in subjects {
        writeln!(out, "{}  {}", subject.guide.path, subject.snippet.id)?;
        for hypothesis in &subject.hypotheses {
            all += 1;
            said(hypothesis, out)?;
            let confirmed = if hypothesis.is_confirmed {
                " (confirmed)"
            } else {
                ""
            };
            writeln!(out, "           {}{confirmed}", understood(hypothesis))?;
        }
    }
    writeln!(out, "{}", count(all, "claim"))
}

/// The answers, a line for each claim and Python.
pub(crate) fn table(bench: &Bench, out: &mut dyn Write) -> io::Result<()> {
    let mut before = None;
    for asked in &bench.claims {
        if before != Some(&asked.id) {
            writeln!(out, "{}  {}", asked.guide, asked.id)?;
            before = Some(&asked.id);
        }
        one(asked, bench, out)?;
    }
    let claims = count(bench.claims.len(), "claim");
    writeln!(out, "\n{claims} on {}", here(&bench.machine))
}

/// What is not as it was.
pub(crate) fn comparison(bench: &Bench, told: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    for change in &told.changes {
        let asked = &bench.claims[change.claim];
        let word = if change.is_slower { "slower" } else { "faster" };
        writeln!(
            out,
            "{word}: {}:{} on Python {}: {} then, {} now",
            asked.guide,
            asked.hypothesis.line,
            change.python,
            short(change.then),
            short(change.now)
        )?;
    }
    write!(
        out,
        "{} compared with the baseline",
        count(told.compared, "claim")
    )?;
    if told.refused > 0 {
        write!(
            out,
            ", {} not, as seconds of another machine say nothing",
            told.refused
        )?;
    }
    writeln!(out)
}

fn here(machine: &Machine) -> String {
    let cores = count(machine.cores, "core");
    format!("{}, {cores}, Linux {}", machine.processor, machine.kernel)
}

/// What the same work takes in several ways, as a multiple of one after the other.
pub(crate) fn suite(suite: &Suite, out: &mut dyn Write) -> io::Result<()> {
    let others = || Way::ALL.into_iter().filter(|way| *way != Way::OneByOne);
    let mut before = "";
    for row in &suite.rows {
        if before != row.python {
            writeln!(out, "Python {}", row.python)?;
            write!(out, "  {:<12}{:>12}", "", Way::OneByOne.name())?;
            for way in others() {
                write!(out, "  {:<22}", way.name())?;
            }
            writeln!(out)?;
            before = &row.python;
        }
        write!(out, "  {:<12}{:>10} s", row.workload, short(row.seconds()))?;
        for way in others() {
            let mode = row.ways.iter().find(|(other, _)| *other == way);
            let told =
                mode.map_or_else(|| "not here".to_owned(), |(_, mode)| shown(row, way, mode));
            write!(out, "  {told:<22}")?;
        }
        if let Some(noise) = row.noise() {
            write!(
                out,
                "  (no clock here, {})",
                doubt_words(Doubt::Noise(noise))
            )?;
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "\nThe same work twice: how many times as long it takes as one after the other, and what the two do meanwhile.\n{}",
        here(&suite.machine)
    )
}

fn shown(row: &Row, way: Way, mode: &Mode) -> String {
    let shown = row.shown(mode);
    let ratio = shown.ratio.map_or(f64::NAN, |ratio| ratio.middle);
    format!("{ratio:.2} {}", meanwhile(way, shown.sharing))
}

/// What those who share the work do.
pub(crate) fn meanwhile(way: Way, sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Waiting => "wait",
        _ if way.workers() < 2 => "one thread",
        Sharing::Serialised => "take turns",
        Sharing::Parallel => "at the same time",
        Sharing::Unclear => "unclear",
    }
}

fn said(hypothesis: &Hypothesis, out: &mut dyn Write) -> io::Result<()> {
    let words = hypothesis.words.trim().lines().next().unwrap_or_default();
    writeln!(out, "    {:>5}  \"{}\"", hypothesis.line, clean(words))
}

fn one(asked: &Asked, bench: &Bench, out: &mut dyn Write) -> io::Result<()> {
    said(&asked.hypothesis, out)?;
    let claim = match &asked.hypothesis.reading {
        Reading::NotShown(_) => String::new(),
        _ => understood(&asked.hypothesis),
    };
    for (python, answered) in bench.pythons.iter().zip(&asked.answers) {
        let told = match answered {
            // No Python has a say in it.
            Answered::Computed(holds) => {
                let word = if *holds { "holds" } else { "fails" };
                return writeln!(out, "           {word}: {claim}");
            }
            Answered::NotShown(why) => format!("not a demonstration: {}", clean(why)),
            Answered::Weighed {
                result,
                written,
                weight,
            } => format!(
                "{}: {claim} ({})",
                weighed(*result),
                scales(*written, *weight)
            ),
            Answered::Measured {
                judgement,
                evidence: measured,
            } => {
                format!(
                    "{}: {claim} ({})",
                    answer(judgement.answer),
                    evidence(judgement, measured.processes())
                )
            }
        };
        writeln!(out, "           {python:<9} {told}")?;
    }
    Ok(())
}
