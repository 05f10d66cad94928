//! The names that a piece of code binds and those that it uses, in whatever scope.
//!
//! Must not know what they stand for.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Alias, Expr, Stmt};
use std::collections::BTreeSet;

/// What `from x import *` binds.
pub(crate) const ANY: &str = "*";

/// The names of a piece of code.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Those that it gives a meaning.
    pub(crate) bound: BTreeSet<String>,
    /// Those that it reads.
    pub(crate) used: BTreeSet<String>,
}

impl Names {
    /// The names of these statements, those in their bodies included.
    pub(crate) fn of(statements: &[Stmt]) -> Self {
        let mut names = Names::default();
        names.visit_body(statements);
        names
    }
}

impl<'a> Visitor<'a> for Names {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => drop(self.bound.insert(def.name.to_string())),
            Stmt::ClassDef(def) => drop(self.bound.insert(def.name.to_string())),
            Stmt::Import(import) => self.import(&import.names),
            Stmt::ImportFrom(import) => self.import(&import.names),
            _ => {}
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr {
            let names = if name.ctx.is_load() {
                &mut self.used
            } else {
                &mut self.bound
            };
            names.insert(name.id.to_string());
        }
        walk_expr(self, expr);
    }
}

impl Names {
    fn import(&mut self, names: &[Alias]) {
        for alias in names {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            let first = name.split('.').next().unwrap_or_default();
            self.bound.insert(first.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python;

    #[test]
    fn bound_and_used() {
        let code = "import a.b, c as d\nfrom e import *\ndef f(x):\n    y = g\nclass H: pass\n";
        let names = Names::of(&python::statements(code).expect(code));
        let bound: Vec<&str> = names.bound.iter().map(String::as_str).collect();
        assert_eq!(bound, ["*", "H", "a", "d", "f", "y"]);
        assert_eq!(names.used.into_iter().collect::<Vec<_>>(), ["g"]);
    }
}
