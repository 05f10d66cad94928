//! What kind of thing a comment's text claims, judged by the text alone.

use super::measure;
use super::source::words;
use snipcheck_core::{Written, exception_length, without_about};
use std::collections::HashSet;

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// It begins or ends with a value.
    Value,
    /// It is made of words that the snippet itself prints.
    Echo,
    /// It names an exception.
    Raises,
    /// It names a type.
    Type,
    /// It states a number of bytes.
    Size,
    /// It states how long something takes.
    Timing,
    /// It compares two things.
    Relation,
    /// It is an instruction to a tool, or empty.
    Nothing,
    /// It is anything else.
    Words,
}

/// The claim of a text whose marker was taken off; `echoes` are the words in the snippet's strings.
pub(super) fn of(text: &str, echoes: &HashSet<String>) -> Claim {
    if text.is_empty() || is_instruction(text) {
        Claim::Nothing
    } else if is_raises(text) {
        Claim::Raises
    } else if is_type(text) {
        Claim::Type
    } else if measure::states_size(text) {
        Claim::Size
    } else if measure::states_time(text) {
        Claim::Timing
    } else if measure::is_relation(text) {
        Claim::Relation
    } else if is_value(text) {
        Claim::Value
    } else if is_echo(text, echoes) {
        Claim::Echo
    } else {
        Claim::Words
    }
}

/// Whether most words of the text stand in the snippet's own strings.
pub(super) fn is_echo(text: &str, echoes: &HashSet<String>) -> bool {
    let (mut all, mut known) = (0, 0);
    for word in words(text) {
        all += 1;
        known += usize::from(echoes.contains(&word));
    }
    known * 2 >= all && known > 0
}

fn is_instruction(text: &str) -> bool {
    const TOOLS: [&str; 14] = [
        "noqa",
        "type:",
        "pylint:",
        "pragma",
        "mypy:",
        "pyright:",
        "fmt:",
        "isort:",
        "nosec",
        "doctest:",
        "[!code",
        "ruff:",
        "pytype:",
        "snipcheck:",
    ];
    let lower = text.to_lowercase();
    let callout = text
        .strip_prefix('(')
        .and_then(|tail| tail.trim_end_matches('!').strip_suffix(')'))
        .is_some_and(|inner| !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit()));
    callout || TOOLS.iter().any(|tool| lower.starts_with(tool))
}

/// How an exception is announced without its name.
const UNNAMED: [&str; 10] = [
    "error!",
    "error",
    "raises an error",
    "raises error",
    "this will raise an error",
    "raises an exception",
    "raises exception",
    "runtime error",
    "throws an error",
    "will raise an error",
];

/// What stands before the name of an exception.
const VERBS: [&str; 14] = [
    "this will raise ",
    "this raises ",
    "will raise ",
    "would raise ",
    "should raise ",
    "raises ",
    "raise ",
    "throws ",
    "fails with ",
    "fails: ",
    "error: ",
    "raises: ",
    "uncaught ",
    "results in ",
];

/// Whether the text says first of all that an exception is raised.
pub(super) fn is_raises(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let lower = text.to_lowercase();
    if UNNAMED.contains(&lower.trim_end_matches(['.', '!']).trim())
        || lower.contains("runtime error")
    {
        return true;
    }
    let verb = VERBS.iter().find(|verb| lower.starts_with(**verb));
    let tail = verb.map_or(text, |verb| &text[verb.len()..]);
    let tail = tail
        .strip_prefix("a ")
        .or_else(|| tail.strip_prefix("an "))
        .unwrap_or(tail);
    let length = exception_length(tail);
    let behind = &tail[length..];
    length > 0
        && (behind.is_empty()
            || behind.starts_with([':', '!', '.', ',', ';'])
            || behind
                .trim_start()
                .starts_with(['(', '-', '–', '—', '!', '#', '[', '→'])
            || behind.starts_with(" because")
            || behind.starts_with(" as ")
            || behind.starts_with(" since"))
}

fn is_type(text: &str) -> bool {
    const TYPES: [&str; 24] = [
        "int",
        "str",
        "float",
        "bool",
        "list",
        "dict",
        "tuple",
        "set",
        "frozenset",
        "bytes",
        "bytearray",
        "complex",
        "generator",
        "function",
        "nonetype",
        "iterator",
        "coroutine",
        "module",
        "method",
        "string",
        "a list",
        "a generator",
        "type",
        "range",
    ];
    let lower = text.to_lowercase();
    let bare = lower.trim_end_matches('!');
    TYPES.contains(&bare.strip_prefix("already ").unwrap_or(bare))
}

/// Whether the text begins with a value that ends it or that a remark follows, or ends with one behind a label.
pub(super) fn is_value(text: &str) -> bool {
    begins_with_value(text) || ends_with_value(text) || is_chain(text)
}

/// `A -> B -> C`: several outputs in order.
fn is_chain(text: &str) -> bool {
    let links: Vec<&str> = text.split(" -> ").collect();
    links.len() > 2
        && links[..links.len() - 1]
            .iter()
            .all(|link| !link.trim().contains(' '))
}

fn begins_with_value(text: &str) -> bool {
    let text = without_about(text);
    let Some((written, end)) = Written::at_start(text) else {
        return false;
    };
    let behind = &text[end..];
    let remark = behind.trim_start();
    let spaced = behind.len() > remark.len();
    // `1. First` opens a list of steps.
    let full_stop = behind == "." || behind.starts_with('.') && !written.is_number();
    let closes = remark.is_empty()
        || full_stop
        || behind.starts_with(['!', ',', ';'])
        || spaced
            && remark.starts_with([
                '(', '-', '–', '—', '#', '<', '←', '=', '|', '/', '✓', '✅', '❌', '[',
            ]);
    match &written {
        Written::Word(word) if !written.is_literal() => remark.is_empty() && is_special_word(word),
        Written::Call(name, _) => {
            remark.is_empty() || closes && name.len() > 1 && written.is_literal()
        }
        Written::Int(_) | Written::Float(_) => {
            closes || remark.starts_with(|c: char| c.is_ascii_digit()) || one_lowercase_word(remark)
        }
        Written::Rest => false,
        Written::Cut(_) => closes || remark.starts_with(|c: char| c.is_ascii_digit()),
        _ => closes || spaced && written.is_literal(),
    }
}

fn is_special_word(word: &str) -> bool {
    matches!(
        word,
        "inf" | "nan" | "NaN" | "Ellipsis" | "NotImplemented" | "true" | "false" | "null"
    ) || word.contains('.') && word.starts_with(|c: char| c.is_ascii_uppercase())
}

fn one_lowercase_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_lowercase() || c == '-')
}

/// Labels of what is no output.
const OTHER_LABELS: [&str; 8] = [
    "note", "warning", "todo", "tip", "hint", "default", "example", "see",
];

fn ends_with_value(text: &str) -> bool {
    [": ", "-> ", "=> ", "→ ", "= "].iter().any(|separator| {
        text.match_indices(separator).any(|(at, _)| {
            let label = text[..at].trim();
            let tail = text[at + separator.len()..].trim();
            label.split_whitespace().count() <= 8
                && !OTHER_LABELS.contains(&label.to_lowercase().as_str())
                && !tail.is_empty()
                && begins_with_value(tail)
        })
    }) || parenthesised_value(text)
        || says_of_a_name(text)
        || is_figure(text)
}

/// `H`, `a,b`, `HelloHello`: one word that no sentence would use, so a text without its quotes.
pub(super) fn is_token(text: &str) -> bool {
    let joined = |c: char| matches!(c, ',' | '_' | '/' | ':' | '@' | '.');
    let inner = text.trim_end_matches(['.', ':', ',', '!', '?']);
    let capital_inside =
        inner.chars().skip(1).any(char::is_uppercase) && inner.chars().any(char::is_lowercase);
    !text.contains(char::is_whitespace)
        && (text.chars().count() == 1 && text.chars().all(char::is_alphanumeric)
            || inner.contains(joined)
            || capital_inside)
}

/// `mappingproxy`, `collections.deque`, `list[int]`: nothing else than a name.
pub(super) fn is_name(text: &str) -> bool {
    let joined = |c: char| matches!(c, '_' | '.' | '[' | ']' | ',');
    let text = text.trim_end_matches(['!', '.']);
    text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_alphanumeric() || joined(c))
}

/// `2024-02-01`, `12:30`, `50%`: one word that begins with a digit.
fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit() || c == '%')
        && !text.contains(char::is_whitespace)
}

/// `total is 5`, `total is now 5`: one name, and what it is.
fn says_of_a_name(text: &str) -> bool {
    [" is now ", " becomes ", " equals ", " is "]
        .iter()
        .any(|verb| {
            text.split_once(verb).is_some_and(|(name, value)| {
                !name.is_empty()
                    && name.chars().all(|c| c.is_alphanumeric() || c == '_')
                    && Written::at_start(value).is_some_and(|(written, _)| written.is_literal())
                    && begins_with_value(value)
            })
        })
}

/// `Extension (.txt)`: one word, and what it is here.
fn parenthesised_value(text: &str) -> bool {
    let Some((word, inner)) = text
        .strip_suffix(')')
        .and_then(|text| text.split_once(" ("))
    else {
        return false;
    };
    !word.contains(' ') && !inner.is_empty() && !inner.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_told_apart() {
        let echoes = words("'Hello, ' 'Loading config'").collect();
        for (text, claim) in [
            ("[1, 2] -- changed", Claim::Value),
            ("True (same object)", Claim::Value),
            ("3 items", Claim::Value),
            ("3 of the items", Claim::Words),
            ("([],) initially", Claim::Value),
            ("First match: 'a1'", Claim::Value),
            ("Suffix (.csv)", Claim::Value),
            ("Hello, Ann!", Claim::Echo),
            ("Rotate to the left", Claim::Words),
            ("TypeError", Claim::Raises),
            ("TypeError: no such thing", Claim::Raises),
            ("Raises KeyError (missing)", Claim::Raises),
            ("No KeyError!", Claim::Words),
            ("KeyError if the key is missing", Claim::Words),
            ("If missing, raises KeyError", Claim::Words),
            ("Error!", Claim::Raises),
            ("generator", Claim::Type),
            ("~ 48 bytes", Claim::Size),
            ("Memory: 8MB", Claim::Size),
            ("~1.5s (no gain)", Claim::Timing),
            ("Slow part (takes 3 seconds)", Claim::Timing),
            ("Waits until 3 seconds passed", Claim::Words),
            ("twice as much, 2x faster", Claim::Relation),
            ("O(1) on average", Claim::Words),
            ("noqa: E501", Claim::Nothing),
            ("total is now 5", Claim::Value),
            ("2024-02-01", Claim::Value),
            ("this is a list", Claim::Words),
            ("(1)!", Claim::Nothing),
            ("1402... 1403...", Claim::Value),
            ("type: ignore", Claim::Nothing),
        ] {
            assert_eq!(of(text, &echoes), claim, "{text}");
        }
    }
}
