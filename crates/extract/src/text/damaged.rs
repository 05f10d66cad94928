//! A whole snippet that arrived as one line, its line ends written as `\n`.
//!
//! Its indentation is gone, so that it can be shown but never run.

/// Escaped line ends that make a line a whole snippet.
const LEAST_ENDS: usize = 3;
const WHY: &str = "scrape damage: it arrived as one line of escaped text and lost its indentation";

/// Why such a snippet is damaged.
pub(super) fn why() -> String {
    WHY.to_owned()
}

/// Whether the line is a snippet written as one escaped line.
pub(super) fn is_escaped(text: &str) -> bool {
    let Some(rest) = without_tag(text) else {
        return false;
    };
    rest.matches("\\n").count() >= LEAST_ENDS
}

/// The text behind the language that such a line begins with.
fn without_tag(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['"', '`']);
    ["python3", "python", "py"]
        .iter()
        .find_map(|tag| text.strip_prefix(tag))
        .filter(|rest| rest.starts_with("\\n"))
}

/// The code of such a line.
pub(super) fn unescape(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut chars = without_tag(text)
        .unwrap_or(text)
        .trim_start_matches("\\n")
        .chars();
    let mut line_start = true;
    while let Some(c) = chars.next() {
        if c != '\\' {
            // The space behind each line end came with it.
            if !(line_start && c == ' ') {
                code.push(c);
            }
            line_start = false;
            continue;
        }
        line_start = false;
        match chars.next() {
            Some('n') => {
                code.push('\n');
                line_start = true;
            }
            Some('t') => code.push('\t'),
            Some(escaped @ ('"' | '\'' | '\\' | '/')) => code.push(escaped),
            Some(other) => code.extend(['\\', other]),
            None => code.push('\\'),
        }
    }
    code.push('\n');
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_lines() {
        let line = r#"python\n import os\n \n print(\"a\\nb\")\n x = 1"#;
        assert!(is_escaped(line));
        assert_eq!(unescape(line), "import os\n\nprint(\"a\\nb\")\nx = 1\n");
        assert!(!is_escaped("python is a language"));
        assert!(!is_escaped("print('a\\nb\\nc\\nd')"));
    }
}
