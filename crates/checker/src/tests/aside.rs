use super::{check, exception, expectation, outcome, planned, snippet, told, write};
use snipcheck_core::{
    Event, Expectation, Kind, Line, Lines, Notation, Outcome, Repair, RepairKind, SnippetReport,
    Status, Stream, Verdict,
};

const CODE: &str = "def f():\n    print(2)\n";

/// A function that nothing calls, with an output stated on line 2.
fn called(comment: &str, events: Vec<Event>) -> SnippetReport {
    let second = Lines::new(Line::new(2), Line::new(2));
    let stated = Expectation {
        lines: second,
        statement: second,
        ..expectation(Kind::PrintValue, comment)
    };
    let mut plan = planned();
    plan.repairs.push(Repair {
        kind: RepairKind::Call,
        line: Line::FIRST,
        text: "f()".to_owned(),
    });
    let outcome = Outcome {
        called: events,
        ..outcome(Vec::new())
    };
    check(
        &snippet(CODE, vec![stated]),
        "guide.md",
        &plan,
        Some(&outcome),
    )
}

fn wrote(text: &str) -> Event {
    Event::Write {
        stream: Stream::Out,
        text: text.to_owned(),
        lines: vec![Line::new(2)],
    }
}

#[test]
fn what_a_call_shows_never_fails() {
    let raised = Event::Stopped {
        statement: Lines::new(Line::new(3), Line::new(3)),
        exception: exception("ValueError", "no"),
    };
    for (comment, events, verdict, reason) in [
        ("2", vec![wrote("2\n")], "exact", ""),
        (
            "3",
            vec![wrote("2\n")],
            "skip",
            "the guide never calls `f()`; called, it gives `2`",
        ),
        (
            "2",
            Vec::new(),
            "skip",
            "the guide never calls `f()`; called, line 2 was never reached",
        ),
        (
            "2",
            vec![raised],
            "skip",
            "the guide never calls `f()`; called, line 2 was never reached",
        ),
    ] {
        let report = called(comment, events);
        assert_eq!(told(&report), verdict, "{comment}");
        let said = report.expectations[0].reason.as_deref();
        assert_eq!(said.unwrap_or_default(), reason, "{comment}");
        assert_eq!(report.status, Some(Status::Passed), "{comment}");
    }
}

/// What is said of a transcript below a snippet that writes this.
fn run(code: &str, stated: &str, written: &Outcome, command: Option<&str>) -> String {
    let stated = Expectation {
        statement: snippet(code, Vec::new()).lines,
        notation: Notation::Transcript,
        code: command.map(str::to_owned),
        ..expectation(Kind::BlockOutput, stated)
    };
    let report = check(
        &snippet(code, vec![stated]),
        "guide.md",
        &planned(),
        Some(written),
    );
    let only = &report.expectations[0];
    match only.verdict {
        Some(Verdict::Pass) => told(&report),
        Some(Verdict::Fail) => "fail".to_owned(),
        _ => only.reason.clone().unwrap_or_default(),
    }
}

#[test]
fn transcripts_state_the_whole_output() {
    let two = || outcome(vec![write("one"), write("two")]);
    let stopped = || {
        outcome(vec![
            write("one"),
            super::stopped(exception("ValueError", "no")),
        ])
    };
    let plain = "print('one')";
    for (code, stated, written, expected) in [
        (plain, "one\ntwo", two(), "exact"),
        (plain, "one\ntwo\n(and no more)", two(), "remark"),
        (plain, "one\nthree", two(), "fail"),
        (plain, "one\nthree\n(and no more)", two(), "fail"),
        (plain, "two", two(), "leaves out lines of what was written"),
        (
            plain,
            "one\ntwo\nIt goes on.",
            two(),
            "more lines stand here than were written",
        ),
        (
            plain,
            "three\n...",
            two(),
            "leaves out lines of what was written",
        ),
        (
            plain,
            "one\ntwo",
            stopped(),
            "the snippet did not come to its end",
        ),
        (
            plain,
            "three",
            outcome(Vec::new()),
            "the command writes nothing",
        ),
        (
            "import time\nprint(time.time())",
            "one\nthree",
            two(),
            "`time` depends on where and when it runs",
        ),
        (
            "import sys\nprint(sys.argv)",
            "one\nthree",
            two(),
            "`argv` depends on where and when it runs",
        ),
    ] {
        assert_eq!(
            run(code, stated, &written, None),
            expected,
            "{code} / {stated}"
        );
    }
}

#[test]
fn code_that_imports_the_snippet_has_an_output_of_its_own() {
    let ran = |stdout: &str| {
        outcome(vec![
            write("main"),
            Event::Ran {
                expectation: 0,
                stdout: stdout.to_owned(),
            },
        ])
    };
    let not_ran = || outcome(vec![write("main")]);
    for (stated, written, expected) in [
        ("as a", ran("as a\n"), "exact"),
        ("as b\nx", ran("as a\nx\n"), "fail"),
        ("main", ran("as a\n"), "fail"),
        (
            "main",
            not_ran(),
            "the command could not be run to its end here",
        ),
    ] {
        let said = run("print('main')", stated, &written, Some("import a"));
        assert_eq!(said, expected, "{stated}");
    }
}
