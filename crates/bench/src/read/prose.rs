//! What a sentence says of two pieces of code in it, one of which is faster than the other; and of its own numbers.

use super::repeat::works;
use super::words::{Said, said};
use super::{Hypothesis, Reading, relation, sums};
use crate::answer::Claim;
use crate::contest::Contest;
use ruff_python_parser::parse_module;
use snipcheck_core::Line;

/// What a paragraph, which begins on this line, says of code that stands in it.
pub fn spoken(first: Line, paragraph: &str) -> Vec<Hypothesis> {
    let text = paragraph.replace("\\~", "~");
    let mut found = Vec::new();
    let mut below = 0;
    for sentence in sentences(&text) {
        let start = sentence.len() - sentence.trim_start().len();
        let breaks = |text: &str| u32::try_from(text.matches('\n').count()).unwrap_or(0);
        let line = first.plus(below + breaks(&sentence[..start]));
        below += breaks(sentence);
        let words = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        let contest = compared(&words).map(|contest| Reading::Contest {
            contest,
            places: None,
        });
        let sums = sums(&words, &[]).into_iter().map(Reading::Sum);
        found.extend(contest.into_iter().chain(sums).map(|reading| Hypothesis {
            line,
            words: words.clone(),
            reading,
            is_confirmed: false,
        }));
    }
    found
}

/// `` `a` is twice as fast as `b` ``: two pieces of code, and between them the words that compare them.
fn compared(sentence: &str) -> Option<Contest> {
    let pieces = pieces(sentence);
    // Text and code in turns: every second one is code.
    let mut codes = pieces.windows(3).skip(1).step_by(2);
    codes.find_map(|three| match three {
        [code, between, base] => contest(code, between, base),
        _ => None,
    })
}

fn contest(code: &str, between: &str, base: &str) -> Option<Contest> {
    let word = between.split_whitespace().next_back()?;
    if !matches!(word, "than" | "as") {
        return None;
    }
    let claim = match said(between).as_slice() {
        [one] => relation(*one)?,
        _ => return None,
    };
    // `slower than`, without a number, is the other way round.
    let (claim, code, base) = match claim {
        Claim::NoSpeedUp if says_slower(between) => (Claim::Faster, base, code),
        claim => (claim, code, base),
    };
    let text = |code: &str| {
        let module = parse_module(code).ok()?.into_suite();
        works(&module).then(|| format!("{code}\n"))
    };
    Some(Contest {
        claim,
        code: text(code)?,
        base: text(base)?,
        before: String::new(),
        must_agree: false,
    })
}

fn says_slower(words: &str) -> bool {
    words.split_whitespace().any(|word| word == "slower") && said(words) == [Said::NoSpeedUp]
}

/// Text and code in turns, beginning and ending with text.
fn pieces(sentence: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some(start) = rest.find('`') {
        let fence = rest[start..].chars().take_while(|c| *c == '`').count();
        let inner = &rest[start + fence..];
        let Some(end) = inner.find(&rest[start..start + fence]) else {
            break;
        };
        found.push(&rest[..start]);
        found.push(&inner[..end]);
        rest = &inner[end + fence..];
    }
    found.push(rest);
    found
}

/// The sentences of a paragraph: what ends with a full stop, a question mark or a semicolon outside of code.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    let mut last = ' ';
    text.split_inclusive(move |c: char| {
        in_code ^= c == '`';
        let ends = !in_code && c.is_whitespace() && matches!(last, '.' | '?' | '!' | ';');
        last = c;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pieces_of_code_are_compared() {
        for (text, expected) in [
            (
                "Do not. `'a' in word` is 3x faster than `re.search('a', word)`. So there.",
                Some((Claim::SpeedUp(3.0), "'a' in word\n")),
            ),
            (
                "* `[*row]` is faster than ``list(row)``",
                Some((Claim::Faster, "[*row]\n")),
            ),
            (
                "`sorted(row)[0]` is slower than `min(row)`",
                Some((Claim::Faster, "min(row)\n")),
            ),
            (
                "`''.join(row)` is 20-30% faster than `f(row)`",
                Some((Claim::Saves(0.2, 0.3), "''.join(row)\n")),
            ),
            (
                "First. And `f(1)` is\n    faster than `g(1)`.",
                Some((Claim::Faster, "f(1)\n")),
            ),
            (
                "As `g` says: `f(1)` is faster than `g(1)`, `h` is not",
                Some((Claim::Faster, "f(1)\n")),
            ),
            ("`uv` is 10x faster than `pip`", None),
            ("`f(1)` is faster, and `g(1)` is slower", None),
            ("`f(1)` costs more than `g(1)`", None),
            ("`f(` is faster than `g(1)`", None),
            ("`f(1)` is faster than the rest", None),
        ] {
            let told = spoken(Line::FIRST, text);
            let told = match told.as_slice() {
                [
                    Hypothesis {
                        reading: Reading::Contest { contest, .. },
                        ..
                    },
                ] => Some((contest.claim, contest.code.as_str())),
                _ => None,
            };
            assert_eq!(told, expected, "{text}");
        }
    }
}
