//! The code of an interactive session, on the lines where it stands.

/// The prompts taken off; lines without one, which are answers, are blank.
pub(crate) fn code(session: &str) -> String {
    let lines: Vec<&str> = session.lines().map(statement).collect();
    lines.join("\n")
}

fn statement(line: &str) -> &str {
    let line = line.trim_start();
    for prompt in [">>>", "..."] {
        if let Some(rest) = line.strip_prefix(prompt) {
            return rest.strip_prefix(' ').unwrap_or(rest);
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    #[test]
    fn prompts_go_and_lines_stay() {
        let session = ">>> x = 1\n>>> def f():\n...     return x\n...\n>>> f()\n1\n";
        assert_eq!(
            super::code(session),
            "x = 1\ndef f():\n    return x\n\nf()\n"
        );
    }
}
