//! What a comment says of time and memory: the words alone.

use std::str::FromStr;

/// One thing that is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Said {
    /// It takes so many seconds.
    Seconds(f64),
    /// Nobody would notice how long it takes.
    Instant,
    /// It takes at least so many seconds: `takes minutes`.
    AtLeast(f64),
    /// It is so many times as fast.
    SpeedUp(f64),
    /// It is not any faster.
    NoSpeedUp,
    /// It is faster.
    Faster,
    /// It takes less time, by a share between these two.
    Saves(f64, f64),
    /// It takes so many of a unit of so many bytes.
    Bytes(f64, f64),
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Range(f64, f64),
    Word(String),
}

/// Everything that `text` says of time and memory, in its order.
pub(crate) fn said(text: &str) -> Vec<Said> {
    let tokens = tokens(text);
    let word = |at: usize| match tokens.get(at) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    let before = |at: usize| at.checked_sub(1).map_or("", word);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = word(at + 1);
        let said = match token {
            Token::Number(number) => of_number(*number, *number, next, word(at + 2)),
            Token::Range(low, high) => of_number(*low, *high, next, word(at + 2)),
            Token::Word(said) => of_word(said, next),
        };
        // `~3s (not 6s)`: the other number is what it does not take.
        let denied = matches!(before(at), "not" | "instead" | "without" | "than" | "vs");
        match said {
            Some(said) if !denied => {
                found.push(said);
                at += match said {
                    // `2x faster`, `5 % faster`
                    Said::SpeedUp(_) | Said::Saves(..) => 3,
                    Said::Faster | Said::Instant | Said::AtLeast(_) => 1,
                    Said::Seconds(_) | Said::Bytes(..) | Said::NoSpeedUp => 2,
                };
            }
            _ => at += 1,
        }
    }
    found
}

fn of_number(low: f64, high: f64, unit: &str, next: &str) -> Option<Said> {
    let single = low.total_cmp(&high).is_eq();
    match unit {
        "x" | "times" => match next {
            "speedup" | "speed-up" | "speed" | "faster" | "quicker" => Some(Said::SpeedUp(low)),
            "slower" if low > 0.0 => Some(Said::SpeedUp(1.0 / low)),
            _ => None,
        },
        "%" | "percent" if matches!(next, "faster" | "quicker") => {
            Some(Said::Saves(low / 100.0, high / 100.0))
        }
        _ => {
            let middle = if single {
                low
            } else {
                f64::midpoint(low, high)
            };
            let time = seconds(middle, unit).map(Said::Seconds);
            time.or_else(|| bytes(unit).map(|unit| Said::Bytes(middle, unit)))
        }
    }
}

fn of_word(word: &str, next: &str) -> Option<Said> {
    match word {
        "instant" | "instantly" | "instantaneous" => Some(Said::Instant),
        "minutes" => Some(Said::AtLeast(60.0)),
        "no" if matches!(next, "speedup" | "speed-up" | "faster" | "gain" | "benefit") => {
            Some(Said::NoSpeedUp)
        }
        "not" if matches!(next, "faster" | "quicker") => Some(Said::NoSpeedUp),
        "slower" => Some(Said::NoSpeedUp),
        "faster" | "quicker" => Some(Said::Faster),
        _ => None,
    }
}

/// How many bytes a unit is.
pub(super) fn bytes(unit: &str) -> Option<f64> {
    Some(match unit {
        "b" | "byte" | "bytes" => 1.0,
        "kb" | "kilobyte" | "kilobytes" => 1e3,
        "kib" => 1024.0,
        "mb" | "megabyte" | "megabytes" => 1e6,
        "mib" => 1_048_576.0,
        "gb" | "gigabyte" | "gigabytes" => 1e9,
        "gib" => 1_073_741_824.0,
        _ => return None,
    })
}

/// How many seconds so many units are.
pub(super) fn seconds(number: f64, unit: &str) -> Option<f64> {
    match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => Some(number),
        "ms" | "millisecond" | "milliseconds" => Some(number / 1e3),
        "us" | "µs" | "μs" | "microsecond" | "microseconds" => Some(number / 1e6),
        "ns" | "nanosecond" | "nanoseconds" => Some(number / 1e9),
        "min" | "mins" | "minute" | "minutes" => Some(number * 60.0),
        "h" | "hour" | "hours" => Some(number * 3600.0),
        _ => None,
    }
}

/// Numbers, ranges of numbers and lowercase words; a unit that touches its number is a word of its own.
fn tokens(text: &str) -> Vec<Token> {
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    let mut found = Vec::new();
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || c == '%' || c == '×') {
        rest = &rest[start..];
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            let (low, length) = number(rest);
            rest = &rest[length..];
            let dash = rest.chars().next().filter(|c| matches!(c, '-' | '–' | '—'));
            let second = dash
                .map(|dash| &rest[dash.len_utf8()..])
                .filter(|tail| tail.starts_with(|c: char| c.is_ascii_digit()));
            if let Some(tail) = second {
                let (high, length) = number(tail);
                rest = &tail[length..];
                found.push(Token::Range(low, high));
            } else {
                found.push(Token::Number(low));
            }
        } else if let Some(tail) = rest.strip_prefix('%') {
            rest = tail;
            found.push(Token::Word("%".to_owned()));
        } else {
            let inside = |c: char| c.is_alphabetic() || matches!(c, '-' | '_' | '\'');
            // `2x`, `2×`: the sign stands alone.
            let end = if rest.starts_with('×') {
                '×'.len_utf8()
            } else {
                rest.find(|c: char| !inside(c)).unwrap_or(rest.len())
            };
            let end = end.max(rest.chars().next().map_or(0, char::len_utf8));
            let word = rest[..end].trim_end_matches(['-', '\'']);
            let word = if word == "×" { "x" } else { word };
            found.push(Token::Word(word.to_owned()));
            rest = &rest[end..];
        }
    }
    found
}

/// The number that a text begins with, and its length.
pub(super) fn number(text: &str) -> (f64, usize) {
    let mut end = 0;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(end) {
        let joined = matches!(byte, b'.' | b',' | b'_')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !joined {
            break;
        }
        end += 1;
    }
    let digits: String = text[..end]
        .chars()
        .filter(|c| !matches!(c, ',' | '_'))
        .collect();
    (f64::from_str(&digits).unwrap_or(0.0), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_takes_how_long() {
        for (text, expected) in [
            ("~2.5s", vec![Said::Seconds(2.5)]),
            (
                "~2.5s (NO speedup!)",
                vec![Said::Seconds(2.5), Said::NoSpeedUp],
            ),
            (
                "about 700 ms, 3x faster",
                vec![Said::Seconds(0.7), Said::SpeedUp(3.0)],
            ),
            (
                "all of it: ~4s (not 9s), as they overlap",
                vec![Said::Seconds(4.0)],
            ),
            ("20-30% faster than the loop", vec![Said::Saves(0.2, 0.3)]),
            ("15% less memory", vec![]),
            ("5x less memory", vec![]),
            ("Instant!", vec![Said::Instant]),
            ("takes MINUTES", vec![Said::AtLeast(60.0)]),
            ("2 minutes", vec![Said::Seconds(120.0)]),
            ("usually slower, or the same", vec![Said::NoSpeedUp]),
            ("faster for small keys", vec![Said::Faster]),
            ("1,500 µs", vec![Said::Seconds(0.0015)]),
            ("1-3 seconds", vec![Said::Seconds(2.0)]),
            ("2× speedup", vec![Said::SpeedUp(2.0)]),
            ("4 times slower", vec![Said::SpeedUp(0.25)]),
            ("100 items", vec![]),
            ("~8MB in memory", vec![Said::Bytes(8.0, 1e6)]),
            ("48 bytes, not 2 KiB", vec![Said::Bytes(48.0, 1.0)]),
            ("🐌 slow", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
