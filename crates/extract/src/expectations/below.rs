//! Comment lines of their own: outputs under a statement, marked outputs, code commented out.

use super::claim::Claim;
use super::commented;
use super::comments::Comment;
use super::marker::{self, Marker};
use super::statements::{Origin, Shape, Statement};
use super::{Read, Reader, speaks_of_another, states_literal, without_target};
use snipcheck_core::{Expectation, Kind, Lines, Notation, Why, Written, exception_length};

/// Reads a run of own-line comments.
pub(super) fn read(reader: &Reader<'_>, run: &[&Comment], found: &mut Read) {
    let mut at = 0;
    while at < run.len() {
        let step = Step {
            reader,
            rest: &run[at..],
            is_first: at == 0,
        };
        let taken = step
            .commented_out()
            .or_else(|| step.traceback())
            .or_else(|| step.announced())
            .or_else(|| step.marked())
            .or_else(|| step.below())
            .or_else(|| step.measure());
        at += 1;
        if let Some(expectation) = taken {
            let lines = expectation.lines;
            at += lines.last.index() - lines.first.index();
            found.expectations.push(expectation);
        } else {
            found.asides.push(step.first().left_alone(step.why()));
        }
    }
}

/// What is left of a run, to be read from its first line.
struct Step<'a> {
    reader: &'a Reader<'a>,
    rest: &'a [&'a Comment],
    is_first: bool,
}

impl Step<'_> {
    fn first(&self) -> &Comment {
        self.rest[0]
    }

    /// `# t[0] = 1  # TypeError`
    fn commented_out(&self) -> Option<Expectation> {
        let found = commented::split(self.first().body())?;
        let mut expectation = self.build(
            1,
            Kind::Raises,
            Notation::CommentedOut,
            found.remark.to_owned(),
        );
        expectation.code = Some(found.code.to_owned());
        Some(expectation)
    }

    /// A sentence that announces an exception, and the statement below it commented out.
    fn announced(&self) -> Option<Expectation> {
        let code = self.rest.get(1)?.body().trim();
        let sentence = self.first().body().trim();
        let lower = sentence.to_lowercase();
        let announces =
            lower.contains("error") || lower.contains("exception") || lower.contains("raise");
        let denies =
            lower.starts_with("no ") || lower.contains("no error") || lower.contains("n't raise");
        if !announces || denies || commented::is_code(sentence) || !commented::is_code(code) {
            return None;
        }
        let mut expectation =
            self.build(2, Kind::Raises, Notation::CommentedOut, sentence.to_owned());
        expectation.code = Some(code.to_owned());
        Some(expectation)
    }

    /// A traceback in comment lines speaks of the exception in its last line.
    fn traceback(&self) -> Option<Expectation> {
        let opening = self.first().body().trim();
        self.reader.statement_above(self.first())?;
        if !opening.starts_with("Traceback (most recent call last)") {
            return None;
        }
        let last = self
            .rest
            .iter()
            .position(|line| exception_length(line.body().trim()) > 0)?;
        let text = self.rest[last].body().trim().to_owned();
        Some(self.build(last + 1, Kind::Raises, Notation::Below, text))
    }

    /// `# Output:` and the lines below it; `#> line` on each line.
    fn marked(&self) -> Option<Expectation> {
        self.reader.statement_above(self.first())?;
        if self.first().verbatim.starts_with("#>") {
            return Some(self.arrowed());
        }
        let (marker, inline) = marker::split(self.first().body());
        if !matches!(marker, Marker::Output | Marker::Value) {
            return None;
        }
        let labelled = self.first().body().contains(':');
        let taken = if inline.is_empty() {
            self.up_to_next_marker()
        } else {
            let mut bodies: Vec<&str> = self.rest.iter().map(|line| line.body()).collect();
            bodies[0] = inline;
            wrapped(&bodies).unwrap_or_else(|| 1 + self.output_lines(1))
        };
        if !labelled || taken == 1 && inline.is_empty() {
            return None;
        }
        let mut lines: Vec<&str> = self.rest[..taken].iter().map(|line| line.body()).collect();
        lines[0] = inline;
        if inline.is_empty() {
            lines.remove(0);
        }
        let text = dedent(&lines);
        let statement = self.reader.statement_above(self.first())?;
        let kind = match statement.shape {
            _ if taken == 1 && exception_length(&text) > 0 => Kind::Raises,
            Shape::Assignment { .. } if marker != Marker::Value => Kind::BlockOutput,
            ref shape => value_kind(shape),
        };
        Some(self.build(taken, kind, Notation::Marked, text))
    }

    fn arrowed(&self) -> Expectation {
        let lines: Vec<&str> = self
            .rest
            .iter()
            .map_while(|line| line.verbatim.strip_prefix("#>"))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        let kind = match self.reader.statement_above(self.first()) {
            Some(Statement {
                shape: shape @ (Shape::Call | Shape::TypeCall | Shape::Expression),
                ..
            }) => value_kind(shape),
            _ => Kind::BlockOutput,
        };
        self.build(lines.len(), kind, Notation::Marked, lines.join("\n"))
    }

    fn up_to_next_marker(&self) -> usize {
        1 + self.rest[1..]
            .iter()
            .take_while(|line| {
                let (marker, inline) = marker::split(line.body());
                !(marker == Marker::Output && inline.is_empty())
            })
            .count()
    }

    /// Values and outputs right below a statement.
    fn below(&self) -> Option<Expectation> {
        let statement = self.reader.statement_above(self.first())?;
        let adjacent = statement.whole.last.plus(1) == self.first().line && self.is_first;
        if !adjacent {
            return None;
        }
        if let Shape::Silent | Shape::Return | Shape::Text(_) = statement.shape {
            return None;
        }
        let one = self.reader.text(&[self.first().body()]);
        if one.claim == Claim::Raises && exception_length(&one.bare) > 0 {
            return Some(self.build(1, Kind::Raises, Notation::Below, one.bare));
        }
        if let Some(kind) = measure_kind(one.claim) {
            return Some(self.build(1, kind, Notation::Below, one.bare));
        }
        let taken = self.output_lines(0);
        let bodies: Vec<&str> = self.rest[..taken].iter().map(|line| line.body()).collect();
        if bodies.is_empty() {
            return None;
        }
        let read = self.reader.text(&bodies);
        let kind = match (&statement.shape, taken) {
            (
                Shape::Assignment {
                    origin: Origin::Written,
                    ..
                },
                _,
            ) => return None,
            (
                shape @ (Shape::Call
                | Shape::TypeCall
                | Shape::Expression
                | Shape::Assignment { .. }),
                1,
            ) if read.claim != Claim::Echo && read.marker != Marker::Output => value_kind(shape),
            _ => Kind::BlockOutput,
        };
        if let Shape::Assignment { target, .. } = &statement.shape
            && kind == Kind::AssignedValue
            && speaks_of_another(&read.bare, target)
        {
            return None;
        }
        let text = without_target(&statement.shape, read.bare);
        Some(self.build(taken, kind, Notation::Below, text))
    }

    /// How many lines from `start` on look like output.
    fn output_lines(&self, start: usize) -> usize {
        let rest = &self.rest[start..];
        if rest.len() > 1 && rest.iter().all(|line| is_set_off(line.body())) {
            return rest.len();
        }
        let bodies: Vec<&str> = rest.iter().map(|line| line.body()).collect();
        wrapped(&bodies).unwrap_or_else(|| {
            rest.iter()
                .take_while(|line| self.reader.is_output(line.body()))
                .count()
        })
    }

    /// `# Sequential (takes 3 seconds)` above or below what it speaks of.
    fn measure(&self) -> Option<Expectation> {
        let read = self.reader.text(&[self.first().body()]);
        let kind = measure_kind(read.claim)?;
        let states_number = read.bare.contains(|c: char| c.is_ascii_digit());
        (states_number && kind != Kind::Type)
            .then(|| self.build(1, kind, Notation::Above, read.bare))
    }

    /// Why a line that none of the steps took is left alone.
    fn why(&self) -> Why {
        let body = self.first().body();
        let read = self.reader.text(&[body]);
        let Some(statement) = self.reader.statement_above(self.first()) else {
            return Why::NothingAbove;
        };
        let written = matches!(
            &statement.shape,
            Shape::Assignment {
                origin: Origin::Written,
                ..
            }
        );
        let is_words = read.claim == Claim::Words;
        match &statement.shape {
            _ if read.claim == Claim::Nothing => Why::NotForReaders,
            _ if commented::is_code(body) && !states_literal(&read.bare) => Why::Code,
            _ if is_words => Why::Words,
            _ if !self.is_first || statement.whole.last.plus(1) != self.first().line => Why::Apart,
            Shape::Silent | Shape::Return | Shape::Text(_) => Why::ShowsNothing,
            _ if written => Why::WrittenInFull,
            Shape::Assignment { target, .. } if speaks_of_another(&read.bare, target) => {
                Why::OtherName
            }
            _ => Why::Words,
        }
    }

    fn build(&self, taken: usize, kind: Kind, notation: Notation, text: String) -> Expectation {
        let lines = Lines::new(self.first().line, self.rest[taken - 1].line);
        let above = self.reader.statement_above(self.first());
        let statement = if notation == Notation::Above {
            self.reader.statement_below(self.rest).or(above)
        } else {
            above.or_else(|| self.reader.statement_below(self.rest))
        };
        let verbatim: Vec<&str> = self.rest[..taken]
            .iter()
            .map(|line| line.verbatim.as_str())
            .collect();
        Expectation {
            lines,
            statement: statement.map_or(lines, |statement| spoken_of(statement, kind)),
            kind,
            notation,
            comment: verbatim.join("\n"),
            text,
            code: None,
        }
    }
}

/// Lines that a wrapped container may have.
const LONGEST_WRAPPED: usize = 40;

/// How many lines one container is wrapped over.
fn wrapped(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?;
    if !first.contains(['[', '(', '{']) || Written::at_start(first.trim()).is_some() {
        return None;
    }
    let mut text = String::new();
    (1..=lines.len().min(LONGEST_WRAPPED)).find(|&count| {
        text.push_str(lines[count - 1].trim());
        text.push(' ');
        Written::of(&text).is_some()
    })
}

/// Whether a line is set off from the `#`, as a listing is and a sentence is not.
fn is_set_off(body: &str) -> bool {
    body.starts_with("   ") && !body.trim().is_empty()
}

/// The lines that an expectation of a kind speaks of: a block's output is that of its body too.
fn spoken_of(statement: &Statement, kind: Kind) -> Lines {
    match kind {
        Kind::BlockOutput => statement.whole,
        _ => statement.lines,
    }
}

fn value_kind(shape: &Shape) -> Kind {
    match shape {
        Shape::Assignment { .. } => Kind::AssignedValue,
        Shape::Call | Shape::TypeCall | Shape::Expression => Kind::ExprValue,
        _ => Kind::BlockOutput,
    }
}

fn measure_kind(claim: Claim) -> Option<Kind> {
    match claim {
        Claim::Size => Some(Kind::Size),
        Claim::Timing => Some(Kind::Timing),
        Claim::Relation => Some(Kind::Relation),
        _ => None,
    }
}

/// The lines without the white space that all of them begin with.
pub(super) fn dedent(lines: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let common = filled.map(indent).min().unwrap_or(0);
    let cut: Vec<&str> = lines
        .iter()
        .map(|line| line.get(common..).unwrap_or("").trim_end())
        .collect();
    cut.join("\n")
}
