//! How much a line reads like a sentence, without asking any parser.
//!
//! Must not know Python beyond its keywords and how it writes strings and comments.

const KEYWORDS: [&str; 38] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class",
    "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if",
    "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return",
    "try", "type", "while", "with", "yield",
];
/// Letters that may stand before the quote of a string.
const STRING_PREFIXES: [&str; 8] = ["r", "b", "f", "u", "rb", "br", "fr", "rf"];

/// Whether the word is one of Python's.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// A line without its strings and its trailing comment.
pub(super) struct Bare {
    /// What is left; a string leaves its quotes.
    pub(super) text: String,
    /// Whether a comment was cut off behind something else.
    pub(super) trailing_comment: bool,
}

/// Takes strings and the comment out of a line. An apostrophe inside a word is part of the word.
pub(super) fn bare(line: &str) -> Bare {
    if !line.contains(['#', '"', '\'']) {
        return Bare {
            text: line.to_owned(),
            trailing_comment: false,
        };
    }
    let mut text = String::with_capacity(line.len());
    let mut at = 0;
    let mut trailing_comment = false;
    while let Some(c) = line[at..].chars().next() {
        let opens_comment =
            c == '#' && (text.ends_with([' ', '\t', ')', ']', '}']) || text.is_empty());
        if opens_comment {
            trailing_comment = !text.trim().is_empty();
            break;
        }
        text.push(c);
        let is_quote = matches!(c, '"' | '\'') && may_open_string(&text[..text.len() - 1]);
        match string_length(&line[at..], c).filter(|_| is_quote) {
            Some(length) => {
                text.push(c);
                at += length;
            }
            None => at += c.len_utf8(),
        }
    }
    Bare {
        text,
        trailing_comment,
    }
}

fn may_open_string(before: &str) -> bool {
    let word_start = before
        .rfind(|c: char| !c.is_alphanumeric() && c != '_')
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
    let word = &before[word_start..];
    word.is_empty() || STRING_PREFIXES.contains(&word.to_ascii_lowercase().as_str())
}

/// The length of the string that the text begins with, both quotes included.
fn string_length(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// How often a plain word, or a call, and another name stand side by side, as they never do in Python.
pub(super) fn adjacent_words(bare: &str) -> usize {
    let mut count = 0;
    let mut before = false;
    for token in bare.split_whitespace() {
        if before && is_name(token) {
            count += 1;
        }
        // A word with punctuation behind it ends a pair; `a, b` is a tuple.
        before = is_plain_word(token) || token.ends_with([')', ']']);
    }
    count
}

/// Whether the token begins with a name that is no keyword.
fn is_name(token: &str) -> bool {
    let end = token
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(token.len());
    token.starts_with(char::is_alphabetic) && !is_keyword(&token[..end])
}

fn is_plain_word(token: &str) -> bool {
    token.starts_with(char::is_alphabetic)
        && token
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        && !is_keyword(token)
}

/// Signs of typography that code has only in strings and comments.
pub(super) fn has_typography(bare: &str) -> bool {
    bare.contains(['“', '”', '‘', '’', '—', '–', '…', '•', '→', '✅', '❌'])
}

/// Whether the line begins as an item of a list does.
pub(super) fn is_bullet(line: &str) -> bool {
    let text = line.trim_start();
    let mut chars = text.chars();
    match chars.next() {
        Some('•' | '‣' | '◦' | '▪' | '·' | '●' | '○' | '■' | '▶' | '➤') => true,
        Some('-' | '*' | '–' | '+') => {
            // `- x` continues an expression only inside brackets, where no unit begins.
            chars.as_str().starts_with(' ')
        }
        // `b. Another way`.
        Some(letter) if letter.is_ascii_lowercase() => chars.as_str().starts_with(". "),
        Some(digit) if digit.is_ascii_digit() => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.strip_prefix(['.', ')'])
                .is_some_and(|after| after.is_empty() || after.starts_with(' '))
        }
        _ => false,
    }
}

/// Whether the line draws a box, a tree or a table.
pub(super) fn is_drawing(bare: &str) -> bool {
    bare.chars().any(|c| matches!(c, '\u{2500}'..='\u{259f}'))
        || bare.starts_with("+--")
        || bare.starts_with("|--")
        || (bare.starts_with('|') && bare.ends_with('|') && bare.len() > 1)
}

/// Whether the line is a mark of a documentation builder: `!!! note`, `=== "Tab"`, `:::`, `---`, or
/// begins as Markdown writes strong text, a quotation, a remark, an image.
pub(super) fn is_markup(text: &str) -> bool {
    let is_strong = || {
        text.strip_prefix("**")
            .is_some_and(|rest| rest.contains("**") && !rest.starts_with(' '))
    };
    [
        "!!!", "???", "===", ":::", "---", "***", "~~~", "```", "> ", "<!--", "![", "[!",
    ]
    .iter()
    .any(|mark| text.starts_with(mark))
        || is_strong()
}

/// Whether the line looks like a title: a capital first, several words, no mark at its end.
pub(super) fn is_title(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && adjacent_words(text) > 0
        && text.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_are_taken_out() {
        for (line, text, comment) in [
            ("x = 'a # b'  # c", "x = ''  ", true),
            ("print(f\"it's {x}\")", "print(f\"\")", false),
            ("it's a dog's life", "it's a dog's life", false),
            ("# only", "", false),
            ("say \"no", "say \"no", false),
            ("x = rb'\\''", "x = rb''", false),
        ] {
            let bare = bare(line);
            assert_eq!(
                (bare.text.as_str(), bare.trailing_comment),
                (text, comment),
                "{line}"
            );
        }
    }

    #[test]
    fn words_side_by_side() {
        for (line, expected) in [
            ("the quick brown fox.", 3),
            ("for x in names:", 0),
            ("a, b = b, a", 0),
            ("import os", 0),
            ("use import here", 0),
            ("Hello there, you two", 2),
            ("Using dir() in it", 1),
            ("return f(x)", 0),
            ("copy() model_copy()", 1),
            ("f(x) if y else g(x)", 0),
        ] {
            assert_eq!(adjacent_words(line), expected, "{line}");
        }
    }

    #[test]
    fn bullets_and_drawings() {
        for (line, expected) in [
            ("  • one", true),
            ("  12. one", true),
            ("- one", true),
            ("-1", false),
            ("1.5", false),
            ("*args", false),
        ] {
            assert_eq!(is_bullet(line), expected, "{line}");
        }
        assert!(is_drawing("│ x │") && is_drawing("| a | b |") && !is_drawing("a | b"));
    }
}
