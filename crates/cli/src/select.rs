//! Picking snippets: an id, a unique part of one, or `guide.md:LINE`.

use crate::near;
use anyhow::{Result, bail};
use snipcheck_core::{Guide, Line, Lines, Snippet};
use std::path::Path;

/// How many near ids a message lists.
const OFFERED: usize = 5;

/// What someone typed where an id is taken.
#[derive(Debug, Clone)]
pub(crate) enum Selector {
    /// An id or a part of one.
    Id(String),
    /// A line of a guide.
    Place(String, Line),
}

impl Selector {
    /// Every text is a selector.
    pub(crate) fn parse(text: &str) -> Selector {
        match text.rsplit_once(':') {
            Some((path, line)) if !path.is_empty() => match line.parse::<u32>() {
                Ok(number) if number > 0 => Selector::Place(path.to_owned(), Line::new(number)),
                _ => Selector::Id(text.to_owned()),
            },
            _ => Selector::Id(text.to_owned()),
        }
    }

    /// Whether this is one of these lines of the guide at `path`.
    pub(crate) fn is_line_of(&self, path: &str, lines: Lines) -> bool {
        match self {
            Selector::Place(place, line) => {
                Path::new(path).ends_with(place.trim_start_matches("./")) && lines.contains(*line)
            }
            Selector::Id(_) => false,
        }
    }

    /// Whether a snippet matches; a part of an id is enough.
    pub(crate) fn matches(&self, guide: &Guide, snippet: &Snippet) -> bool {
        match self {
            Selector::Id(part) => snippet.id.0.contains(part.as_str()),
            Selector::Place(..) => self.is_line_of(&guide.path, snippet.lines),
        }
    }

    /// The path in the selector, when that is a file: it says which guide to read.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Selector::Place(path, _) => Some(Path::new(path)).filter(|p| p.is_file()),
            Selector::Id(_) => None,
        }
    }

    /// The one snippet that is meant.
    pub(crate) fn one<'a>(&self, guides: &'a [Guide]) -> Result<(&'a Guide, &'a Snippet)> {
        let all = || {
            guides
                .iter()
                .flat_map(|g| g.snippets.iter().map(move |s| (g, s)))
        };
        if let Selector::Id(id) = self
            && let Some(found) = all().find(|(_, s)| s.id.0 == *id)
        {
            return Ok(found);
        }
        let found: Vec<_> = all().filter(|(g, s)| self.matches(g, s)).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => bail!("no snippet is `{self}`{}", self.hint(guides)),
            many => bail!(
                "`{self}` is a part of {} ids\n  help: {}",
                many.len(),
                listed(many.iter().map(|(_, s)| s.id.0.as_str()))
            ),
        }
    }

    /// What could have been meant.
    fn hint(&self, guides: &[Guide]) -> String {
        let ids = guides
            .iter()
            .flat_map(|g| &g.snippets)
            .map(|s| s.id.0.as_str());
        match self {
            Selector::Id(id) => {
                let near = near::ranked(id, ids);
                if near.is_empty() {
                    "\n  help: `snipcheck list` shows every id".to_owned()
                } else {
                    format!("\n  help: near it: {}", listed(near))
                }
            }
            Selector::Place(path, line) => {
                match guides.iter().find(|g| Path::new(&g.path).ends_with(path)) {
                    Some(guide) => nearest_lines(guide, *line),
                    None => format!("\n  help: `{path}` is not one of the guides that were read"),
                }
            }
        }
    }
}

fn nearest_lines(guide: &Guide, line: Line) -> String {
    let nearest = guide
        .snippets
        .iter()
        .min_by_key(|s| line.number().abs_diff(s.lines.first.number()));
    nearest.map_or_else(
        || format!("\n  help: `{}` holds no snippet", guide.path),
        |s| {
            format!(
                "\n  help: the nearest one is at lines {} to {}: {}",
                s.lines.first, s.lines.last, s.id
            )
        },
    )
}

fn listed<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let mut ids: Vec<&str> = ids.into_iter().collect();
    let more = ids.len().saturating_sub(OFFERED);
    ids.truncate(OFFERED);
    let list = ids.join(", ");
    if more > 0 {
        format!("{list} and {more} more")
    } else {
        list
    }
}

impl std::fmt::Display for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Selector::Id(id) => id.fmt(f),
            Selector::Place(path, line) => write!(f, "{path}:{line}"),
        }
    }
}
