//! What the snippets that run before a session say of a fail in it: a session goes on where another one
//! ended, and what that one asked for, or where it stands, decides how much is known of its names.

use crate::code::Code;
use crate::kinds::session;
use crate::surroundings::Surroundings;
use ruff_python_ast::Mod;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use snipcheck_core::{Expectation, Lines, Planned, Snippet, SnippetId};

/// Why a fail of a session's expectation may be due to what ran before it, or to chance.
pub(crate) fn doubt(
    snippet: &Snippet,
    planned: &Planned,
    code: &Code<'_>,
    expectation: &Expectation,
) -> Option<String> {
    let before = context(planned);
    let here = code.up_to(expectation.statement);
    if is_random(&before) || is_random(here) {
        return Some("it depends on chance".to_owned());
    }
    if planned.needs.is_empty() {
        return None;
    }
    if session::shows_exception(&expectation.text) {
        return Some("it may show what happens without what stands before it".to_owned());
    }
    if let Some(doubt) = surroundings(planned, code, expectation.statement) {
        return Some(doubt);
    }
    if code.text(expectation.statement).contains("next") {
        return Some("how often it was asked before is not known".to_owned());
    }
    let same_section =
        |id: &SnippetId| !snippet.headings.is_empty() && section(id) == section(&snippet.id);
    let other = planned.needs.iter().find(|id| !same_section(id))?;
    Some(format!(
        "it goes on from `{other}`, which may not be what is meant"
    ))
}

/// What the code before asks of the clock, the files or the machine, where these lines need it.
pub(crate) fn surroundings(planned: &Planned, code: &Code<'_>, lines: Lines) -> Option<String> {
    let before = context(planned);
    if before.is_empty() {
        return None;
    }
    let whole = format!("{before}{}", code.up_to(lines));
    let parsed = parse_unchecked(&whole, ParseOptions::from(Mode::Module));
    let Mod::Module(module) = parsed.syntax() else {
        return None;
    };
    let end = whole.len();
    let start = end.saturating_sub(code.text(lines).len() + 1);
    let surroundings = Surroundings::of(&module.body);
    let asked = surroundings.asked_by(&(start..end))?;
    Some(format!("`{asked}` depends on where and when it runs"))
}

/// The code that runs before a snippet.
pub(crate) fn context(planned: &Planned) -> String {
    let mut before = String::new();
    for part in planned.unit.iter().flat_map(|unit| &unit.context) {
        before.push_str(&part.code);
        before.push('\n');
    }
    before
}

/// Whether code draws random numbers without fixing which ones.
fn is_random(code: &str) -> bool {
    let draws = [
        "random.",
        "from random import",
        "secrets.",
        "uuid4",
        "default_rng()",
    ];
    draws.iter().any(|draw| code.contains(draw)) && !code.contains("seed(")
}

/// An id without the number that tells the snippets of a section apart.
fn section(id: &SnippetId) -> &str {
    match id.0.rsplit_once('-') {
        Some((section, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => section,
        _ => &id.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_told_from_seeds() {
        for (code, random) in [
            ("random.randint(1, 5)", true),
            ("random.seed(3)\nrandom.random()", false),
            ("from random import choice\nchoice(x)", true),
            ("shuffled = x", false),
        ] {
            assert_eq!(is_random(code), random, "{code}");
        }
    }

    #[test]
    fn sections() {
        let id = |text: &str| SnippetId(text.to_owned());
        assert_eq!(section(&id("g/a-b-2")), "g/a-b");
        assert_eq!(section(&id("g/a-b")), "g/a-b");
    }
}
