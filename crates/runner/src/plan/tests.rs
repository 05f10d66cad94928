use super::plan;
use snipcheck_core::{
    Directives, Expectation, FileName, Form, Format, Guide, Kind, Limits, Line, Lines, Notation,
    Planned, Repair, RepairKind, Snippet, SnippetId, Want,
};

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
        timeout: Some("500ms".to_owned()),
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

/// Snippets, each with the file that it is or an empty name.
type Files<'a> = &'a [(&'a str, &'a str)];

fn with_files(snippets: Files) -> Guide {
    let codes: Vec<(&str, &str)> = snippets.iter().map(|(_, code)| ("A", *code)).collect();
    let mut made = guide(&codes);
    for (snippet, (file, _)) in made.snippets.iter_mut().zip(snippets) {
        snippet.file = FileName::of(file);
    }
    made
}

#[test]
fn what_is_imported_as_a_file() {
    let cases: [(Files, &str, &str); 11] = [
        (
            &[("tool.py", "x = 1"), ("", "y = 2\nimport tool")],
            "needs[0] repairs[21:g/0] undefined[]",
            "tool.py",
        ),
        // Files that a file imports, and those of what runs before it.
        (
            &[
                ("a.py", "x = 1"),
                ("b.py", "import a"),
                ("", "from b import a"),
            ],
            "needs[0 1] repairs[30:g/0; 30:g/1] undefined[]",
            "a.py b.py",
        ),
        (
            &[("a.py", "x = 1"), ("", "from a import x"), ("", "x")],
            "needs[0 1] repairs[30:g/0; 30:g/1] undefined[]",
            "a.py",
        ),
        (
            &[
                ("shop/cart.py", "x = 1"),
                ("", "def f():\n    from shop import cart"),
            ],
            "needs[0] repairs[21:g/0] undefined[]",
            "shop/cart.py",
        ),
        // The nearest one of a name counts.
        (
            &[("a.py", "x = 1"), ("a.py", "x = 2"), ("", "import a")],
            "needs[1] repairs[30:g/1] undefined[]",
            "a.py",
        ),
        // Only earlier ones, and only what is a module by itself.
        (
            &[("", "x = 1"), ("", "import a")],
            "needs[] repairs[] undefined[]",
            "",
        ),
        (
            &[("a.py", "print(y)"), ("", "import a")],
            "needs[] repairs[] undefined[]",
            "",
        ),
        (
            &[("a.py", "x = = 1"), ("", "import a")],
            "needs[] repairs[] undefined[]",
            "",
        ),
        (
            &[("random.py", "x = 1"), ("", "import random")],
            "needs[] repairs[] undefined[]",
            "",
        ),
        (
            &[("a.py", "x = 1"), ("", "from . import a")],
            "needs[] repairs[] undefined[]",
            "",
        ),
        // What the guide has defined anew since, without a name, is another state of the file.
        (
            &[
                ("a.py", "def f(): ..."),
                ("", "def f(): return 2"),
                ("", "import a"),
            ],
            "needs[] repairs[] undefined[]",
            "",
        ),
    ];
    for (snippets, expected, files) in cases {
        let planned = plan(&with_files(snippets), Limits::default())
            .snippets
            .pop()
            .unwrap();
        assert_eq!(told(&planned), expected, "{snippets:?}");
        let unit = planned.unit.unwrap();
        let names: Vec<&str> = unit.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names.join(" "), files, "{snippets:?}");
    }
}

#[test]
fn what_the_code_of_a_transcript_imports() {
    let mut guide = with_files(&[("a.py", "x = 1"), ("b.py", "import a")]);
    let lines = Lines::new(Line::new(25), Line::new(25));
    guide.snippets[1].expectations = vec![Expectation {
        notation: Notation::Transcript,
        code: Some("import b".to_owned()),
        ..stated(lines, lines)
    }];
    let unit = plan(&guide, Limits::default())
        .snippets
        .pop()
        .unwrap()
        .unit
        .unwrap();
    let Want::Run { code, files } = &unit.watches[0].want else {
        panic!("{:?}", unit.watches);
    };
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!((code.as_str(), names), ("import b", vec!["a.py", "b.py"]));
}

fn stated(lines: Lines, statement: Lines) -> Expectation {
    Expectation {
        lines,
        statement,
        kind: Kind::BlockOutput,
        notation: Notation::Marked,
        comment: String::new(),
        text: String::new(),
        code: None,
    }
}

/// The calls for a snippet with an output stated at its second line.
fn calls(code: &str, after: &str) -> String {
    let mut guide = guide(&[("A", code), ("A", after)]);
    let second = Lines::new(Line::new(11), Line::new(11));
    guide.snippets[0].expectations = vec![stated(second, second)];
    let planned = &plan(&guide, Limits::default()).snippets[0];
    let unit = planned.unit.as_ref().unwrap();
    let made: Vec<&str> = unit.calls.iter().map(|part| part.code.as_str()).collect();
    let told = |repair: &&Repair| repair.kind == RepairKind::Call;
    let repairs: Vec<&str> = planned
        .repairs
        .iter()
        .filter(told)
        .map(|repair| repair.text.as_str())
        .collect();
    assert_eq!(made.len(), repairs.len(), "{code}");
    format!("{} | {}", made.join(" "), repairs.join(" "))
}

#[test]
fn functions_that_nothing_calls() {
    for (code, after, expected) in [
        ("def f():\n    print(1)", "", "f() | f()"),
        ("def f(a=1, *b, c=2, **d):\n    print(a)", "", "f() | f()"),
        ("async def f():\n    print(1)", "", "await f() | f()"),
        ("def f(a):\n    print(a)", "", " | "),
        ("def f(*, a):\n    print(a)", "", " | "),
        ("def f():\n    yield 1", "", " | "),
        ("def f():\n    print(1)\nf()", "", " | "),
        ("def f():\n    print(1)\ng = f", "", " | "),
        ("def f():\n    print(1)", "f()", " | "),
        ("def f():\n    print(1)", "x = 1", "f() | f()"),
        ("class C:\n    def f(self): print(1)", "", " | "),
        ("x = 1\nx\ndef f():\n    print(1)", "", " | "),
        ("def g(f): return f\n@g\ndef f():\n    print(1)", "", " | "),
    ] {
        assert_eq!(calls(code, after), expected, "{code} / {after}");
    }
}
