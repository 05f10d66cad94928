//! Plans of small guides, as tables.

use super::*;
use snipcheck_core::{Directives, Format, Lines, SnippetId};

/// A guide of snippets: headings separated by `/`, and code.
fn guide(snippets: &[(&str, &str)]) -> Guide {
    let mut line = 1;
    let snippets = snippets.iter().enumerate().map(|(i, (headings, code))| {
        let count = u32::try_from(code.lines().count()).unwrap();
        let first = Line::new(line);
        line += count + 3;
        Snippet {
            id: SnippetId(format!("g/s{i}")),
            lines: Lines::new(first, Line::new(first.number() + count - 1)),
            code: (*code).to_owned(),
            form: Form::Script,
            bytes: 0..0,
            indent: 0,
            info: String::new(),
            headings: headings
                .split('/')
                .filter(|h| !h.is_empty())
                .map(str::to_owned)
                .collect(),
            directives: Directives::default(),
            expectations: Vec::new(),
            notes: Vec::new(),
        }
    });
    Guide {
        path: "g.md".to_owned(),
        format: Format::Markdown,
        snippets: snippets.collect(),
        notes: Vec::new(),
    }
}

/// The plan of the last snippet, in words.
fn last(snippets: &[(&str, &str)]) -> String {
    let plan = plan(&guide(snippets), Limits::default());
    let planned = plan.snippets.last().unwrap();
    let mut words: Vec<String> = planned
        .repairs
        .iter()
        .map(|r| format!("{:?} {}: {}", r.kind, r.line, r.text))
        .collect();
    if !planned.undefined.is_empty() {
        words.push(format!("undefined {}", planned.undefined.join(" ")));
    }
    words.extend(planned.incomplete.clone());
    words.join("; ")
}

#[test]
fn plans_say_what_is_missing_and_where_it_comes_from() {
    let table: [(&[(&str, &str)], &str); 12] = [
        (&[("A", "print(1)")], ""),
        (&[("A", "\nprint(math.pi)")], "Import 2: import math"),
        (&[("A", "serve(request)")], "undefined request serve"),
        (&[("A", "n = 1"), ("A", "print(n)")], "Context 5: g/s0"),
        (&[("T/A", "n = 1"), ("T/B", "print(n)")], "undefined n"),
        (
            &[("T/A", "n = 1"), ("T/A/C", "print(n)")],
            "Context 5: g/s0",
        ),
        (&[("A", "n = 1"), ("B", "print(n)")], "undefined n"),
        (
            &[
                ("A", "import math"),
                ("A", "def f():\n    return math.pi"),
                ("A", "f()"),
            ],
            "Context 10: g/s0; Context 10: g/s1",
        ),
        (&[("", "n = 1"), ("", "n")], "Context 5: g/s0"),
        (
            &[("A", "import asyncio\nawait asyncio.sleep(0)")],
            "Await 2: asyncio.run",
        ),
        (
            &[("A", "def f(x):\n    # left out\n\nf(1)")],
            "Body 1: pass; the body of `def f(x)` (line 1) is left out",
        ),
        (
            &[("A", "n = 1\nn = 2"), ("A", "n = 3"), ("A", "n")],
            "Context 10: g/s1",
        ),
    ];
    for (snippets, want) in table {
        assert_eq!(last(snippets), want, "{snippets:?}");
    }
}

#[test]
fn of_a_snippet_needed_for_its_imports_only_those_run() {
    let plan = plan(
        &guide(&[("A", "import math\nprint('loud')"), ("A", "math.pi")]),
        Limits::default(),
    );
    let unit = plan.snippets[1].unit.as_ref().unwrap();
    assert_eq!(unit.context[0].code, "import math\n");
}

#[test]
fn what_is_damaged_is_not_run() {
    let mut guide = guide(&[("A", "x")]);
    guide.snippets[0].form = Form::Damaged {
        why: "its indentation is lost".to_owned(),
    };
    let plan = plan(&guide, Limits::default());
    assert!(plan.snippets[0].unit.is_none());
    assert_eq!(
        plan.snippets[0].incomplete.as_deref(),
        Some("its indentation is lost")
    );
}
