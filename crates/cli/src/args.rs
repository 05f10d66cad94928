//! The command line as it is typed. What it means together with `snipcheck.toml` is [`crate::settings`].

use crate::shard::Shard;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use snipcheck_core::{Limit, Limits};
use snipcheck_runner::cluster::Address;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

/// Tells whether a Python guide is true.
#[derive(Debug, Parser)]
#[command(name = "snipcheck", version, propagate_version = true)]
#[command(
    after_help = "Exit codes: 0 all hold; 1 something failed; 2 usage, config or unreadable input;\n3 a required sandbox, interpreter or cluster is missing; 4 no snippet found; 130 interrupted."
)]
pub(crate) struct Cli {
    /// The configuration file, instead of the `snipcheck.toml` found upward of the current folder
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run every snippet and judge what the guides state
    Run(RunArgs),
    /// List snippets and expectations, without starting Python
    List(ListArgs),
    /// Run guides now, and again whenever they change
    Watch(WatchArgs),
    /// Run one snippet (and what it needs) and show each expectation beside what came out
    Diff(DiffArgs),
    /// Write `snippets/` and the expectations part of `expected/`
    Extract(ExtractArgs),
    /// Write right values and missing imports into the guides
    Fix(FixArgs),
    /// Record today's outcomes in `expected/`, so that later runs fail on changes only
    Accept(AcceptArgs),
    /// Measure what the guides say of time, and tell what holds here
    Bench(BenchArgs),
    /// Find guides, show what would be checked, and write a commented `snipcheck.toml`
    Init(InitArgs),
    /// Run work units that come in on stdin, one a line as JSON, and print an outcome a line
    Worker(WorkerArgs),
    /// Show where outcomes of earlier runs are kept, or remove them
    Cache {
        /// What to do
        #[command(subcommand)]
        command: CacheCommand,
    },
    /// Show the interpreters and the layers of the sandbox, and what to do about missing ones
    Doctor(DoctorArgs),
    /// Say more about a message, by the code that stands in it
    Explain {
        /// `E101`, or none for a list of all
        code: Option<String>,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print a page of the manual (`snipcheck man run | man -l -`)
    Man {
        /// The command that it is about, or none for the page of all
        command: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum CacheCommand {
    /// Print the folder
    Dir,
    /// Remove everything in it
    Clear,
}

/// Which guides, and how to read them.
#[derive(Debug, Args)]
pub(crate) struct GuideArgs {
    /// Guides, or folders of guides; without any, those named in `snipcheck.toml`
    #[arg(value_name = "GUIDE")]
    pub(crate) guides: Vec<PathBuf>,

    /// How the guides are written, instead of what extension and content say
    #[arg(long, value_name = "FORMAT")]
    pub(crate) guide_format: Option<GuideFormat>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum GuideFormat {
    Markdown,
    Mdx,
    Text,
    Rst,
    Notebook,
    Python,
}

/// How snippets are run; every one is also a key of `snipcheck.toml`.
#[derive(Debug, Args)]
pub(crate) struct EngineArgs {
    /// What runs the snippets [default: embedded where built in and no --python is given]
    #[arg(long, value_name = "ENGINE")]
    pub(crate) engine: Option<EngineName>,

    /// An interpreter: a path, a name on PATH (`python3.12`) or a version (`3.12`); `run` takes several
    #[arg(long, value_name = "PYTHON")]
    pub(crate) python: Vec<String>,

    /// A package that snippets may import (`numpy`, `"pydantic>=2"`), installed by uv and kept; may be given several
    /// times
    #[arg(long = "with", value_name = "PACKAGE")]
    pub(crate) packages: Vec<String>,

    /// How many snippets run at a time [default: one a core]
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// Run every snippet, whatever is known of earlier runs, and keep nothing
    #[arg(long)]
    pub(crate) no_cache: bool,

    /// Fail with exit code 3 when the sandbox is below this level (0 to 4, see `snipcheck doctor`) [default: 2]
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(0..=4))]
    pub(crate) require_sandbox: Option<u8>,

    /// Run also where nothing keeps snippets from the files of this user (a sandbox below level 2)
    #[arg(long)]
    pub(crate) allow_unprotected_files: bool,
}

/// What each snippet may use; every one is also a key of `snipcheck.toml` and of a guide's directives.
#[derive(Debug, Clone, Args)]
pub(crate) struct LimitArgs {
    /// Wall-clock time for each snippet (`10s`, `500ms`) [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = amount(Limit::Timeout))]
    timeout: Option<String>,

    /// Processor time of all processes of a snippet together [default: 4 times the wall-clock time]
    #[arg(long, value_name = "TIME", value_parser = amount(Limit::Cpu))]
    cpu: Option<String>,

    /// Memory for a snippet (`512MiB`, `2GiB`): of each process, and of all together [default: 2GiB]
    #[arg(long, value_name = "SIZE", value_parser = amount(Limit::Memory))]
    memory: Option<String>,

    /// Processes and threads of a snippet at a time [default: 512]
    #[arg(long, value_name = "N", value_parser = amount(Limit::Processes))]
    processes: Option<String>,

    /// Files that a process of a snippet may have open at a time [default: 1024]
    #[arg(long, value_name = "N", value_parser = amount(Limit::OpenFiles))]
    open_files: Option<String>,

    /// Room for the files of a snippet [default: 512MiB]
    #[arg(long, value_name = "SIZE", value_parser = amount(Limit::Disk))]
    disk: Option<String>,

    /// Output of a snippet, and as much on stderr [default: 1MiB]
    #[arg(long, value_name = "SIZE", value_parser = amount(Limit::Output))]
    output: Option<String>,
}

impl LimitArgs {
    /// What was typed for a limit.
    pub(crate) fn get(&self, limit: Limit) -> Option<&str> {
        let typed = match limit {
            Limit::Timeout => &self.timeout,
            Limit::Cpu => &self.cpu,
            Limit::Memory => &self.memory,
            Limit::Processes => &self.processes,
            Limit::OpenFiles => &self.open_files,
            Limit::Disk => &self.disk,
            Limit::Output => &self.output,
        };
        typed.as_deref()
    }
}

/// Takes what can be read as an amount of it.
fn amount(limit: Limit) -> impl Fn(&str) -> Result<String, String> + Clone {
    move |text| {
        snipcheck_runner::set_limit(&mut Limits::default(), limit, text).map(|()| text.to_owned())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum EngineName {
    /// The Python that snipcheck is part of, or was built with
    Embedded,
    /// Any Python, started anew for each snippet
    Subprocess,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) guides: GuideArgs,

    #[command(flatten)]
    pub(crate) engine: EngineArgs,

    #[command(flatten)]
    pub(crate) cluster: ClusterArgs,

    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,

    /// Write a report to FILE, too: junit (`.xml`), html, sarif or json; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Vec<PathBuf>,

    /// List what was not judged and what is incomplete, with the reasons
    #[arg(long, short)]
    pub(crate) verbose: bool,

    /// Count incomplete snippets and repaired ones as failures
    #[arg(long)]
    pub(crate) strict: bool,

    /// Run only the snippets whose id contains TEXT, or the one at `guide.md:LINE`
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// Run one of N equal parts of the snippets: `1/4`, `2/4` and so on
    #[arg(long, value_name = "K/N")]
    pub(crate) shard: Option<Shard>,

    /// Find nothing wrong with guides that have no snippet: for hooks, which are given whatever changed
    #[arg(long, conflicts_with = "min_snippets")]
    pub(crate) allow_empty: bool,

    /// Fail when fewer snippets than this are found
    #[arg(long, value_name = "N")]
    pub(crate) min_snippets: Option<usize>,

    /// Fail when fewer expectations than this are judged
    #[arg(long, value_name = "N")]
    pub(crate) min_checked: Option<usize>,
}

/// Where a run has its snippets run instead of on this machine.
#[derive(Debug, Args)]
pub(crate) struct ClusterArgs {
    /// Run snippets on a Ray cluster: `ray://HOST:10001`, `auto` for the one that runs here, or `local:2` for one of two
    /// nodes that lasts as long as the run
    #[arg(long = "cluster", value_name = "ADDRESS")]
    pub(crate) address: Option<Address>,

    /// A Python that has Ray, to reach the cluster with [default: the first that has it]
    #[arg(long, value_name = "PYTHON", requires = "address")]
    pub(crate) ray_python: Option<String>,

    /// Let uv make a Python that has Ray, in this version
    #[arg(long, value_name = "VERSION", requires = "address", num_args = 0..=1, require_equals = true)]
    #[expect(
        clippy::option_option,
        reason = "the option may be there without a value"
    )]
    pub(crate) with_ray: Option<Option<String>>,

    /// How long to wait for a cluster that is lost before the run is given up
    #[arg(long, value_name = "TIME", requires = "address", default_value = "60s", value_parser = duration)]
    pub(crate) cluster_patience: Duration,
}

#[derive(Debug, Args)]
pub(crate) struct WatchArgs {
    #[command(flatten)]
    pub(crate) guides: GuideArgs,

    #[command(flatten)]
    pub(crate) engine: EngineArgs,

    /// List what was not judged and what is incomplete, with the reasons
    #[arg(long, short)]
    pub(crate) verbose: bool,

    /// Count incomplete snippets and repaired ones as failures
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Show what would be checked, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// How a run is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// What needs a person, and a summary
    Text,
    /// Everything, as the schema in docs/ says
    Json,
    /// XML that CI servers read: a case a snippet
    Junit,
    /// Annotations on the guide's lines in GitHub, and a summary on the page of the run
    Github,
    /// What code scanning and editors read (2.1.0)
    Sarif,
    /// A page that needs nothing but itself
    Html,
}

/// How snippets or findings are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) guides: GuideArgs,

    /// Say how each comment was read, and why the others were left alone
    #[arg(long)]
    pub(crate) explain: bool,

    /// Print the work unit of each snippet, one a line as JSON, as `snipcheck worker` takes them
    #[arg(long, conflicts_with_all = ["explain", "format"])]
    pub(crate) units: bool,

    /// How to list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// An id, a unique part of one, or `guide.md:LINE`
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    #[command(flatten)]
    pub(crate) guides: GuideArgs,

    #[command(flatten)]
    pub(crate) engine: EngineArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// Write nothing, and fail when what is on disk is stale
    #[arg(long)]
    pub(crate) check: bool,

    #[command(flatten)]
    pub(crate) guides: GuideArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AcceptArgs {
    /// Ids, unique parts of ids, or `guide.md:LINE`; without any, every snippet of the configured guides
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,

    #[command(flatten)]
    pub(crate) engine: EngineArgs,
}

#[derive(Debug, Args)]
pub(crate) struct FixArgs {
    /// Show the changes as a unified diff, and write nothing
    #[arg(long)]
    pub(crate) diff: bool,

    #[command(flatten)]
    pub(crate) guides: GuideArgs,

    #[command(flatten)]
    pub(crate) engine: EngineArgs,
}

#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    #[command(flatten)]
    pub(crate) guides: GuideArgs,

    /// Measure what the project itself brings, instead of guides
    #[arg(long, value_name = "NAME", conflicts_with_all = ["guides", "list", "filter", "baseline"])]
    pub(crate) suite: Option<SuiteName>,

    /// Say how each comment on time is understood, and measure nothing
    #[arg(long)]
    pub(crate) list: bool,

    /// An interpreter (a path, a name on PATH or a version); may be given several times
    #[arg(long, value_name = "PYTHON")]
    pub(crate) python: Vec<String>,

    /// A package that snippets may import, installed by uv and kept; may be given several times
    #[arg(long = "with", value_name = "PACKAGE")]
    pub(crate) packages: Vec<String>,

    /// Measure only the snippets whose id contains TEXT, or the one at `guide.md:LINE`
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// How often each snippet is run at most, beside a first time that does not count
    #[arg(long, value_name = "N", default_value = "12")]
    pub(crate) repeat: NonZeroUsize,

    /// What all of it may take (`120s`, `10m`); each snippet is run twice in any case
    #[arg(long, value_name = "TIME", default_value = "120s", value_parser = duration)]
    pub(crate) budget: Duration,

    /// Write what was measured to FILE, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Compare with what --json wrote earlier, and fail when something became slower, twice
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Draw the suite into FILE: a picture (`.svg`) or a page (`.html`)
    #[arg(long, value_name = "FILE", requires = "suite")]
    pub(crate) plot: Option<PathBuf>,

    /// Fail with exit code 3 where nobody can tell
    #[arg(long)]
    pub(crate) strict: bool,

    /// Let times count on a machine that is busy, or on which identical work differs
    #[arg(long)]
    pub(crate) allow_noisy: bool,

    /// Keep everything on these cores (`1` or `0,2`), counted from 0
    #[arg(long, value_name = "CORES", value_delimiter = ',')]
    pub(crate) pin: Option<Vec<usize>>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// Fail with exit code 3 when the sandbox is below this level (0 to 4, see `snipcheck doctor`) [default: 2]
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(0..=4))]
    pub(crate) require_sandbox: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SuiteName {
    /// What the lock around the interpreter does to threads, processes, interpreters and tasks
    Gil,
}

/// An amount of time, as a limit of time is written.
fn duration(text: &str) -> Result<Duration, String> {
    let mut limits = Limits::default();
    snipcheck_runner::set_limit(&mut limits, Limit::Timeout, text)?;
    Ok(limits.timeout)
}

#[derive(Debug, Args)]
pub(crate) struct WorkerArgs {
    #[command(flatten)]
    pub(crate) engine: EngineArgs,

    /// The seed of the hashes of strings
    #[arg(long, value_name = "N", default_value = "0", hide = true)]
    pub(crate) hash_seed: u32,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}
