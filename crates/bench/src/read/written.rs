//! Numbers and lengths that are written down in a module, and what follows from them by arithmetic.

use ruff_python_ast::{Expr, Number, Operator, Stmt, UnaryOp};
use std::collections::BTreeMap;

/// What names of a module stand for.
#[derive(Default)]
pub(super) struct Written<'a> {
    numbers: BTreeMap<&'a str, f64>,
    lengths: BTreeMap<&'a str, f64>,
}

impl<'a> Written<'a> {
    /// Remembers what a name of the module stands for.
    pub(super) fn note(&mut self, statement: &'a Stmt) {
        let Stmt::Assign(assign) = statement else {
            return;
        };
        let [Expr::Name(name)] = assign.targets.as_slice() else {
            return;
        };
        if let Some(number) = self.number(&assign.value) {
            self.numbers.insert(name.id.as_str(), number);
        }
        if let Some(length) = self.length(&assign.value) {
            self.lengths.insert(name.id.as_str(), length);
        }
    }

    pub(super) fn number(&self, expression: &Expr) -> Option<f64> {
        match expression {
            Expr::NumberLiteral(literal) => match &literal.value {
                #[expect(clippy::cast_precision_loss, reason = "only ratios of it count")]
                Number::Int(number) => number.as_i64().map(|number| number as f64),
                Number::Float(number) => Some(*number),
                Number::Complex { .. } => None,
            },
            Expr::Name(name) => self.numbers.get(name.id.as_str()).copied(),
            Expr::UnaryOp(unary) if unary.op == UnaryOp::USub => {
                self.number(&unary.operand).map(|number| -number)
            }
            Expr::BinOp(operation) => {
                let (left, right) = (
                    self.number(&operation.left)?,
                    self.number(&operation.right)?,
                );
                match operation.op {
                    Operator::Add => Some(left + right),
                    Operator::Sub => Some(left - right),
                    Operator::Mult => Some(left * right),
                    Operator::Div => Some(left / right),
                    Operator::FloorDiv => Some((left / right).floor()),
                    Operator::Pow => Some(left.powf(right)),
                    _ => None,
                }
            }
            Expr::Call(call) if is_named(&call.func, &["len"]) => {
                self.length(call.arguments.args.first()?)
            }
            _ => None,
        }
    }

    pub(super) fn length(&self, expression: &Expr) -> Option<f64> {
        match expression {
            Expr::List(list) => count(&list.elts),
            Expr::Tuple(tuple) => count(&tuple.elts),
            Expr::Set(set) => count(&set.elts),
            Expr::Name(name) => self.lengths.get(name.id.as_str()).copied(),
            Expr::BinOp(operation) if operation.op == Operator::Mult => {
                let times = self.number(&operation.right)?;
                Some(self.length(&operation.left)? * times)
            }
            Expr::Call(call) if is_named(&call.func, &["range"]) => {
                let numbers: Option<Vec<f64>> = call
                    .arguments
                    .args
                    .iter()
                    .map(|one| self.number(one))
                    .collect();
                match numbers?.as_slice() {
                    [end] => Some(end.max(0.0)),
                    [start, end] => Some((end - start).max(0.0)),
                    [start, end, step] if *step != 0.0 => {
                        Some(((end - start) / step).ceil().max(0.0))
                    }
                    _ => None,
                }
            }
            Expr::Call(call)
                if is_named(
                    &call.func,
                    &["enumerate", "zip", "list", "tuple", "reversed", "sorted"],
                ) =>
            {
                self.length(call.arguments.args.first()?)
            }
            Expr::ListComp(list) => match list.generators.as_slice() {
                [one] if one.ifs.is_empty() => self.length(&one.iter),
                _ => None,
            },
            _ => None,
        }
    }
}

fn count(elements: &[Expr]) -> Option<f64> {
    let plain = !elements.iter().any(|one| matches!(one, Expr::Starred(_)));
    #[expect(clippy::cast_precision_loss, reason = "nobody writes so many down")]
    plain.then_some(elements.len() as f64)
}

fn is_named(function: &Expr, names: &[&str]) -> bool {
    matches!(function, Expr::Name(name) if names.contains(&name.id.as_str()))
}
