//! What a session answers to its prompts, and the comments behind them.

use super::Read;
use super::below::dedent;
use super::claim::{self, Claim};
use super::marker;
use super::source::Source;
use ruff_python_ast::{Mod, Stmt};
use snipcheck_core::{
    Aside, Expectation, Form, Kind, Line, Lines, Notation, Note, Prompt, Session, Snippet, Why,
    Written, doctest_options,
};
use std::collections::HashSet;
use std::ops::Range;

/// The options of doctest that are known here.
const OPTIONS: [&str; 12] = [
    "DONT_ACCEPT_TRUE_FOR_1",
    "DONT_ACCEPT_BLANKLINE",
    "NORMALIZE_WHITESPACE",
    "ELLIPSIS",
    "SKIP",
    "IGNORE_EXCEPTION_DETAIL",
    "REPORT_UDIFF",
    "REPORT_CDIFF",
    "REPORT_NDIFF",
    "REPORT_ONLY_FIRST_FAILURE",
    "FAIL_FAST",
    "COMPARISON_FLAGS",
];

/// Reads a session: the answers of its prompts, and the comments behind prompts without one.
pub(super) fn read(snippet: &Snippet) -> Read {
    let session = Session::of(&snippet.code);
    let reader = Reader {
        lines: snippet.code.split('\n').collect(),
        first: snippet.lines.first,
        session: &session,
        echoes: Source::new(&session.text(), snippet.lines.first).words_in_strings(),
    };
    let answers = reader.answers();
    let mut found = trailing(snippet, &session, &answers);
    found.expectations.extend(answers);
    found.sort();
    found
}

/// What is doubtful about the directives of a session.
pub(crate) fn notes(snippet: &Snippet) -> Vec<Note> {
    if snippet.form != Form::Session {
        return Vec::new();
    }
    let session = Session::of(&snippet.code);
    let of_prompt = |prompt: &Prompt| {
        let line = snippet.lines.first.plus(count(prompt.statement.start));
        let statement = session.statement(prompt);
        let unknown: Vec<Note> = doctest_options(&statement)
            .iter()
            .filter(|(_, name)| !OPTIONS.contains(name))
            .map(|(_, name)| Note {
                line: Some(line),
                message: format!("line {line}: doctest has no option `{name}`"),
            })
            .collect();
        unknown
    };
    session.prompts.iter().flat_map(of_prompt).collect()
}

/// The comments behind prompts: they speak of what a script's would, where no answer says it.
fn trailing(snippet: &Snippet, session: &Session, answers: &[Expectation]) -> Read {
    let script = Snippet {
        code: session.text(),
        form: Form::Script,
        expectations: Vec::new(),
        ..snippet.clone()
    };
    let skipped: Vec<Lines> = session
        .prompts
        .iter()
        .filter(|prompt| doctest_options(&session.statement(prompt)).contains(&(true, "SKIP")))
        .map(|prompt| lines(snippet.lines.first, &prompt.statement))
        .collect();
    let is_free = |found: &Expectation| {
        let overlaps = |lines: Lines| lines.overlaps(found.statement);
        !answers.iter().any(|answer| overlaps(answer.statement))
            && !skipped.iter().any(|lines| overlaps(*lines))
    };
    let mut read = super::read(&script);
    let (kept, others): (Vec<_>, Vec<_>) = read
        .expectations
        .into_iter()
        .partition(|found| found.notation == Notation::Trailing && is_free(found));
    read.expectations = kept;
    read.asides.extend(others.into_iter().map(|found| Aside {
        line: found.lines.first,
        comment: found.comment,
        why: Why::Answered,
    }));
    read
}

struct Reader<'a> {
    lines: Vec<&'a str>,
    first: Line,
    session: &'a Session,
    /// The words in its strings.
    echoes: HashSet<String>,
}

impl Reader<'_> {
    fn answers(&self) -> Vec<Expectation> {
        let mut found = Vec::new();
        // A prompt with a comment alone may stand between a statement and its answer.
        let mut waiting: Option<&Prompt> = None;
        for prompt in &self.session.prompts {
            let statement = self.session.statement(prompt);
            let is_remark = statement
                .lines()
                .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
            if !is_remark {
                waiting = Some(prompt);
            }
            if prompt.answer.is_empty() {
                continue;
            }
            if let Some(owner) = waiting.take() {
                found.extend(self.answer(owner, prompt));
            }
        }
        found
    }

    /// The answer below `prompt` as one to the statement of `owner`.
    fn answer(&self, owner: &Prompt, prompt: &Prompt) -> Option<Expectation> {
        let cut = |line: &&str| {
            let indent = line.len() - line.trim_start().len();
            line[indent.min(prompt.margin)..].trim_end().to_owned()
        };
        let is_comment = |line: &&str| line.trim_start().starts_with('#');
        let mut place = prompt.answer.clone();
        let all = &self.lines[place.clone()];
        let remarks = all.iter().take_while(|line| is_comment(line)).count();
        // Comments above an answer that is none are remarks on it.
        let commented = remarks == all.len();
        if !commented {
            place.start += remarks;
        }
        let written: Vec<String> = self.lines[place.clone()].iter().map(cut).collect();
        let text = if commented {
            self.commented(owner, &written)?
        } else {
            let blank = |line: &String| match line.trim() {
                "<BLANKLINE>" => String::new(),
                _ => line.clone(),
            };
            written.iter().map(blank).collect::<Vec<_>>().join("\n")
        };
        let apart = prompt.answer.start > self.end_of(prompt);
        if apart && !is_value(&text) {
            return None;
        }
        let comment: Vec<&str> = written.iter().map(|line| line.trim_start()).collect();
        Some(Expectation {
            lines: lines(self.first, &place),
            statement: lines(self.first, &owner.statement),
            kind: Kind::Session,
            notation: Notation::Below,
            comment: if written.len() == 1 {
                comment.join("\n")
            } else {
                written.join("\n")
            },
            text,
            code: None,
        })
    }

    /// The first line below a prompt that is no continuation of it.
    fn end_of(&self, prompt: &Prompt) -> usize {
        let goes_on = |line: &&&str| line.trim() == "...";
        let end = prompt.statement.end;
        end + self.lines[end..].iter().take_while(goes_on).count()
    }

    /// The text of an answer in comment lines; nothing where it only remarks on the statement.
    fn commented(&self, owner: &Prompt, written: &[String]) -> Option<String> {
        let mut bodies: Vec<&str> = written
            .iter()
            .map(|line| line.trim_start().trim_start_matches('#'))
            .collect();
        let opening = bodies[0];
        let (marker, inline) = marker::split(opening);
        if marker != marker::Marker::None {
            bodies[0] = inline;
        }
        let text = dedent(&bodies).trim_matches('\n').to_owned();
        let statement = self.session.statement(owner);
        let source = Source::new(&statement, self.first);
        let first = text.lines().next().unwrap_or_default().trim();
        let claim = claim::of(first, &self.echoes);
        let is_output = matches!(
            claim,
            Claim::Value | Claim::Echo | Claim::Raises | Claim::Type
        ) || first.starts_with("Traceback (most recent call last)")
            || marker != marker::Marker::None;
        let shows = match source.parsed.syntax() {
            Mod::Module(module) => module.body.last().is_some_and(may_show),
            Mod::Expression(_) => true,
        };
        let is_nothing = text.trim().is_empty() || claim == Claim::Nothing;
        (!is_nothing && (is_output || shows)).then_some(text)
    }
}

/// Whether a statement shows something at a prompt by its nature.
fn may_show(stmt: &Stmt) -> bool {
    !matches!(
        stmt,
        Stmt::Assign(_)
            | Stmt::AnnAssign(_)
            | Stmt::AugAssign(_)
            | Stmt::Import(_)
            | Stmt::ImportFrom(_)
            | Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
            | Stmt::Delete(_)
            | Stmt::Pass(_)
            | Stmt::Global(_)
            | Stmt::TypeAlias(_)
    )
}

/// Whether a text set off from its prompt can only be an answer.
fn is_value(text: &str) -> bool {
    Written::of(text).is_some_and(|written| written.is_literal())
        || text.starts_with("Traceback (most recent call last)")
}

fn lines(first: Line, range: &Range<usize>) -> Lines {
    let at = |index: usize| first.plus(count(index));
    Lines::new(
        at(range.start),
        at(range.end.saturating_sub(1).max(range.start)),
    )
}

fn count(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
