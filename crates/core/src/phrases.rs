//! What people write round a value or instead of one.

/// Whether a text says that nothing comes out: `(nothing)`, `no output`.
pub fn says_nothing(text: &str) -> bool {
    const NOTHING: [&str; 9] = [
        "nothing",
        "no output",
        "prints nothing",
        "outputs nothing",
        "nothing printed",
        "nothing is printed",
        "nothing happens",
        "empty output",
        "silent",
    ];
    let lower = text.trim().trim_end_matches(['!', '.']).to_lowercase();
    let inner = lower
        .strip_prefix('(')
        .and_then(|tail| tail.strip_suffix(')'));
    NOTHING.contains(&inner.unwrap_or(&lower))
}

/// A text without what says that a number is not exact: `~`, `about`.
pub fn without_about(text: &str) -> &str {
    const ABOUT: [&str; 8] = [
        "~",
        "≈",
        "≅",
        "approx. ",
        "approx ",
        "approximately ",
        "about ",
        "roughly ",
    ];
    let tail = ABOUT.iter().find_map(|about| {
        let start = text.get(..about.len())?;
        start
            .eq_ignore_ascii_case(about)
            .then(|| &text[about.len()..])
    });
    tail.map_or(text, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_about() {
        for (text, nothing) in [
            ("(nothing)", true),
            ("No output.", true),
            ("nothing to see", false),
        ] {
            assert_eq!(says_nothing(text), nothing, "{text}");
        }
        assert_eq!(without_about("~ 3.1"), "3.1");
        assert_eq!(without_about("Approx. 3.1"), "3.1");
        assert_eq!(without_about("3.1"), "3.1");
    }
}
