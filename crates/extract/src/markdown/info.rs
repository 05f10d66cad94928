//! Reads the info string of a fence: which language, what else.
//!
//! Must not know what stands inside the fence.

/// What a fence holds, by its info string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Python to run.
    Python,
    /// Nothing is said.
    Plain,
    /// Plain text, said so.
    Text,
    /// The output of something.
    Output,
    /// A shell, its commands or what they print.
    Shell,
    /// Data: JSON and the like.
    Data,
    /// Markdown shown as it is written; nothing in it is code of the guide.
    Source,
    /// An admonition or another box around ordinary Markdown.
    Container,
    /// Any other language.
    Other,
}

impl Language {
    /// Whether a shell's commands and what they write may stand under this name.
    pub(crate) fn may_be_shell(self) -> bool {
        matches!(
            self,
            Language::Plain | Language::Text | Language::Shell | Language::Output
        )
    }
}

const PYTHON: [&str; 16] = [
    "python",
    "py",
    "python3",
    "py3",
    "py3k",
    "pyodide",
    "python-interactive",
    "pycon",
    "pycon3",
    "ipython",
    "ipython3",
    "python-repl",
    "python-console",
    "pytb-session",
    "doctest",
    "testcode",
];
const OUTPUT: [&str; 8] = [
    "output",
    "out",
    "stdout",
    "result",
    "results",
    "testoutput",
    "terminal-output",
    "console-output",
];
const SHELL: [&str; 11] = [
    "shell",
    "sh",
    "bash",
    "zsh",
    "console",
    "terminal",
    "shell-session",
    "powershell",
    "cmd",
    "shellsession",
    "ps1",
];
const DATA: [&str; 10] = [
    "json", "jsonc", "json5", "yaml", "yml", "toml", "ini", "xml", "csv", "html",
];
const BOXES: [&str; 31] = [
    "note",
    "tip",
    "hint",
    "info",
    "important",
    "warning",
    "caution",
    "danger",
    "error",
    "attention",
    "seealso",
    "admonition",
    "admonish",
    "details",
    "question",
    "exercise",
    "solution",
    "answer",
    "example",
    "success",
    "abstract",
    "summary",
    "quote",
    "bug",
    "todo",
    "tab",
    "tabs",
    "tab-item",
    "tab-set",
    "dropdown",
    "sidebar",
];
/// Directives of `MyST` whose argument, not their name, is the language.
const CODE_DIRECTIVES: [&str; 5] = [
    "code-block",
    "code",
    "code-cell",
    "sourcecode",
    "code-example",
];

/// The language of a fence and the rest of its info string.
pub(crate) fn read(info: &str) -> (Language, &str) {
    let info = info.trim();
    if info.is_empty() {
        return (Language::Plain, "");
    }
    if let Some(inside) = info.strip_prefix('{') {
        return braced(inside);
    }
    let (name, rest) = first_word(info.trim_start_matches('.'));
    // `python=1` asks for numbers of lines.
    let is_numbered = rest
        .strip_prefix('=')
        .is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()));
    if rest.starts_with('=') && !is_numbered {
        // Only attributes: `title="x"`.
        return (Language::Plain, info);
    }
    (named(name, rest, false), rest)
}

/// `{.python .numberLines}`, `{python}`, `{code-block} python`, `{note}`.
fn braced(inside: &str) -> (Language, &str) {
    let (inner, after) = inside.split_once('}').unwrap_or((inside, ""));
    let inner = inner.trim_start();
    let (name, rest) = first_word(inner.trim_start_matches('.'));
    if rest.starts_with('=') || name.is_empty() {
        return (Language::Plain, inside);
    }
    if CODE_DIRECTIVES.contains(&name.to_ascii_lowercase().as_str()) {
        let (argument, rest) = first_word(after.trim_start());
        return (named(argument, rest, false), rest);
    }
    let language = named(name, rest, true);
    (language, if after.trim().is_empty() { rest } else { after })
}

fn named(name: &str, rest: &str, braces: bool) -> Language {
    // `codebyte/py` names a widget and its language.
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let name = ["language-", "lang-"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(&name);
    let is = |list: &[&str]| list.contains(&name);
    let next = first_word(rest.trim_start()).0.to_ascii_lowercase();
    if is(&PYTHON) || name.strip_prefix("python3.").is_some_and(is_number) {
        return if OUTPUT.contains(&next.as_str()) {
            Language::Output
        } else {
            Language::Python
        };
    }
    match name {
        "" | "none" | "nohighlight" | "no-highlight" => Language::Plain,
        "text" | "txt" | "plain" | "plaintext" | "literal" => Language::Text,
        "markdown" | "md" | "mdx" | "rst" | "restructuredtext" => Language::Source,
        _ if is(&OUTPUT) => Language::Output,
        _ if is(&SHELL) => Language::Shell,
        _ if is(&DATA) => Language::Data,
        _ if is(&BOXES) || name.starts_with("ad-") => Language::Container,
        // Directives of `MyST` that are neither code nor output hold Markdown or arguments.
        _ if braces && !matches!(name, "r" | "julia" | "js" | "sql") && rest.is_empty() => {
            Language::Container
        }
        _ => Language::Other,
    }
}

/// Whether what follows the language can be attributes, and is not code that slipped onto the line.
pub(super) fn is_attributes(rest: &str) -> bool {
    let rest = rest.trim();
    let is_braced = rest.starts_with('{') && rest.ends_with('}');
    let mut words = 0;
    is_braced
        || rest.starts_with(':')
        || rest.split_whitespace().all(|word| {
            words += usize::from(!word.contains('='));
            words < 3 && !word.contains(['(', ')']) && word != "="
        })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn first_word(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | ':' | ';' | '(' | '=' | '}'))
        .unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (info, expected) in [
            ("", Language::Plain),
            ("python", Language::Python),
            ("Python", Language::Python),
            (" py ", Language::Python),
            ("python theme={null}", Language::Python),
            ("python title=\"x\" hl_lines=\"1\"", Language::Python),
            ("{.python .numberLines}", Language::Python),
            ("{ .py }", Language::Python),
            ("{python}", Language::Python),
            ("{python echo=FALSE}", Language::Python),
            ("{code-block} python", Language::Python),
            ("{code-cell} ipython3", Language::Python),
            ("codebyte/py", Language::Python),
            ("python:dir/file.py -s 2", Language::Python),
            ("python{1,3}", Language::Python),
            ("python=", Language::Python),
            ("python=12", Language::Python),
            (".python", Language::Python),
            ("lang-py", Language::Python),
            ("python-interactive", Language::Python),
            ("{pyodide}", Language::Python),
            ("python3.12", Language::Python),
            ("doctest", Language::Python),
            ("python out", Language::Output),
            ("output", Language::Output),
            ("text", Language::Text),
            ("title=\"x\"", Language::Plain),
            ("bash", Language::Shell),
            ("json", Language::Data),
            ("md", Language::Source),
            ("note", Language::Container),
            ("{note}", Language::Container),
            ("{tab-item} One", Language::Container),
            ("admonish warning", Language::Container),
            ("{r}", Language::Other),
            ("pythonic", Language::Other),
            ("python2", Language::Other),
            ("ruby", Language::Other),
        ] {
            assert_eq!(read(info).0, expected, "{info}");
        }
    }

    #[test]
    fn attributes_or_code() {
        for (rest, expected) in [
            ("", true),
            (" title=\"x\" hl_lines=\"1\"", true),
            (" {test=\"skip\" lint=\"a b\"}", true),
            (":dir/a.py -s 2", true),
            (" no-run", true),
            (" import copy from x", false),
            (" x = f(1)", false),
            (" print(1)", false),
        ] {
            assert_eq!(is_attributes(rest), expected, "{rest}");
        }
    }

    #[test]
    fn the_rest_is_what_follows_the_language() {
        assert_eq!(read("python skip=\"x\"").1, " skip=\"x\"");
        assert_eq!(read("{.python skip=1}").1, " skip=1");
        assert_eq!(read("python {test=\"skip\"}").1, " {test=\"skip\"}");
    }
}
