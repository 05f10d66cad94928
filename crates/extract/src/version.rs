//! Sessions that a guide shows for a Python of another time.

/// What a guide says right above a snippet, when it names a Python that is not the present one.
///
/// `first` is the index of the snippet's first line.
pub(crate) fn named_above(lines: &[&str], first: usize) -> Option<String> {
    let is_fence = |line: &&str| line.starts_with("```") || line.starts_with("~~~");
    let above = lines[..first.min(lines.len())]
        .iter()
        .rev()
        .map(|line| line.trim())
        .filter(|line| !is_fence(line))
        .take(3)
        .find(|line| !line.is_empty())?;
    let lower = above.to_lowercase().replace(char::is_whitespace, "");
    let old = [
        "python2",
        "py2",
        "<python",
        "(<3.",
        "<=python",
        "beforepython",
        "priortopython",
    ];
    let only = lower.contains("python3.") && lower.contains("specifically");
    let is_short = above.split_whitespace().count() <= 8;
    let named = is_short && (only || old.iter().any(|name| lower.contains(name)));
    named.then(|| {
        format!(
            "the guide shows it for another Python: {}",
            above.trim_matches(['*', ':', '#', ' '])
        )
    })
}

#[cfg(test)]
mod tests {
    use super::named_above;

    #[test]
    fn other_pythons_are_told_from_the_present_one() {
        for (above, named) in [
            ("**Output (Python 2.x):**", true),
            ("In Python 2:", true),
            ("Result (< Python 3.7)", true),
            ("Python 3.6.x specifically", true),
            ("Output (Python 3.x):", false),
            ("Output:", false),
            (
                "This was so for many years in Python 2 and no longer is today",
                false,
            ),
        ] {
            let lines = [above, "", "```py", ">>> x"];
            assert_eq!(named_above(&lines, 3).is_some(), named, "{above}");
        }
        assert_eq!(named_above(&[">>> x"], 0), None);
    }
}
