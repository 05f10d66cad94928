//! Sessions with `>>>` prompts: their code, each line where it was, without prompts and answers.

/// The code of a session; lines that are answers become empty.
pub(super) fn code(session: &str) -> String {
    let mut made = Vec::new();
    let mut open = false;
    for line in session.split('\n') {
        let text = line.trim_start();
        if let Some(code) = after(text, ">>>") {
            open = true;
            made.push(code);
        } else if let Some(code) = after(text, "...").filter(|_| open) {
            made.push(code);
        } else {
            open = false;
            made.push("");
        }
    }
    made.join("\n")
}

/// What follows a prompt: one space belongs to it.
fn after<'a>(line: &'a str, prompt: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(prompt)?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn prompts_go_and_lines_stay() {
        let cases = [
            (">>> x = 1\n>>> x\n1", "x = 1\nx\n"),
            (
                ">>> def f():\n...     return 1\n...\n>>> f()\n1\n",
                "def f():\n    return 1\n\nf()\n\n",
            ),
            ("  >>>f()\n  ...\n", "f()\n\n"),
            (">>> print('...')\n...\n", "print('...')\n\n"),
            ("text\n... not code\n>>>", "\n\n"),
        ];
        for (session, expected) in cases {
            assert_eq!(code(session), expected, "{session}");
        }
    }
}
