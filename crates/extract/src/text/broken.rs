//! How much a line that does not parse looks like code all the same.
//!
//! Guides show mistakes, placeholders and signatures; most lines that do not parse are prose.

use super::prose;

/// The score of a line that does not parse: code with a mistake or a placeholder in it, or prose.
pub(super) fn score(text: &str, bare: &str) -> f32 {
    let bare = bare.trim();
    let mut score = -1.3;
    let keyword = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .filter(|word| prose::is_keyword(word));
    let signs = [
        has_call(bare),
        bare.contains(" = ") || bare.contains("=="),
        // No text has it, and it stands where it may not to show that it may not.
        bare.contains(" := "),
        bare.contains(" := ") && keyword.is_none(),
        bare.ends_with([')', ']', '}', '(', '[', '{']),
        bare.contains("->") && bare.contains(')'),
        keyword.is_some() && bare.ends_with(':'),
        matches!(keyword, Some("def" | "class" | "import" | "from")),
        bare.contains('_') || bare.contains("**"),
    ];
    for sign in signs {
        score += if sign { 1.0 } else { 0.0 };
    }
    if !signs.contains(&true) {
        score -= 1.2;
    }
    if is_signature(bare) {
        score += 3.2;
    }
    let words = prose::adjacent_words(bare).min(4);
    for _ in 0..words {
        score -= 1.6;
    }
    if bare.contains("://") {
        score -= 3.0;
    }
    if prose::has_typography(bare) {
        score -= 2.5;
    }
    let is_title = bare.ends_with(':') && keyword.is_none();
    if is_title || bare.ends_with(['.', '!', '?', ';']) {
        score -= 2.0;
    }
    if begins_with_label(bare) {
        score -= 3.5;
    }
    if bare.starts_with(char::is_uppercase) {
        score -= 1.0;
    }
    score
}

/// `Advanced: …`, `Good to know: …`.
fn begins_with_label(bare: &str) -> bool {
    bare.starts_with(char::is_uppercase)
        && bare
            .split_once(": ")
            .is_some_and(|(label, _)| label.chars().all(|c| c.is_alphabetic() || c == ' '))
}

/// A name with an opening bracket right behind it.
fn has_call(bare: &str) -> bool {
    bare.match_indices('(')
        .any(|(at, _)| bare[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// `module.function(first, second: int[, third])`, as reference pages write it.
fn is_signature(bare: &str) -> bool {
    let Some((name, arguments)) = bare.split_once('(') else {
        return false;
    };
    (name.contains('.') || arguments.contains("[,"))
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
        && arguments.ends_with(')')
        && !arguments[..arguments.len() - 1].contains(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines() {
        for (line, is_code) in [
            ("def f(self)", true),
            ("pkg.take(items, start[, stop])", true),
            ("x := 5", true),
            ("The value of f(x) is what we want.", false),
            ("Fast growth Slow lookup", false),
            ("yield from — asks another one first:", false),
        ] {
            assert_eq!(score(line, line) > 0.0, is_code, "{line}");
        }
    }
}
