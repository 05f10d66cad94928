//! `expected/`: the expectations of each snippet as they are read, and the outcomes that were accepted.

use crate::store::{Stale, Tree};
use crate::wildcard;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use snipcheck_core::{Accepted, Guide, Kind, Snippet, SnippetId, SnippetReport, Status, Verdict};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The first line of every file here.
const HEADER: &str =
    "# Written by `snipcheck extract` (expectations) and `snipcheck accept` (accepted).\n";

/// One file of `expected/`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "expectation")]
    expectations: Vec<Stated>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accepted: Option<Record>,
}

/// An expectation as it is read; its line is counted within the snippet, so that text above changes nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stated {
    line: u32,
    kind: Kind,
    comment: String,
}

/// An outcome that was accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    status: Status,
    /// The comments of the expectations that fail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    failing: Vec<String>,
    /// The exception's type, and its message where the guide does not announce it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exception: Option<String>,
    /// With `...` for what differs from run to run.
    stdout: String,
}

/// The folder `expected/` beside the configuration.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    folder: PathBuf,
    entries: HashMap<SnippetId, Entry>,
}

impl Expected {
    /// Reads the entries of these guides' snippets; a file that is not there is an empty entry.
    pub(crate) fn read(root: &Path, guides: &[Guide]) -> Result<Expected> {
        let folder = root.join("expected");
        let mut entries = HashMap::new();
        for snippet in guides.iter().flat_map(|g| &g.snippets) {
            let path = folder.join(file(&snippet.id));
            let text = match std::fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => {
                    return Err(error)
                        .with_context(|| format!("failed to read `{}`", path.display()));
                }
            };
            let entry = toml::from_str(&text)
                .with_context(|| format!("failed to understand `{}`", path.display()))?;
            entries.insert(snippet.id.clone(), entry);
        }
        Ok(Expected { folder, entries })
    }

    /// Today's report beside the accepted record, when there is one.
    pub(crate) fn compare(&self, snippet: &Snippet, report: &SnippetReport) -> Option<Accepted> {
        let record = self.entries.get(&snippet.id)?.accepted.as_ref()?;
        Some(match record.change(&Record::of(report)?) {
            Some(what) => Accepted::Changed { what },
            None => Accepted::Unchanged,
        })
    }

    /// Records a report; `again` is the same snippet run once more, to find what differs from run to run.
    /// Gives back whether there was anything to record.
    pub(crate) fn accept(&mut self, report: &SnippetReport, again: &SnippetReport) -> bool {
        let (Some(mut record), Some(other)) = (Record::of(report), Record::of(again)) else {
            return false;
        };
        let entry = self.entries.entry(report.id.clone()).or_default();
        // A record that still holds stays: someone may have put holes into it by hand.
        let holds =
            |known: &Record| known.change(&record).is_none() && known.change(&other).is_none();
        if !entry.accepted.as_ref().is_some_and(holds) {
            record.stdout = wildcard::covering(&record.stdout, &other.stdout);
            if let (Some(one), Some(other)) = (&record.exception, &other.exception) {
                record.exception = Some(wildcard::covering(one, other).trim_end().to_owned());
            }
            entry.accepted = Some(record);
        }
        true
    }

    /// The folder as it should be for these guides.
    pub(crate) fn tree(&self, guides: &[Guide]) -> Result<Tree> {
        let mut tree = Tree::new(self.folder.clone());
        for snippet in guides.iter().flat_map(|g| &g.snippets) {
            let entry = Entry {
                expectations: stated(snippet),
                accepted: self
                    .entries
                    .get(&snippet.id)
                    .and_then(|e| e.accepted.clone()),
            };
            if entry != Entry::default() {
                let text = toml::to_string(&entry)
                    .with_context(|| format!("failed to write down `{}`", snippet.id))?;
                tree.add(file(&snippet.id), format!("{HEADER}{text}"));
            }
        }
        Ok(tree)
    }
}

impl Record {
    /// Nothing for a snippet that did not run.
    fn of(report: &SnippetReport) -> Option<Record> {
        Some(Record {
            status: report.status.filter(|s| *s != Status::Skipped)?,
            failing: report
                .expectations
                .iter()
                .filter(|e| e.verdict == Some(Verdict::Fail))
                .map(|e| e.comment.clone())
                .collect(),
            exception: report.exception.as_ref().map(|e| match report.status {
                // The guide announces it, and says as much of the message as it wants to be held to.
                Some(Status::Passed) => e.type_name.clone(),
                _ => e.to_string(),
            }),
            stdout: report.stdout.clone().unwrap_or_default(),
        })
    }

    /// What is not as it was recorded, in words.
    fn change(&self, today: &Record) -> Option<String> {
        if self.status != today.status {
            return Some(format!(
                "accepted as {}, now {}",
                crate::print::status_word(self.status),
                crate::print::status_word(today.status)
            ));
        }
        if self.failing != today.failing {
            return Some("other expectations fail than were accepted".to_owned());
        }
        let exception = |r: &Record| r.exception.clone().unwrap_or_default();
        if !wildcard::matches(&exception(self), &exception(today)) {
            return Some("another exception than the accepted one".to_owned());
        }
        if !wildcard::matches(&self.stdout, &today.stdout) {
            return Some("stdout is not the accepted one".to_owned());
        }
        None
    }
}

fn stated(snippet: &Snippet) -> Vec<Stated> {
    snippet
        .expectations
        .iter()
        .map(|e| Stated {
            line: e.lines.first.number() - snippet.lines.first.number() + 1,
            kind: e.kind,
            comment: e.comment.clone(),
        })
        .collect()
}

fn file(id: &SnippetId) -> PathBuf {
    PathBuf::from(format!("{id}.toml"))
}

/// `snippets/` as it should be for these guides: the code, exactly.
pub(crate) fn code_tree(root: &Path, guides: &[Guide]) -> Tree {
    let mut tree = Tree::new(root.join("snippets"));
    for snippet in guides.iter().flat_map(|g| &g.snippets) {
        let mut code = snippet.code.clone();
        if !code.ends_with('\n') {
            code.push('\n');
        }
        tree.add(format!("{}.py", snippet.id), code);
    }
    tree
}

/// Both folders as they should be, with what is stale in them. Where `whole` guides are known (none
/// was picked on the command line), files of guides that are gone are stale too.
pub(crate) fn trees(
    root: &Path,
    expected: &Expected,
    guides: &[Guide],
    whole: bool,
) -> Result<Vec<(Tree, Vec<Stale>)>> {
    let stems: HashSet<&str> = guides
        .iter()
        .flat_map(|g| &g.snippets)
        .filter_map(|s| s.id.0.rsplit_once('/').map(|(stem, _)| stem))
        .collect();
    let owned = |extension: &'static str| {
        let stems = &stems;
        move |path: &Path| {
            let ours = path.extension().is_some_and(|e| e == extension);
            let stem = path.parent().and_then(Path::to_str).unwrap_or_default();
            ours && (whole || stems.contains(stem))
        }
    };
    let code = code_tree(root, guides);
    let entries = expected.tree(guides)?;
    let (stale_code, stale_entries) = (code.stale(&owned("py"))?, entries.stale(&owned("toml"))?);
    Ok(vec![(code, stale_code), (entries, stale_entries)])
}
