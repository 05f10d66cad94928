//! The pass over the lines: what each line begins, and what that means for the lines below it.

use super::directive::{self, Body, Explicit, Role};
use super::session;
use super::titles::Titles;
use crate::block::{Block, Found};
use crate::columns::PYTHON;
use crate::directives::Said;
use crate::markdown::answer::{self, Answer, Awaiting};
use crate::markdown::indented;
use crate::markdown::info::{self, Language};
use crate::python::{self, Weight};
use snipcheck_core::{Directives, Form, Line, Lines};

/// Said of code between two remarks that tell tools to leave it out.
const TOLD: &str = "the guide says so";

/// The state of the pass.
pub(super) struct Scan<'a> {
    lines: &'a [&'a str],
    at: usize,
    titles: Titles,
    literals: Literals,
    /// What comments say of blocks that are still to come.
    said: Said,
    /// What runs before sessions and tests, unseen.
    setup: String,
    /// The snippet that an output may follow.
    awaiting: Option<Awaiting>,
    found: Found,
}

/// What literal blocks hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Literals {
    /// Nothing is said, which means Python where it reads so.
    Unsaid,
    /// Python, said so.
    Python,
    /// Another language.
    Other,
}

/// The lines of a block with its text.
struct Content {
    first: usize,
    /// Index of the line behind it.
    end: usize,
    indent: usize,
    text: String,
}

impl<'a> Scan<'a> {
    pub(super) fn new(lines: &'a [&'a str]) -> Self {
        Scan {
            lines,
            at: 0,
            titles: Titles::default(),
            literals: Literals::Unsaid,
            said: Said::default(),
            setup: String::new(),
            awaiting: None,
            found: Found::default(),
        }
    }

    pub(super) fn run(mut self) -> Found {
        while self.at < self.lines.len() {
            self.step();
        }
        self.said.interrupted(&mut self.found.notes);
        self.found
    }

    /// Reads one line, or as many as belong together.
    fn step(&mut self) {
        let line = self.lines[self.at];
        if line.trim().is_empty() {
            self.at += 1;
            return;
        }
        if let Some(run) = session::run(self.lines, self.at) {
            let content = Content {
                first: self.at,
                end: run.end,
                indent: run.indent,
                text: run.code,
            };
            self.at = content.end;
            self.snippet(content, "", Directives::default(), false);
            return;
        }
        if let Some(count) = self.titles.take(&self.lines[self.at..]) {
            if let Some(title) = self.titles.path().last() {
                self.text(title);
            }
            self.at += count;
            return;
        }
        let (column, text) = without_markers(line);
        match directive::explicit(text) {
            Some(Explicit::Directive { name, argument }) => self.directive(column, name, argument),
            Some(Explicit::Comment(first)) => self.comment(column, first),
            Some(Explicit::Text) => self.at += 1,
            None => {
                self.text(text);
                self.at += 1;
                if text.trim_end().ends_with("::") {
                    self.literal(column);
                }
            }
        }
    }

    /// A line of text.
    fn text(&mut self, text: &str) {
        self.said.interrupted(&mut self.found.notes);
        if let Some(awaiting) = &mut self.awaiting {
            awaiting.lead.push(text);
        }
    }

    fn comment(&mut self, column: usize, first: &str) {
        let end = directive::end(self.lines, self.at + 1, column);
        let more = self.lines[self.at + 1..end].iter().map(|line| line.trim());
        let inside: Vec<&str> = std::iter::once(first).chain(more).collect();
        let inside = inside.join(" ");
        self.said.hear(self.at, &inside, &mut self.found.notes);
        self.at = end;
    }

    fn directive(&mut self, column: usize, name: &str, argument: &str) {
        let end = directive::end(self.lines, self.at + 1, column);
        let role = directive::role(name, argument);
        if role == Role::Box {
            self.at += 1;
            return;
        }
        let body = directive::body(self.lines, self.at + 1, end);
        self.at = end;
        if role == Role::Highlight {
            self.literals = match (argument, info::read(argument).0) {
                ("default" | "python-default" | "guess" | "", _) => Literals::Unsaid,
                (_, Language::Python) => Literals::Python,
                _ => Literals::Other,
            };
            return;
        }
        let Some(content) = self.content(body.first, body.end) else {
            return;
        };
        let said = said(&body);
        match role {
            Role::Code(Language::Python) => self.snippet(content, argument, said, false),
            Role::Test => self.snippet(content, name, said, true),
            Role::Unrun => self.unrun(content, name, argument),
            Role::Code(Language::Plain) => self.unnamed(content, argument, said),
            Role::Code(language) if is_session(language, &content) => {
                self.snippet(content, argument, said, false);
            }
            Role::Code(language) => self.other(&content, language),
            Role::Setup => self.setup.push_str(&content.text),
            Role::Opaque | Role::Highlight | Role::Box => {}
        }
    }

    /// Text whose sessions are not to be run.
    fn unrun(&mut self, content: Content, name: &str, argument: &str) {
        let starts_with_prompt = content.text.lines().next().is_some_and(session::is_prompt);
        if starts_with_prompt {
            let why = if argument.is_empty() { TOLD } else { argument };
            self.snippet(content, name, skipped(why), false);
        }
    }

    /// The literal block below a line of text at this column that ends with `::`.
    fn literal(&mut self, column: usize) {
        let is_apart = self
            .lines
            .get(self.at)
            .is_some_and(|line| line.trim().is_empty());
        let end = directive::end(self.lines, self.at, column);
        if !is_apart || end == self.at {
            return;
        }
        let first = (self.at..end).find(|&at| !self.lines[at].trim().is_empty());
        self.at = end;
        if let Some(content) = first.and_then(|first| self.content(first, end)) {
            self.unnamed(content, "", Directives::default());
        }
    }

    /// A block without a language of its own.
    fn unnamed(&mut self, content: Content, info: &str, said: Directives) {
        let is_python = match self.literals {
            Literals::Other => is_session(Language::Plain, &content),
            Literals::Unsaid => indented::is_python(&content.text),
            Literals::Python => {
                indented::is_python(&content.text)
                    || python::statements(&content.text).is_some_and(|statements| {
                        statements.iter().any(|s| python::weight(s) >= Weight::Some)
                    })
            }
        };
        if is_python && !self.is_output(&content) {
            self.snippet(content, info, said, false);
        } else {
            self.other(&content, Language::Plain);
        }
    }

    /// Whether the words above a block say that it is what the snippet before it writes.
    fn is_output(&self, content: &Content) -> bool {
        self.awaiting.as_ref().is_some_and(|awaiting| {
            let code = &self.found.blocks[awaiting.block].code;
            answer::judge(Language::Plain, &content.text, &awaiting.lead, false, code)
                == Answer::Labelled
        })
    }

    fn content(&self, first: usize, end: usize) -> Option<Content> {
        let lines = &self.lines[first..end];
        let is_full = |line: &&&str| !line.trim().is_empty();
        let indent = lines
            .iter()
            .filter(is_full)
            .map(|line| PYTHON.indent(line))
            .min()?;
        let mut text = String::new();
        for line in lines {
            text.push_str(&PYTHON.without(line, indent));
            text.push('\n');
        }
        Some(Content {
            first,
            end,
            indent,
            text,
        })
    }

    fn snippet(&mut self, content: Content, info: &str, said: Directives, is_test: bool) {
        let remarks = self.said.of_block();
        let code = python::with_own_prompts(content.text);
        let form = python::form(&code);
        let mut directives = said.or(&remarks);
        if directives.prelude.is_none()
            && !self.setup.is_empty()
            && (is_test || form == Form::Session)
        {
            directives.prelude = Some(self.setup.trim_end().to_owned());
        }
        self.awaiting = Some(Awaiting::new(self.found.blocks.len()));
        self.found.blocks.push(Block {
            first: content.first,
            last: content.end - 1,
            code,
            form,
            indent: content.indent,
            info: info.to_owned(),
            headings: self.titles.path(),
            lead: None,
            directives,
            answers: Vec::new(),
            notes: Vec::new(),
        });
    }

    /// A block of something else, perhaps the output of the snippet above.
    fn other(&mut self, content: &Content, language: Language) {
        let lines = Lines::new(
            Line::from_index(content.first),
            Line::from_index(content.end - 1),
        );
        let (found, said) = (&mut self.found, &mut self.said);
        answer::other(
            found,
            &mut self.awaiting,
            said,
            language,
            lines,
            &content.text,
        );
    }
}

/// What the options of a directive say of how to treat its code.
fn said(body: &Body<'_>) -> Directives {
    let told = body.options.iter().find_map(|(name, value)| match *name {
        "options" if value.contains("+SKIP") => Some(TOLD.to_owned()),
        "skipif" => Some(format!("the guide leaves it out where `{value}`")),
        _ => None,
    });
    Directives {
        skip: told,
        ..Directives::default()
    }
}

fn skipped(why: &str) -> Directives {
    Directives {
        skip: Some(why.to_owned()),
        ..Directives::default()
    }
}

/// Whether a block is a session, whatever it is said to be; a page shown as it is written is none.
fn is_session(language: Language, content: &Content) -> bool {
    language != Language::Source && content.text.lines().next().is_some_and(session::is_prompt)
}

/// The column of a line's text and the text, markers of lists left out.
fn without_markers(line: &str) -> (usize, &str) {
    let (mut column, mut text) = PYTHON.blank(line, 0);
    while let Some(width) = marker(text) {
        let (blank, rest) = PYTHON.blank(&text[width..], column + width);
        if rest.is_empty() {
            break;
        }
        column += width + blank;
        text = rest;
    }
    (column, text)
}

/// The width of the list marker that the text begins with, when white space follows it.
fn marker(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let width = match bytes.get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'#' if digits == 0 && bytes.get(1) == Some(&b'.') => 2,
        b'.' | b')' if (1..=3).contains(&digits) => digits + 1,
        _ => return None,
    };
    matches!(bytes.get(width), Some(b' ' | b'\t')).then_some(width)
}
