//! The import lines that a snippet lacks, where its author would have put them.

use super::edit::Edit;
use snipcheck_core::{Line, Lines, Repair, Snippet};
use snipcheck_extract::Page;
use std::collections::BTreeSet;

/// The imports above the snippet's first statement, below its docstring and `from __future__`.
pub(super) fn added(snippet: &Snippet, missing: &[&Repair], page: &Page) -> Result<Edit, String> {
    let first = first_statement(&snippet.code).ok_or("the snippet holds no statement")?;
    let code = snippet.code.lines().nth(first).unwrap_or_default();
    let line = Line::from_index(snippet.lines.first.index() + first);
    let at = page
        .on(Lines::one(line))
        .find(|row| page.rows()[*row].text.ends_with(code))
        .ok_or("its first statement is not written as it was read")?;
    let text = &page.rows()[at].text;
    let indent = &text[..text.len() - code.trim_start().len()];
    let is_prompt = code.trim_start().starts_with(">>>");
    let prompt = if is_prompt { ">>> " } else { "" };
    let mut added = String::new();
    let imports: BTreeSet<&str> = missing.iter().map(|r| r.text.as_str()).collect();
    for import in imports {
        added.extend([indent, prompt, import, "\n"]);
    }
    if !is_prompt && !code.starts_with("import ") && !code.starts_with("from ") {
        added.extend([indent.trim_end(), "\n"]);
    }
    let (range, bytes) = page
        .written((at, 0), (at, 0), &added)
        .ok_or("its encoding cannot write it")?;
    Ok(Edit { range, bytes })
}

/// The index of the first line that is code and has to stand behind no other.
fn first_statement(code: &str) -> Option<usize> {
    let mut open: Option<&str> = None;
    for (index, line) in code.lines().enumerate() {
        let text = line.trim();
        if let Some(quote) = open {
            if text.contains(quote) {
                open = None;
            }
            continue;
        }
        if text.is_empty() || text.starts_with('#') || text.starts_with("from __future__") {
            continue;
        }
        let body = text.trim_start_matches(['r', 'R']);
        if !body.starts_with(['"', '\'']) {
            return Some(index);
        }
        open = ["\"\"\"", "'''"]
            .into_iter()
            .find(|quote| body.starts_with(quote) && !body[quote.len()..].contains(quote));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_stand_behind_what_comes_first() {
        for (code, want) in [
            ("x = 1\n", Some(0)),
            ("# why\n\nx = 1\n", Some(2)),
            ("\"\"\"About.\n\nMore.\n\"\"\"\nx = 1\n", Some(4)),
            ("'about'\nx = 1\n", Some(1)),
            ("from __future__ import annotations\nimport os\n", Some(1)),
            ("# nothing\n", None),
        ] {
            assert_eq!(first_statement(code), want, "{code}");
        }
    }
}
