//! What the command line and the configuration mean together.

use crate::args::{EngineArgs, EngineName, GuideArgs, GuideFormat, LimitArgs, RunArgs};
use crate::cache;
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::packages;
use anyhow::{Result, anyhow, bail};
use clap::ValueEnum;
use snipcheck_core::{Format, LayerState, Limit, Limits};
use snipcheck_runner::interpreter::Finder;
use snipcheck_runner::{self as runner, Cluster, Engine, Interpreter, Options, set_limit};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The guides to read.
#[derive(Debug)]
pub(crate) struct Sources {
    /// Files and folders, as they are to be shown.
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) format: Option<Format>,
}

impl Sources {
    /// Those of the command line, else those of the configuration.
    pub(crate) fn new(args: &GuideArgs, config: &Config) -> Result<Sources> {
        let paths = if args.guides.is_empty() {
            Sources::configured(config)?
        } else {
            args.guides.clone()
        };
        Ok(Sources {
            paths,
            format: args.guide_format.map(Format::from),
        })
    }

    fn configured(config: &Config) -> Result<Vec<PathBuf>> {
        if config.keys.guides.is_empty() {
            let why = if config.found {
                "the configuration names none"
            } else {
                "there is no `snipcheck.toml`"
            };
            bail!(
                "no guide given, and {why}\n  help: snipcheck run GUIDE…, or `guides = [\"docs/\"]` in snipcheck.toml"
            );
        }
        Ok(config
            .keys
            .guides
            .iter()
            .map(|path| shown(&config.root.join(path)))
            .collect())
    }
}

/// A path relative to the current folder where it is below it.
fn shown(path: &Path) -> PathBuf {
    let relative = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    match relative {
        Some(path) if path.as_os_str().is_empty() => PathBuf::from("."),
        Some(path) => path,
        None => path.to_path_buf(),
    }
}

impl From<GuideFormat> for Format {
    fn from(format: GuideFormat) -> Format {
        match format {
            GuideFormat::Markdown => Format::Markdown,
            GuideFormat::Mdx => Format::Mdx,
            GuideFormat::Text => Format::Text,
            GuideFormat::Rst => Format::Rst,
            GuideFormat::Notebook => Format::Notebook,
            GuideFormat::Python => Format::Python,
        }
    }
}

/// What makes a run fail beyond a failing snippet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Demands {
    pub(crate) strict: bool,
    /// Whether guides may have no snippet at all.
    pub(crate) allow_empty: bool,
    pub(crate) min_snippets: usize,
    pub(crate) min_checked: usize,
}

impl Demands {
    pub(crate) fn new(args: &RunArgs, config: &Config) -> Demands {
        let keys = &config.keys;
        // The configuration speaks of all its guides, not of a part of them.
        let whole = args.guides.guides.is_empty() && args.filter.is_none() && args.shard.is_none();
        let at_least = |typed: Option<usize>, configured: Option<usize>| {
            typed.or(configured.filter(|_| whole)).unwrap_or(0)
        };
        Demands {
            strict: args.strict || keys.strict,
            allow_empty: args.allow_empty,
            min_snippets: at_least(args.min_snippets, keys.min_snippets),
            min_checked: at_least(args.min_checked, keys.min_checked),
        }
    }
}

/// How snippets are run.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) options: Options,
    pub(crate) limits: Limits,
}

impl Running {
    /// With the one Python that was asked for.
    pub(crate) fn new(args: &EngineArgs, config: &Config) -> Result<Running> {
        match args.python.as_slice() {
            [] => Running::with_python(None, args, config),
            [python] => Running::with_python(Some(python.as_str()), args, config),
            _ => bail!("this command takes one --python\n  help: `snipcheck run` takes several"),
        }
    }

    /// With each of the Pythons that were asked for, in their order; one, whichever it is, where none was.
    pub(crate) fn each(args: &EngineArgs, config: &Config) -> Result<Vec<Running>> {
        if args.python.is_empty() {
            return Ok(vec![Running::with_python(None, args, config)?]);
        }
        let mut all: Vec<Running> = Vec::new();
        for python in &args.python {
            let running = Running::with_python(Some(python.as_str()), args, config)?;
            let is_same = |one: &Running| one.options.python == running.options.python;
            if !all.iter().any(is_same) {
                all.push(running);
            }
        }
        Ok(all)
    }

    fn with_python(python: Option<&str>, args: &EngineArgs, config: &Config) -> Result<Running> {
        let keys = &config.keys;
        let python = python.or(keys.python.name.as_deref());
        let packages = packages(args, config);
        let finder = Finder::remembering(cache_folder(args).as_deref());
        let asked = args.engine.or(keys.engine);
        let (engine, interpreter) = if packages.is_empty() {
            engine(asked, python, &finder)?
        } else if asked == Some(EngineName::Embedded) {
            bail!(
                "the embedded engine has the packages of its own Python, and no others\n  help: leave out --engine, or the packages"
            );
        } else {
            let bare = find_python(python, &finder)?;
            (
                Engine::Subprocess,
                packages::with(&packages, &bare, &finder)?,
            )
        };
        Running::of((engine, interpreter), None, args, config)
    }

    /// With each of the Pythons that were asked for as the nodes of a cluster have it; whichever they have, where none
    /// was.
    pub(crate) fn afar(
        cluster: &Cluster,
        args: &EngineArgs,
        config: &Config,
    ) -> Result<Vec<Running>> {
        let named: Vec<Option<&str>> = match args.python.as_slice() {
            [] => vec![config.keys.python.name.as_deref()],
            named => named.iter().map(|python| Some(python.as_str())).collect(),
        };
        let mut all: Vec<Running> = Vec::new();
        for python in named {
            let cluster = cluster.with_python(python_there(python, args, config));
            let level = least_level(args, config);
            let python = cluster.python(level).map_err(refused)?;
            let running = Running::of(python, Some(cluster), args, config)?;
            let is_same = |one: &Running| one.options.python == running.options.python;
            if !all.iter().any(is_same) {
                all.push(running);
            }
        }
        Ok(all)
    }

    fn of(
        (engine, python): (Engine, Interpreter),
        cluster: Option<Cluster>,
        args: &EngineArgs,
        config: &Config,
    ) -> Result<Running> {
        let asked = args.jobs.or(config.keys.jobs);
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Ok(Running {
            options: Options {
                engine,
                python,
                jobs: asked.unwrap_or(cores),
                more_while_idle: asked.is_none(),
                hash_seed: 0,
                cache: cache_folder(args),
                least_level: least_level(args, config),
                program: config.program.clone(),
                cluster,
            },
            limits: limits(&args.limits, config)?,
        })
    }

    /// What runs them, unless the sandbox is too weak for it.
    pub(crate) fn runner(&self) -> Result<runner::Runner> {
        runner::Runner::new(self.options.clone()).map_err(refused)
    }

    /// The same with other hashes of strings, to see what depends on them.
    pub(crate) fn with_other_seed(&self) -> Running {
        let mut options = self.options.clone();
        options.hash_seed = options.hash_seed.wrapping_add(7);
        Running { options, ..*self }
    }

    /// The same with the interpreter's lock kept, where it can be without one.
    pub(crate) fn with_lock(&self) -> Option<Running> {
        let mut options = self.options.clone();
        options.python.keeps_lock = true;
        let can_be_without = options.python.free_threaded;
        can_be_without.then_some(Running { options, ..*self })
    }
}

fn cache_folder(args: &EngineArgs) -> Option<PathBuf> {
    if args.no_cache { None } else { cache::folder() }
}

fn packages(args: &EngineArgs, config: &Config) -> Vec<String> {
    let configured = config.keys.python.packages.iter();
    configured.chain(&args.packages).cloned().collect()
}

fn least_level(args: &EngineArgs, config: &Config) -> u8 {
    let unprotected = args.allow_unprotected_files || config.keys.allow_unprotected_files;
    let asked = args.require_sandbox.or(config.keys.require_sandbox);
    asked
        .unwrap_or(0)
        .max(if unprotected { 0 } else { FILES_PROTECTED })
}

/// What `snipcheck worker` is called with on another machine for this Python.
fn python_there(python: Option<&str>, args: &EngineArgs, config: &Config) -> Vec<String> {
    let mut arguments = Vec::new();
    let engine = args.engine.or(config.keys.engine);
    let engine = engine.and_then(|engine| Some(engine.to_possible_value()?.get_name().to_owned()));
    let packages = packages(args, config);
    for (option, values) in [
        ("--engine", engine.as_slice()),
        ("--python", python.map(str::to_owned).as_slice()),
        ("--with", packages.as_slice()),
    ] {
        for value in values {
            arguments.extend([option.to_owned(), value.clone()]);
        }
    }
    arguments
}

/// Below this level of the sandbox, files of the user are not protected.
const FILES_PROTECTED: u8 = 2;

/// The error of a run that was refused because its sandbox would have been too weak, in place of another one.
pub(crate) fn refused(error: runner::RunError) -> anyhow::Error {
    let sandbox = match &error {
        runner::RunError::TooWeak { sandbox, .. } => sandbox,
        runner::RunError::NoCluster(_) => {
            return missing(&format!(
                "{error}\n  help: `--cluster local:2` makes one here, and docs/scale.md says how to reach others"
            ));
        }
        runner::RunError::ClusterLost(_) => {
            return missing(&format!(
                "{error}\n  help: the same command does what is missing, unless it is told to keep nothing (--no-cache)"
            ));
        }
        runner::RunError::Refused { .. } => return missing(&error.to_string()),
        _ => return error.into(),
    };
    let mut message = error.to_string();
    for layer in &sandbox.layers {
        if layer.state == LayerState::Missing {
            message = format!("{message}\n  {}: {}", layer.name, layer.detail);
        }
    }
    if sandbox.level < FILES_PROTECTED {
        message += "\n  help: where there is nothing to protect, --allow-unprotected-files runs all the same";
    }
    missing(&message)
}

/// The engine that was asked for, else the embedded one where it is there and no Python is named.
fn engine(
    asked: Option<EngineName>,
    python: Option<&str>,
    finder: &Finder,
) -> Result<(Engine, Interpreter)> {
    match (asked, python) {
        (Some(EngineName::Embedded), Some(python)) => bail!(
            "the embedded engine runs the Python that snipcheck is part of, or was built with, not `{python}`\n  help: leave out --python, or use --engine subprocess"
        ),
        (Some(EngineName::Subprocess), _) | (None, Some(_)) => {
            Ok((Engine::Subprocess, find_python(python, finder)?))
        }
        (asked, None) => match finder.embedded() {
            Some(python) => Ok((Engine::Embedded, python)),
            None if asked.is_some() => Err(missing(
                "this build has no embedded engine, or its Python is gone\n  help: build with the default features, or use --engine subprocess",
            )),
            None => Ok((Engine::Subprocess, find_python(None, finder)?)),
        },
    }
}

pub(crate) fn find_python(python: Option<&str>, finder: &Finder) -> Result<Interpreter> {
    let found = match python {
        Some(name) => finder.probe(name),
        None => finder.find(),
    };
    found.map_err(|error| {
        missing(&format!(
            "{error}\n  help: `snipcheck doctor` lists the interpreters found"
        ))
    })
}

pub(crate) fn missing(message: &str) -> anyhow::Error {
    anyhow!(Ending {
        exit: Exit::Missing,
        message: message.to_owned(),
    })
}

/// What was typed stands above what the configuration says.
fn limits(args: &LimitArgs, config: &Config) -> Result<Limits> {
    let mut limits = Limits::default();
    for (limit, text) in config.keys.limits() {
        let name = limit.name();
        set_limit(&mut limits, limit, &text)
            .map_err(|error| anyhow!("`{name} = \"{text}\"` in the configuration: {error}"))?;
    }
    for limit in Limit::ALL {
        if let Some(text) = args.get(limit) {
            set_limit(&mut limits, limit, text).map_err(|error| anyhow!(error))?;
        }
    }
    Ok(limits)
}
