//! `snipcheck bench`: what the guides say of time, measured on the Pythons at hand.

mod answers;
mod baseline;
mod cells;
mod machine;
mod overrides;
mod programs;
mod subject;
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
use serde::{Deserialize, Serialize};
use snipcheck_bench::{Answer, Hypothesis, Judgement, Measurement, Noisy, Plan, Round, Weighed};
use snipcheck_core::{Limits, SnippetId, Weight};
use snipcheck_extract::Page;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::Path;

use baseline::Baseline;
use overrides::Overrides;

pub(crate) use answers::flaw_words;
pub(crate) use baseline::Comparison;
pub(crate) use machine::Machine;
pub(crate) use subject::Subject;
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
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) guide: String,
    pub(crate) id: SnippetId,
    #[serde(flatten)]
    pub(crate) hypothesis: Hypothesis,
    pub(crate) answers: Vec<Answered>,
}

/// What is told of a claim.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answered {
    /// It was measured.
    Measured {
        /// What that shows.
        #[serde(flatten)]
        judgement: Judgement,
        /// Everything that it rests on.
        evidence: Evidence,
    },
    /// It was weighed.
    Weighed {
        /// Which measure the stated number is.
        result: Weighed,
        /// What the statement itself wrote, where it measures.
        written: Option<f64>,
        /// What was measured.
        weight: Weight,
    },
    /// It follows from the guide's own numbers, or does not.
    Computed(bool),
    /// The code beside it shows nothing of it, and why.
    NotShown(String),
}

/// What was measured of a claim, process by process.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Evidence {
    /// Statements that were run once in each process.
    Measurement(Box<Measurement>),
    /// Code that was run in turns.
    Rounds(Vec<Round>),
}

impl Evidence {
    /// How many processes there were.
    pub(crate) fn processes(&self) -> usize {
        match self {
            Evidence::Measurement(measurement) => measurement.other.runs.len(),
            Evidence::Rounds(rounds) => rounds.len(),
        }
    }
}

/// The body of the command.
pub(crate) fn bench(args: &BenchArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    if let Some(cores) = &args.pin {
        snipcheck_sandbox::keep_to(cores)
            .with_context(|| format!("failed to keep to the cores {cores:?} of --pin"))?;
    }
    if args.suite.is_some() {
        return own_suite(args, config, out);
    }
    let loaded = Loaded::read(&Sources::new(&args.guides, config)?, &config.keys.rules)?;
    if let Some(error) = loaded.errors.first() {
        bail!("{}: {}", error.guide, error.message);
    }
    let (runnings, limits) = if args.list {
        (Vec::new(), Limits::default())
    } else {
        let runnings = runnings(args, config)?;
        let limits = runnings[0].limits;
        (runnings, limits)
    };
    let filter = args.filter.as_deref().map(Selector::parse);
    let mut subjects = Vec::new();
    for guide in &loaded.guides {
        let bytes = std::fs::read(&guide.path)
            .with_context(|| format!("failed to read `{}`", guide.path))?;
        let page = Page::of(&bytes, guide.format);
        let overrides = Overrides::read(&config.root, guide)?;
        subjects.extend(Subject::all(guide, &page, &overrides, limits)?);
    }
    let subjects: Vec<Subject<'_>> = subjects
        .into_iter()
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
                "no comment that speaks of time or memory was found\n  help: `snipcheck list` shows what was"
                    .to_owned(),
        }
        .into());
    }
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let noisy = if args.allow_noisy {
        Noisy::Allowed
    } else {
        Noisy::Refused
    };
    let measured = || -> Result<Bench> {
        let repeats = args.repeat.get();
        let answers = cells::measure(&subjects, &runnings, repeats, plan(args), noisy)?;
        Ok(Bench {
            machine: Machine::here(),
            pythons: runnings
                .iter()
                .map(|running| running.options.python.version.clone())
                .collect(),
            claims: asked(&subjects, answers),
        })
    };
    let bench = measured()?;
    print::table(&bench, out)?;
    if let Some(path) = &args.json {
        write(path, &bench)?;
    }
    let mut exit = bench.exit(args.strict);
    if let Some(baseline) = &baseline {
        let mut told = baseline.compare(&bench);
        if told.regressed() {
            // What is slower twice is slower.
            told.keep_those_of(&baseline.compare(&measured()?));
        }
        print::comparison(&bench, &told, out)?;
        if told.regressed() {
            exit = Exit::Failed;
        }
    }
    Ok(exit)
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
        let fails = |answered: &Answered| match answered {
            Answered::Measured { judgement, .. } => matches!(judgement.answer, Answer::Fails),
            Answered::Weighed { result, .. } => *result == Weighed::IsNone,
            Answered::Computed(holds) => !holds,
            Answered::NotShown(_) => false,
        };
        let is_open = |answered: &Answered| match answered {
            Answered::Measured { judgement, .. } => {
                matches!(judgement.answer, Answer::CannotTell(_))
            }
            Answered::Weighed { result, .. } => {
                matches!(result, Weighed::Between | Weighed::Unknown)
            }
            Answered::Computed(_) | Answered::NotShown(_) => false,
        };
        if all().any(fails) {
            Exit::Failed
        } else if strict && all().any(is_open) {
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
    let engine = EngineArgs {
        engine: Some(EngineName::Subprocess),
        python: args.python.clone(),
        packages: args.packages.clone(),
        jobs: Some(NonZeroUsize::MIN),
        limits: args.limits.clone(),
        no_cache: true,
        require_sandbox: args.require_sandbox,
        allow_unprotected_files: false,
    };
    Running::each(&engine, config)
}
