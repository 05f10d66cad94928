//! Types, sizes and times.

use super::{matching, output};
use crate::case::Case;
use crate::compare::{compare, states_number};
use crate::rule::{Judgement, Rule};

/// How far a size may be from the stated one: object headers differ between versions and builds.
const SIZE_TOLERANCE: f64 = 0.25;

/// Judges `type(x)  # list` by the value and its classes.
pub(crate) fn type_name(case: &Case<'_>) -> Judgement {
    let text = case.expectation.text.trim().trim_end_matches(['!', '.']);
    let lower = text.to_lowercase();
    let stated = lower.strip_prefix("a ").unwrap_or(&lower);
    let stated = if stated == "string" { "str" } else { stated };
    for value in &case.evidence.values {
        let is_class = compare(text, &value.repr);
        let named = value
            .repr
            .strip_prefix("<class '")
            .and_then(|class| class.rsplit('.').next()?.strip_suffix("'>"));
        let of_type = value
            .classes
            .iter()
            .map(String::as_str)
            .chain(named)
            .any(|class| class.to_lowercase() == stated);
        let text_of_type = value
            .text
            .as_deref()
            .is_some_and(|text| text.to_lowercase() == stated);
        if is_class.is_some() || of_type || text_of_type {
            return Judgement::pass(Rule::Type, text, &value.repr);
        }
    }
    if let Some(judgement) = output::pass(case, &case.evidence.output()) {
        return judgement;
    }
    if let Some(judgement) = case.unseen() {
        return judgement;
    }
    match case.evidence.values.as_slice() {
        // The value is itself a class, so the name of a class can only be meant as it.
        [value]
            if value.repr.starts_with("<class '")
                && (is_type(text)
                    || text.starts_with(char::is_uppercase) && case.code.binds(text)) =>
        {
            Judgement::fail(
                text,
                &value.repr,
                format!("{} gives another type", case.place()),
            )
        }
        [value] => Judgement::skip("may speak of something else than the value")
            .showing(text, &value.type_name),
        _ => Judgement::skip(format!("the value of {} was not seen", case.place())),
    }
}

/// Types that everybody knows by name.
const TYPES: [&str; 14] = [
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
    "range",
    "NoneType",
];

fn is_type(text: &str) -> bool {
    TYPES.contains(&text)
}

/// Whether code that asks for a type wrote another one than is stated.
pub(super) fn is_another_type(code: &str, text: &str, output: &str) -> bool {
    let name = output
        .strip_prefix("<class '")
        .and_then(|name| name.strip_suffix("'>"));
    let real = name.unwrap_or(output);
    let asks = name.is_some() || code.contains("__name__");
    asks && code.contains("type(") && is_type(text) && is_type(real) && text != real
}

/// Judges `~8 MB` by the number written or by the value's size.
pub(crate) fn size(case: &Case<'_>) -> Judgement {
    let text = case.expectation.text.trim();
    let output = case.evidence.output();
    if let Some(judgement) = matching::equal(case.expectation, output.trim_end()) {
        return judgement;
    }
    if let Some(judgement) = case.unseen() {
        return judgement;
    }
    let Some(stated) = bytes(text) else {
        return Judgement::skip("states no number of bytes");
    };
    let near = |real: f64| (real - stated).abs() <= stated * SIZE_TOLERANCE;
    let measures = case
        .code
        .text(case.expectation.statement)
        .contains("getsizeof");
    if let Some(written) = states_number(&output) {
        let shown = output.trim_end();
        return if near(written) || bytes(shown).is_some_and(near) {
            Judgement::pass(Rule::Size, text, shown)
        } else if measures && written.fract() == 0.0 && !shown.contains(char::is_alphabetic) {
            Judgement::fail(
                text,
                shown,
                format!("{} measures another size", case.place()),
            )
        } else {
            Judgement::skip("the number written may count something else").showing(text, shown)
        };
    }
    for value in &case.evidence.values {
        let whole = measures.then(|| states_number(&value.repr)).flatten();
        #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
        let own = value.size_bytes.map(|size| size as f64);
        if let Some(found) = whole.or(own).filter(|size| near(*size)) {
            return Judgement::pass(Rule::Size, text, &format!("{found:.0} bytes"));
        }
    }
    Judgement::skip("the size it speaks of cannot be told from the value")
}

/// Times and comparisons are not judged in a single run.
pub(crate) fn timing(case: &Case<'_>) -> Judgement {
    matching::equal(case.expectation, case.evidence.output().trim_end()).unwrap_or_else(without_run)
}

/// What is said of times and comparisons whatever came out.
pub(crate) fn without_run() -> Judgement {
    Judgement::skip("timing, see `snipcheck bench`")
}

/// The first number of bytes that a text states.
fn bytes(text: &str) -> Option<f64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let number = states_number(rest)?;
    let unit: String = rest
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | ' '))
        .chars()
        .take_while(|c| c.is_alphabetic())
        .collect();
    let factor = match unit.to_lowercase().as_str() {
        "b" | "byte" | "bytes" => 1.0,
        "kb" | "kilobytes" => 1e3,
        "kib" => 1024.0,
        "mb" | "megabytes" => 1e6,
        "mib" => 1_048_576.0,
        "gb" | "gigabytes" => 1e9,
        "gib" => 1_073_741_824.0,
        _ => return None,
    };
    Some(number * factor)
}
