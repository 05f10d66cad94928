//! The logical statements of a snippet, and what each can show to a reader.

use super::source::Source;
use ruff_python_ast::statement_visitor::{StatementVisitor, walk_stmt};
use ruff_python_ast::{Expr, Mod, Stmt};
use ruff_text_size::{Ranged, TextRange};
use snipcheck_core::Lines;

/// One statement, on its own or in the body of another one.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// Its lines; of a compound statement only the header, from `for` to the colon.
    pub(super) lines: Lines,
    /// All its lines, its body included.
    pub(super) whole: Lines,
    /// How many characters stand before it on its line.
    pub(super) column: usize,
    /// What it can show.
    pub(super) shape: Shape,
}

/// What a statement can show to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// It prints by name.
    Print,
    /// A bare call; it may give a value, print, or change something.
    Call,
    /// `type(x)` and nothing else.
    TypeCall,
    /// Another bare expression.
    Expression,
    /// Gives a computed value back to whoever calls the function.
    Return,
    /// Gives a name a value.
    Assignment {
        /// The target as it is written.
        target: String,
        /// Where the value comes from.
        origin: Origin,
    },
    /// The header of a `for` loop: the target gets values.
    For,
    /// Takes a name or an item away, which may run code.
    Delete,
    /// A text in triple quotes that stands alone, as a result below a print.
    Text(String),
    /// A compound statement: what its body prints can be told below it.
    Block,
    /// A definition, import, `pass`: nothing to see but an exception.
    Silent,
}

/// Where an assigned value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Written there in full, so that a comment behind it says why, not what.
    Written,
    /// Computed.
    Computed,
}

/// All statements, in the order in which they begin.
pub(super) fn all(source: &Source<'_>) -> Vec<Statement> {
    let mut collector = Collector {
        source,
        statements: Vec::new(),
    };
    if let Mod::Module(module) = source.parsed.syntax() {
        collector.visit_body(&module.body);
    }
    collector.statements
}

struct Collector<'a> {
    source: &'a Source<'a>,
    statements: Vec<Statement>,
}

impl<'a> StatementVisitor<'a> for Collector<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let start = stmt.start();
        let header = TextRange::new(start, header_end(stmt).max(start));
        self.statements.push(Statement {
            lines: self.source.lines_of(&header),
            whole: self.source.lines_of(stmt),
            column: self.source.line_before(start.to_usize()).chars().count(),
            shape: self.shape(stmt),
        });
        walk_stmt(self, stmt);
    }
}

impl Collector<'_> {
    fn shape(&self, stmt: &Stmt) -> Shape {
        match stmt {
            Stmt::Expr(expression) => self.expression(&expression.value),
            Stmt::Assign(assign) => {
                let target = assign.targets.last();
                let range = target.map(Ranged::range).unwrap_or_default();
                let is_parted =
                    target.is_some_and(|target| target.is_tuple_expr() || target.is_list_expr());
                let is_pair = assign
                    .value
                    .as_tuple_expr()
                    .is_some_and(|pair| !pair.parenthesized);
                match self.assignment(range, &assign.value) {
                    Shape::Assignment { target, .. } if is_parted || is_pair => Shape::Assignment {
                        target,
                        origin: Origin::Computed,
                    },
                    shape => shape,
                }
            }
            Stmt::AnnAssign(assign) => match &assign.value {
                Some(value) => self.assignment(assign.target.range(), value),
                None => Shape::Silent,
            },
            Stmt::AugAssign(assign) => Shape::Assignment {
                target: self.source.code[assign.target.range()].to_owned(),
                origin: Origin::Computed,
            },
            Stmt::Return(back) if back.value.as_ref().is_some_and(|value| !is_written(value)) => {
                Shape::Return
            }
            Stmt::Delete(_) => Shape::Delete,
            Stmt::For(_) => Shape::For,
            Stmt::While(_) | Stmt::If(_) | Stmt::With(_) | Stmt::Try(_) | Stmt::Match(_) => {
                Shape::Block
            }
            Stmt::ClassDef(_) => Shape::Block,
            _ => Shape::Silent,
        }
    }

    fn expression(&self, value: &Expr) -> Shape {
        match value {
            Expr::Await(awaited) => self.expression(&awaited.value),
            Expr::Call(call) => match self.source.code[call.func.range()].rsplit('.').next() {
                Some("print" | "pprint" | "pp") => Shape::Print,
                Some("type") if call.arguments.len() == 1 => Shape::TypeCall,
                _ => Shape::Call,
            },
            Expr::StringLiteral(string) => {
                let quoted = &self.source.code[string.range()];
                if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") {
                    Shape::Text(string.value.to_str().to_owned())
                } else {
                    Shape::Expression
                }
            }
            Expr::EllipsisLiteral(_) | Expr::Yield(_) => Shape::Silent,
            _ => Shape::Expression,
        }
    }

    fn assignment(&self, target: TextRange, value: &Expr) -> Shape {
        Shape::Assignment {
            target: self.source.code[target].to_owned(),
            origin: if is_written(value) {
                Origin::Written
            } else {
                Origin::Computed
            },
        }
    }
}

/// Whether an expression is a literal all through.
fn is_written(value: &Expr) -> bool {
    match value {
        Expr::List(list) => list.elts.iter().all(is_written),
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_written),
        Expr::Set(set) => set.elts.iter().all(is_written),
        Expr::Dict(dict) => dict
            .items
            .iter()
            .all(|item| item.key.as_ref().is_some_and(is_written) && is_written(&item.value)),
        Expr::UnaryOp(unary) => is_written(&unary.operand),
        Expr::Lambda(_) => true,
        _ => value.is_literal_expr(),
    }
}

/// Where the header of a compound statement ends; the end of any other one.
fn header_end(stmt: &Stmt) -> ruff_text_size::TextSize {
    match stmt {
        Stmt::For(x) => x.iter.end(),
        Stmt::While(x) => x.test.end(),
        Stmt::If(x) => x.test.end(),
        Stmt::Match(x) => x.subject.end(),
        Stmt::With(x) => x.items.last().map_or(stmt.start(), Ranged::end),
        Stmt::Try(_) => stmt.start(),
        Stmt::FunctionDef(x) => x
            .returns
            .as_ref()
            .map_or(x.parameters.end(), |returns| returns.end()),
        Stmt::ClassDef(x) => x
            .arguments
            .as_ref()
            .map_or(x.name.end(), |arguments| arguments.end()),
        _ => stmt.end(),
    }
}
