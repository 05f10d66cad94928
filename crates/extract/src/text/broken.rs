//! How much a line that does not parse looks like code all the same.
//!
//! Guides show mistakes, placeholders and signatures; most lines that do not parse are prose.

use super::prose;
use crate::python;
use ruff_python_ast::{Expr, Stmt};

/// The score of a line that does not parse: code with a mistake or a placeholder in it, or prose.
pub(super) fn score(text: &str, bare: &str) -> f32 {
    let bare = bare.trim();
    if is_magic(text) {
        return 3.5;
    }
    if is_all_words(bare) {
        return -6.0;
    }
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
        keyword.is_some_and(begins_statement) && bare.ends_with(':'),
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

/// What a `print` without brackets writes, as Python 2 has it.
pub(super) fn printed(text: &str) -> Option<Expr> {
    let rest = text.strip_prefix("print")?;
    if !rest.starts_with([' ', '"', '\'']) {
        return None;
    }
    let mut statements = python::statements(rest.trim().trim_end_matches(','))?;
    match (statements.pop()?, statements.is_empty()) {
        (Stmt::Expr(expression), true) => Some(*expression.value),
        _ => None,
    }
}

/// `%timeit f(x)`, as notebooks write commands of theirs among the code.
fn is_magic(text: &str) -> bool {
    let name = text.trim_start_matches('%');
    let is_marked = (1..=2).contains(&(text.len() - name.len()));
    // `%s` and `%d` are explained in texts.
    let width = name.chars().take_while(char::is_ascii_lowercase).count();
    is_marked && width > 2
}

/// `Using a while loop`: words and nothing else, and no statement.
fn is_all_words(bare: &str) -> bool {
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    bare.contains(' ') && bare.split_whitespace().all(is_word)
}

fn begins_statement(keyword: &str) -> bool {
    !matches!(
        keyword,
        "and" | "as" | "in" | "is" | "not" | "or" | "None" | "True" | "False"
    )
}

/// `Advanced: …`, `Good to know: …`, `upper(): Gives …`.
fn begins_with_label(bare: &str) -> bool {
    let is_text = |label: &str| label.chars().all(|c| c.is_alphabetic() || c == ' ');
    bare.split_once(": ").is_some_and(|(label, rest)| {
        (bare.starts_with(char::is_uppercase) && is_text(label))
            || (label.ends_with(')') && rest.starts_with(char::is_uppercase))
    })
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
            ("%timeit f(1)", true),
            ("%d - Integers", false),
            ("Using a while loop", false),
            ("upper(): Gives capitals", false),
            ("or:", false),
        ] {
            assert_eq!(score(line, line) > 0.0, is_code, "{line}");
        }
    }
}
