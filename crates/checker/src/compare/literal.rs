//! Values compared part by part.

use super::{number, text};
use crate::rule::Rule;
use snipcheck_core::Written;

/// The most lenient rule that was needed to find two values the same.
pub(crate) fn same(stated: &Written, real: &Written) -> Option<Rule> {
    match (stated, real) {
        (Written::Int(stated), Written::Int(real)) => {
            (number::whole(stated)? == number::whole(real)?).then_some(Rule::Literal)
        }
        (Written::Float(stated), Written::Float(real)) => number::same(stated, real),
        (Written::Cut(start), Written::Int(real) | Written::Float(real)) => {
            let begins = real.starts_with(start.as_str()).then_some(Rule::Ellipsis);
            // `2.72...` for 2.718: rounded before it was cut.
            begins.or_else(|| number::same(start, real))
        }
        (
            Written::Str {
                text: stated,
                bytes,
            },
            Written::Str {
                text: real,
                bytes: other,
            },
        ) if bytes == other => {
            if stated == real {
                Some(Rule::Literal)
            } else {
                text::same(stated, real)
            }
        }
        (Written::List(stated), Written::List(real))
        | (Written::Tuple(stated), Written::Tuple(real)) => ordered(stated, real),
        (Written::Set(stated), Written::Set(real)) => unordered(stated, real),
        (Written::Dict(stated), Written::Dict(real)) => pairs(stated, real),
        (Written::Call(stated_name, stated), Written::Call(real_name, real)) => {
            call(stated_name, stated, real_name, real)
        }
        (Written::Word(stated), Written::Word(real)) => (stated == real).then_some(Rule::Literal),
        (Written::Word(word), Written::Angle(shown)) => named(word, shown),
        (Written::Angle(stated), Written::Angle(shown)) => angle(stated, shown),
        // A word that is no name of Python's stands for a string written without its quotes.
        (Written::Word(word), Written::Str { text, .. }) if !stated.is_literal() => {
            (word == text).then_some(Rule::Quotes)
        }
        _ => None,
    }
}

/// Items in order; `...` stands for any number of them.
fn ordered(stated: &[Written], real: &[Written]) -> Option<Rule> {
    let Some(at) = stated.iter().position(|item| *item == Written::Rest) else {
        return (stated.len() == real.len()).then(|| all(stated, real))?;
    };
    let (head, tail) = (&stated[..at], &stated[at + 1..]);
    if tail.contains(&Written::Rest)
        || head.len() + tail.len() > real.len()
        || head.is_empty() && tail.is_empty()
    {
        return None;
    }
    let rule = all(head, &real[..head.len()])?.and(all(tail, &real[real.len() - tail.len()..])?);
    Some(rule.and(Rule::Ellipsis))
}

fn all(stated: &[Written], real: &[Written]) -> Option<Rule> {
    stated
        .iter()
        .zip(real)
        .try_fold(Rule::Literal, |rule, (stated, real)| {
            Some(rule.and(same(stated, real)?))
        })
}

/// Items in any order: neither a guide nor Python promises one.
fn unordered(stated: &[Written], real: &[Written]) -> Option<Rule> {
    let open = stated.contains(&Written::Rest);
    let named: Vec<&Written> = stated
        .iter()
        .filter(|item| **item != Written::Rest)
        .collect();
    if named.is_empty() || !open && named.len() != real.len() {
        return None;
    }
    let mut left: Vec<&Written> = real.iter().collect();
    let mut rule = if open { Rule::Ellipsis } else { Rule::Literal };
    for item in named {
        let (at, found) = left
            .iter()
            .enumerate()
            .find_map(|(at, real)| Some((at, same(item, real)?)))?;
        left.remove(at);
        rule = rule.and(found);
    }
    Some(rule)
}

fn pairs(stated: &[(Written, Written)], real: &[(Written, Written)]) -> Option<Rule> {
    let open = stated.iter().any(|(key, _)| *key == Written::Rest);
    let named: Vec<_> = stated
        .iter()
        .filter(|(key, _)| *key != Written::Rest)
        .collect();
    if open && named.is_empty() || !open && named.len() != real.len() {
        return None;
    }
    let start = if open { Rule::Ellipsis } else { Rule::Literal };
    named.into_iter().try_fold(start, |rule, (key, value)| {
        let found = real.iter().find_map(|(real_key, real_value)| {
            Some(same(key, real_key)?.and(same(value, real_value)?))
        })?;
        Some(rule.and(found))
    })
}

type Argument = (Option<String>, Written);

/// `date(2024, 1, 2)` for `datetime.date(2024, 1, 2)`; what is not stated of keyword arguments may be there.
fn call(
    stated_name: &str,
    stated: &[Argument],
    real_name: &str,
    real: &[Argument],
) -> Option<Rule> {
    let mut rule = if stated_name == real_name {
        Rule::Literal
    } else if last_part(stated_name) == last_part(real_name) {
        Rule::Placeholder
    } else {
        return None;
    };
    if let [(None, Written::Rest)] = stated {
        return Some(rule.and(Rule::Ellipsis));
    }
    let open = stated
        .last()
        .is_some_and(|(_, value)| *value == Written::Rest);
    let stated = &stated[..stated.len() - usize::from(open)];
    if stated.len() > real.len() {
        return None;
    }
    for ((keyword, value), (real_keyword, real_value)) in stated.iter().zip(real) {
        if keyword != real_keyword {
            return None;
        }
        rule = rule.and(same(value, real_value)?);
    }
    let unstated = &real[stated.len()..];
    match unstated {
        [] => Some(rule),
        _ if open => Some(rule.and(Rule::Ellipsis)),
        _ if !stated.is_empty() && unstated.iter().all(|(keyword, _)| keyword.is_some()) => {
            Some(rule.and(Rule::Placeholder))
        }
        _ => None,
    }
}

/// A bare name for a class, a function or an enum member that Python shows in angle brackets.
fn named(word: &str, shown: &str) -> Option<Rule> {
    let shown = text::neutral_angle(shown);
    let name = shown
        .strip_prefix("class '")
        .map_or(shown.as_str(), |class| class.trim_end_matches('\''));
    let name = name.strip_prefix("function ").unwrap_or(name);
    let name = name.split_once(": ").map_or(name, |(member, _)| member);
    (last_part(name) == last_part(word)).then_some(Rule::Placeholder)
}

fn angle(stated: &str, shown: &str) -> Option<Rule> {
    if stated == shown {
        return Some(Rule::Literal);
    }
    let (stated, shown) = (text::neutral_angle(stated), text::neutral_angle(shown));
    if stated == shown {
        return Some(Rule::Placeholder);
    }
    let class = |text: &str| {
        text.strip_prefix("class '")
            .map(|name| last_part(name.trim_end_matches('\'')).to_owned())
    };
    let same_class = class(&stated).is_some() && class(&stated) == class(&shown);
    // `<generator object>` for one with a name and an address behind these words.
    let begins = shown
        .strip_prefix(stated.as_str())
        .is_some_and(|tail| tail.starts_with(' '));
    // A function within another one was once shown without the outer name.
    let named = |text: &str| {
        let (what, name) = text.split_once(' ')?;
        (what == "function").then(|| last_part(name).to_owned())
    };
    let same_function = named(&stated).is_some() && named(&stated) == named(&shown);
    if begins
        || same_class
        || same_function
        || last_part(&stated) == last_part(&shown) && !stated.contains(' ')
    {
        return Some(Rule::Placeholder);
    }
    text::with_gaps(&stated, &shown).then_some(Rule::Placeholder)
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
