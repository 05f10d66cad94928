//! Names for snippets that stay the same when text above them changes.

use snipcheck_core::SnippetId;
use std::collections::{HashMap, HashSet};

const SLUG_LENGTH: usize = 40;

/// Gives each snippet of a guide its id, in order.
pub(crate) struct Names {
    stem: String,
    used: HashMap<String, usize>,
    given: HashSet<String>,
}

impl Names {
    /// Names whose first component is `stem`.
    pub(crate) fn new(stem: &str) -> Self {
        Names {
            stem: stem.to_owned(),
            used: HashMap::new(),
            given: HashSet::new(),
        }
    }

    /// The id of the next snippet: `stem/innermost-title`, counted from the second on.
    pub(crate) fn next<'t>(
        &mut self,
        titles: impl DoubleEndedIterator<Item = &'t String>,
    ) -> SnippetId {
        let slug = titles
            .rev()
            .map(|title| slug(title))
            .find(|slug| !slug.is_empty());
        let counted_from_one = slug.is_none();
        let slug = slug.unwrap_or_else(|| "snippet".to_owned());
        let count = self.used.entry(slug.clone()).or_default();
        loop {
            *count += 1;
            let name = if *count == 1 && !counted_from_one {
                format!("{}/{slug}", self.stem)
            } else {
                format!("{}/{slug}-{count}", self.stem)
            };
            // A heading may itself read like the second snippet of another one.
            if self.given.insert(name.clone()) {
                return SnippetId(name);
            }
        }
    }
}

/// Lowercase ASCII words joined by dashes, cut at a word.
fn slug(heading: &str) -> String {
    let mut slug = String::new();
    for word in heading.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() {
            if slug.len() + 1 + word.len() > SLUG_LENGTH {
                break;
            }
            slug.push('-');
        }
        slug.extend(
            word.chars()
                .take(SLUG_LENGTH)
                .map(|c| c.to_ascii_lowercase()),
        );
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_short_lowercase_words() {
        for (heading, expected) in [
            ("Lists & Tuples", "lists-tuples"),
            ("  What's __new__?", "what-s-new"),
            ("日本語", ""),
            (
                "one two three four five six seven eight nine ten",
                "one-two-three-four-five-six-seven-eight",
            ),
        ] {
            assert_eq!(slug(heading), expected);
        }
    }

    #[test]
    fn ids_are_unique_and_counted_under_their_heading() {
        let mut names = Names::new("g");
        let ids: Vec<String> = ["A", "A", "A 2", "", "日本", "A"]
            .iter()
            .map(|h| names.next([(*h).to_owned()].iter()).0)
            .collect();
        assert_eq!(
            ids,
            [
                "g/a",
                "g/a-2",
                "g/a-2-2",
                "g/snippet-1",
                "g/snippet-2",
                "g/a-3"
            ]
        );
    }

    #[test]
    fn an_unreadable_heading_gives_way_to_the_one_above() {
        let mut names = Names::new("g");
        let id = names.next(["Top".to_owned(), "→".to_owned()].iter());
        assert_eq!(id.0, "g/top");
    }
}
