//! `snipcheck fix`: the right value, in the author's own notation, where the wrong one stands.
//!
//! An edit counts only after the changed guide has been run and the expectation holds; what cannot be
//! written so, or is right in other circumstances, is left alone with its reason.

mod edit;
mod value;

use crate::check::{Checked, check};
use crate::expected::Expected;
use crate::guides::Loaded;
use crate::settings::Running;
use anyhow::{Context, Result};
use edit::{Edit, lines};
use snipcheck_core::{
    ExpectationReport, Kind, Line, Repair, RepairKind, Snippet, SnippetId, SnippetReport, Verdict,
};
use snipcheck_runner::Runner;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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
    let mut refused: BTreeMap<Target, String> = BTreeMap::new();
    loop {
        let mut fixed = Vec::new();
        let mut tried = BTreeSet::new();
        for guide in &loaded.guides {
            let before = std::fs::read(&guide.path)
                .with_context(|| format!("failed to read `{}`", guide.path))?;
            let mut edits = Vec::new();
            for (snippet, report) in pairs(&guide.snippets, checked) {
                for (target, edit) in wanted(snippet, report, &before) {
                    if refused.contains_key(&target) {
                        continue;
                    }
                    match edit {
                        Ok(edit) => {
                            edits.extend(edit);
                            tried.insert(target);
                        }
                        Err(why) => {
                            refused.insert(target, why);
                        }
                    }
                }
            }
            if !edits.is_empty() {
                fixed.push(Fixed {
                    path: guide.path.clone(),
                    after: apply(&before, &edits),
                    before,
                });
            }
        }
        let still_wrong = still_wrong(loaded, running, &fixed, &tried)?;
        if still_wrong.is_empty() {
            return Ok((fixed, left(loaded, checked, &refused)));
        }
        for target in still_wrong {
            refused.insert(
                target,
                "no way to write it in the guide's notation holds".to_owned(),
            );
        }
    }
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

/// The edits that a report asks for, each with what keeps it from being made.
fn wanted(
    snippet: &Snippet,
    report: &SnippetReport,
    bytes: &[u8],
) -> Vec<(Target, Result<Vec<Edit>, String>)> {
    let file = lines(bytes, 0..bytes.len());
    let mut edits = Vec::new();
    for (index, expectation) in report.expectations.iter().enumerate() {
        if expectation.verdict == Some(Verdict::Fail) {
            let target = Target::Expectation(snippet.id.clone(), index);
            edits.push((target, restate(expectation, bytes, &file)));
        }
    }
    let missing: Vec<&Repair> = report
        .repairs
        .iter()
        .filter(|r| r.kind == RepairKind::Import)
        .collect();
    if !missing.is_empty() {
        let target = Target::Imports(snippet.id.clone());
        edits.push((target, imports(snippet, &missing, bytes, &file)));
    }
    edits
}

/// The stated value replaced by the real one.
fn restate(
    expectation: &ExpectationReport,
    bytes: &[u8],
    file: &[Range<usize>],
) -> Result<Vec<Edit>, String> {
    if let Some(finding) = &expectation.finding {
        return Err(finding.detail.clone());
    }
    let (Some(stated), Some(real)) = (&expectation.expected, &expectation.actual) else {
        return Err("what is right is not known".to_owned());
    };
    let spans = file
        .get(expectation.line.index()..=expectation.end_line.index())
        .ok_or("its lines are not in the file")?;
    if spans.len() > 1 || expectation.kind == Kind::FollowingFence {
        return value::block(stated, real, bytes, spans);
    }
    let text =
        value::restated(expectation.kind, stated, real).ok_or("its notation is not known")?;
    let span = spans[0].clone();
    let line = str::from_utf8(&bytes[span.clone()]).map_err(|_| "its line is not UTF-8")?;
    let comment = line
        .rfind(&expectation.comment)
        .ok_or("its comment was repaired for reading")?;
    let at = line[comment..]
        .find(stated.trim())
        .ok_or("it is not written as it was compared")?;
    let start = span.start + comment + at;
    Ok(vec![Edit {
        range: start..start + stated.trim().len(),
        text,
    }])
}

/// The import lines above the snippet's first statement, `from __future__` and a docstring aside.
fn imports(
    snippet: &Snippet,
    missing: &[&Repair],
    bytes: &[u8],
    file: &[Range<usize>],
) -> Result<Vec<Edit>, String> {
    let first = snippet
        .code
        .lines()
        .position(|line| {
            !line.trim().is_empty() && !line.trim_start().starts_with(['#', '"', '\''])
        })
        .ok_or("the snippet holds no statement")?;
    if snippet
        .code
        .lines()
        .any(|line| line.starts_with("from __future__"))
    {
        return Err("its imports have an order of their own".to_owned());
    }
    let span = file
        .get(snippet.lines.first.index() + first)
        .ok_or("its lines are not in the file")?;
    let line = str::from_utf8(&bytes[span.clone()]).map_err(|_| "its line is not UTF-8")?;
    let code = snippet.code.lines().nth(first).unwrap_or_default();
    let indent = &line[..line.len().saturating_sub(code.len())];
    let end = if bytes.get(span.end) == Some(&b'\r') {
        "\r\n"
    } else {
        "\n"
    };
    let texts: BTreeSet<&str> = missing.iter().map(|r| r.text.as_str()).collect();
    let mut text = String::new();
    let is_prompt = code.trim_start().starts_with(">>>");
    let prompt = if is_prompt { ">>> " } else { "" };
    let margin = &code[..code.len() - code.trim_start().len()];
    for import in texts {
        text.extend([indent, margin, prompt, import, end]);
    }
    if !is_prompt && !code.starts_with("import ") && !code.starts_with("from ") {
        text.push_str(end);
    }
    Ok(vec![Edit {
        range: span.start..span.start,
        text,
    }])
}

/// Which of the tried edits do not make their expectation hold.
fn still_wrong(
    loaded: &Loaded,
    running: &Running,
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
        &mut |_, _| {},
    )?
    .whole()?;
    let holds = |target: &Target| {
        let report = |id| again.report.snippets.iter().find(|r| &r.id == id);
        match target {
            Target::Expectation(id, index) => report(id).is_some_and(|r| {
                let expectation = r.expectations.get(*index);
                expectation.is_some_and(|e| e.verdict == Some(Verdict::Pass))
            }),
            Target::Imports(id) => report(id).is_some_and(|r| {
                !r.repairs
                    .iter()
                    .any(|repair| repair.kind == RepairKind::Import)
            }),
        }
    };
    Ok(tried
        .iter()
        .filter(|target| !holds(target))
        .cloned()
        .collect())
}

fn left(loaded: &Loaded, checked: &Checked, refused: &BTreeMap<Target, String>) -> Vec<Left> {
    let mut left = Vec::new();
    for guide in &loaded.guides {
        for (snippet, report) in pairs(&guide.snippets, checked) {
            for (target, why) in refused {
                let line = match target {
                    Target::Expectation(id, index) if *id == snippet.id => {
                        report.expectations[*index].line
                    }
                    Target::Imports(id) if *id == snippet.id => snippet.lines.first,
                    _ => continue,
                };
                left.push(Left {
                    guide: guide.path.clone(),
                    line,
                    why: why.clone(),
                });
            }
        }
    }
    left
}
