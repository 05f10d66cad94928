//! What a guide says of how to treat a block, in a comment above it or in its info string.
//!
//! Must not know where in a document it stands.

mod peers;

use crate::block::note_at;
use snipcheck_core::{Directives, Limit, Note};

/// The keys besides those of limits.
const KEYS: [&str; 5] = ["skip", "raises", "needs", "prelude", "python"];
/// What ends a snippet that is said to fail, whatever it is.
const ANY_EXCEPTION: &str = "Exception";
/// Said where the guide gives no reason of its own.
const NO_REASON: &str = "the guide says so";

/// What a comment above a block says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Remark {
    /// How to treat the next block.
    directives: Directives,
    /// Whether the next fence is the output of the block above.
    output_follows: bool,
    /// Keys that mean nothing, with what they should perhaps be.
    unknown: Vec<String>,
    /// What begins or ends here for all blocks.
    region: Option<Region>,
}

/// A part of a document whose blocks are not to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Region {
    /// Why they are not.
    Begins(String),
    Ends,
}

/// What the comments so far say of blocks that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Of the next block, and where.
    next: Option<(usize, Remark)>,
    /// Why no block is to be run here.
    unrun: Option<String>,
}

impl Said {
    /// Hears a comment in the line `at`; what is wrong with it becomes a note.
    pub(crate) fn hear(&mut self, at: usize, inside: &str, notes: &mut Vec<Note>) {
        let Some(remark) = comment(inside) else {
            return;
        };
        notes.extend(
            remark
                .unknown
                .into_iter()
                .map(|message| note_at(at, message)),
        );
        match remark.region {
            Some(Region::Begins(why)) => self.unrun = Some(why),
            Some(Region::Ends) => self.unrun = None,
            None => {
                let (at, before) = self.next.take().unwrap_or((at, Remark::default()));
                let merged = Remark {
                    directives: remark.directives.or(&before.directives),
                    output_follows: remark.output_follows || before.output_follows,
                    ..Remark::default()
                };
                self.next = Some((at, merged));
            }
        }
    }

    /// What they say of the block that comes now.
    pub(crate) fn of_block(&mut self) -> Directives {
        let next = self.next.take().map(|(_, remark)| remark.directives);
        let unrun = Directives {
            skip: self.unrun.clone(),
            ..Directives::default()
        };
        next.unwrap_or_default().or(&unrun)
    }

    /// Whether the next block is the output of the one above.
    pub(crate) fn output_follows(&self) -> bool {
        self.next
            .as_ref()
            .is_some_and(|(_, remark)| remark.output_follows)
    }

    /// Something else stands between a comment and the next block, so that it speaks of nothing.
    pub(crate) fn interrupted(&mut self, notes: &mut Vec<Note>) {
        let Some((at, remark)) = self.next.take() else {
            return;
        };
        if remark.directives != Directives::default() {
            let message = "this comment stands above no snippet and says nothing";
            notes.push(note_at(at, message));
        }
    }
}

/// Reads the inside of a comment; nothing when it does not speak to a tool that runs code.
fn comment(inside: &str) -> Option<Remark> {
    // Some write `<!---`.
    let text = inside.trim_start_matches('-').trim();
    if let Some(rest) = text.strip_prefix("snipcheck:") {
        return Some(own(rest));
    }
    peers::comment(text)
}

fn own(rest: &str) -> Remark {
    let mut remark = Remark::default();
    for (key, value) in attributes(rest) {
        if !apply(&mut remark.directives, &key, value) {
            remark.unknown.push(unknown(&key));
        }
    }
    remark
}

/// What an info string says; attributes that are not ours belong to other tools.
pub(crate) fn info(attributes_text: &str) -> Directives {
    let mut directives = Directives::default();
    let text: String = attributes_text
        .chars()
        .map(|c| if matches!(c, '{' | '}') { ' ' } else { c })
        .collect();
    for (key, value) in attributes(&text) {
        if peers::attribute(&mut directives, &key, value.as_deref()) {
            continue;
        }
        if value
            .as_deref()
            .map_or(key == "skip", |value| !is_foreign(&key, value))
        {
            apply(&mut directives, &key, value);
        }
    }
    directives
}

fn apply(directives: &mut Directives, key: &str, value: Option<String>) -> bool {
    let value = value.filter(|value| !value.is_empty());
    match key {
        "skip" => directives.skip = Some(value.unwrap_or_else(|| NO_REASON.to_owned())),
        "raises" => directives.raises = value,
        "python" => directives.python = value,
        "prelude" => directives.prelude = value.map(|code| code.replace("\\n", "\n")),
        "needs" => directives.needs.extend(
            value
                .iter()
                .flat_map(|ids| ids.split([',', ' ']))
                .filter(|id| !id.is_empty())
                .map(ToOwned::to_owned),
        ),
        _ => {
            let Some(limit) = Limit::named(key) else {
                return false;
            };
            directives.limits.extend(value.map(|value| (limit, value)));
        }
    }
    true
}

/// Whether an attribute is another tool's: many have an `output`, and none of those is an amount.
fn is_foreign(key: &str, value: &str) -> bool {
    let is_amount = value.starts_with(|c: char| c.is_ascii_digit());
    Limit::named(key).is_some_and(|limit| limit != Limit::Timeout) && !is_amount
}

fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().chain(Limit::ALL.map(Limit::name))
}

fn unknown(key: &str) -> String {
    let near = keys()
        .map(|known| (strsim::damerau_levenshtein(key, known), known))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    match near {
        Some((_, known)) => {
            format!("unknown key `{key}` in a snipcheck comment; did you mean `{known}`?")
        }
        None => format!(
            "unknown key `{key}` in a snipcheck comment; known are {}",
            keys().collect::<Vec<_>>().join(", ")
        ),
    }
}

/// `key`, `key=value`, `key="a value"`, separated by white space or commas.
fn attributes(text: &str) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(is_separator);
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c == '=' || is_separator(c))
            .unwrap_or(rest.len());
        let key = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let value = rest.strip_prefix('=').map(|after| {
            let (value, left) = value(after);
            rest = left;
            value.to_owned()
        });
        if !key.is_empty() {
            found.push((key, value));
        }
        rest = rest.trim_start_matches(is_separator);
    }
    found
}

fn value(text: &str) -> (&str, &str) {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let inside = &text[1..];
        return match inside.find(quote) {
            Some(end) => (&inside[..end], &inside[end + 1..]),
            None => (inside, ""),
        };
    }
    let end = text.find(is_separator).unwrap_or(text.len());
    text.split_at(end)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || c == ','
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn comments_of_ours() {
        let remark = comment(
            r#" snipcheck: skip="needs a database" timeout=30s open-files=64 raises='KeyError' needs="a, b" python=">=3.9, <4" prelude="import os\nx = 1""#,
        )
        .expect("ours");
        assert_eq!(
            remark.directives,
            Directives {
                skip: Some("needs a database".to_owned()),
                limits: BTreeMap::from([
                    (Limit::Timeout, "30s".to_owned()),
                    (Limit::OpenFiles, "64".to_owned()),
                ]),
                raises: Some("KeyError".to_owned()),
                needs: vec!["a".to_owned(), "b".to_owned()],
                prelude: Some("import os\nx = 1".to_owned()),
                python: Some(">=3.9, <4".to_owned()),
            }
        );
        assert!(remark.unknown.is_empty());
    }

    #[test]
    fn unknown_keys_name_the_near_one() {
        for (text, expected) in [
            ("snipcheck: skpi", "did you mean `skip`?"),
            ("snipcheck: time_out=\"3s\"", "did you mean `timeout`?"),
            ("snipcheck: colour=red", "known are skip"),
        ] {
            let remark = comment(text).expect(text);
            assert_eq!(remark.unknown.len(), 1, "{text}");
            assert!(remark.unknown[0].contains(expected), "{remark:?}");
        }
    }

    #[test]
    fn comments_of_other_tools_and_of_people() {
        assert_eq!(
            comment("pytest.mark.skip").and_then(|remark| remark.directives.skip),
            Some(NO_REASON.to_owned())
        );
        assert!(comment(" pytest-codeblocks: expected-output ").is_some_and(|r| r.output_follows));
        assert_eq!(comment("see snipcheck: skip"), None);
        assert_eq!(comment(""), None);
    }

    #[test]
    fn info_strings_keep_what_is_ours() {
        for (text, skip, limit) in [
            ("skip=\"no net\" title=\"x\"", Some("no net"), None),
            ("skip", Some(NO_REASON), None),
            ("{test=\"skip\" lint=\"skip\"}", Some(NO_REASON), None),
            ("{lint=\"skip\"} timeout=5s", None, Some("timeout 5s")),
            ("memory=1GiB", None, Some("memory 1GiB")),
            ("output=hidden", None, None),
            ("timeout", None, None),
            ("=, \"", None, None),
        ] {
            let directives = info(text);
            assert_eq!(directives.skip.as_deref(), skip, "{text}");
            let limits = directives.limits.iter();
            let mut found = limits.map(|(limit, value)| format!("{} {value}", limit.name()));
            assert_eq!(found.next_back().as_deref(), limit, "{text}");
        }
    }
}
