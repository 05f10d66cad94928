//! Times on the command line, in the configuration and in guides.

use std::time::Duration;

/// A time as people write it, and what to say of one that is not.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    snipcheck_runner::parse_duration(text)
        .ok_or_else(|| format!("`{text}` is no time; write it as `10s`, `500ms` or `2m`"))
}
