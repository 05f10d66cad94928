use super::*;
use crate::guide;
use snipcheck_core::{Format, Notation};

/// What the runs of a region state: lines counted from 0, and the text.
fn stated_by(text: &str, fenced: bool) -> Vec<String> {
    let shell = Shell {
        first: 0,
        text: text.to_owned(),
        fenced,
    };
    runs(&shell)
        .iter()
        .map(|run| format!("{}-{} {:?}", run.first, run.last, run.text))
        .collect()
}

#[test]
fn outputs_below_commands() {
    let cases: [(&str, bool, &[&str]); 14] = [
        (
            "$ python a.py\none\n\ntwo\n",
            true,
            &["1-3 \"one\\n\\ntwo\""],
        ),
        ("$ python a.py\none\n\ntwo\n", false, &["1-1 \"one\""]),
        (
            "$ python a.py\none\n$ python b.py\n  two\n",
            true,
            &["1-1 \"one\"", "3-3 \"  two\""],
        ),
        (
            "$ pip install x\ngot it\n$ python a.py\none",
            true,
            &["3-3 \"one\""],
        ),
        ("$ python a.py\n$ python b.py\ntwo", true, &["2-2 \"two\""]),
        // What may change the next one ends it, and so do arguments.
        ("$ export X=1\n$ python a.py\none", true, &[]),
        ("$ python a.py --all\none\n$ python b.py\ntwo", true, &[]),
        ("$ python a.py > out.txt\n$ python b.py\ntwo", true, &[]),
        // Comments say of themselves that they are the output.
        (
            "python a.py\n# Output:\n# one\n#   two\n",
            true,
            &["1-3 \"one\\n  two\""],
        ),
        ("python a.py\n# Output: one\n", true, &["1-1 \"one\""]),
        ("python a.py\n# one\n", true, &[]),
        ("python a.py\none\n", true, &[]),
        // The last remark before a command speaks of that.
        (
            "# First\npython a.py\n# Output:\n# one\n# Then\npython b.py\n# Output:\n# two",
            false,
            &["2-3 \"one\"", "6-7 \"two\""],
        ),
        ("$ python a.py\none\n```\nmore", false, &["1-1 \"one\""]),
    ];
    for (text, fenced, expected) in cases {
        assert_eq!(stated_by(text, fenced), expected, "{text}");
    }
}

/// The transcripts of a page: line of the snippet, lines of the output, code.
fn attached(text: &str, format: Format) -> Vec<String> {
    let guide = guide("g", "g", text.as_bytes(), Some(format));
    let mut found = Vec::new();
    for snippet in &guide.snippets {
        for one in &snippet.expectations {
            if one.notation == Notation::Transcript {
                let code = one.code.as_deref().unwrap_or_default();
                let (first, lines) = (snippet.lines.first, one.lines);
                assert_eq!(one.statement, snippet.lines);
                found.push(format!("{first}: {}-{} {code}", lines.first, lines.last));
            }
        }
    }
    found
}

const NAMED: &str = "```python\n# a.py\nprint(1)\n```\n";
const UNNAMED: &str = "```python\nprint(1)\n```\n";

fn shell(text: &str) -> String {
    format!("\n```console\n{text}\n```\n")
}

#[test]
fn a_transcript_speaks_of_the_snippet_that_it_runs() {
    let words = "\nA word.\n";
    let cases = [
        (format!("{NAMED}{}", shell("$ python a.py\n1")), "2: 8-8 "),
        (
            format!("{NAMED}{words}{}", shell("$ python a.py\n1")),
            "2: 10-10 ",
        ),
        (format!("{UNNAMED}{}", shell("$ python a.py\n1")), "2: 7-7 "),
        (format!("{NAMED}{}", shell("$ python b.py\n1")), ""),
        (format!("{NAMED}{}", shell("$ python -m a\n1")), "2: 8-8 "),
        (format!("{UNNAMED}{}", shell("$ python -m unittest\n1")), ""),
        (
            format!("{NAMED}{}", shell("$ python -c 'import a'\n1")),
            "2: 8-8 import a",
        ),
        (
            format!("{UNNAMED}{}", shell("$ python -c 'import a'\n1")),
            "",
        ),
        (
            format!("{NAMED}{}", shell("$ python -c 'import os'\n1")),
            "",
        ),
        // With another one between, the name decides; without a name nobody knows.
        (
            format!(
                "{NAMED}{}{}",
                NAMED.replace("a.py", "b.py"),
                shell("$ python a.py\n1")
            ),
            "2: 12-12 ",
        ),
        (format!("{NAMED}{UNNAMED}{}", shell("$ python a.py\n1")), ""),
        // Two runs of what has no name are two states of it, or two things.
        (
            format!("{UNNAMED}{}", shell("$ python a.py\n1\n$ python b.py\n1")),
            "",
        ),
        // Too far away.
        (
            format!("{NAMED}{words}{words}{words}{}", shell("$ python a.py\n1")),
            "",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(
            attached(&text, Format::Markdown).join(", "),
            expected,
            "{text}"
        );
    }
}

#[test]
fn transcripts_of_other_formats() {
    let rst =
        ".. code-block:: python\n\n   # a.py\n   print(1)\n\nRun it::\n\n   $ python a.py\n   1\n";
    assert_eq!(attached(rst, Format::Rst), ["3: 9-9 "]);
    let flat = "Some words stand here, as on any page.\n\n# a.py\nprint(1)\n\n$ python a.py\n1\n\nAnd more words stand here, as on any page.\n";
    assert_eq!(attached(flat, Format::Text), ["3: 7-7 "]);
}
