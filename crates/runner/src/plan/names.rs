//! Which names a piece of code binds at module level, and which it uses without binding them.
//!
//! Python's own scoping rules, read off the syntax tree: code at module level runs in order, code in
//! functions runs later and sees whatever the module binds anywhere.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{
    Alias, Comprehension, ExceptHandler, Expr, ExprContext, Parameters, Pattern, Stmt, TypeParam,
};
use ruff_text_size::{Ranged, TextSize};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What a module binds and what it lacks.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Names bound at module level.
    pub(crate) binds: HashSet<String>,
    /// Names used and bound nowhere, builtins included, by name.
    pub(crate) free: BTreeMap<String, Use>,
    /// Whether `from x import *` may bind anything at all.
    pub(crate) star_import: bool,
    /// Where `await`, `async for` or `async with` first stands at module level.
    pub(crate) top_level_await: Option<TextSize>,
}

/// How a free name is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    /// The first use.
    pub(crate) at: TextSize,
    /// The attributes taken from it.
    pub(crate) attributes: BTreeSet<String>,
    /// Whether it is ever used as such, not only for an attribute.
    pub(crate) bare: bool,
}

/// Reads the names of a module.
pub(crate) fn names(body: &[Stmt]) -> Names {
    let everywhere = bindings(body);
    let mut reader = Reader {
        names: Names {
            star_import: everywhere.star_import,
            ..Names::default()
        },
        everywhere: everywhere.names,
        scopes: vec![Scope::new(Kind::Module, HashSet::new())],
        lazy_annotations: has_lazy_annotations(body),
    };
    reader.visit_body(body);
    reader.names.binds = reader.everywhere;
    reader.names
}

/// The names that one statement binds at module level.
pub(crate) fn bound_by(statement: &Stmt) -> HashSet<String> {
    bindings(std::slice::from_ref(statement)).names
}

fn has_lazy_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|s| {
        matches!(s, Stmt::ImportFrom(i) if i.module.as_deref() == Some("__future__")
            && i.names.iter().any(|n| n.name.as_str() == "annotations"))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    Class,
    /// Functions, lambdas and comprehensions: their names are known before their code runs.
    Function,
    Comprehension,
}

#[derive(Debug)]
struct Scope {
    kind: Kind,
    bound: HashSet<String>,
}

impl Scope {
    fn new(kind: Kind, bound: HashSet<String>) -> Scope {
        Scope { kind, bound }
    }
}

struct Reader {
    names: Names,
    /// What the module binds anywhere.
    everywhere: HashSet<String>,
    scopes: Vec<Scope>,
    lazy_annotations: bool,
}

impl Reader {
    /// Whether the code being read runs when the module is run, not when a function is called.
    fn is_immediate(&self) -> bool {
        self.scopes.iter().all(|s| s.kind != Kind::Function)
    }

    fn is_bound(&self, name: &str) -> bool {
        let innermost = self.scopes.len() - 1;
        self.scopes.iter().enumerate().rev().any(|(depth, scope)| {
            match scope.kind {
                // The names of a class body are seen by that body alone.
                Kind::Class => depth == innermost && scope.bound.contains(name),
                Kind::Module if self.is_immediate() => scope.bound.contains(name),
                Kind::Module => self.everywhere.contains(name),
                Kind::Function | Kind::Comprehension => scope.bound.contains(name),
            }
        })
    }

    fn bind(&mut self, name: &str) {
        // An assignment expression in a comprehension binds around it.
        let scope = self
            .scopes
            .iter_mut()
            .rev()
            .find(|s| s.kind != Kind::Comprehension);
        if let Some(scope) = scope {
            scope.bound.insert(name.to_owned());
        }
    }

    fn used(&mut self, name: &str, at: TextSize, attribute: Option<&str>) {
        if self.is_bound(name) {
            return;
        }
        let entry = self.names.free.entry(name.to_owned()).or_insert(Use {
            at,
            attributes: BTreeSet::new(),
            bare: false,
        });
        match attribute {
            Some(attribute) => {
                entry.attributes.insert(attribute.to_owned());
            }
            None => entry.bare = true,
        }
    }

    fn awaited(&mut self, at: TextSize) {
        if self.is_immediate() && self.names.top_level_await.is_none() {
            self.names.top_level_await = Some(at);
        }
    }

    fn within(&mut self, kind: Kind, bound: HashSet<String>, read: impl FnOnce(&mut Self)) {
        self.scopes.push(Scope::new(kind, bound));
        read(self);
        self.scopes.pop();
    }

    fn function(&mut self, parameters: &Parameters, body: &[Stmt]) {
        let local = bindings(body);
        let mut bound: HashSet<String> = local.names;
        bound.extend(parameters.iter().map(|p| p.name().to_string()));
        bound.retain(|name| !local.elsewhere.contains(name));
        self.within(Kind::Function, bound, |reader| reader.visit_body(body));
    }

    fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters {
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
            if let Some(annotation) = parameter.annotation() {
                self.visit_annotation(annotation);
            }
        }
    }

    fn comprehension(&mut self, generators: &[Comprehension], parts: &[&Expr]) {
        // The first iterable is evaluated outside.
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        let mut targets = Bindings::default();
        for generator in generators {
            targets.visit_expr(&generator.target);
        }
        self.within(Kind::Comprehension, targets.names, |reader| {
            for (index, generator) in generators.iter().enumerate() {
                if generator.is_async {
                    reader.awaited(generator.range.start());
                }
                if index > 0 {
                    reader.visit_expr(&generator.iter);
                }
                for condition in &generator.ifs {
                    reader.visit_expr(condition);
                }
            }
            for part in parts {
                reader.visit_expr(part);
            }
        });
    }

    fn type_parameters(&mut self, parameters: Option<&ruff_python_ast::TypeParams>) -> bool {
        let Some(parameters) = parameters else {
            return false;
        };
        let names = parameters.iter().map(|p| p.name().to_string()).collect();
        self.scopes.push(Scope::new(Kind::Function, names));
        true
    }
}

impl<'a> Visitor<'a> for Reader {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(def) => {
                for decorator in &def.decorator_list {
                    self.visit_decorator(decorator);
                }
                let generic = self.type_parameters(def.type_params.as_deref());
                self.defaults(&def.parameters);
                if let Some(returns) = &def.returns {
                    self.visit_annotation(returns);
                }
                self.function(&def.parameters, &def.body);
                if generic {
                    self.scopes.pop();
                }
                self.bind(&def.name);
            }
            Stmt::ClassDef(def) => {
                for decorator in &def.decorator_list {
                    self.visit_decorator(decorator);
                }
                let generic = self.type_parameters(def.type_params.as_deref());
                if let Some(arguments) = &def.arguments {
                    self.visit_arguments(arguments);
                }
                let own = ["__module__", "__qualname__", "__class__"];
                let bound = own.map(str::to_owned).into();
                self.within(Kind::Class, bound, |reader| reader.visit_body(&def.body));
                if generic {
                    self.scopes.pop();
                }
                self.bind(&def.name);
            }
            Stmt::For(loop_) if loop_.is_async => {
                self.awaited(loop_.range().start());
                visitor::walk_stmt(self, statement);
            }
            Stmt::With(with) if with.is_async => {
                self.awaited(with.range().start());
                visitor::walk_stmt(self, statement);
            }
            Stmt::AugAssign(assign) => {
                // The target is read before it is bound.
                if let Expr::Name(name) = assign.target.as_ref() {
                    self.used(&name.id, name.range.start(), None);
                }
                visitor::walk_stmt(self, statement);
            }
            Stmt::AnnAssign(assign) if assign.value.is_none() => {
                // An annotation alone binds nothing.
                self.visit_annotation(&assign.annotation);
            }
            Stmt::TypeAlias(alias) => {
                if let Expr::Name(name) = alias.name.as_ref() {
                    self.bind(&name.id);
                }
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_annotation(&mut self, annotation: &'a Expr) {
        if !self.lazy_annotations {
            self.visit_expr(annotation);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => match name.ctx {
                ExprContext::Store => self.bind(&name.id),
                ExprContext::Load => self.used(&name.id, name.range.start(), None),
                ExprContext::Del | ExprContext::Invalid => {}
            },
            Expr::Attribute(attribute) => match attribute.value.as_ref() {
                Expr::Name(name) => {
                    self.used(&name.id, name.range.start(), Some(attribute.attr.as_str()));
                }
                value => self.visit_expr(value),
            },
            Expr::Lambda(lambda) => {
                let mut bound = HashSet::new();
                if let Some(parameters) = &lambda.parameters {
                    self.defaults(parameters);
                    bound.extend(parameters.iter().map(|p| p.name().to_string()));
                }
                self.within(Kind::Function, bound, |reader| {
                    reader.visit_expr(&lambda.body)
                });
            }
            Expr::ListComp(c) => self.comprehension(&c.generators, &[&c.elt]),
            Expr::SetComp(c) => self.comprehension(&c.generators, &[&c.elt]),
            Expr::Generator(c) => self.comprehension(&c.generators, &[&c.elt]),
            Expr::DictComp(c) => {
                let parts: Vec<&Expr> = c
                    .key
                    .iter()
                    .map(AsRef::as_ref)
                    .chain([c.value.as_ref()])
                    .collect();
                self.comprehension(&c.generators, &parts);
            }
            Expr::Await(awaited) => {
                self.awaited(awaited.range.start());
                visitor::walk_expr(self, expression);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        if let Some(name) = alias_binds(alias) {
            self.bind(&name);
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(caught) = handler;
        if let Some(name) = &caught.name {
            self.bind(name);
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        if let Some(name) = captured(pattern) {
            self.bind(&name);
        }
        visitor::walk_pattern(self, pattern);
    }

    fn visit_type_param(&mut self, _: &'a TypeParam) {}
}

/// The names that a body binds in its own scope.
#[derive(Debug, Default)]
struct Bindings {
    names: HashSet<String>,
    /// Declared `global` or `nonlocal`: not of this scope.
    elsewhere: HashSet<String>,
    star_import: bool,
}

fn bindings(body: &[Stmt]) -> Bindings {
    let mut bindings = Bindings::default();
    bindings.visit_body(body);
    bindings
}

impl<'a> Visitor<'a> for Bindings {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(def) => {
                self.names.insert(def.name.to_string());
                // What a function declares global is bound in the module once it is called.
                let inner = bindings(&def.body);
                self.names
                    .extend(inner.elsewhere.intersection(&inner.names).cloned());
            }
            Stmt::ClassDef(def) => {
                self.names.insert(def.name.to_string());
            }
            Stmt::Global(global) => {
                self.elsewhere
                    .extend(global.names.iter().map(ToString::to_string));
            }
            Stmt::Nonlocal(nonlocal) => {
                self.elsewhere
                    .extend(nonlocal.names.iter().map(ToString::to_string));
            }
            Stmt::AnnAssign(assign) if assign.value.is_none() => {}
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx == ExprContext::Store => {
                self.names.insert(name.id.to_string());
            }
            Expr::Lambda(_) => {}
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                let mut inner = Walrus(HashSet::new());
                visitor::walk_expr(&mut inner, expression);
                self.names.extend(inner.0);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        match alias_binds(alias) {
            Some(name) => {
                self.names.insert(name);
            }
            None => self.star_import = true,
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(caught) = handler;
        self.names
            .extend(caught.name.as_ref().map(ToString::to_string));
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        self.names.extend(captured(pattern));
        visitor::walk_pattern(self, pattern);
    }
}

/// The targets of assignment expressions in a comprehension, which bind around it.
struct Walrus(HashSet<String>);

impl<'a> Visitor<'a> for Walrus {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Named(named) = expression
            && let Expr::Name(name) = named.target.as_ref()
        {
            self.0.insert(name.id.to_string());
        }
        visitor::walk_expr(self, expression);
    }
}

/// The name that an import binds; nothing for `*`.
fn alias_binds(alias: &Alias) -> Option<String> {
    match &alias.asname {
        Some(name) => Some(name.to_string()),
        None if alias.name.as_str() == "*" => None,
        None => alias.name.split('.').next().map(str::to_owned),
    }
}

/// The name that a pattern captures by itself.
fn captured(pattern: &Pattern) -> Option<String> {
    let name = match pattern {
        Pattern::MatchAs(p) => p.name.as_ref(),
        Pattern::MatchStar(p) => p.name.as_ref(),
        Pattern::MatchMapping(p) => p.rest.as_ref(),
        _ => None,
    };
    name.map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(code: &str) -> String {
        let parsed = ruff_python_parser::parse_module(code).unwrap();
        let names = names(parsed.suite());
        names.free.into_keys().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn free_names_follow_pythons_scopes() {
        let table = [
            ("x = 1\nx", ""),
            ("x\nx = 1", "x"),
            ("def f():\n    return x\nx = 1", ""),
            ("def f(a, *b, c=d, **e):\n    return a, b, c, e, g", "d g"),
            (
                "class A:\n    y = 1\n    z = y\n    def m(self):\n        return y",
                "y",
            ),
            ("[a for a in b if c]", "b c"),
            ("{k: v for k, v in pairs}", "pairs"),
            ("f = lambda q: q + r", "r"),
            (
                "import os.path as p, sys\nfrom m import n as o\np, sys, o, n",
                "n",
            ),
            ("total += 1", "total"),
            ("with open_it() as f:\n    f", "open_it"),
            ("try:\n    pass\nexcept E as e:\n    e", "E"),
            (
                "def f():\n    global g\n    g = 1\ndef h():\n    return g",
                "",
            ),
            ("if (n := size()) > 1:\n    n", "size"),
            ("any((w := v) for v in vs)\nw", "any vs"),
            (
                "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    return x",
                "",
            ),
            ("@deco\ndef f(a: T) -> U: ...", "T U deco"),
            (
                "from __future__ import annotations\ndef f(a: T) -> U: ...",
                "",
            ),
            ("match v:\n    case [a, *rest]:\n        a, rest", "v"),
            ("x: int\nx", "int x"),
            ("def f[T](a: T) -> T:\n    return a", ""),
        ];
        for (code, want) in table {
            assert_eq!(free(code), want, "{code}");
        }
    }

    #[test]
    fn uses_tell_a_module_from_a_value() {
        let parsed = ruff_python_parser::parse_module("t.sleep(1)\nt.time()\nu(2)\nu.x").unwrap();
        let names = names(parsed.suite());
        let t = &names.free["t"];
        assert_eq!(t.attributes.iter().collect::<Vec<_>>(), ["sleep", "time"]);
        assert!(!t.bare && names.free["u"].bare);
    }

    #[test]
    fn awaits_count_at_module_level_only() {
        for (code, want) in [
            ("await f()", true),
            ("async def g():\n    await f()", false),
            ("async for x in y:\n    pass", true),
            ("[x async for x in y]", true),
        ] {
            let parsed = ruff_python_parser::parse_unchecked_source(
                code,
                ruff_python_ast::PySourceType::Ipynb,
            );
            let found = names(parsed.suite()).top_level_await.is_some();
            assert_eq!(found, want, "{code}");
        }
    }
}
