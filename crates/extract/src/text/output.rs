//! Whether a line is what a session answered: what its prompt says is expected, and what it looks like.
//!
//! Must not know of blocks.

use super::look::{Kind, NEVER};
use super::units::{Parsed, Unit, ends_with_colon};
use super::{prose, tall, value};
use crate::python;
use ruff_python_ast::{Expr, Stmt};
use std::collections::{HashMap, HashSet};

/// Units over which the words in strings are remembered.
const MEMORY: usize = 60;

/// What the last statement of a session answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// Nothing: an assignment, a definition.
    Nothing,
    /// The repr of a value.
    Value,
    /// Perhaps a value, perhaps text.
    Anything,
    /// Text.
    Text,
}

/// The session that the present line may be part of.
#[derive(Debug)]
struct Open {
    answers: Answers,
    /// Lines of the answer so far.
    answered: usize,
    in_traceback: bool,
    /// Indent of the prompt above, when what was typed there goes on without prompts of its own.
    head: Option<usize>,
    /// Whether the unit above is such a line.
    in_body: bool,
    /// Whether an empty line stands between the prompt and here.
    interrupted: bool,
}

/// What ends the lines that a unit stands among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// A prompt, with or without an empty line before it.
    Prompt,
    /// Anything else.
    Other,
}

/// Follows the sessions of a page.
#[derive(Debug)]
pub(super) struct Sessions {
    open: Option<Open>,
    until: Vec<Until>,
    /// The units of answers whose brackets reach over lines.
    tall: HashSet<usize>,
    /// Whether the page keeps empty lines around its sessions.
    spaced: bool,
    /// The words in the strings of the code above, and the last unit that has them.
    words: HashMap<String, usize>,
}

impl Sessions {
    /// Looks ahead over the whole page.
    pub(super) fn new(units: &[Unit]) -> Self {
        let mut until = vec![Until::Other; units.len()];
        let (mut apart, mut touching) = (0, 0);
        for index in (0..units.len().saturating_sub(1)).rev() {
            let (unit, next) = (&units[index], &units[index + 1]);
            let is_sentence = tall::is_sentence(unit);
            let announces = unit.line.trim_end().ends_with(':');
            if python::is_prompt(next.line) {
                if announces && !python::is_prompt(unit.line) {
                    *if next.blanks > 0 {
                        &mut apart
                    } else {
                        &mut touching
                    } += 1;
                }
                until[index] = Until::Prompt;
            } else if next.blanks == 0 && !is_sentence {
                until[index] = until[index + 1];
            }
            if is_sentence || announces {
                until[index] = Until::Other;
            }
        }
        Sessions {
            open: None,
            until,
            tall: tall::answers(units),
            spaced: apart > 0 && touching * 10 < apart,
            words: HashMap::new(),
        }
    }

    /// Whether this line is part of a traceback, bars and all.
    pub(super) fn is_traceback(&self, text: &str) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.in_traceback || is_traceback(text))
    }

    /// Remembers what a line of code may write.
    pub(super) fn hear(&mut self, index: usize, code: &str) {
        for word in strings(code) {
            self.words.insert(word, index);
        }
    }

    /// Whether all words of the line stand in strings of the code above.
    fn echoes(&self, index: usize, text: &str) -> bool {
        let mut any = false;
        for word in words(text) {
            if self.words.get(&word).is_none_or(|at| at + MEMORY < index) {
                return false;
            }
            any = true;
        }
        any
    }

    /// The score of a unit as part of a session; `python` is its score as source.
    pub(super) fn score(&mut self, index: usize, unit: &Unit, kind: Kind, python: f32) -> f32 {
        let text = unit.line.trim();
        if let Some(open) = &mut self.open {
            // The empty line behind a body without prompts is how its end was typed.
            open.interrupted |= unit.blanks > 0 && !open.in_body;
            open.in_body = false;
        }
        match kind {
            // A sentence about the prompt.
            Kind::Prompt
                if python::is_prompt(text)
                    && prose::adjacent_words(&prose::bare(text).text) > 3 =>
            {
                1.0
            }
            Kind::Prompt if python::is_prompt(text) => {
                self.hear(index, text);
                self.prompt(unit, text);
                9.0
            }
            Kind::Prompt => {
                self.hear(index, text);
                self.continuation(text)
            }
            // An answer written as a comment: nothing else answers this prompt.
            Kind::Comment => match &mut self.open {
                Some(open) => {
                    open.answers = Answers::Nothing;
                    1.5
                }
                None => NEVER,
            },
            _ => {
                let until = self.until[index];
                let echoes = self.echoes(index, text);
                let score = match &mut self.open {
                    Some(open) => {
                        if open.goes_on(unit) {
                            7.0
                        } else if self.tall.contains(&index) {
                            open.answered += 1;
                            6.0
                        } else {
                            open.answer(unit, text, until, echoes, self.spaced)
                        }
                    }
                    None => NEVER,
                };
                if score < -2.0 && python < 0.0 {
                    // A title or a sentence: what follows it answers nothing any more.
                    self.open = None;
                }
                score.max(python - 1.5)
            }
        }
    }

    fn prompt(&mut self, unit: &Unit, text: &str) {
        let code = text.trim_start_matches('>').trim();
        let code = code
            .split_once("]: ")
            .filter(|_| code.starts_with("In ["))
            .map_or(code, |(_, code)| code);
        // A bare prompt or a remark behind one answers nothing.
        let is_empty = code.is_empty() || code.starts_with('#');
        let mut open = Open::new(if is_empty {
            Answers::Nothing
        } else {
            answers(code)
        });
        open.head = ends_with_colon(code).then_some(unit.indent);
        self.open = Some(open);
    }

    fn continuation(&mut self, text: &str) -> f32 {
        let Some(open) = self.open.as_mut().filter(|open| !open.interrupted) else {
            return -1.0;
        };
        if text.contains("print(") {
            open.answers = Answers::Text;
        }
        7.0
    }
}

impl Open {
    fn new(answers: Answers) -> Self {
        Open {
            answers,
            answered: 0,
            in_traceback: false,
            head: None,
            in_body: false,
            interrupted: false,
        }
    }

    /// Whether a line is the body of what was typed at the prompt above, without a prompt of its own.
    fn goes_on(&mut self, unit: &Unit) -> bool {
        let is_body = self.head.is_some_and(|head| unit.indent > head) && !self.interrupted;
        if !is_body {
            self.head = None;
        }
        self.in_body = is_body;
        is_body
    }

    fn answer(&mut self, unit: &Unit, text: &str, until: Until, echoes: bool, spaced: bool) -> f32 {
        if python::is_numbered_result(text) {
            return 6.0;
        }
        if is_traceback(text) {
            self.in_traceback = true;
            return if self.interrupted { 3.0 } else { 8.0 };
        }
        if self.in_traceback {
            // The tracebacks of a group stand behind bars.
            let is_inside = unit.indent > 0 || text.starts_with(['|', '+']);
            self.in_traceback = is_inside;
            self.answers = Answers::Nothing;
            self.answered += 1;
            return if is_inside || is_exception(text) {
                8.0
            } else {
                -1.0
            };
        }
        let before = self.answered;
        self.answered += 1;
        let mut score = self.shape(unit, text, before, echoes);
        if self.interrupted {
            return score - 4.0;
        }
        if until == Until::Prompt {
            score += self.between(text, before);
        }
        if spaced {
            score += 3.0;
        }
        score
    }

    /// What speaks for lines that stand between two prompts and are no sentences.
    fn between(&self, text: &str, before: usize) -> f32 {
        match self.answers {
            Answers::Text => 2.8,
            Answers::Value if before == 0 => 2.5,
            Answers::Anything if !prose::is_title(text) => {
                if before == 0 {
                    2.8
                } else {
                    3.8
                }
            }
            _ => 0.5,
        }
    }

    fn shape(&self, unit: &Unit, text: &str, before: usize, echoes: bool) -> f32 {
        if is_exception(text) && before == 0 {
            return 5.0;
        }
        let expected = match (self.answers, before) {
            (Answers::Nothing, _) => -3.5,
            (Answers::Value, 0) => 0.5,
            (Answers::Anything, 0) => 0.0,
            (Answers::Text, _) => 0.2,
            (Answers::Anything, _) => -1.0,
            _ => -2.0,
        };
        expected
            + if is_value(unit, text) {
                2.8
            } else if echoes && (before == 0 || self.answers == Answers::Text) {
                2.5
            } else {
                -3.0
            }
    }
}

/// What an interpreter writes before the place of an error.
fn is_traceback(text: &str) -> bool {
    text.trim_start_matches(['+', ' '])
        .trim_start_matches("Exception Group ")
        .starts_with("Traceback (most recent call")
        && text.ends_with("):")
        || (text.starts_with("File \"") && text.contains("\", line "))
}

fn answers(code: &str) -> Answers {
    let Some(statements) = python::statements(code) else {
        return Answers::Anything;
    };
    match statements.last() {
        Some(Stmt::Expr(expression)) => match expression.value.as_ref() {
            Expr::Call(call) => match call.func.as_ref() {
                Expr::Name(name) if name.id.as_str() == "print" => Answers::Text,
                _ => Answers::Anything,
            },
            // What is called may write.
            _ if code.contains('(') => Answers::Anything,
            _ => Answers::Value,
        },
        Some(Stmt::For(_) | Stmt::While(_) | Stmt::With(_) | Stmt::If(_)) => Answers::Anything,
        _ => Answers::Nothing,
    }
}

fn is_value(unit: &Unit, text: &str) -> bool {
    let literal = match &unit.parsed {
        Parsed::Statements(statements) => value::is_value(statements),
        _ => false,
    };
    let is_bracketed = [('(', ')'), ('[', ']'), ('{', '}')]
        .iter()
        .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close));
    literal
        || is_bracketed
        || is_table_row(text)
        || (text.starts_with('<') && text.ends_with('>'))
        || text.parse::<f64>().is_ok()
}

/// Words apart by several spaces, as tables are written.
fn is_table_row(text: &str) -> bool {
    text.find("  ")
        .is_some_and(|at| !text[..at].ends_with(['.', '!', '?', ':']))
}

/// `ValueError: …`, with or without a module before it.
fn is_exception(text: &str) -> bool {
    let name = text.split(':').next().unwrap_or_default();
    let last = name.rsplit('.').next().unwrap_or_default();
    last.starts_with(char::is_uppercase)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
        && [
            "Error",
            "Exception",
            "Warning",
            "Interrupt",
            "StopIteration",
            "Exit",
        ]
        .iter()
        .any(|end| last.ends_with(end))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
}

/// The words inside the strings of a line of code.
fn strings(code: &str) -> Vec<String> {
    code.split(['"', '\''])
        .skip(1)
        .step_by(2)
        .flat_map(words)
        .collect()
}
