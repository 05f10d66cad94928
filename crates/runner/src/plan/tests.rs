mod beside;

use super::plan;
use snipcheck_core::Limit;
use snipcheck_core::{
    Directives, Form, Format, Guide, Limits, Line, Lines, Planned, Snippet, SnippetId,
};
use std::collections::BTreeMap;

/// A guide of snippets, each with its headings (`/` between them) and its code; they begin at lines 10, 20, 30, …
fn guide(snippets: &[(&str, &str)]) -> Guide {
    let snippet = |(index, (headings, code)): (usize, &(&str, &str))| {
        let first = Line::new(u32::try_from(index + 1).unwrap() * 10);
        let count = u32::try_from(code.matches('\n').count()).unwrap();
        Snippet {
            id: SnippetId(format!("g/{index}")),
            lines: Lines::new(first, first.plus(count)),
            code: (*code).to_owned(),
            form: if code.starts_with(">>>") {
                Form::Session
            } else {
                Form::Script
            },
            bytes: 0..0,
            indent: 0,
            info: String::new(),
            file: None,
            headings: headings
                .split('/')
                .filter(|h| !h.is_empty())
                .map(str::to_owned)
                .collect(),
            directives: Directives::default(),
            expectations: Vec::new(),
            asides: Vec::new(),
            notes: Vec::new(),
        }
    };
    Guide {
        path: "g.md".to_owned(),
        format: Format::Markdown,
        snippets: snippets.iter().enumerate().map(snippet).collect(),
        notes: Vec::new(),
    }
}

fn last(snippets: &[(&str, &str)]) -> Planned {
    plan(&guide(snippets), Limits::default())
        .snippets
        .pop()
        .unwrap()
}

fn told(planned: &Planned) -> String {
    let needs: Vec<&str> = planned.needs.iter().map(|id| &id.0[2..]).collect();
    let repairs: Vec<String> = planned
        .repairs
        .iter()
        .map(|repair| format!("{}:{}", repair.line, repair.text))
        .collect();
    format!(
        "needs[{}] repairs[{}] undefined[{}]",
        needs.join(" "),
        repairs.join("; "),
        planned.undefined.join(" ")
    )
}

#[test]
fn what_a_snippet_alone_lacks() {
    let cases = [
        ("x = 1\nprint(x)", "needs[] repairs[] undefined[]"),
        ("print(__name__, __file__)", "needs[] repairs[] undefined[]"),
        (
            "x = 1\ntime.sleep(x)",
            "needs[] repairs[11:import time] undefined[]",
        ),
        (
            "@wraps(f)\ndef g(): ...",
            "needs[] repairs[10:from functools import wraps] undefined[f]",
        ),
        (
            "df.head()\nnp.zeros(3)",
            "needs[] repairs[] undefined[df np]",
        ),
        (
            "x = 1\nawait x",
            "needs[] repairs[11:asyncio.run(…)] undefined[]",
        ),
        (
            "def f():\n    # yours\nf()",
            "needs[] repairs[10:pass] undefined[]",
        ),
    ];
    for (code, expected) in cases {
        assert_eq!(told(&last(&[("A", code)])), expected, "{code}");
    }
}

#[test]
fn what_comes_from_earlier_snippets() {
    let cases: [(&[(&str, &str)], &str); 18] = [
        (
            &[("A", "x = 1"), ("A", "print(x)")],
            "needs[0] repairs[20:g/0] undefined[]",
        ),
        // The nearest one counts, and what that one needs.
        (
            &[("A", "x = 1"), ("A", "x = 2"), ("A", "y = x"), ("A", "y")],
            "needs[1 2] repairs[40:g/1; 40:g/2] undefined[]",
        ),
        // What changed the object on the way belongs to it.
        (
            &[("A", "x = []"), ("A", "x.append(1)"), ("A", "x")],
            "needs[0 1] repairs[30:g/0; 30:g/1] undefined[]",
        ),
        // A variable of another section is another one, a class is not.
        (
            &[("T/A/a", "x = 1"), ("T/B/b", "print(x)")],
            "needs[] repairs[] undefined[x]",
        ),
        (
            // A function that reads a global before it makes one needs it from elsewhere.
            &[
                ("A", "total = 1"),
                ("A", "def add():\n    global total\n    total += 1\nadd()"),
            ],
            "needs[0] repairs[22:g/0] undefined[]",
        ),
        (
            &[
                ("A", "total = 1"),
                (
                    "A",
                    "def reset():\n    global total\n    total = 0\nreset()\nprint(total)",
                ),
            ],
            "needs[] repairs[] undefined[]",
        ),
        (
            &[("T/A/a", "class X: ..."), ("T/B/b", "X()")],
            "needs[0] repairs[20:g/0] undefined[]",
        ),
        (
            &[("T/A", "x = 1"), ("T/B", "print(x)")],
            "needs[0] repairs[20:g/0] undefined[]",
        ),
        (
            &[("T/A/a", "import numpy as np"), ("T/B/b", "np.e")],
            "needs[0] repairs[20:g/0] undefined[]",
        ),
        // What can be imported is not looked for far away.
        (
            &[("A", "import time"), ("A", "time.sleep(0)")],
            "needs[0] repairs[20:g/0] undefined[]",
        ),
        (
            &[("A", "import time"), ("B", "time.sleep(0)")],
            "needs[] repairs[20:import time] undefined[]",
        ),
        // Own section first, then the enclosing one.
        (
            &[
                ("T/A", "def f(): ..."),
                ("T", "def f(): ..."),
                ("T/A", "f()"),
            ],
            "needs[0] repairs[30:g/0] undefined[]",
        ),
        // Later ones never, and not those that do not parse.
        (
            &[("A", "x = = 1\ny = 1"), ("A", "y")],
            "needs[] repairs[] undefined[y]",
        ),
        (
            &[("", "x = 1"), ("", "print(x)")],
            "needs[0] repairs[20:g/0] undefined[]",
        ),
        // A function that is called in another way is another one.
        (
            &[("A", "def f(a, b): ..."), ("A", "f(1)")],
            "needs[] repairs[] undefined[f]",
        ),
        (
            &[
                ("A", "def f(a): ..."),
                ("A", "def f(a, b): ..."),
                ("A", "f(1)"),
            ],
            "needs[0] repairs[30:g/0] undefined[]",
        ),
        (
            &[
                ("A", "class P:\n    def __init__(self, x): ..."),
                ("A", "P(x=1)\nP(*[1])"),
            ],
            "needs[0] repairs[20:g/0] undefined[]",
        ),
        // What an earlier snippet lacks is not what this one lacks.
        (
            &[("A", "def f():\n    time.sleep(0)"), ("A", "f()")],
            "needs[0] repairs[20:g/0] undefined[]",
        ),
    ];
    for (snippets, expected) in cases {
        assert_eq!(told(&last(snippets)), expected, "{snippets:?}");
    }
}

#[test]
fn directives_rule() {
    let mut guide = guide(&[("A", "x = 1"), ("B/b/c", "x"), ("A", "x")]);
    guide.snippets[1].directives = Directives {
        needs: vec!["/0".to_owned()],
        limits: BTreeMap::from([(Limit::Timeout, "500ms".to_owned())]),
        prelude: Some("import os".to_owned()),
        ..Directives::default()
    };
    guide.snippets[2].directives.skip = Some("slow".to_owned());
    let planned = plan(&guide, Limits::default()).snippets;
    assert_eq!(told(&planned[1]), "needs[0] repairs[] undefined[]");
    let unit = planned[1].unit.as_ref().unwrap();
    assert_eq!(unit.limits.timeout.as_millis(), 500);
    assert_eq!(unit.prelude, ["import os"]);
    assert!(!unit.imports_repaired);
    assert_eq!(planned[2].skip.as_deref(), Some("slow"));
    assert!(planned[2].unit.is_none());
}

#[test]
fn what_is_wrong_with_a_snippet_is_said() {
    let cases = [
        (
            "def f():\n    # yours\nf()",
            "the body of `f` (line 10) is left out",
        ),
        (
            "x = 1\nx = = 2",
            "it does not parse: Expected an expression (line 11)",
        ),
    ];
    for (code, said) in cases {
        let planned = last(&[("A", code)]);
        assert_eq!(planned.incomplete.as_deref(), Some(said));
        assert!(planned.unit.is_some());
    }
    let session = last(&[("A", ">>> x = 1\n>>> x\n1")]);
    let unit = session.unit.unwrap();
    assert!(unit.by_statement);
    assert_eq!(unit.code.code, "x = 1\nx\n");
}

#[test]
fn sessions_of_a_section_go_on() {
    let sessions = [
        ("A", ">>> x = [1]"),
        ("A", ">>> grow(x)"),
        ("A", ">>> y = = 2"),
        ("A", ">>> len(x)\n2\n>>> _ + 1\n3"),
    ];
    let planned = last(&sessions);
    assert_eq!(
        told(&planned),
        "needs[0 1] repairs[40:g/0; 40:g/1] undefined[grow]"
    );
    let broken = last(&sessions[..3]);
    assert_eq!(
        broken.incomplete.as_deref(),
        Some("it does not parse: Expected an expression (line 30)")
    );
}
