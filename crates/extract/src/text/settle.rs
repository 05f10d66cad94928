//! From the path to blocks: joins, splits and trims its runs, and asks the parser about the edges.
//!
//! Must not know how likely anything was.

use super::look::Look;
use super::segment::{MOST_BLANKS, State};
use super::units::{Parsed, Unit};
use super::{damaged, names, prose, value};
use crate::block::Block;
use crate::columns::PYTHON;
use crate::python;
use ruff_python_ast::{Expr, Stmt};
use snipcheck_core::{Directives, Form};

/// Units that are taken off each end of a run at most.
const MOST_TRIMMED: usize = 6;

/// Characters of a line that may name the snippet below it.
const LONGEST_LEAD: usize = 70;

/// The blocks of a page whose units have these states.
pub(super) fn blocks(lines: &[&str], units: &[Unit], looks: &[Look], path: &[State]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < units.len() {
        if damaged::is_escaped(units[at].line) {
            found.push(escaped(&units[at], lead(units, at)));
            at += 1;
            continue;
        }
        let margin = margin(&units[at..]);
        let mut end = at;
        while end < units.len()
            && is_code(path[end])
            && (end == at || continues(margin, &units[end]))
        {
            end += 1;
        }
        if end == at {
            at += 1;
            continue;
        }
        let is_labelled = at > 0 && looks[at - 1].is_label();
        if let Some((first, last)) = trimmed(&units[at..end], path[end - 1], is_labelled) {
            let indent = first.indent.min(margin);
            found.push(block(
                lines,
                (first.first, last.last),
                indent,
                lead(units, at),
            ));
        }
        at = end;
    }
    found
}

/// The line above a run, when it is short enough for a title.
fn lead(units: &[Unit], at: usize) -> Option<String> {
    let above = units[at.checked_sub(1)?].line.trim();
    let is_short = above.chars().count() <= LONGEST_LEAD
        && above.contains(char::is_alphabetic)
        && !prose::is_bullet(above);
    is_short.then(|| above.to_owned())
}

/// The indent of a block: a remark at its top may stand deeper than the code it is about.
fn margin(units: &[Unit]) -> usize {
    let first = units[0].indent;
    let code = units
        .iter()
        .enumerate()
        .take_while(|(at, unit)| *at == 0 || unit.blanks == 0)
        .find(|(_, unit)| !unit.line.trim_start().starts_with('#'));
    code.map_or(first, |(_, unit)| unit.indent.min(first))
}

/// Whether a unit may stand in a block with this margin: a block has no line left of it.
fn continues(margin: usize, unit: &Unit) -> bool {
    unit.blanks <= MOST_BLANKS && unit.indent >= margin
}

fn is_code(state: State) -> bool {
    matches!(state, State::Python | State::Session)
}

/// Takes titles off the ends of a run: calls and names that nothing in the run knows.
fn trimmed<'u>(
    run: &'u [Unit<'u>],
    end: State,
    is_labelled: bool,
) -> Option<(&'u Unit<'u>, &'u Unit<'u>)> {
    let mut run = run;
    for _ in 0..MOST_TRIMMED {
        let Some((last, rest)) = run.split_last() else {
            break;
        };
        // What a session answers may read like a title: `set()`.
        let is_answer = end == State::Session;
        if is_answer || (!is_title(last, rest) && !is_shown_value(last, rest)) {
            break;
        }
        run = rest;
    }
    for _ in 0..MOST_TRIMMED {
        let Some((first, rest)) = run.split_first() else {
            break;
        };
        if is_labelled || (!is_title(first, rest) && !is_lead(first)) {
            break;
        }
        run = rest;
    }
    let only_data = !is_labelled && end == State::Python && run.iter().all(is_data);
    if only_data {
        return None;
    }
    Some((run.first()?, run.last()?))
}

/// A lone value without a remark: by itself it is what a program reads or writes.
fn is_data(unit: &Unit) -> bool {
    let is_value = match &unit.parsed {
        Parsed::Statements(statements) => matches!(
            statements.as_slice(),
            [Stmt::Expr(expression)] if value::is_literal(&expression.value)
                && !expression.value.is_f_string_expr()
        ),
        _ => false,
    };
    is_value && !prose::bare(unit.line).trailing_comment
}

/// A line that only announces what follows.
fn is_lead(unit: &Unit) -> bool {
    matches!(unit.parsed, Parsed::No) && unit.line.trim_end().ends_with(':')
}

/// A lone `name()` or `Name` at the margin whose name the rest of the run never uses.
fn is_title<'u>(unit: &Unit, rest: &[Unit<'u>]) -> bool {
    let Parsed::Statements(statements) = &unit.parsed else {
        return false;
    };
    let [Stmt::Expr(expression)] = statements.as_slice() else {
        return false;
    };
    let name = match expression.value.as_ref() {
        Expr::Name(name) => name.id.as_str(),
        Expr::Call(call) if call.arguments.is_empty() => match call.func.as_ref() {
            Expr::Name(name) => name.id.as_str(),
            _ => return false,
        },
        _ => return false,
    };
    let is_name = expression.value.is_name_expr();
    let words = |line: &'u str| line.split(|c: char| !c.is_alphanumeric() && c != '_');
    let known = |unit: &Unit<'u>| match &unit.parsed {
        // `items` is used by `items[0] = 1`, while `items.pop()` does not use a title `pop()`.
        Parsed::Statements(_) if is_name => words(unit.line).any(|word| word == name),
        Parsed::Statements(statements) => names::bound(statements).iter().any(|n| n == name),
        Parsed::Head => names::bound_by_head(unit.line).contains(&name),
        _ => unit.line.contains(name),
    };
    unit.indent == 0 && !rest.iter().any(known)
}

/// A lone value apart from the statement above it: what a notebook shows for it.
fn is_shown_value(unit: &Unit, rest: &[Unit]) -> bool {
    let Some(above) = rest.last() else {
        return false;
    };
    let only = |unit: &'_ Unit| match &unit.parsed {
        Parsed::Statements(statements) => match statements.as_slice() {
            [Stmt::Expr(expression)] => Some(expression.value.as_ref().clone()),
            _ => None,
        },
        _ => None,
    };
    let (Some(shown), Some(asked)) = (only(unit), only(above)) else {
        return false;
    };
    let is_literal = |value: &Expr| value::is_literal(value) && !matches!(value, Expr::FString(_));
    let is_call = |value: &Expr| matches!(value, Expr::Call(_));
    if let Expr::Call(call) = &shown {
        // `array([1, 2])` below `numbers + 1`.
        return unit.indent == 0
            && call.func.is_name_expr()
            && value::is_repr(&shown)
            && !is_call(&asked)
            && !prose::bare(unit.line).trailing_comment;
    }
    let is_apart = unit.blanks > 0 || is_literal(&asked);
    unit.indent == 0 && is_apart && is_literal(&shown)
}

fn block(
    lines: &[&str],
    (first, last): (usize, usize),
    indent: usize,
    lead: Option<String>,
) -> Block {
    let mut code = String::new();
    for line in &lines[first..=last] {
        code.push_str(&PYTHON.without(line, indent));
        code.push('\n');
    }
    let code = python::with_own_prompts(code);
    Block {
        first,
        last,
        form: python::form(&code),
        code,
        indent,
        info: String::new(),
        headings: Vec::new(),
        lead,
        directives: Directives::default(),
        answers: Vec::new(),
        notes: Vec::new(),
    }
}

fn escaped(unit: &Unit, lead: Option<String>) -> Block {
    Block {
        first: unit.first,
        last: unit.last,
        code: damaged::unescape(unit.line),
        form: Form::Damaged {
            why: damaged::why(),
        },
        indent: unit.indent,
        info: String::new(),
        headings: Vec::new(),
        lead,
        directives: Directives::default(),
        answers: Vec::new(),
        notes: Vec::new(),
    }
}
