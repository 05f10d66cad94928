//! Exceptions, measures, and what cannot be judged.

use super::*;

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
        ("print(sys.stdin.read())", "skip"),
        ("print(time.time())", "skip"),
        ("print(time.sleep(0))", "fail"),
        ("print(x)\nhere = os.getcwd()", "fail"),
    ] {
        let report = run(
            code,
            expectation(Kind::PrintValue, "'/srv/ann'"),
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
fn other_pythons_and_other_machines() {
    for (code, comment, verdict) in [
        ("print(f(5))", "2", "fail"),
        ("print(f(5))\nprint 'a', 3", "2", "skip"),
        (
            "print(f(5))\ntry:\n    g()\nexcept E, e:\n    pass",
            "2",
            "skip",
        ),
        ("print(f(5))\n'''\nprint the result\n'''", "2", "fail"),
        ("print(f(5))\nclass A:\n    __metaclass__ = M", "2", "skip"),
        ("print(f(5))", "['C:\\\\Python\\\\Lib']", "skip"),
        ("print(f('/home/ann'))", "'/home/ann'", "fail"),
    ] {
        let stated = expectation(Kind::PrintValue, comment);
        let report = run(code, stated, vec![write("2.5")]);
        assert_eq!(told(&report), verdict, "{code} {comment}");
    }
    for (code, verdict) in [
        ("# in Python 2\nprint(f(5))", "skip"),
        ("# in Python 3\nprint(f(5))", "fail"),
        ("def f(n):\n    pass\nprint(f(5))", "skip"),
        ("def f(n):\n    return n\nprint(f(5))", "fail"),
    ] {
        let last = Line::from_index(code.matches('\n').count());
        let stated = Expectation {
            statement: Lines::one(last),
            ..expectation(Kind::PrintValue, "2")
        };
        let write = Event::Write {
            stream: Stream::Out,
            text: "2.5\n".to_owned(),
            lines: vec![last],
        };
        assert_eq!(told(&run(code, stated, vec![write])), verdict, "{code}");
    }
}
