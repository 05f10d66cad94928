//! Several outputs in one line of a comment.

use super::compare;
use crate::rule::Rule;

/// What stands between outputs that are written side by side.
const SEPARATORS: [&str; 13] = [
    "\\n", "\n", " -> ", " → ", ", then ", " then ", " / ", " | ", "; ", ", ", " and ", ",", " ",
];

/// The ways to part a text into outputs side by side.
pub(crate) fn parted(text: &str) -> impl Iterator<Item = Vec<&str>> {
    SEPARATORS
        .iter()
        .map(|separator| text.split(separator).map(str::trim).collect())
}

/// Whether `expected` writes these outputs side by side; `...` at its end leaves the rest out.
pub(crate) fn joined(expected: &str, outputs: &[&str]) -> Option<Rule> {
    if outputs.len() < 2 {
        return None;
    }
    parted(expected).find_map(|mut parts| {
        let open = matches!(parts.last(), Some(&("..." | "…" | "etc." | "etc")));
        if open {
            parts.pop();
        }
        let fits = if open {
            parts.len() > 1 && parts.len() <= outputs.len()
        } else {
            parts.len() == outputs.len()
        };
        if !fits {
            return None;
        }
        let start = if open { Rule::Ellipsis } else { Rule::Joined };
        parts
            .iter()
            .zip(outputs)
            .try_fold(start, |rule, (part, output)| {
                Some(rule.and(compare(part, output)?))
            })
    })
}
