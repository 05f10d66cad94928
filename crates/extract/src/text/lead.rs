//! What a line of prose says of what follows it: code, another language, an output.
//!
//! Must not know what really follows.

/// What a line of prose says of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announces {
    Nothing,
    /// It ends with a colon, or names Python.
    Code,
    /// It names another language.
    Other,
    /// It stands where a fence was, and is the name of a language.
    Label {
        /// Whether that is Python.
        python: bool,
    },
}

/// Whether a line says that an output follows.
pub(super) fn names_output(text: &str) -> bool {
    let announces = text.ends_with(':')
        && text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "output" | "outputs" | "result" | "prints" | "returns"));
    if announces {
        return true;
    }
    let word = text
        .trim_matches(['#', '*', '_', ':', ' '])
        .to_ascii_lowercase();
    matches!(
        word.as_str(),
        "output"
            | "outputs"
            | "result"
            | "results"
            | "prints"
            | "out"
            | "console output"
            | "expected output"
    )
}

pub(super) fn announces(text: &str, bare: &str) -> Announces {
    let word = text.trim_end_matches(':').to_ascii_lowercase();
    match word.as_str() {
        "python" | "python3" | "py" | "copy" | "copy code" | "code" | "syntax" | "usage"
        | "example" | "examples" | "signature" | "or" => Announces::Code,
        "bash" | "shell" | "sh" | "console" | "json" | "yaml" | "toml" | "javascript" | "sql"
        | "html" | "dockerfile" | "text" => Announces::Other,
        _ if names_output(text) && !text.contains(' ') => Announces::Other,
        _ if bare.trim_end().ends_with(':') => Announces::Code,
        _ => Announces::Nothing,
    }
}
