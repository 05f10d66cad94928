//! `# O(n)` beside a statement: how its time is said to grow.

use super::repeat::works;
use super::span::Page;
use super::work::last_name;
use super::{Hypothesis, Reading};
use crate::growth::{Growth, whole};
use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, Stmt};
use snipcheck_core::{Line, Snippet};
use std::collections::BTreeSet;

/// Less data than this says more of what does not depend on it.
const LEAST: u64 = 10_000;

/// Everything that comments beside statements say of growth, where the code says how much data there is.
pub(super) fn orders(page: &Page<'_>, snippet: &Snippet) -> Vec<Hypothesis> {
    let asides = snippet
        .asides
        .iter()
        .map(|aside| (aside.line, aside.comment.as_str()));
    let expectations = snippet
        .expectations
        .iter()
        .map(|one| (one.lines.first, one.comment.as_str()));
    asides
        .chain(expectations)
        .filter_map(|(line, comment)| {
            let words = comment.trim_start_matches('#').trim();
            Some(Hypothesis {
                line,
                words: words.to_owned(),
                reading: Reading::Growth(growth(page, line, power(words)?)?),
                is_confirmed: false,
            })
        })
        .collect()
}

/// The power of n in what a comment begins with: `O(n log n)` is a bit more than 1.
fn power(words: &str) -> Option<f64> {
    let inner = words.strip_prefix("O(")?;
    let inner = &inner[..inner.find(')')?];
    let plain: String = inner
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '^' | '·'))
        .collect();
    Some(match plain.as_str() {
        "1" => 0.0,
        "logn" | "log(n" => 0.1,
        "n" => 1.0,
        "nlogn" | "nlog(n" => 1.1,
        "n2" | "n²" => 2.0,
        _ => return None,
    })
}

/// The statement on a line of the module, with the only number above it that can be how much data there is.
fn growth(page: &Page<'_>, line: Line, power: f64) -> Option<Growth> {
    let at = page
        .module
        .iter()
        .position(|one| page.lines(one).last == line)?;
    let statement = &page.module[at];
    let value = match statement {
        Stmt::Expr(expression) => expression.value.as_ref(),
        Stmt::Assign(assign) => assign.value.as_ref(),
        _ => return None,
    };
    if !works(std::slice::from_ref(statement)) || changes(value) {
        return None;
    }
    let mut sizes = Numbers::default();
    for above in &page.module[..at] {
        sizes.visit_stmt(above);
    }
    let mut sizes = sizes.found.into_iter().filter(|size| *size >= LEAST);
    let size = sizes.next().filter(|_| sizes.next().is_none())?;
    Some(Growth {
        power,
        code: format!("{}\n", page.source(statement)),
        size,
    })
}

#[derive(Default)]
struct Numbers {
    found: BTreeSet<u64>,
}

impl<'v> Visitor<'v> for Numbers {
    fn visit_expr(&mut self, expression: &'v Expr) {
        self.found.extend(whole(expression));
        walk_expr(self, expression);
    }
}

/// Whether running it again finds other data.
fn changes(value: &Expr) -> bool {
    struct Search {
        found: bool,
    }
    impl<'v> Visitor<'v> for Search {
        fn visit_expr(&mut self, expression: &'v Expr) {
            if let Expr::Call(call) = expression {
                let is_method = matches!(call.func.as_ref(), Expr::Attribute(_));
                let only_looks = [
                    "get", "index", "count", "copy", "find", "keys", "values", "items",
                ];
                self.found |= is_method && !only_looks.contains(&last_name(&call.func));
            }
            walk_expr(self, expression);
        }
    }
    let mut search = Search { found: false };
    search.visit_expr(value);
    search.found
}
