//! Answers of prompts, and what must be said of them.

use super::*;

/// A session of one prompt; the answer stands below it.
fn answered(code: &str, answer: &str, events: Vec<Event>) -> SnippetReport {
    let mut answer_only = expectation(Kind::Session, answer);
    answer_only.notation = Notation::Below;
    answer_only.comment = answer.to_owned();
    answer_only.text = answer.trim_start_matches("# ").to_owned();
    answer_only.lines = Lines::one(Line::new(2));
    let mut session = snippet(&format!(">>> {code}\n{answer}\n"), vec![answer_only]);
    session.form = Form::Session;
    check(&session, "guide.md", &planned(), Some(&outcome(events)))
}

/// The verdict where the prompt echoes this value.
fn echoed(answer: &str, repr: &str) -> String {
    let shown = vec![value(repr), write(repr), done()];
    told(&answered("x", answer, shown))
}

/// The verdict where the statement writes this and has no value.
fn wrote(answer: &str, output: &str) -> String {
    let shown = vec![write(output), value("None"), done()];
    told(&answered("show()", answer, shown))
}

#[test]
fn echoes() {
    for (answer, repr, verdict) in [
        ("[1, 2]", "[1, 2]", "exact"),
        ("[1,\n 2]", "[1, 2]", "whitespace"),
        ("{2, 1}", "{1, 2}", "literal"),
        ("[1, ..., 9]", "[1, 2, 9]", "ellipsis"),
        ("3.14", "3.14159", "digits"),
        ("1", "True", "literal"),
        ("0", "True", "fail"),
        (
            "<Box object at 0x7f0011223344>",
            "<__main__.Box object at 0x7fa0bbccddee>",
            "placeholder",
        ),
        (
            "<Box object at 0x10>",
            "<__main__.Tin object at 0x7fa0bbccddee>",
            "skip",
        ),
        ("[1, 3]", "[1, 2]", "fail"),
        ("2", "2.0", "fail"),
        ("False", "True", "fail"),
        ("# 4", "5", "fail"),
        ("# 5", "5", "exact"),
        ("# 5 (five)", "5", "remark"),
        ("# as many as there are", "5", "skip"),
        ("as many as there are", "5", "skip"),
        ("[1, ..., 8]", "[1, 2, 9]", "skip"),
        ("'a\\\\b'", "'a/b'", "skip"),
        ("'/home/ann/box'", "'/tmp/x/box'", "skip"),
    ] {
        assert_eq!(echoed(answer, repr), verdict, "{answer} / {repr}");
    }
}

#[test]
fn outputs_of_prompts() {
    for (answer, output, verdict) in [
        ("ready", "ready", "exact"),
        ("'ready'", "ready", "quotes"),
        ("'a\\\\b'", "a\\\\b", "quotes"),
        ("ready\nNone", "ready", "line"),
        ("one\n\ntwo", "one\n\ntwo", "exact"),
        ("one", "one\n\ntwo", "line"),
        ("The total is 4", "The total is 5", "fail"),
        ("one\ntwo\nthree", "one\ntwo\nfour", "skip"),
        ("the names of all", "Ann", "skip"),
    ] {
        assert_eq!(wrote(answer, output), verdict, "{answer} / {output}");
    }
}

#[test]
fn values_that_a_prompt_does_not_show() {
    let silent =
        |answer: &str, repr: &str| told(&answered("t = f()", answer, vec![value(repr), done()]));
    assert_eq!(silent("(16,)", "(16,)"), "exact");
    assert_eq!(silent("(16,)", "(17,)"), "skip");
    assert_eq!(silent("None", "None"), "line");
    // A value that is returned, and of which the guide shows only what was written before.
    let both = vec![write("busy\n5"), value("5"), done()];
    assert_eq!(told(&answered("f()", "busy", both)), "exact");
}

#[test]
fn exceptions_of_prompts() {
    let header = "Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\n";
    let raised =
        |answer: &str, real: Exception| answered("f()", answer, vec![stopped(real), done()]);
    for (answer, name, message, verdict) in [
        (
            format!("{header}ValueError: too big"),
            "ValueError",
            "too big",
            "exact",
        ),
        (
            "ValueError: too big".to_owned(),
            "ValueError",
            "too big",
            "exact",
        ),
        (
            format!("{header}lib.errors.BoxError: full"),
            "BoxError",
            "full",
            "exact",
        ),
        (
            format!("{header}AttributeError: no 'siez'. Did you mean: 'size'?"),
            "AttributeError",
            "no 'siez'",
            "exact",
        ),
        (
            format!("{header}KeyError: 1"),
            "ValueError",
            "too big",
            "fail",
        ),
        (
            format!("{header}NameError: name 'x' is not defined"),
            "ValueError",
            "too big",
            "skip",
        ),
        ("5".to_owned(), "ValueError", "too big", "skip"),
    ] {
        let report = raised(&answer, exception(name, message));
        assert_eq!(told(&report), verdict, "{answer}");
        if verdict == "exact" {
            assert_eq!(report.status, Some(Status::Passed), "{answer}");
        }
    }
    let nothing = |answer: &str| told(&answered("f()", answer, vec![value("None"), done()]));
    assert_eq!(nothing(&format!("{header}ValueError: too big")), "fail");
    assert_eq!(
        nothing(&format!("{header}ImportError: no such module")),
        "skip"
    );
    let detail = answered(
        "f()  # doctest: +IGNORE_EXCEPTION_DETAIL",
        &format!("{header}ValueError: too small by far"),
        vec![stopped(exception("ValueError", "too big")), done()],
    );
    assert_eq!(told(&detail), "type");
}

#[test]
fn the_guide_skips() {
    let skipped = answered("f()  # doctest: +SKIP", "5", Vec::new());
    assert_eq!(told(&skipped), "skip");
    let reason = skipped.expectations[0].reason.as_deref();
    assert_eq!(reason, Some("the guide says `doctest: +SKIP`"));
}

#[test]
fn what_depends_on_more_than_the_session_is_no_fail() {
    let shown = || vec![value("3"), write("3"), done()];
    assert_eq!(
        told(&answered("random.randint(1, 6)", "4", shown())),
        "skip"
    );
    let mut plan = planned();
    plan.needs = vec![SnippetId("guide/other".to_owned())];
    let mut session = snippet(">>> x\n4\n", vec![expectation(Kind::Session, "4")]);
    session.form = Form::Session;
    session.headings = vec!["Part".to_owned()];
    let report = |plan: &Planned| check(&session, "guide.md", plan, Some(&outcome(shown())));
    assert_eq!(told(&report(&plan)), "skip");
    plan.needs = vec![SnippetId("guide/part".to_owned())];
    assert_eq!(told(&report(&plan)), "fail");
}
