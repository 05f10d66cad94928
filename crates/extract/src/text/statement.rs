//! How much one statement by itself looks like code, in a page where any line may happen to parse.
//!
//! A title `pop()`, a table head `Name`, `Sorting and Searching`, `return value` all parse. What
//! tells them from code is whether their names are bound above and whether they do anything.

use super::builtins::BUILTINS;
use super::value::{has_single_quotes, is_json, is_literal};
use ruff_python_ast::{Arguments, Expr, ExprCall, ExprStringLiteral, Operator, Stmt, StringFlags};
use ruff_text_size::Ranged;

/// Nouns that titles put behind a keyword: `import statements`, `del keyword`.
const NOUNS: [&str; 12] = [
    "statement",
    "statements",
    "keyword",
    "keywords",
    "value",
    "values",
    "error",
    "errors",
    "expression",
    "expressions",
    "exceptions",
    "system",
];

/// The score of the statements of one unit.
pub(super) fn score(statements: &[Stmt], indent: usize, knows: &impl Fn(&str) -> Known) -> f32 {
    let judge = Judge { indent, knows };
    statements
        .iter()
        .map(|statement| judge.statement(statement))
        .fold(f32::NEG_INFINITY, f32::max)
        .max(if statements.is_empty() {
            3.0
        } else {
            f32::NEG_INFINITY
        })
}

/// The score of a line that writes this without brackets around it: `print it` may be a sentence.
pub(super) fn printed(written: &Expr, indent: usize, knows: &impl Fn(&str) -> Known) -> f32 {
    match written {
        Expr::Name(name) if knows(&name.id) == Known::No => {
            if indent > 0 {
                1.0
            } else {
                -1.0
            }
        }
        _ => 3.5,
    }
}

/// What is known of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing.
    No,
    /// Code above imports it as a module.
    Module,
    /// Code above binds it.
    Yes,
}

struct Judge<'k, K> {
    indent: usize,
    knows: &'k K,
}

impl<K: Fn(&str) -> Known> Judge<'_, K> {
    fn statement(&self, statement: &Stmt) -> f32 {
        match statement {
            Stmt::Expr(expression) => self.expression(&expression.value),
            Stmt::Assign(assign) => match (assign.targets.as_slice(), assign.value.as_ref()) {
                // `The = sign` is a title.
                ([Expr::Name(target)], Expr::Name(value))
                    if target.id.starts_with(char::is_uppercase) && !self.knows(&value.id) =>
                {
                    -2.0
                }
                _ => self.assigned(&assign.value),
            },
            Stmt::AugAssign(_) => 3.0,
            Stmt::AnnAssign(assign) => match &assign.value {
                Some(_) => 2.8,
                None if self.indent > 0 => 0.0,
                // `Caution: slow`.
                None if matches!(assign.target.as_ref(), Expr::Name(name) if name.id.starts_with(char::is_uppercase)) => {
                    -5.0
                }
                None => -2.0,
            },
            Stmt::Import(import) => match import.names.as_slice() {
                [only] if NOUNS.contains(&only.name.as_str()) => -2.0,
                _ => 5.0,
            },
            Stmt::ImportFrom(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_) => 5.0,
            Stmt::Raise(raise) => match raise.exc.as_deref() {
                Some(Expr::Call(_)) => 3.0,
                _ => self.inner(),
            },
            Stmt::Assert(assert) => match assert.test.as_ref() {
                Expr::Name(name) if !self.knows(&name.id) => -2.0,
                _ => 2.8,
            },
            Stmt::Delete(delete) => match delete.targets.as_slice() {
                [Expr::Name(name)] if !self.knows(&name.id) => -1.5,
                [Expr::Tuple(tuple)] if tuple.elts.is_empty() => -2.5,
                _ => 2.8,
            },
            Stmt::Return(_)
            | Stmt::Pass(_)
            | Stmt::Break(_)
            | Stmt::Continue(_)
            | Stmt::Global(_)
            | Stmt::Nonlocal(_) => self.inner(),
            Stmt::IpyEscapeCommand(_) => -3.0,
            _ => 4.2,
        }
    }

    /// A statement that only stands inside a body.
    fn inner(&self) -> f32 {
        if self.indent > 0 { 1.5 } else { -1.5 }
    }

    fn assigned(&self, value: &Expr) -> f32 {
        match value {
            Expr::StringLiteral(_) | Expr::NumberLiteral(_) | Expr::BooleanLiteral(_) => 2.6,
            Expr::Name(name) if !self.knows(&name.id) => 1.2,
            Expr::List(_) | Expr::Dict(_) => 3.4,
            _ => 4.0,
        }
    }

    fn knows(&self, name: &str) -> bool {
        (self.knows)(name) != Known::No
    }

    fn expression(&self, expression: &Expr) -> f32 {
        match expression {
            Expr::Name(name) => self.name(&name.id),
            // `Lookup (fast)`: text puts a space where code does not.
            Expr::Call(call)
                if call.func.end() < call.arguments.start() && !self.is_spaced_call(call) =>
            {
                -2.5
            }
            Expr::Call(call) => {
                let arguments = call.arguments.args.len() + call.arguments.keywords.len();
                match call.func.as_ref() {
                    Expr::Name(name) if self.is_plural(&name.id, &call.arguments.args) => -4.0,
                    // `map(function, values)` names what it takes and may stand in a table.
                    Expr::Name(name) if arguments > 0 && !self.passes_values(&call.arguments) => {
                        self.call(&name.id, arguments).min(1.2)
                    }
                    Expr::Name(name) => self.call(&name.id, arguments),
                    Expr::Attribute(_) if arguments > 0 => 3.9,
                    Expr::Attribute(attribute) if self.has_known_root(&attribute.value) => 3.6,
                    Expr::Attribute(_) => -0.5,
                    Expr::Lambda(_) => 3.8,
                    Expr::Call(_) => self.expression(&call.func).max(1.0),
                    // `(4, 2) (4,)`: two values side by side.
                    func if is_literal(func) => -2.0,
                    _ => 1.0,
                }
            }
            Expr::Attribute(attribute) if self.has_known_root(&attribute.value) => 1.5,
            Expr::Attribute(_) => -1.5,
            Expr::Subscript(subscript) if self.has_known_root(&subscript.value) => 2.0,
            // Text has no string of several lines.
            Expr::StringLiteral(string) if is_tall(string) => 3.0,
            Expr::StringLiteral(_) | Expr::BytesLiteral(_) => -0.5,
            Expr::NumberLiteral(_) | Expr::Starred(_) => -2.0,
            // JSON has no single quotes.
            Expr::List(list) if has_single_quotes(&list.elts) => 3.8,
            Expr::List(_) | Expr::Dict(_) if is_json(expression) => -1.5,
            Expr::List(_) | Expr::Dict(_) | Expr::Set(_) if is_literal(expression) => 2.4,
            Expr::Tuple(_) if is_literal(expression) => 0.5,
            // `'b' - one byte`.
            Expr::BinOp(operation)
                if operation.left.is_string_literal_expr() && operation.op == Operator::Sub =>
            {
                -4.0
            }
            Expr::BoolOp(_) | Expr::BinOp(_) | Expr::Compare(_) => self.operation(expression),
            // `name,age` is the head of a table.
            Expr::Tuple(_) => self.operation(expression).min(0.0),
            Expr::List(_) | Expr::Dict(_) | Expr::Set(_) | Expr::UnaryOp(_) | Expr::If(_) => {
                self.operation(expression).min(1.0)
            }
            Expr::Subscript(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => -1.0,
            _ => 3.5,
        }
    }

    fn name(&self, name: &str) -> f32 {
        if self.knows(name) {
            0.5
        } else if name.starts_with(char::is_uppercase) {
            -4.0
        } else if name.contains('_') {
            0.0
        } else {
            -2.5
        }
    }

    /// Whether an argument is more than a name that nothing above binds.
    fn passes_values(&self, arguments: &Arguments) -> bool {
        let is_value =
            |argument: &Expr| !matches!(argument, Expr::Name(name) if !self.knows(&name.id));
        arguments.args.iter().any(is_value) || !arguments.keywords.is_empty()
    }

    /// `print (x)`, as some write it.
    fn is_spaced_call(&self, call: &ExprCall) -> bool {
        self.passes_values(&call.arguments)
            && match call.func.as_ref() {
                Expr::Name(name) => self.knows(&name.id) || BUILTINS.contains(&name.id.as_str()),
                func => self.has_known_root(func),
            }
    }

    /// `Argument(s)`.
    fn is_plural(&self, name: &str, arguments: &[Expr]) -> bool {
        let ending = |name: &str| matches!(name, "s" | "es" | "ies") && !self.knows(name);
        matches!(arguments, [Expr::Name(only)] if ending(&only.id)) && !BUILTINS.contains(&name)
    }

    fn call(&self, name: &str, arguments: usize) -> f32 {
        let known = (self.knows)(name) == Known::Yes || (arguments > 0 && BUILTINS.contains(&name));
        match arguments {
            // `O(1)`.
            _ if !known && name.len() == 1 && name.starts_with(char::is_uppercase) => -4.0,
            0 if known => 2.8,
            0 => -2.6,
            _ if known => 3.6,
            _ => 2.4,
        }
    }

    fn has_known_root(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Name(name) => self.knows(&name.id) || matches!(name.id.as_str(), "self" | "cls"),
            Expr::Attribute(attribute) => self.has_known_root(&attribute.value),
            Expr::Subscript(subscript) => self.has_known_root(&subscript.value),
            Expr::Call(call) => self.has_known_root(&call.func),
            expression => is_literal(expression),
        }
    }

    /// Words joined by `and`, `is`, `/`, `-` make a title; values and known names make code.
    fn operation(&self, expression: &Expr) -> f32 {
        let (mut known, mut unknown) = (0, 0);
        self.operands(expression, &mut known, &mut unknown);
        if unknown == 0 {
            1.8
        } else if known > 0 {
            0.5
        } else {
            -3.0
        }
    }

    fn operands(&self, expression: &Expr, known: &mut usize, unknown: &mut usize) {
        let mut all = |parts: &mut dyn Iterator<Item = &Expr>| {
            for part in parts {
                self.operands(part, known, unknown);
            }
        };
        match expression {
            Expr::BoolOp(operation) => all(&mut operation.values.iter()),
            Expr::BinOp(operation) => {
                all(&mut [operation.left.as_ref(), operation.right.as_ref()].into_iter());
            }
            Expr::Compare(compare) => {
                all(&mut std::iter::once(compare.left.as_ref()).chain(compare.comparators.iter()));
            }
            Expr::Tuple(tuple) => all(&mut tuple.elts.iter()),
            Expr::List(list) => all(&mut list.elts.iter()),
            Expr::Set(set) => all(&mut set.elts.iter()),
            Expr::UnaryOp(operation) => all(&mut std::iter::once(operation.operand.as_ref())),
            Expr::If(choice) => {
                all(&mut [choice.test.as_ref(), choice.body.as_ref()].into_iter());
            }
            Expr::Dict(_) => *unknown += 1,
            operand => {
                if is_literal(operand) || self.expression(operand) > 0.0 {
                    *known += 1;
                } else {
                    *unknown += 1;
                }
            }
        }
    }
}

/// Whether a string is written over several lines.
fn is_tall(string: &ExprStringLiteral) -> bool {
    string.value.to_str().contains('\n')
        && string
            .value
            .iter()
            .any(|part| part.flags.is_triple_quoted())
}

/// The score of the head of a compound statement.
pub(super) fn head(text: &str) -> f32 {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    match first {
        "def" | "class" | "async" => 5.5,
        // `with care:`, `if needed:` are prose that happens to parse.
        "with" | "if" | "while" | "match"
            if text.split_whitespace().count() == 2 && is_word_colon(words.next()) =>
        {
            1.5
        }
        "for" | "with" | "if" | "while" => 4.5,
        _ => 3.5,
    }
}

fn is_word_colon(word: Option<&str>) -> bool {
    word.is_some_and(|word| word.trim_end_matches(':').chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python;

    fn of(code: &str, known: &[&str]) -> f32 {
        let statements = python::statements(code).expect(code);
        score(&statements, 0, &|name: &str| {
            if known.contains(&name) {
                Known::Yes
            } else {
                Known::No
            }
        })
    }

    #[test]
    fn titles_that_parse_are_no_code() {
        for title in [
            "pop()",
            "Variables",
            "Sorting and Searching",
            "join(), split()",
            "Where is that",
            "Note: text",
            "import statements",
            "del keyword",
            "Argument(s)",
            "setup.py",
            "I/O",
            "del()",
        ] {
            assert!(of(title, &[]) < 0.0, "{title}");
        }
    }

    #[test]
    fn code_is_code() {
        for code in [
            "import os",
            "x = f(1)",
            "x = 'a'",
            "module.function(a, b)",
            "main()",
            "data.sort()",
            "data[0]",
            "['a', 'b']",
            "1 + 1 == 2",
            "assert data == 1",
        ] {
            assert!(of(code, &["main", "data"]) > 0.0, "{code}");
        }
    }
}
