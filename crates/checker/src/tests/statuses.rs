//! Statuses and second opinions.

use super::*;
use crate::in_context;

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
        (
            &plain,
            vec![stopped(exception(
                "SyntaxError",
                "'return' outside function",
            ))],
            Status::Incomplete,
            "is a part of a function or a loop",
        ),
        (
            &plain,
            vec![stopped(exception(
                "TclError",
                "no display name and no $DISPLAY environment variable",
            ))],
            Status::Incomplete,
            "needs a display",
        ),
    ] {
        assert_eq!(status(plan, events), (expected, reason.to_owned()));
    }
}

#[test]
fn limits_that_show_as_an_exception() {
    for (type_name, message, reason) in [
        (
            "MemoryError",
            "",
            Some("line 1 needs more memory than the 2 GiB that a process may take"),
        ),
        (
            "RuntimeError",
            "can't start new thread",
            Some(
                "line 1 starts more than 512 processes and threads, or has no memory for one more",
            ),
        ),
        (
            "OSError",
            "[Errno 24] Too many open files: 'x'",
            Some("line 1 opens more than 1024 files at once"),
        ),
        (
            "OSError",
            "[Errno 28] No space left on device",
            Some("line 1 writes more than the 512 MiB of disk that it may"),
        ),
        ("OSError", "[Errno 22] Invalid argument", None),
        ("ValueError", "[Errno 24] of my own", None),
        ("RuntimeError", "can't start", None),
    ] {
        let events = vec![stopped(exception(type_name, message))];
        let snippet = snippet("x = f()", Vec::new());
        let report = check(&snippet, "guide.md", &planned(), Some(&outcome(events)));
        let expected = reason.map_or(Status::Errored, |_| Status::Limited);
        assert_eq!(report.status, Some(expected), "{type_name} {message}");
        if reason.is_some() {
            assert_eq!(report.reason.as_deref(), reason);
        }
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
fn syntax_of_a_newer_python_is_not_wrong() {
    for (code, reason) in [
        ("type Pair = tuple[int, int]", Some("3.12")),
        ("match x:\n    case 1: pass", Some("3.10")),
        ("x = 1 1", None),
    ] {
        let error = Exception {
            line: Some(Line::FIRST),
            ..exception("SyntaxError", "invalid syntax")
        };
        let snippet = snippet(code, Vec::new());
        let events = outcome(vec![stopped(error)]);
        let report = check(&snippet, "guide.md", &planned(), Some(&events));
        let expected = reason.map(|version| {
            format!("needs Python {version} for its syntax (snipcheck run --python {version})")
        });
        if expected.is_some() {
            assert_eq!(report.status, Some(Status::Incomplete), "{code}");
            assert_eq!(report.reason, expected, "{code}");
        } else {
            assert_eq!(report.status, Some(Status::Errored), "{code}");
        }
    }
}

#[test]
fn a_fence_with_a_traceback_announces_it() {
    for (last, status) in [
        ("KeyError: 1", Status::Passed),
        ("ValueError: 1", Status::Errored),
    ] {
        let shown = format!("Traceback (most recent call last):\n  ...\n{last}");
        let report = run(
            "f()",
            expectation(Kind::FollowingFence, &shown),
            vec![stopped(exception("KeyError", "1"))],
        );
        assert_eq!(report.status, Some(status), "{last}");
    }
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

#[test]
fn what_holds_after_other_snippets_passes() {
    let stated = |text: &str, statement: Lines| Expectation {
        lines: statement,
        statement,
        ..expectation(Kind::PrintValue, text)
    };
    let second = Lines::one(Line::FIRST.plus(1));
    let snippet = snippet(
        "print(a)\nprint(b)",
        vec![stated("51", FIRST), stated("72", second)],
    );
    let ran = |outputs: [&str; 2]| {
        let later = Event::Write {
            stream: Stream::Out,
            text: format!("{}\n", outputs[1]),
            lines: vec![second.first],
        };
        outcome(vec![write(outputs[0]), later])
    };
    let (pass, fail) = (Some(Verdict::Pass), Some(Verdict::Fail));
    for (after, verdict, finding) in [
        (["51", "72"], pass, Some("true after others")),
        (["51", "4"], fail, None),
        (["0", "72"], fail, None),
    ] {
        let mut report = check(&snippet, "guide.md", &planned(), Some(&ran(["51", "3"])));
        in_context(
            &mut report,
            &snippet,
            &planned(),
            "after others",
            &ran(after),
        );
        let found = &report.expectations[1];
        assert_eq!(report.expectations[0].verdict, pass);
        assert_eq!(found.verdict, verdict, "{after:?}");
        let detail = found.finding.as_ref().map(|f| f.detail.as_str());
        assert_eq!(detail, finding);
    }
}
