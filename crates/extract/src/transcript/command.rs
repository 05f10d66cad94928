//! One line of a shell: whether it has a prompt, and what it runs.

use snipcheck_core::FileName;

/// What a command is to the snippets above it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// It runs a snippet, as it is.
    Run(What),
    /// It changes nothing that a snippet would see.
    Harmless,
    /// Anything else.
    Other,
}

/// What is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// `python tool.py`.
    File(FileName),
    /// `python -m tool`.
    Module(FileName),
    /// `python -c "import tool"`.
    Code(String),
}

const PROMPTS: [&str; 4] = ["$", "%", "❯", "➜"];
const HARMLESS: [&str; 8] = ["pip", "pip3", "ls", "cat", "cd", "clear", "dir", "pwd"];

/// Whether a line begins with a prompt, and what stands behind it.
pub(super) fn without_prompt(line: &str) -> (bool, &str) {
    let text = line.trim();
    // `(venv) $ python tool.py`.
    let inner = text
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(") "))
        .map_or(text, |(_, rest)| rest.trim_start());
    for prompt in PROMPTS {
        if let Some(rest) = inner.strip_prefix(prompt)
            && (rest.is_empty() || rest.starts_with(' '))
        {
            return (true, rest.trim());
        }
    }
    // `PS C:\tools> python tool.py`, `C:\> python tool.py`.
    let is_windows = inner.starts_with("PS") || inner.get(1..3) == Some(":\\");
    match inner.split_once('>').filter(|_| is_windows) {
        Some((_, rest)) => (true, rest.trim()),
        None => (false, text),
    }
}

/// Reads what stands behind a prompt.
pub(super) fn read(text: &str) -> Command {
    let Some(words) = words(text) else {
        return Command::Other;
    };
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.first().is_some_and(|word| HARMLESS.contains(word)) {
        return Command::Harmless;
    }
    let by_uv = words.starts_with(&["uv", "run"]);
    if by_uv {
        words.drain(..2);
    }
    let file = |text: &str| FileName::of(text.strip_prefix("./").unwrap_or(text));
    let what = match words.as_slice() {
        [program] if by_uv || program.starts_with("./") => file(program).map(What::File),
        [python, name] if is_python(python) => file(name).map(What::File),
        [python, "-m", module] if is_python(python) => {
            FileName::of(&format!("{}.py", module.replace('.', "/"))).map(What::Module)
        }
        [python, "-c", code] if is_python(python) => Some(What::Code((*code).to_owned())),
        _ => None,
    };
    what.map_or(Command::Other, Command::Run)
}

fn is_python(word: &str) -> bool {
    let version = word.strip_prefix("python");
    word == "py"
        || version.is_some_and(|version| version.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

/// The words of a command as a shell splits them; nothing when the shell has more to do than that.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        let before = open;
        open = !c.is_whitespace();
        if !open {
            continue;
        }
        if !before {
            if c == '#' {
                return Some(words);
            }
            words.push(String::new());
        }
        let word = words.last_mut()?;
        match c {
            '\'' | '"' => quoted(&mut characters, c, word)?,
            '|' | '<' | '>' | '&' | ';' | '$' | '`' | '\\' | '*' | '?' | '(' | ')' | '~' | '=' => {
                return None;
            }
            c => word.push(c),
        }
    }
    Some(words)
}

/// Reads up to the closing quote.
fn quoted(characters: &mut std::str::Chars<'_>, quote: char, word: &mut String) -> Option<()> {
    while let Some(c) = characters.next() {
        match c {
            c if c == quote => return Some(()),
            '$' | '`' if quote == '"' => return None,
            '\\' if quote == '"' => match characters.next()? {
                c @ ('"' | '\\') => word.push(c),
                c => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands() {
        let file = |name| Command::Run(What::File(FileName::of(name).unwrap()));
        let module = |name| Command::Run(What::Module(FileName::of(name).unwrap()));
        let code = |code: &str| Command::Run(What::Code(code.to_owned()));
        for (line, expected) in [
            ("$ python tool.py", file("tool.py")),
            ("python3 ./tool.py", file("tool.py")),
            ("% python3.12 shop/cart.py", file("shop/cart.py")),
            ("py tool.py  # twice", file("tool.py")),
            ("./tool.py", file("tool.py")),
            ("$ uv run tool.py", file("tool.py")),
            ("uv run python tool.py", file("tool.py")),
            ("(venv) $ python tool.py", file("tool.py")),
            ("PS C:\\x> python tool.py", file("tool.py")),
            ("python -m shop.cart", module("shop/cart.py")),
            ("python -c \"import tool\"", code("import tool")),
            (
                "python -c 'import tool; print(tool.x)'",
                code("import tool; print(tool.x)"),
            ),
            ("python -c \"print(\\\"a\\\")\"", code("print(\"a\")")),
            ("pip install tool", Command::Harmless),
            ("python tool.py --fast", Command::Other),
            ("python tool.py < in.txt", Command::Other),
            ("echo 1 | python tool.py", Command::Other),
            ("DEBUG=1 python tool.py", Command::Other),
            ("python -O tool.py", Command::Other),
            ("python -c \"print($HOME)\"", Command::Other),
            ("python -c \"import tool", Command::Other),
            ("python ../tool.py", Command::Other),
            ("python tool.py && ls", Command::Other),
            ("tool.py", Command::Other),
            ("The program prints this.", Command::Other),
        ] {
            assert_eq!(read(without_prompt(line).1), expected, "{line}");
        }
    }
}
