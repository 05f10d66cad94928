//! Whatever the bytes are, a guide comes out: cut anywhere, shuffled, in any format.

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
        assert!(snippet.bytes.end <= bytes.len());
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

/// Numbers that are the same on every run (Marsaglia's xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or_default()
    }
}

#[test]
fn lines_may_be_shuffled_and_bytes_changed() {
    let texts = [MARKDOWN, TEXT, RST, MODULE];
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for _ in 0..200 {
        let mut bytes = Vec::new();
        for _ in 0..numbers.below(40) {
            bytes.extend_from_slice(lines[numbers.below(lines.len())].as_bytes());
            bytes.extend_from_slice([&b"\n"[..], b"\r\n", b"\n\n", b" "][numbers.below(4)]);
        }
        for _ in 0..numbers.below(4) {
            if !bytes.is_empty() {
                let at = numbers.below(bytes.len());
                bytes[at] = u8::try_from(numbers.below(256)).unwrap_or_default();
            }
        }
        check(&bytes, &FENCED);
        check(&bytes, &FLAT);
        check(&bytes, &STRUCTURED);
    }
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
