//! Markers that stand before an output: `->`, `Output:`, `#>`, `prints`.

use snipcheck_core::Written;

/// What a marker says of the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// There is none.
    None,
    /// An arrow: whatever comes out, value or output.
    Arrow,
    /// What is written: `Output:`, `prints`.
    Output,
    /// What comes back: `returns`, `Result:`.
    Value,
}

const ARROWS: [&str; 15] = [
    "-->", "==>", ">>>", "->", "=>", "→", "⇒", "➜", "⟹", ">>", "|>", ">", "<--", "<-", "←",
];

/// Said of output when a colon follows.
const OUTPUT_LABELS: [&str; 22] = [
    "output",
    "outputs",
    "out",
    "prints",
    "printed",
    "print",
    "printed output",
    "expected output",
    "sample output",
    "example output",
    "possible output",
    "console output",
    "the output is",
    "output is",
    "stdout",
    "console",
    "will print",
    "this prints",
    "this will print",
    "should print",
    "displays",
    "shows",
];

/// Said of a value when a colon follows.
const VALUE_LABELS: [&str; 13] = [
    "result",
    "results",
    "returns",
    "return",
    "return value",
    "returned",
    "value",
    "evaluates to",
    "expected",
    "expected result",
    "should be",
    "gives",
    "answer",
];

/// Said of output without a colon, if a value follows.
const OUTPUT_VERBS: [&str; 11] = [
    "will output",
    "will print",
    "should print",
    "prints out",
    "printing",
    "prints",
    "outputs",
    "output",
    "displays",
    "will display",
    "shows",
];

/// Said of a value without a colon, if one follows.
const VALUE_VERBS: [&str; 17] = [
    "still",
    "remains",
    "creates",
    "produces",
    "becomes",
    "evaluates to",
    "will return",
    "should return",
    "should be",
    "returns",
    "return",
    "results in",
    "gives",
    "yields",
    "equals",
    "is now",
    "now",
];

/// The marker at the start of a text, and the text behind it.
pub(super) fn split(text: &str) -> (Marker, &str) {
    let text = text.trim();
    for arrow in ARROWS {
        if let Some(tail) = text.strip_prefix(arrow) {
            return (Marker::Arrow, tail.trim());
        }
    }
    if let Some(tail) = text.strip_prefix("= ").or_else(|| text.strip_prefix("== ")) {
        return (Marker::Arrow, tail.trim());
    }
    if let Some(found) = before_colon(text) {
        return found;
    }
    let lower = text.to_lowercase();
    for (verbs, marker) in [
        (&OUTPUT_VERBS[..], Marker::Output),
        (&VALUE_VERBS[..], Marker::Value),
    ] {
        for verb in verbs {
            let follows = lower
                .strip_prefix(verb)
                .is_some_and(|tail| tail.starts_with(' '));
            let Some(tail) = text.get(verb.len()..).filter(|_| follows) else {
                continue;
            };
            if begins_with_value(tail.trim()) {
                return (marker, tail.trim());
            }
        }
    }
    (Marker::None, text)
}

fn before_colon(text: &str) -> Option<(Marker, &str)> {
    let (label, tail) = text.split_once(':')?;
    let label = label.trim().to_lowercase();
    let tail = tail.trim();
    if OUTPUT_LABELS.contains(&label.as_str()) {
        return Some((Marker::Output, tail));
    }
    if VALUE_LABELS.contains(&label.as_str()) || label.starts_with("out[") {
        return Some((Marker::Value, tail));
    }
    None
}

/// Whether a text begins with a value that no one would take for a word.
fn begins_with_value(text: &str) -> bool {
    match Written::at_start(text) {
        Some((Written::Word(word), _)) => matches!(word.as_str(), "True" | "False" | "None"),
        Some(_) => true,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_taken_off() {
        for (text, marker, rest) in [
            ("-> 10", Marker::Arrow, "10"),
            ("> a line", Marker::Arrow, "a line"),
            ("Output: 3", Marker::Output, "3"),
            ("Output:", Marker::Output, ""),
            ("Expected output:", Marker::Output, ""),
            ("prints 'a'", Marker::Output, "'a'"),
            (
                "prints True if it is so",
                Marker::Output,
                "True if it is so",
            ),
            ("prints a warning", Marker::None, "prints a warning"),
            (
                "Output the area of each",
                Marker::None,
                "Output the area of each",
            ),
            ("returns [1]", Marker::Value, "[1]"),
            ("returns a list", Marker::None, "returns a list"),
            ("Result: 4.0", Marker::Value, "4.0"),
            ("Instance: 4.0", Marker::None, "Instance: 4.0"),
        ] {
            assert_eq!(split(text), (marker, rest), "{text}");
        }
    }
}
