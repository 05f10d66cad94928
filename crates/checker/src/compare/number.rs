//! Numbers, to the digits that a guide states.

use crate::rule::Rule;

/// Decimals from which cutting off is as common as rounding: `1.414` for 1.41421.
const CUT_FROM_DECIMALS: i32 = 3;

/// The value of a whole number in any base, as long as it fits; else its digits decide elsewhere.
pub(super) fn whole(written: &str) -> Option<Whole> {
    let (negative, digits) = match written.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, written.trim_start_matches('+')),
    };
    let lower = digits.to_lowercase();
    let based = [("0x", 16), ("0b", 2), ("0o", 8)]
        .iter()
        .find_map(|&(prefix, base)| Some((lower.strip_prefix(prefix)?, base)));
    let value = if let Some((digits, base)) = based {
        u128::from_str_radix(digits, base).ok()?.to_string()
    } else {
        format!("{:0>1}", lower.trim_start_matches('0'))
    };
    let negative = negative && value != "0";
    Some(Whole { negative, value })
}

/// A whole number of any length.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Whole {
    negative: bool,
    value: String,
}

/// Two numbers with a point or an exponent: equal, or equal to the digits stated.
pub(super) fn same(stated: &str, real: &str) -> Option<Rule> {
    let (left, right): (f64, f64) = (stated.parse().ok()?, real.parse().ok()?);
    if left.to_bits() == right.to_bits() {
        return Some(Rule::Literal);
    }
    is_to_digits(stated, left, right).then_some(Rule::Digits)
}

fn is_to_digits(stated: &str, left: f64, right: f64) -> bool {
    let (mantissa, exponent) = stated
        .split_once(['e', 'E'])
        .map_or((stated, 0), |(mantissa, exponent)| {
            (mantissa, exponent.parse().unwrap_or(0))
        });
    let Some((_, decimals)) = mantissa.split_once('.') else {
        return false;
    };
    let decimals = i32::try_from(decimals.len()).unwrap_or(i32::MAX);
    let unit = 10_f64.powi(exponent - decimals);
    let slack = unit * 1e-6 + right.abs() * f64::EPSILON;
    let rounded = (left - right).abs() <= unit / 2.0 + slack;
    let cut = decimals >= CUT_FROM_DECIMALS
        && left.signum().total_cmp(&right.signum()).is_eq()
        && right.abs() - left.abs() >= -slack
        && right.abs() - left.abs() < unit;
    rounded || cut
}

/// The first number in a text, with its sign.
pub(crate) fn stated(text: &str) -> Option<f64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits: String = text[start..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '_'))
        .filter(|c| !matches!(c, ',' | '_'))
        .collect();
    digits.trim_end_matches('.').parse().ok()
}
