//! What a guide promises in the comments of a snippet.
//!
//! Comments come from the parser's tokens, and each is tied to the logical statement that it speaks
//! of. What may be an output is listed, plain prose is not; whether it is true, and even whether it
//! is a value at all, is decided where the outcome is known. Knows nothing of outcomes and formats.

mod below;
mod claim;
mod commented;
mod comments;
mod marker;
mod measure;
mod session;
mod source;
mod statements;
#[cfg(test)]
mod tests;
mod trailing;

use claim::Claim;
pub(crate) use session::notes;

use comments::{Comment, Place};
use marker::Marker;
use snipcheck_core::{Aside, Expectation, Form, Kind, Line, Notation, Snippet, Written};
use source::Source;
use statements::{Shape, Statement};
use std::collections::HashSet;

/// The comments of a snippet: those that state what it does, and those that do not.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Ordered by line.
    pub(crate) expectations: Vec<Expectation>,
    /// Ordered by line.
    pub(crate) asides: Vec<Aside>,
}

impl Read {
    fn sort(&mut self) {
        self.expectations.sort_by_key(|found| found.lines);
        self.asides.sort_by_key(|aside| aside.line);
    }
}

/// Reads the comments of a snippet.
pub(crate) fn read(snippet: &Snippet) -> Read {
    match snippet.form {
        Form::Script => {}
        Form::Session => return session::read(snippet),
        Form::Damaged { .. } => return Read::default(),
    }
    let source = Source::new(&snippet.code, snippet.lines.first);
    let reader = Reader {
        statements: statements::all(&source),
        echoes: source.words_in_strings(),
        source: &source,
    };
    let mut found = Read {
        expectations: reader.results_in_quotes(),
        asides: Vec::new(),
    };
    let comments = comments::all(&source);
    let mut carried: HashSet<Line> = HashSet::new();
    for (index, comment) in comments.iter().enumerate() {
        if comment.place == Place::Trailing {
            let more = trailing::carried_on(&comments, index);
            match trailing::read(&reader, comment, &more) {
                Ok(expectation) => {
                    carried.extend(more.iter().map(|line| line.line));
                    found.expectations.push(expectation);
                }
                Err(why) => found.asides.push(comment.left_alone(why)),
            }
        }
    }
    let own: Vec<Comment> = comments
        .into_iter()
        .filter(|comment| !carried.contains(&comment.line))
        .collect();
    for run in comments::runs(&own) {
        below::read(&reader, &run, &mut found);
    }
    found.sort();
    found
}

/// What is known of a snippet while its comments are read.
struct Reader<'a> {
    source: &'a Source<'a>,
    statements: Vec<Statement>,
    /// The words in the snippet's strings.
    echoes: HashSet<String>,
}

/// A comment's text and what it seems to be.
struct Text {
    marker: Marker,
    claim: Claim,
    /// The text without its marker.
    bare: String,
}

impl Reader<'_> {
    /// The statement whose last line this is; on a line with several, the last one.
    fn statement_ending_on(&self, line: Line) -> Option<&Statement> {
        self.statements
            .iter()
            .rfind(|statement| statement.lines.last == line)
    }

    /// The innermost statement that a line is part of.
    fn statement_around(&self, line: Line) -> Option<&Statement> {
        self.statements
            .iter()
            .rfind(|statement| statement.lines.contains(line))
    }

    /// The statement that ends last above a comment line, at the comment's indent if there is one.
    fn statement_above(&self, comment: &Comment) -> Option<&Statement> {
        let ended = |statement: &&Statement| statement.whole.last < comment.line;
        let last = self
            .statements
            .iter()
            .filter(ended)
            .map(|statement| statement.whole.last)
            .max()?;
        let mut candidates = self
            .statements
            .iter()
            .filter(|statement| statement.whole.last == last);
        let innermost = candidates.clone().next_back();
        candidates
            .rfind(|statement| statement.column == comment.column)
            .or(innermost)
    }

    /// The statement that begins right below a run of comment lines.
    fn statement_below(&self, run: &[&Comment]) -> Option<&Statement> {
        let line = run.last()?.line.plus(1);
        self.statements
            .iter()
            .find(|statement| statement.lines.first == line)
    }

    fn text(&self, bodies: &[&str]) -> Text {
        let (marker, inline) = marker::split(bodies[0]);
        let mut lines = bodies.to_vec();
        if marker != Marker::None {
            lines[0] = inline;
        }
        let text = below::dedent(&lines).trim().to_owned();
        Text {
            marker,
            claim: claim::of(&text, &self.echoes),
            bare: text,
        }
    }

    /// Whether a comment line reads like something that was written or returned.
    fn is_output(&self, body: &str) -> bool {
        let read = self.text(&[body]);
        match read.claim {
            Claim::Value | Claim::Echo => {
                !commented::is_code(&read.bare) || states_literal(&read.bare)
            }
            _ => read.marker == Marker::Arrow,
        }
    }

    /// Texts in triple quotes below a print: its output, written as a string.
    fn results_in_quotes(&self) -> Vec<Expectation> {
        self.statements
            .windows(2)
            .filter_map(|pair| {
                let [print, result] = pair else { return None };
                let Shape::Text(text) = &result.shape else {
                    return None;
                };
                let adjacent = print.lines.last.plus(1) == result.lines.first
                    && print.column == result.column
                    && print.shape == Shape::Print;
                let shown = text.trim_matches('\n');
                let opening = shown.lines().next().unwrap_or_default();
                let output = match marker::split(opening) {
                    (Marker::Output | Marker::Value, "") => &shown[opening.len()..],
                    _ => shown,
                };
                let lines: Vec<&str> = output.trim_matches('\n').lines().collect();
                adjacent.then(|| Expectation {
                    lines: result.lines,
                    statement: print.lines,
                    kind: Kind::BlockOutput,
                    notation: Notation::Below,
                    comment: text.clone(),
                    text: below::dedent(&lines).trim_end().to_owned(),
                    code: None,
                })
            })
            .collect()
    }
}

/// `x = 3` below or behind `x = f()` states the value 3.
fn without_target(shape: &Shape, text: String) -> String {
    let Shape::Assignment { target, .. } = shape else {
        return text;
    };
    let Some(tail) = text.strip_prefix(target.as_str()) else {
        return text;
    };
    let verbs = [
        " is now ",
        " is ",
        " becomes ",
        " equals ",
        " = ",
        "=",
        ": ",
    ];
    let value = verbs.iter().find_map(|verb| tail.strip_prefix(verb));
    match value.map(str::trim) {
        Some(value) if Written::at_start(value).is_some() => value.to_owned(),
        _ => text,
    }
}

/// `refcount = 2` behind `b = a` says nothing of `b`.
fn speaks_of_another(text: &str, target: &str) -> bool {
    text.split_once(" = ").is_some_and(|(name, _)| {
        name != target && !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

/// `[1, 2]` or `size=3`, which would be code as well.
fn states_literal(text: &str) -> bool {
    let value = text.split_once('=').map_or(text, |(_, value)| value);
    Written::of(text)
        .or_else(|| Written::of(value))
        .is_some_and(|written| written.is_literal())
        || Written::of(text).is_some_and(|written| written.is_container())
}
