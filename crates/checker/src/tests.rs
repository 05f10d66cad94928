//! Small snippets with made-up outcomes, and what must be said of them.

use crate::{check, list, second_opinion};
use snipcheck_core::{
    Directives, Event, Exception, Exit, Expectation, FindingKind, Form, Kind, Line, Lines,
    Notation, Outcome, Output, Planned, Repair, RepairKind, Snippet, SnippetId, SnippetReport,
    Status, Stream, Value, Verdict,
};

const FIRST: Lines = Lines {
    first: Line::FIRST,
    last: Line::FIRST,
};

fn expectation(kind: Kind, text: &str) -> Expectation {
    Expectation {
        lines: FIRST,
        statement: FIRST,
        kind,
        notation: Notation::Trailing,
        comment: format!("# {text}"),
        text: text.to_owned(),
        code: None,
    }
}

fn snippet(code: &str, expectations: Vec<Expectation>) -> Snippet {
    let last = Line::from_index(code.trim_end().matches('\n').count());
    Snippet {
        id: SnippetId("guide/part".to_owned()),
        lines: Lines::new(Line::FIRST, last),
        code: code.to_owned(),
        form: Form::Script,
        bytes: 0..code.len(),
        indent: 0,
        info: String::new(),
        headings: Vec::new(),
        directives: Directives::default(),
        expectations,
        notes: Vec::new(),
    }
}

fn planned() -> Planned {
    Planned {
        id: SnippetId("guide/part".to_owned()),
        skip: None,
        incomplete: None,
        needs: Vec::new(),
        repairs: Vec::new(),
        undefined: Vec::new(),
        unit: None,
    }
}

fn outcome(events: Vec<Event>) -> Outcome {
    let written = events.iter().filter_map(|event| match event {
        Event::Write { text, .. } => Some(text.as_str()),
        _ => None,
    });
    Outcome {
        exit: Exit::Completed,
        duration_ms: 1.0,
        max_rss_kib: 1,
        stdout: Output {
            text: written.collect(),
            cut: false,
        },
        stderr: Output::default(),
        events,
        as_it_stands: None,
        notes: Vec::new(),
    }
}

fn write(text: &str) -> Event {
    Event::Write {
        stream: Stream::Out,
        text: format!("{text}\n"),
        lines: vec![Line::FIRST],
    }
}

fn value(repr: &str) -> Event {
    Event::Value {
        expectation: 0,
        value: Value {
            repr: repr.to_owned(),
            ..Value::default()
        },
    }
}

fn exception(type_name: &str, message: &str) -> Exception {
    Exception {
        type_name: type_name.to_owned(),
        bases: vec!["Exception".to_owned()],
        message: message.to_owned(),
        line: Some(Line::FIRST),
        traceback: String::new(),
    }
}

fn stopped(exception: Exception) -> Event {
    Event::Stopped {
        statement: FIRST,
        exception,
    }
}

fn done() -> Event {
    Event::Done { expectation: 0 }
}

fn run(code: &str, expectation: Expectation, events: Vec<Event>) -> SnippetReport {
    let snippet = snippet(code, vec![expectation]);
    check(&snippet, "guide.md", &planned(), Some(&outcome(events)))
}

/// The verdict on the only expectation, with the rule that passed.
fn told(report: &SnippetReport) -> String {
    let only = &report.expectations[0];
    match (only.verdict, &only.rule) {
        (Some(Verdict::Pass), Some(rule)) => rule.clone(),
        (Some(Verdict::Fail), _) => "fail".to_owned(),
        (Some(Verdict::Skip), _) => "skip".to_owned(),
        other => format!("{other:?}"),
    }
}

fn printed(comment: &str, output: &str) -> String {
    let expectation = expectation(Kind::PrintValue, comment);
    told(&run("print(x)", expectation, vec![write(output)]))
}

fn valued(comment: &str, repr: &str) -> String {
    let expectation = expectation(Kind::ExprValue, comment);
    told(&run("f(x)", expectation, vec![value(repr), done()]))
}

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
        ("[2, 4]", "<map object at 0x7f12ab34cd56>", "skip"),
        ("['a']", "dict_keys(['b'])", "skip"),
        ("True", "<re.Match object>", "skip"),
        ("2", "'started'", "skip"),
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
fn exceptions() {
    let raised = |text: &str, type_name: &str, message: &str| {
        let event = Event::Raised {
            expectation: 0,
            exception: Some(exception(type_name, message)),
        };
        told(&run(
            "raise X",
            expectation(Kind::Raises, text),
            vec![event, done()],
        ))
    };
    for (text, type_name, message, verdict) in [
        ("TypeError", "TypeError", "bad", "type"),
        ("Raises TypeError", "TypeError", "bad", "type"),
        ("TypeError: bad", "TypeError", "bad", "exact"),
        (
            "TypeError: can't make",
            "TypeError",
            "can't make it so",
            "ellipsis",
        ),
        ("TypeError - no such thing", "TypeError", "bad", "type"),
        ("Exception", "TypeError", "bad", "type"),
        ("Error!", "TypeError", "bad", "type"),
        ("ValueError", "TypeError", "bad", "fail"),
        ("ValueError if it is bad", "TypeError", "bad", "skip"),
        ("ValueError", "NameError", "name 'x' is not defined", "skip"),
        (
            "ValueError: must be 3 or more",
            "ValueError",
            "must be 4 or more",
            "fail",
        ),
        (
            "ValueError: too small",
            "ValueError",
            "must be 4 or more",
            "type",
        ),
    ] {
        assert_eq!(raised(text, type_name, message), verdict, "{text}");
    }
    let quiet = |text: &str| told(&run("x = 1", expectation(Kind::Raises, text), vec![done()]));
    assert_eq!(quiet("TypeError"), "fail");
    let shown = expectation(Kind::Raises, "TypeError: bad");
    assert_eq!(
        told(&run("print(e)", shown.clone(), vec![write("bad"), done()])),
        "label"
    );
    assert_eq!(
        told(&run("print(e)", shown, vec![write("good"), done()])),
        "skip"
    );
    assert_eq!(quiet("Error!"), "skip");
    assert_eq!(quiet("TypeError in strict mode if asked"), "skip");
    let in_function = Expectation {
        statement: Lines::one(Line::new(2)),
        ..expectation(Kind::Raises, "ZeroDivisionError")
    };
    let report = run(
        "def f(a, b):\n    return a / b\n",
        in_function,
        vec![done()],
    );
    assert_eq!(told(&report), "skip");
}

#[test]
fn a_block_that_does_not_parse_needs_no_run() {
    let snippet = snippet(
        "x := 1",
        vec![expectation(Kind::Raises, "SyntaxError (in a statement)")],
    );
    let report = check(&snippet, "guide.md", &planned(), None);
    assert_eq!(report.expectations[0].verdict, Some(Verdict::Pass));
    assert_eq!(report.status, Some(Status::Passed));
}

#[test]
fn types_sizes_and_times() {
    let of = |kind: Kind, code: &str, text: &str, events: Vec<Event>| {
        told(&run(code, expectation(kind, text), events))
    };
    let class = vec![value("<class 'list'>")];
    assert_eq!(of(Kind::Type, "type(x)", "list", class.clone()), "type");
    assert_eq!(of(Kind::Type, "type(x)", "tuple", class), "fail");
    assert_eq!(of(Kind::Type, "f(x)", "tuple", vec![value("[1]")]), "skip");
    let getsizeof = "print(sys.getsizeof(x))";
    assert_eq!(
        of(Kind::Size, getsizeof, "~100 bytes", vec![write("112")]),
        "size"
    );
    assert_eq!(
        of(Kind::Size, getsizeof, "~100 bytes", vec![write("200")]),
        "fail"
    );
    assert_eq!(of(Kind::Size, "x = f()", "~8MB", vec![done()]), "skip");
    assert_eq!(
        of(Kind::Timing, "print(t)", "~2s", vec![write("9.1")]),
        "skip"
    );
}

#[test]
fn what_was_not_reached_is_skipped() {
    let print = || expectation(Kind::PrintValue, "3");
    let reason = |report: &SnippetReport| report.expectations[0].reason.clone().unwrap_or_default();
    let report = run("print(x)", print(), vec![]);
    assert_eq!(reason(&report), "line 1 was never reached");
    let report = run(
        "print(x)",
        print(),
        vec![stopped(exception("KeyError", "'a'"))],
    );
    assert_eq!(reason(&report), "line 1 raised KeyError: 'a'");
    let not_run = Event::NotRun {
        statement: FIRST,
        because: Line::new(7),
    };
    let report = run("print(x)", print(), vec![not_run]);
    assert_eq!(reason(&report), "needs what line 7 would have made");
}

#[test]
fn what_did_not_run_before_makes_a_fail_doubtful() {
    let late = Expectation {
        statement: Lines::one(Line::new(3)),
        ..expectation(Kind::PrintValue, "3")
    };
    let told = |line: u32, type_name: &str| {
        let event = Event::Stopped {
            statement: Lines::one(Line::new(line)),
            exception: exception(type_name, "name 'x' is not defined"),
        };
        let write = Event::Write {
            stream: Stream::Out,
            text: "4\n".to_owned(),
            lines: vec![Line::new(3)],
        };
        told(&run(
            "f()\ng()\nprint(n)\n",
            late.clone(),
            vec![event, write],
        ))
    };
    assert_eq!(told(2, "NameError"), "skip");
    assert_eq!(told(2, "ValueError"), "fail");
    // A statement of an earlier snippet.
    assert_eq!(told(9, "NameError"), "skip");
    assert_eq!(told(9, "ValueError"), "fail");
}

#[test]
fn what_depends_on_the_surroundings_makes_no_guide_wrong() {
    for (code, verdict) in [
        ("print(os.getcwd())", "skip"),
        ("print(id(x))", "skip"),
        ("print(time.time())", "skip"),
        ("print(time.sleep(0))", "fail"),
        ("print(x)\nhere = os.getcwd()", "fail"),
    ] {
        let report = run(
            code,
            expectation(Kind::PrintValue, "'/home/ann'"),
            vec![write("/work")],
        );
        assert_eq!(told(&report), verdict, "{code}");
    }
    let code = "def stamp():\n    return date.today()\nday = stamp()\nprint(day.year)\n";
    let last = Expectation {
        statement: Lines::one(Line::new(4)),
        ..expectation(Kind::PrintValue, "2020")
    };
    let write = Event::Write {
        stream: Stream::Out,
        text: "2021\n".to_owned(),
        lines: vec![Line::new(4)],
    };
    assert_eq!(told(&run(code, last, vec![write])), "skip");
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
            repr: "'made'".to_owned(),
            ..Value::default()
        },
    };
    let snippet = snippet("f()\ng()\n", vec![behind(1, "1"), behind(2, "2")]);
    let events = outcome(vec![value(0), value(1)]);
    let report = check(&snippet, "guide.md", &planned(), Some(&events));
    assert!(
        report
            .expectations
            .iter()
            .all(|one| one.verdict == Some(Verdict::Skip))
    );
}

#[test]
fn statuses() {
    let status = |planned: &Planned, events: Vec<Event>| {
        let snippet = snippet("x = f()", vec![expectation(Kind::PrintValue, "3")]);
        let report = check(&snippet, "guide.md", planned, Some(&outcome(events)));
        (report.status.unwrap(), report.reason.unwrap_or_default())
    };
    let plain = planned();
    let undefined = Planned {
        undefined: vec!["f".to_owned()],
        ..planned()
    };
    let name_error = || stopped(exception("NameError", "name 'f' is not defined"));
    for (plan, events, expected, reason) in [
        (&plain, vec![write("3")], Status::Passed, ""),
        (
            &plain,
            vec![write("4")],
            Status::Failed,
            "1 of 1 expectations fail",
        ),
        (
            &plain,
            vec![stopped(exception("NameError", "name 'x' is not defined"))],
            Status::Errored,
            "line 1 raises NameError: name 'x' is not defined",
        ),
        (
            &plain,
            vec![name_error()],
            Status::Incomplete,
            "uses `f`, which is not defined here",
        ),
        (
            &undefined,
            vec![name_error()],
            Status::Incomplete,
            "uses `f`, which nothing in the guide defines",
        ),
        (
            &plain,
            vec![stopped(exception(
                "ModuleNotFoundError",
                "No module named 'pkg.sub'",
            ))],
            Status::Incomplete,
            "needs the package `pkg`, which is not installed",
        ),
        (
            &plain,
            vec![stopped(exception(
                "FileNotFoundError",
                "[Errno 2] No such file: 'a.txt'",
            ))],
            Status::Incomplete,
            "needs the file `a.txt`",
        ),
        (
            &plain,
            vec![stopped(exception("EOFError", "EOF when reading a line"))],
            Status::Incomplete,
            "needs input on stdin",
        ),
    ] {
        assert_eq!(status(plan, events), (expected, reason.to_owned()));
    }
}

#[test]
fn a_missing_import_is_told_with_what_it_would_change() {
    let plan = Planned {
        repairs: vec![Repair {
            kind: RepairKind::Import,
            line: Line::FIRST,
            text: "import copy".to_owned(),
        }],
        ..planned()
    };
    let snippet = snippet(
        "print(copy.copy(x))",
        vec![expectation(Kind::PrintValue, "3")],
    );
    let mut run = outcome(vec![write("3")]);
    run.as_it_stands = Some(exception("NameError", "name 'copy' is not defined"));
    let report = check(&snippet, "guide.md", &plan, Some(&run));
    assert_eq!(report.status, Some(Status::Errored));
    let reason = "`copy` is used and never imported; with it 1 of 1 expectations hold";
    assert_eq!(report.reason.as_deref(), Some(reason));
}

#[test]
fn an_announced_exception_is_no_error() {
    let report = run(
        "f()",
        expectation(Kind::Raises, "KeyError"),
        vec![stopped(exception("KeyError", "1"))],
    );
    assert_eq!(report.status, Some(Status::Passed));
    assert_eq!(
        report.exception.map(|e| e.type_name),
        Some("KeyError".to_owned())
    );
}

#[test]
fn a_second_opinion_amends_a_fail() {
    let snippet = snippet(
        "print(a is b)",
        vec![expectation(Kind::PrintValue, "False")],
    );
    let first = outcome(vec![write("True")]);
    let amended = |kind: FindingKind, again: &str| {
        let mut report = check(&snippet, "guide.md", &planned(), Some(&first));
        let again = outcome(vec![write(again)]);
        second_opinion(&mut report, &snippet, &planned(), kind, &again);
        let finding = report.expectations[0].finding.clone();
        (
            report.status.unwrap(),
            told(&report),
            finding.map(|finding| finding.detail),
        )
    };
    let mode = "False statement by statement, True as a file".to_owned();
    let unstable = "True in one run, 7 in another".to_owned();
    for (kind, again, expected) in [
        (
            FindingKind::Mode,
            "False",
            (Status::Failed, "fail".to_owned(), Some(mode)),
        ),
        (
            FindingKind::Mode,
            "True",
            (Status::Failed, "fail".to_owned(), None),
        ),
        (
            FindingKind::Unstable,
            "7",
            (Status::Passed, "skip".to_owned(), Some(unstable)),
        ),
        (
            FindingKind::Unstable,
            "True",
            (Status::Failed, "fail".to_owned(), None),
        ),
    ] {
        assert_eq!(amended(kind, again), expected);
    }
}

#[test]
fn a_listing_has_no_verdicts() {
    let snippet = snippet("print(x)", vec![expectation(Kind::PrintValue, "3")]);
    let report = list(&snippet, "guide.md", &planned());
    assert_eq!(
        (report.status, report.expectations[0].verdict),
        (None, None)
    );
    assert_eq!(report.expectations[0].expected.as_deref(), Some("3"));
}
