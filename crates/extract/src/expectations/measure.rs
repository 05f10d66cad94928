//! Sizes, times and comparisons that a text states: read, but not judged by a single run.

/// Whether the text states a number of bytes.
pub(super) fn states_size(text: &str) -> bool {
    states_measure(text, &SIZES)
}

/// Whether the text states how long something takes.
pub(super) fn states_time(text: &str) -> bool {
    states_measure(text, &TIMES) || is_slow_or_fast(text)
}

const SIZES: [&str; 17] = [
    "bytes",
    "byte",
    "B",
    "kB",
    "KB",
    "MB",
    "GB",
    "TB",
    "KiB",
    "MiB",
    "GiB",
    "kb",
    "mb",
    "gb",
    "kilobytes",
    "megabytes",
    "gigabytes",
];

const TIMES: [&str; 22] = [
    "s",
    "sec",
    "secs",
    "seconds",
    "second",
    "ms",
    "milliseconds",
    "millisecond",
    "µs",
    "μs",
    "us",
    "microseconds",
    "microsecond",
    "ns",
    "nanoseconds",
    "min",
    "mins",
    "minutes",
    "minute",
    "hours",
    "hour",
    "days",
];

/// Whether the text states a number with one of these units, as its first number or as an estimate.
fn states_measure(text: &str, units: &[&str]) -> bool {
    let mut before = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        before.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | '-' | '–')))
            .unwrap_or(rest.len());
        let (number, tail) = rest.split_at(end);
        let unit: String = tail
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect();
        if units.contains(&unit.as_str()) && opens_measure(&before) {
            return true;
        }
        before.push_str(number);
        rest = tail;
    }
    false
}

/// Whether a measure may follow: at the start, behind `~`, a label or `takes`.
fn opens_measure(before: &str) -> bool {
    let before = before.trim_end();
    let lower = before.to_lowercase();
    before.is_empty()
        || before.ends_with(['~', '≈', ':', '<', '>'])
        || [
            "takes", "took", "about", "around", "expected", "in", "total", "up to",
        ]
        .iter()
        .any(|word| lower.ends_with(word))
}

fn is_slow_or_fast(text: &str) -> bool {
    let lower = text.to_lowercase();
    let first = lower
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let takes_long = ["minutes", "hours", "forever", "seconds", "years", "ages"]
        .iter()
        .any(|unit| lower.starts_with(&format!("takes {unit}")));
    takes_long || matches!(first, "instant" | "instantly") || lower.contains(" instantly")
}

/// Whether the text compares the speed or the size of two things.
pub(super) fn is_relation(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "faster",
        "slower",
        "speedup",
        "speed-up",
        "less memory",
        "more memory",
    ]
    .iter()
    .any(|word| lower.contains(word))
}
