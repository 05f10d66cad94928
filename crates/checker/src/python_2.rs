//! Code that was written for Python 2: what it states of divisions and of dictionaries no longer holds.

use crate::code::syntax_error_of;
use snipcheck_core::Session;
use std::borrow::Cow;

/// Whether code has statements that only Python 2 takes: `print "a"`, `except E, e:`, `__metaclass__ = M`.
pub(crate) fn is_code(code: &str) -> bool {
    let text = if code.contains(">>> ") {
        Cow::Owned(Session::of(code).text())
    } else {
        Cow::Borrowed(code)
    };
    let mut lines = text.lines().map(str::trim_start);
    let names_metaclass = |line: &str| line.starts_with("__metaclass__ =");
    if lines
        .clone()
        .any(|line| names_metaclass(line) || catches(line))
    {
        return true;
    }
    lines.any(prints) && syntax_error_of(&text).is_some()
}

/// `print "a"`, as far as a line can tell: it may stand in a text.
fn prints(line: &str) -> bool {
    line.strip_prefix("print ")
        .is_some_and(|tail| tail.starts_with(|c: char| c.is_alphanumeric() || "'\"`%".contains(c)))
}

/// `except E, e:`, not `except E, F:` of newer versions.
fn catches(line: &str) -> bool {
    let is_name = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
    };
    line.strip_prefix("except ")
        .and_then(|tail| tail.split_once(", "))
        .and_then(|(name, tail)| Some((name, tail.split_once(':')?.0)))
        .is_some_and(|(name, bound)| {
            is_name(name) && is_name(bound) && bound.starts_with(char::is_lowercase)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_2_is_told_from_words() {
        for (code, found) in [
            ("print 'a', 3", true),
            (">>> print x\n3", true),
            ("try:\n    f()\nexcept E, e:\n    g()", true),
            ("try:\n    f()\nexcept E, F:\n    g()", false),
            ("class A:\n    __metaclass__ = M", true),
            ("s = '\\\nprint it'", false),
            ("print (x)", false),
            ("x = = 1", false),
        ] {
            assert_eq!(is_code(code), found, "{code}");
        }
    }
}
