//! How much each unit looks like Python, like a session, like another language; prose is zero.
//!
//! The figures are log-odds in spirit: they were set by hand on pages of several kinds and add up
//! along a path. What one statement by itself says is in `statement`, what a session's answer says in `output`.

use super::hashes::{Hashes, is_hashed_heading};
use super::label::Labels;
use super::lead::{Announces, announces, names_output};
use super::output::Sessions;
use super::prose;
use super::statement::{self, Known};
use super::units::{Parsed, Unit};
use super::{broken, damaged, names, other, remarks, value};
use crate::python;
use std::collections::HashMap;

/// Units over which the name of a variable is remembered, and of a function or class.
const MEMORY: usize = 80;
const LONG_MEMORY: usize = 400;
/// So sure that nothing around it matters.
pub(super) const NEVER: f32 = -20.0;

/// What a unit is, apart from how likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A comment line.
    Comment,
    /// `>>>` or its continuation.
    Prompt,
    /// The head of a compound statement, a decorator.
    Head,
    /// Other code that parses.
    Code,
    /// A whole snippet escaped into one line.
    Damaged,
    /// Anything else.
    Text,
}

/// The scores of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) kind: Kind,
    /// As a line of Python source.
    pub(super) python: f32,
    /// As a line of an interactive session.
    pub(super) session: f32,
    /// As a line of another language.
    pub(super) other: f32,
    /// Whether it is of a language whose comments look like Python's.
    pub(super) has_hash_comments: bool,
    /// Whether, as prose, it announces code.
    pub(super) announces: Announces,
}

impl Look {
    fn label(python: bool) -> Self {
        Look {
            kind: Kind::Text,
            python: NEVER,
            session: NEVER,
            other: NEVER,
            has_hash_comments: false,
            announces: Announces::Label { python },
        }
    }

    /// Whether the unit is only the name of a language.
    pub(super) fn is_label(&self) -> bool {
        matches!(self.announces, Announces::Label { .. })
    }
}

/// The looks of all units, in order.
pub(super) fn all(units: &[Unit]) -> Vec<Look> {
    let mut context = Context::new(units);
    let mut looks: Vec<Look> = (0..units.len()).map(|index| context.look(index)).collect();
    remarks::settle(units, &mut looks);
    looks
}

/// A head of a compound statement and what stands under it.
struct Body {
    /// Indent of the head.
    head: usize,
    /// Indent of its first statement, once that was seen.
    first: Option<usize>,
}

/// What the units above say about the next one.
struct Context<'u, 'a> {
    units: &'u [Unit<'a>],
    /// The heads that the next unit may stand under.
    heads: Vec<Body>,
    /// Names that code above binds, and up to which unit that counts.
    names: HashMap<String, (usize, Known)>,
    sessions: Sessions,
    /// Whether the units above are a section of settings.
    in_settings: bool,
    /// Whether the units above are an output that the page announces as such.
    in_output: bool,
    hashes: Hashes,
    /// What the unit above says about this one, on a page that names the languages of its code.
    labels: Labels,
}

impl<'u, 'a> Context<'u, 'a> {
    fn new(units: &'u [Unit<'a>]) -> Self {
        Context {
            units,
            heads: Vec::new(),
            names: HashMap::new(),
            sessions: Sessions::new(units),
            in_settings: false,
            in_output: false,
            hashes: Hashes::of(units),
            labels: Labels::of(units),
        }
    }

    fn look(&mut self, index: usize) -> Look {
        let unit = &self.units[index];
        let text = unit.line.trim();
        if let Some(python) = self.labels.next(text) {
            self.heads.clear();
            return Look::label(python);
        }
        let bare = prose::bare(text);
        let mut kind = kind(unit, text);
        let is_list = prose::is_bullet(text);
        let is_heading = self.hashes.are_headings && is_hashed_heading(unit.line);
        let is_drawing = prose::is_drawing(&bare.text) || prose::is_markup(text) || is_heading;
        if is_heading {
            kind = Kind::Text;
        }
        let other = if is_drawing {
            1.0
        } else {
            other::score(text).max(other::end_score(unit.end))
        };
        let is_of_page = names::used_roots(text)
            .next()
            .is_some_and(|root| text.starts_with(root) && self.known(index, root) == Known::Yes);
        // `console.print(…)` of a console that code above made is no script of another language.
        let other = if is_of_page { other.min(-2.0) } else { other };
        let other = self.settings(text, other);
        let inside = self.enter(unit, is_list || is_drawing);
        let mut python = match kind {
            Kind::Damaged => NEVER,
            Kind::Prompt if !is_ellipsis(text) => NEVER,
            _ if is_drawing || is_list => NEVER,
            Kind::Comment => self.comment(unit),
            _ => self.code(index, text, &bare) + if other > 3.0 { -4.0 } else { 0.0 },
        };
        if self.shows_value(unit, text) {
            python = python.min(-3.0);
        }
        if inside {
            python += match kind {
                _ if other > 3.0 => 2.0,
                Kind::Text => 3.0,
                _ => 4.5,
            };
        }
        let session = match kind {
            _ if (is_drawing || is_list) && !self.sessions.is_traceback(text) => NEVER,
            Kind::Damaged => NEVER,
            _ => self.sessions.score(index, unit, kind, python),
        };
        if python > 0.0 {
            self.remember(index);
            self.sessions.hear(index, text);
        }
        if kind == Kind::Head {
            self.heads.push(Body {
                head: unit.indent,
                first: None,
            });
        }
        Look {
            kind,
            python,
            session,
            other: match kind {
                Kind::Comment => 1.2,
                Kind::Text if other < 0.0 && prose::adjacent_words(&bare.text) > 1 => -5.0,
                _ => other,
            },
            has_hash_comments: other::has_hash_comments(text),
            announces: announces(text, &bare.text),
        }
    }

    /// Whether a value stands here because `Output:` stands above it.
    fn shows_value(&mut self, unit: &Unit, text: &str) -> bool {
        let is_value = match &unit.parsed {
            Parsed::Statements(statements) => value::is_value(statements),
            _ => false,
        };
        self.in_output &= is_value;
        let shows = self.in_output;
        self.in_output |= names_output(text);
        shows
    }

    /// The score as another language, once a section of settings was opened above.
    fn settings(&mut self, text: &str, other: f32) -> f32 {
        let is_setting = other::is_setting_score(other) || text.starts_with('#');
        self.in_settings = other::is_section(text) || (self.in_settings && is_setting);
        if self.in_settings {
            other.max(4.0)
        } else {
            other
        }
    }

    /// Leaves the heads that this unit does not stand under; whether one is left.
    fn enter(&mut self, unit: &Unit, is_no_code: bool) -> bool {
        if is_no_code || unit.blanks > 2 {
            self.heads.clear();
        }
        while let Some(body) = self.heads.last_mut() {
            if unit.indent > body.head {
                // Python knows no indent between a head and its body: such a line is a list's text.
                let is_comment = unit.line.trim_start().starts_with('#');
                let first = *body.first.get_or_insert(unit.indent);
                if unit.indent >= first || is_comment {
                    return true;
                }
                self.heads.clear();
                return false;
            }
            self.heads.pop();
        }
        false
    }

    fn comment(&self, unit: &Unit) -> f32 {
        if self.hashes.are_headings && unit.indent == 0 {
            // It may be a title of the first level.
            return if self.hashes.are_remarks { 1.0 } else { -0.5 };
        }
        let text = unit.line.trim_start_matches(['#', ' ']);
        // What a program says when it fails is said of no other thing than code.
        if text.starts_with("Traceback (") {
            4.0
        } else {
            // A row of hashes is a picture.
            if text.contains(char::is_alphanumeric) {
                1.6
            } else {
                0.3
            }
        }
    }

    fn code(&self, index: usize, text: &str, bare: &prose::Bare) -> f32 {
        let unit = &self.units[index];
        let knows = |name: &str| self.known(index, name);
        let next = self.units.get(index + 1);
        let score = match &unit.parsed {
            Parsed::Statements(statements) => {
                if next.is_some_and(|next| is_title_of(text, next.line)) {
                    return NEVER;
                }
                let score = statement::score(statements, unit.indent, &knows);
                // A title may stand on its own and parse; it never spans lines.
                score + if unit.last > unit.first { 1.0 } else { 0.0 }
            }
            Parsed::Head => {
                let has_body = next.is_some_and(|next| next.indent > unit.indent);
                statement::head(text) - if has_body { 0.0 } else { 3.0 }
            }
            Parsed::Decorator => {
                let decorates = next.is_some_and(|next| {
                    matches!(next.parsed, Parsed::Decorator)
                        || ["def ", "class ", "async def "]
                            .iter()
                            .any(|word| next.line.trim_start().starts_with(word))
                });
                if decorates { 5.0 } else { -3.0 }
            }
            Parsed::No => {
                let printed = broken::printed(text);
                printed.map_or_else(
                    || broken::score(text, &bare.text),
                    |printed| statement::printed(&printed, unit.indent, &knows),
                )
            }
            Parsed::NotAsked => {
                return match text {
                    _ if !is_ellipsis(text) => -7.0,
                    _ if unit.blanks == 0 => 0.7,
                    _ => -1.0,
                };
            }
        };
        score + if bare.trailing_comment { 1.5 } else { 0.0 }
    }

    fn known(&self, index: usize, name: &str) -> Known {
        match self.names.get(name) {
            Some((until, known)) if index <= *until => *known,
            _ => Known::No,
        }
    }

    fn remember(&mut self, index: usize) {
        let unit = &self.units[index];
        for name in names::used_roots(unit.line) {
            self.names
                .entry(name.to_owned())
                .and_modify(|known| known.0 = known.0.max(index + MEMORY))
                .or_insert((index + MEMORY, Known::Module));
        }
        match &unit.parsed {
            Parsed::Statements(statements) => {
                for name in names::modules(statements) {
                    self.names.insert(name, (index + MEMORY, Known::Module));
                }
                for name in names::bound(statements) {
                    self.names.insert(name, (index + MEMORY, Known::Yes));
                }
            }
            Parsed::Head => {
                let is_definition = unit.line.contains("def ") || unit.line.contains("class ");
                let memory = if is_definition { LONG_MEMORY } else { MEMORY };
                for name in names::bound_by_head(unit.line) {
                    self.names
                        .insert(name.to_owned(), (index + memory, Known::Yes));
                }
            }
            _ => {}
        }
    }
}

/// `take()` above `pkg.take(items, count)`: reference pages put the name over the signature.
fn is_title_of(text: &str, next: &str) -> bool {
    text.strip_suffix("()").is_some_and(|name| {
        !name.contains('.')
            && next
                .split_once('(')
                .and_then(|(called, _)| called.rsplit_once('.'))
                .is_some_and(|(_, called)| called == name)
    })
}

/// `...` for code that is left out.
fn is_ellipsis(text: &str) -> bool {
    text.strip_prefix("...")
        .is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with('#'))
}

fn kind(unit: &Unit, text: &str) -> Kind {
    if text.starts_with('#') {
        return Kind::Comment;
    }
    if python::is_prompt(text)
        || text == "..."
        || text.starts_with("... ")
        || text.starts_with("...:")
    {
        return Kind::Prompt;
    }
    if damaged::is_escaped(text) {
        return Kind::Damaged;
    }
    match &unit.parsed {
        Parsed::Head | Parsed::Decorator => Kind::Head,
        Parsed::Statements(_) => Kind::Code,
        Parsed::No | Parsed::NotAsked => Kind::Text,
    }
}
