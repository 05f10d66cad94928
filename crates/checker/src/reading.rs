//! What a comment's text may state: a value, a value with a remark, a value behind a label.
//!
//! Knows the text alone. Every reading is worth comparing; only a firm one may be called wrong.

mod hedge;
mod remark;

pub(crate) use hedge::is_hedged;

use hedge::outside_quotes;
use remark::{OTHER_STOPS, Remark, remark};
use snipcheck_core::{Written, without_about};

/// One way to read a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading<'a> {
    /// What it states.
    pub(crate) text: &'a str,
    /// What was left aside.
    pub(crate) aside: Aside,
    /// Whether nobody would read it otherwise.
    pub(crate) weight: Weight,
}

/// What a reading leaves aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aside {
    /// Nothing.
    Nothing,
    /// A remark behind the value.
    Remark,
    /// A label before it.
    Label,
}

/// See [`Reading::weight`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// It is the guide's word: where it is not what came out, the guide is wrong.
    Firm,
    /// It may be meant otherwise.
    Loose,
}

impl Weight {
    fn firm_if(firm: bool) -> Weight {
        if firm { Weight::Firm } else { Weight::Loose }
    }
}

/// All readings of a text, the fullest one first.
pub(crate) fn readings(text: &str) -> Vec<Reading<'_>> {
    let text = text.trim();
    let mut found = vec![Reading {
        text,
        aside: Aside::Nothing,
        weight: Weight::firm_if(is_value(text)),
    }];
    // No part of a value, or of several ones side by side, is the remark or the label of another part.
    if is_value(text) || Written::of(text).is_some_and(|written| written.is_container()) {
        return found;
    }
    let value = with_remark(text);
    found.extend(value);
    if value.is_none_or(|value| value.weight == Weight::Loose) {
        found.extend(with_label(text));
    }
    found.extend(behind_words(text));
    found.extend(behind_other_script(text));
    found.extend(before_remark(text));
    found.extend(in_parentheses(text));
    found.extend(in_a_file(text));
    found.extend(estimate(text));
    if is_hedged(text) {
        for reading in &mut found {
            reading.weight = Weight::Loose;
        }
    }
    found
}

/// Whether the whole of a text is a value, or several ones side by side.
pub(crate) fn is_value(text: &str) -> bool {
    if let Some(written) = Written::of(text) {
        return is_firm(&written) && !is_in_parentheses(text, &written);
    }
    if text.contains(',')
        && let Some(whole @ Written::Tuple(_)) =
            Written::of(&format!("({})", text.trim_end_matches(',')))
        && whole.is_literal()
    {
        return true;
    }
    let parts = |separator: &str| {
        let mut parts: Vec<&str> = text.split(separator).map(str::trim).collect();
        if let Some(gap) = parts.iter().position(|part| matches!(*part, "..." | "…")) {
            parts.remove(gap);
        }
        parts.len() > 1
            && parts.iter().all(|part| {
                Written::of(part)
                    .is_some_and(|written| is_firm(&written) && written != Written::Rest)
            })
    };
    [" ", ", ", " -> ", ", then ", " then ", "\n"]
        .into_iter()
        .any(parts)
}

/// `(1)` is the number of a note.
fn is_in_parentheses(text: &str, written: &Written) -> bool {
    let is_complex = matches!(written, Written::Float(digits) if digits.ends_with('j'));
    text.starts_with('(') && !written.is_container() && !is_complex
}

/// Whether a value is one that nobody would write as words.
fn is_firm(written: &Written) -> bool {
    match written {
        Written::Rest => false,
        // `3.33...`; a whole number that is cut is an address.
        Written::Cut(digits) => digits.contains('.'),
        Written::Call(name, arguments) => {
            let tells = |(keyword, value): &(Option<String>, Written)| {
                keyword.is_some() || value.is_container() || matches!(value, Written::Str { .. })
            };
            name.len() > 1 && written.is_literal() && arguments.iter().any(tells)
        }
        _ => written.is_literal(),
    }
}

/// The value at the start of a text, if a remark follows it.
fn with_remark(text: &str) -> Option<Reading<'_>> {
    let (written, end) = Written::at_start(text)?;
    let behind = &text[end..];
    let is_plain_word = matches!(written, Written::Word(_)) && !written.is_literal();
    if behind.is_empty() || is_plain_word {
        return None;
    }
    let firm = is_firm(&written) && !is_in_parentheses(text, &written);
    let weight = match remark(behind, &written) {
        Remark::Set => Weight::firm_if(firm),
        Remark::Words => Weight::Loose,
        Remark::No => return None,
    };
    Some(Reading {
        text: &text[..end],
        aside: Aside::Remark,
        weight,
    })
}

/// Words that may stand before several values.
const MOST_WORDS: usize = 4;

/// Words after which a value is not what comes out.
const OTHER_LABELS: [&str; 32] = [
    "error",
    "check",
    "default",
    "defaults",
    "note",
    "warning",
    "todo",
    "see",
    "tip",
    "old",
    "instead",
    "time",
    "complexity",
    "line",
    "step",
    "input",
    "args",
    "arg",
    "argument",
    "parameter",
    "order",
    "python",
    "not",
    "expected",
    "expects",
    "like",
    "same",
    "refcount",
    "count",
    "version",
    "since",
    "from",
];

/// Readings of what stands behind a label or an arrow.
fn with_label(text: &str) -> Vec<Reading<'_>> {
    let mut found = Vec::new();
    for (separator, may_be_firm) in [
        (": ", true),
        ("-> ", true),
        ("=> ", true),
        ("→ ", true),
        ("= ", false),
        (" is now ", false),
        (" becomes ", false),
        (" equals ", false),
        (" is ", false),
        (":", false),
    ] {
        let places: Vec<usize> = text.match_indices(separator).map(|(at, _)| at).collect();
        for &at in &places {
            let tail = text[at + separator.len()..].trim();
            let firm = may_be_firm && places.len() == 1 && is_plain_label(&text[..at]);
            if tail.is_empty() {
                continue;
            }
            let whole = Reading {
                text: tail,
                aside: Aside::Label,
                weight: Weight::firm_if(firm && is_value(tail)),
            };
            found.push(whole);
            found.extend(with_remark(tail).map(|reading| Reading {
                aside: Aside::Label,
                weight: if firm { reading.weight } else { Weight::Loose },
                ..reading
            }));
        }
    }
    found
}

/// A few words that name what comes out.
fn is_plain_label(label: &str) -> bool {
    let label = label.trim().trim_end_matches(['-', '=']).trim_end();
    let words: Vec<String> = label.split_whitespace().map(str::to_lowercase).collect();
    (1..=4).contains(&words.len())
        && label.chars().all(|c| c.is_alphabetic() || c == ' ')
        && !words
            .iter()
            .any(|word| OTHER_LABELS.contains(&word.as_str()))
}

/// `Prints the numbers 1, 2, 3`: several values behind a few words, in any language.
fn behind_words(text: &str) -> Option<Reading<'_>> {
    let text = text.split(" (").next().unwrap_or(text);
    let mut ends = text.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS);
    let start = ends.find(|&at| is_value(text[at..].trim()))?;
    let tail = text[start..].trim();
    Written::of(tail).is_none().then_some(Reading {
        text: tail,
        aside: Aside::Label,
        weight: Weight::Loose,
    })
}

/// A value right behind words of a script that sets no spaces.
fn behind_other_script(text: &str) -> Option<Reading<'_>> {
    let (at, last) = text.char_indices().rfind(|(_, c)| !c.is_ascii())?;
    let tail = text[at + last.len_utf8()..].trim();
    // `从0到5` speaks of two numbers.
    let words = outside_quotes(&text[..at + last.len_utf8()]);
    let clause = words
        .rsplit([',', '，', '。', '、', '；', '،'])
        .next()
        .unwrap_or_default();
    let is_part = Written::of(tail).is_some_and(|value| value.is_number())
        && (clause.is_empty() || clause.contains(|c: char| c.is_ascii_digit()));
    (is_value(tail) && !is_part).then_some(Reading {
        text: tail,
        aside: Aside::Label,
        weight: Weight::Loose,
    })
}

/// Plain text up to where a remark may begin.
fn before_remark(text: &str) -> Vec<Reading<'_>> {
    let openers = [
        " (", " --", " —", " –", " - ", "  ", " <-", " ←", " #", "! ", ", ", "; ", ". ",
    ];
    let mut ends: Vec<usize> = openers
        .iter()
        .flat_map(|opener| text.match_indices(opener).map(|(at, _)| at))
        .chain(text.match_indices(OTHER_STOPS).map(|(at, _)| at))
        // A stop before the remark may belong to the text: `Hello! That is all`.
        .chain(
            ["! ", ". "]
                .iter()
                .flat_map(|stop| text.match_indices(stop).map(|(at, _)| at + 1)),
        )
        .chain(text.ends_with(['!', '.']).then(|| text.len() - 1))
        .filter(|&at| at > 0)
        .collect();
    ends.sort_unstable_by(|left, right| right.cmp(left));
    ends.dedup();
    ends.into_iter()
        .map(|end| Reading {
            text: text[..end].trim_end(),
            aside: Aside::Remark,
            weight: Weight::Loose,
        })
        .collect()
}

/// `False in a REPL, may be True in a script`: a guide is run as a file is.
fn in_a_file(text: &str) -> Option<Reading<'_>> {
    let clause = text
        .split([',', ';', '/'])
        .find(|clause| clause.contains("script") || clause.contains("file"))?;
    let word = clause
        .split_whitespace()
        .find(|word| matches!(*word, "True" | "False" | "None"))?;
    Some(Reading {
        text: word,
        aside: Aside::Label,
        weight: Weight::Loose,
    })
}

/// `~3.14`
fn estimate(text: &str) -> Option<Reading<'_>> {
    let tail = without_about(text);
    let (_, end) = Written::at_start(tail).filter(|_| tail != text)?;
    Some(Reading {
        text: &tail[..end],
        aside: Aside::Label,
        weight: Weight::Loose,
    })
}

/// `Suffix (.csv)`
fn in_parentheses(text: &str) -> Option<Reading<'_>> {
    let (_, inner) = text.strip_suffix(')')?.split_once(" (")?;
    Some(Reading {
        text: inner,
        aside: Aside::Label,
        weight: Weight::Loose,
    })
}

#[cfg(test)]
mod tests;
