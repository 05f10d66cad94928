//! Spans of time as people write them.

use std::time::Duration;

/// Reads `10s`, `500ms`, `2m` or `1.5s`; nothing when it is something else, or no time at all.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(digits);
    let seconds = match unit.trim() {
        "ms" => 0.001,
        "s" => 1.0,
        "m" | "min" => 60.0,
        _ => return None,
    };
    let number: f64 = number.parse().ok()?;
    Duration::try_from_secs_f64(number * seconds)
        .ok()
        .filter(|duration| !duration.is_zero())
}

#[cfg(test)]
mod tests {
    use super::parse_duration;

    #[test]
    fn durations() {
        let cases = [
            ("10s", Some(10_000)),
            ("500ms", Some(500)),
            ("2m", Some(120_000)),
            (" 1.5 s", Some(1500)),
            ("0s", None),
            ("10", None),
            ("s", None),
            ("1h", None),
            ("-1s", None),
        ];
        for (text, milliseconds) in cases {
            let found = parse_duration(text).map(|found| found.as_millis());
            assert_eq!(found, milliseconds, "{text}");
        }
    }
}
