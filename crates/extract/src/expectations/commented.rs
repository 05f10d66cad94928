//! Statements that a guide has commented out because they fail: `# t[0] = 1  # TypeError`.

use super::claim;
use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Expr, Mod, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

/// Code in a comment, and what the guide says of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CommentedOut<'a> {
    /// The code.
    pub(super) code: &'a str,
    /// The remark behind it, `#` or arrow taken off.
    pub(super) remark: &'a str,
}

/// A comment's text as code with a remark that says what it raises.
pub(super) fn split(text: &str) -> Option<CommentedOut<'_>> {
    let text = text.trim();
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    let comment = parsed
        .tokens()
        .iter()
        .find(|token| token.kind() == TokenKind::Comment)
        .map(|token| token.start().to_usize());
    let (code, remark) = match comment {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => ["-->", "->", "=>", "→", "⇒"]
            .iter()
            .find_map(|arrow| text.split_once(arrow))?,
    };
    let (code, remark) = (code.trim(), remark.trim());
    let announced = claim::is_raises(remark);
    (announced && (is_code(code) || remark.contains("SyntaxError") && !code.is_empty()))
        .then_some(CommentedOut { code, remark })
}

/// Whether a comment's text is a statement rather than words: a call, an assignment, a subscript.
pub(super) fn is_code(text: &str) -> bool {
    let parsed = parse_unchecked(text.trim(), ParseOptions::from(Mode::Module));
    if parsed.has_invalid_syntax() {
        return false;
    }
    let Mod::Module(module) = parsed.syntax() else {
        return false;
    };
    module.body.first().is_some_and(does_something)
}

fn does_something(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Expr(expression) => does_something_as_value(&expression.value),
        _ => matches!(
            stmt,
            Stmt::Assign(_)
                | Stmt::AugAssign(_)
                | Stmt::Delete(_)
                | Stmt::Import(_)
                | Stmt::ImportFrom(_)
                | Stmt::Raise(_)
                | Stmt::Assert(_)
                | Stmt::For(_)
        ),
    }
}

fn does_something_as_value(value: &Expr) -> bool {
    match value {
        Expr::Await(awaited) => does_something_as_value(&awaited.value),
        Expr::Call(_) | Expr::Subscript(_) | Expr::BinOp(_) | Expr::Compare(_) => true,
        Expr::Attribute(attribute) => attribute.value.is_name_expr(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failing_code_is_told_from_words() {
        for (text, expected) in [
            (" t[0] = 1  # TypeError", Some(("t[0] = 1", "TypeError"))),
            (
                " a.go() -> AttributeError: gone",
                Some(("a.go()", "AttributeError: gone")),
            ),
            (" a b c  # SyntaxError", Some(("a b c", "SyntaxError"))),
            (" t[0] = 1  # changes it", None),
            (" a word -> TypeError", None),
            (" TypeError", None),
        ] {
            let read = split(text).map(|found| (found.code, found.remark));
            assert_eq!(read, expected, "{text}");
        }
    }
}
