//! Whether a fence that follows a snippet is its output.
//!
//! In doubt it is not: an output that is none would be held against the snippet.

use super::headings::plain;
use super::info::Language;
use crate::block::{Block, Found};
use crate::directives::Said;
use crate::python::{self, Weight};
use crate::transcript::Shell;
use ruff_python_ast::{Expr, Stmt};
use snipcheck_core::{Expectation, Form, Kind, Line, Lines, Notation};

/// Lines of text that may stand between a snippet and its output.
const LEAD_LINES: usize = 3;
/// Words that a line which announces an output may have.
const LEAD_WORDS: usize = 14;
const OUTPUT_WORDS: [&str; 16] = [
    "output",
    "outputs",
    "prints",
    "print",
    "printed",
    "result",
    "results",
    "answer",
    "displays",
    "yields",
    "gives",
    "produces",
    "returns",
    "stdout",
    "printing",
    "outputting",
];
/// Words of a label, and how many it may have.
const LABELS: [&str; 5] = ["output", "outputs", "result", "results", "stdout"];
const LABEL_WORDS: usize = 3;
const COMMANDS: [&str; 14] = [
    "$ ", "% ", "# ", "> ", "pip ", "pip3 ", "python ", "python3 ", "uv ", "conda ", "git ", "cd ",
    "PS>", "C:\\",
];

/// The snippet that an output may follow.
pub(crate) struct Awaiting {
    /// Its place among the blocks found.
    pub(crate) block: usize,
    /// What stands between it and the next fence.
    pub(crate) lead: Lead,
    answered: bool,
}

impl Awaiting {
    pub(crate) fn new(block: usize) -> Self {
        Awaiting {
            block,
            lead: Lead::default(),
            answered: false,
        }
    }

    /// Whether a fence that is said to be Python is an output of the snippet, highlighted as if it were code.
    pub(crate) fn takes_python(&self, text: &str) -> bool {
        judge(Language::Python, text, &self.lead, false, "") == Answer::Labelled
    }

    /// Gives `block` the text at `lines` as its output, if it is that; gives back whether.
    pub(crate) fn take(
        &mut self,
        block: &mut Block,
        language: Language,
        lines: Lines,
        text: &str,
        told: bool,
    ) -> bool {
        let answer = judge(language, text, &self.lead, told, &block.code);
        // A session has its answers in it, and a second one without a label would be anything.
        let labelled = answer == Answer::Labelled;
        let may_be = answer == Answer::ByPlace && block.form == Form::Script && !self.answered;
        if !labelled && !may_be {
            return false;
        }
        block.answers.push(Expectation {
            lines,
            statement: Lines::new(Line::from_index(block.first), Line::from_index(block.last)),
            kind: Kind::FollowingFence,
            notation: Notation::Fence { labelled },
            comment: text.to_owned(),
            text: text.to_owned(),
            code: None,
        });
        self.answered = true;
        self.lead = Lead::default();
        true
    }
}

/// Takes in a block of another language: a shell may have written it, or it is the output of the snippet above.
pub(crate) fn other(
    found: &mut Found,
    above: &mut Option<Awaiting>,
    said: &mut Said,
    language: Language,
    lines: Lines,
    text: &str,
) {
    let told = said.output_follows();
    said.interrupted(&mut found.notes);
    if language.may_be_shell() {
        found.shells.push(Shell {
            first: lines.first.index(),
            text: text.to_owned(),
            fenced: true,
        });
    }
    if let Some(mut awaiting) = above.take() {
        let block = &mut found.blocks[awaiting.block];
        if awaiting.take(block, language, lines, text, told) {
            *above = Some(awaiting);
        }
    }
}

/// What stands between a snippet and the next fence.
#[derive(Debug, Default)]
pub(crate) struct Lead {
    lines: Vec<String>,
    too_long: bool,
}

impl Lead {
    /// Takes a line of text, with or without marks.
    pub(crate) fn push(&mut self, line: &str) {
        let text = plain(line.trim_start_matches(['#', '>', ' ', '-']));
        // `<summary>`, `:::`: marks only.
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        if self.lines.len() == LEAD_LINES {
            self.too_long = true;
        } else {
            self.lines.push(text);
        }
    }

    fn announces_output(&self) -> bool {
        self.has_one_of(&OUTPUT_WORDS, LEAD_WORDS)
    }

    /// Whether it is nothing but a label: `Output:`
    fn is_label(&self) -> bool {
        self.has_one_of(&LABELS, LABEL_WORDS)
    }

    /// Whether it is one short line with one of these words: a longer one may speak of the output of something else.
    fn has_one_of(&self, these: &[&str], most: usize) -> bool {
        let [line] = self.lines.as_slice() else {
            return false;
        };
        let words: Vec<String> = line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.len() <= most && words.iter().any(|word| these.contains(&word.as_str()))
    }
}

/// How a fence relates to the snippet above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is not its output.
    None,
    /// It is its output by its place only.
    ByPlace,
    /// The words before it, or its language, say that it is its output.
    Labelled,
}

/// Judges the fence with this language and content; `told` when a comment says that it is output.
pub(crate) fn judge(
    language: Language,
    content: &str,
    lead: &Lead,
    told: bool,
    code: &str,
) -> Answer {
    if content.trim().is_empty() || is_command(content) {
        return Answer::None;
    }
    if told || (language == Language::Output && !lead.too_long) {
        return Answer::Labelled;
    }
    let may_be_output = match language {
        Language::Plain | Language::Text | Language::Shell | Language::Data => true,
        Language::Python => (lead.is_label() || is_traceback(content)) && is_no_code(content),
        _ => false,
    };
    if !may_be_output || lead.too_long {
        return Answer::None;
    }
    // Nothing else looks so, whatever the line before it says.
    if lead.announces_output() || is_traceback(content) && lead.lines.len() <= 1 {
        return Answer::Labelled;
    }
    let plain = matches!(language, Language::Plain | Language::Text);
    if plain && lead.lines.is_empty() && writes(code) && !is_something_else(content) {
        return Answer::ByPlace;
    }
    Answer::None
}

/// Whether the code can write anything by itself.
fn writes(code: &str) -> bool {
    code.contains("print(") || code.contains("stdout")
}

fn is_command(content: &str) -> bool {
    let first = content.trim_start().lines().next().unwrap_or_default();
    COMMANDS.iter().any(|command| first.starts_with(command))
}

fn is_traceback(content: &str) -> bool {
    content
        .trim_start()
        .starts_with("Traceback (most recent call last)")
}

/// Whether what is said to be Python is none, or nothing but values.
fn is_no_code(content: &str) -> bool {
    let opens = |line: &str| {
        ["def ", "class ", "import ", "from ", ">>>", "@", "#"]
            .iter()
            .any(|start| line.trim_start().starts_with(start))
    };
    // A name would be code that a notebook shows the value of.
    let is_value = |statement: &Stmt| match statement {
        Stmt::Expr(expression) => matches!(
            expression.value.as_ref(),
            Expr::NumberLiteral(_)
                | Expr::StringLiteral(_)
                | Expr::BooleanLiteral(_)
                | Expr::NoneLiteral(_)
                | Expr::UnaryOp(_)
                | Expr::List(_)
                | Expr::Tuple(_)
                | Expr::Dict(_)
                | Expr::Set(_)
        ),
        _ => false,
    };
    !content.lines().any(opens)
        && python::statements(content).is_none_or(|all| all.iter().all(is_value))
}

/// Code, a diagram or a data file, none of which a reader would take for an output.
fn is_something_else(content: &str) -> bool {
    is_diagram(content) || is_json(content) || is_code(content)
}

fn is_diagram(content: &str) -> bool {
    content.contains("-->")
        || content
            .chars()
            .any(|c| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{259f}'))
}

/// Python writes its strings with single quotes, JSON with double ones.
fn is_json(content: &str) -> bool {
    let text = content.trim();
    text.starts_with(['{', '[']) && text.contains("\": ") && text.lines().count() > 1
}

fn is_code(content: &str) -> bool {
    python::statements(content)
        .is_some_and(|statements| statements.iter().any(|s| python::weight(s) == Weight::Full))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACEBACK: &str = "Traceback (most recent call last):\n  ...\nKeyError: 2";

    #[test]
    fn judged_by_language_words_and_content() {
        let print = "print(1)";
        for (language, content, lead, code, expected) in [
            (Language::Plain, "1", "", print, Answer::ByPlace),
            (Language::Plain, "1", "", "x = 1", Answer::None),
            (
                Language::Text,
                "1",
                "**Output:**",
                "x = 1",
                Answer::Labelled,
            ),
            (
                Language::Shell,
                "1",
                "The output is:",
                print,
                Answer::Labelled,
            ),
            (Language::Shell, "1", "", print, Answer::None),
            (
                Language::Shell,
                "$ python a.py\n1",
                "Output:",
                print,
                Answer::None,
            ),
            (
                Language::Output,
                "1",
                "Now a sentence.",
                print,
                Answer::Labelled,
            ),
            (Language::Plain, "1", "Now a sentence.", print, Answer::None),
            (Language::Data, "{\"a\": 1}", "", print, Answer::None),
            (
                Language::Data,
                "{\"a\": 1}",
                "which prints",
                print,
                Answer::Labelled,
            ),
            (Language::Plain, "{\n \"a\": 1\n}", "", print, Answer::None),
            (Language::Plain, "a --> b", "", print, Answer::None),
            (Language::Plain, "├── src", "", print, Answer::None),
            (Language::Plain, "import os", "", print, Answer::None),
            (Language::Other, "1", "Output:", print, Answer::None),
            (
                Language::Python,
                "[1, 2]",
                "#### Output",
                print,
                Answer::Labelled,
            ),
            (
                Language::Python,
                "total: 3 of 4",
                "Output:",
                "",
                Answer::Labelled,
            ),
            (Language::Python, "[1, 2]", "", print, Answer::None),
            (
                Language::Python,
                "total: 3 of 4",
                "which gives an error:",
                "",
                Answer::None,
            ),
            (
                Language::Python,
                "x = [1, 2]",
                "Output:",
                print,
                Answer::None,
            ),
            (Language::Python, "def f(:", "Output:", print, Answer::None),
            (
                Language::Python,
                "results",
                "## Results",
                print,
                Answer::None,
            ),
            (Language::Python, TRACEBACK, "", "", Answer::Labelled),
            (
                Language::Plain,
                TRACEBACK,
                "It raises:",
                "",
                Answer::Labelled,
            ),
            (Language::Other, TRACEBACK, "", "", Answer::None),
            (Language::Plain, "  ", "Output:", print, Answer::None),
        ] {
            let mut words = Lead::default();
            words.push(lead);
            let answer = judge(language, content, &words, false, code);
            assert_eq!(answer, expected, "{language:?} {content:?} {lead:?}");
        }
    }

    #[test]
    fn a_long_lead_is_about_something_else() {
        let mut lead = Lead::default();
        for _ in 0..4 {
            lead.push("The output follows.");
        }
        assert_eq!(judge(Language::Output, "1", &lead, false, ""), Answer::None);
        assert_eq!(
            judge(Language::Output, "1", &lead, true, ""),
            Answer::Labelled
        );
    }
}
