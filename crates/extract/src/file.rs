//! The file that a guide says a snippet is: by its first comment, its info string or the line above it.
//!
//! Must not know what imports it.

use crate::block::Block;
use snipcheck_core::FileName;

/// Empty lines between a snippet and the line that names it.
const MOST_BLANKS: usize = 1;
/// Attributes of an info string that hold a name.
const ATTRIBUTES: [&str; 6] = ["title", "filename", "file", "name", "caption", "path"];
/// Words that stand before a name.
const LABELS: [&str; 6] = [
    "filename",
    "file name",
    "file",
    "module",
    "save as",
    "script",
];

/// The name of the file that `block` is; the lines from `free` on belong to no block above it.
pub(crate) fn name(lines: &[&str], block: &Block, free: usize) -> Option<FileName> {
    by_info(&block.info)
        .or_else(|| by_comment(&block.code))
        .or_else(|| by_line_above(lines, block.first, free))
}

/// `python title="tool.py"`, `python:tool.py`, `python tool.py`.
fn by_info(info: &str) -> Option<FileName> {
    let words = info.split(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ','));
    words.skip_while(|word| word.is_empty()).find_map(|word| {
        let value = match word.split_once('=') {
            Some((key, value)) => {
                let key = key.to_ascii_lowercase();
                ATTRIBUTES.contains(&key.as_str()).then_some(value)?
            }
            None => word.split_once(':').map_or(word, |(_, rest)| rest),
        };
        plain(value.trim_matches(['"', '\'']))
    })
}

/// `# tool.py`, `# file: tool.py`, `# --- tool.py ---`.
fn by_comment(code: &str) -> Option<FileName> {
    let first = code
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with("#!"))?;
    named(first.strip_prefix('#')?)
}

/// `**tool.py**`, `tool.py:`, `### tool.py`.
fn by_line_above(lines: &[&str], first: usize, free: usize) -> Option<FileName> {
    let above = lines.get(free..first)?;
    let is_opener = |line: &&str| {
        let text = line.trim_start_matches([' ', '\t', '>']);
        text.starts_with("```") || text.starts_with("~~~")
    };
    let above = match above.split_last() {
        Some((last, rest)) if is_opener(last) => rest,
        _ => above,
    };
    let at = above.iter().rposition(|line| !line.trim().is_empty())?;
    (above.len() - at - 1 <= MOST_BLANKS)
        .then(|| named(above[at]))
        .flatten()
}

/// The name in a line that says nothing else.
fn named(line: &str) -> Option<FileName> {
    let is_mark =
        |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '`' | '-' | '=' | '~' | ':' | '"');
    let text = line.trim_matches(is_mark);
    let lower = text.to_ascii_lowercase();
    let label = LABELS.iter().find_map(|label| {
        let rest = lower.strip_prefix(label)?;
        rest.starts_with([':', ' ']).then_some(label.len())
    });
    plain(text.get(label.unwrap_or(0)..)?.trim_matches(is_mark))
}

fn plain(text: &str) -> Option<FileName> {
    FileName::of(text.strip_prefix("./").unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_info_strings() {
        for (info, expected) in [
            ("python title=\"tool.py\"", Some("tool.py")),
            (
                "python filename='shop/cart.py' linenums=1",
                Some("shop/cart.py"),
            ),
            ("{.python file=\"tool.py\"}", Some("tool.py")),
            ("python:tool.py", Some("tool.py")),
            ("py tool.py", Some("tool.py")),
            ("python title=\"../tool.py\"", None),
            ("python title=\"A tool\"", None),
            ("python hl_lines=\"1 2\"", None),
            ("python", None),
            ("", None),
        ] {
            let found = by_info(info).map(String::from);
            assert_eq!(found.as_deref(), expected, "{info}");
        }
    }

    #[test]
    fn names_in_first_comments() {
        for (code, expected) in [
            ("# tool.py\nx = 1", Some("tool.py")),
            ("#!/usr/bin/env python3\n# tool.py\nx = 1", Some("tool.py")),
            ("\n# File: shop/cart.py\nx = 1", Some("shop/cart.py")),
            ("# --- tool.py ---\nx = 1", Some("tool.py")),
            ("# ./tool.py\nx = 1", Some("tool.py")),
            ("# as in tool.py\nx = 1", None),
            ("# tool.py, continued\nx = 1", None),
            ("x = 1\n# tool.py", None),
            ("# /etc/tool.py\nx = 1", None),
        ] {
            let found = by_comment(code).map(String::from);
            assert_eq!(found.as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn names_in_the_line_above() {
        for (text, first, expected) in [
            ("**tool.py**\n\n```python\nx", 3, Some("tool.py")),
            ("`shop/cart.py`:\n```python\nx", 2, Some("shop/cart.py")),
            ("### tool.py\n\nx", 2, Some("tool.py")),
            ("File `tool.py`:\n```\nx", 2, Some("tool.py")),
            ("Put this into `tool.py`:\n```\nx", 2, None),
            ("tool.py\n\n\n```\nx", 4, None),
            ("x", 0, None),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            let found = by_line_above(&lines, first, 0).map(String::from);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
