//! Small documents and what must be found in them.

use super::*;
use snipcheck_core::{Form, Limit};

/// First and last line and code of each block.
fn found(text: &str, dialect: Dialect) -> Vec<(usize, usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    blocks(&lines, dialect)
        .blocks
        .into_iter()
        .map(|block| (block.first + 1, block.last + 1, block.code))
        .collect()
}

fn one(first: usize, last: usize, code: &str) -> Vec<(usize, usize, String)> {
    vec![(first, last, code.to_owned())]
}

#[test]
fn where_python_stands() {
    for (text, expected) in [
        ("```python\nx = 1\n```", one(2, 2, "x = 1\n")),
        ("a\n\n~~~py\n\nx\n\n~~~\n", one(4, 6, "\nx\n\n")),
        (
            "- item\n\n  ```py\n  if x:\n      y\n  ```\n",
            one(4, 5, "if x:\n    y\n"),
        ),
        ("1. ```py\n   x\n   ```", one(2, 2, "x\n")),
        ("> ```py\n> x\n>\n> y\n> ```", one(2, 4, "x\n\ny\n")),
        ("````md\n```py\nx\n```\n````\n", vec![]),
        ("~~~~ note\ntext\n```py\nx\n```\n~~~~\n", one(4, 4, "x\n")),
        (
            "```{note}\n```py\nx\n```\n```\n```py\ny\n```",
            vec![(3, 3, "x\n".to_owned()), (7, 7, "y\n".to_owned())],
        ),
        ("<!-- \n```py\nx\n```\n-->\n", vec![]),
        ("a `<!--` b\n```py\nx\n```\n", one(3, 3, "x\n")),
        ("<!-- never closed\n```py\nx\n```\n", one(3, 3, "x\n")),
        ("---\na: |\n  ```py\n---\n```py\nx\n```", one(6, 6, "x\n")),
        ("---\n\n```py\nx\n```\n---\n", one(4, 4, "x\n")),
        ("```\nx = 1\n```\n```ruby\nx\n```", vec![]),
        ("```\n>>> x\n1\n```", one(2, 3, ">>> x\n1\n")),
        ("```text\n\n>>> x\n```", one(2, 3, "\n>>> x\n")),
        ("```py\n\n```", vec![]),
        ("```py\nx", one(2, 2, "x\n")),
        ("```py\n    x = 1\n\n    y\n```", one(2, 4, "x = 1\n\ny\n")),
        (
            "```py\n  x  # IndentationError\n```",
            one(2, 2, "  x  # IndentationError\n"),
        ),
        (
            "```py\nf()\n```\n### Output\n```py\n[1 2]\n```",
            one(2, 2, "f()\n"),
        ),
        ("  ```py\n  x\n\ntext\n", one(2, 2, "x\n")),
        (
            "```{code-cell} python\n:tags: [a]\nx\n```",
            one(3, 3, "x\n"),
        ),
        (
            "```python import os\nos.x()\n```",
            one(1, 2, "import os\nos.x()\n"),
        ),
        ("```python words of prose\nx\n```", one(2, 2, "x\n")),
        ("```python title = 1\nx\n```", one(1, 2, "title = 1\nx\n")),
        ("```python hl=\"1\" a=\"b\"\nx\n```", one(2, 2, "x\n")),
        (
            "text\n\n    import os\n\n    x = 1\n\ntext",
            one(3, 5, "import os\n\nx = 1\n"),
        ),
        ("text\n    import os\n", vec![]),
        ("- item\n\n    import os\n", vec![]),
        (
            "- item\n\ntext\n\n    import os\n",
            one(5, 5, "import os\n"),
        ),
        ("text\n\n    only words here\n", vec![]),
    ] {
        assert_eq!(found(text, Dialect::Plain), expected, "{text}");
    }
}

#[test]
fn code_between_tags() {
    for (text, expected) in [
        (
            "{% highlight python linenos %}\nx = 1\n{% endhighlight %}\n",
            one(2, 2, "x = 1\n"),
        ),
        ("{% highlight ruby %}\nx = 1\n{% endhighlight %}\n", vec![]),
        (
            "{{< highlight py >}}\n\nif x:\n    y\n{{< / highlight >}}\n",
            one(3, 4, "if x:\n    y\n"),
        ),
        ("{% highlight python %}\nnever ended\n", vec![]),
        (
            "<pre><code class=\"language-python\">x = 1 &lt; 2\ny</code></pre>\n",
            one(1, 2, "x = 1 < 2\ny\n"),
        ),
        (
            "<pre lang=\"py\">\n<b>x</b>\n</pre>\n",
            one(2, 2, "<b>x</b>\n"),
        ),
        ("<pre>\nimport os\n</pre>\n", vec![]),
        (
            ":::{code-block} python\n:linenos:\n\nx\n:::\n",
            one(4, 4, "x\n"),
        ),
        ("```python # a remark\nx\n```\n", one(2, 2, "x\n")),
        ("```python {#id .class}\nx\n```\n", one(2, 2, "x\n")),
    ] {
        assert_eq!(found(text, Dialect::Plain), expected, "{text}");
    }
    let text = "<CodeBlock language=\"python\">\n{`x = 1\ny`}\n</CodeBlock>\n";
    assert_eq!(found(text, Dialect::Jsx), one(2, 3, "x = 1\ny\n"));
}

#[test]
fn an_indent_is_no_code_in_mdx() {
    assert_eq!(found("text\n\n    import os\n", Dialect::Jsx), vec![]);
    let text = "<Tab title=\"A\">\n    ```py\n    x\n    ```\n</Tab>\n";
    assert_eq!(found(text, Dialect::Jsx), one(3, 3, "x\n"));
}

fn first(text: &str) -> crate::block::Block {
    let lines: Vec<&str> = text.lines().collect();
    blocks(&lines, Dialect::Plain).blocks.remove(0)
}

#[test]
fn headings_reach_the_block() {
    for (text, expected) in [
        ("# A\n## B\n```py\nx\n```", &["A", "B"][..]),
        ("Title\n=====\n\nSub\n---\n```py\nx\n```", &["Title", "Sub"]),
        ("two\nlines\n---\n```py\nx\n```", &[]),
        ("# A\n```sh\n# B\n```\n```py\nx\n```", &["A"]),
        ("# A\n    # B\n```py\nx\n```", &["A"]),
    ] {
        assert_eq!(first(text).headings, expected, "{text}");
    }
}

#[test]
fn directives_reach_the_block() {
    for (text, skip, timeout) in [
        (
            "<!-- snipcheck: skip=\"why\" -->\n\n```py\nx\n```",
            Some("why"),
            None,
        ),
        (
            "{/* snipcheck: timeout=3s */}\n```py skip=\"no\"\nx\n```",
            Some("no"),
            Some("3s"),
        ),
        ("<!-- snipcheck: skip -->\ntext\n```py\nx\n```", None, None),
        (
            "<!--pytest.mark.skip-->\n```py\nx\n```",
            Some("the guide says so"),
            None,
        ),
        (
            "```py {test=\"skip\"}\nx\n```",
            Some("the guide says so"),
            None,
        ),
    ] {
        let directives = first(text).directives;
        assert_eq!(directives.skip.as_deref(), skip, "{text}");
        let found = directives.limits.get(&Limit::Timeout);
        assert_eq!(found.map(String::as_str), timeout, "{text}");
    }
}

#[test]
fn a_region_is_left_out() {
    let text = "\
<!--- skip: start, too slow -->
```py
a
```
Text.
```py skip=\"no\"
b
```
<!--- skip: end -->
```py
c
```
```py notest
d
```";
    let lines: Vec<&str> = text.lines().collect();
    let blocks = blocks(&lines, Dialect::Plain).blocks;
    let skips: Vec<Option<&str>> = blocks
        .iter()
        .map(|b| b.directives.skip.as_deref())
        .collect();
    let expected = [
        Some("too slow"),
        Some("no"),
        None,
        Some("the guide says so"),
    ];
    assert_eq!(skips, expected);
}

#[test]
fn outputs_reach_the_block() {
    for (text, expected) in [
        ("```py\nprint(1)\n```\n\n```\n1\n```", &[(6, false)][..]),
        (
            "```py\nprint(1)\n```\n**Output:**\n```text\n1\n```",
            &[(6, true)],
        ),
        (
            "```py\nprint(1)\n```\nOutput:\n```\n1\n```\nOutput 2:\n```\n2\n```",
            &[(6, true), (10, true)],
        ),
        (
            "```py\nprint(1)\n```\n```\n1\n```\n```\n2\n```",
            &[(5, false)],
        ),
        (
            "```py\nx\n```\n<!--pytest-codeblocks:expected-output-->\n```\n1\n```",
            &[(6, true)],
        ),
        (
            "```py\nx\n```\nSee:\n```sh\nls\n```\n```output\n1\n```",
            &[],
        ),
        (
            "```py\nx\n```\nA sentence.\n```python out\n1\n```",
            &[(6, true)],
        ),
    ] {
        let answers: Vec<(u32, bool)> = first(text)
            .answers
            .iter()
            .map(|answer| {
                let labelled =
                    answer.notation == snipcheck_core::Notation::Fence { labelled: true };
                (answer.lines.first.number(), labelled)
            })
            .collect();
        assert_eq!(answers, expected, "{text}");
    }
}

#[test]
fn doubts_are_noted_at_their_line() {
    for (text, line, message) in [
        ("a\n```py\nx", 2, "never closed"),
        (
            "<!-- snipcheck: skpi -->\n```py\nx\n```",
            1,
            "did you mean `skip`",
        ),
        ("<!-- snipcheck: skip -->\ntext", 1, "above no snippet"),
    ] {
        let lines: Vec<&str> = text.lines().collect();
        let notes = blocks(&lines, Dialect::Plain).notes;
        assert_eq!(notes.len(), 1, "{text}");
        assert_eq!(notes[0].line.map(snipcheck_core::Line::number), Some(line));
        assert!(notes[0].message.contains(message), "{notes:?}");
    }
}

#[test]
fn sessions_are_told_from_scripts() {
    assert_eq!(first("```\n>>> x\n```").form, Form::Session);
    assert_eq!(first("```pycon\nx = 1\n```").form, Form::Script);
}

#[test]
fn fences_that_an_author_wrote() {
    for (text, expected) in [
        ("```python\nx\n```", &[(0, 2, true)][..]),
        ("```\nx\n```\n```js\ny\n```", &[(3, 5, false)]),
        ("```python import os and more\nx\n```", &[]),
        ("```python\nx", &[]),
        ("x = 1", &[]),
    ] {
        let lines: Vec<&str> = text.lines().collect();
        let found: Vec<(usize, usize, bool)> = tagged_fences(&lines)
            .iter()
            .map(|fence| (fence.open, fence.close, fence.is_python))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}
