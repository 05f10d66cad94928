//! What lies or runs beside a unit: files that it imports, code that imports it, calls of what it never calls.

use crate::driver::{check, watched};
use crate::support::{options, outcomes_with, unit};
use snipcheck_core::{File, FileName, Line, Part, Want, WorkUnit};
use snipcheck_runner::Engine;

/// A file whose first line is guide line 3.
fn file(name: &str, code: &str) -> File {
    File {
        name: FileName::of(name).unwrap(),
        part: Part {
            first: Line::new(3),
            code: code.to_owned(),
        },
    }
}

fn with_files(code: &str, files: &[(&str, &str)]) -> WorkUnit {
    let mut unit = unit(code);
    unit.files = files.iter().map(|(name, code)| file(name, code)).collect();
    unit
}

#[test]
fn files_lie_in_the_work_folder() {
    check(vec![
        (
            with_files(
                "import tool\nprint(tool.x, tool.__name__)",
                &[("tool.py", "x = 2\n")],
            ),
            "out 11: \"2 tool\\n\"\ncompleted",
        ),
        (
            with_files(
                "from shop.cart import total\nprint(total())",
                &[
                    (
                        "shop/cart.py",
                        "from shop.price import price\ndef total(): return price\n",
                    ),
                    ("shop/price.py", "price = 3\n"),
                ],
            ),
            "out 11: \"3\\n\"\ncompleted",
        ),
        // Its lines are the guide's, and what it prints belongs to the import.
        (
            with_files(
                "import tool\nprint(tool.f.__code__.co_firstlineno)",
                &[("tool.py", "print('here')\ndef f(): ...\n")],
            ),
            "out 10: \"here\\n\"\nout 11: \"4\\n\"\ncompleted",
        ),
        // What is installed goes before it.
        (
            with_files(
                "import textwrap, os\nprint(textwrap.dedent(' a'), os.listdir())",
                &[("textwrap.py", "")],
            ),
            "out 11: \"a []\\n\"\ncompleted",
        ),
        // What the snippet itself leaves is told, what it was given is not.
        (
            with_files(
                "import tool\nopen('a.txt', 'w').close()",
                &[("tool.py", "")],
            ),
            "completed\nnote: it left 1 file behind",
        ),
    ]);
}

#[test]
fn what_imports_the_snippet_runs_by_itself() {
    let ran = |code: &str| {
        watched(
            "print('main')",
            &[(
                10,
                10,
                Want::Run {
                    code: code.to_owned(),
                    files: vec![file("tool.py", "print('as', __name__)\n")],
                },
            )],
        )
    };
    let own = "out 10: \"main\\n\"\n";
    let told = |more: &str| format!("{own}{more}completed");
    let cases = [
        ("import tool", told("#0 wrote \"as tool\\n\"\n")),
        (
            "import tool; print(2)",
            told("#0 wrote \"as tool\\n2\\n\"\n"),
        ),
        ("import tool; 1/0", told("")),
        ("import sys; sys.exit(3)", told("")),
    ];
    check(
        cases
            .iter()
            .map(|(code, told)| (ran(code), told.as_str()))
            .collect(),
    );
}

#[test]
fn calls_are_made_after_all_and_change_nothing() {
    let calls = |code: &str, calls: &[&str]| {
        let mut unit = unit(code);
        let part = |call: &&str| Part {
            first: Line::new(20),
            code: (*call).to_owned(),
        };
        unit.calls = calls.iter().map(part).collect();
        unit
    };
    check(vec![
        (
            calls("x = 1\ndef f():\n    print(x)\nx = 2", &["f()"]),
            "called out 12 20: \"2\\n\"\ncompleted",
        ),
        (
            calls(
                "import asyncio\nasync def f():\n    print(1)\ndef g():\n    asyncio.run(f())",
                &["await f()", "g()"],
            ),
            "called out 12 20: \"1\\n\"\ncalled out 12 14 20: \"1\\n\"\ncompleted",
        ),
        (
            calls("def f():\n    1/0\ndef g():\n    print(2)", &["f()", "g()"]),
            "called 20-20 stopped by ZeroDivisionError: division by zero (line 11)\ncalled out 13 20: \"2\\n\"\ncompleted",
        ),
        // What they leave, break or never end is theirs alone.
        (
            calls(
                "def f():\n    open('a', 'w')\n    while True: pass",
                &["f()"],
            ),
            "completed",
        ),
        (
            calls("import sys\ndef f(): print(1)\nsys.exit(0)\n", &["f()"]),
            "completed",
        ),
        (
            calls("import os\ndef f(): os._exit(3)", &["f()"]),
            "completed",
        ),
    ]);
}

#[test]
fn an_interpreter_that_keeps_its_lock_is_told_so() {
    let unit = unit("import os\nprint(os.environ.get('PYTHON_GIL'))");
    for (keeps_lock, expected) in [(true, "1\n"), (false, "None\n")] {
        let mut options = options(Engine::Subprocess);
        options.python.keeps_lock = keeps_lock;
        let (_, outcomes) = outcomes_with(options, std::slice::from_ref(&unit));
        assert_eq!(outcomes[0].stdout.text, expected);
    }
}
