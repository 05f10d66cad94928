//! The way through a module, scope by scope, on which uses of names are seen.

use super::bindings::{self, bindings};
use super::signature::Call;
use super::{Free, Names};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{
    Comprehension, ExceptHandler, Expr, ExprContext, ExprLambda, Parameters, Pattern, Stmt,
    StmtClassDef, StmtFunctionDef, TypeParam, TypeParams,
};
use ruff_text_size::TextSize;
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    Class,
    Function,
    Comprehension,
}

#[derive(Debug)]
struct Scope {
    kind: Kind,
    bound: BTreeSet<String>,
}

/// A function body that is looked into once its surroundings are known.
struct Later<'a> {
    chain: Vec<usize>,
    body: Body<'a>,
}

enum Body<'a> {
    Function(&'a StmtFunctionDef),
    Lambda(&'a ExprLambda),
}

/// Goes through a module, and finds what it uses and where.
#[derive(Default)]
pub(super) struct Walker<'a> {
    /// Every scope there is; they refer to each other by index.
    scopes: Vec<Scope>,
    /// The scopes around the current place, outermost first.
    chain: Vec<usize>,
    later: Vec<Later<'a>>,
    found: Names,
}

impl<'a> Walker<'a> {
    /// What a module uses, of which these names are bound before it begins, and those when it is over.
    pub(super) fn walk(
        body: &'a [Stmt],
        before: BTreeSet<String>,
        after: impl IntoIterator<Item = String>,
        star: bool,
    ) -> Names {
        let mut walker = Walker {
            scopes: vec![Scope {
                kind: Kind::Module,
                bound: before,
            }],
            chain: vec![0],
            ..Walker::default()
        };
        walker.found.star = star;
        walker.visit_body(body);
        // Functions run later, when everything at top level is there.
        walker.scopes[0].bound.extend(after);
        while let Some(later) = walker.later.pop() {
            walker.enter(later);
        }
        walker.found
    }

    fn inside(&mut self, kind: Kind, bound: BTreeSet<String>, work: impl FnOnce(&mut Self)) {
        self.scopes.push(Scope { kind, bound });
        self.chain.push(self.scopes.len() - 1);
        work(self);
        self.chain.pop();
    }

    fn enter(&mut self, later: Later<'a>) {
        let before = std::mem::replace(&mut self.chain, later.chain);
        match later.body {
            Body::Function(function) => {
                let mut inner = bindings(&function.body);
                let mut bound: BTreeSet<String> = inner.bound.into_keys().collect();
                bound.append(&mut inner.nonlocal);
                bound.extend(parameters(&function.parameters));
                bound.extend(
                    function
                        .type_params
                        .iter()
                        .flat_map(|params| type_names(params)),
                );
                self.inside(Kind::Function, bound, |walker| {
                    walker.visit_body(&function.body);
                });
            }
            Body::Lambda(lambda) => {
                let bound = lambda
                    .parameters
                    .iter()
                    .flat_map(|all| parameters(all))
                    .collect();
                self.inside(Kind::Function, bound, |walker| {
                    walker.visit_expr(&lambda.body);
                });
            }
        }
        self.chain = before;
    }

    fn bind(&mut self, name: &str) {
        // A walrus in a comprehension binds in what the comprehension stands in.
        let scope = self
            .chain
            .iter()
            .rev()
            .find(|&&scope| self.scopes[scope].kind != Kind::Comprehension);
        if let Some(&scope) = scope {
            self.scopes[scope].bound.insert(name.to_owned());
        }
    }

    fn is_bound(&self, name: &str) -> bool {
        let innermost = self.chain.last().copied();
        self.chain.iter().rev().any(|&scope| {
            let visible = self.scopes[scope].kind != Kind::Class || Some(scope) == innermost;
            visible && self.scopes[scope].bound.contains(name)
        })
    }

    fn at_top_level(&self) -> bool {
        self.chain
            .iter()
            .all(|&scope| matches!(self.scopes[scope].kind, Kind::Module | Kind::Comprehension))
    }

    fn used(&mut self, name: &str, at: TextSize) -> Option<&mut Free> {
        if self.is_bound(name) || self.found.star {
            return None;
        }
        Some(self.found.free.entry(name.to_owned()).or_insert(Free {
            at,
            attributes: BTreeSet::new(),
            called: false,
            calls: BTreeSet::new(),
            bare: false,
        }))
    }

    fn changes(&mut self, target: &Expr) {
        if let Some(name) = base(target)
            && self.at_top_level()
        {
            self.found.changed.insert(name.to_owned());
        }
    }

    fn imports(&mut self, module: String, at: TextSize) {
        let first = self.found.imports.entry(module).or_insert(at);
        *first = at.min(*first);
    }

    fn awaits(&mut self, at: TextSize) {
        if self.at_top_level() {
            self.found.awaits.get_or_insert(at);
        }
    }

    fn comprehension(&mut self, generators: &'a [Comprehension], results: &[&'a Expr]) {
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        self.inside(Kind::Comprehension, BTreeSet::new(), |walker| {
            for (number, generator) in generators.iter().enumerate() {
                if generator.is_async {
                    walker.awaits(generator.range.start());
                }
                if number > 0 {
                    walker.visit_expr(&generator.iter);
                }
                let mut targets = BTreeSet::new();
                bindings::targets(&generator.target, &mut targets);
                if let Some(&scope) = walker.chain.last() {
                    walker.scopes[scope].bound.append(&mut targets);
                }
                for condition in &generator.ifs {
                    walker.visit_expr(condition);
                }
            }
            for result in results {
                walker.visit_expr(result);
            }
        });
    }

    fn function(&mut self, function: &'a StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.visit_decorator(decorator);
        }
        let types = function
            .type_params
            .iter()
            .flat_map(|params| type_names(params))
            .collect();
        self.inside(Kind::Comprehension, types, |walker| {
            walker.visit_parameters(&function.parameters);
            if let Some(returns) = &function.returns {
                walker.visit_annotation(returns);
            }
        });
        self.bind(&function.name);
        self.later.push(Later {
            chain: self.chain.clone(),
            body: Body::Function(function),
        });
    }

    fn class(&mut self, class: &'a StmtClassDef) {
        for decorator in &class.decorator_list {
            self.visit_decorator(decorator);
        }
        let types: BTreeSet<String> = class
            .type_params
            .iter()
            .flat_map(|params| type_names(params))
            .collect();
        self.inside(Kind::Comprehension, types, |walker| {
            if let Some(arguments) = &class.arguments {
                walker.visit_arguments(arguments);
            }
            let own = ["__module__", "__qualname__", "__class__"];
            let own = own.iter().map(|&name| name.to_owned()).collect();
            walker.inside(Kind::Class, own, |walker| walker.visit_body(&class.body));
        });
        self.bind(&class.name);
    }
}

impl<'a> Visitor<'a> for Walker<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.imports(alias.name.to_string(), import.range.start());
                    self.bind(bindings::imported(alias));
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    if let Some(module) = import.module.as_ref().filter(|_| import.level == 0) {
                        let at = import.range.start();
                        self.imports(module.to_string(), at);
                        self.imports(format!("{module}.{}", alias.name), at);
                    }
                    self.bind(bindings::imported(alias));
                }
            }
            Stmt::TypeAlias(alias) => {
                let types = alias
                    .type_params
                    .iter()
                    .flat_map(|params| type_names(params))
                    .collect();
                self.inside(Kind::Comprehension, types, |walker| {
                    walker.visit_expr(&alias.value);
                });
                self.visit_expr(&alias.name);
            }
            Stmt::AugAssign(assign) => {
                self.visit_expr(&assign.value);
                if let Expr::Name(name) = &*assign.target {
                    if let Some(free) = self.used(&name.id, name.range.start()) {
                        free.bare = true;
                    }
                    self.bind(&name.id);
                    self.changes(&assign.target);
                } else {
                    self.visit_expr(&assign.target);
                }
            }
            Stmt::For(inner) => {
                if inner.is_async {
                    self.awaits(inner.range.start());
                }
                visitor::walk_stmt(self, stmt);
            }
            Stmt::With(inner) => {
                if inner.is_async {
                    self.awaits(inner.range.start());
                }
                visitor::walk_stmt(self, stmt);
            }
            Stmt::Expr(inner) => {
                if let Expr::Call(call) = &*inner.value
                    && let Expr::Attribute(method) = &*call.func
                {
                    self.changes(&method.value);
                }
                visitor::walk_stmt(self, stmt);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => match name.ctx {
                ExprContext::Store => self.bind(&name.id),
                _ => {
                    if let Some(free) = self.used(&name.id, name.range.start()) {
                        free.bare = true;
                    }
                }
            },
            Expr::Attribute(attribute) => {
                if attribute.ctx != ExprContext::Load {
                    self.changes(&attribute.value);
                }
                match &*attribute.value {
                    Expr::Name(name) => {
                        if let Some(free) = self.used(&name.id, name.range.start()) {
                            free.attributes.insert(attribute.attr.to_string());
                        }
                    }
                    inner => self.visit_expr(inner),
                }
            }
            Expr::Subscript(subscript) => {
                if subscript.ctx != ExprContext::Load {
                    self.changes(&subscript.value);
                }
                visitor::walk_expr(self, expr);
            }
            Expr::Call(call) => {
                match &*call.func {
                    Expr::Name(name) => {
                        if let Some(free) = self.used(&name.id, name.range.start()) {
                            free.called = true;
                            free.calls.extend(Call::new(&call.arguments));
                        }
                    }
                    function => self.visit_expr(function),
                }
                self.visit_arguments(&call.arguments);
            }
            Expr::Await(inner) => {
                self.awaits(inner.range.start());
                visitor::walk_expr(self, expr);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.visit_parameters(parameters);
                }
                self.later.push(Later {
                    chain: self.chain.clone(),
                    body: Body::Lambda(lambda),
                });
            }
            Expr::ListComp(inner) => self.comprehension(&inner.generators, &[&inner.elt]),
            Expr::SetComp(inner) => self.comprehension(&inner.generators, &[&inner.elt]),
            Expr::Generator(inner) => self.comprehension(&inner.generators, &[&inner.elt]),
            Expr::DictComp(inner) => {
                let mut results: Vec<&Expr> = vec![&inner.value];
                results.extend(inner.key.as_deref());
                self.comprehension(&inner.generators, &results);
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(kind) = &inner.type_ {
            self.visit_expr(kind);
        }
        if let Some(name) = &inner.name {
            self.bind(name);
        }
        self.visit_body(&inner.body);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let mut captured = BTreeSet::new();
        bindings::captures(pattern, &mut captured);
        for name in captured {
            self.bind(&name);
        }
        visitor::walk_pattern(self, pattern);
    }

    fn visit_type_param(&mut self, type_param: &'a TypeParam) {
        self.bind(type_name(type_param));
        visitor::walk_type_param(self, type_param);
    }
}

/// The name at the start of `name.attribute[…]…`.
fn base(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(name) => Some(&name.id),
        Expr::Attribute(inner) => base(&inner.value),
        Expr::Subscript(inner) => base(&inner.value),
        _ => None,
    }
}

fn parameters(parameters: &Parameters) -> Vec<String> {
    parameters
        .iter()
        .map(|one| one.name().to_string())
        .collect()
}

fn type_names(params: &TypeParams) -> Vec<String> {
    params
        .type_params
        .iter()
        .map(|one| type_name(one).to_owned())
        .collect()
}

fn type_name(param: &TypeParam) -> &str {
    match param {
        TypeParam::TypeVar(inner) => &inner.name,
        TypeParam::TypeVarTuple(inner) => &inner.name,
        TypeParam::ParamSpec(inner) => &inner.name,
    }
}
