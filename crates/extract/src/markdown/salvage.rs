//! What the lines of a fence hold besides its code: options of a directive, code on the opening line, an indent.
//!
//! Must not know where the fence stands.

use crate::columns::MARKDOWN;
use crate::python::{self, Weight};

/// Whether the content is a session, whatever its fence says.
pub(super) fn begins_with_prompt(text: &str) -> bool {
    text.lines()
        .find(|line| !line.trim().is_empty())
        .is_some_and(python::is_prompt)
}

/// Lines at the start of a `MyST` directive that are its options (`:tags: x`), not its code.
pub(super) fn option_lines(info: &str, text: &str) -> usize {
    if !info.trim_start().starts_with('{') {
        return 0;
    }
    let is_option = |line: &&str| {
        line.strip_prefix(':')
            .and_then(|rest| rest.split_once(':'))
            .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
    };
    let options = text.lines().take_while(is_option).count();
    let blanks = text
        .lines()
        .skip(options)
        .take_while(|line| line.trim().is_empty());
    if options > 0 {
        options + blanks.count()
    } else {
        0
    }
}

/// Code of which all lines are indented without that indent, and how many columns it has; nothing where it is meant.
pub(super) fn dedented(code: &str) -> Option<(usize, String)> {
    let full = code.lines().filter(|line| !line.trim().is_empty());
    let columns = full.map(|line| MARKDOWN.indent(line)).min()?;
    // A page on indentation has it on purpose.
    if columns == 0 || code.contains("ndent") {
        return None;
    }
    let lines = code
        .lines()
        .map(|line| MARKDOWN.without(line, columns) + "\n");
    let dedented: String = lines.collect();
    python::statements(&dedented)?;
    Some((columns, dedented))
}

/// The code of a broken fence whose opening line carries the first statements of it.
pub(super) fn carried(rest: &str, content: &str) -> Option<String> {
    let opening = rest.trim();
    // `title="x"` is an attribute; a statement has spaces around its `=`.
    if opening.is_empty() || opening.starts_with('{') || !opening.contains(' ') {
        return None;
    }
    let statements = python::statements(opening)?;
    // A remark is no code: `python # example`.
    let all_code =
        !statements.is_empty() && statements.iter().all(|s| python::weight(s) > Weight::None);
    if !all_code || (opening.contains('=') && !opening.contains(" = ")) {
        return None;
    }
    let whole = format!("{opening}\n{content}");
    let worse = python::statements(content).is_some() && python::statements(&whole).is_none();
    (!worse).then_some(whole)
}
