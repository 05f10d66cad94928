//! What stands behind a value: a remark on it, or words that it is a part of. Knows the text alone.

use snipcheck_core::Written;

/// Stops of other scripts.
pub(super) const OTHER_STOPS: [char; 11] =
    ['，', '；', '。', '、', '：', '（', '！', '·', '،', '؛', '।'];

/// What stands behind a value.
pub(super) enum Remark {
    /// Set off from it, so that it is no part of it.
    Set,
    /// Words that may belong to it.
    Words,
    /// Not a remark at all.
    No,
}

/// How what stands behind a value is joined to it.
pub(super) fn remark(behind: &str, written: &Written) -> Remark {
    let words = behind.trim_start();
    // `0 1 2` and `0..9` are no remarks on the first number.
    let goes_on = words
        .trim_start_matches('-')
        .starts_with(|c: char| c.is_ascii_digit())
        || behind.starts_with("..");
    if goes_on && written.is_number() {
        return Remark::No;
    }
    if behind.starts_with('!') || words.is_empty() {
        return Remark::Set;
    }
    // `True: it is the same object`
    if behind.starts_with(": ") && matches!(written, Written::Word(_)) {
        return Remark::Set;
    }
    if let Some(tail) = behind.strip_prefix(OTHER_STOPS) {
        let is_next = Written::at_start(tail.trim_start())
            .is_some_and(|(next, _)| !matches!(next, Written::Word(_)));
        return if is_next { Remark::Words } else { Remark::Set };
    }
    if behind.starts_with([',', ';', '.']) {
        let tail = behind[1..].trim_start();
        let goes_on = tail.starts_with(char::is_alphabetic);
        return match written {
            // `1. First do this` counts the steps.
            Written::Int(_) if behind.starts_with('.') && !tail.is_empty() => Remark::Words,
            _ if goes_on || tail.is_empty() => Remark::Set,
            _ => Remark::Words,
        };
    }
    if words.len() == behind.len() {
        return Remark::No;
    }
    let set_off = [
        "(", "--", "—", "–", "#", "//", "<-", "←", "✓", "✅", "❌", "⚠", "!", "[", "|",
    ]
    .iter()
    .any(|opener| words.starts_with(opener));
    if set_off || words.starts_with("- ") && written.is_literal() {
        return Remark::Set;
    }
    let explains = [
        "because ",
        "since ",
        "not ",
        "instead ",
        "due to ",
        "thanks to ",
    ]
    .iter()
    .any(|opener| words.starts_with(opener));
    if explains {
        return Remark::Set;
    }
    let one_word = words.chars().all(|c| c.is_lowercase() || c == '-') && !LINKS.contains(&words);
    let counts = written.is_number();
    if one_word && !counts {
        Remark::Set
    } else {
        Remark::Words
    }
}

/// Words that join a value to what follows or came before, so that it is a part of something.
const LINKS: [&str; 16] = [
    "between", "at", "on", "of", "in", "with", "for", "per", "and", "is", "as", "to", "from", "by",
    "inside", "missing",
];
