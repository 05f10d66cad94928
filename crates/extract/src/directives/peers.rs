//! The words of other tools that run guides, so that a guide written for one of those needs no second comment.

use super::{ANY_EXCEPTION, NO_REASON, Region, Remark};
use snipcheck_core::Directives;

/// What a comment says to another tool.
pub(super) fn comment(text: &str) -> Option<Remark> {
    let mut remark = Remark::default();
    let directives = &mut remark.directives;
    let (tool, rest) = text
        .split_once(':')
        .map_or((text, ""), |(tool, rest)| (tool.trim(), rest.trim()));
    let (word, given) = rest.split_at(rest.find([' ', ',', '(']).unwrap_or(rest.len()));
    match (tool, word) {
        // Sybil
        ("skip", "next") => directives.skip = Some(reason(given)),
        ("skip", "start") => remark.region = Some(Region::Begins(reason(given))),
        ("skip", "end") => remark.region = Some(Region::Ends),
        // pytest-codeblocks
        ("pytest-codeblocks", "skip") | ("byexample", "+skip" | "+pass") => {
            directives.skip = Some(NO_REASON.to_owned());
        }
        ("pytest-codeblocks", "skipif") => skip_if(directives, inside(given)),
        ("pytest-codeblocks", "expect-error" | "expect-exception") => {
            directives.raises = Some(ANY_EXCEPTION.to_owned());
        }
        ("pytest-codeblocks", "expected-output" | "expected-output-ignore-whitespace") => {
            remark.output_follows = true;
        }
        // That belongs to what snippets need, which their names tell.
        ("pytest-codeblocks", "cont" | "importorskip") => {}
        _ => return pytest(text),
    }
    Some(remark)
}

/// phmdoctest, and what is written as one would in a module of tests.
fn pytest(text: &str) -> Option<Remark> {
    let mut remark = Remark::default();
    let directives = &mut remark.directives;
    let word = text.strip_prefix("phmdoctest-").unwrap_or(text);
    if text == "pytest.mark.skip" || (word != text && matches!(word, "skip" | "mark.skip")) {
        directives.skip = Some(NO_REASON.to_owned());
    } else if let Some(condition) = text.strip_prefix("pytest.mark.skipif") {
        skip_if(directives, inside(condition));
    } else if let Some(version) = word.strip_prefix("mark.skipif<") {
        directives.python = Some(format!(">={}", version.trim_end_matches('>')));
    } else if ![
        "setup",
        "teardown",
        "share-names",
        "clear-names",
        "label",
        "mark.",
    ]
    .iter()
    .any(|known| word != text && word.starts_with(known))
    {
        return None;
    }
    Some(remark)
}

/// What an attribute of an info string says to another tool; whether it is one of theirs.
pub(super) fn attribute(directives: &mut Directives, key: &str, value: Option<&str>) -> bool {
    match (key, value) {
        // pytest-examples, the tests of Rust's documentation, pytest-markdown-docs, documents that are computed.
        ("test" | "eval", Some("skip" | "false" | "no" | "False" | "FALSE"))
        | ("ignore" | "no_run" | "notest", None) => {
            directives.skip = Some(NO_REASON.to_owned());
        }
        ("should_panic" | "raises-exception", None) => {
            directives.raises = Some(ANY_EXCEPTION.to_owned());
        }
        ("requires", Some(version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
            directives.python = Some(format!(">={version}"));
        }
        _ => return false,
    }
    true
}

/// A condition on the Python is known before anything runs; whatever else it asks, nobody can tell.
fn skip_if(directives: &mut Directives, condition: &str) {
    match other_python(condition) {
        Some(python) => directives.python = Some(python),
        None => directives.skip = Some(format!("the guide says so where `{condition}`")),
    }
}

/// The Pythons that `sys.version_info < (3, 10)` leaves: `>=3.10`.
fn other_python(condition: &str) -> Option<String> {
    let condition = condition.split(", reason").next().unwrap_or(condition);
    let rest = condition.trim().strip_prefix("sys.version_info")?.trim();
    let (left, rest) = [("<=", ">"), (">=", "<"), ("<", ">="), (">", "<=")]
        .iter()
        .find_map(|(said, left)| Some((*left, rest.strip_prefix(said)?)))?;
    let numbers = rest.trim().strip_prefix('(')?.strip_suffix(')')?;
    let numbers: Vec<&str> = numbers.split(',').map(str::trim).collect();
    let are_numbers = numbers.iter().all(|number| number.parse::<u32>().is_ok());
    are_numbers.then(|| format!("{left}{}", numbers.join(".")))
}

/// What stands in the brackets.
fn inside(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix('(').unwrap_or(text);
    text.strip_suffix(')').unwrap_or(text).trim()
}

/// `if(1 > 0, reason="it says why")`, or whatever stands behind a comma.
fn reason(given: &str) -> String {
    let said = match given.split_once("reason=") {
        Some((_, said)) => inside(said).trim_matches([' ', '\'', '"', ')']),
        None => given.trim_start_matches([',', ' ']),
    };
    if said.is_empty() || said.starts_with("if") {
        NO_REASON.to_owned()
    } else {
        said.trim_matches(['\'', '"']).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_other_tools() {
        let skip = |why: &str| Directives {
            skip: Some(why.to_owned()),
            ..Directives::default()
        };
        let python = |which: &str| Directives {
            python: Some(which.to_owned()),
            ..Directives::default()
        };
        let nothing = Directives::default();
        let table = [
            ("skip: next", skip(NO_REASON)),
            ("skip: next, not here", skip("not here")),
            (
                "skip: next if(x > 1, reason=\"too slow\")",
                skip("too slow"),
            ),
            ("skip: next if(x > 1)", skip(NO_REASON)),
            ("pytest-codeblocks: skip", skip(NO_REASON)),
            (
                "pytest-codeblocks:skipif(sys.version_info < (3, 10))",
                python(">=3.10"),
            ),
            (
                "pytest-codeblocks:skipif(sys.version_info >= (3, 12))",
                python("<3.12"),
            ),
            (
                "pytest-codeblocks:skipif(os.name == 'nt')",
                skip("the guide says so where `os.name == 'nt'`"),
            ),
            ("pytest-codeblocks:cont", nothing.clone()),
            ("pytest.mark.skip", skip(NO_REASON)),
            (
                "pytest.mark.skipif(sys.version_info <= (3, 8), reason='old')",
                python(">3.8"),
            ),
            ("phmdoctest-skip", skip(NO_REASON)),
            ("phmdoctest-mark.skip", skip(NO_REASON)),
            ("phmdoctest-mark.skipif<3.9>", python(">=3.9")),
            ("phmdoctest-label the_name", nothing),
            ("byexample: +skip", skip(NO_REASON)),
        ];
        for (text, expected) in table {
            let remark = comment(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(remark.directives, expected, "{text}");
        }
        for text in [
            "skip: it",
            "a note: skip",
            "skip",
            "label x",
            "pytest-codeblocks: other",
        ] {
            assert_eq!(comment(text), None, "{text}");
        }
    }
}
