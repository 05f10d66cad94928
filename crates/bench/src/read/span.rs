//! Which statements a comment on time speaks of.

use super::work::last_name;
use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;
use serde::{Deserialize, Serialize};
use snipcheck_core::{Expectation, Line, Lines, Snippet};
use std::cell::OnceCell;
use std::ops::Range;

/// Statements that run one after the other: from the beginning of the first to the end of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The guide lines of the first statement.
    pub first: Lines,
    /// The guide lines of the last one, which may be the first.
    pub last: Lines,
}

impl Span {
    /// All its lines.
    pub fn lines(&self) -> Lines {
        Lines {
            first: self.first.first,
            last: self.last.last,
        }
    }
}

/// The statements of a snippet, with their guide lines.
pub(super) struct Page<'a> {
    snippet: &'a Snippet,
    pub(super) module: &'a [Stmt],
    /// Where each line of the code begins.
    starts: Vec<usize>,
    /// See [`Page::timed`]; every comment asks for it.
    timed: OnceCell<Vec<Part<'a>>>,
}

/// One list of statements, from one of them to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) statements: &'a [Stmt],
    /// The whole list.
    pub(super) suite: &'a [Stmt],
    pub(super) span: Span,
}

impl<'a> Part<'a> {
    /// The statements of the list before its own.
    pub(super) fn above(&self) -> &'a [Stmt] {
        let first = self.statements.first().map(Ranged::start);
        let end = self.suite.partition_point(|one| Some(one.start()) < first);
        &self.suite[..end]
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(snippet: &'a Snippet, module: &'a [Stmt]) -> Self {
        let ends = snippet.code.match_indices('\n').map(|(at, _)| at + 1);
        Page {
            snippet,
            module,
            starts: std::iter::once(0).chain(ends).collect(),
            timed: OnceCell::new(),
        }
    }

    fn line(&self, offset: usize) -> Line {
        let number = self.starts.partition_point(|&start| start <= offset).max(1) - 1;
        Line::from_index(self.snippet.lines.first.index() + number)
    }

    pub(super) fn lines(&self, statement: &Stmt) -> Lines {
        let range = statement.range();
        Lines {
            first: self.line(range.start().to_usize()),
            last: self.line(range.end().to_usize().saturating_sub(1)),
        }
    }

    fn part(&self, suite: &'a [Stmt], which: Range<usize>) -> Option<Part<'a>> {
        let statements = suite.get(which)?;
        let (first, last) = (statements.first()?, statements.last()?);
        Some(Part {
            statements,
            suite,
            span: Span {
                first: self.lines(first),
                last: self.lines(last),
            },
        })
    }

    /// The innermost list of statements with the one of these lines in it, its place there, and the functions
    /// around it, outermost first.
    pub(super) fn find(&self, lines: Lines) -> Option<(&'a [Stmt], usize, Vec<&'a str>)> {
        let mut suite = self.module;
        let mut functions = Vec::new();
        loop {
            let holds = |statement: &&Stmt| {
                let own = self.lines(statement);
                own.first <= lines.first && lines.last <= own.last
            };
            let at = suite.iter().position(|statement| holds(&statement))?;
            let statement = &suite[at];
            if let Stmt::FunctionDef(function) = statement {
                functions.push(function.name.as_str());
            }
            let inner = suites(statement)
                .into_iter()
                .find(|inner| inner.iter().any(|one| holds(&one)));
            match inner {
                Some(inner) if self.lines(statement) != lines => suite = inner,
                _ => return Some((suite, at, functions)),
            }
        }
    }

    /// The text of a statement or an expression, without the indent of its first line.
    pub(super) fn source(&self, code: &impl Ranged) -> &'a str {
        let range = code.range();
        let range = range.start().to_usize()..range.end().to_usize();
        self.snippet.code.get(range).unwrap_or_default()
    }

    /// The text of some lines.
    pub(super) fn code(&self, lines: Lines) -> String {
        let all = lines.first.index()..=lines.last.index();
        all.map(|index| self.text(index))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The statements of one list that begin and end on these lines.
    pub(super) fn exactly(&self, lines: Lines) -> Option<Part<'a>> {
        let mut waiting = vec![self.module];
        while let Some(suite) = waiting.pop() {
            let first = suite
                .iter()
                .position(|one| self.lines(one).first == lines.first);
            let last = suite
                .iter()
                .rposition(|one| self.lines(one).last == lines.last);
            if let (Some(first), Some(last)) = (first, last)
                && first <= last
            {
                return self.part(suite, first..last + 1);
            }
            waiting.extend(suite.iter().flat_map(suites));
        }
        None
    }

    /// What a comment speaks of.
    pub(super) fn of(
        &self,
        expectation: &Expectation,
        suite: &'a [Stmt],
        at: usize,
    ) -> Option<Part<'a>> {
        if let Some(part) = self.timed_by(suite, at) {
            return Some(part);
        }
        if expectation.lines.last < expectation.statement.first {
            return self.group(suite, expectation.lines.last);
        }
        self.part(suite, at..at + 1)
    }

    /// The statements below a comment, up to an empty line or the next comment of its own.
    pub(super) fn group(&self, suite: &'a [Stmt], comment: Line) -> Option<Part<'a>> {
        let begin = suite
            .iter()
            .position(|statement| self.lines(statement).first > comment)?;
        let mut end = begin;
        while let Some(next) = suite.get(end + 1) {
            let mut between =
                self.lines(&suite[end]).last.index() + 1..self.lines(next).first.index();
            if between.any(|index| self.separates(index)) {
                break;
            }
            end += 1;
        }
        // What only starts a clock is not what takes the time.
        let clock = begin < end && starts_clock(&suite[begin]).is_some();
        self.part(suite, begin + usize::from(clock)..end + 1)
    }

    /// Whether the line with this index holds no code.
    fn separates(&self, index: usize) -> bool {
        let text = self.text(index).trim();
        text.is_empty() || text.starts_with('#')
    }

    /// The line of the guide with this index, when it is one of the snippet's.
    fn text(&self, index: usize) -> &'a str {
        let own = index.checked_sub(self.snippet.lines.first.index());
        own.and_then(|own| self.snippet.code.lines().nth(own))
            .unwrap_or_default()
    }

    /// What a statement that tells a time has timed: the statements since its clock was started.
    pub(super) fn timed_by(&self, suite: &'a [Stmt], at: usize) -> Option<Part<'a>> {
        let tells = &suite[at];
        if !matches!(tells, Stmt::Expr(_) | Stmt::Return(_)) {
            return None;
        }
        let names = names_in(tells);
        let (end, clocks) = if reads_clock(tells) {
            (at, names)
        } else {
            // `took = clock() - start`, told later.
            let stop = (0..at).rev().find(|&one| {
                assigned(&suite[one]).is_some_and(|name| names.iter().any(|other| other == name))
                    && (reads_clock(&suite[one]) || is_timeit(&suite[one]))
                    && starts_clock(&suite[one]).is_none()
            })?;
            if is_timeit(&suite[stop]) {
                return self.part(suite, stop..stop + 1);
            }
            (stop, names_in(&suite[stop]))
        };
        let start = (0..end).rev().find(|&one| {
            starts_clock(&suite[one]).is_some_and(|name| clocks.iter().any(|other| other == name))
        })?;
        self.part(suite, start + 1..end)
    }

    /// The innermost list of statements one of which begins on this line.
    pub(super) fn suite_at(&self, line: Line) -> Option<&'a [Stmt]> {
        let mut waiting = vec![self.module];
        while let Some(suite) = waiting.pop() {
            if suite.iter().any(|one| self.lines(one).first == line) {
                return Some(suite);
            }
            waiting.extend(suite.iter().flat_map(suites));
        }
        None
    }

    /// Everything in the snippet that is timed by its own code, in order.
    pub(super) fn timed(&self) -> &[Part<'a>] {
        self.timed.get_or_init(|| self.all_timed())
    }

    fn all_timed(&self) -> Vec<Part<'a>> {
        let mut found = Vec::new();
        let mut waiting = vec![self.module];
        while let Some(suite) = waiting.pop() {
            for (at, statement) in suite.iter().enumerate() {
                let part = if is_timeit(statement) {
                    self.part(suite, at..at + 1)
                } else {
                    self.timed_by(suite, at)
                };
                found.extend(part);
                waiting.extend(suites(statement));
            }
        }
        found.sort_by_key(|part| part.span.first.first);
        found.dedup_by_key(|part| part.span);
        found
    }

    /// The fixed texts that statements of the snippet print, each with its line.
    pub(super) fn written_texts(&self) -> Vec<(Line, String)> {
        let mut found = Vec::new();
        let mut waiting = vec![self.module];
        while let Some(suite) = waiting.pop() {
            for statement in suite {
                let text = printed(statement).map(|text| (self.lines(statement).first, text));
                found.extend(text);
                waiting.extend(suites(statement));
            }
        }
        found
    }

    /// The statements that stand together above a part, in the same list.
    pub(super) fn before(&self, part: Part<'a>) -> Option<Part<'a>> {
        let suite = part.suite;
        let at = suite
            .iter()
            .position(|statement| self.lines(statement) == part.span.first)?;
        let comment = (0..part.span.first.first.index())
            .rev()
            .find(|&index| self.text(index).trim().starts_with('#'))?;
        let end = suite[..at]
            .iter()
            .rposition(|statement| self.lines(statement).last.index() < comment)?;
        let mut begin = end;
        while begin > 0 {
            let mut between = self.lines(&suite[begin - 1]).last.index() + 1
                ..self.lines(&suite[begin]).first.index();
            if between.any(|index| self.separates(index)) {
                break;
            }
            begin -= 1;
        }
        let is_definition =
            |statement: &Stmt| matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
        if suite[begin..=end].iter().all(is_definition) {
            return None;
        }
        self.part(suite, begin..end + 1)
    }

    /// The comment right above a part, in lower case.
    pub(super) fn label(&self, part: &Part<'_>) -> String {
        let above = part.span.first.first.index().saturating_sub(1);
        let text = self.text(above).trim();
        if text.starts_with('#') {
            text.to_lowercase()
        } else {
            String::new()
        }
    }
}

/// The lists of statements directly inside a statement.
pub(super) fn suites(statement: &Stmt) -> Vec<&[Stmt]> {
    match statement {
        Stmt::FunctionDef(inner) => vec![&inner.body],
        Stmt::ClassDef(inner) => vec![&inner.body],
        Stmt::For(inner) => vec![&inner.body, &inner.orelse],
        Stmt::While(inner) => vec![&inner.body, &inner.orelse],
        Stmt::With(inner) => vec![&inner.body],
        Stmt::If(inner) => std::iter::once(inner.body.as_slice())
            .chain(
                inner
                    .elif_else_clauses
                    .iter()
                    .map(|clause| clause.body.as_slice()),
            )
            .collect(),
        Stmt::Try(inner) => vec![&inner.body, &inner.orelse, &inner.finalbody],
        _ => Vec::new(),
    }
}

/// The name that a statement binds to the time of a clock.
fn starts_clock(statement: &Stmt) -> Option<&str> {
    let Stmt::Assign(assign) = statement else {
        return None;
    };
    let Expr::Call(call) = assign.value.as_ref() else {
        return None;
    };
    if !is_clock(&call.func) {
        return None;
    }
    assigned(statement)
}

fn assigned(statement: &Stmt) -> Option<&str> {
    let target = match statement {
        Stmt::Assign(assign) => match assign.targets.as_slice() {
            [target] => target,
            _ => return None,
        },
        Stmt::AnnAssign(assign) => assign.target.as_ref(),
        _ => return None,
    };
    match target {
        Expr::Name(name) => Some(name.id.as_str()),
        _ => None,
    }
}

/// What a statement prints, when it is one text that is written down.
fn printed(statement: &Stmt) -> Option<String> {
    let Stmt::Expr(expression) = statement else {
        return None;
    };
    let Expr::Call(call) = expression.value.as_ref() else {
        return None;
    };
    match (last_name(&call.func), &*call.arguments.args) {
        ("print", [Expr::StringLiteral(text)]) => Some(text.value.to_str().to_owned()),
        _ => None,
    }
}

fn is_clock(function: &Expr) -> bool {
    matches!(
        last_name(function),
        "time"
            | "perf_counter"
            | "perf_counter_ns"
            | "monotonic"
            | "monotonic_ns"
            | "time_ns"
            | "process_time"
            | "default_timer"
    )
}

#[derive(Default)]
struct Finder {
    names: Vec<String>,
    clock: bool,
    timeit: bool,
}

impl<'a> Visitor<'a> for Finder {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => self.names.push(name.id.to_string()),
            Expr::Call(call) => {
                self.clock |= is_clock(&call.func);
                self.timeit |= matches!(last_name(&call.func), "timeit" | "repeat" | "autorange");
            }
            _ => {}
        }
        walk_expr(self, expression);
    }

    // Only what the statement itself evaluates, and not what stands in its body.
    fn visit_body(&mut self, _: &'a [Stmt]) {}
}

fn look(statement: &Stmt) -> Finder {
    let mut finder = Finder::default();
    finder.visit_stmt(statement);
    finder
}

/// Whether a statement only shows what is there already.
pub(super) fn only_shows(statement: &Stmt) -> bool {
    struct Calls {
        others: bool,
    }
    impl<'a> Visitor<'a> for Calls {
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.others |= match expression {
                Expr::Call(call) => {
                    !matches!(last_name(&call.func), "print" | "round" | "format" | "str")
                }
                Expr::Await(_) | Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) => true,
                _ => false,
            };
            walk_expr(self, expression);
        }
    }
    let Stmt::Expr(expression) = statement else {
        return false;
    };
    let mut calls = Calls { others: false };
    calls.visit_expr(&expression.value);
    !calls.others
        && matches!(
            expression.value.as_ref(),
            Expr::Call(_) | Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_)
        )
}

fn names_in(statement: &Stmt) -> Vec<String> {
    look(statement).names
}

fn reads_clock(statement: &Stmt) -> bool {
    look(statement).clock
}

pub(super) fn is_timeit(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(_) | Stmt::Assign(_)) && look(statement).timeit
}
