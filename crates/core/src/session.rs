//! The shape of interactive sessions: what stands behind `>>>` prompts, what answers them, and what
//! their doctest directives ask for.
//!
//! Knows lines, brackets and quotes, and no more of Python: whether a statement parses is for others.

use std::ops::Range;

/// Lines after which a statement is not looked for any further: something in it was never closed.
const LONGEST_STATEMENT: usize = 400;

/// A session, line by line; all indices count its lines from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its code, each line where it was: prompts taken off, answers empty.
    pub code: Vec<String>,
    /// How many lines stand before the first prompt: a script that it begins with.
    pub lead: usize,
    /// Its prompts, in order.
    pub prompts: Vec<Prompt>,
}

/// One `>>>` with its continuation lines, and the lines below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// The lines of the statement, empty continuations at its end left out.
    pub statement: Range<usize>,
    /// The lines up to the next empty one; empty when there is no answer.
    pub answer: Range<usize>,
    /// Columns of white space before the prompt.
    pub margin: usize,
}

impl Session {
    /// Reads the text of a session.
    pub fn of(text: &str) -> Self {
        let lines: Vec<&str> = text.split('\n').collect();
        let mut session = Session {
            code: vec![String::new(); lines.len()],
            lead: 0,
            prompts: Vec::new(),
        };
        let first = lines.iter().position(|line| behind(line, ">>>").is_some());
        session.lead = first.unwrap_or(lines.len());
        for (index, line) in lines[..session.lead].iter().enumerate() {
            (*line).clone_into(&mut session.code[index]);
        }
        let mut at = session.lead;
        while at < lines.len() {
            at = session.prompt(&lines, at);
        }
        session
    }

    /// The code as one text, with as many lines as the session.
    pub fn text(&self) -> String {
        self.code.join("\n")
    }

    /// The code of one prompt.
    pub fn statement(&self, prompt: &Prompt) -> String {
        self.code[prompt.statement.clone()].join("\n")
    }

    /// Reads the prompt at line `first`; the line of the next one.
    fn prompt(&mut self, lines: &[&str], first: usize) -> usize {
        let margin = indent(lines[first]);
        behind(lines[first], ">>>")
            .unwrap_or_default()
            .clone_into(&mut self.code[first]);
        let mut end = first + 1;
        let mut indented = false;
        while end < lines.len().min(first + LONGEST_STATEMENT) {
            let open = Open::of(&self.code[first..end]);
            let Some(found) = continuation(lines, end, margin, open, indented) else {
                break;
            };
            indented |= found.by_indent;
            found.code.clone_into(&mut self.code[end]);
            end += 1;
        }
        let filled = |index: &usize| !self.code[*index].trim().is_empty();
        let last = (first..end).rev().find(filled).unwrap_or(first);
        let is_prompt = |index: &usize| behind(lines[*index], ">>>").is_some();
        let next = (end..lines.len()).find(is_prompt).unwrap_or(lines.len());
        let is_filled = |index: &usize| !lines[*index].trim().is_empty();
        let answer = (end..next).find(is_filled).unwrap_or(next);
        let blank = |index: &usize| lines[*index].trim().is_empty();
        let answer_end = (answer..next).find(blank).unwrap_or(next);
        self.prompts.push(Prompt {
            statement: first..last + 1,
            answer: answer..answer_end,
            margin,
        });
        next
    }
}

/// A line that carries a statement on.
struct Continuation<'a> {
    code: &'a str,
    /// Whether only its indent says so.
    by_indent: bool,
}

fn continuation<'a>(
    lines: &[&'a str],
    index: usize,
    margin: usize,
    open: Open,
    indented: bool,
) -> Option<Continuation<'a>> {
    let line = lines[index];
    if behind(line, ">>>").is_some() {
        return None;
    }
    let found = |code, by_indent| Some(Continuation { code, by_indent });
    let dots = line.trim_start().strip_prefix("...");
    if let Some(rest) = dots
        && (rest.is_empty() || rest.starts_with(' ') || open != Open::No)
    {
        return found(rest.strip_prefix(' ').unwrap_or(rest), false);
    }
    let code = line.get(margin.min(indent(line))..).unwrap_or_default();
    if open == Open::Inside {
        return found(code, false);
    }
    if line.trim().is_empty() {
        let next = lines[index..]
            .iter()
            .find(|line| !line.trim().is_empty())?
            .trim_start();
        let goes_on = next.starts_with("... ") && next.len() > 4;
        return goes_on.then_some(Continuation {
            code: "",
            by_indent: false,
        });
    }
    let deeper = indent(line) > margin && (open == Open::Header || indented);
    let clause = ["else", "elif ", "except", "finally"]
        .iter()
        .any(|word| code.starts_with(word))
        && code.trim_end().ends_with(':');
    if deeper || indented && clause {
        return found(code, true);
    }
    None
}

/// Whether a statement waits for more lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// It does not.
    No,
    /// It ends in the colon of a header.
    Header,
    /// A bracket or a text in triple quotes is not closed, or the line ends in a backslash.
    Inside,
}

impl Open {
    fn of(code: &[String]) -> Open {
        let text = code.join("\n");
        let mut rest = text.as_str();
        let mut depth = 0_i32;
        let mut last = ' ';
        while let Some(c) = rest.chars().next() {
            let length = match c {
                '#' => rest.find('\n').unwrap_or(rest.len()),
                '"' | '\'' => match string_length(rest, c) {
                    Some(length) => length,
                    None => return Open::Inside,
                },
                '\\' if rest == "\\" => return Open::Inside,
                _ => c.len_utf8(),
            };
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
            if !c.is_whitespace() && c != '#' {
                last = c;
            }
            rest = &rest[length..];
        }
        match last {
            _ if depth > 0 => Open::Inside,
            ':' => Open::Header,
            _ => Open::No,
        }
    }
}

/// The length of the string literal at the start of `text`; nothing when its triple quotes do not end.
fn string_length(text: &str, quote: char) -> Option<usize> {
    let triple: String = [quote; 3].iter().collect();
    let long = text.starts_with(&triple);
    let start = if long { 3 } else { 1 };
    let mut escaped = false;
    for (at, c) in text[start..].char_indices() {
        let at = start + at;
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if long && text[at..].starts_with(&triple) {
            return Some(at + 3);
        } else if !long && (c == quote || c == '\n') {
            return Some(at + 1);
        }
    }
    (!long).then_some(text.len())
}

/// What follows a prompt at the start of a line: one space belongs to it.
fn behind<'a>(line: &'a str, prompt: &str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix(prompt)?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The options that a statement's doctest directives switch on (`true`) or off, in order.
pub fn doctest_options(statement: &str) -> Vec<(bool, &str)> {
    let directives = statement.lines().filter_map(|line| {
        let (_, behind) = line.split_once('#')?;
        let (_, options) = behind.split_once("doctest:")?;
        Some(options)
    });
    directives
        .flat_map(|options| options.split([',', ' ', '\t']))
        .filter_map(|option| match option.split_at_checked(1)? {
            ("+", name) => Some((true, name)),
            ("-", name) => Some((false, name)),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each prompt as `statement lines: code -> answer lines`, lines counted from 0.
    fn told(text: &str) -> Vec<String> {
        let session = Session::of(text);
        let one = |prompt: &Prompt| {
            format!(
                "{:?}: {} -> {:?}",
                prompt.statement,
                session.statement(prompt).replace('\n', "|"),
                prompt.answer
            )
        };
        session.prompts.iter().map(one).collect()
    }

    #[test]
    fn prompts_and_answers() {
        for (text, expected) in [
            (
                ">>> x = 1\n>>> x\n1",
                &["0..1: x = 1 -> 1..1", "1..2: x -> 2..3"][..],
            ),
            ("  >>>f()\n  ...\n  2\n", &["0..1: f() -> 2..3"]),
            (
                ">>> def f():\n...     return 1\n...\n>>> f()\n1\n",
                &["0..2: def f():|    return 1 -> 3..3", "3..4: f() -> 4..5"],
            ),
            (">>> print('a')\n...more\n", &["0..1: print('a') -> 1..2"]),
            (
                ">>> x = [1,\n  2]\n>>> x\n[1, 2]",
                &["0..2: x = [1,|  2] -> 2..2", "2..3: x -> 3..4"],
            ),
            (
                ">>> for n in x:\n        n\n1\n",
                &["0..2: for n in x:|        n -> 2..3"],
            ),
            (
                ">>> if x:\n    1\nelse:\n    2\n1\n",
                &["0..4: if x:|    1|else:|    2 -> 4..5"],
            ),
            (
                ">>> def f():\n...     x\n\n...     y\n",
                &["0..4: def f():|    x||    y -> 5..5"],
            ),
            (">>> '''a\nb'''\n'a\\nb'", &["0..2: '''a|b''' -> 2..3"]),
            (
                ">>> f(  # note: (\n...     2)\n",
                &["0..2: f(  # note: (|    2) -> 3..3"],
            ),
            (
                ">>> x\n1\n\nwords\n>>>\n",
                &["0..1: x -> 1..2", "4..5:  -> 6..6"],
            ),
            (">>> x\n\n1\n", &["0..1: x -> 2..3"]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_stay_where_they_are() {
        let session = Session::of("y = 2\n>>> y\n2\n>>> y + 1\n3");
        assert_eq!(session.lead, 1);
        assert_eq!(session.text(), "y = 2\ny\n\ny + 1\n");
        assert_eq!(Session::of("no prompt\n").prompts, []);
    }

    #[test]
    fn options() {
        assert_eq!(
            doctest_options("f(1)  # doctest: +SKIP, -ELLIPSIS\ng()"),
            [(true, "SKIP"), (false, "ELLIPSIS")]
        );
        assert_eq!(doctest_options("f(1)  # doctest"), []);
    }
}
