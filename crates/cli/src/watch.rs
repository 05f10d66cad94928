//! `snipcheck watch`: guides run now, and again whenever they change.

use crate::args::WatchArgs;
use crate::cache;
use crate::check::{self, Whole};
use crate::commands::complain;
use crate::config::{Config, FILE_NAME};
use crate::exit::Exit;
use crate::expected::Expected;
use crate::guides::Loaded;
use crate::print::Reporter;
use crate::print::text::Text;
use crate::progress::Progress;
use crate::settings::{Demands, Running, Sources};
use anyhow::{Context, Result};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use snipcheck_core::{Guide, Snippet};
use snipcheck_runner::{RunError, Runner};
use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long nothing may change before what changed is run: an editor writes a file in steps.
const QUIET: Duration = Duration::from_millis(100);

/// Files that changed, by their whole paths.
type Changed = HashSet<PathBuf>;

/// Runs until someone ends it.
pub(crate) fn watch(
    args: &WatchArgs,
    load: &dyn Fn() -> Result<Config>,
    out: &mut dyn Write,
) -> Result<Exit> {
    let (tell, events) = channel();
    let mut watcher = notify::recommended_watcher(tell).context("failed to watch files")?;
    let mut session = Session::start(args, load()?)?;
    let mut changed = None;
    loop {
        session.look_after(&mut watcher)?;
        if session.run(changed.as_ref(), out)? {
            return Ok(Exit::Interrupted);
        }
        changed = match session.wait(&events) {
            Ok(changed) => Some(changed),
            Err(RunError::Interrupted) => return Ok(Exit::Interrupted),
            Err(error) => return Err(error.into()),
        };
        if changed
            .iter()
            .flatten()
            .any(|path| session.is_made_of(path))
        {
            match load().and_then(|config| Session::start(args, config)) {
                Ok(fresh) => (session, changed) = (fresh, None),
                Err(error) => writeln!(io::stderr(), "error: {error:#}")?,
            }
        }
    }
}

/// What stays the same until the configuration changes, or the code that snippets import.
struct Session<'a> {
    args: &'a WatchArgs,
    config: Config,
    sources: Sources,
    running: Running,
    runner: Runner,
    demands: Demands,
}

impl<'a> Session<'a> {
    fn start(args: &'a WatchArgs, config: Config) -> Result<Self> {
        let running = Running::new(&args.engine, &config)?;
        Ok(Session {
            args,
            sources: Sources::new(&args.guides, &config)?,
            runner: running.runner()?,
            running,
            demands: Demands {
                strict: args.strict || config.keys.strict,
                ..Demands::default()
            },
            config,
        })
    }

    /// Watches every folder that a guide, the configuration or the code of a package may be written to.
    fn look_after(&self, watcher: &mut RecommendedWatcher) -> Result<()> {
        let mut folders: Vec<PathBuf> = vec![whole(&self.config.root)];
        for path in &self.sources.paths {
            if path.is_dir() {
                let all = ignore::WalkBuilder::new(path).build().flatten();
                let inside = all.filter(|entry| entry.file_type().is_some_and(|t| t.is_dir()));
                folders.extend(inside.map(|entry| whole(entry.path())));
            } else {
                // An editor may put another file in its place.
                folders.push(whole(path.parent().unwrap_or(Path::new(""))));
            }
        }
        for folder in folders {
            watcher
                .watch(&folder, RecursiveMode::NonRecursive)
                .with_context(|| format!("failed to watch `{}`", folder.display()))?;
        }
        for folder in &self.running.options.python.written {
            // A package that cannot be watched is seen at the next change of a guide.
            watcher.watch(folder, RecursiveMode::Recursive).ok();
        }
        Ok(())
    }

    /// Whether a file is part of how snippets are run.
    fn is_made_of(&self, path: &Path) -> bool {
        let code = &self.running.options.python.written;
        let is_code = || path.extension().is_some_and(|e| e == "py");
        path.file_name().is_some_and(|name| name == FILE_NAME)
            || (is_code() && code.iter().any(|folder| path.starts_with(folder)))
    }

    /// Runs the guides that changed, or all, and tells of them; whether someone ended it.
    fn run(&mut self, changed: Option<&Changed>, out: &mut dyn Write) -> Result<bool> {
        let loaded = Loaded::read(&self.sources, &self.config.keys.rules)?;
        let is_changed = |guide: &Guide| {
            changed.is_none_or(|changed| changed.contains(&whole(Path::new(&guide.path))))
        };
        let names: Vec<&str> = loaded
            .guides
            .iter()
            .filter(|guide| is_changed(guide))
            .map(|guide| guide.path.as_str())
            .collect();
        if names.is_empty() && changed.is_some() {
            return Ok(false);
        }
        if changed.is_some() {
            writeln!(out, "\n{} changed", names.join(", "))?;
        }
        complain(&loaded)?;
        let expected = Expected::read(&self.config.root, &loaded.guides)?;
        let progress = Progress::new();
        let checked = check::check(
            &loaded,
            &self.running,
            &mut self.runner,
            &|guide: &Guide, _: &Snippet| is_changed(guide),
            &expected,
            &progress,
        )?;
        drop(progress);
        cache::tidy();
        let mut reporter = Text::new(self.args.verbose, self.demands.clone());
        let mut report = checked.report;
        report.summary.guides = names.len();
        reporter.part(&report, &loaded.guides, out)?;
        let mut whole = Whole::new(self.demands.strict);
        whole.add(report);
        reporter.end(&whole.report, out)?;
        out.flush()?;
        Ok(whole.report.interrupted)
    }

    /// Waits until something changed, and then until nothing changes any more.
    fn wait(&mut self, events: &Receiver<notify::Result<Event>>) -> Result<Changed, RunError> {
        let mut changed = Changed::new();
        loop {
            let new = events.try_iter().flatten();
            let written = new.filter(|event| !event.kind.is_access());
            let mut is_quiet = true;
            for path in written.flat_map(|event| event.paths) {
                is_quiet = false;
                changed.insert(path);
            }
            if is_quiet && !changed.is_empty() {
                return Ok(changed);
            }
            self.runner.pause(QUIET)?;
        }
    }
}

/// The path from the root; of what is gone, as it was.
fn whole(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}
