//! Files that snippets import, and calls of what nothing calls.

use super::{guide, plan, told};
use snipcheck_core::{
    Expectation, FileName, Guide, Kind, Limits, Line, Lines, Notation, Repair, RepairKind, Want,
};

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
