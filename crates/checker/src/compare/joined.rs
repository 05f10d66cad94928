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
    parted(expected).find_map(|parts| {
        let gap = parts.iter().position(|part| is_gap(part));
        let (head, tail) = match gap {
            Some(at) => (&parts[..at], &parts[at + 1..]),
            None => (parts.as_slice(), &[][..]),
        };
        let stated = head.len() + tail.len();
        let (fits, start) = match gap {
            Some(_) => (
                stated > 1 && !head.is_empty() && stated <= outputs.len(),
                Rule::Ellipsis,
            ),
            None => (stated == outputs.len(), Rule::Joined),
        };
        if !fits {
            return None;
        }
        let last = &outputs[outputs.len() - tail.len()..];
        head.iter()
            .zip(outputs)
            .chain(tail.iter().zip(last))
            .try_fold(start, |rule, (part, output)| {
                Some(rule.and(compare(part, output)?))
            })
    })
}

/// What leaves outputs out.
fn is_gap(part: &str) -> bool {
    matches!(part, "..." | "…" | "etc." | "etc")
}
