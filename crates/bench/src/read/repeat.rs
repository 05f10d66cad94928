//! Which statements can be run again and again.

use super::span::{Page, Part, is_timeit};
use super::work::last_name;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

/// Statements to be run again and again, as text.
pub(super) struct Repeatable {
    /// The statements.
    pub(super) code: String,
    /// Imports among them, which count once; each is a line.
    pub(super) imports: String,
}

/// A part of the module's own statements that can be run again and again, as far as its code tells.
pub(super) fn repeatable(page: &Page<'_>, part: Part<'_>) -> Option<Repeatable> {
    let at_top = std::ptr::eq(part.suite, page.module);
    if !at_top
        || part
            .statements
            .iter()
            .any(|one| is_timeit(one) || once(one))
    {
        return None;
    }
    let is_import = |one: &&Stmt| matches!(one, Stmt::Import(_) | Stmt::ImportFrom(_));
    let defines = |one: &&Stmt| matches!(one, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
    let mut statements = part.statements.iter().filter(|one| !is_import(one));
    let works = statements.any(|one| !defines(&one));
    let text = |which: &dyn Fn(&&Stmt) -> bool| -> String {
        let chosen = part.statements.iter().filter(|one| which(one));
        chosen
            .map(|one| page.source(one).to_owned() + "\n")
            .collect()
    };
    works.then(|| Repeatable {
        code: text(&|one| !is_import(one)),
        imports: text(&is_import),
    })
}

/// Whether code of one statement does more than to name something.
pub(super) fn works(module: &[Stmt]) -> bool {
    let [statement] = module else {
        return false;
    };
    let names = |expression: &Expr| {
        matches!(
            expression,
            Expr::Name(_) | Expr::Attribute(_) | Expr::NumberLiteral(_) | Expr::StringLiteral(_)
        )
    };
    let does_something = match statement {
        Stmt::Expr(expression) => !names(&expression.value),
        Stmt::Assign(_) | Stmt::AugAssign(_) => true,
        _ => false,
    };
    does_something && !once(statement)
}

/// Whether two parts end with a call of the same function: `rows.sort(…)` beside `rows.sort(…)`.
pub(super) fn alike(page: &Page<'_>, one: Part<'_>, other: Part<'_>) -> bool {
    let called = |part: Part<'_>| match part.statements.last()? {
        Stmt::Expr(last) => match last.value.as_ref() {
            Expr::Call(call) => Some(page.source(call.func.as_ref()).to_owned()),
            _ => None,
        },
        _ => None,
    };
    called(one).is_some_and(|name| called(other) == Some(name))
}

/// Whether a statement does something that is not to be done, or not timed, many times.
fn once(statement: &Stmt) -> bool {
    #[derive(Default)]
    struct Search {
        found: bool,
    }
    impl<'v> Visitor<'v> for Search {
        fn visit_stmt(&mut self, statement: &'v Stmt) {
            self.found |= matches!(
                statement,
                Stmt::Delete(_) | Stmt::Return(_) | Stmt::Global(_) | Stmt::Nonlocal(_)
            );
            // What stands in a function is not done here.
            if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
                walk_stmt(self, statement);
            }
        }

        fn visit_expr(&mut self, expression: &'v Expr) {
            self.found |= match expression {
                Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) => true,
                Expr::Call(call) => matches!(
                    last_name(&call.func),
                    "print" | "input" | "open" | "sleep" | "exit" | "quit" | "next" | "start"
                ),
                _ => false,
            };
            walk_expr(self, expression);
        }
    }
    let mut search = Search::default();
    search.visit_stmt(statement);
    search.found
}
