//! Whatever the bytes are, a guide comes out: cut anywhere, shuffled, in any format.

use proptest::prelude::*;
use snipcheck_core::{Format, Guide};
use snipcheck_extract::guide;

const FENCED: [Option<Format>; 2] = [Some(Format::Markdown), Some(Format::Mdx)];
const FLAT: [Option<Format>; 2] = [None, Some(Format::Text)];

const MARKDOWN: &str = "---\ntitle: x\n---\n# One\r\n\r\n- item\n\n  ```python skip=\"why\"\n  def f():\n\treturn \"\"\"é\n\n  \"\"\"\n  print(f())  # é\n  ```\n\n**Output:**\n\n```text\né\n```\n<!-- snipcheck: timeout=\"3s\" raises=X -->\n> ~~~py\n> x = [\n>   1,\n> ]\n> ~~~\n\n    >>> 1\n    1\n\n<Tab title=\"Zwei — drei\">\n    ```py {test=\"skip\"}\n    y\n    ```\n</Tab>\n{/* c */}\n````md\n```py\n````\nSetext\n======\n```python import os\nos\n";

const TEXT: &str = "Title\nSome words about it, which are enough for a sentence:\nimport os\n\n@wraps(f)\ndef f(a,\n      b):\n    '''doc\n\n>>> f(1)\n    '''\n    return {\n        'a': 1,\n    }\n# β€” and β”€β” more\nNext words that make up a sentence again.\n>>> f(1, 2)\n{'a': 1}\n>>> f()\nTraceback (most recent call last):\n  ...\nTypeError: no\npip install x\n[tool.x]\nname = \"y\"\npython\\n import a\\n \\n x = \\\"b\\\"\\n y\n│ box │\n  • item\n```python import x from y\nx = (1,\n";

const RST: &str = "====\nPage\n====\n\n.. a comment\n   >>> 0\n\nSo::\n\n   >>> f('é')\n   1\n\n- item\r\n\n  .. code-block:: python\n     :linenos:\n\n     def f():\n     \treturn 1\n\n  .. code-block:: none\n\n     1\n\n.. testsetup::\n\n   x = 1\n\n.. skip: next\n\n>>> x\n1\n\n.. doctest::\n   :options: +SKIP\n\n   >>> 1\nPart\n----\n::\n\n  import os\n";

const NOTEBOOK: &str = "{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\",\n   \"source\": [\n    \"# é\"\n   ]\n  },\n  {\n   \"cell_type\": \"code\",\n   \"execution_count\": 1,\n   \"outputs\": [\n    {\n     \"output_type\": \"stream\",\n     \"name\": \"stdout\",\n     \"text\": [\n      \"1\\n\"\n     ]\n    }\n   ],\n   \"source\": [\n    \"%time x = 1\\n\",\n    \"print('é')\"\n   ]\n  },\n  {\n   \"cell_type\": \"code\",\n   \"source\": \"x\\ny\"\n  }\n ]\n}\n";

const MODULE: &str = "\"\"\">>> é\n\n>>> 1\n1\"\"\"\nif x:\n    def f():\n        r'''\n        >>> '\\n'\n\n        ```py\n        f()\n        ```\n        '''\nclass A:\n    'é'\n    def m(self):\n\t'''\n\t>>> 1\n";

const STRUCTURED: [Option<Format>; 3] = [
    Some(Format::Rst),
    Some(Format::Notebook),
    Some(Format::Python),
];

fn check(bytes: &[u8], formats: &[Option<Format>]) {
    for format in formats.iter().copied() {
        let guide = guide("page.txt", "page", bytes, format);
        sound(&guide, bytes);
    }
}

/// Snippets are in order, apart from each other, inside the document, and have ids of their own.
fn sound(guide: &Guide, bytes: &[u8]) {
    let mut ids = std::collections::HashSet::new();
    for pair in guide.snippets.windows(2) {
        assert!(pair[0].lines.last < pair[1].lines.first);
        assert!(pair[0].bytes.end <= pair[1].bytes.start);
    }
    for snippet in &guide.snippets {
        assert!(ids.insert(&snippet.id), "{} twice", snippet.id);
        assert!(snippet.lines.first <= snippet.lines.last);
        assert!(snippet.bytes.start <= snippet.bytes.end && snippet.bytes.end <= bytes.len());
        assert!(!snippet.code.trim().is_empty());
        assert!(!snippet.code.contains('\r'));
    }
}

#[test]
fn a_document_may_be_cut_anywhere() {
    for text in [RST, NOTEBOOK, MODULE] {
        for end in 0..=text.len() {
            check(&text.as_bytes()[..end], &STRUCTURED);
        }
    }
    for (text, formats) in [(MARKDOWN, FENCED), (TEXT, FLAT)] {
        for end in 0..=text.len() {
            check(&text.as_bytes()[..end], &formats);
        }
    }
}

#[test]
fn a_document_may_begin_anywhere() {
    for text in [MARKDOWN, TEXT, RST, NOTEBOOK, MODULE] {
        for start in (0..text.len()).step_by(5) {
            check(&text.as_bytes()[start..], &STRUCTURED);
        }
    }
    for (text, formats) in [(MARKDOWN, FLAT), (TEXT, FENCED)] {
        for start in (0..text.len()).step_by(5) {
            check(&text.as_bytes()[start..], &formats);
        }
    }
}

/// Pieces that mean something to one format or another, and what makes them nest, break or run on.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let texts = [MARKDOWN, TEXT, RST, MODULE, NOTEBOOK];
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    let marks = [
        "> ",
        "- ",
        "1. ",
        "  ",
        "\t",
        "# ",
        "```py\n",
        "~~~",
        ":::{code-block} python\n",
        "<Tab>",
        "<!--",
        "-->",
        "{% highlight python %}\n",
        "<pre lang=\"py\">",
        "{/*",
        "(",
        "[",
        "{",
        "'''",
        "\"\"\"",
        "\\",
        ">>> ",
        "... ",
        "if x:\n",
        "::\n\n",
        ".. code::\n\n",
        "python\n",
        "Copy\n",
        "â€”",
        "\u{2028}",
        "\u{feff}",
        "é",
    ];
    let ends = ["\n", "\r\n", "\r", "\n\n", " ", "\0"];
    prop_oneof![
        8 => prop::sample::select(lines).prop_map(|line| line.as_bytes().to_vec()),
        4 => prop::sample::select(ends.to_vec()).prop_map(|end| end.as_bytes().to_vec()),
        4 => (prop::sample::select(marks.to_vec()), 1..60_usize)
            .prop_map(|(mark, times)| mark.repeat(times).into_bytes()),
        2 => prop::collection::vec(any::<u8>(), 0..40),
        1 => (any::<u8>(), 1..5000_usize).prop_map(|(byte, times)| vec![byte; times]),
    ]
}

/// A document of such pieces, perhaps cut off and with a few bytes changed.
fn document() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::collection::vec(piece(), 0..60);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    let cut = prop::option::weighted(0.2, any::<prop::sample::Index>());
    (pieces, changes, cut).prop_map(|(pieces, changes, cut)| {
        let mut bytes = pieces.concat();
        for (at, byte) in changes {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_give_a_guide(bytes in document()) {
        check(&bytes, &FENCED);
        check(&bytes, &FLAT);
        check(&bytes, &STRUCTURED);
    }

    #[test]
    fn any_source_makes_a_cell(bytes in document()) {
        let source = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = source.split_inclusive('\n').collect();
        let cells = serde_json::json!({"cells": [
            {"cell_type": "code", "source": source},
            {"cell_type": "code", "source": lines},
            {"cell_type": "markdown", "source": source},
        ]});
        let notebook = serde_json::to_string_pretty(&cells).expect("a value is JSON");
        check(notebook.as_bytes(), &[Some(Format::Notebook)]);
    }
}

#[test]
fn a_cell_that_the_parser_panics_at_is_shown_and_not_parsed() {
    let notebook = br#"{"cells": [{"cell_type": "code", "source": "{]\n,"}]}"#;
    check(notebook, &[Some(Format::Notebook)]);
}

#[test]
fn code_that_is_too_deep_is_shown_and_not_parsed() {
    for part in [
        "(",
        "1 + ",
        ".a()",
        "not ",
        "[",
        "lambda: ",
        "-",
        "x if y else ",
    ] {
        let code = format!("```python\nx = {}\n```\n", part.repeat(20_000));
        check(code.as_bytes(), &FENCED);
        let flat = format!("x = {}", part.repeat(20_000));
        check(flat.as_bytes(), &FLAT);
        check(flat.as_bytes(), &STRUCTURED);
        check(format!("So::\n\n   {flat}").as_bytes(), &STRUCTURED);
        let cell = serde_json::json!({"cells": [{"cell_type": "code", "source": [flat]}]});
        check(cell.to_string().as_bytes(), &STRUCTURED);
    }
}

#[test]
fn bytes_of_a_snippet_are_its_lines() {
    let text = "\u{feff}# A\r\n\r\n  ```py\r\n  x = 'é'\r\n  y\r\n  ```\r\n";
    let guide = guide("a.md", "a", text.as_bytes(), None);
    let snippet = &guide.snippets[0];
    assert_eq!(
        &text.as_bytes()[snippet.bytes.clone()],
        "  x = 'é'\r\n  y".as_bytes()
    );
    assert_eq!(snippet.code, "x = 'é'\ny\n");
    assert_eq!(
        (snippet.lines.first.number(), snippet.lines.last.number()),
        (4, 5)
    );
    assert_eq!(snippet.id.0, "a/a");
}

#[test]
fn snippets_of_a_flattened_page_are_named_by_the_line_above() {
    let page = "Sorting in place:\nx = [2, 1]\nx.sort()\nThis line is about something else and much too long for a title, so that it names nothing.\nprint(x)  # [1, 2]\n";
    let guide = guide("page.txt", "page", page.as_bytes(), None);
    let ids: Vec<&str> = guide.snippets.iter().map(|s| s.id.0.as_str()).collect();
    assert_eq!(ids, ["page/sorting-in-place", "page/snippet-1"]);
    assert!(guide.snippets.iter().all(|s| s.headings.is_empty()));
}
