//! Bodies that hold comments only: what they lack to parse is a `pass`, which moves no line.

use ruff_python_parser::{ParseError, parse_module};

/// Code that parses now, and what was left out of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mended {
    /// The code, each line where it was.
    pub(super) code: String,
    /// For each body, the index of the line that it belongs to and what the line defines, if it does.
    pub(super) left_out: Vec<(usize, Option<String>)>,
}

/// More bodies than this are no placeholders but another language.
const MOST: usize = 50;

/// Words that begin a statement with a body.
const OPENERS: [&str; 14] = [
    "async", "case", "class", "def", "elif", "else", "except", "finally", "for", "if", "match",
    "try", "while", "with",
];

/// Puts `pass` where a body is missing; nothing when that does not make the code parse.
pub(super) fn mend(code: &str) -> Option<Mended> {
    let mut lines: Vec<String> = code.split('\n').map(str::to_owned).collect();
    let mut left_out = Vec::new();
    for _ in 0..MOST {
        let text = lines.join("\n");
        let Err(error) = parse_module(&text) else {
            return (!left_out.is_empty()).then_some(Mended {
                code: text,
                left_out,
            });
        };
        let header = header_of_missing_body(&error, &text, &lines)?;
        fill(&mut lines, header)?;
        let first = first_line(&lines, header);
        left_out.push((first, defined(&lines[first])));
    }
    None
}

/// The line whose body is missing, when that is the error.
fn header_of_missing_body(error: &ParseError, text: &str, lines: &[String]) -> Option<usize> {
    if !error
        .error
        .to_string()
        .starts_with("Expected an indented block")
    {
        return None;
    }
    // The error is found at the next token, which may be far below: the header is the last line of code before.
    let end = usize::from(error.location.start()).min(text.len());
    let mut line = text[..end].matches('\n').count().min(lines.len() - 1);
    let at_next_statement = end < text.len()
        && text[..end]
            .lines()
            .last()
            .is_none_or(|own| own.trim().is_empty())
        || text[..end].ends_with('\n');
    if at_next_statement {
        line = line.checked_sub(1)?;
    }
    loop {
        let code = lines[line].split('#').next().unwrap_or_default().trim_end();
        if code.ends_with(':') {
            return Some(line);
        }
        line = line.checked_sub(1)?;
    }
}

/// Puts `pass` before the comment that stands for the body, or behind the header where there is none.
fn fill(lines: &mut [String], header: usize) -> Option<()> {
    let depth = indent(&lines[first_line(lines, header)]);
    let below = lines[header + 1..]
        .iter()
        .position(|line| !line.trim().is_empty())
        .map(|offset| header + 1 + offset);
    if let Some(comment) = below.filter(|&line| is_deeper_comment(&lines[line], depth)) {
        let at = indent(&lines[comment]);
        lines[comment].insert_str(at, "pass  ");
        return Some(());
    }
    let colon = lines[header].split('#').next()?.rfind(':')?;
    lines[header].insert_str(colon + 1, " pass");
    Some(())
}

/// The line that a header begins on, which may end some lines below.
fn first_line(lines: &[String], header: usize) -> usize {
    let begins = |line: &String| {
        let word: String = line
            .trim_start()
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        OPENERS.contains(&word.as_str())
    };
    (0..=header)
        .rev()
        .find(|&line| begins(&lines[line]))
        .unwrap_or(header)
}

fn is_deeper_comment(line: &str, depth: usize) -> bool {
    line.trim_start().starts_with('#') && indent(line) > depth
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name that a `def` or `class` line defines.
fn defined(line: &str) -> Option<String> {
    let line = line.trim_start();
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = line
        .strip_prefix("def ")
        .or_else(|| line.strip_prefix("class "))?;
    let name: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn bodies() {
        let cases = [
            (
                "def f():\n    # your code\n\nf()",
                Some("def f():\n    pass  # your code\n\nf()"),
                "f",
            ),
            (
                "def f(a,\n      b):\n    # x\n    # y\n",
                Some("def f(a,\n      b):\n    pass  # x\n    # y\n"),
                "f",
            ),
            (
                "if a:\n    # one\nelse:\n    # two",
                Some("if a:\n    pass  # one\nelse:\n    pass  # two"),
                "- -",
            ),
            (
                "class A:\n    def m(self):\n        # todo\n    x = 1",
                Some("class A:\n    def m(self):\n        pass  # todo\n    x = 1"),
                "m",
            ),
            ("for x in y:  # loop", Some("for x in y: pass  # loop"), "-"),
            ("x = 1", None, ""),
            ("x = = 1", None, ""),
            ("def f():\n    # c\nx = = 1", None, ""),
        ];
        for (code, expected, names) in cases {
            let mended = mend(code);
            assert_eq!(mended.as_ref().map(|m| m.code.as_str()), expected, "{code}");
            if let Some(mended) = mended {
                let found: Vec<String> = mended
                    .left_out
                    .into_iter()
                    .map(|(_, name)| name.unwrap_or("-".to_owned()))
                    .collect();
                assert_eq!(found.join(" "), names, "{code}");
            }
        }
    }
}
