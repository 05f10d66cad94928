//! What judging needs to know of a snippet's code: where functions are, and whether it parses.

use crate::surroundings::Surroundings;
use ruff_python_ast::statement_visitor::{StatementVisitor, walk_stmt};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Alias, Expr, Mod, PythonVersion, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextSize};
use snipcheck_core::{Form, Line, Lines, Session, Snippet};
use std::borrow::Cow;
use std::collections::HashSet;

/// See the module.
pub(crate) struct Code<'a> {
    first: Line,
    source: Cow<'a, str>,
    functions: Vec<Lines>,
    bound: HashSet<String>,
    surroundings: Surroundings,
    line_starts: Vec<usize>,
    syntax_error: Option<String>,
    /// Where syntax stands that not every Python 3 knows, and since which version there is such.
    newer: Vec<(Lines, String)>,
}

impl<'a> Code<'a> {
    /// Reads a snippet's code.
    pub(crate) fn of(snippet: &'a Snippet) -> Self {
        let source = match snippet.form {
            Form::Session => Cow::Owned(Session::of(&snippet.code).text()),
            _ => Cow::Borrowed(snippet.code.as_str()),
        };
        let oldest = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY37);
        let parsed = parse_unchecked(&source, oldest);
        let mut functions = Functions {
            code: &source,
            first: snippet.lines.first,
            found: Vec::new(),
        };
        let mut names = Names::default();
        let mut surroundings = Surroundings::default();
        if let Mod::Module(module) = parsed.syntax() {
            functions.visit_body(&module.body);
            names.visit_body(&module.body);
            surroundings = Surroundings::of(&module.body);
        }
        let newlines = source.match_indices('\n').map(|(at, _)| at + 1);
        let line_of = |at: TextSize| {
            let above = source[..at.to_usize()].matches('\n').count();
            Line::from_index(snippet.lines.first.index() + above)
        };
        let newer = parsed.unsupported_syntax_errors().iter().filter_map(|one| {
            let told = one.to_string();
            let (_, version) = told.split_once("added in Python ")?;
            let lines = Lines::new(line_of(one.start()), line_of(one.end()));
            Some((lines, version.trim_end_matches(')').to_owned()))
        });
        let newer = newer.collect();
        Code {
            first: snippet.lines.first,
            functions: functions.found,
            bound: names.bound,
            surroundings,
            newer,
            line_starts: std::iter::once(0).chain(newlines).collect(),
            source,
            syntax_error: parsed.errors().first().map(|error| error.error.to_string()),
        }
    }

    /// What the parser found wrong first.
    pub(crate) fn syntax_error(&self) -> Option<&str> {
        self.syntax_error.as_deref()
    }

    /// The version of Python that a line needs for its syntax, where not every one has that.
    pub(crate) fn newer_syntax(&self, line: Line) -> Option<&str> {
        let mut newer = self.newer.iter();
        let found = newer.find(|(lines, _)| lines.contains(line))?;
        Some(&found.1)
    }

    /// Whether lines stand in a function, which may be called in many ways or not at all.
    pub(crate) fn is_in_function(&self, lines: Lines) -> bool {
        self.functions
            .iter()
            .any(|function| function.first < lines.first && lines.last <= function.last)
    }

    /// The lines of the function that begins on this line.
    pub(crate) fn function_at(&self, line: Line) -> Option<Lines> {
        self.functions
            .iter()
            .find(|function| function.first == line)
            .copied()
    }

    /// Whether anything in the code gives this name a meaning.
    pub(crate) fn binds(&self, name: &str) -> bool {
        self.bound.contains(name)
    }

    /// What the statement on these lines asks of the clock, the files or the machine.
    pub(crate) fn asks_surroundings(&self, lines: Lines) -> Option<&str> {
        let start = |line: Line| {
            let index = line.index().saturating_sub(self.first.index());
            self.line_starts.get(index).copied()
        };
        let first = start(lines.first)?;
        let end = start(lines.last.plus(1)).unwrap_or(usize::MAX);
        self.surroundings.asked_by(&(first..end))
    }

    /// Whether a statement of the snippet, not of a function in it, is a `raise`: it says so itself.
    pub(crate) fn raises_by_itself(&self, statement: Lines) -> bool {
        self.line(statement.first).starts_with("raise ")
    }

    /// The Python that the nearest comment above a statement names: `# in Python 2`.
    pub(crate) fn python_named_above(&self, statement: Lines) -> Option<u32> {
        let above = (self.first.number()..statement.first.number()).rev();
        above.map(Line::new).find_map(|line| {
            let (_, comment) = self.line(line).split_once('#')?;
            let comment = comment.to_lowercase();
            ["python ", "python", "py"].iter().find_map(|name| {
                let (_, tail) = comment.split_once(name)?;
                tail.chars().next()?.to_digit(10)
            })
        })
    }

    /// The text of a guide line.
    pub(crate) fn line(&self, line: Line) -> &str {
        let index = line.index().checked_sub(self.first.index());
        let start = index.and_then(|index| self.line_starts.get(index));
        let rest = start.and_then(|&start| self.source.get(start..));
        rest.and_then(|rest| rest.lines().next())
            .unwrap_or_default()
    }

    /// Everything down to the end of a statement.
    pub(crate) fn up_to(&self, statement: Lines) -> &str {
        let index = statement.last.plus(1).index();
        let end = index
            .checked_sub(self.first.index())
            .and_then(|index| self.line_starts.get(index));
        let end = end.copied().unwrap_or(self.source.len());
        self.source.get(..end).unwrap_or_default()
    }

    /// The text of guide lines.
    pub(crate) fn text(&self, lines: Lines) -> String {
        (lines.first.number()..=lines.last.number())
            .map(|number| self.line(Line::new(number)))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

struct Functions<'a> {
    code: &'a str,
    first: Line,
    found: Vec<Lines>,
}

impl<'a> StatementVisitor<'a> for Functions<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::FunctionDef(function) = stmt {
            let line = |offset: usize| {
                let index = self.code[..offset].matches('\n').count();
                self.first.plus(u32::try_from(index).unwrap_or(u32::MAX))
            };
            self.found.push(Lines::new(
                line(function.start().to_usize()),
                line(function.end().to_usize()),
            ));
        }
        walk_stmt(self, stmt);
    }
}

/// Collects every name that is bound anywhere.
#[derive(Default)]
struct Names {
    bound: HashSet<String>,
}

impl<'a> Visitor<'a> for Names {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => drop(self.bound.insert(function.name.to_string())),
            Stmt::ClassDef(class) => drop(self.bound.insert(class.name.to_string())),
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr
            && !name.ctx.is_load()
        {
            self.bound.insert(name.id.to_string());
        }
        visitor::walk_expr(self, expr);
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        let first = name.split('.').next().unwrap_or(name);
        self.bound.insert(first.to_owned());
    }
}

/// What is wrong with a piece of code that stands alone, before it is run.
pub(crate) fn syntax_error_of(code: &str) -> Option<String> {
    let parsed = parse_unchecked(code, ParseOptions::from(Mode::Module));
    let outside = || match parsed.syntax() {
        Mod::Module(module) => module
            .body
            .iter()
            .any(|stmt| matches!(stmt, Stmt::Return(_))),
        Mod::Expression(_) => false,
    };
    let error = parsed.errors().first().map(|error| error.error.to_string());
    error.or_else(|| outside().then(|| "'return' outside function".to_owned()))
}
