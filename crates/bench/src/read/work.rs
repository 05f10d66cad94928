//! How much a piece of code does, counted without running it: calls of the snippet's own functions.

use super::written::Written;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Arguments, Comprehension, Expr, ExprCall, Stmt, StmtFunctionDef};
use std::collections::BTreeMap;

/// Functions within functions are followed so far.
const DEPTH: usize = 4;

/// What a piece of code does.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Work {
    /// For each function, how often it is called, and with which number where it is given just one.
    calls: BTreeMap<String, Vec<(f64, Option<f64>)>>,
    /// Threads and processes that share it.
    pub(super) workers: usize,
    /// Whether every loop around such a call has a length that is written down.
    is_known: bool,
}

impl Work {
    /// What the statements of `body` do, in a module with these statements; `above` are those that run right before.
    pub(super) fn of(body: &[Stmt], above: &[Stmt], module: &[Stmt]) -> Work {
        let mut counter = Counter {
            functions: functions(module),
            written: Written::default(),
            factor: Some(1.0),
            depth: 0,
            work: Work {
                is_known: true,
                ..Work::default()
            },
        };
        for statement in module {
            counter.written.note(statement);
        }
        for statement in body {
            counter.visit_stmt(statement);
        }
        if counter.work.calls.is_empty() {
            // Threads may have been built before the clock was started.
            for statement in above.iter().filter(|one| builds_for(one, body)) {
                counter.visit_stmt(statement);
            }
        }
        counter.work
    }

    /// How many times as much this is as `base`; nothing where that cannot be told.
    pub(super) fn times(&self, base: &Work) -> Option<f64> {
        if !self.is_known || !base.is_known {
            return None;
        }
        let (mut own, mut other) = (0.0, 0.0);
        for (name, calls) in &self.calls {
            let Some(others) = base.calls.get(name) else {
                continue;
            };
            let sized = calls.iter().chain(others).all(|(_, size)| size.is_some());
            let sum = |calls: &[(f64, Option<f64>)]| -> f64 {
                let one = |(count, size): &(f64, Option<f64>)| {
                    count * size.filter(|_| sized).unwrap_or(1.0)
                };
                calls.iter().map(one).sum()
            };
            own += sum(calls);
            other += sum(others);
        }
        (own > 0.0 && other > 0.0).then(|| own / other)
    }
}

/// Whether a statement binds a name that `body` uses.
fn builds_for(statement: &Stmt, body: &[Stmt]) -> bool {
    match statement {
        Stmt::Assign(assign) => match assign.targets.as_slice() {
            [Expr::Name(name)] => is_used(body, name.id.as_str()),
            _ => false,
        },
        _ => false,
    }
}

/// Whether statements speak of a name, or of an attribute that is called so.
pub(super) fn is_used(statements: &[Stmt], name: &str) -> bool {
    struct Names<'n> {
        name: &'n str,
        found: bool,
    }
    impl<'v> Visitor<'v> for Names<'_> {
        fn visit_expr(&mut self, expression: &'v Expr) {
            match expression {
                Expr::Name(name) => self.found |= name.id.as_str() == self.name,
                Expr::Attribute(attribute) => self.found |= attribute.attr.as_str() == self.name,
                _ => {}
            }
            walk_expr(self, expression);
        }
    }
    let mut names = Names { name, found: false };
    for statement in statements {
        names.visit_stmt(statement);
    }
    names.found
}

fn functions(module: &[Stmt]) -> BTreeMap<&str, &StmtFunctionDef> {
    module
        .iter()
        .filter_map(|statement| match statement {
            Stmt::FunctionDef(function) => Some((function.name.as_str(), function)),
            _ => None,
        })
        .collect()
}

struct Counter<'a> {
    functions: BTreeMap<&'a str, &'a StmtFunctionDef>,
    written: Written<'a>,
    /// How often what is looked at is done; nothing where nobody can tell.
    factor: Option<f64>,
    depth: usize,
    work: Work,
}

impl<'a> Counter<'a> {
    /// Notes `times` calls of what `target` stands for, each with these arguments.
    fn call(&mut self, target: &Expr, times: Option<f64>, given: &[&Expr]) {
        let Expr::Name(name) = target else {
            return;
        };
        let Some(&function) = self.functions.get(name.id.as_str()) else {
            return;
        };
        let total = match (self.factor, times) {
            (Some(factor), Some(times)) => Some(factor * times),
            _ => None,
        };
        if self.depth < DEPTH && self.delegates(function) {
            let outer = std::mem::replace(&mut self.factor, total);
            self.depth += 1;
            for statement in &function.body {
                self.visit_stmt(statement);
            }
            self.depth -= 1;
            self.factor = outer;
            return;
        }
        let Some(total) = total else {
            self.work.is_known = false;
            return;
        };
        let size = match given {
            [one] => self.written.number(one),
            _ => None,
        };
        let calls = self.work.calls.entry(name.id.to_string()).or_default();
        calls.push((total, size));
    }

    /// Whether a function has others of the snippet do the work.
    fn delegates(&self, function: &StmtFunctionDef) -> bool {
        let mut search = Search {
            functions: &self.functions,
            itself: function.name.as_str(),
            found: false,
        };
        for statement in &function.body {
            search.visit_stmt(statement);
        }
        search.found
    }

    fn share(&mut self, workers: Option<f64>) {
        if let Some(workers) = workers {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small number that is not negative"
            )]
            let workers = workers.clamp(0.0, 10_000.0) as usize;
            self.work.workers = self.work.workers.max(workers);
        }
    }

    /// Calls that have a function called by somebody else; whether it was one.
    fn hands_over(&mut self, call: &'a ExprCall) -> bool {
        let Arguments { args, keywords, .. } = &call.arguments;
        let keyword = |name: &str| {
            let found = keywords
                .iter()
                .find(|one| one.arg.as_ref().is_some_and(|arg| arg.as_str() == name));
            found.map(|one| &one.value)
        };
        match last_name(&call.func) {
            "Thread" | "Process" => {
                let given: Vec<&Expr> = match keyword("args") {
                    Some(Expr::Tuple(tuple)) => tuple.elts.iter().collect(),
                    _ => Vec::new(),
                };
                let Some(target) = keyword("target") else {
                    return false;
                };
                let workers = self.factor.map(|factor| {
                    #[expect(clippy::cast_precision_loss, reason = "a small number")]
                    let so_far = self.work.workers as f64;
                    so_far + factor
                });
                self.share(workers);
                self.call(target, Some(1.0), &given);
                true
            }
            "Pool"
            | "ThreadPool"
            | "ThreadPoolExecutor"
            | "ProcessPoolExecutor"
            | "InterpreterPoolExecutor" => {
                let size = args
                    .first()
                    .or_else(|| keyword("max_workers"))
                    .or_else(|| keyword("processes"));
                let workers = size.and_then(|size| self.written.number(size));
                self.share(workers);
                true
            }
            "map" | "imap" | "imap_unordered" | "map_async" | "starmap" => {
                let (Some(target), Some(items)) = (args.first(), args.get(1)) else {
                    return false;
                };
                let item = match items {
                    Expr::BinOp(operation) => match operation.left.as_ref() {
                        Expr::List(list) => list.elts.first(),
                        _ => None,
                    },
                    _ => None,
                };
                let given: Vec<&Expr> = item.into_iter().collect();
                let times = self.written.length(items);
                self.call(target, times, &given);
                true
            }
            "submit" | "apply_async" | "to_thread" => {
                let Some(target) = args.first() else {
                    return false;
                };
                let given: Vec<&Expr> = args.iter().skip(1).collect();
                self.call(target, Some(1.0), &given);
                true
            }
            "run_in_executor" => {
                let Some(target) = args.get(1) else {
                    return false;
                };
                let given: Vec<&Expr> = args.iter().skip(2).collect();
                self.call(target, Some(1.0), &given);
                true
            }
            _ => false,
        }
    }

    fn repeated(&mut self, generators: &'a [Comprehension], inner: &[&'a Expr]) {
        let outer = self.factor;
        for generator in generators {
            self.visit_expr(&generator.iter);
            let length = self
                .written
                .length(&generator.iter)
                .filter(|_| generator.ifs.is_empty());
            self.factor = match (self.factor, length) {
                (Some(factor), Some(length)) => Some(factor * length),
                _ => None,
            };
        }
        for expression in inner {
            self.visit_expr(expression);
        }
        self.factor = outer;
    }
}

impl<'a> Visitor<'a> for Counter<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::For(repeated) => {
                self.visit_expr(&repeated.iter);
                let outer = self.factor;
                self.factor = match (outer, self.written.length(&repeated.iter)) {
                    (Some(factor), Some(length)) => Some(factor * length),
                    _ => None,
                };
                for inner in &repeated.body {
                    self.visit_stmt(inner);
                }
                self.factor = outer;
            }
            Stmt::While(_) => {
                let outer = self.factor.take();
                walk_stmt(self, statement);
                self.factor = outer;
            }
            _ => {
                self.written.note(statement);
                walk_stmt(self, statement);
            }
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => {
                if !self.hands_over(call) {
                    let given: Vec<&Expr> = call.arguments.args.iter().collect();
                    self.call(&call.func, Some(1.0), &given);
                    walk_expr(self, expression);
                }
            }
            Expr::ListComp(list) => self.repeated(&list.generators, &[&list.elt]),
            Expr::SetComp(set) => self.repeated(&set.generators, &[&set.elt]),
            Expr::Generator(generator) => {
                self.repeated(&generator.generators, &[&generator.elt]);
            }
            Expr::Lambda(_) => {}
            _ => walk_expr(self, expression),
        }
    }
}

/// Looks for calls of the snippet's own functions, by whoever makes them.
struct Search<'a, 'f> {
    functions: &'f BTreeMap<&'a str, &'a StmtFunctionDef>,
    itself: &'f str,
    found: bool,
}

impl<'v> Visitor<'v> for Search<'_, '_> {
    fn visit_expr(&mut self, expression: &'v Expr) {
        match expression {
            Expr::Name(name) => {
                let name = name.id.as_str();
                self.found |= name != self.itself && self.functions.contains_key(name);
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// `Thread` of both `Thread` and `threading.Thread`.
pub(super) fn last_name(function: &Expr) -> &str {
    match function {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruff_python_parser::parse_module;

    fn work(code: &str) -> Work {
        let body: Vec<Stmt> = parse_module(code)
            .expect(code)
            .into_suite()
            .into_iter()
            .collect();
        Work::of(&body, &[], &body)
    }

    #[test]
    fn work_is_counted_without_running_it() {
        let base = "def spin(n): pass\nspin(1000)\n";
        for (code, workers, times) in [
            ("spin(1000)", 0, Some(1.0)),
            ("for _ in range(3): spin(1000)", 0, Some(3.0)),
            ("[spin(1000) for _ in range(2)]", 0, Some(2.0)),
            ("spin(500)\nspin(500)", 0, Some(1.0)),
            (
                "N = 4\nts = [Thread(target=spin, args=(1000,)) for _ in range(N)]",
                4,
                Some(4.0),
            ),
            (
                "a = Thread(target=spin, args=(1000,))\nb = Thread(target=spin, args=(1000,))",
                2,
                Some(2.0),
            ),
            ("with Pool(4) as p: p.map(spin, [1000] * 4)", 4, Some(4.0)),
            (
                "with Pool(2) as p:\n    p.map(spin, range(8))",
                2,
                Some(8.0),
            ),
            (
                "def all_of_it():\n    for _ in range(4): spin(1000)\nall_of_it()",
                0,
                Some(4.0),
            ),
            ("while True: spin(1000)", 0, None),
            ("for x in unknown(): spin(1000)", 0, None),
            ("print(1)", 0, None),
        ] {
            let whole = format!("def spin(n): pass\n{code}\n");
            let other = work(&whole);
            assert_eq!(
                (other.workers, other.times(&work(base))),
                (workers, times),
                "{code}"
            );
        }
    }
}
