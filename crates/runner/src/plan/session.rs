//! Sessions with `>>>` prompts: their code, each line where it was, without prompts and answers.

use ruff_python_parser::parse_module;
use snipcheck_core::{Prompt, Session, doctest_options};

/// The errors that a prompt answers with when it cannot be read.
const SYNTAX_ERRORS: [&str; 3] = ["SyntaxError", "IndentationError", "TabError"];

/// A session as it is run.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// Its code.
    pub(super) code: String,
    /// The line, counted from 0, of a prompt that does not parse although nothing says that it should not,
    /// and what is wrong with it.
    pub(super) broken: Option<(usize, String)>,
}

/// Prepares a session: whatever one prompt holds, the others can be read.
pub(super) fn prepare(text: &str) -> Prepared {
    let mut session = Session::of(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let lead = 0..session.lead;
    if parse_module(&session.code[lead.clone()].join("\n")).is_err() {
        session.code[lead].fill(String::new());
    }
    let mut broken = None;
    for prompt in session.prompts.clone() {
        let answer = lines[prompt.answer.clone()].join("\n");
        let error = prepare_one(&mut session, &prompt, &answer);
        broken = broken.or(error.map(|error| (prompt.statement.start, error)));
    }
    Prepared {
        code: session.text(),
        broken,
    }
}

/// Makes one prompt's code readable; what is wrong with it, where the answer does not tell.
fn prepare_one(session: &mut Session, prompt: &Prompt, answer: &str) -> Option<String> {
    let lines = &mut session.code[prompt.statement.clone()];
    let statement = lines.join("\n");
    if doctest_options(&statement).contains(&(true, "SKIP")) {
        lines.fill(String::new());
        return None;
    }
    let told = SYNTAX_ERRORS.iter().any(|error| answer.contains(error));
    let error = match parse_module(&statement) {
        Ok(_) if !told => return None,
        Ok(_) => None,
        Err(error) => Some(error.error.to_string()),
    };
    if error.is_some() && !told && parse_module(statement.trim_start()).is_ok() {
        lines[0].drain(..lines[0].len() - lines[0].trim_start().len());
        return None;
    }
    // What cannot be read is an error of this prompt alone, raised when it is its turn.
    lines.fill(String::new());
    lines[0] = format!("exec(compile({}, '<stdin>', 'exec'))", literal(&statement));
    error.filter(|_| !told)
}

/// A Python string literal on one line.
fn literal(text: &str) -> String {
    let mut made = String::from("'");
    for c in text.chars() {
        match c {
            '\\' => made.push_str("\\\\"),
            '\'' => made.push_str("\\'"),
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            c => made.push(c),
        }
    }
    made.push('\'');
    made
}

#[cfg(test)]
mod tests {
    use super::prepare;

    #[test]
    fn prompts_go_and_lines_stay() {
        let cases = [
            (">>> x = 1\n>>> x\n1", "x = 1\nx\n"),
            (
                ">>> def f():\n...     return 1\n...\n>>> f()\n1\n",
                "def f():\n    return 1\n\nf()\n\n",
            ),
            ("  >>>f()\n  ...\n", "f()\n\n"),
            (">>>  x = 1\n", "x = 1\n"),
            (">>> print('...')\n...\n", "print('...')\n\n"),
            ("some text\n... not code\n>>> x", "\n\nx"),
            ("y = 2\n>>> y\n2", "y = 2\ny\n"),
            (">>> f()  # doctest: +SKIP\n2\n>>> x", "\n\nx"),
        ];
        for (session, expected) in cases {
            let prepared = prepare(session);
            assert_eq!(prepared.code, expected, "{session}");
            assert_eq!(prepared.broken, None, "{session}");
        }
    }

    #[test]
    fn what_does_not_parse_is_an_error_of_its_own_prompt() {
        let told = prepare(">>> x = = 'a\\n'\nSyntaxError: invalid syntax\n>>> x");
        assert_eq!(
            told.code,
            "exec(compile('x = = \\'a\\\\n\\'', '<stdin>', 'exec'))\n\nx"
        );
        assert_eq!(told.broken, None);
        let untold = prepare(">>> y\n>>> x = = 2\n>>> x");
        assert_eq!(untold.broken.map(|(line, _)| line), Some(1));
    }
}
