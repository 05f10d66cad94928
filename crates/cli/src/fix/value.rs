//! A real value in the notation that a wrong one was stated in.

use snipcheck_core::{Kind, Written};

/// What may stand between several outputs on one line.
const BETWEEN: [&str; 4] = [" -> ", " / ", ", ", " "];

/// The real value as the author may have written it, the likeliest first.
pub(crate) fn restated(kind: Kind, stated: &str, real: &str) -> Vec<String> {
    let (stated, real) = (stated.trim(), real.trim_end());
    let texts = match kind {
        Kind::Size => vec![with_number(stated, real)],
        Kind::Raises => vec![raised(stated, real)],
        Kind::Type => vec![type_name(stated, real), Some(real.to_owned())],
        _ if real.contains('\n') => on_one_line(stated, real),
        _ => {
            let near = quoted_alike(stated, &to_digits(stated, real));
            vec![
                with_tail(stated, &near),
                Some(near.clone()),
                behind_words(stated, &near),
                type_name(stated, real),
                Some(real.to_owned()),
            ]
        }
    };
    let mut found: Vec<String> = Vec::new();
    for text in texts.into_iter().flatten() {
        if !text.is_empty() && !text.contains('\n') && !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// What stands behind a literal in the stated text stays there.
fn with_tail(stated: &str, real: &str) -> Option<String> {
    let (_, end) = Written::at_start(stated).filter(|(written, _)| written.is_literal())?;
    let rest = &stated[end..];
    let is_set_off = rest.starts_with(' ') && !real.contains(rest.trim());
    is_set_off.then(|| format!("{real}{rest}"))
}

/// Words before a value stay: `returns 3`, `x = 3`.
fn behind_words(stated: &str, real: &str) -> Option<String> {
    let at = stated
        .match_indices(' ')
        .map(|(at, _)| at + 1)
        .find(|at| Written::of(&stated[*at..]).is_some_and(|written| written.is_literal()))?;
    Some(format!("{}{real}", &stated[..at]))
}

/// The name of a class where only that was stated.
fn type_name(stated: &str, real: &str) -> Option<String> {
    let name = |text: &str| {
        let inner = text.strip_prefix("<class '")?.strip_suffix("'>")?;
        Some(inner.rsplit('.').next()?.to_owned())
    };
    (name(stated).is_none()).then(|| name(real))?
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

/// Several outputs beside each other, between them what stood there.
fn on_one_line(stated: &str, real: &str) -> Vec<Option<String>> {
    let joined = |between: &str| Some(real.lines().collect::<Vec<_>>().join(between));
    BETWEEN
        .iter()
        .filter(|between| stated.contains(**between))
        .chain(&[", "])
        .map(|between| joined(between))
        .collect()
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
            let first = restated(kind, stated, real).into_iter().next();
            assert_eq!(first.as_deref(), want, "{stated} {real}");
        }
    }
}
