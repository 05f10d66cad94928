//! Limits as people write them.

use bytesize::ByteSize;
use snipcheck_core::{Directives, Limit, Limits};
use std::time::Duration;

/// `limits` with what a snippet's directives say. What cannot be read was told when the guide was.
pub(super) fn of(limits: Limits, directives: &Directives) -> Limits {
    let mut limits = limits;
    for (limit, text) in &directives.limits {
        set_limit(&mut limits, *limit, text).ok();
    }
    limits
}

/// Sets one limit; what to say to a person whose text means nothing.
pub fn set_limit(limits: &mut Limits, limit: Limit, text: &str) -> Result<(), String> {
    match limit {
        Limit::Timeout => limits.timeout = time(text)?,
        Limit::Cpu => limits.cpu = Some(time(text)?),
        Limit::Memory => limits.memory_bytes = bytes(text)?,
        Limit::Processes => limits.processes = count(text)?,
        Limit::OpenFiles => limits.open_files = count(text)?,
        Limit::Disk => limits.disk_bytes = bytes(text)?,
        Limit::Output => limits.output_bytes = bytes(text)?,
    }
    Ok(())
}

fn time(text: &str) -> Result<Duration, String> {
    duration(text).ok_or_else(|| format!("`{text}` is no time; write it as `10s`, `500ms` or `2m`"))
}

fn bytes(text: &str) -> Result<u64, String> {
    match text.trim().parse::<ByteSize>() {
        Ok(size) if size.as_u64() > 0 => Ok(size.as_u64()),
        _ => Err(format!(
            "`{text}` is no size; write it as `512MiB` or `2GiB`"
        )),
    }
}

fn count(text: &str) -> Result<u64, String> {
    match text.trim().parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("`{text}` is no number of them; write it as `64`")),
    }
}

/// Reads `10s`, `500ms`, `2m` or `1.5s`; nothing when it is something else, or no time at all.
fn duration(text: &str) -> Option<Duration> {
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
    use super::*;

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
            let found = duration(text).map(|found| found.as_millis());
            assert_eq!(found, milliseconds, "{text}");
        }
    }

    #[test]
    fn each_limit_has_its_own_kind_of_text() {
        let texts = ["3s", "300MiB", "64"];
        for (limit, readable) in [
            (Limit::Timeout, [true, false, false]),
            (Limit::Cpu, [true, false, false]),
            (Limit::Memory, [false, true, true]),
            (Limit::Processes, [false, false, true]),
            (Limit::OpenFiles, [false, false, true]),
            (Limit::Disk, [false, true, true]),
            (Limit::Output, [false, true, true]),
        ] {
            for (text, readable) in texts.into_iter().zip(readable) {
                let mut limits = Limits::default();
                let set = set_limit(&mut limits, limit, text);
                assert_eq!(set.is_ok(), readable, "{limit:?} {text}");
                assert_eq!(limits != Limits::default(), readable, "{limit:?} {text}");
            }
            for nothing in ["", "0", "0s", "-1", "soon"] {
                let set = set_limit(&mut Limits::default(), limit, nothing);
                assert!(set.is_err(), "{limit:?} {nothing}");
            }
        }
    }
}
