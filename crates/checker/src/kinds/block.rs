//! Everything written up to a comment: `# Output:` and the lines below it.

use super::matching;
use crate::case::Case;
use crate::compare::compare;
use crate::reading::{is_hedged, is_value, readings};
use crate::rule::{Judgement, Rule};
use crate::similar;
use snipcheck_core::{Event, Notation, Stream};

/// Judges comment lines by what was written before them.
pub(crate) fn judge(case: &Case<'_>) -> Judgement {
    let output = case.evidence.output();
    let so_far = so_far(case);
    let stated: Vec<&str> = case
        .expectation
        .text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    if stated.is_empty() {
        return Judgement::skip("states no output");
    }
    if let Some(judgement) = pass(case, &stated, &output, &so_far) {
        return judgement;
    }
    if let Some(judgement) = case.unseen() {
        return judgement;
    }
    let shown = actual(&output, &so_far, stated.len());
    if shown.is_empty() {
        return Judgement::skip(format!("nothing was written up to {}", case.place()));
    }
    wrong(case, &stated, &shown)
}

fn pass(case: &Case<'_>, stated: &[&str], output: &str, so_far: &str) -> Option<Judgement> {
    let expectation = case.expectation;
    for text in [output, so_far] {
        let text = text.trim_end_matches('\n');
        if text.is_empty() {
            continue;
        }
        if let Some(rule) = compare(&expectation.text, text) {
            return Some(Judgement::pass(rule, &expectation.text, text));
        }
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        if let Some(rule) = all_lines(stated, &lines) {
            return Some(Judgement::pass(rule, &expectation.text, text));
        }
        let told = stated.len() - sentences(stated);
        if let Some(rule) = all_lines(&stated[..told], &lines) {
            let rule = rule.and(Rule::Remark);
            return Some(Judgement::pass(rule, &stated[..told].join("\n"), text));
        }
        if let Some(told) = set_off(stated)
            && let Some(rule) = all_lines(told, &lines)
        {
            let rule = rule.and(Rule::Remark);
            return Some(Judgement::pass(rule, &told.join("\n"), text));
        }
        let without_remarks: Vec<&str> = stated
            .iter()
            .copied()
            .filter(|line| !is_remark(line))
            .collect();
        if let Some(rule) = all_lines(&without_remarks, &lines) {
            return Some(Judgement::pass(
                rule.and(Rule::Remark),
                &expectation.text,
                text,
            ));
        }
        if let Some(rule) = last_lines(stated, &lines) {
            return Some(Judgement::pass(rule, &expectation.text, text));
        }
        if stated.len() == 1 {
            let found = matching::equal(expectation, text)
                .or_else(|| matching::side_by_side(expectation, &lines))
                .or_else(|| matching::behind_label(expectation, text))
                .or_else(|| ids(stated[0], text));
            if found.is_some() {
                return found;
            }
        }
    }
    case.evidence
        .values
        .iter()
        .find_map(|value| matching::equal(expectation, &value.repr))
}

/// What was written before the statement was done; where that is not known, until its last write.
fn so_far(case: &Case<'_>) -> String {
    if !case.evidence.until_done.is_empty() {
        return case.evidence.until_done.clone();
    }
    let lines = case.expectation.statement;
    let mut text = String::new();
    let mut length = 0;
    for event in &case.outcome.events {
        if let Event::Write {
            stream: Stream::Out,
            text: piece,
            lines: places,
        } = event
        {
            text.push_str(piece);
            if places.iter().any(|place| *place <= lines.last) {
                length = text.len();
            }
        }
    }
    text.truncate(length);
    text
}

/// The part of the output that the comment is most likely to speak of.
fn actual(output: &str, so_far: &str, count: usize) -> String {
    if !output.trim().is_empty() {
        return output.trim_end_matches('\n').to_owned();
    }
    let lines: Vec<&str> = so_far.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// Line by line, each with the remark that it may carry.
fn all_lines(stated: &[&str], lines: &[&str]) -> Option<Rule> {
    if stated.is_empty() || stated.len() != lines.len() {
        return None;
    }
    stated
        .iter()
        .zip(lines)
        .try_fold(Rule::Exact, |rule, (stated, line)| {
            Some(rule.and(same_line(stated, line)?))
        })
}

fn same_line(stated: &str, line: &str) -> Option<Rule> {
    readings(stated).iter().find_map(|reading| {
        let rule = compare(reading.text, line.trim())?;
        let whole = reading.text == stated.trim();
        Some(if whole { rule } else { rule.and(Rule::Remark) })
    })
}

/// The last lines, or the first ones where the comment ends in `...`.
fn last_lines(stated: &[&str], lines: &[&str]) -> Option<Rule> {
    if let Some((&"...", first)) = stated.split_last()
        && !first.is_empty()
        && first.len() < lines.len()
    {
        return all_lines(first, &lines[..first.len()]).map(|rule| rule.and(Rule::Ellipsis));
    }
    let start = lines
        .len()
        .checked_sub(stated.len())
        .filter(|start| *start > 0)?;
    all_lines(stated, &lines[start..]).map(|rule| rule.and(Rule::Line))
}

/// How many lines at the end are sentences about the output rather than output.
fn sentences(stated: &[&str]) -> usize {
    let is_sentence = |line: &&&str| {
        let line = line.trim();
        let words = line.split_whitespace().count();
        words > 3 && line.starts_with(char::is_uppercase) && line.ends_with(['.', '!', ':'])
    };
    stated[1..].iter().rev().take_while(is_sentence).count()
}

/// Whether a line says that the order of the others is not fixed.
fn is_in_any_order(line: &str) -> bool {
    let line = line.to_lowercase();
    line.contains("order")
        && [
            "unpredictable",
            "random",
            "arbitrary",
            "any ",
            "not guaranteed",
            "may ",
        ]
        .iter()
        .any(|word| line.contains(word))
}

/// The lines that are set off, where words that are not follow them.
fn set_off<'a>(stated: &'a [&'a str]) -> Option<&'a [&'a str]> {
    let is_set_off = |line: &&str| line.starts_with(' ');
    let count = stated.iter().take_while(|line| is_set_off(line)).count();
    let words = &stated[count..];
    let are_words = words
        .iter()
        .all(|line| !is_set_off(line) && line.split_whitespace().count() > 2 && !is_value(line));
    (count > 0 && !words.is_empty() && are_words).then_some(&stated[..count])
}

/// `(main was not called)`
fn is_remark(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('(') && line.ends_with(')') && !is_value(line)
}

/// `1402... 1403... 1402...`: addresses differ from run to run, but equal ones stay equal.
fn ids(stated: &str, real: &str) -> Option<Judgement> {
    let cut: Vec<&str> = stated
        .split_whitespace()
        .map_while(|word| word.strip_suffix("..."))
        .take_while(|digits| digits.len() > 3 && digits.chars().all(|c| c.is_ascii_digit()))
        .collect();
    let shown: Vec<&str> = real.split_whitespace().collect();
    let are_numbers = shown
        .iter()
        .all(|word| word.chars().all(|c| c.is_ascii_digit()));
    if cut.len() < 2 || cut.len() != shown.len() || !are_numbers {
        return None;
    }
    let pattern = |words: &[&str]| -> Vec<Option<usize>> {
        words
            .iter()
            .map(|word| words.iter().position(|other| other == word))
            .collect()
    };
    (pattern(&cut) == pattern(&shown)).then(|| Judgement::pass(Rule::Placeholder, stated, real))
}

fn wrong(case: &Case<'_>, stated: &[&str], shown: &str) -> Judgement {
    let expectation = case.expectation;
    let text = expectation.text.as_str();
    if similar::differs_in_dunders(text, shown) {
        return Judgement::skip("names of the interpreter's own differ").showing(text, shown);
    }
    if similar::leaves_out_lines(text, shown) {
        return Judgement::skip("leaves out lines of what was written").showing(text, shown);
    }
    let opening = expectation.comment.lines().next().unwrap_or_default();
    let words = stated.iter().filter(|line| !shown.contains(line.trim()));
    if is_hedged(opening.trim_start_matches(['#', ' ']))
        || words.into_iter().any(|line| is_in_any_order(line))
    {
        return Judgement::skip("holds only sometimes, as the guide says").showing(text, shown);
    }
    let marked = expectation.notation == Notation::Marked;
    let firm = stated.iter().all(|line| firm_line(line));
    let lines: Vec<&str> = shown.lines().collect();
    let slip = stated.len() == lines.len()
        && stated.iter().zip(&lines).all(|(stated, line)| {
            same_line(stated, line).is_some() || similar::is_slip(stated, line)
        });
    let listing = stated.len() > 1 && similar::is_like_listing(text, shown);
    if marked || firm || slip || listing {
        let reason = format!("something else was written up to {}", case.place());
        return Judgement::fail(text, &toward(stated, &lines), reason);
    }
    Judgement::skip("reads as prose").showing(text, shown)
}

fn firm_line(line: &str) -> bool {
    readings(line)
        .iter()
        .any(|reading| reading.weight == crate::reading::Weight::Firm)
}

/// The real lines, those that hold by some rule written as the guide has them.
pub(crate) fn toward(stated: &[&str], lines: &[&str]) -> String {
    let mut near: Vec<&str> = lines.to_vec();
    for (line, stated) in near.iter_mut().zip(stated) {
        if same_line(stated, line).is_some() {
            *line = stated;
        }
    }
    near.join("\n")
}
