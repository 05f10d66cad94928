//! Functions that a guide leaves for its reader to write: what calls them gives nothing yet.

use ruff_python_ast::statement_visitor::{StatementVisitor, walk_stmt};
use ruff_python_ast::{Expr, Mod, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use std::collections::HashSet;

/// A function of this code that only stands there empty, and that `statement` names.
pub(crate) fn named_in(statement: &str, code: &str) -> Option<String> {
    let parsed = parse_unchecked(code, ParseOptions::from(Mode::Module));
    let mut found = Functions::default();
    if let Mod::Module(module) = parsed.syntax() {
        found.visit_body(&module.body);
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut words = statement.split(|c| !is_part(c));
    words
        .find(|word| {
            !word.is_empty() && found.empty.contains(*word) && !found.written.contains(*word)
        })
        .map(str::to_owned)
}

#[derive(Default)]
struct Functions {
    empty: HashSet<String>,
    written: HashSet<String>,
}

impl<'a> StatementVisitor<'a> for Functions {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::FunctionDef(function) = stmt {
            let names = if function.body.iter().all(does_nothing) {
                &mut self.empty
            } else {
                &mut self.written
            };
            names.insert(function.name.to_string());
        }
        walk_stmt(self, stmt);
    }
}

fn does_nothing(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Pass(_) => true,
        Stmt::Expr(expression) => matches!(
            *expression.value,
            Expr::StringLiteral(_) | Expr::EllipsisLiteral(_)
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_without_a_body_are_told_from_others() {
        let code = "def f():\n    pass\n\ndef g():\n    'Says.'\n    ...\n\ndef h():\n    return 1\n\n\
            class A:\n    def area(self): ...\n\nclass B(A):\n    def area(self):\n        return 1\n";
        for (statement, name) in [
            ("print(f())", Some("f")),
            ("print('a', x.g())", Some("g")),
            ("print(h())", None),
            ("print(B().area())", None),
            ("print(fg)", None),
        ] {
            assert_eq!(named_in(statement, code).as_deref(), name, "{statement}");
        }
    }
}
