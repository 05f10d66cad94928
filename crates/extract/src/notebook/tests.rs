use super::blocks;
use crate::block::{Block, Found};
use serde_json::{Value, json};
use snipcheck_core::{Form, Kind, Notation};

/// A notebook as Jupyter writes it.
fn notebook(cells: &[Value]) -> String {
    serde_json::to_string_pretty(&json!({
        "cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5
    }))
    .expect("a notebook")
}

fn code(source: &[&str], outputs: &[Value]) -> Value {
    json!({"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": outputs, "source": source})
}

fn found(text: &str) -> Found {
    let lines: Vec<&str> = text.lines().collect();
    blocks(&lines)
}

fn only(cell: Value) -> Block {
    let mut blocks = found(&notebook(&[cell])).blocks;
    assert_eq!(blocks.len(), 1);
    blocks.remove(0)
}

#[test]
fn lines_are_those_of_the_file() {
    let text = notebook(&[
        json!({"cell_type": "markdown", "metadata": {}, "source": ["# Trees\n", "```python\n", "x\n", "```"]}),
        code(&["\n", "x = 'é'\n", "\n", "x\n", "\n"], &[]),
        json!({"cell_type": "raw", "metadata": {}, "source": ["y"]}),
        code(&["z"], &[]),
    ]);
    let found = found(&text);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(found.blocks.len(), 2);
    let first = &found.blocks[0];
    assert_eq!(first.code, "x = 'é'\n\nx\n");
    assert_eq!(first.last, first.first + 2);
    assert_eq!(lines[first.first].trim(), r#""x = 'é'\n","#);
    assert_eq!(lines[first.last].trim(), r#""x\n","#);
    assert_eq!(first.headings, ["Trees"]);
    assert_eq!(lines[found.blocks[1].first].trim(), r#""z""#);
    assert!(found.notes.is_empty());
}

#[test]
fn stored_outputs_are_expectations() {
    let stream =
        |name: &str| json!({"output_type": "stream", "name": name, "text": ["1\n", "2\n"]});
    let result = |text: &str| {
        json!({"output_type": "execute_result", "execution_count": 1, "metadata": {},
            "data": {"text/html": ["<b>"], "text/plain": [text]}})
    };
    let error = json!({"output_type": "error", "ename": "KeyError", "evalue": "'a'",
        "traceback": ["\u{1b}[0;31m---\u{1b}[0m", "in <module>\n      1 d = {}\n\u{1b}[0;32m----> 2 \u{1b}[0md['a']"]});
    for (source, output, expected) in [
        (
            &["print(1)\n", "print(2)"][..],
            stream("stdout"),
            Some((Kind::FollowingFence, true, "1\n2", 0, 1)),
        ),
        (&["f()"], stream("stderr"), None),
        (
            &["x = [1]\n", "x"],
            result("[1]"),
            Some((Kind::ExprValue, true, "[1]", 1, 1)),
        ),
        (
            &["x\n", "y = 1"],
            result("[1]"),
            Some((Kind::FollowingFence, false, "[1]", 0, 1)),
        ),
        (
            &["print(x)"],
            result("[1]"),
            Some((Kind::FollowingFence, false, "[1]", 0, 0)),
        ),
        (
            &["type(x)"],
            result("int"),
            Some((Kind::ExprValue, true, "<class 'int'>", 0, 0)),
        ),
        (
            &["A"],
            result("__main__.A"),
            Some((Kind::FollowingFence, false, "__main__.A", 0, 0)),
        ),
        (
            &["  x = 1\n", "  x"],
            result("1"),
            Some((Kind::ExprValue, true, "1", 1, 1)),
        ),
        (&["x"], result(""), None),
        (
            &["d = {}\n", "d['a']\n", "d"],
            error,
            Some((Kind::Raises, true, "KeyError: 'a'", 1, 1)),
        ),
        (&["%matplotlib inline\n", "x"], result("1"), None),
        (&["help(x)"], stream("stdout"), None),
    ] {
        let block = only(code(source, &[output]));
        let read = block.answers.first().map(|answer| {
            let labelled = answer.notation == Notation::Fence { labelled: true };
            let place = |line: usize| line - block.first;
            let (first, last) = (
                answer.statement.first.index(),
                answer.statement.last.index(),
            );
            (
                answer.kind,
                labelled,
                answer.text.as_str(),
                place(first),
                place(last),
            )
        });
        assert_eq!(read, expected, "{source:?}");
    }
}

#[test]
fn outputs_stand_where_the_file_has_them() {
    let output = json!({"output_type": "stream", "name": "stdout", "text": ["1\n", "2\n"]});
    let text = notebook(&[code(&["print(1)\n", "print(2)"], &[output])]);
    let found = found(&text);
    let answer = &found.blocks[0].answers[0];
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[answer.lines.first.index()].trim(), r#""1\n","#);
    assert_eq!(lines[answer.lines.last.index()].trim(), r#""2\n""#);
}

#[test]
fn what_only_jupyter_knows() {
    for (source, form) in [
        (&["%%bash\n", "ls"][..], None),
        (&["!pip install shelf"], None),
        (&["%%time\n", "x = 1"], Some((Form::Script, false))),
        (&["names = !ls\n"], Some((Form::Script, true))),
        (&["help(x)"], Some((Form::Script, true))),
        (&[">>> 1\n", "1"], Some((Form::Session, false))),
        (&[" \n"], None),
    ] {
        let blocks = found(&notebook(&[code(source, &[])])).blocks;
        let read = blocks
            .first()
            .map(|block| (block.form.clone(), block.directives.skip.is_some()));
        assert_eq!(read, form, "{source:?}");
    }
}

#[test]
fn cells_that_were_run_in_another_order_keep_no_outputs() {
    let cell = |count: u64| {
        json!({"cell_type": "code", "execution_count": count, "metadata": {}, "source": ["x"],
            "outputs": [{"output_type": "execute_result", "data": {"text/plain": ["1"]}}]})
    };
    for (counts, kept) in [([1, 2, 7], 3), ([1, 7, 2], 0)] {
        let found = found(&notebook(&counts.map(cell)));
        let answers = found
            .blocks
            .iter()
            .filter(|block| !block.answers.is_empty());
        assert_eq!(answers.count(), kept);
        assert_eq!(found.notes.is_empty(), kept > 0);
    }
}

#[test]
fn the_older_format_has_worksheets() {
    let text = serde_json::to_string_pretty(&json!({"nbformat": 3, "worksheets": [{"cells": [
        {"cell_type": "code", "language": "python", "input": ["x = 1\n", "x"], "prompt_number": 1,
            "outputs": [{"output_type": "pyout", "text": ["1"], "prompt_number": 1}]},
        {"cell_type": "code", "language": "ruby", "input": ["x"], "outputs": []}
    ]}]}))
    .expect("a notebook");
    let blocks = found(&text).blocks;
    assert_eq!(blocks.len(), 1);
    assert_eq!(blocks[0].code, "x = 1\nx\n");
    assert_eq!(blocks[0].answers[0].kind, Kind::ExprValue);
}

#[test]
fn what_cannot_be_read_is_noted_with_its_place() {
    let one_line =
        json!({"cells": [code(&["x = 1\n", "x"], &[]), code(&["x\n", "y"], &[])]}).to_string();
    for (text, line, words) in [
        ("{\n \"cells\": [\n  oops\n ]\n}", 3, "no notebook"),
        ("{\n \"cells\": [", 2, "no notebook"),
        ("[]", 1, "no notebook"),
        (one_line.as_str(), 1, "2 cells are not read"),
    ] {
        let found = found(text);
        assert!(found.blocks.is_empty(), "{text}");
        assert_eq!(found.notes.len(), 1, "{text}");
        assert!(
            found.notes[0].message.contains(words),
            "{}",
            found.notes[0].message
        );
        assert_eq!(
            found.notes[0].line.map(snipcheck_core::Line::number),
            Some(line),
            "{text}"
        );
    }
    assert!(found("").notes.is_empty());
}
