//! What `IPython` understands and Python does not: magics, shell commands, questions for help.
//!
//! Lines keep their places: what is left out becomes `pass` and a comment.

use crate::depth;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse};
use ruff_text_size::{Ranged, TextRange};
use std::panic::catch_unwind;

/// Cell magics whose content is ordinary code of the notebook.
const SAME_CODE: [&str; 4] = ["%%time", "%%capture", "%%prun", "%%memit"];
/// Line magics that run the code behind them.
const RUNS: [&str; 2] = ["%time ", "%prun "];

/// A cell as Python.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Nothing had to be changed.
    Python,
    /// The code with as many lines, what only `IPython` knows left out.
    Mended(String),
    /// Names come from what only `IPython` knows: it cannot run elsewhere.
    Bound,
    /// No Python at all.
    None,
}

/// Looks for what is not Python in the code of a cell.
pub(super) fn read(code: &str) -> Cell {
    let first = code.trim_start().lines().next().unwrap_or_default();
    if first.starts_with("%%") {
        let name = first.split_whitespace().next().unwrap_or_default();
        if !SAME_CODE.contains(&name) {
            return Cell::None;
        }
        let own = code.replacen("%%", "#%", 1);
        return match read(&own) {
            Cell::Python => Cell::Mended(own),
            other => other,
        };
    }
    if depth::is_too_deep(code) || ruff_python_parser::parse_module(code).is_ok() {
        return Cell::Python;
    }
    let timed = without_timers(code);
    // In this mode the parser panics at some code that is wrong in any language, such as `{]` above a line `,`.
    let parsed = catch_unwind(|| parse(&timed, ParseOptions::from(Mode::Ipython)));
    let Ok(Ok(parsed)) = parsed else {
        return Cell::Python;
    };
    let mut escapes = Escapes::default();
    if let Some(module) = parsed.syntax().as_module() {
        escapes.visit_body(&module.body);
        if escapes.statements.len() == module.body.len() && timed == code {
            return Cell::None;
        }
    }
    if escapes.is_bound {
        return Cell::Bound;
    }
    match without(&timed, &escapes.statements) {
        mended if mended == code => Cell::Python,
        mended => Cell::Mended(mended),
    }
}

/// `%time f(x)` runs `f(x)` in the notebook.
fn without_timers(code: &str) -> String {
    let mut own = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        let text = line.trim_start();
        let behind = RUNS.iter().find_map(|magic| text.strip_prefix(magic));
        own.push_str(&line[..line.len() - text.len()]);
        own.push_str(behind.map_or(text, str::trim_start));
    }
    own
}

#[derive(Default)]
struct Escapes {
    statements: Vec<TextRange>,
    is_bound: bool,
}

impl<'a> Visitor<'a> for Escapes {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if stmt.is_ipy_escape_command_stmt() {
            self.statements.push(stmt.range());
        } else {
            walk_stmt(self, stmt);
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.is_bound |= expr.is_ipy_escape_command_expr();
        walk_expr(self, expr);
    }
}

/// The code with `pass` in the place of these statements; each keeps its lines.
fn without(code: &str, statements: &[TextRange]) -> String {
    let mut own = String::with_capacity(code.len());
    let mut from = 0;
    for range in statements {
        let (start, end) = (range.start().to_usize(), range.end().to_usize());
        own.push_str(&code[from..start]);
        own.push_str("pass  # ");
        own.push_str(&code[start..end].replace('\n', "\n# "));
        from = end;
    }
    own.push_str(&code[from..]);
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_a_notebook_knows() {
        let mended = |code: &str| Cell::Mended(code.to_owned());
        for (code, expected) in [
            ("x = 1\n", Cell::Python),
            ("x = '''\n%d\n!\n''' % 1\n", Cell::Python),
            ("x = (\n", Cell::Python),
            (
                "%matplotlib inline\nx = 1\n",
                mended("pass  # %matplotlib inline\nx = 1\n"),
            ),
            ("if x:\n    !ls\nx\n", mended("if x:\n    pass  # !ls\nx\n")),
            ("%time x = f()\n", mended("x = f()\n")),
            ("x = 1\nx?\n", mended("x = 1\npass  # x?\n")),
            ("%%time\nx = 1\n", mended("#%time\nx = 1\n")),
            (
                "%%capture\n!ls\nx = 1\n",
                mended("#%capture\npass  # !ls\nx = 1\n"),
            ),
            ("files = !ls\nfiles\n", Cell::Bound),
            ("%%bash\nls\n", Cell::None),
            ("%%timeit\nf()\n", Cell::None),
            ("!pip install shelf\n", Cell::None),
            ("len?\n", Cell::None),
        ] {
            assert_eq!(read(code), expected, "{code:?}");
        }
    }
}
