//! `snipcheck fix`: the right value, in the author's own notation, where the wrong one stands.
//!
//! An edit counts only after the changed guide has been run and the expectation holds; what cannot be
//! written so, or is right in other circumstances, is left alone with its reason.

mod edit;
mod imports;
mod restate;
mod value;

use crate::check::{Checked, check};
use crate::expected::Expected;
use crate::guides::Loaded;
use crate::progress::Progress;
use crate::settings::Running;
use anyhow::{Context, Result};
use edit::Edit;
use snipcheck_core::{Line, Repair, RepairKind, Snippet, SnippetId, SnippetReport, Verdict};
use snipcheck_extract::Page;
use snipcheck_runner::Runner;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use edit::apply;

/// What an edit is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    /// An expectation, by its place in its snippet.
    Expectation(SnippetId, usize),
    /// The imports that a snippet lacks.
    Imports(SnippetId),
}

/// A guide before and after.
#[derive(Debug)]
pub(crate) struct Fixed {
    pub(crate) path: String,
    pub(crate) before: Vec<u8>,
    pub(crate) after: Vec<u8>,
}

/// Something that fails and was left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) guide: String,
    pub(crate) line: Line,
    pub(crate) why: String,
}

/// What can be mended in the guides, tried out; nothing is written.
pub(crate) fn fix(
    loaded: &Loaded,
    running: &Running,
    checked: &Checked,
) -> Result<(Vec<Fixed>, Vec<Left>)> {
    let mut pages = Vec::new();
    for guide in &loaded.guides {
        if !pairs(&guide.snippets, checked).any(|(_, report)| asks(report)) {
            continue;
        }
        let bytes = std::fs::read(&guide.path)
            .with_context(|| format!("failed to read `{}`", guide.path))?;
        let page = Page::of(&bytes, guide.format);
        let wanted: Vec<Wanted> = pairs(&guide.snippets, checked)
            .flat_map(|(snippet, report)| wanted(snippet, report, &page))
            .collect();
        pages.push((guide.path.clone(), bytes, wanted));
    }
    // How many ways of each were tried in vain.
    let mut failed: BTreeMap<Target, usize> = BTreeMap::new();
    loop {
        let mut fixed = Vec::new();
        let mut tried = BTreeSet::new();
        for (path, before, wanted) in &pages {
            let mut edits = Vec::new();
            for (target, ways) in wanted {
                let way = failed.get(target).copied().unwrap_or_default();
                if let Some(edit) = ways.as_ref().ok().and_then(|ways| ways.get(way)) {
                    edits.push(edit.clone());
                    tried.insert(target.clone());
                }
            }
            if !edits.is_empty() {
                fixed.push(Fixed {
                    path: path.clone(),
                    after: apply(before, &edits),
                    before: before.clone(),
                });
            }
        }
        let still_wrong = still_wrong(loaded, running, checked, &fixed, &tried)?;
        if still_wrong.is_empty() {
            let all = pages.iter().flat_map(|(_, _, wanted)| wanted);
            let refused = all.filter(|(target, _)| !tried.contains(target));
            return Ok((fixed, left(loaded, checked, &refused.collect::<Vec<_>>())));
        }
        for target in still_wrong {
            *failed.entry(target).or_default() += 1;
        }
    }
}

/// What is to be mended, and the edits that may do it, or what keeps them from being made.
type Wanted = (Target, Result<Vec<Edit>, String>);

fn asks(report: &SnippetReport) -> bool {
    report.repairs.iter().any(|r| r.kind == RepairKind::Import)
        || report
            .expectations
            .iter()
            .any(|e| e.verdict == Some(Verdict::Fail))
}

fn pairs<'a>(
    snippets: &'a [Snippet],
    checked: &'a Checked,
) -> impl Iterator<Item = (&'a Snippet, &'a SnippetReport)> {
    snippets.iter().filter_map(|snippet| {
        let report = checked
            .report
            .snippets
            .iter()
            .find(|r| r.id == snippet.id)?;
        Some((snippet, report))
    })
}

/// What a report asks for.
fn wanted(snippet: &Snippet, report: &SnippetReport, page: &Page) -> Vec<Wanted> {
    let stdout = report.stdout.as_deref().unwrap_or_default();
    let mut wanted = Vec::new();
    for (index, expectation) in report.expectations.iter().enumerate() {
        if expectation.verdict == Some(Verdict::Fail) {
            let target = Target::Expectation(snippet.id.clone(), index);
            wanted.push((target, restate::ways(expectation, stdout, page)));
        }
    }
    let missing: Vec<&Repair> = report
        .repairs
        .iter()
        .filter(|r| r.kind == RepairKind::Import)
        .collect();
    if !missing.is_empty() {
        let target = Target::Imports(snippet.id.clone());
        let edit = imports::added(snippet, &missing, page);
        wanted.push((target, edit.map(|edit| vec![edit])));
    }
    wanted
}

/// Which of the tried edits do not make their expectation hold.
fn still_wrong(
    loaded: &Loaded,
    running: &Running,
    checked: &Checked,
    fixed: &[Fixed],
    tried: &BTreeSet<Target>,
) -> Result<Vec<Target>> {
    if fixed.is_empty() {
        return Ok(Vec::new());
    }
    let changed = loaded.with_bytes(|path| {
        let after = fixed.iter().find(|f| f.path == path)?;
        Some(after.after.clone())
    })?;
    let ids: BTreeSet<&SnippetId> = tried
        .iter()
        .map(|target| match target {
            Target::Expectation(id, _) | Target::Imports(id) => id,
        })
        .collect();
    let again = check(
        &changed,
        running,
        &mut Runner::new(running.options.clone())?,
        &|_, snippet| ids.contains(&snippet.id),
        &Expected::default(),
        &Progress::unseen(),
    )?
    .whole()?;
    let report = |of: &'_ Checked, id: &SnippetId| {
        let found = of.report.snippets.iter().find(|r| &r.id == id);
        found.cloned()
    };
    let holds = |target: &Target| {
        let (Target::Expectation(id, _) | Target::Imports(id)) = target;
        let (Some(before), Some(after)) = (report(checked, id), report(&again, id)) else {
            return false;
        };
        !spoils(&before, &after)
            && match target {
                Target::Expectation(_, index) => {
                    after.expectations[*index].verdict == Some(Verdict::Pass)
                }
                Target::Imports(_) => !after.repairs.iter().any(|r| r.kind == RepairKind::Import),
            }
    };
    Ok(tried
        .iter()
        .filter(|target| !holds(target))
        .cloned()
        .collect())
}

/// Whether something else is no longer read, or is no longer true.
fn spoils(before: &SnippetReport, after: &SnippetReport) -> bool {
    let pairs = || before.expectations.iter().zip(&after.expectations);
    before.expectations.len() != after.expectations.len()
        || pairs().any(|(before, after)| {
            before.verdict == Some(Verdict::Pass) && after.verdict != Some(Verdict::Pass)
        })
}

fn left(loaded: &Loaded, checked: &Checked, refused: &[&Wanted]) -> Vec<Left> {
    let mut left = Vec::new();
    for guide in &loaded.guides {
        for (snippet, report) in pairs(&guide.snippets, checked) {
            for (target, ways) in refused {
                let line = match target {
                    Target::Expectation(id, index) if *id == snippet.id => {
                        report.expectations[*index].line
                    }
                    Target::Imports(id) if *id == snippet.id => snippet.lines.first,
                    _ => continue,
                };
                let tried = "no way to write it in the guide's notation holds";
                left.push(Left {
                    guide: guide.path.clone(),
                    line,
                    why: ways.as_ref().err().map_or(tried, String::as_str).to_owned(),
                });
            }
        }
    }
    left
}
