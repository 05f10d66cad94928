//! Functions that a guide defines, states outputs in, and never calls: they are called for the sake of judging.

use super::{Reading, line_of};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use ruff_python_parser::parse_module;
use ruff_text_size::Ranged;
use snipcheck_core::{Expectation, Form, Guide, Kind, Lines, Part, Planned, Repair, RepairKind};

/// Adds the calls to the plan of each snippet.
pub(super) fn add(guide: &Guide, readings: &[Reading], planned: &mut [Planned]) {
    for at in 0..planned.len() {
        let found: Vec<Uncalled> = uncalled(guide, readings, at)
            .into_iter()
            .filter(|one| !is_called_later(readings, planned, at, &one.name))
            .collect();
        let plan = &mut planned[at];
        let Some(unit) = plan.unit.as_mut().filter(|_| !found.is_empty()) else {
            continue;
        };
        // Below the code, so that no line of it is a call's.
        let first = guide.snippets[at].lines.last.plus(1);
        let part = |one: &Uncalled| Part {
            first,
            code: one.call(),
        };
        unit.calls = found.iter().map(part).collect();
        plan.repairs.extend(found.iter().map(|one| Repair {
            kind: RepairKind::Call,
            line: one.lines.first,
            text: format!("{}()", one.name),
        }));
        plan.repairs.sort_by_key(|repair| repair.line);
    }
}

/// A function at top level that nothing in its snippet calls.
struct Uncalled {
    name: String,
    lines: Lines,
    is_async: bool,
}

impl Uncalled {
    fn call(&self) -> String {
        let wait = if self.is_async { "await " } else { "" };
        format!("{wait}{}()", self.name)
    }
}

fn uncalled(guide: &Guide, readings: &[Reading], at: usize) -> Vec<Uncalled> {
    let snippet = &guide.snippets[at];
    let reading = &readings[at];
    let is_whole = snippet.form == Form::Script && reading.incomplete.is_none();
    let Some(code) = reading.code.as_ref().filter(|_| is_whole) else {
        return Vec::new();
    };
    if !snippet.expectations.iter().any(is_watched) {
        return Vec::new();
    }
    let Ok(parsed) = parse_module(code) else {
        return Vec::new();
    };
    let body = &parsed.syntax().body;
    let one = |stmt: &Stmt| {
        let Stmt::FunctionDef(function) = stmt else {
            return None;
        };
        let lines = Lines::new(
            line_of(snippet, code, function.start()),
            line_of(snippet, code, function.end()),
        );
        let states = |expectation: &Expectation| {
            let statement = expectation.statement;
            is_watched(expectation) && lines.first < statement.first && statement.last <= lines.last
        };
        let wanted = snippet.expectations.iter().any(states)
            && can_be_called(function)
            && !uses(body, &function.name);
        wanted.then(|| Uncalled {
            name: function.name.to_string(),
            lines,
            is_async: function.is_async,
        })
    };
    body.iter().filter_map(one).collect()
}

/// Whether a call would show what an expectation states.
fn is_watched(expectation: &Expectation) -> bool {
    !matches!(
        expectation.kind,
        Kind::FollowingFence | Kind::Session | Kind::Timing | Kind::Relation
    ) && expectation.code.is_none()
}

/// Whether it takes no arguments, and a call of it runs its body.
fn can_be_called(function: &StmtFunctionDef) -> bool {
    let mut parameters = function.parameters.iter_non_variadic_params();
    function.decorator_list.is_empty()
        && parameters.all(|parameter| parameter.default.is_some())
        && !Yields::inside(&function.body)
}

/// Whether a function of this name is used anywhere, be it without a call: something may call it then.
fn uses(body: &[Stmt], name: &str) -> bool {
    let mut uses = Uses { name, found: false };
    uses.visit_body(body);
    uses.found
}

fn is_called_later(readings: &[Reading], planned: &[Planned], at: usize, name: &str) -> bool {
    let id = &planned[at].id;
    planned.iter().zip(readings).any(|(later, reading)| {
        let names = reading.names.as_ref();
        later.needs.contains(id) && names.is_some_and(|names| names.free.contains_key(name))
    })
}

struct Uses<'n> {
    name: &'n str,
    found: bool,
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        self.found |= matches!(expr, Expr::Name(name) if name.id == self.name);
        visitor::walk_expr(self, expr);
    }
}

/// Whether a body is a generator's.
struct Yields {
    found: bool,
}

impl Yields {
    fn inside(body: &[Stmt]) -> bool {
        let mut yields = Yields { found: false };
        yields.visit_body(body);
        yields.found
    }
}

impl<'a> Visitor<'a> for Yields {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        // A function inside is another one.
        if !matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            visitor::walk_stmt(self, stmt);
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.found |= matches!(expr, Expr::Yield(_) | Expr::YieldFrom(_));
        visitor::walk_expr(self, expr);
    }
}
