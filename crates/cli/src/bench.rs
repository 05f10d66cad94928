//! `snipcheck bench`: what the guides say of time, measured on the Pythons at hand.

mod cells;
mod machine;
mod suite;

use crate::args::{BenchArgs, EngineArgs, EngineName};
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::guides::Loaded;
use crate::print::bench as print;
use crate::print::plot;
use crate::select::Selector;
use crate::settings::{Running, Sources};
use anyhow::{Context, Result, bail};
use serde::Serialize;
use snipcheck_bench::{Answer, Hypothesis, Judgement, Plan};
use snipcheck_core::SnippetId;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::Path;

pub(crate) use cells::{Subject, flaw_words};
pub(crate) use machine::Machine;
pub(crate) use suite::Suite;

/// Where chance begins: the order of a run can be repeated.
const SEED: u64 = 1;

/// Everything that was asked and answered, as it is written down.
#[derive(Debug, Serialize)]
pub(crate) struct Bench {
    pub(crate) machine: Machine,
    /// The versions of the interpreters, in the order of each claim's answers.
    pub(crate) pythons: Vec<String>,
    pub(crate) claims: Vec<Asked>,
}

/// One claim of a guide, with an answer for each Python.
#[derive(Debug, Serialize)]
pub(crate) struct Asked {
    pub(crate) guide: String,
    pub(crate) id: SnippetId,
    #[serde(flatten)]
    pub(crate) hypothesis: Hypothesis,
    pub(crate) answers: Vec<Answered>,
}

/// What is told of a claim.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answered {
    /// It was measured, so many times.
    Measured {
        /// What that shows.
        #[serde(flatten)]
        judgement: Judgement,
        /// Processes that were measured.
        times: usize,
    },
    /// The code beside it shows nothing of it, and why.
    NotShown(String),
}

/// The body of the command.
pub(crate) fn bench(args: &BenchArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    if args.suite.is_some() {
        return own_suite(args, config, out);
    }
    let loaded = Loaded::read(&Sources::new(&args.guides, config)?, &config.keys.rules)?;
    if let Some(error) = loaded.errors.first() {
        bail!("{}: {}", error.guide, error.message);
    }
    let runnings = runnings(args, config)?;
    let filter = args.filter.as_deref().map(Selector::parse);
    let subjects: Vec<Subject<'_>> = loaded
        .guides
        .iter()
        .flat_map(|guide| Subject::all(guide, runnings[0].limits))
        .filter(|subject| {
            filter
                .as_ref()
                .is_none_or(|filter| filter.matches(subject.guide, subject.snippet))
        })
        .collect();
    if args.list {
        print::list(&subjects, out)?;
        return Ok(Exit::Fine);
    }
    if subjects.is_empty() {
        return Err(Ending {
            exit: Exit::NothingFound,
            message:
                "no comment that speaks of time was found\n  help: `snipcheck list` shows what was"
                    .to_owned(),
        }
        .into());
    }
    let answers = cells::measure(&subjects, &runnings, args.repeat.get(), plan(args))?;
    let bench = Bench {
        machine: Machine::here(),
        pythons: runnings
            .iter()
            .map(|running| running.options.python.version.clone())
            .collect(),
        claims: asked(&subjects, answers),
    };
    print::table(&bench, out)?;
    if let Some(path) = &args.json {
        write(path, &bench)?;
    }
    Ok(bench.exit(args.strict))
}

/// `snipcheck bench --suite gil`
fn own_suite(args: &BenchArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    let suite = suite::measure(&runnings(args, config)?, args.repeat.get(), plan(args))?;
    print::suite(&suite, out)?;
    if let Some(path) = &args.json {
        write(path, &suite)?;
    }
    if let Some(path) = &args.plot {
        let picture = plot::picture(&suite, path)?;
        std::fs::write(path, picture)
            .with_context(|| format!("failed to write `{}`", path.display()))?;
    }
    Ok(Exit::Fine)
}

fn plan(args: &BenchArgs) -> Plan {
    Plan {
        budget: args.budget,
        seed: SEED,
    }
}

fn write(path: &Path, what: &impl Serialize) -> Result<()> {
    let shown = || format!("failed to write `{}`", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(shown)?);
    serde_json::to_writer(&mut file, what).with_context(shown)?;
    file.flush().with_context(shown)
}

impl Bench {
    fn exit(&self, strict: bool) -> Exit {
        let all = || self.claims.iter().flat_map(|asked| &asked.answers);
        let is = |answered: &Answered, wanted: fn(&Answer) -> bool| match answered {
            Answered::Measured { judgement, .. } => wanted(&judgement.answer),
            Answered::NotShown(_) => false,
        };
        if all().any(|one| is(one, |answer| matches!(answer, Answer::Fails))) {
            Exit::Failed
        } else if strict && all().any(|one| is(one, |a| matches!(a, Answer::CannotTell(_)))) {
            Exit::Undecided
        } else {
            Exit::Fine
        }
    }
}

/// Puts each claim beside its answers, which come claim by claim.
fn asked(subjects: &[Subject<'_>], answers: Vec<Vec<Answered>>) -> Vec<Asked> {
    let claims = subjects
        .iter()
        .flat_map(|subject| subject.hypotheses.iter().map(move |one| (subject, one)));
    claims
        .zip(answers)
        .map(|((subject, hypothesis), answers)| Asked {
            guide: subject.guide.path.clone(),
            id: subject.snippet.id.clone(),
            hypothesis: hypothesis.clone(),
            answers,
        })
        .collect()
}

/// How each Python that was asked for is run: alone, in a fresh process for each run, with nothing remembered.
fn runnings(args: &BenchArgs, config: &Config) -> Result<Vec<Running>> {
    let names: Vec<Option<String>> = if args.python.is_empty() {
        vec![None]
    } else {
        args.python.iter().cloned().map(Some).collect()
    };
    names
        .into_iter()
        .map(|python| {
            let engine = EngineArgs {
                engine: Some(EngineName::Subprocess),
                python,
                jobs: Some(NonZeroUsize::MIN),
                limits: args.limits.clone(),
                no_cache: true,
                require_sandbox: args.require_sandbox,
                allow_unprotected_files: false,
            };
            Running::new(&engine, config)
        })
        .collect()
}
