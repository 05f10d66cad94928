//! Which names a body binds anywhere in its own scope: a function's names are its own from its first line on.

use super::Definition;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Alias, ExceptHandler, Expr, ExprContext, Pattern, Stmt};
use std::collections::{BTreeMap, BTreeSet};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Bindings {
    /// Names, and what binds them last.
    pub(super) bound: BTreeMap<String, Definition>,
    /// Names that are declared `nonlocal` here.
    pub(super) nonlocal: BTreeSet<String>,
    /// Names that functions in it declare `global` and give a value before they read it.
    pub(super) global_in_functions: BTreeSet<String>,
    /// Whether there is a star import.
    pub(super) star: bool,
    global: BTreeSet<String>,
    /// For each function around the current place, the names that it reads before it binds them.
    read_first: Vec<BTreeSet<String>>,
    depth: usize,
}

/// The names that `body` binds in its own scope.
pub(super) fn bindings(body: &[Stmt]) -> Bindings {
    let mut found = Bindings::default();
    found.visit_body(body);
    for name in &found.global {
        found.bound.remove(name);
    }
    found
}

impl Bindings {
    fn bind(&mut self, name: &str, by: Definition) {
        if self.depth == 0 {
            self.bound.insert(name.to_owned(), by);
        }
    }
}

impl<'a> Visitor<'a> for Bindings {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => {
                self.bind(&function.name, Definition::Block);
                self.depth += 1;
                self.read_first.push(read_first(&function.body));
                self.visit_body(&function.body);
                self.read_first.pop();
                self.depth -= 1;
            }
            Stmt::ClassDef(class) => {
                self.bind(&class.name, Definition::Block);
                self.depth += 1;
                self.visit_body(&class.body);
                self.depth -= 1;
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.bind(imported(alias), Definition::Import);
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    if alias.name.as_str() == "*" {
                        self.star |= self.depth == 0;
                    } else {
                        self.bind(imported(alias), Definition::Import);
                    }
                }
            }
            Stmt::Global(global) => {
                let names = global.names.iter().map(ToString::to_string);
                if self.depth == 0 {
                    self.global.extend(names);
                } else {
                    let read_first = self.read_first.last();
                    let is_made =
                        |name: &String| read_first.is_none_or(|read| !read.contains(name));
                    self.global_in_functions.extend(names.filter(is_made));
                }
            }
            Stmt::Nonlocal(nonlocal) if self.depth == 0 => {
                let names = nonlocal.names.iter().map(ToString::to_string);
                self.nonlocal.extend(names);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Store => {
                self.bind(&name.id, Definition::Variable);
            }
            Expr::Lambda(_) => {}
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                // Its own targets are its own; a walrus in it binds here.
                let mut inner = Walruses::default();
                visitor::walk_expr(&mut inner, expr);
                for name in inner.0 {
                    self.bind(&name, Definition::Variable);
                }
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(name) = &inner.name {
            self.bind(name, Definition::Variable);
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let mut captured = BTreeSet::new();
        captures(pattern, &mut captured);
        for name in captured {
            self.bind(&name, Definition::Variable);
        }
        visitor::walk_pattern(self, pattern);
    }
}

/// The names that a function's body reads before it gives them a value.
fn read_first(body: &[Stmt]) -> BTreeSet<String> {
    let mut mentions = Mentions::default();
    mentions.visit_body(body);
    mentions.read
}

/// Names by what their first mention is, in the order of evaluation.
#[derive(Default)]
struct Mentions {
    read: BTreeSet<String>,
    bound: BTreeSet<String>,
}

impl<'a> Visitor<'a> for Mentions {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        // `x += 1` reads its target, whatever the context of the target says.
        if let Stmt::AugAssign(assign) = stmt
            && let Expr::Name(name) = &*assign.target
            && !self.bound.contains(name.id.as_str())
        {
            self.read.insert(name.id.to_string());
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        visitor::walk_expr(self, expr);
        let Expr::Name(name) = expr else { return };
        let (first, other) = match name.ctx {
            ExprContext::Store => (&mut self.bound, &self.read),
            _ => (&mut self.read, &self.bound),
        };
        if !other.contains(name.id.as_str()) {
            first.insert(name.id.to_string());
        }
    }
}

#[derive(Default)]
struct Walruses(BTreeSet<String>);

impl<'a> Visitor<'a> for Walruses {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Named(named) = expr
            && let Expr::Name(name) = &*named.target
        {
            self.0.insert(name.id.to_string());
        }
        visitor::walk_expr(self, expr);
    }
}

/// The name that an import binds.
pub(super) fn imported(alias: &Alias) -> &str {
    match &alias.asname {
        Some(name) => name,
        None => alias.name.split('.').next().unwrap_or_default(),
    }
}

/// The names in an assignment's target.
pub(super) fn targets(target: &Expr, found: &mut BTreeSet<String>) {
    match target {
        Expr::Name(name) => {
            found.insert(name.id.to_string());
        }
        Expr::Tuple(inner) => inner.elts.iter().for_each(|one| targets(one, found)),
        Expr::List(inner) => inner.elts.iter().for_each(|one| targets(one, found)),
        Expr::Starred(inner) => targets(&inner.value, found),
        _ => {}
    }
}

/// The names that a pattern itself binds, not those inside it.
pub(super) fn captures(pattern: &Pattern, found: &mut BTreeSet<String>) {
    let name = match pattern {
        Pattern::MatchAs(inner) => inner.name.as_ref(),
        Pattern::MatchStar(inner) => inner.name.as_ref(),
        Pattern::MatchMapping(inner) => inner.rest.as_ref(),
        _ => None,
    };
    if let Some(name) = name {
        found.insert(name.to_string());
    }
}
