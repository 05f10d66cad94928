//! Whether a text that is not equal was still meant to be the output: nearly the same, with a slip.

use crate::compare::{compare, neutral, parted, same_value};
use snipcheck_core::Written;

/// How much of the stated words must be the real ones.
const SAME_WORDS: f64 = 0.6;

/// The least likeness of two single words, and the least length for it to mean anything.
const LIKE_WORD: f64 = 0.75;
const LEAST_LETTERS: usize = 4;

/// Words of a listing that are looked at.
const LONGEST_LISTING: usize = 1000;

/// Whether a stated line is the real one with a few words or numbers wrong.
pub(crate) fn is_slip(stated: &str, real: &str) -> bool {
    if stated.eq_ignore_ascii_case(real) || without_stop(stated) == without_stop(real) {
        return false;
    }
    if let (Some(stated), Some(real)) = (Written::of(stated), Written::of(real)) {
        if stated.is_container() {
            return is_slip_inside(&stated, &real);
        }
        if matches!(stated, Written::Call(..)) {
            return is_same_call(&stated, &real);
        }
    }
    let (stated, real) = (neutral(stated), neutral(real));
    let left: Vec<&str> = stated.split_whitespace().collect();
    let right: Vec<&str> = real.split_whitespace().collect();
    if left.len() != right.len() || left.is_empty() {
        return false;
    }
    let wrong: Vec<(&str, &str)> = left
        .iter()
        .zip(&right)
        .filter(|(left, right)| compare(left, right).is_none())
        .map(|(left, right)| (*left, *right))
        .collect();
    if wrong.iter().any(|(left, _)| stands_for_another(left)) {
        return false;
    }
    if left.len() == 1 {
        return wrong.iter().all(|(left, right)| is_like(left, right));
    }
    let same = left.len() - wrong.len();
    let letters: usize = left
        .iter()
        .map(|word| word.chars().filter(|c| c.is_alphabetic()).count())
        .sum();
    letters >= LEAST_LETTERS && ratio(same, left.len()) >= SAME_WORDS
        || wrong.len() == 1 && wrong.iter().all(|(left, right)| is_like(left, right))
}

/// Whether two calls have one name, and the stated one is written in full: `Point(1, 2)`.
pub(crate) fn is_same_call(stated: &Written, real: &Written) -> bool {
    match (stated, real) {
        (Written::Call(name, _), Written::Call(other, _)) => {
            name.rsplit('.').next() == other.rsplit('.').next() && stated.is_literal()
        }
        _ => false,
    }
}

/// Whether two containers are alike but for some items.
fn is_slip_inside(stated: &Written, real: &Written) -> bool {
    let ((Written::List(stated), Written::List(real))
    | (Written::Tuple(stated), Written::Tuple(real))) = (stated, real)
    else {
        return false;
    };
    let same = stated
        .iter()
        .zip(real)
        .filter(|(stated, real)| same_value(stated, real).is_some())
        .count();
    stated.len() == real.len() && stated.len() > 1 && ratio(same, stated.len()) >= SAME_WORDS
}

/// Whether several outputs side by side are the real ones but for some.
pub(crate) fn is_slip_of_several(stated: &str, outputs: &[&str]) -> bool {
    outputs.len() > 1
        && !mentions_in_order(stated, outputs)
        && parted(stated).any(|parts| {
            let same = parts
                .iter()
                .zip(outputs)
                .filter(|(part, output)| compare(part, output).is_some())
                .count();
            parts.len() == outputs.len() && ratio(same, parts.len()) >= SAME_WORDS
        })
}

/// Whether a text names all outputs, one after the other.
fn mentions_in_order(stated: &str, outputs: &[&str]) -> bool {
    let mut rest = stated;
    outputs
        .iter()
        .all(|output| match rest.split_once(output.trim()) {
            Some((_, tail)) => {
                rest = tail;
                true
            }
            None => false,
        })
}

/// Whether a listing states most of what came out, so that it can only be meant as that.
pub(crate) fn is_like_listing(stated: &str, real: &str) -> bool {
    let left: Vec<&str> = stated.split_whitespace().take(LONGEST_LISTING).collect();
    let mut right: Vec<&str> = real.split_whitespace().take(LONGEST_LISTING).collect();
    let mut same = 0;
    for word in &left {
        if let Some(at) = right.iter().position(|other| other == word) {
            right.swap_remove(at);
            same += 1;
        }
    }
    left.len() > 3 && ratio(same, left.len()) >= SAME_WORDS
}

/// Whether two lists of names differ in names like `__file__` only: which of them there are depends on
/// the interpreter and on how it was started.
pub(crate) fn differs_in_dunders(stated: &str, real: &str) -> bool {
    let mut differ = false;
    let mut lines = stated.trim().lines().rev().zip(real.trim().lines().rev());
    let alike = lines.all(|(stated, real)| {
        let listed = lists_other_dunders(stated, real);
        differ |= listed;
        listed || compare(stated, real).is_some()
    });
    alike && differ || lists_other_dunders(stated, real)
}

fn lists_other_dunders(stated: &str, real: &str) -> bool {
    let names = |text: &str| match Written::of(text.trim()) {
        Some(Written::List(items)) => items
            .into_iter()
            .map(|item| match item {
                Written::Str { text, .. } => Some(text),
                Written::Rest => Some("...".to_owned()),
                _ => None,
            })
            .collect::<Option<Vec<_>>>(),
        _ => None,
    };
    let (Some(stated), Some(real)) = (names(stated), names(real)) else {
        return false;
    };
    let is_own = |name: &&String| !(name.starts_with("__") && name.ends_with("__"));
    let left: Vec<&String> = stated.iter().filter(is_own).collect();
    let right: Vec<&String> = real.iter().filter(is_own).collect();
    let open = left.last().is_some_and(|last| *last == "...");
    let given = &left[..left.len() - usize::from(open)];
    if open {
        right.starts_with(given)
    } else {
        given == right.as_slice()
    }
}

/// Whether every stated line was written, in this order, with other lines between them.
pub(crate) fn leaves_out_lines(stated: &str, real: &str) -> bool {
    let mut real_lines = real.lines();
    let stated: Vec<&str> = stated
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    stated.len() > 1
        && stated
            .iter()
            .all(|line| real_lines.any(|real| compare(line.trim(), real.trim()).is_some()))
}

/// A text without the stop at its end, which a guide's own sentence may have.
fn without_stop(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | ']' | '}' | '>'))
}

fn is_like(left: &str, right: &str) -> bool {
    left.chars().count() >= LEAST_LETTERS
        && !left.eq_ignore_ascii_case(right)
        && strsim::normalized_damerau_levenshtein(left, right) >= LIKE_WORD
}

/// `N`, `<name>`, `{x}`, `XX`, `???`: a word that stands for whatever comes.
fn stands_for_another(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| matches!(c, ',' | '.' | ':' | ';' | '!' | '(' | ')'));
    inner.starts_with(['<', '{', '[', '$', '?', '…'])
        || inner.contains("...")
        || inner.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_interpreter_are_told_from_others() {
        for (stated, real, own) in [
            ("['__doc__', 'a']", "['__doc__', '__file__', 'a']", true),
            ("['__doc__', 'a', ...]", "['__file__', 'a', 'b']", true),
            ("['__doc__', 'b']", "['__doc__', 'a']", false),
            ("['__a__', 'b']\n3", "['b']\n3", true),
            ("['__a__', 'b']\n4", "['b']\n3", false),
            ("[1]", "[1]", false),
        ] {
            assert_eq!(differs_in_dunders(stated, real), own, "{stated}");
        }
    }

    #[test]
    fn lines_that_are_left_out() {
        for (stated, real, left_out) in [
            ("a\nc", "a\n  b\nc", true),
            ("a\nd", "a\nb\nc", false),
            ("c\na", "a\nb\nc", false),
            ("a", "a\nb", false),
        ] {
            assert_eq!(leaves_out_lines(stated, real), left_out, "{stated}");
        }
    }

    #[test]
    fn slips_are_told_from_prose() {
        for (stated, real, slip) in [
            ("Hello, Bob!", "Hello, Ann!", false),
            ("Hello there, Bob!", "Hello there, Ann!", true),
            ("Total is 4", "Total is 5", true),
            ("timestamp", "timestam", true),
            ("Fine", "Ann", false),
            ("true", "True", false),
            ("Item number N", "Item number 3", false),
            ("P(1, 2)", "P(1, 3)", true),
            ("P(x)", "P(1)", false),
            (
                "[Leaf, Tree, Bush]",
                "[<class 'Leaf'>, <class 'Tree'>, <class 'Twig'>]",
                true,
            ),
            ("[first, second]", "[1, 2]", false),
            (
                "Set 5 on <Tree object>",
                "Set 6 on <__main__.Tree object at 0x7f12ab34cd56>",
                true,
            ),
            ("the list is unchanged", "[1, 2]", false),
        ] {
            assert_eq!(is_slip(stated, real), slip, "{stated} / {real}");
        }
    }
}
