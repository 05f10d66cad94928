//! What a comment on memory speaks of.

use super::span::Page;
use super::words::Said;
use super::{Flaw, all_called, work::last_name};
use crate::weight::{Scale, shown};
use ruff_python_ast::{Expr, Stmt};
use serde::{Deserialize, Serialize};
use snipcheck_core::{Expectation, Lines};

/// What is to be weighed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weighing {
    /// The bytes that are claimed.
    pub bytes: f64,
    /// Those of the unit that they are claimed in.
    pub unit: f64,
    /// The statement that is said to take them.
    pub statement: Lines,
    /// Which part of it.
    pub thing: Thing,
}

/// What of a statement takes memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thing {
    /// What it makes.
    Made,
    /// It asks for a size itself, and writes it.
    Written,
    /// It asks for a size itself, and that is its value.
    Value(String),
    /// What it makes and passes on: this expression.
    Passed(String),
    /// Each of many that are made by this expression.
    Each(String),
}

impl Weighing {
    /// The bytes, when they are said of each of many.
    pub(super) fn of_each(&self) -> Option<f64> {
        matches!(self.thing, Thing::Each(_)).then_some(self.bytes)
    }

    /// Code that follows the snippet, on a line of its own, and writes a weight; where the statement itself does not
    /// show it.
    pub fn program(&self) -> Option<String> {
        match &self.thing {
            Thing::Made | Thing::Written => None,
            Thing::Value(expression) => Some(shown(expression)),
            Thing::Passed(expression) => Some(Scale::One.program(expression)),
            Thing::Each(expression) => Some(Scale::Many.program(expression)),
        }
    }
}

/// What a comment on memory speaks of: one number of bytes, and the statement on its line or right below it; or one
/// that makes an instance, where it says `per instance`.
pub(super) fn weighing(
    page: &Page<'_>,
    expectation: &Expectation,
    said: &[Said],
) -> Result<Weighing, Flaw> {
    let [Said::Bytes(number, unit)] = said else {
        return Err(Flaw::Unclear);
    };
    let weighing = |statement, thing| Weighing {
        bytes: number * unit,
        unit: *unit,
        statement,
        thing,
    };
    if is_each(&expectation.text) {
        let made = instance(page, &expectation.text).ok_or(Flaw::Unclear)?;
        let source = page.source(made.expression).to_owned();
        return Ok(weighing(page.lines(made.statement), Thing::Each(source)));
    }
    let (comment, statement) = (expectation.lines, expectation.statement);
    let (suite, at, functions) = page.find(statement).ok_or(Flaw::NothingTimed)?;
    let lines = page.lines(&suite[at]);
    let trailing = comment.first == lines.last;
    let above = comment.last.plus(1) == lines.first;
    if !trailing && !above {
        return Err(Flaw::Unclear);
    }
    all_called(page, &functions)?;
    let thing = if page.code(lines).contains("getsizeof") {
        match &suite[at] {
            Stmt::Expr(expression) if functions.is_empty() && !prints(&expression.value) => {
                Thing::Value(page.source(expression.value.as_ref()).to_owned())
            }
            _ => Thing::Written,
        }
    } else if let Some(passed) = passed(&suite[at]).filter(|_| functions.is_empty()) {
        Thing::Passed(page.source(passed).to_owned())
    } else {
        Thing::Made
    };
    Ok(weighing(lines, thing))
}

fn prints(expression: &Expr) -> bool {
    matches!(expression, Expr::Call(call) if last_name(&call.func) == "print")
}

/// Whether words speak of one of many.
fn is_each(text: &str) -> bool {
    let text = text.to_lowercase();
    let things = ["instance", "object", "item", "element"];
    things.iter().any(|thing| {
        ["per ", "each ", "/"]
            .iter()
            .any(|word| text.contains(&format!("{word}{thing}")))
    })
}

/// A statement that makes an instance of one of the snippet's classes.
struct Instance<'a> {
    class: &'a str,
    expression: &'a Expr,
    statement: &'a Stmt,
}

/// The only one there is, or the one whose class has the most words of the text in its name.
fn instance<'a>(page: &Page<'a>, text: &str) -> Option<Instance<'a>> {
    let classes: Vec<&str> = page
        .module
        .iter()
        .filter_map(|statement| match statement {
            Stmt::ClassDef(class) => Some(class.name.as_str()),
            _ => None,
        })
        .collect();
    let mut made: Vec<Instance<'a>> = page
        .module
        .iter()
        .filter_map(|statement| {
            let Stmt::Assign(assign) = statement else {
                return None;
            };
            let Expr::Call(call) = assign.value.as_ref() else {
                return None;
            };
            let class = last_name(&call.func);
            classes.contains(&class).then_some(Instance {
                class,
                expression: &assign.value,
                statement,
            })
        })
        .collect();
    if made.len() > 1 {
        let text = text.to_lowercase();
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .collect();
        let named = |one: &Instance<'a>| {
            let class = one.class.to_lowercase();
            words.iter().filter(|word| class.contains(**word)).count()
        };
        let most = made.iter().map(named).max().unwrap_or(0);
        made.retain(|one| named(one) == most);
    }
    let one = made.pop()?;
    made.is_empty().then_some(one)
}

/// What a statement makes only to pass it on: the one argument of its call, when that is a display or a comprehension.
fn passed(statement: &Stmt) -> Option<&Expr> {
    let value = match statement {
        Stmt::Assign(assign) => assign.value.as_ref(),
        Stmt::Expr(expression) => expression.value.as_ref(),
        _ => return None,
    };
    let Expr::Call(call) = value else {
        return None;
    };
    match &*call.arguments.args {
        [
            made @ (Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_)
            | Expr::List(_)),
        ] if matches!(call.func.as_ref(), Expr::Name(name) if ONE_VALUE.contains(&name.id.as_str())) => {
            Some(made)
        }
        _ => None,
    }
}

/// Functions that keep nothing of what they are given: what is said of memory cannot mean what they return.
const ONE_VALUE: [&str; 6] = ["sum", "max", "min", "any", "all", "len"];
