//! Several outputs in one line of a comment.

use super::compare;
use crate::rule::Rule;

/// What stands between outputs that are written side by side.
const SEPARATORS: [&str; 13] = [
    "\\n", "\n", " -> ", " → ", ", then ", " then ", " / ", " | ", "; ", ", ", " and ", ",", " ",
];

/// Whether `expected` writes these outputs side by side; `...` at its end leaves the rest out.
pub(crate) fn joined(expected: &str, outputs: &[&str]) -> Option<Rule> {
    if outputs.len() < 2 {
        return None;
    }
    SEPARATORS.iter().find_map(|separator| {
        let mut parts: Vec<&str> = expected.split(separator).map(str::trim).collect();
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
