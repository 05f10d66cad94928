//! Whether a text says that it does not hold always, or not here. Knows the text alone.

use snipcheck_core::Written;

/// Words after which a statement holds only sometimes, or somewhere else.
const HEDGES: [&str; 42] = [
    "if",
    "when",
    "unless",
    "may",
    "might",
    "maybe",
    "could",
    "possibly",
    "probably",
    "perhaps",
    "depends",
    "depending",
    "varies",
    "vary",
    "e.g.",
    "eg",
    "example",
    "sample",
    "similar",
    "something",
    "approximately",
    "approx",
    "roughly",
    "random",
    "typically",
    "usually",
    "often",
    "sometimes",
    "repl",
    "interactive",
    "windows",
    "linux",
    "macos",
    "pypy",
    "jython",
    "python2",
    "possible",
    "about",
    "around",
    "circa",
    "or",
    "would",
];

/// Whether a text says that it does not hold always.
pub(crate) fn is_hedged(text: &str) -> bool {
    if text.starts_with(['~', '≈']) {
        return true;
    }
    let lower = outside_quotes(text).to_lowercase();
    lower.contains("python 2")
        || lower
            .split(|c: char| !(c.is_alphanumeric() || c == '.'))
            .any(|word| HEDGES.contains(&word.trim_end_matches('.')) || word == "e.g.")
}

/// A text without what stands in quotes.
pub(super) fn outside_quotes(text: &str) -> String {
    let mut outside = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let quoted = matches!(c, '"' | '\'')
            && matches!(Written::at_start(rest), Some((Written::Str { .. }, _)));
        let length = if quoted {
            Written::at_start(rest).map_or(c.len_utf8(), |(_, end)| end)
        } else {
            outside.push(c);
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    outside
}
