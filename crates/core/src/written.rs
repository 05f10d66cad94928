//! Values as people write them in comments and as `repr` prints them.
//!
//! A lenient reader for one value at the start of a text: Python literals, calls such as
//! `Point(x=1)`, names, `<class 'int'>`, and `...` for what was left out. It knows nothing of
//! comments, remarks and outcomes; what a value means is for its callers to decide.

/// Containers nested deeper than this are not read: nobody writes them by hand.
const MAX_DEPTH: u32 = 40;

/// A value as it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// A whole number, without its digit separators: `1_000`, `-5`, `0x2a`.
    Int(String),
    /// A number with a point, an exponent or an imaginary part.
    Float(String),
    /// A number of which only the first digits are written: `140234...`.
    Cut(String),
    /// A string, its escapes resolved.
    Str {
        /// What is in the quotes.
        text: String,
        /// Whether it is a `bytes` literal.
        bytes: bool,
    },
    /// `True`, `None`, `inf`, a name, or a dotted name.
    Word(String),
    /// `[…]`
    List(Vec<Written>),
    /// `(…, …)`
    Tuple(Vec<Written>),
    /// `{…}`
    Set(Vec<Written>),
    /// `{… : …}`; a pair of two [`Written::Rest`] stands for pairs that were left out.
    Dict(Vec<(Written, Written)>),
    /// `Name(…)`, each argument with its name if it has one.
    Call(String, Vec<(Option<String>, Written)>),
    /// `<…>`, without the angle brackets.
    Angle(String),
    /// `...`, where a part was left out.
    Rest,
}

impl Written {
    /// The value that the whole of `text` writes, white space around it aside.
    pub fn of(text: &str) -> Option<Written> {
        let text = text.trim();
        let (written, end) = Written::at_start(text)?;
        (end == text.len()).then_some(written)
    }

    /// The value at the start of `text`, and the byte offset behind it.
    pub fn at_start(text: &str) -> Option<(Written, usize)> {
        let mut reader = Reader { text, offset: 0 };
        let written = reader.value(0)?;
        Some((written, reader.offset))
    }

    /// Whether it is written in Python's own literals all through, so that nobody would read it as words.
    pub fn is_literal(&self) -> bool {
        match self {
            Written::Int(_) | Written::Float(_) | Written::Str { .. } | Written::Rest => true,
            Written::Cut(_) => false,
            Written::Word(word) => matches!(word.as_str(), "True" | "False" | "None"),
            Written::List(items) | Written::Tuple(items) | Written::Set(items) => {
                items.iter().all(Written::is_literal)
            }
            Written::Dict(pairs) => pairs
                .iter()
                .all(|(key, value)| key.is_literal() && value.is_literal()),
            Written::Call(_, arguments) => arguments.iter().all(|(_, value)| value.is_literal()),
            Written::Angle(text) => text.starts_with("class '"),
        }
    }

    /// Whether it is one of `[]`, `()`, `{}`, with or without items.
    pub fn is_container(&self) -> bool {
        matches!(
            self,
            Written::List(_) | Written::Tuple(_) | Written::Set(_) | Written::Dict(_)
        )
    }

    /// Whether it is a number, whole or not.
    pub fn is_number(&self) -> bool {
        matches!(self, Written::Int(_) | Written::Float(_))
    }
}

/// How the names of exceptions end.
const EXCEPTION_ENDINGS: [&str; 7] = [
    "Error",
    "Exception",
    "Warning",
    "Interrupt",
    "Exit",
    "Iteration",
    "ExceptionGroup",
];

/// The length of the exception's name, modules before it included, at the start of a text; 0 if there is none.
pub fn exception_length(text: &str) -> usize {
    let length = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
        .unwrap_or(text.len());
    let name = text[..length].trim_end_matches('.');
    let last = name.rsplit('.').next().unwrap_or(name);
    let is_name = last.starts_with(|c: char| c.is_ascii_uppercase())
        && last != "Error"
        && EXCEPTION_ENDINGS.iter().any(|end| last.ends_with(end));
    if is_name { name.len() } else { 0 }
}

struct Reader<'a> {
    text: &'a str,
    /// The byte offset of what is not yet read; always at the start of a character.
    offset: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.offset..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.offset += next.len_utf8();
        Some(next)
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.offset += wanted.len_utf8();
        }
        found
    }

    fn space(&mut self) {
        self.offset = self.text.len() - self.rest().trim_start().len();
    }

    fn value(&mut self, depth: u32) -> Option<Written> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek()? {
            '[' => self
                .items('[', ']', depth)
                .map(|(items, _)| Written::List(items)),
            '(' => self.tuple(depth),
            '{' => self.braces(depth),
            '<' => self.angle(),
            '"' | '\'' => self.string(false),
            c if c.is_ascii_digit() || matches!(c, '-' | '+') => self.number(),
            '.' => self.point(),
            c if c == '_' || c.is_alphabetic() => self.word(depth),
            _ => None,
        }
    }

    fn point(&mut self) -> Option<Written> {
        if self.rest().starts_with("...") {
            self.offset += 3;
            return Some(Written::Rest);
        }
        self.number()
    }

    /// The items between two brackets, and whether a comma stands behind the last one.
    fn items(&mut self, open: char, close: char, depth: u32) -> Option<(Vec<Written>, bool)> {
        if !self.take(open) {
            return None;
        }
        let mut items = Vec::new();
        let mut comma = false;
        loop {
            self.space();
            if self.take(close) {
                return Some((items, comma));
            }
            if !items.is_empty() && !comma {
                return None;
            }
            items.push(self.value(depth + 1)?);
            self.space();
            comma = self.take(',');
        }
    }

    /// A tuple; a single value in parentheses is that value.
    fn tuple(&mut self, depth: u32) -> Option<Written> {
        if let Some(complex) = self.complex_in_parentheses() {
            return Some(complex);
        }
        let (mut items, comma) = self.items('(', ')', depth)?;
        match items.len() {
            1 if !comma => items.pop(),
            _ => Some(Written::Tuple(items)),
        }
    }

    fn complex_in_parentheses(&mut self) -> Option<Written> {
        let rest = self.rest();
        let inner = &rest[1..rest.find(')')?];
        let number = |c: char| c.is_ascii_digit() || "+-.ej".contains(c);
        if !inner.ends_with('j') || !inner.chars().all(number) {
            return None;
        }
        let written = Written::Float(inner.to_owned());
        self.offset += inner.len() + 2;
        Some(written)
    }

    fn braces(&mut self, depth: u32) -> Option<Written> {
        if !self.take('{') {
            return None;
        }
        let mut keys = Vec::new();
        let mut pairs = Vec::new();
        let mut comma = true;
        loop {
            self.space();
            if self.take('}') {
                break;
            }
            if !comma {
                return None;
            }
            let key = self.value(depth + 1)?;
            self.space();
            if self.take(':') {
                self.space();
                pairs.push((key, self.value(depth + 1)?));
                self.space();
            } else {
                keys.push(key);
            }
            comma = self.take(',');
        }
        if keys.is_empty() {
            return Some(Written::Dict(pairs));
        }
        if pairs.is_empty() {
            return Some(Written::Set(keys));
        }
        if keys.iter().any(|key| *key != Written::Rest) {
            return None;
        }
        pairs.push((Written::Rest, Written::Rest));
        Some(Written::Dict(pairs))
    }

    fn angle(&mut self) -> Option<Written> {
        let rest = self.rest();
        let mut open = 0_u32;
        for (offset, c) in rest.char_indices() {
            match c {
                '<' => open += 1,
                '>' => open -= 1,
                '\n' => return None,
                _ => {}
            }
            if open == 0 {
                let inner = &rest[1..offset];
                let first = inner.chars().next()?;
                if !(first.is_alphabetic() || first == '_') {
                    return None;
                }
                let written = Written::Angle(inner.to_owned());
                self.offset += offset + 1;
                return Some(written);
            }
        }
        None
    }

    fn string(&mut self, bytes: bool) -> Option<Written> {
        let quote = self.next()?;
        let mut text = String::new();
        loop {
            match self.next()? {
                c if c == quote => break,
                '\\' => self.escape(&mut text)?,
                c => text.push(c),
            }
        }
        // A letter right behind the quote is an apostrophe in words: `'twas` or `'n' roll`.
        match self.peek() {
            Some(c) if c.is_alphanumeric() => None,
            _ => Some(Written::Str { text, bytes }),
        }
    }

    fn escape(&mut self, text: &mut String) -> Option<()> {
        let c = self.next()?;
        let plain = match c {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            '\\' | '\'' | '"' => Some(c),
            'x' => self.hexadecimal(2),
            'u' => self.hexadecimal(4),
            'U' => self.hexadecimal(8),
            _ => None,
        };
        match plain {
            Some(plain) => text.push(plain),
            None => text.extend(['\\', c]),
        }
        Some(())
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<char> {
        let hex = self.rest().get(..digits)?;
        let character = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
        self.offset += digits;
        Some(character)
    }

    fn number(&mut self) -> Option<Written> {
        let rest = self.rest();
        let length = number_length(rest)?;
        let written = rest[..length].replace('_', "");
        let behind = &rest[length..];
        let cut = behind.starts_with("...");
        let length = if cut { length + 3 } else { length };
        let next = rest[length..].chars().next();
        if next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '%' | '°')) {
            return None;
        }
        let digit_behind_point = behind
            .strip_prefix('.')
            .is_some_and(|tail| tail.starts_with(|c: char| c.is_ascii_digit()));
        if !cut && digit_behind_point {
            return None;
        }
        self.offset += length;
        let digits = written.trim_start_matches(['-', '+']);
        let based =
            digits.starts_with("0x") || digits.starts_with("0b") || digits.starts_with("0o");
        Some(match written.as_str() {
            _ if cut => Written::Cut(written),
            _ if !based && written.contains(['.', 'e', 'E', 'j']) => Written::Float(written),
            _ => Written::Int(written),
        })
    }

    fn word(&mut self, depth: u32) -> Option<Written> {
        let rest = self.rest();
        let length = rest
            .char_indices()
            .find(|&(at, c)| {
                let dot_inside = c == '.'
                    && rest[at + 1..].starts_with(|next: char| next == '_' || next.is_alphabetic());
                !(c == '_' || c.is_alphanumeric() || dot_inside)
            })
            .map_or(rest.len(), |(at, _)| at);
        let word = rest[..length].to_owned();
        self.offset += length;
        match self.peek() {
            Some('"' | '\'') if matches!(word.as_str(), "b" | "B") => self.string(true),
            Some('"' | '\'') if matches!(word.as_str(), "u" | "r" | "f") => self.string(false),
            Some('"' | '\'') => None,
            Some('(') => self.arguments(word, depth),
            _ => Some(Written::Word(word)),
        }
    }

    fn arguments(&mut self, name: String, depth: u32) -> Option<Written> {
        self.take('(');
        let mut arguments = Vec::new();
        let mut comma = true;
        loop {
            self.space();
            if self.take(')') {
                return Some(Written::Call(name, arguments));
            }
            if !comma {
                return None;
            }
            let mut value = self.value(depth + 1)?;
            let mut keyword = None;
            if self.take('=') {
                match value {
                    Written::Word(word) => keyword = Some(word),
                    _ => return None,
                }
                value = self.value(depth + 1)?;
            }
            arguments.push((keyword, value));
            self.space();
            comma = self.take(',');
        }
    }
}

/// The length of the number at the start of `text`.
fn number_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let based = bytes.get(at) == Some(&b'0')
        && matches!(bytes.get(at + 1), Some(b'x' | b'X' | b'b' | b'o'));
    if based {
        let digits = digits_at(&bytes[at + 2..], u8::is_ascii_hexdigit);
        return (digits > 0).then_some(at + 2 + digits);
    }
    let whole = digits_at(&bytes[at..], u8::is_ascii_digit);
    at += whole;
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') && bytes.get(at + 1) != Some(&b'.') {
        fraction = digits_at(&bytes[at + 1..], u8::is_ascii_digit);
        // `5.` ends a sentence far more often than it is a float, but not within an array: `[5., 6.]`.
        let in_array = matches!(bytes.get(at + 1), Some(b',' | b']' | b')' | b'}'));
        if fraction > 0 || whole > 0 && in_array {
            at += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'-' | b'+')));
        let exponent = digits_at(&bytes[at + 1 + sign..], u8::is_ascii_digit);
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    Some(at + usize::from(bytes.get(at) == Some(&b'j')))
}

fn digits_at(bytes: &[u8], is_digit: impl Fn(&u8) -> bool) -> usize {
    bytes
        .iter()
        .take_while(|byte| is_digit(byte) || **byte == b'_')
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_words_begin() {
        for (text, end) in [
            ("[1, 2] -- changed", Some(6)),
            ("'a b' (text)", Some(5)),
            ("{'k': [1], ...} and so on", Some(15)),
            ("Point(x=1, y=2) is immutable", Some(15)),
            ("<class 'int'>, not str", Some(13)),
            ("(1+2j)", Some(6)),
            ("array([1., 2.])", Some(15)),
            ("5.", Some(1)),
            ("-5", Some(2)),
            ("1_000.", Some(5)),
            ("3rd", None),
            ("1.2.3", None),
            ("20%", None),
            ("2024-01-01", Some(4)),
            ("140234... and more", Some(9)),
            ("'tis", None),
            ("f(a b)", None),
            ("[1, 2", None),
            ("<= 3", None),
            ("", None),
        ] {
            let read = Written::at_start(text).map(|(_, end)| end);
            assert_eq!(read, end, "{text}");
        }
    }

    #[test]
    fn names_of_exceptions() {
        for (text, length) in [
            ("KeyError: 'a'", 8),
            ("json.JSONDecodeError: no", 20),
            ("ExceptionGroup", 14),
            ("StopIteration.", 13),
            ("Error: no", 0),
            ("keyerror", 0),
            ("a KeyError", 0),
        ] {
            assert_eq!(exception_length(text), length, "{text}");
        }
    }

    #[test]
    fn literals_are_told_from_names() {
        for (text, literal) in [
            ("[1, 'a', None, ...]", true),
            ("{1, 2}", true),
            ("(first, second)", false),
            ("datetime.date(2024, 1, 2)", true),
            ("O(n)", false),
            ("<class 'a.B'>", true),
            ("<Thing>", false),
        ] {
            let written = Written::of(text).unwrap();
            assert_eq!(written.is_literal(), literal, "{text}");
        }
    }

    #[test]
    fn escapes_are_resolved() {
        let Some(Written::Str { text, bytes }) = Written::of(r"b'\x41\n\q\''") else {
            panic!("not a string");
        };
        assert_eq!(text, "A\n\\q'");
        assert!(bytes);
    }

    #[test]
    fn nesting_without_end_is_not_read() {
        assert_eq!(Written::of(&"[".repeat(100_000)), None);
    }
}
