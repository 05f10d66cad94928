//! Groups lines that only make sense together: an open bracket or a triple-quoted string and the
//! lines up to its end.
//!
//! Prose may hold a stray bracket or quote, so that a group counts only when the parser takes it;
//! windows are bounded, so that a long page costs no more than its length. Must not know prose.

use super::{placeholders, prose};
use crate::columns::PYTHON;
use crate::python;
use ruff_python_ast::Stmt;

/// Lines that an open bracket may reach over.
const BRACKET_LINES: usize = 150;
/// Lines that a triple-quoted string may reach over.
const STRING_LINES: usize = 1500;
/// Lines that one typed at a prompt may reach over.
const PROMPT_LINES: usize = 40;

/// One or several lines that stand or fall together.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    /// Index of the first line.
    pub(super) first: usize,
    /// Index of the last line.
    pub(super) last: usize,
    /// Empty lines between it and the unit before.
    pub(super) blanks: usize,
    /// Columns of white space before it.
    pub(super) indent: usize,
    /// Its first line.
    pub(super) line: &'a str,
    /// Its last line.
    pub(super) end: &'a str,
    /// What the parser makes of it.
    pub(super) parsed: Parsed,
}

/// What the parser makes of a unit.
#[derive(Debug)]
pub(super) enum Parsed {
    /// It was not asked: a comment, a prompt, plainly prose.
    NotAsked,
    /// It does not parse.
    No,
    /// Whole statements.
    Statements(Vec<Stmt>),
    /// The head of a compound statement; its body follows.
    Head,
    /// A decorator.
    Decorator,
}

/// The units of a page; empty lines stand between them.
pub(super) fn group<'a>(lines: &[&'a str]) -> Vec<Unit<'a>> {
    let mut units = Vec::new();
    let mut at = 0;
    let mut blanks = 0;
    while at < lines.len() {
        let line = lines[at];
        if line.trim().is_empty() {
            blanks += 1;
            at += 1;
            continue;
        }
        let (last, parsed) = read(lines, at);
        units.push(Unit {
            first: at,
            last,
            blanks,
            indent: PYTHON.indent(line),
            line,
            end: lines[last],
            parsed,
        });
        blanks = 0;
        at = last + 1;
    }
    units
}

fn read(lines: &[&str], at: usize) -> (usize, Parsed) {
    let line = lines[at];
    let text = line.trim_start();
    if python::is_prompt(text) {
        return (prompt_end(lines, at), Parsed::NotAsked);
    }
    if !may_be_code(text) {
        return (at, Parsed::NotAsked);
    }
    if let Some(last) = logical_end(lines, at).filter(|last| *last > at) {
        let code = dedented(&lines[at..=last]);
        let parsed = parse(&code);
        if !matches!(parsed, Parsed::No) {
            return (last, parsed);
        }
    }
    (at, parse(text))
}

/// The last line of what is typed at a prompt, where its brackets go on without prompts of their own.
fn prompt_end(lines: &[&str], at: usize) -> usize {
    let typed = lines[at].trim_start().trim_start_matches('>');
    let mut open = Open::default();
    let mut state = open.read(typed);
    for (index, line) in lines.iter().enumerate().skip(at + 1).take(PROMPT_LINES) {
        if !matches!(state, State::Open)
            || python::is_prompt(line)
            || line.trim().starts_with("...")
        {
            break;
        }
        state = open.read(line);
        if matches!(state, State::Complete) {
            return index;
        }
    }
    at
}

/// A cheap look that spares the parser most of the prose.
fn may_be_code(text: &str) -> bool {
    if text.starts_with(['#', '•', '│', '└', '├', '┌', '`']) || text.starts_with("...") {
        return false;
    }
    if prose::is_bullet(text) {
        return false;
    }
    let bare = prose::bare(text).text;
    // Python 3 has no backtick outside strings, and no punctuation of Chinese and Japanese.
    let is_text = bare.contains(['`', '，', '。', '：', '；', '！', '？', '、', '（', '「']);
    (prose::adjacent_words(&bare) < 3 && !is_text)
        || text.contains("\"\"\"")
        || text.contains("'''")
}

fn dedented(lines: &[&str]) -> String {
    let mut code = String::new();
    // Only the first line's indent matters to the parser: what follows is inside brackets or strings.
    code.push_str(lines[0].trim_start());
    for line in &lines[1..] {
        code.push('\n');
        code.push_str(line);
    }
    code
}

/// Parses a unit by itself; where it does not parse, once more with names for its placeholders.
fn parse(code: &str) -> Parsed {
    match parse_whole(code) {
        Parsed::No => placeholders::named(code).map_or(Parsed::No, |code| parse_whole(&code)),
        parsed => parsed,
    }
}

/// Parses a unit by itself, with what it needs around it to be whole.
fn parse_whole(code: &str) -> Parsed {
    if let Some(statements) = python::statements(code) {
        return Parsed::Statements(statements);
    }
    let word = code
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    if code.starts_with('@') {
        let whole = format!("{code}\ndef f(): pass\n");
        return if python::statements(&whole).is_some() {
            Parsed::Decorator
        } else {
            Parsed::No
        };
    }
    let (before, inside) = match word {
        "elif" | "else" => ("if x:\n    pass\n", false),
        "except" | "finally" => ("try:\n    pass\n", false),
        "case" => ("match x:\n", true),
        _ => ("", false),
    };
    let is_head = ends_with_colon(code);
    let body = match word {
        "try" => "    pass\nfinally:\n    pass\n",
        "match" => "    case _:\n        pass\n",
        _ => "    pass\n",
    };
    let with_body = |code: &str| match (is_head, inside) {
        (true, false) => format!("{before}{code}\n{body}"),
        (true, true) => format!("{before} {code}\n  pass\n"),
        (false, _) => format!("{before}{code}\n"),
    };
    if (is_head || !before.is_empty()) && python::statements(&with_body(code)).is_some() {
        return if is_head {
            Parsed::Head
        } else {
            Parsed::Statements(Vec::new())
        };
    }
    Parsed::No
}

/// Whether the last line of code, its comment aside, ends with `:`.
pub(super) fn ends_with_colon(code: &str) -> bool {
    let last = code.lines().last().unwrap_or_default();
    prose::bare(last).text.trim_end().ends_with(':')
}

/// The last line of the logical line that begins at `first`, when it has an end.
fn logical_end(lines: &[&str], first: usize) -> Option<usize> {
    let mut open = Open::default();
    for (index, line) in lines.iter().enumerate().skip(first) {
        let window = if open.string.is_some() {
            STRING_LINES
        } else {
            BRACKET_LINES
        };
        if index - first > window {
            return None;
        }
        match open.read(line) {
            State::Complete => return Some(index),
            State::Open => {}
            State::Broken => return None,
        }
    }
    None
}

enum State {
    Complete,
    Open,
    Broken,
}

/// What is open at the end of a line.
#[derive(Default)]
struct Open {
    depth: usize,
    string: Option<&'static str>,
}

impl Open {
    fn read(&mut self, line: &str) -> State {
        let mut rest = line;
        loop {
            if let Some(quotes) = self.string {
                match rest.find(quotes) {
                    Some(end) if ends_escaped(&rest[..end]) => rest = &rest[end + 1..],
                    Some(end) => {
                        self.string = None;
                        rest = &rest[end + quotes.len()..];
                    }
                    None if quotes.len() == 1 && !rest.is_empty() && !rest.ends_with('\\') => {
                        return State::Broken;
                    }
                    None => return State::Open,
                }
                continue;
            }
            let Some(at) = rest.find(['#', '"', '\'', '(', '[', '{', ')', ']', '}', '\\']) else {
                break;
            };
            let found = &rest[at..];
            match found.as_bytes()[0] {
                b'#' => break,
                b'(' | b'[' | b'{' => self.depth += 1,
                b'\\' if found.len() == 1 => return State::Open,
                b'\\' => {}
                quote @ (b'"' | b'\'') => {
                    match self.open_string(found, quote) {
                        Some(after) => rest = after,
                        None => return State::Broken,
                    }
                    continue;
                }
                _ => match self.depth.checked_sub(1) {
                    Some(depth) => self.depth = depth,
                    None => return State::Broken,
                },
            }
            rest = &found[1..];
        }
        if self.depth > 0 {
            State::Open
        } else {
            State::Complete
        }
    }

    /// Goes behind a string of one line, or into a triple-quoted one.
    fn open_string<'l>(&mut self, found: &'l str, quote: u8) -> Option<&'l str> {
        for quotes in ["\"\"\"", "'''"] {
            if let Some(inside) = found.strip_prefix(quotes) {
                self.string = Some(quotes);
                return Some(inside);
            }
        }
        let inside = &found[1..];
        let mut escaped = false;
        let end = inside.bytes().position(|byte| {
            let ends = !escaped && byte == quote;
            escaped = !escaped && byte == b'\\';
            ends
        });
        if end.is_none() && escaped {
            // A backslash takes the string to the next line.
            self.string = Some(if quote == b'"' { "\"" } else { "'" });
            return Some("");
        }
        Some(&inside[end? + 1..])
    }
}

fn ends_escaped(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_belong_together() {
        for (text, expected) in [
            ("x = [\n  1,\n]\ny", &[(0, 2), (3, 3)][..]),
            ("x = '''\n\nprose (\n'''\ny", &[(0, 3), (4, 4)]),
            ("def f(a,\n      b):\n    pass", &[(0, 1), (2, 2)]),
            ("x = 1 + \\\n    2", &[(0, 1)]),
            ("some (prose\nthat closes)", &[(0, 0), (1, 1)]),
            ("a (b\nc = 1", &[(0, 0), (1, 1)]),
            ("don't (\nx)", &[(0, 0), (1, 1)]),
            ("x = '''a\\''' '''\ny", &[(0, 0), (1, 1)]),
            ("x = [ # (\n]", &[(0, 1)]),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            let found: Vec<(usize, usize)> = group(&lines)
                .iter()
                .map(|unit| (unit.first, unit.last))
                .collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn parts_of_compound_statements() {
        for (text, head) in [
            ("if x:", true),
            ("else:", true),
            ("except (A, B) as e:  # why", true),
            ("case [1, *rest]:", true),
            ("async with a as b:", true),
            ("try:", true),
            ("match x:", true),
            ("else: pass", false),
            ("Example:", false),
        ] {
            assert_eq!(matches!(parse(text), Parsed::Head), head, "{text}");
        }
        assert!(matches!(parse("@f(1).g"), Parsed::Decorator));
        assert!(matches!(parse("@f for g"), Parsed::No));
    }
}
