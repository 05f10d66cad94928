//! What a statement writes: `print(x)  # [1, 2]`.

use super::{matching, measure};
use crate::case::Case;
use crate::reading::{Aside, Reading, is_hedged, readings};
use crate::rule::{Judgement, Rule};
use crate::similar;
use snipcheck_core::{Expectation, Written, says_nothing};

/// How many of the last lines one comment may speak of.
const MOST_LINES: usize = 500;

/// Judges a comment by what its statement wrote.
pub(crate) fn judge(case: &Case<'_>) -> Judgement {
    let output = case.evidence.output();
    if let Some(judgement) = pass(case, &output) {
        return judgement;
    }
    if let Some(judgement) = silence(case).or_else(|| case.unseen()) {
        return judgement;
    }
    let shown = output.trim_end_matches('\n');
    if shown.is_empty() {
        return Judgement::skip(format!("{} wrote nothing that was seen", case.place()));
    }
    wrong(case, shown)
}

/// `(nothing)`, and `''` of a statement that wrote an empty line.
pub(crate) fn silence(case: &Case<'_>) -> Option<Judgement> {
    let text = case.expectation.text.trim();
    let output = case.evidence.output();
    let shown = output.trim();
    let is_empty = matches!(Written::of(text), Some(Written::Str { text, .. }) if text.is_empty());
    let wrote_empty = shown.is_empty() && !case.evidence.written.is_empty();
    if is_empty && wrote_empty {
        return Some(Judgement::pass(Rule::Quotes, text, ""));
    }
    if !says_nothing(text) || !case.evidence.was_reached() {
        return None;
    }
    if shown.is_empty() {
        return Some(Judgement::pass(Rule::Exact, text, ""));
    }
    let reason = format!("{} writes something", case.place());
    // `nothing` alone may be what is meant by an empty list.
    let lower = text.to_lowercase();
    Some(if lower.contains("output") || lower.contains("print") {
        Judgement::fail(text, shown, reason)
    } else {
        Judgement::skip(reason).showing(text, shown)
    })
}

/// A pass, if the comment says what was written in any way.
pub(crate) fn pass(case: &Case<'_>, output: &str) -> Option<Judgement> {
    let expectation = case.expectation;
    let output = output.trim_end_matches('\n');
    if output.is_empty() {
        return None;
    }
    let own = case.evidence.own.trim_end_matches('\n');
    let lines: Vec<&str> = output.lines().collect();
    let last = lines.last().copied().unwrap_or_default();
    matching::equal(expectation, output)
        .or_else(|| (!own.is_empty()).then(|| matching::equal(expectation, own))?)
        .or_else(|| matching::side_by_side(expectation, &lines))
        .or_else(|| matching::with_commas(expectation, output))
        .or_else(|| {
            if similar::is_slip_of_several(&expectation.text, &lines) {
                return None;
            }
            let line = lines
                .iter()
                .rev()
                .take(MOST_LINES)
                .find_map(|line| matching::equal(expectation, line))
                .filter(|found| !is_one_of_several_numbers(found, expectation))?;
            Some(named(line, Rule::Line))
        })
        .or_else(|| matching::behind_label(expectation, output))
        .or_else(|| matching::behind_label(expectation, last))
}

/// Whether a number that is one of the lines was taken from a text with other numbers: `0 to 10`.
fn is_one_of_several_numbers(found: &Judgement, expectation: &Expectation) -> bool {
    let taken = found.expected.as_deref().unwrap_or_default();
    let rest = expectation.text.replacen(taken, "", 1);
    let is_number = Written::of(taken).is_some_and(|taken| taken.is_number());
    is_number && rest.contains(|c: char| c.is_ascii_digit())
}

/// The same pass, by this rule if it is the more lenient one.
fn named(mut judgement: Judgement, rule: Rule) -> Judgement {
    judgement.rule = judgement.rule.map(|found| found.and(rule));
    judgement
}

/// A fail where the comment can only be meant as the output, else a skip.
fn wrong(case: &Case<'_>, output: &str) -> Judgement {
    let text = case.expectation.text.trim();
    let prose = || Judgement::skip("reads as prose").showing(text, output);
    let reason = format!("{} wrote something else", case.place());
    let code = case.code.text(case.expectation.statement);
    if measure::is_another_type(&code, text, output) {
        return Judgement::fail(text, output, reason);
    }
    let Some(firm) = matching::firm(case.expectation) else {
        let lines: Vec<&str> = output.lines().collect();
        let is_slip = |reading: &Reading<'_>| match lines.as_slice() {
            [_] => similar::is_slip(reading.text, output),
            lines => similar::is_slip_of_several(reading.text, lines),
        };
        let slip = !is_hedged(text) && readings(text).iter().any(is_slip);
        return if slip {
            Judgement::fail(text, output, reason)
        } else {
            prose()
        };
    };
    // `# 2` behind `print("start")` tells the order, not the output.
    let is_whole = matches!(Written::of(firm.text), Some(Written::Int(_)));
    let is_text = !output.contains(|c: char| c.is_ascii_digit())
        && Written::of(output).is_none_or(|real| !real.is_literal());
    if case.counts_steps || is_whole && is_text {
        return Judgement::skip("reads as the number of a step").showing(firm.text, output);
    }
    let stated = Written::of(firm.text);
    let is_container = stated.as_ref().is_some_and(Written::is_container);
    let inner = match &stated {
        Some(Written::Str { text, .. }) => text.as_str(),
        _ => firm.text,
    };
    if !is_container && matching::mentions(output, inner) {
        return Judgement::skip("says only a part of what was written").showing(firm.text, output);
    }
    let is_remark = firm.aside == Aside::Remark && stated.as_ref().is_some_and(Written::is_number);
    if is_remark && Written::of(output).is_none() {
        return Judgement::skip("the number may be that of something else")
            .showing(firm.text, output);
    }
    if matching::same_items(firm.text, output) {
        return Judgement::skip("shows what is inside, not the value itself")
            .showing(firm.text, output);
    }
    let is_array =
        output.starts_with('[') && !output.contains(',') && Written::of(output).is_none();
    if is_container && is_array {
        return Judgement::skip("an array is shown in its own way").showing(firm.text, output);
    }
    if similar::differs_in_dunders(firm.text, output) {
        return Judgement::skip("names of the interpreter's own differ").showing(firm.text, output);
    }
    let many = output.contains('\n') && Written::of(firm.text).is_some();
    if many {
        return Judgement::skip(format!(
            "{} wrote several lines, and none of them is the stated one",
            case.place()
        ))
        .showing(firm.text, output);
    }
    Judgement::fail(firm.text, output, reason)
}
