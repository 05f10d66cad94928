//! Finds the examples in the docstrings of a Python module: sessions, and fences of Markdown.
//!
//! Docstrings are found in the module's tree, so that strings elsewhere are not taken for them. The module's
//! own code is not run: a note says so. Must not know what running a snippet means.

use crate::block::{Block, Found};
use crate::columns::PYTHON;
use crate::names::{ANY, Names};
use crate::rst::session;
use crate::{depth, markdown, python};
use ruff_python_ast::{Expr, ExprStringLiteral, Mod, Stmt, StringFlags};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;
use snipcheck_core::{Directives, Note};
use std::collections::BTreeSet;

/// The examples in the docstrings of a module.
pub(crate) fn blocks(lines: &[&str]) -> Found {
    let text = lines.join("\n");
    if depth::is_too_deep(&text) {
        return Found {
            notes: vec![whole(
                "nested deeper than anyone writes, so that it is not even parsed",
            )],
            ..Found::default()
        };
    }
    let parsed = parse_unchecked(&text, ParseOptions::from(Mode::Module));
    let ends = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut reader = Reader {
        text: &text,
        ends,
        path: Vec::new(),
        defined: BTreeSet::new(),
        found: Found::default(),
    };
    if let Mod::Module(module) = parsed.syntax() {
        reader.defined = defined(&module.body);
        reader.body(&module.body);
    }
    let mut found = reader.found;
    found.blocks.sort_by_key(|block| block.first);
    if !found.blocks.is_empty() {
        found.notes.push(whole(
            "examples of docstrings run without their module, and those that use its names are not run",
        ));
    }
    found
}

fn whole(message: &str) -> Note {
    Note {
        line: None,
        message: message.to_owned(),
    }
}

/// The state of the walk through the definitions.
struct Reader<'a> {
    text: &'a str,
    /// Where its lines end.
    ends: Vec<usize>,
    /// The names of the definitions around the present place.
    path: Vec<String>,
    /// The names that the module defines.
    defined: BTreeSet<String>,
    found: Found,
}

impl Reader<'_> {
    /// Reads the docstring that a body begins with, and those of the definitions in it.
    fn body(&mut self, body: &[Stmt]) {
        if let Some(docstring) = body.first().and_then(docstring) {
            self.docstring(docstring);
        }
        for statement in body {
            match statement {
                Stmt::FunctionDef(def) => self.named(&def.name, &def.body),
                Stmt::ClassDef(def) => self.named(&def.name, &def.body),
                Stmt::If(branches) => {
                    self.definitions(&branches.body);
                    for clause in &branches.elif_else_clauses {
                        self.definitions(&clause.body);
                    }
                }
                Stmt::Try(parts) => {
                    self.definitions(&parts.body);
                    self.definitions(&parts.orelse);
                }
                _ => {}
            }
        }
    }

    /// Reads the definitions in the body of a statement that has no docstring.
    fn definitions(&mut self, body: &[Stmt]) {
        for statement in body {
            match statement {
                Stmt::FunctionDef(def) => self.named(&def.name, &def.body),
                Stmt::ClassDef(def) => self.named(&def.name, &def.body),
                _ => {}
            }
        }
    }

    fn named(&mut self, name: &str, body: &[Stmt]) {
        self.path.push(name.to_owned());
        self.body(body);
        self.path.pop();
    }

    /// Why an example cannot run by itself: it uses a name of its module, which may look like a builtin or like
    /// something of the standard library and is another thing.
    fn taken_from_module(&self, code: &str) -> Option<String> {
        let names = Names::of(&statements(code)?);
        if names.bound.contains(ANY) {
            return None;
        }
        let name = names
            .used
            .difference(&names.bound)
            .find(|name| self.defined.contains(*name))?;
        Some(format!("it uses `{name}` of its module, which is not run"))
    }

    fn docstring(&mut self, docstring: &ExprStringLiteral) {
        let Some(literal) = docstring
            .value
            .iter()
            .next()
            .filter(|_| docstring.value.iter().count() == 1)
        else {
            return;
        };
        let flags = literal.flags;
        let start = literal.start().to_usize();
        let quotes = usize::from(flags.opener_len());
        let end = literal
            .end()
            .to_usize()
            .saturating_sub(usize::from(flags.closer_len()));
        // A string that is never closed may end anywhere.
        let Some(text) = self.text.get(start + quotes..end) else {
            return;
        };
        let first = self.ends.partition_point(|end| *end < start);
        // The first line has the indent of those below it, as PEP 257 reads docstrings.
        let below = text.lines().skip(1).filter(|line| !line.trim().is_empty());
        let margin = below
            .map(|line| PYTHON.indent(line))
            .min()
            .unwrap_or_default();
        let before = " ".repeat(margin);
        let inside = before + text;
        let lines: Vec<String> = inside
            .split('\n')
            .map(|line| {
                if flags.prefix().is_raw() {
                    line.to_owned()
                } else {
                    unescaped(line)
                }
            })
            .collect();
        self.examples(&lines, first);
    }

    /// Takes the fences and the sessions of a docstring whose first line has this index.
    fn examples(&mut self, lines: &[String], first: usize) {
        let borrowed: Vec<&str> = lines.iter().map(String::as_str).collect();
        let fences = markdown::blocks(&borrowed, markdown::Dialect::Jsx);
        let mut ahead = fences.blocks.iter().peekable();
        let mut sessions = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            ahead.next_if(|block| block.last < at);
            let fence = ahead.peek();
            let in_fence = fence.is_some_and(|block| block.first <= at);
            // A session ends where a fence opens, on the line above its code.
            let end = fence.map_or(lines.len(), |block| block.first.saturating_sub(1).max(at));
            match session::run(&lines[..end], at).filter(|_| !in_fence) {
                Some(run) => {
                    sessions.push(Block {
                        first: at,
                        last: run.end - 1,
                        form: python::form(&run.code),
                        code: run.code,
                        indent: run.indent,
                        info: String::new(),
                        headings: Vec::new(),
                        lead: None,
                        directives: Directives::default(),
                        answers: Vec::new(),
                        notes: Vec::new(),
                    });
                    at = run.end;
                }
                None => at += 1,
            }
        }
        for block in fences.blocks.into_iter().chain(sessions) {
            let mut block = block.moved(first);
            block.headings.clone_from(&self.path);
            if block.directives.skip.is_none() {
                block.directives.skip = self.taken_from_module(&block.code);
            }
            self.found.blocks.push(block);
        }
    }
}

/// The names that a module defines at its top level; a module that it imports is the same everywhere.
fn defined(body: &[Stmt]) -> BTreeSet<String> {
    body.iter()
        .flat_map(|statement| match statement {
            Stmt::FunctionDef(def) => BTreeSet::from([def.name.to_string()]),
            Stmt::ClassDef(def) => BTreeSet::from([def.name.to_string()]),
            Stmt::Import(_) => BTreeSet::new(),
            _ => Names::of(std::slice::from_ref(statement)).bound,
        })
        .collect()
}

/// The statements of a session or of a script.
fn statements(code: &str) -> Option<Vec<Stmt>> {
    if !python::is_session(code) {
        return python::statements(code);
    }
    let mut own = String::new();
    for line in code.lines() {
        let rest = [">>>", "..."]
            .iter()
            .find_map(|prompt| line.strip_prefix(prompt));
        own.push_str(rest.map_or("", |rest| rest.strip_prefix(' ').unwrap_or(rest)));
        own.push('\n');
    }
    python::statements(&own)
}

/// The docstring that a statement is.
fn docstring(statement: &Stmt) -> Option<&ExprStringLiteral> {
    let Stmt::Expr(expression) = statement else {
        return None;
    };
    match expression.value.as_ref() {
        Expr::StringLiteral(string) => Some(string),
        _ => None,
    }
}

/// A line of a string that is not raw, with those escapes undone that make no line or tab: the lines must stay.
fn unescaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let escaped = rest.next_if(|next| c == '\\' && matches!(next, '\\' | '"' | '\''));
        text.push(escaped.unwrap_or(c));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use snipcheck_core::Form;

    /// First and last line, counted from 1, the path and the code.
    fn found(text: &str) -> Vec<(usize, usize, String, String)> {
        let lines: Vec<&str> = text.lines().collect();
        blocks(&lines)
            .blocks
            .into_iter()
            .map(|block| {
                (
                    block.first + 1,
                    block.last + 1,
                    block.headings.join("."),
                    block.code,
                )
            })
            .collect()
    }

    #[test]
    fn examples_in_docstrings_and_nowhere_else() {
        for (text, expected) in [
            (
                "\"\"\"Shelves.\n\n>>> 1\n1\n\"\"\"\n",
                &[(3, 4, "", ">>> 1\n1\n")][..],
            ),
            (
                "def f():\n    '''Words.\n\n    >>> f()\n    2\n\n    >>> f()\n\n    More.'''\n",
                &[(4, 7, "f", ">>> f()\n2\n\n>>> f()\n")],
            ),
            (
                "class A:\n    def m(self):\n        \"\"\">>> A().m()\n        3\"\"\"\n",
                &[(3, 4, "A.m", ">>> A().m()\n3\n")],
            ),
            (
                "def f():\n    r\"\"\"\n    >>> '\\n'\n    \"\"\"\ndef g():\n    \"\"\"\n    >>> '\\\\n'\n    \"\"\"\n",
                &[(3, 3, "f", ">>> '\\n'\n"), (7, 7, "g", ">>> '\\n'\n")],
            ),
            (
                "if x:\n    def f():\n        \"\"\"\n        ```python\n        f(1)\n        ```\n        >>> f(2)\n        \"\"\"\n",
                &[(5, 5, "f", "f(1)\n"), (7, 7, "f", ">>> f(2)\n")],
            ),
            ("x = '''\n>>> 1\n'''\n# >>> 2\n", &[]),
            ("def f():\n    x = 1\n    '''\n    >>> 1\n    '''\n", &[]),
            ("def f():\n    'Short.' 'two'\n", &[]),
            ("def f(:\n", &[]),
            (
                "def f():\n    \"\"\"\n    >>> f()",
                &[(3, 3, "f", ">>> f()\n")],
            ),
        ] {
            let want: Vec<_> = expected
                .iter()
                .map(|(a, b, path, code)| (*a, *b, (*path).to_owned(), (*code).to_owned()))
                .collect();
            assert_eq!(found(text), want, "{text}");
        }
    }

    #[test]
    fn examples_that_use_the_module_are_not_run() {
        for (example, runs) in [
            (">>> bin(3)", false),
            (">>> shelf.bin(3)", true),
            (">>> from shelf import bin\n>>> bin(3)", true),
            (">>> from shelf import *\n>>> bin(3)", true),
            (">>> len('a')", true),
            (">>> for x in range(2):\n...     bin(x)", false),
        ] {
            let text = format!("import shelf\ndef bin(x):\n    '''\n{example}\n'''\n");
            let lines: Vec<&str> = text.lines().collect();
            let block = &blocks(&lines).blocks[0];
            assert_eq!(block.directives.skip.is_none(), runs, "{example}");
        }
    }

    #[test]
    fn a_note_says_that_the_module_is_not_run() {
        let with = blocks(&["'''", ">>> 1", "1", "'''"]);
        assert_eq!(with.notes.len(), 1);
        assert_eq!(with.blocks[0].form, Form::Session);
        assert!(blocks(&["x = 1"]).notes.is_empty());
    }
}
