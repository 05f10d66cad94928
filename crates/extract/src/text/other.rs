//! Whether a line belongs to another language: a shell, TOML, JavaScript, SQL, a Dockerfile.
//!
//! Must not know Python.

const COMMANDS: [&str; 62] = [
    "pip",
    "pip3",
    "pipx",
    "python",
    "python2",
    "python3",
    "py",
    "pytest",
    "git",
    "cd",
    "ls",
    "source",
    "export",
    "npm",
    "npx",
    "yarn",
    "docker",
    "docker-compose",
    "kubectl",
    "curl",
    "wget",
    "sudo",
    "apt",
    "apt-get",
    "brew",
    "conda",
    "mamba",
    "poetry",
    "uv",
    "uvx",
    "pipenv",
    "virtualenv",
    "mkvirtualenv",
    "workon",
    "setprojectdir",
    "mkdir",
    "rm",
    "cp",
    "mv",
    "cat",
    "echo",
    "touch",
    "chmod",
    "gunicorn",
    "uvicorn",
    "celery",
    "flask",
    "django-admin",
    "ruff",
    "black",
    "mypy",
    "flake8",
    "isort",
    "tox",
    "nox",
    "hatch",
    "twine",
    "make",
    "go",
    "cargo",
    "node",
    "deno",
];
/// Words that are a whole command by themselves.
const LONE_COMMANDS: [&str; 8] = [
    "deactivate",
    "exit",
    "pytest",
    "python",
    "python3",
    "ls",
    "pwd",
    "clear",
];
const INSTRUCTIONS: [&str; 11] = [
    "FROM",
    "RUN",
    "COPY",
    "CMD",
    "ENTRYPOINT",
    "WORKDIR",
    "ENV",
    "EXPOSE",
    "ADD",
    "ARG",
    "VOLUME",
];
const QUERIES: [&str; 9] = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "WHERE", "JOIN",
];

const SCRIPT_WORDS: [&str; 13] = [
    "const", "let", "var", "function", "//", "/*", "public", "private", "#include", "func", "fn",
    "package", "export",
];
const SCRIPT_STARTS: [&str; 9] = [
    "console.log(",
    "console.error(",
    "console.warn(",
    "document.",
    "window.",
    "System.out.",
    "fmt.",
    "std::",
    "$(",
];

/// How strongly a line says so; nothing when it says nothing.
pub(super) fn score(line: &str) -> f32 {
    let text = line.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let rest = text[first.len()..].trim();
    if is_command(first, rest) || is_section(text) {
        return 4.0;
    }
    if is_instruction(first, rest) || is_query(first, rest) {
        return 3.5;
    }
    if is_script_or_markup(text, first) {
        return 3.5;
    }
    setting(text)
}

/// The same for the last line of a unit: only its end tells.
pub(super) fn end_score(line: &str) -> f32 {
    if line.trim_end().ends_with("});") {
        3.5
    } else {
        -2.0
    }
}

fn is_command(first: &str, rest: &str) -> bool {
    if matches!(first, "$" | "PS>" | "C:\\>") || first.starts_with("./") {
        return true;
    }
    let rest = rest.split('#').next().unwrap_or_default().trim();
    if rest.is_empty() {
        return LONE_COMMANDS.contains(&first);
    }
    let is_operand = |c: char| matches!(c, '=' | '(' | '.' | ',' | ':' | '[' | '+');
    COMMANDS.contains(&first) && (!rest.starts_with(is_operand) || rest == ".")
}

/// `[tool.x]`, perhaps with settings behind it on the same line.
pub(super) fn is_section(text: &str) -> bool {
    let Some((name, after)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return false;
    };
    let name = name.trim_matches(['[', ']']);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        && (name.contains(['.', '-'])
            || after.trim_matches([']', ' ']).is_empty()
            || after.contains(" = "))
        && !after.starts_with(['[', '.', '('])
}

/// Whether the line is of a language whose comments begin with a hash, as those of Python do.
pub(super) fn has_hash_comments(line: &str) -> bool {
    let text = line.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let rest = text[first.len()..].trim();
    is_command(first, rest) || is_section(text) || is_instruction(first, rest)
}

/// Whether the score is that of a line which may as well be Python, but stands in settings files.
pub(super) fn is_setting_score(score: f32) -> bool {
    score > 0.0 && score < 3.0
}

fn is_instruction(first: &str, rest: &str) -> bool {
    INSTRUCTIONS.contains(&first) && !rest.is_empty() && !rest.starts_with(['=', '(', ':'])
}

fn is_query(first: &str, rest: &str) -> bool {
    QUERIES.contains(&first) && rest.chars().any(|c| c.is_ascii_uppercase())
}

fn is_script_or_markup(text: &str, first: &str) -> bool {
    let is_tag = text.starts_with('<')
        && text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    // A tag ends on its line, or its attributes follow.
    let is_markup = is_tag && (text.ends_with('>') || !text.contains([' ', '>']));
    let is_script = SCRIPT_WORDS.contains(&first)
        || SCRIPT_STARTS.iter().any(|start| text.starts_with(start))
        || text.ends_with(';')
        || text.ends_with("=> {")
        || (text.ends_with(") {") && !text.contains(" = "))
        || matches!(text, "});" | "})" | "};" | "}" | "} else {");
    let is_template = text.starts_with("{%") || text.starts_with("{{");
    is_markup || is_script || is_template
}

/// `key = "value"`, which may as well be Python, but stands in settings files.
fn setting(text: &str) -> f32 {
    let Some((key, value)) = text.split_once(" = ").or_else(|| text.split_once('=')) else {
        return if text == "]" { 1.9 } else { -2.0 };
    };
    let (key, value) = (key.trim_end(), value.trim_start());
    let is_key = key
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !is_key || value.is_empty() {
        -2.0
    } else if value.starts_with(['"', '[', '{', 't', 'f', '1', '2', '3', '0']) {
        1.9
    } else if value.contains(['(', '[', '\'', '+', '*', ' ']) {
        -2.0
    } else {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_other_languages() {
        for line in [
            "pip install x",
            "$ anything",
            "python -m venv env",
            "deactivate  # leave",
            "[tool.black]",
            "[section]",
            "const x = 1",
            "<p>text</p>",
            "COPY . .",
            "SELECT name FROM USERS",
            "fetch(x, {a: 1});",
            "console.log(x)",
            "if (x > 1) {",
            "func main() {",
        ] {
            assert!(score(line) > 3.0, "{line}");
        }
    }

    #[test]
    fn lines_of_python() {
        for line in [
            "python = 3",
            "go(1)",
            "[x for x in y]",
            "[1, 2]",
            "[a][0]",
            "x = f(1)",
            "make.it()",
            "x = f(1) if y else {",
            "function(1)",
            "CMD = 3",
        ] {
            assert!(score(line) < 3.0, "{line}");
        }
    }
}
