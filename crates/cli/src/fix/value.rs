//! A real value in the notation that a wrong one was stated in.

use super::edit::Edit;
use snipcheck_core::Kind;
use std::ops::Range;

/// What may stand between several outputs on one line.
const BETWEEN: [&str; 4] = [" -> ", " / ", ", ", " "];

/// The real value as the author would have written it; nothing where that cannot be told.
pub(crate) fn restated(kind: Kind, stated: &str, real: &str) -> Option<String> {
    let (stated, real) = (stated.trim(), real.trim_end());
    let text = match kind {
        Kind::Size => with_number(stated, real)?,
        Kind::Raises => raised(stated, real)?,
        _ if real.contains('\n') => on_one_line(stated, real),
        _ => quoted_alike(stated, &to_digits(stated, real)),
    };
    (!text.is_empty() && !text.contains('\n')).then_some(text)
}

/// Several lines of comments or of a fence replaced by other lines, behind the same marks.
pub(crate) fn block(
    stated: &str,
    real: &str,
    bytes: &[u8],
    spans: &[Range<usize>],
) -> Result<Vec<Edit>, String> {
    let texts: Option<Vec<&str>> = spans
        .iter()
        .map(|span| str::from_utf8(&bytes[span.clone()]).ok())
        .collect();
    let texts = texts.ok_or("its lines are not UTF-8")?;
    let first_stated = stated
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let opening = texts
        .iter()
        .position(|line| line.trim_end().ends_with(first_stated.trim_end()))
        .ok_or("it is not written as it was compared")?;
    let mark = texts[opening]
        .trim_end()
        .strip_suffix(first_stated.trim_end())
        .unwrap_or_default();
    let same_mark = texts[opening..]
        .iter()
        .all(|line| line.trim_end().is_empty() || line.starts_with(mark.trim_end()));
    if !same_mark {
        return Err("its lines have different marks".to_owned());
    }
    let range = spans[opening].start..spans[spans.len() - 1].end;
    let end = if bytes.get(spans[opening].end) == Some(&b'\r') {
        "\r\n"
    } else {
        "\n"
    };
    let lines: Vec<String> = real
        .trim_end()
        .lines()
        .map(|line| format!("{mark}{line}").trim_end().to_owned())
        .collect();
    Ok(vec![Edit {
        range,
        text: lines.join(end),
    }])
}

/// Quotes round a printed string stay round it.
fn quoted_alike(stated: &str, real: &str) -> String {
    for quote in ['"', '\''] {
        let is_quoted = stated.len() > 1 && stated.starts_with(quote) && stated.ends_with(quote);
        if is_quoted && !real.starts_with(['"', '\'']) && !real.contains(quote) {
            return format!("{quote}{real}{quote}");
        }
    }
    real.to_owned()
}

/// As many digits as were stated, where both are floats.
fn to_digits(stated: &str, real: &str) -> String {
    let digits = |text: &str| text.split_once('.').map(|(_, d)| d.len());
    match (
        stated.parse::<f64>(),
        real.parse::<f64>(),
        digits(stated),
        digits(real),
    ) {
        (Ok(_), Ok(value), Some(few), Some(many)) if few < many => format!("{value:.few$}"),
        _ => real.to_owned(),
    }
}

fn on_one_line(stated: &str, real: &str) -> String {
    let between = BETWEEN
        .iter()
        .find(|b| stated.contains(**b))
        .unwrap_or(&", ");
    real.lines().collect::<Vec<_>>().join(between)
}

/// The type alone where only that was stated.
fn raised(stated: &str, real: &str) -> Option<String> {
    let (name, _) = real.split_once(':').unwrap_or((real, ""));
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    if !plain {
        return None;
    }
    let says_more = stated.contains(':');
    Some(
        if says_more { real } else { name }
            .lines()
            .next()?
            .to_owned(),
    )
}

/// The one number of the stated text replaced.
fn with_number(stated: &str, real: &str) -> Option<String> {
    let start = stated.find(|c: char| c.is_ascii_digit())?;
    let rest = &stated[start..];
    let length = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let tail = &rest[length..];
    let plain = real.chars().all(|c| c.is_ascii_digit());
    let bytes = tail.is_empty() || tail.trim_start().starts_with("byte");
    (plain && bytes && !tail.contains(|c: char| c.is_ascii_digit()))
        .then(|| format!("{}{real}{tail}", &stated[..start]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_notation() {
        let table = [
            (Kind::PrintValue, "[1, 2]", "[1, 2, 3]\n", Some("[1, 2, 3]")),
            (Kind::PrintValue, "\"a\"", "b\n", Some("\"b\"")),
            (Kind::PrintValue, "3.15", "3.14159\n", Some("3.14")),
            (Kind::PrintValue, "1, 2", "1\n3\n", Some("1, 3")),
            (Kind::PrintValue, "1 -> 2", "1\n3\n", Some("1 -> 3")),
            (Kind::ExprValue, "'a'", "'b'", Some("'b'")),
            (
                Kind::Raises,
                "KeyError",
                "IndexError: list index out of range",
                Some("IndexError"),
            ),
            (
                Kind::Raises,
                "KeyError: 'a'",
                "KeyError: 'b'",
                Some("KeyError: 'b'"),
            ),
            (Kind::Raises, "KeyError", "no exception", None),
            (Kind::Size, "~104 bytes", "296", Some("~296 bytes")),
            (Kind::Size, "8MB", "296", None),
            (Kind::PrintValue, "1", "", None),
        ];
        for (kind, stated, real, want) in table {
            assert_eq!(
                restated(kind, stated, real).as_deref(),
                want,
                "{stated} {real}"
            );
        }
    }
}
