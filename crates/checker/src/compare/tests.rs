//! Pairs of texts, and the rule by which they are the same.

use super::{compare, joined};

fn rule(expected: &str, actual: &str) -> Option<&'static str> {
    compare(expected, actual).map(crate::rule::Rule::name)
}

#[test]
fn the_same_by_some_rule() {
    for (expected, actual, name) in [
        ("3", "3", "exact"),
        ("a  b", "a b", "whitespace"),
        ("[1,2]", "[1, 2]", "literal"),
        ("[('a',1)]", "[('a', 1)]", "literal"),
        ("{2, 1}", "{1, 2}", "literal"),
        ("{'b': 1, 'a': 2}", "{'a': 2, 'b': 1}", "literal"),
        ("0x2a", "42", "literal"),
        ("1_000", "1000", "literal"),
        ("'abc'", "abc", "quotes"),
        ("\"abc\"", "'abc'", "literal"),
        ("abc", "'abc'", "quotes"),
        ("\"'abc'\"", "'abc'", "quotes"),
        (
            "see https://a.org/2/x",
            "see https://a.org/2.13/x",
            "placeholder",
        ),
        (
            "['see https://a.org/v1.0/x']",
            "['see https://a.org/v1.2/x']",
            "placeholder",
        ),
        ("[1, 2, ...]", "[1, 2, 3, 4]", "ellipsis"),
        ("[1, ..., 9]", "[1, 2, 9]", "ellipsis"),
        ("{'a': 1, ...}", "{'a': 1, 'b': 2}", "ellipsis"),
        ("b'\\x01...'", "b'\\x01\\x02'", "ellipsis"),
        ("Loading ... done", "Loading module x done", "ellipsis"),
        ("3.14", "3.141592653589793", "digits"),
        ("3.141", "3.1415926", "digits"),
        ("0.667", "0.6666666", "digits"),
        ("area 12.57", "area 12.566370614359172", "digits"),
        (
            "<Tree object>",
            "<__main__.Tree object at 0x7f12ab34cd56>",
            "placeholder",
        ),
        (
            "<Tree>",
            "<__main__.Tree object at 0x7f12ab34cd56>",
            "placeholder",
        ),
        ("<class 'Tree'>", "<class '__main__.Tree'>", "placeholder"),
        (
            "{'t': <class 'Tree'>}",
            "{'t': <class '__main__.Tree'>}",
            "placeholder",
        ),
        (
            "[Tree, object]",
            "[<class '__main__.Tree'>, <class 'object'>]",
            "placeholder",
        ),
        (
            "Made <Tree object>",
            "Made <__main__.Tree object at 0x7f12ab34cd56>",
            "placeholder",
        ),
        (
            "<function go at 0x...>",
            "<function go at 0x7f12ab34cd56>",
            "placeholder",
        ),
        (
            "date(2024, 1, 2)",
            "datetime.date(2024, 1, 2)",
            "placeholder",
        ),
        ("deque([1])", "deque([1], maxlen=3)", "placeholder"),
        ("took 1.0XX s", "took 1.034 s", "placeholder"),
    ] {
        assert_eq!(rule(expected, actual), Some(name), "{expected} / {actual}");
    }
}

#[test]
fn different_by_every_rule() {
    for (expected, actual) in [
        ("1.0", "1"),
        ("189", "189.0"),
        ("3.15", "3.141592"),
        ("3.2", "3.14"),
        ("[1, 2]", "(1, 2)"),
        ("[2, 1]", "[1, 2]"),
        ("[1, 2, ...]", "[1, 3, 4]"),
        ("...", "anything"),
        ("True", "False"),
        ("'a'", "'b'"),
        ("{'a': 1}", "{'a': 1, 'b': 2}"),
        ("Point(x=1)", "Point(x=2)"),
        ("<Tree>", "<__main__.Leaf object at 0x7f12ab34cd56>"),
        ("<class 'int'>", "<class 'str'>"),
        ("b'a'", "'a'"),
        ("0x10", "0x20"),
        ("see https://a.org/2/x", "see https://a.org/2.13/y"),
        ("Total: 3", "Total: 4"),
        ("", "something"),
        ("None", "'None'x"),
    ] {
        assert_eq!(rule(expected, actual), None, "{expected} / {actual}");
    }
}

#[test]
fn outputs_side_by_side() {
    for (expected, outputs, same) in [
        ("1, 2, 3", &["1", "2", "3"][..], true),
        ("a -> b", &["a", "b"], true),
        ("\"a\" then \"b\"", &["a", "b"], true),
        ("1 2 3", &["1", "2", "3"], true),
        ("1, 2, ...", &["1", "2", "3"], true),
        ("X 1, Y 2", &["X 1", "Y 2"], true),
        ("1, 2", &["1", "3"], false),
        ("1, 2", &["1", "2", "3"], false),
        ("1", &["1"], false),
    ] {
        assert_eq!(joined(expected, outputs).is_some(), same, "{expected}");
    }
}
