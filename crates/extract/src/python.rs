//! What is asked of Python's grammar: does this parse, what does it hold, is it a session.
//!
//! Must not know where the code stands in a document.

use crate::depth;
use ruff_python_ast::{Expr, Stmt};
use ruff_python_parser::parse_module;
use snipcheck_core::Form;

/// The statements of `code`, when it parses.
pub(crate) fn statements(code: &str) -> Option<Vec<Stmt>> {
    if depth::is_too_deep(code) {
        return None;
    }
    let parsed = parse_module(code).ok()?;
    Some(parsed.into_suite().into_iter().collect())
}

/// How strongly a statement says that it is Python and not text that happens to parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// A name, a tuple of names, `a - b`, an annotation without a value: any text may look so.
    None,
    /// A plain assignment or a call: configuration files and prose may look so.
    Some,
    /// Only Python looks so.
    Full,
}

/// The weight of one statement.
pub(crate) fn weight(statement: &Stmt) -> Weight {
    match statement {
        Stmt::Expr(expression) => expression_weight(&expression.value),
        Stmt::AnnAssign(assign) if assign.value.is_none() => Weight::None,
        Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::IpyEscapeCommand(_) => {
            Weight::None
        }
        Stmt::Assign(assign) if is_computed(&assign.value) => Weight::Full,
        Stmt::Assign(_)
        | Stmt::AnnAssign(_)
        | Stmt::AugAssign(_)
        | Stmt::Assert(_)
        | Stmt::Delete(_)
        | Stmt::Return(_)
        | Stmt::Raise(_)
        | Stmt::Global(_)
        | Stmt::Nonlocal(_)
        | Stmt::TypeAlias(_) => Weight::Some,
        _ => Weight::Full,
    }
}

/// Values that configuration files do not have.
fn is_computed(value: &Expr) -> bool {
    !matches!(
        value,
        Expr::StringLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::Name(_)
            | Expr::Attribute(_)
            | Expr::List(_)
            | Expr::Dict(_)
            | Expr::UnaryOp(_)
            | Expr::BinOp(_)
    )
}

fn expression_weight(expression: &Expr) -> Weight {
    match expression {
        Expr::Call(call) => match call.func.as_ref() {
            Expr::Name(name) if name.id.as_str() == "print" => Weight::Full,
            Expr::Name(_) | Expr::Attribute(_) => Weight::Some,
            _ => Weight::None,
        },
        Expr::Await(_)
        | Expr::Lambda(_)
        | Expr::ListComp(_)
        | Expr::DictComp(_)
        | Expr::SetComp(_)
        | Expr::Yield(_)
        | Expr::YieldFrom(_) => Weight::Full,
        _ => Weight::None,
    }
}

/// Whether a line begins with an interactive prompt, of Python's own or of `IPython`'s.
pub(crate) fn is_prompt(line: &str) -> bool {
    line.trim_start().starts_with(">>>") || after_numbered("In ", line).is_some()
}

/// The text behind `In [3]:` or `Out[3]:`.
fn after_numbered<'a>(word: &str, line: &'a str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix(word)?.strip_prefix('[')?;
    let (number, rest) = rest.split_once("]:")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| rest.strip_prefix(' ').unwrap_or(rest))
}

/// Whether a line is the result that `IPython` numbers.
pub(crate) fn is_numbered_result(line: &str) -> bool {
    after_numbered("Out", line).is_some()
}

/// The code with Python's own prompts in the place of `IPython`'s, line by line.
pub(crate) fn with_own_prompts(code: String) -> String {
    if !code
        .lines()
        .any(|line| after_numbered("In ", line).is_some())
    {
        return code;
    }
    let mut session = String::with_capacity(code.len());
    for line in code.lines() {
        if let Some(statement) = after_numbered("In ", line) {
            session.push_str(">>> ");
            session.push_str(statement);
        } else if let Some(more) = line.trim_start().strip_prefix("...:") {
            session.push_str("...");
            session.push_str(more);
        } else {
            session.push_str(after_numbered("Out", line).unwrap_or(line));
        }
        session.push('\n');
    }
    session
}

/// Whether code is an interactive session: it begins with a prompt, or has some script lines
/// before its first one and is no script as a whole.
pub(crate) fn is_session(code: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut margin = None;
    for line in code.lines().filter(|line| !line.trim().is_empty()) {
        if is_prompt(line) {
            // Prompts inside a docstring belong to a script, and stand deeper than its first line.
            let margin = margin.unwrap_or_else(|| indent(line));
            if indent(line) <= margin {
                return begins_with_prompt(code) || statements(code).is_none();
            }
        }
        margin.get_or_insert(indent(line));
    }
    false
}

/// Whether the first line that is neither empty nor a comment has a prompt.
fn begins_with_prompt(code: &str) -> bool {
    code.lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .is_some_and(is_prompt)
}

/// How code is to be read.
pub(crate) fn form(code: &str) -> Form {
    if depth::is_too_deep(code) {
        Form::Damaged {
            why: "nested deeper than anyone writes, so that it is not even parsed".to_owned(),
        }
    } else if is_session(code) {
        Form::Session
    } else {
        Form::Script
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_begin_with_a_prompt_or_are_mostly_prompts() {
        for (code, expected) in [
            (">>> 1\n1\n", true),
            ("\n  >>>f()\n", true),
            ("# first\n>>> 1\n", true),
            ("x = [1]\n>>> for n in x:\n...     print(n)\n", true),
            ("def f():\n    \"\"\"\n    >>> f()\n    \"\"\"\n", false),
            ("x = 1\ny = 2\nz = 3\n>>> x\n", true),
            ("x = '''\n>>> y\n'''\n", false),
            ("def f(:\n    '''\n    >>> y\n    '''\n", false),
            ("x >>= 3\n", false),
            ("", false),
        ] {
            assert_eq!(is_session(code), expected, "{code:?}");
        }
    }

    #[test]
    fn numbered_prompts_become_plain_ones() {
        let code = "In [1]: for x in y:\n   ...:     x\n   ...:\n\nIn [2]: x\nOut[2]: 3\n";
        let own = ">>> for x in y:\n...     x\n...\n\n>>> x\n3\n";
        assert!(is_session(code));
        assert_eq!(with_own_prompts(code.to_owned()), own);
        assert_eq!(with_own_prompts("In = [1]\n".to_owned()), "In = [1]\n");
    }

    #[test]
    fn weights() {
        for (code, expected) in [
            ("name", Weight::None),
            ("a, b", Weight::None),
            ("key: value", Weight::None),
            ("key = 'value'", Weight::Some),
            ("run(it)", Weight::Some),
            ("print(it)", Weight::Full),
            ("import os", Weight::Full),
            ("for x in y: pass", Weight::Full),
        ] {
            let statements = statements(code).expect(code);
            assert_eq!(weight(&statements[0]), expected, "{code}");
        }
    }
}
