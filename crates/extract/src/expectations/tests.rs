//! Small snippets, and what must be read in them.

use super::read;
use snipcheck_core::{
    Directives, Expectation, Form, Kind, Line, Lines, Notation, Snippet, SnippetId, Why,
};

fn snippet(code: &str) -> Snippet {
    let last = code.trim_end().matches('\n').count();
    Snippet {
        id: SnippetId("guide/part".to_owned()),
        lines: Lines::new(Line::FIRST, Line::from_index(last)),
        code: code.to_owned(),
        form: Form::Script,
        bytes: 0..code.len(),
        indent: 0,
        info: String::new(),
        file: None,
        headings: Vec::new(),
        directives: Directives::default(),
        expectations: Vec::new(),
        asides: Vec::new(),
        notes: Vec::new(),
    }
}

/// Each expectation as `lines statement kind text`.
fn told(code: &str) -> Vec<String> {
    shown(&read(&snippet(code)).expectations)
}

fn shown(found: &[Expectation]) -> Vec<String> {
    found
        .iter()
        .map(|found| {
            let span = |lines: Lines| {
                if lines.first == lines.last {
                    lines.first.to_string()
                } else {
                    format!("{}-{}", lines.first, lines.last)
                }
            };
            let text = found.text.replace('\n', "|");
            let code = found.code.iter().map(|code| format!(" <{code}>"));
            format!(
                "{} of {}: {:?} {text}{}",
                span(found.lines),
                span(found.statement),
                found.kind,
                code.collect::<String>()
            )
        })
        .collect()
}

#[test]
fn comments_behind_statements() {
    for (code, expected) in [
        ("print(n)  # 3", &["1 of 1: PrintValue 3"][..]),
        (
            "print(n)  # the whole truth",
            &["1 of 1: PrintValue the whole truth"],
        ),
        ("print(n)  # noqa: T201", &[]),
        ("print(n)  # -> 3", &["1 of 1: PrintValue 3"]),
        ("len(x)  # 2 (both)", &["1 of 1: ExprValue 2 (both)"]),
        ("x.sort()  # in place", &[]),
        ("x.sort()  # Sorted!", &[]),
        ("'a'.join(x)  # b,c", &["1 of 1: ExprValue b,c"]),
        ("hail('Ann')  # Dear Ann", &["1 of 1: ExprValue Dear Ann"]),
        ("n = len(x)  # 2", &["1 of 1: AssignedValue 2"]),
        ("n = len(x)  # n = 2", &["1 of 1: AssignedValue 2"]),
        ("n = len(x)  # n is now 2", &["1 of 1: AssignedValue 2"]),
        ("n = len(x)  # counts the parts", &[]),
        ("retries = 3  # 5 in production", &[]),
        ("print(\n    n,\n)  # 3", &["3 of 1-3: PrintValue 3"]),
        ("print(\n    n,  # 3\n)", &[]),
        ("x = 1; print(x)  # 1", &["1 of 1: PrintValue 1"]),
        (
            "for n in f():  # 1, 2, 3\n    pass",
            &["1 of 1: ExprValue 1, 2, 3"],
        ),
        ("def f():  # 3\n    return 4  # 4", &[]),
        (
            "t[0] = 1  # TypeError: no",
            &["1 of 1: Raises TypeError: no"],
        ),
        ("type(x)  # list", &["1 of 1: Type list"]),
        ("x = list(y)  # ~8 MB", &["1 of 1: Size ~8 MB"]),
        ("run()  # ~2 s", &["1 of 1: Timing ~2 s"]),
        (
            "print(x)  # [1,\n          #  2]",
            &["1-2 of 1: PrintValue [1,| 2]"],
        ),
        ("a, b = f()  # a = 1, b=2", &["1 of 1: AssignedValue 1, 2"]),
        (
            "a, *b = [1, 2]  # a is 1 and b is [2]",
            &["1 of 1: AssignedValue 1, [2]"],
        ),
        ("a, b = f()  # a = 1", &[]),
        ("pair = 1, 2  # (1, 2)", &["1 of 1: AssignedValue (1, 2)"]),
        ("pair = (1, 2)  # (3, 4)", &[]),
        ("x[0] = 9  # [9, 2]", &["1 of 1: AssignedValue [9, 2]"]),
        ("x[0] = 9  # 9", &[]),
        ("x[0] = 9  # [first, second]", &[]),
        ("del x[0]  # [2]", &["1 of 1: AssignedValue [2]"]),
        ("del x[0]  # the first one", &[]),
        ("def f():\n    return n  # 5", &["2 of 2: ExprValue 5"]),
        ("def f():\n    return n  # five of them", &[]),
        ("type(x)  # mappingproxy", &["1 of 1: Type mappingproxy"]),
        ("type(x)  # the class of it", &[]),
        ("run()  # (no output)", &["1 of 1: ExprValue (no output)"]),
        ("x  # Output: 3", &["1 of 1: ExprValue 3"]),
        ("x  # still 3", &["1 of 1: ExprValue 3"]),
        ("x  # about 3.1", &["1 of 1: ExprValue about 3.1"]),
        ("n = f()  # = 3", &["1 of 1: AssignedValue 3"]),
        ("s = '# 3'", &[]),
        ("{1: 2:}  # '1'", &["1 of 1: ExprValue '1'"]),
    ] {
        assert_eq!(told(code), expected, "{code}");
    }
}

#[test]
fn comment_lines_below_statements() {
    for (code, expected) in [
        ("print(x)\n# [1, 2]", &["2 of 1: BlockOutput [1, 2]"][..]),
        ("print(x)\n# And now the rest.", &[]),
        ("print(x)\n#> a\n#> b", &["2-3 of 1: BlockOutput a|b"]),
        ("f(x)\n# [1, 2]", &["2 of 1: ExprValue [1, 2]"]),
        (
            "print(x)\n# Bag({\n#   'a': 1,\n# })\n# More words.",
            &["2-4 of 1: BlockOutput Bag({|  'a': 1,|})"],
        ),
        (
            "print(x)\n'''Out:\na\nb\n'''",
            &["2-5 of 1: BlockOutput a|b"],
        ),
        ("x = f()\n# x = 3", &["2 of 1: AssignedValue 3"]),
        (
            "x = f()\n# {'a': 1}\n\ny = 2",
            &["2 of 1: AssignedValue {'a': 1}"],
        ),
        (
            "for x in 'ab':\n    print(f'item {x}')\n# item a\n# item b",
            &["3-4 of 1-2: BlockOutput item a|item b"],
        ),
        (
            "run()\n\n# Output:\n#   1\n#     2\n\n# More follows.",
            &["3-5 of 1: ExprValue 1|  2"],
        ),
        (
            "run()\n# Output: 3\n# Next we stop.",
            &["2 of 1: ExprValue 3"],
        ),
        ("run()\n# Output will follow", &[]),
        (
            "t = ()\n# t[0] = 1  # TypeError",
            &["2 of 1: Raises TypeError <t[0] = 1>"],
        ),
        (
            "t = ()\n# This raises an error:\n# t[0] = 1",
            &["2-3 of 1: Raises This raises an error: <t[0] = 1>"],
        ),
        (
            "x.go()\n# AttributeError: gone",
            &["2 of 1: Raises AttributeError: gone"],
        ),
        (
            "x.go()\n# Output: KeyError: 1",
            &["2 of 1: Raises KeyError: 1"],
        ),
        (
            "x.go()\n# Traceback (most recent call last):\n#   ...\n# KeyError: 1",
            &["2-4 of 1: Raises KeyError: 1"],
        ),
        ("# 1. First step\nx = 1", &[]),
        ("x = f()\n# 2. Second step\ny = 1", &[]),
        (
            "print(e)\n\"\"\"\nbad\n\"\"\"",
            &["2-4 of 1: BlockOutput bad"],
        ),
        ("x = f()\n# y = g()", &[]),
    ] {
        assert_eq!(told(code), expected, "{code}");
    }
}

/// What is read in a session, as `told` says it.
fn told_of_session(code: &str) -> Vec<String> {
    let mut session = snippet(code);
    session.form = Form::Session;
    shown(&read(&session).expectations)
}

#[test]
fn answers_of_a_session() {
    for (code, expected) in [
        (">>> x = 1\n>>> x\n1", &["3 of 2: Session 1"][..]),
        (">>> box[0]\n# 'red'", &["2 of 1: Session 'red'"]),
        (">>> f(2)\n>>> # so it is\n4", &["3 of 1: Session 4"]),
        (">>> f(2)\n# as before\n4", &["3 of 1: Session 4"]),
        (">>> f(2)\n\n4\n\nand so on", &["3 of 1: Session 4"]),
        (">>> f(2)\n\nand so on", &[]),
        (">>> x = 1\n# a name for it", &[]),
        (">>> x = [1]\n# [1]", &["2 of 1: Session [1]"]),
        (
            ">>> for n in x:\n...     n\n...\n1\n<BLANKLINE>\n2",
            &["4-6 of 1-2: Session 1||2"],
        ),
        (
            "  >>> f(\n  ...   1)\n   a\n  b",
            &["3-4 of 1-2: Session  a|b"],
        ),
        (
            ">>> len(x)  # 3\n>>> len(y)  # both\n2",
            &["1 of 1: ExprValue 3", "3 of 2: Session 2"],
        ),
        (">>> len(x)  # doctest: +SKIP\n2", &["2 of 1: Session 2"]),
        (
            ">>> f()\nTraceback (most recent call last):\n  ...\nKeyError: 'a'",
            &["2-4 of 1: Session Traceback (most recent call last):|  ...|KeyError: 'a'"],
        ),
    ] {
        assert_eq!(told_of_session(code), expected, "{code}");
    }
}

#[test]
fn unknown_options_are_told() {
    let mut session = snippet(">>> f()  # doctest: +ELLIPSIS, +QUICK\n1");
    session.form = Form::Session;
    let notes: Vec<String> = super::notes(&session)
        .into_iter()
        .map(|note| note.message)
        .collect();
    assert_eq!(notes, ["line 1: doctest has no option `QUICK`"]);
    assert_eq!(super::notes(&snippet("f()  # doctest: +QUICK")), []);
}

#[test]
fn the_comment_is_kept_as_it_stands() {
    let found = read(&snippet("print(x)  #   -> 3 (three)")).expectations;
    assert_eq!(found[0].comment, "#   -> 3 (three)");
    assert_eq!(found[0].notation, Notation::Trailing);
    assert_eq!(found[0].kind, Kind::PrintValue);
}

#[test]
fn comments_that_state_nothing_are_left_alone_for_a_reason() {
    for (code, why) in [
        ("print(n)  # noqa", Why::NotForReaders),
        ("n = f()  # the size of it", Why::Words),
        ("# A word on it", Why::NothingAbove),
        ("f()\n# a word on it", Why::Words),
        ("f()\n# print(n)", Why::Code),
        ("n = [\n    1,  # 7\n]", Why::InBrackets),
        ("f()\n\n# 7", Why::Apart),
        ("import os  # 7", Why::ShowsNothing),
        ("n = 8  # 7", Why::WrittenInFull),
        ("n = f()  # m = 7", Why::OtherName),
    ] {
        let found = read(&snippet(code));
        assert!(found.expectations.is_empty(), "{code}");
        let reasons: Vec<Why> = found.asides.iter().map(|aside| aside.why).collect();
        assert_eq!(reasons, [why], "{code}");
    }
}

#[test]
fn a_comment_at_a_prompt_gives_way_to_the_answer() {
    let mut session = snippet(">>> f()  # 7\n8\n>>> g()  # 9");
    session.form = Form::Session;
    let found = read(&session);
    assert_eq!(found.asides[0].why, Why::Answered);
    assert_eq!(found.asides.len(), 1);
    assert_eq!(found.expectations.len(), 2);
}
