//! What is written and what is given, against what a comment states.

use super::*;

#[test]
fn what_a_print_wrote() {
    for (comment, output, told) in [
        ("[1, 2]", "[1, 2]", "exact"),
        ("done", "done", "exact"),
        ("[1,2]", "[1, 2]", "literal"),
        ("'abc'", "abc", "quotes"),
        ("\"it's\"", "it's", "quotes"),
        ("[1, 2] -- changed!", "[1, 2]", "remark"),
        ("[4, 4] -- NOT [0, 1]", "[4, 4]", "remark"),
        ("Child (the lower one)", "Child", "remark"),
        ("10 EUR - Lunch", "10 EUR - Lunch", "exact"),
        ("0 = success", "0", "remark"),
        ("None (gone)", "cached: None", "label"),
        ("2a", "Hex: 2a", "label"),
        ("Hex -> 2a", "2a", "label"),
        ("X 1, Y 2", "X 1\nY 2", "joined"),
        ("a -> b -> c (in order)", "a\nb\nc", "joined"),
        ("last", "first\nlast", "line"),
        ("78.54", "78.53975", "digits"),
        ("\"Area 78.54\"", "Area 78.53975", "digits"),
        ("[0, 1, 4, ...]", "[0, 1, 4, 9, 16]", "ellipsis"),
        ("<class 'Tree'>", "<class '__main__.Tree'>", "placeholder"),
        (
            "<Tree object>",
            "<__main__.Tree object at 0x7f12ab34cd56>",
            "placeholder",
        ),
        ("1, 2, 3", "1 2 3", "joined"),
        ("'a', 'b'", "a b", "joined"),
        ("1, 2, 4", "1 2 3", "fail"),
        ("'a', 'c'", "a b", "fail"),
        ("1 2 ... 5", "1\n2\n3\n4\n5", "ellipsis"),
        ("1, 2, ..., 6", "1\n2\n3\n4\n5", "fail"),
        ("1 2 ... 6", "1\n2\n3\n4\n5", "fail"),
        ("1..6", "1\n2\n3\n4\n5", "skip"),
        ("Counts 1, 2, 3 (no more)", "1\n2\n3", "joined"),
        ("cuenta 1, 2, 3", "1\n2\n3", "joined"),
        ("2.72...", "2.718281828", "digits"),
        ("2.73...", "2.718281828", "fail"),
        ("about 2.7", "2.718281828", "digits"),
        ("about 2.8", "2.718281828", "skip"),
        ("True，因为", "True", "remark"),
        ("True，因为", "False", "fail"),
        ("相加，得到42", "42", "label"),
        ("从0到5", "1\n5", "skip"),
        ("écrit \"a, 5\" et rend à 11", "11", "label"),
        ("1,", "1", "remark"),
        ("prints 1 to 9, not 10", "1\n2\n3", "skip"),
        ("-1 -2 to the screen", "-1\n-3", "skip"),
        ("3 (the last one)", "1\n2\n3", "line"),
        ("Hi, all! says it", "Hi, all!", "remark"),
        ("'Ann' is used", "Ann, hello", "skip"),
        ("2", "is 2.5", "fail"),
        ("9.81 - the rate of fall", "Weight: 98.1 N", "skip"),
        ("1 2 3", "[1, 2, 3]", "skip"),
        ("1 2 4", "[1, 2, 3]", "fail"),
        ("(nothing)", "words", "skip"),
        ("prints nothing", "words", "fail"),
        ("3，5", "4", "skip"),
        ("\"so: ['a','b']\"", "so: ['a', 'b']", "quotes"),
        (
            "<function inner at 0x10aa>",
            "<function f.<locals>.inner at 0x7f12ab34cd56>",
            "placeholder",
        ),
        (
            "<function other at 0x10aa>",
            "<function f.<locals>.inner at 0x7f12ab34cd56>",
            "skip",
        ),
        // Prose, and what may be meant otherwise.
        ("Works!", "[1, 2]", "skip"),
        ("Fine", "abc", "skip"),
        ("a list of numbers", "[1, 2]", "skip"),
        ("SELECT * FROM users (1 query)", "ann", "skip"),
        ("(first, second, third)", "(1, 2, 3)", "skip"),
        ("Line 5", "abc", "skip"),
        ("O(1)", "[1, 2]", "skip"),
        ("3 arguments", "(1, 2)", "skip"),
        ("False in a REPL, may be True in a file", "True", "label"),
        ("False in a REPL, may be True in a file", "None", "skip"),
        ("\"a\" then \"b\"", "a\nb", "joined"),
        ("True if it is there", "False", "skip"),
        ("Expected total: 0, Actual: 50", "51", "skip"),
        ("default: 3", "4", "skip"),
        ("~3.2", "3.9", "skip"),
        ("true", "True", "skip"),
        ("Hello, <name>!", "Hello, Ann!", "skip"),
        ("3", "1 of 3", "label"),
        ("1", "1 of 3", "skip"),
        ("[0, 0]", "[0. 0.]", "skip"),
        ("2", "started", "skip"),
        ("2", "None", "fail"),
    ] {
        assert_eq!(printed(comment, output), told, "{comment} / {output}");
    }
}

#[test]
fn what_an_expression_gives() {
    for (comment, repr, told) in [
        ("3", "3", "exact"),
        ("'abc'", "'abc'", "exact"),
        ("abc", "'abc'", "quotes"),
        ("Suffix (.csv)", "'.csv'", "label"),
        ("First match: 'a1'", "'a1'", "label"),
        ("(5 / 2) * 2 rounded = 4", "4", "label"),
        (
            "<Tree>",
            "<__main__.Tree object at 0x7f12ab34cd56>",
            "placeholder",
        ),
        ("1.0", "1", "fail"),
        ("<Leaf>", "<__main__.Tree object at 0x7f12ab34cd56>", "fail"),
        ("2 - before the last one", "3", "fail"),
        ("False!", "True", "fail"),
        ("2, 1", "(2, 1)", "joined"),
        ("2 1", "(2, 1)", "joined"),
        ("1, [2, 3]", "(1, [2, 3])", "joined"),
        ("1, 2", "(2, 1)", "fail"),
        ("1, [2, 4]", "(1, [2, 3])", "fail"),
        (
            "('a', 1), ('b', 2)",
            "<zip object at 0x7f12ab34cd56>",
            "skip",
        ),
        ("'Ann'", "'The name is Ann'", "skip"),
        ("'The name is An'", "'The name is Ann'", "fail"),
        ("Check error: 'B' is no 'A'", "'C'", "skip"),
        (
            "<__main__.Leaf object at 0x7f>",
            "<__main__.Tree object at 0x7f12ab34cd56>",
            "fail",
        ),
        ("['__add__', 'go']", "['__new__', 'go']", "skip"),
        ("[2, 4]", "<map object at 0x7f12ab34cd56>", "skip"),
        ("['a']", "dict_keys(['b'])", "skip"),
        ("7 7", "repeat(7, 2)", "skip"),
        ("1, 9", "deque([1, 2])", "fail"),
        ("[0, 0]", "array([0., 0.])", "skip"),
        ("[0, 0]", "'no list'", "fail"),
        ("True", "<re.Match object>", "skip"),
        ("2", "'started'", "skip"),
        ("7.14", "'3.14'", "fail"),
        ("(5+2j)", "(1+2j)", "fail"),
        ("2024-02-01", "'2024-02-01'", "quotes"),
        ("3", "None", "skip"),
        ("sorts in place", "None", "skip"),
    ] {
        assert_eq!(valued(comment, repr), told, "{comment} / {repr}");
    }
}

/// Whatever holds must fail once the guide states something else.
#[test]
fn a_corrupted_statement_fails() {
    for (comment, output) in [
        ("[1, 9]", "[1, 2]"),
        ("[1,9]", "[1, 2]"),
        ("'abd'", "abc"),
        ("[1, 9] -- changed!", "[1, 2]"),
        ("[4, 5] -- NOT [0, 1]", "[4, 4]"),
        ("False (same object)", "True"),
        ("51, not 0!", "50"),
        ("([1],) initially", "([],)"),
        ("78.55", "78.53975"),
        ("\"Area 79.54\"", "Area 78.53975"),
        ("[0, 1, 5, ...]", "[0, 1, 4, 9, 16]"),
        ("<class 'Leaf'>", "<class '__main__.Tree'>"),
        ("{'a': 2}", "{'a': 1}"),
        ("None (gone)", "cached: 3"),
        ("3 5", "3 4"),
        ("\"a\" then \"b\"", "a"),
        ("{'a': 1}", "defaultdict(<class 'int'>, {'a': 1})"),
        ("Point(x=1, y=3)", "Point(x=1, y=2)"),
        (
            "Instance: 4, Class: the sama text",
            "Instance: 4, Class: the same text",
        ),
        ("timestomp", "timestamp"),
        ("X 1, Y 3, Z 3", "X 1\nY 2\nZ 3"),
        ("Instonce: a, Class: b c", "Instance: a, Class: b c"),
        (
            "{'Bush': <class 'Tree'>}",
            "{'Tree': <class '__main__.Tree'>}",
        ),
        ("Counter({'a': 7, 'b': 1})", "Counter({'a': 3, 'b': 1})"),
    ] {
        assert_eq!(printed(comment, output), "fail", "{comment} / {output}");
        let repr = if output.contains(": ") || output.contains(' ') && !output.contains('[') {
            continue;
        } else {
            output
        };
        if snipcheck_core::Written::of(output).is_some_and(|written| written.is_literal()) {
            assert_eq!(valued(comment, repr), "fail", "{comment} / {repr}");
        }
    }
}

#[test]
fn a_call_that_gives_none() {
    let with_state = |comment: &str, state: &str| {
        let event = Event::Value {
            expectation: 0,
            value: Value {
                repr: "None".to_owned(),
                state: vec![state.to_owned()],
                ..Value::default()
            },
        };
        told(&run(
            "x.append(2)",
            expectation(Kind::ExprValue, comment),
            vec![event],
        ))
    };
    assert_eq!(with_state("[1, 2]", "[1, 2]"), "state");
    assert_eq!(with_state("[1, 3]", "[1, 2]"), "fail");
    assert_eq!(
        with_state("deque([2])", "deque([2], maxlen=1)"),
        "placeholder"
    );
    assert_eq!(with_state("2 items", "[1, 2]"), "skip");
    let printing = expectation(Kind::ExprValue, "\"B\" (the lower one)");
    assert_eq!(
        told(&run("d.go()", printing, vec![write("B"), value("None")])),
        "remark"
    );
}

#[test]
fn several_values() {
    let several = |comment: &str| {
        let events = ["10", "12", "14", "16"].map(value).into();
        told(&run(
            "for n in f():",
            expectation(Kind::ExprValue, comment),
            events,
        ))
    };
    assert_eq!(several("10, 12, 14, ..."), "ellipsis");
    assert_eq!(several("10, 12, 14, 16"), "joined");
    assert_eq!(several("16"), "exact");
    assert_eq!(several("17"), "skip");
    assert_eq!(several("10, 13, 14, ..."), "fail");
}

#[test]
fn blocks_of_output() {
    let told = |notation: Notation, text: &str, lines: &[&str]| {
        let block = Expectation {
            notation,
            ..expectation(Kind::BlockOutput, text)
        };
        let mut events: Vec<Event> = lines.iter().map(|line| write(line)).collect();
        events.push(done());
        told(&run("f()", block, events))
    };
    let (marked, below) = (Notation::Marked, Notation::Below);
    for (notation, text, lines, verdict) in [
        (marked, "a\nb", &["a", "b"][..], "exact"),
        (
            marked,
            "1: [1]\n2: [2]  <- twice",
            &["1: [1]", "2: [2]"],
            "remark",
        ),
        (marked, "a\n(no more)", &["a"], "remark"),
        (marked, "a\nc", &["a", "b"], "fail"),
        (marked, "b", &["a", "b"], "line"),
        (marked, "a\n...", &["a", "b", "c"], "ellipsis"),
        (marked, "nothing seen", &[], "skip"),
        (marked, "\na\n\nb", &["a", "", "b"], "whitespace"),
        (marked, "a\nSo the list is unchanged.", &["a"], "remark"),
        (marked, "a\nc", &["a", "b", "c"], "skip"),
        (
            below,
            "[Leaf, object]",
            &["[<class '__main__.Leaf'>, <class 'object'>]"],
            "placeholder",
        ),
        (
            below,
            "1402... 1403... 1402...",
            &["771 772 771"],
            "placeholder",
        ),
        (below, "1402... 1403... 1402...", &["771 772 773"], "skip"),
        (below, "[1, 3]", &["[1, 2]"], "fail"),
        (below, "and so it goes", &["[1, 2]"], "skip"),
    ] {
        assert_eq!(told(notation, text, lines), verdict, "{text}");
    }
}

#[test]
fn numbers_of_steps_are_no_values() {
    let behind = |line: u32, text: &str| Expectation {
        lines: Lines::one(Line::new(line)),
        statement: Lines::one(Line::new(line)),
        ..expectation(Kind::ExprValue, text)
    };
    let value = |expectation: usize| Event::Value {
        expectation,
        value: Value {
            repr: "7".to_owned(),
            ..Value::default()
        },
    };
    for (code, first, second, verdict) in [
        ("f()\ng()\n", "1", "2", Verdict::Skip),
        ("f()\ng()\n", "1", "1", Verdict::Fail),
        // So often is each of them done.
        (
            "f()\ng()\nfor x in y:  # 4\n    pass\n",
            "1",
            "1",
            Verdict::Skip,
        ),
    ] {
        let snippet = snippet(code, vec![behind(1, first), behind(2, second)]);
        let events = outcome(vec![value(0), value(1)]);
        let report = check(&snippet, "guide.md", &planned(), Some(&events));
        let verdicts = report.expectations.iter().map(|one| one.verdict);
        assert!(
            verdicts.eq([Some(verdict), Some(verdict)]),
            "{code} {first} {second}"
        );
    }
}

#[test]
fn a_literal_that_stands_alone_is_no_call() {
    let stated = expectation(Kind::ExprValue, "'ab   '");
    let events = vec![value("{'ab': 5}"), done()];
    assert_eq!(told(&run("{'ab': 5}  # 'ab   '", stated, events)), "skip");
}

#[test]
fn what_a_store_changed() {
    for (comment, verdict) in [
        ("[9, 2]", "state"),
        ("{'k': [9, 2]}", "state"),
        ("[9, 3]", "fail"),
        ("{'k': [9, 3]}", "fail"),
        ("(9, 2)", "skip"),
        ("8", "skip"),
    ] {
        let event = Event::Value {
            expectation: 0,
            value: Value {
                repr: "9".to_owned(),
                state: vec!["[9, 2]".to_owned(), "{'k': [9, 2]}".to_owned()],
                ..Value::default()
            },
        };
        let stated = expectation(Kind::AssignedValue, comment);
        let report = run("d['k'][0] = 9", stated, vec![event, done()]);
        assert_eq!(told(&report), verdict, "{comment}");
    }
}

#[test]
fn types_are_judged_by_name() {
    for (code, comment, repr, verdict) in [
        ("type(x)", "str", "<class 'int'>", "fail"),
        ("type(x)", "int", "<class 'int'>", "type"),
        (
            "class Leaf: pass\ntype(x)",
            "Leaf",
            "<class '__main__.Tree'>",
            "fail",
        ),
        ("type(x)", "iterator", "<class 'list_iterator'>", "skip"),
        (
            "type(x)",
            "function",
            "<class 'builtin_function_or_method'>",
            "skip",
        ),
    ] {
        let stated = expectation(Kind::Type, comment);
        let report = run(code, stated, vec![value(repr), done()]);
        assert_eq!(told(&report), verdict, "{code} {comment}");
    }
    for (code, comment, output, verdict) in [
        ("print(type(x))", "str", "<class 'int'>", "fail"),
        ("print(type(x).__name__)", "str", "int", "fail"),
        (
            "print(type(x))",
            "a kind of number",
            "<class 'int'>",
            "skip",
        ),
        ("print(x)", "str", "int", "skip"),
    ] {
        let stated = expectation(Kind::PrintValue, comment);
        let report = run(code, stated, vec![write(output)]);
        assert_eq!(told(&report), verdict, "{code} {comment}");
    }
}

#[test]
fn silence() {
    let stated = || expectation(Kind::ExprValue, "(no output)");
    assert_eq!(
        told(&run("f()", stated(), vec![value("None"), done()])),
        "exact"
    );
    let loud = vec![write("Hello"), value("None"), done()];
    assert_eq!(told(&run("f()", stated(), loud)), "fail");
    assert_eq!(told(&run("f()", stated(), Vec::new())), "skip");
    assert_eq!(printed("''", ""), "quotes");
}

#[test]
fn lines_that_are_set_off_from_words() {
    let block = |text: &str| {
        let mut stated = expectation(Kind::BlockOutput, text);
        stated.notation = Notation::Marked;
        told(&run("f()", stated, vec![write("b 2\na 1"), done()]))
    };
    assert_eq!(block("  b 2\n  a 1\nThe order is kept"), "remark");
    assert_eq!(block("  b 3\n  a 1\nThe order is kept"), "fail");
    assert_eq!(block("  a 1\n  b 2\nIn an arbitrary order"), "skip");
}

#[test]
fn what_a_function_gives_back() {
    for (comment, verdict) in [("5", "exact"), ("6", "skip")] {
        let stated = expectation(Kind::ExprValue, comment);
        let report = run("return n", stated, vec![value("5"), done()]);
        assert_eq!(told(&report), verdict, "{comment}");
    }
}
