//! Values as a repr, or as JSON, writes them: an output, a data file, hardly ever a statement.
//!
//! Must not know where they stand.

use ruff_python_ast::str::Quote;
use ruff_python_ast::{Expr, Stmt, StringFlags};

/// Whether a value is written as JSON is: text in double quotes only, names for `true` and `null`.
pub(super) fn is_json(expression: &Expr) -> bool {
    match expression {
        Expr::StringLiteral(string) => string
            .value
            .iter()
            .all(|part| part.flags.quote_style() == Quote::Double),
        Expr::NumberLiteral(_) | Expr::Name(_) => true,
        Expr::UnaryOp(operation) => is_json(&operation.operand),
        Expr::List(list) => !list.elts.is_empty() && list.elts.iter().all(is_json_part),
        Expr::Dict(dict) => {
            !dict.is_empty()
                && dict.items.iter().all(|item| {
                    matches!(item.key, Some(Expr::StringLiteral(_)))
                        && item.key.as_ref().is_some_and(is_json)
                        && is_json_part(&item.value)
                })
        }
        _ => false,
    }
}

fn is_json_part(expression: &Expr) -> bool {
    match expression {
        Expr::List(list) if list.elts.is_empty() => true,
        Expr::Dict(dict) if dict.is_empty() => true,
        expression => is_json(expression),
    }
}

pub(super) fn has_single_quotes(elements: &[Expr]) -> bool {
    let single = |element: &Expr| match element {
        Expr::StringLiteral(string) => string
            .value
            .iter()
            .all(|part| part.flags.quote_style() == Quote::Single),
        _ => false,
    };
    !elements.is_empty() && elements.iter().all(single)
}

/// Whether an expression is a value as a repr shows it.
pub(super) fn is_literal(expression: &Expr) -> bool {
    match expression {
        Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::NumberLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::FString(_) => true,
        Expr::UnaryOp(operation) => is_literal(&operation.operand),
        Expr::List(list) => list.elts.iter().all(is_literal),
        Expr::Set(set) => set.elts.iter().all(is_literal),
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_literal),
        Expr::Dict(dict) => dict
            .items
            .iter()
            .all(|item| item.key.as_ref().is_some_and(is_literal) && is_literal(&item.value)),
        _ => false,
    }
}

/// Whether statements are a lone value as a repr shows it.
pub(super) fn is_value(statements: &[Stmt]) -> bool {
    matches!(
        statements,
        [Stmt::Expr(expression)] if is_literal(&expression.value) || is_repr(&expression.value)
    )
}

/// `Point(x=1, y=2)`, `set()`.
pub(super) fn is_repr(expression: &Expr) -> bool {
    match expression {
        Expr::Call(call) => {
            call.arguments.args.iter().all(is_literal)
                && call
                    .arguments
                    .keywords
                    .iter()
                    .all(|keyword| is_literal(&keyword.value))
                && (!call.arguments.is_empty() || is_empty_container(&call.func))
        }
        _ => false,
    }
}

fn is_empty_container(func: &Expr) -> bool {
    matches!(func, Expr::Name(name) if matches!(name.id.as_str(), "set" | "frozenset" | "deque" | "Counter" | "OrderedDict"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python;

    fn holds(code: &str, test: impl Fn(&Expr) -> bool) -> bool {
        let statements = python::statements(code).expect(code);
        matches!(statements.as_slice(), [Stmt::Expr(expression)] if test(&expression.value))
    }

    #[test]
    fn kinds_of_values() {
        for (code, literal, json) in [
            ("[1, 'a']", true, false),
            ("{\"a\": [1, true], \"b\": {}}", false, true),
            ("{\"a\": -1}", true, true),
            ("{'a': 1}", true, false),
            ("{\"a\": f(1)}", false, false),
            ("(1, None)", true, false),
        ] {
            assert_eq!(holds(code, is_literal), literal, "{code}");
            assert_eq!(holds(code, is_json), json, "{code}");
        }
        for (code, expected) in [
            ("Point(x=1)", true),
            ("set()", true),
            ("f()", false),
            ("x = 1", false),
        ] {
            let statements = python::statements(code).expect(code);
            assert_eq!(is_value(&statements), expected, "{code}");
        }
    }
}
