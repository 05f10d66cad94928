//! One function a command: read, do, print, and say how it ends.

use crate::args::{
    AcceptArgs, DiffArgs, ExtractArgs, FixArgs, GuideArgs, ListArgs, ListFormat, RunArgs,
    WorkerArgs,
};
use crate::cache;
use crate::check::{self, Checked, Wanted, Whole};
use crate::cluster::{self, Teller};
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::expected::{self, Expected};
use crate::explain::coded;
use crate::fix;
use crate::guides::{Loaded, Unread};
use crate::lanes;
use crate::print::{self, Reporter};
use crate::progress::Progress;
use crate::reports::Reports;
use crate::select::Selector;
use crate::settings::{Demands, Running, Sources, refused};
use crate::store;
use crate::verdict;
use anyhow::{Result, anyhow, bail};
use snipcheck_core::{Guide, Limits, Report, Snippet, SnippetId};
use snipcheck_runner::{RunError, Runner};
use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;

/// How many snippets are in memory at a time, or those of one guide.
const BATCH: usize = 1000;

/// `snipcheck run`
pub(crate) fn run(args: &RunArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    let cluster = cluster::connect(&args.cluster, &args.engine, config)?;
    let runnings = match &cluster {
        Some(cluster) => Running::afar(cluster, &args.engine, config)?,
        None => Running::each(&args.engine, config)?,
    };
    let demands = Demands::new(args, config);
    let mut unread = Unread::find(&Sources::new(&args.guides, config)?, &config.keys.rules);
    let filter = args.filter.as_deref().map(Selector::parse);
    // How many were asked for so far.
    let numbers = Cell::new(0);
    let wanted = |guide: &Guide, snippet: &Snippet| {
        filter.as_ref().is_none_or(|f| f.matches(guide, snippet))
            && args.shard.is_none_or(|shard| {
                let number = numbers.get();
                numbers.set(number + 1);
                shard.has(number)
            })
    };
    let mut reports = Reports::new(args, &demands, out)?;
    let progress = match cluster {
        Some(_) => Progress::afar(),
        None => Progress::new(),
    };
    let teller = cluster
        .clone()
        .map(|cluster| Teller::start(cluster, progress.clone()));
    let mut whole = Whole::new(demands.strict);
    let mut seen = Seen::default();
    let mut stopped = None;
    lanes::in_order(
        &|| cluster::lanes(cluster.as_ref()),
        &mut || {
            let Some(loaded) = unread.next(BATCH)? else {
                return Ok(None);
            };
            progress.read(unread.share());
            Ok(Some(Batch {
                expected: Expected::read(&config.root, &loaded.guides)?,
                // Each is asked once: a shard counts.
                asked: asked(&loaded, &wanted),
                loaded,
            }))
        },
        &|| {
            let runners: Result<Vec<_>> = runnings.iter().map(Running::runner).collect();
            let mut runners = runners?;
            let (runnings, progress) = (&runnings, &progress);
            Ok(move |batch: Batch| batch.check(runnings, &mut runners, progress))
        },
        &mut |checked: BatchChecked| {
            seen.note(&checked.loaded);
            stopped = checked.stopped;
            if let Some(part) = check::across(checked.parts) {
                reports.part(&part, &checked.loaded.guides)?;
                whole.add(part);
            }
            Ok(stopped.is_none())
        },
    )?;
    drop(teller);
    drop(progress);
    whole.report.cluster = cluster.as_ref().map(cluster::info);
    reports.end(&whole.report)?;
    match stopped {
        Some(RunError::Interrupted) => return Ok(Exit::Interrupted),
        Some(error) => return Err(refused(error)),
        None => cache::tidy(),
    }
    let exit = verdict::exit(&whole.report, whole.failing, &demands);
    if exit == Exit::NothingFound {
        return Err(seen.nothing_found(filter.as_ref()));
    }
    Ok(exit)
}

/// Guides that are run at a time.
struct Batch {
    loaded: Loaded,
    expected: Expected,
    asked: HashSet<SnippetId>,
}

/// What came of them.
struct BatchChecked {
    loaded: Loaded,
    /// A report for each Python, with its version.
    parts: Vec<(String, Report)>,
    /// What ended the run before its end.
    stopped: Option<RunError>,
}

impl Batch {
    /// Runs and judges them on each Python.
    fn check(
        self,
        runnings: &[Running],
        runners: &mut [Runner],
        progress: &Progress,
    ) -> Result<BatchChecked> {
        let mut parts = Vec::new();
        let mut stopped = None;
        for (running, runner) in runnings.iter().zip(runners) {
            let checked = check::check(
                &self.loaded,
                running,
                runner,
                &|_: &Guide, snippet: &Snippet| self.asked.contains(&snippet.id),
                &self.expected,
                progress,
            )?;
            parts.push((running.options.python.version.clone(), checked.report));
            stopped = checked.stopped;
            if stopped.is_some() {
                break;
            }
        }
        Ok(BatchChecked {
            loaded: self.loaded,
            parts,
            stopped,
        })
    }
}

/// The ids of the snippets that are asked for.
fn asked(loaded: &Loaded, wanted: Wanted<'_>) -> HashSet<SnippetId> {
    let all = loaded
        .guides
        .iter()
        .flat_map(|guide| guide.snippets.iter().map(move |snippet| (guide, snippet)));
    all.filter(|(guide, snippet)| wanted(guide, snippet))
        .map(|(_, snippet)| snippet.id.clone())
        .collect()
}

/// `snipcheck list`
pub(crate) fn list(args: &ListArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    let mut unread = Unread::find(&Sources::new(&args.guides, config)?, &config.keys.rules);
    if args.units {
        return units(unread, Limits::default(), out);
    }
    let mut reporter: Box<dyn Reporter> = match args.format {
        ListFormat::Json => Box::new(print::json::Json::default()),
        ListFormat::Text => Box::new(print::list::Listing {
            explain: args.explain,
        }),
    };
    let mut whole = Whole::new(false);
    while let Some(loaded) = unread.next(BATCH)? {
        let report = check::list(&loaded);
        reporter.part(&report, &loaded.guides, out)?;
        whole.add(report);
    }
    reporter.end(&whole.report, out)?;
    Ok(verdict::exit(&whole.report, 0, &Demands::default()))
}

/// `snipcheck list --units`
fn units(mut unread: Unread, limits: Limits, out: &mut dyn Write) -> Result<Exit> {
    while let Some(loaded) = unread.next(BATCH)? {
        complain(&loaded)?;
        for guide in &loaded.guides {
            let planned = snipcheck_runner::plan(guide, limits).snippets;
            for unit in planned.iter().filter_map(|planned| planned.unit.as_ref()) {
                serde_json::to_writer(&mut *out, unit)?;
                writeln!(out)?;
            }
        }
    }
    Ok(Exit::Fine)
}

/// `snipcheck worker`
pub(crate) fn worker(args: &WorkerArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    let mut running = Running::new(&args.engine, config)?;
    running.options.hash_seed = args.hash_seed;
    let input = io::BufReader::new(io::stdin());
    match snipcheck_runner::work(running.options, input, out, io::stdout()) {
        Ok(()) => Ok(Exit::Fine),
        Err(RunError::Interrupted) => Ok(Exit::Interrupted),
        Err(error) => Err(refused(error)),
    }
}

/// `snipcheck diff`
pub(crate) fn diff(args: &DiffArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    let running = Running::new(&args.engine, config)?;
    let selector = Selector::parse(&args.id);
    let sources = match selector.file() {
        Some(path) if args.guides.guides.is_empty() => Sources {
            paths: vec![path.to_path_buf()],
            format: args.guides.guide_format.map(Into::into),
        },
        _ => Sources::new(&args.guides, config)?,
    };
    let loaded = Loaded::read(&sources, &config.keys.rules)?;
    complain(&loaded)?;
    let (_, snippet) = selector.one(&loaded.guides)?;
    let expected = Expected::read(&config.root, &loaded.guides)?;
    let wanted = |_: &Guide, other: &Snippet| other.id == snippet.id;
    let checked = check(&loaded, &running, &wanted, &expected)?;
    if let (Some(report), Some(outcome)) =
        (checked.report.snippets.first(), checked.outcomes.first())
    {
        print::diff::print(report, snippet, outcome.as_ref(), out)?;
    }
    if checked.report.interrupted {
        return Ok(Exit::Interrupted);
    }
    let mut whole = Whole::new(false);
    whole.add(checked.report);
    Ok(verdict::exit(
        &whole.report,
        whole.failing,
        &Demands::default(),
    ))
}

/// `snipcheck extract`
pub(crate) fn extract(args: &ExtractArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    let loaded = load(&args.guides, config)?;
    refuse_unreadable(&loaded)?;
    if loaded.guides.iter().all(|g| g.snippets.is_empty()) {
        return Err(Seen::of(&loaded).nothing_found(None));
    }
    let expected = Expected::read(&config.root, &loaded.guides)?;
    let whole = args.guides.guides.is_empty();
    let mut changed = 0;
    for (tree, stale) in expected::trees(&config.root, &expected, &loaded.guides, whole)? {
        changed += stale.len();
        if args.check {
            for item in &stale {
                writeln!(out, "{item}")?;
            }
        } else {
            tree.mend(&stale)?;
        }
    }
    let files = print::count(changed, "file");
    if args.check && changed > 0 {
        writeln!(
            out,
            "{files} stale; run `snipcheck extract` and commit what it writes"
        )?;
        return Ok(Exit::Failed);
    }
    let verb = if args.check {
        "stale"
    } else {
        "written or removed"
    };
    writeln!(out, "{files} {verb}")?;
    Ok(Exit::Fine)
}

/// `snipcheck fix`
pub(crate) fn fix(args: &FixArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    let running = Running::new(&args.engine, config)?;
    let loaded = load(&args.guides, config)?;
    refuse_unreadable(&loaded)?;
    let checked = check(&loaded, &running, &|_, _| true, &Expected::default())?.whole()?;
    if checked.report.snippets.is_empty() {
        return Err(Seen::of(&loaded).nothing_found(None));
    }
    let (fixed, left) = fix::fix(&loaded, &running, &checked)?;
    for guide in &fixed {
        if args.diff {
            print::diff::patch(guide, out)?;
        } else {
            store::write_whole(Path::new(&guide.path), &guide.after)?;
            writeln!(out, "fixed {}", guide.path)?;
        }
    }
    for item in &left {
        let why = print::clean(&item.why);
        writeln!(out, "left alone: {}:{}: {why}", item.guide, item.line)?;
    }
    if fixed.is_empty() && left.is_empty() {
        writeln!(out, "nothing to fix")?;
    }
    let unfinished = !left.is_empty() || (args.diff && !fixed.is_empty());
    Ok(if unfinished { Exit::Failed } else { Exit::Fine })
}

/// `snipcheck accept`
pub(crate) fn accept(args: &AcceptArgs, config: &Config, out: &mut dyn Write) -> Result<Exit> {
    let running = Running::new(&args.engine, config)?;
    let all = GuideArgs {
        guides: Vec::new(),
        guide_format: None,
    };
    let loaded = load(&all, config)?;
    refuse_unreadable(&loaded)?;
    let chosen = chosen(&args.ids, &loaded)?;
    let wanted =
        |_: &Guide, snippet: &Snippet| chosen.as_ref().is_none_or(|ids| ids.contains(&snippet.id));
    let mut expected = Expected::read(&config.root, &loaded.guides)?;
    let first = check(&loaded, &running, &wanted, &expected)?.whole()?;
    let again = check(&loaded, &running.with_other_seed(), &wanted, &expected)?.whole()?;
    let pairs = first.report.snippets.iter().zip(&again.report.snippets);
    let accepted = pairs
        .filter(|(report, other)| expected.accept(report, other))
        .count();
    for (tree, stale) in expected::trees(&config.root, &expected, &loaded.guides, true)? {
        tree.mend(&stale)?;
    }
    let known = first
        .report
        .snippets
        .iter()
        .filter(|s| verdict::fails_by_status(s, false))
        .count();
    writeln!(
        out,
        "{} accepted, {} known to fail",
        print::count(accepted, "snippet"),
        known
    )?;
    Ok(Exit::Fine)
}

/// The snippets that the ids pick; nothing when there are no ids, which means all.
fn chosen(ids: &[String], loaded: &Loaded) -> Result<Option<HashSet<SnippetId>>> {
    if ids.is_empty() {
        return Ok(None);
    }
    let mut chosen = HashSet::new();
    for id in ids {
        let (_, snippet) = Selector::parse(id).one(&loaded.guides)?;
        chosen.insert(snippet.id.clone());
    }
    Ok(Some(chosen))
}

fn load(args: &GuideArgs, config: &Config) -> Result<Loaded> {
    Loaded::read(&Sources::new(args, config)?, &config.keys.rules)
}

fn check(
    loaded: &Loaded,
    running: &Running,
    wanted: check::Wanted,
    expected: &Expected,
) -> Result<Checked> {
    let mut runner = running.runner()?;
    let progress = Progress::new();
    check::check(loaded, running, &mut runner, wanted, expected, &progress)
}

/// Commands that write refuse to start from half of the guides.
fn refuse_unreadable(loaded: &Loaded) -> Result<()> {
    complain(loaded)?;
    if loaded.errors.is_empty() {
        return Ok(());
    }
    bail!("nothing was written, because not every guide could be read");
}

/// Tells on stderr what could not be read.
pub(crate) fn complain(loaded: &Loaded) -> io::Result<()> {
    for error in &loaded.errors {
        let word = coded("error", &error.message);
        writeln!(io::stderr(), "{word}: {}: {}", error.guide, error.message)?;
    }
    Ok(())
}

/// What was read, for the message that nothing was found in it.
#[derive(Debug, Default)]
struct Seen {
    guides: Vec<String>,
    snippets: usize,
    notes: Vec<String>,
}

impl Seen {
    fn of(loaded: &Loaded) -> Seen {
        let mut seen = Seen::default();
        seen.note(loaded);
        seen
    }

    fn note(&mut self, loaded: &Loaded) {
        for guide in &loaded.guides {
            let path = &guide.path;
            self.guides.push(format!("`{path}`"));
            self.snippets += guide.snippets.len();
            for note in &guide.notes {
                let place = note.line.map_or(String::new(), |line| format!(":{line}"));
                self.notes
                    .push(format!("\n  note: {path}{place}: {}", note.message));
            }
        }
    }

    /// The error that there is nothing to report.
    fn nothing_found(&self, filter: Option<&Selector>) -> anyhow::Error {
        let message = match filter {
            Some(filter) if self.snippets > 0 => format!(
                "none of the {} snippets found is `{filter}`\n  help: `snipcheck list` shows every id",
                self.snippets
            ),
            _ => format!(
                "no Python snippet found in {}\n  help: fences are found by their info string (```python, ```py, ```pycon); for a page without fences, try --guide-format text{}",
                self.guides.join(", "),
                self.notes.concat()
            ),
        };
        anyhow!(Ending {
            exit: Exit::NothingFound,
            message,
        })
    }
}
