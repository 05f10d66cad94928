//! Finding guides in the file system and extracting them; one that cannot be read costs only itself.

use crate::config::Rule;
use crate::pythons;
use crate::select::Selector;
use crate::settings::Sources;
use anyhow::{Context, Result};
use globset::Glob;
use snipcheck_core::{Format, Guide, GuideNote, Limits, Line};
use snipcheck_runner::set_limit;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Extensions of the files that are guides when a folder is given.
const EXTENSIONS: [&str; 5] = ["md", "markdown", "mdx", "rst", "ipynb"];

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) guides: Vec<Guide>,
    /// The stem of each guide's ids.
    stems: Vec<String>,
    /// The rules that spoke.
    rules: Vec<Rule>,
    /// What could not be read.
    pub(crate) errors: Vec<GuideNote>,
}

impl Loaded {
    /// Reads every guide of `sources` and lets the rules of the configuration speak.
    pub(crate) fn read(sources: &Sources, rules: &[Rule]) -> Result<Loaded> {
        let all = Unread::find(sources, rules).next(usize::MAX)?;
        Ok(all.unwrap_or_default())
    }

    /// The same guides, with other bytes where there are any.
    pub(crate) fn with_bytes(&self, bytes: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Loaded> {
        let mut changed = Loaded {
            rules: self.rules.clone(),
            ..Loaded::default()
        };
        for (guide, stem) in self.guides.iter().zip(&self.stems) {
            if let Some(bytes) = bytes(&guide.path) {
                changed.add(&guide.path, stem.clone(), &bytes, Some(guide.format));
            } else {
                changed.guides.push(guide.clone());
                changed.stems.push(stem.clone());
            }
        }
        changed.apply()?;
        Ok(changed)
    }

    fn add(&mut self, path: &str, stem: String, bytes: &[u8], format: Option<Format>) {
        self.guides
            .push(snipcheck_extract::guide(path, &stem, bytes, format));
        self.stems.push(stem);
    }

    fn fail(&mut self, path: &Path, error: &anyhow::Error) {
        self.errors.push(GuideNote {
            guide: path.display().to_string(),
            line: None,
            message: format!("{error:#}"),
            error: true,
        });
    }

    /// Gives each snippet the directives of the rules that match it; the configuration outranks the guide.
    fn apply(&mut self) -> Result<()> {
        for rule in &self.rules {
            let selector = Selector::parse(&rule.pattern);
            let glob = Glob::new(&rule.pattern)
                .with_context(|| format!("`match = \"{}\"` in snipcheck.toml", rule.pattern))?
                .compile_matcher();
            for guide in &mut self.guides {
                let path = guide.path.clone();
                for snippet in &mut guide.snippets {
                    if glob.is_match(&snippet.id.0) || selector.is_line_of(&path, snippet.lines) {
                        snippet.directives = rule.directives().or(&snippet.directives);
                    }
                }
            }
        }
        for guide in &self.guides {
            for snippet in &guide.snippets {
                let directives = &snippet.directives;
                let limits = directives.limits.iter().filter_map(|(limit, text)| {
                    let error = set_limit(&mut Limits::default(), *limit, text).err()?;
                    Some(format!("`{}=\"{text}\"`: {error}", limit.name()))
                });
                let python = directives.python.iter().filter_map(|text| {
                    let error = pythons::parse(text).err()?;
                    Some(format!("`python=\"{text}\"`: {error}"))
                });
                self.errors
                    .extend(limits.chain(python).map(|message| GuideNote {
                        guide: guide.path.clone(),
                        line: Some(before(snippet.lines.first)),
                        message,
                        error: true,
                    }));
            }
        }
        Ok(())
    }
}

/// Guides that were found and are still to be read.
#[derive(Debug)]
pub(crate) struct Unread {
    /// Each with the stem of its ids.
    files: std::vec::IntoIter<(PathBuf, String)>,
    format: Option<Format>,
    rules: Vec<Rule>,
    /// How many there were at first.
    all: usize,
    /// What could not be found; told with the first guides.
    errors: Option<Loaded>,
}

impl Unread {
    /// Looks for every guide of `sources`.
    pub(crate) fn find(sources: &Sources, rules: &[Rule]) -> Unread {
        let mut lost = Loaded::default();
        let mut paths = Vec::new();
        for path in &sources.paths {
            match files(path) {
                Ok(found) => paths.extend(found),
                Err(error) => lost.fail(path, &error),
            }
        }
        let mut seen = std::collections::HashSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        let stems = stems(&paths);
        let files: Vec<(PathBuf, String)> = paths.into_iter().zip(stems).collect();
        Unread {
            all: files.len(),
            files: files.into_iter(),
            format: sources.format,
            rules: rules.to_vec(),
            errors: Some(lost),
        }
    }

    /// How many of the guides were read, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    pub(crate) fn share(&self) -> f64 {
        1.0 - self.files.len() as f64 / self.all.max(1) as f64
    }

    /// Reads guides until they have at least so many snippets; nothing when all are read.
    pub(crate) fn next(&mut self, snippets: usize) -> Result<Option<Loaded>> {
        let is_first = self.errors.is_some();
        let mut loaded = self.errors.take().unwrap_or_default();
        loaded.rules.clone_from(&self.rules);
        let mut found = 0;
        while found < snippets
            && let Some((path, stem)) = self.files.next()
        {
            match read_text(&path) {
                Ok(bytes) => {
                    loaded.add(&path.display().to_string(), stem, &bytes, self.format);
                    found += loaded.guides.last().map_or(0, |guide| guide.snippets.len());
                }
                Err(error) => loaded.fail(&path, &error),
            }
        }
        if !is_first && loaded.guides.is_empty() && loaded.errors.is_empty() {
            return Ok(None);
        }
        loaded.apply()?;
        Ok(Some(loaded))
    }
}

/// The bytes of a file that is text of whatever encoding.
fn read_text(path: &Path) -> Result<Vec<u8>> {
    let bytes = std::fs::read(path).context("failed to read it")?;
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if let Some(at) = bytes.iter().position(|b| *b == 0)
        && !is_utf16
    {
        anyhow::bail!(
            "it is not text: byte {at} is zero; name the guide that it was made from instead"
        );
    }
    Ok(bytes)
}

/// The line above, where a directive stands.
fn before(line: Line) -> Line {
    Line::new(line.number().saturating_sub(1).max(1))
}

/// The guide itself, or those in a folder, ordered by path, hidden and ignored ones left out.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let about = std::fs::metadata(path).context("failed to find it")?;
    if !about.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    for entry in ignore::WalkBuilder::new(path)
        .sort_by_file_path(Ord::cmp)
        .build()
    {
        let entry = entry.context("failed to read the folder")?;
        let extension = entry.path().extension().and_then(|e| e.to_str());
        let known = extension.is_some_and(|e| EXTENSIONS.iter().any(|k| e.eq_ignore_ascii_case(k)));
        if known && entry.file_type().is_some_and(|t| t.is_file()) {
            found.push(entry.into_path());
        }
    }
    if found.is_empty() {
        anyhow::bail!(
            "no guide in this folder (looked for .{}); name a file of another kind itself",
            EXTENSIONS.join(", .")
        );
    }
    Ok(found)
}

/// A stem for each path, made of as many of its last components as tell it from the others.
fn stems(paths: &[PathBuf]) -> Vec<String> {
    let parts: Vec<Vec<String>> = paths.iter().map(|path| components(path)).collect();
    let deepest = parts.iter().map(Vec::len).max().unwrap_or(0);
    let mut stems: Vec<String> = parts.iter().map(|p| last(p, 1)).collect();
    for depth in 2..=deepest {
        let mut counts: HashMap<&String, usize> = HashMap::new();
        for stem in &stems {
            *counts.entry(stem).or_default() += 1;
        }
        let shared: Vec<bool> = stems.iter().map(|stem| counts[stem] > 1).collect();
        for ((stem, path), shared) in stems.iter_mut().zip(&parts).zip(shared) {
            if shared {
                *stem = last(path, depth);
            }
        }
    }
    number_equal(&mut stems);
    stems
}

/// What even whole paths do not tell apart (`a.md` and `a.mdx`) gets a number.
fn number_equal(stems: &mut [String]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for stem in stems {
        let count = counts.entry(stem.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *stem = format!("{stem}-{count}");
        }
    }
}

/// The plain components of a path, the extension taken off the last.
fn components(path: &Path) -> Vec<String> {
    path.with_extension("")
        .components()
        .filter_map(|c| match c {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect()
}

fn last(parts: &[String], count: usize) -> String {
    parts[parts.len().saturating_sub(count)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_as_short_as_they_can_be() {
        let table: [(&[&str], &[&str]); 4] = [
            (&["docs/a.md", "docs/b.md"], &["a", "b"]),
            (&["x/a.md", "y/a.md", "b.md"], &["x/a", "y/a", "b"]),
            (&["a.md", "a.mdx"], &["a", "a-2"]),
            (&["p/x/a.md", "q/x/a.md"], &["p/x/a", "q/x/a"]),
        ];
        for (paths, want) in table {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            assert_eq!(stems(&paths), want, "{paths:?}");
        }
    }
}
