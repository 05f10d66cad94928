use super::blocks;
use crate::block::Block;
use snipcheck_core::{Form, Kind, Notation};

fn found(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    blocks(&lines).blocks
}

/// First and last line, counted from 1, with the code.
fn places(text: &str) -> Vec<(usize, usize, String)> {
    found(text)
        .into_iter()
        .map(|block| (block.first + 1, block.last + 1, block.code))
        .collect()
}

#[test]
fn code_and_where_it_stands() {
    for (text, expected) in [
        (
            ".. code-block:: python\n\n   import os\n\n   os.sep\n\ntext",
            &[(3, 5, "import os\n\nos.sep\n")][..],
        ),
        (
            ".. code:: python3\n   :number-lines:\n   :name: x\n\n     x = 1\n   y = 2\n",
            &[(5, 6, "  x = 1\ny = 2\n")],
        ),
        (
            ".. sourcecode:: py\n    :linenos:\n\n    f(1)",
            &[(4, 4, "f(1)\n")],
        ),
        (
            ".. testcode:: group\n\n   print(1)\n",
            &[(3, 3, "print(1)\n")],
        ),
        (
            ".. doctest::\n\n   >>> 1\n   1\n\n   >>> 2\n   2\n",
            &[(3, 7, ">>> 1\n1\n\n>>> 2\n2\n")],
        ),
        (".. code-block:: bash\n\n   import os\n", &[]),
        (
            ".. jupyter-execute::\n   :hide-output:\n\n   f(1)\n",
            &[(4, 4, "f(1)\n")],
        ),
        (".. code-tab:: py Title\n\n   f(1)\n", &[(3, 3, "f(1)\n")]),
        (".. code-tab:: js\n\n   f(1)\n", &[]),
        (".. code-block:: rst\n\n   >>> 1\n", &[]),
        (".. code-block:: python\n", &[]),
        (
            "* item\n\n  .. note::\n\n     .. code-block:: python\n\n        x\n\n     more",
            &[(7, 7, "x\n")],
        ),
        ("- .. code-block:: python\n\n     x\n", &[(3, 3, "x\n")]),
        (".. a comment\n\n   >>> 1\n   1\n\ntext\n", &[]),
        (".. math::\n\n   >>> 1\n", &[]),
        (".. _target:\n\n>>> 1\n1\n", &[(3, 4, ">>> 1\n1\n")]),
    ] {
        let want: Vec<_> = expected
            .iter()
            .map(|(a, b, c)| (*a, *b, (*c).to_owned()))
            .collect();
        assert_eq!(places(text), want, "{text}");
    }
}

#[test]
fn literal_blocks_that_read_as_python() {
    for (text, expected) in [
        ("So::\n\n   import os\n", Some((3, 3))),
        ("So::\n\n   >>> 1\n   1\n\n   >>> 2\n\ntext", Some((3, 6))),
        ("1. So::\n\n      import os\n\n   text", Some((3, 3))),
        ("1. So::\n\n   import os\n", None),
        ("So:\n\n   import os\n", None),
        ("So::\n\n   pip install shelf\n", None),
        ("So::\n\n   some words\n", None),
        ("So::\n   import os\n", None),
        ("::\n\n  def f():\n      return 1\n", Some((3, 4))),
        (".. highlight:: c\n\nSo::\n\n   f(1)\n", None),
        (".. highlight:: c\n\nSo::\n\n   >>> 1\n", Some((5, 5))),
        (".. highlight:: python3\n\nSo::\n\n   x = 1\n", Some((5, 5))),
        ("So::\n\n   x = 1\n", None),
    ] {
        let place = places(text).first().map(|(first, last, _)| (*first, *last));
        assert_eq!(place, expected, "{text}");
    }
}

#[test]
fn sessions_are_paragraphs() {
    let text = "Try:\n\n>>> a\n1\n\n>>> b\n2\n\nand\n\n  >>> c\n  3\n";
    let found = found(text);
    let places: Vec<_> = found
        .iter()
        .map(|b| (b.first + 1, b.last + 1, b.indent))
        .collect();
    assert_eq!(places, [(3, 7, 0), (11, 12, 2)]);
    assert!(found.iter().all(|block| block.form == Form::Session));
}

#[test]
fn outputs() {
    let labelled = |labelled| Some(Notation::Fence { labelled });
    for (below, expected) in [
        (".. testoutput::\n\n   1\n", labelled(true)),
        (".. code-block:: none\n\n   1\n", labelled(false)),
        (
            "It prints:\n\n.. code-block:: text\n\n   1\n",
            labelled(true),
        ),
        ("Output::\n\n   1\n", labelled(true)),
        ("Output::\n\n   print(1)\n", labelled(true)),
        (
            "Now for another thing.\n\n.. code-block:: text\n\n   1\n",
            None,
        ),
        (".. code-block:: bash\n\n   1\n", None),
    ] {
        let text = format!(".. testcode::\n\n   print(1)\n\n{below}");
        let found = found(&text);
        assert_eq!(found.len(), 1, "{below}");
        let answer = found[0].answers.first();
        assert_eq!(answer.map(|answer| answer.notation), expected, "{below}");
        if let Some(answer) = answer {
            assert_eq!(answer.kind, Kind::FollowingFence);
            assert_eq!(answer.lines.last.index() + 1, text.lines().count());
        }
    }
}

#[test]
fn what_the_page_says_of_its_code() {
    for (text, skip, prelude) in [
        (".. doctest::\n   :options: +SKIP\n\n   >>> 1\n", true, None),
        (".. testcode::\n   :skipif: old\n\n   f()\n", true, None),
        (".. doctest-skip::\n\n   >>> 1\n", true, None),
        (".. skip: next\n\n>>> 1\n", true, None),
        (".. skip: start\n\ntext\n\n>>> 1\n", true, None),
        (".. skip: start\n\n.. skip: end\n\n>>> 1\n", false, None),
        (
            ".. snipcheck: skip=\"not today\"\n\n.. code:: python\n\n   f()\n",
            true,
            None,
        ),
        (
            ".. testsetup::\n\n   x = 1\n\n>>> x\n1\n",
            false,
            Some("x = 1"),
        ),
        (
            ".. testsetup::\n\n   x = 1\n\n.. code:: python\n\n   x\n",
            false,
            None,
        ),
    ] {
        let found = found(text);
        assert_eq!(found.len(), 1, "{text}");
        let directives = &found[0].directives;
        assert_eq!(directives.skip.is_some(), skip, "{text}");
        assert_eq!(directives.prelude.as_deref(), prelude, "{text}");
    }
}

#[test]
fn titles_name_the_snippets_below() {
    let text = "Trees\n=====\n\nLeaves\n------\n\n>>> 1\n\nRoots\n-----\n\n>>> 2\n";
    let headings: Vec<_> = found(text)
        .into_iter()
        .map(|block| block.headings)
        .collect();
    assert_eq!(headings, [["Trees", "Leaves"], ["Trees", "Roots"]]);
}
