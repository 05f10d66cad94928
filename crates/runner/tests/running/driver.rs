//! What the driver tells of small units, the same through both engines.

use crate::support::{ENGINES, outcomes, told, unit, watch};
use snipcheck_core::{Event, Line, Part, Want, Watch, WorkUnit};

/// Runs all units with both engines and compares what is told of them.
pub(crate) fn check(cases: Vec<(WorkUnit, &str)>) {
    let (units, expected): (Vec<WorkUnit>, Vec<&str>) = cases.into_iter().unzip();
    for engine in ENGINES {
        let (_, found) = outcomes(engine, &units);
        let mut wrong = Vec::new();
        for ((unit, outcome), expected) in units.iter().zip(&found).zip(&expected) {
            let told = told(outcome);
            if told != expected.trim() {
                wrong.push(format!(
                    "--- {engine}\n{}\n--- told\n{told}\n--- expected\n{}\n",
                    unit.code.code,
                    expected.trim()
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.concat());
    }
}

pub(crate) fn watched(code: &str, watches: &[(u32, u32, Want)]) -> WorkUnit {
    let mut unit = unit(code);
    unit.watches = watches
        .iter()
        .map(|(first, last, want)| watch(*first, *last, want.clone()))
        .collect();
    unit
}

fn value(code: &str, line: u32) -> WorkUnit {
    watched(code, &[(line, line, Want::Value)])
}

fn side(code: &str, line: u32, aside: &str) -> WorkUnit {
    watched(
        code,
        &[(
            line,
            line,
            Want::Side {
                code: aside.to_owned(),
            },
        )],
    )
}

#[test]
fn writes_have_the_lines_of_the_whole_stack() {
    check(vec![
        (
            unit("print(1, 2)\nprint('a', end='')\nprint('b')"),
            "out 10: \"1 2\\n\"\nout 11: \"a\"\nout 12: \"b\\n\"\ncompleted",
        ),
        (
            unit("for n in range(2):\n    print(n)"),
            "out 11: \"0\\n1\\n\"\ncompleted",
        ),
        (
            unit("def f(x):\n    print(x)\n\nf(1)\nf(\n    2\n)"),
            "out 11 13: \"1\\n\"\nout 11 14: \"2\\n\"\ncompleted",
        ),
        (
            unit("x = (\n    print(\n        1\n    )\n)"),
            "out 11: \"1\\n\"\ncompleted",
        ),
        (
            unit(
                "import threading\ndef f():\n    print('t')\nt = threading.Thread(target=f)\nt.start()\nt.join()",
            ),
            "out 12: \"t\\n\"\ncompleted",
        ),
        (
            unit("import sys\nprint('e', file=sys.stderr)"),
            "err 11: \"e\\n\"\ncompleted",
        ),
        (unit("import os\nos.write(1, b'raw')"), "completed"),
        (
            unit("class A:\n    def __del__(self):\n        print('gone')\na = A()\ndel a"),
            "out 12 14: \"gone\\n\"\ncompleted",
        ),
        (
            unit("class A:\n    def __del__(self):\n        print('gone')\na = A()\nprint('end')"),
            "out 14: \"end\\n\"\nout 12: \"gone\\n\"\ncompleted",
        ),
    ]);
}

#[test]
fn values() {
    check(vec![
        (value("x = [1]\nx", 11), "#0 list [1]\n#0 done\ncompleted"),
        (
            value("'a'", 10),
            "#0 str 'a' text \"a\"\n#0 done\ncompleted",
        ),
        (value("x = y = 1", 10), "#0 int 1\n#0 done\ncompleted"),
        (
            value("a, *b = [1, 2, 3]", 10),
            "#0 tuple (1, [2, 3])\n#0 done\ncompleted",
        ),
        (value("x = 1\nx += 2", 11), "#0 int 3\n#0 done\ncompleted"),
        (value("x: int = 4", 10), "#0 int 4\n#0 done\ncompleted"),
        (value("(y := 5)", 10), "#0 int 5\n#0 done\ncompleted"),
        (
            value("d = {}\nd['k'] = 1", 11),
            "#0 int 1 state [\"{'k': 1}\"]\n#0 done\ncompleted",
        ),
        (
            value("x = []\nx.append(4)", 11),
            "#0 NoneType None state [\"[4]\"]\n#0 done\ncompleted",
        ),
        (
            value("d = {'k': []}\nd['k'].append(4)", 11),
            "#0 NoneType None state [\"[4]\", \"{'k': [4]}\"]\n#0 done\ncompleted",
        ),
        (
            value("d = {'k': {1: [2]}}\nd['k'][1][0] = 3", 11),
            "#0 int 3 state [\"[3]\", \"{1: [3]}\", \"{'k': {1: [3]}}\"]\n#0 done\ncompleted",
        ),
        (
            value("x = [[1], [2]]\nx[1:][0].append(3)", 11),
            "#0 NoneType None\n#0 done\ncompleted",
        ),
        (
            value(
                "class D(dict):\n    def __getitem__(self, key):\n        print('asked')\n        return []\nd = D()\nd['k'].append(3)",
                15,
            ),
            "out 12 15: \"asked\\n\"\n#0 NoneType None state [\"{}\"]\n#0 done\ncompleted",
        ),
        (
            value("d = {'a': 1, 'b': [2, 3]}\ndel d['b'][0]", 11),
            "#0 list [3] state [\"{'a': 1, 'b': [3]}\"]\n#0 done\ncompleted",
        ),
        (value("n = 1\ndel n", 11), "#0 done\ncompleted"),
        (
            value("import heapq\nh = [3]\nheapq.heappush(h, 1)", 12),
            "#0 NoneType None state [\"[1, 3]\"]\n#0 done\ncompleted",
        ),
        (
            value("for i in range(2):  # 0\n    pass", 10),
            "#0 int 0\n#0 int 1\n#0 done\ncompleted",
        ),
        (
            value("def f():\n    'doc'\nprint(f.__doc__)", 11),
            "out 12: \"doc\\n\"\ncompleted",
        ),
        (
            value("def f():\n    return 7\nf()", 11),
            "#0 int 7\n#0 done\ncompleted",
        ),
        (
            value("a = 1; b = 2; a < b", 10),
            "#0 bool True\n#0 done\ncompleted",
        ),
        (
            value("import enum\nclass C(enum.Enum):\n    RED = 1", 12),
            "#0 done\n#0 C <C.RED: 1> text \"C.RED\" state [\"1\"]\ncompleted",
        ),
        (
            value(
                "class R:\n    def __repr__(self):\n        print('no')\n        return 'R!'\nR()",
                14,
            ),
            "#0 R R!\n#0 done\ncompleted",
        ),
        (
            value("class R:\n    def __repr__(self):\n        1/0\nR()", 13),
            "#0 done\ncompleted",
        ),
        (
            value("x = [\n    1,\n]", 10),
            "#0 list [1]\n#0 done\ncompleted",
        ),
        (
            watched(
                "with open('f', 'w') as f:\n    print(1)\nprint(2)",
                &[(10, 11, Want::Done)],
            ),
            "out 11: \"1\\n\"\n#0 done\nout 12: \"2\\n\"\ncompleted\nnote: it left 1 file behind",
        ),
    ]);
}

#[test]
fn exceptions_stop_a_statement_and_what_needs_it() {
    check(vec![
        (
            unit("x = 1\ny = 1 / 0\nprint(x)\nprint(y)\nz = y\nprint(z)\ny = 2\nprint(y)"),
            "11-11 stopped by ZeroDivisionError: division by zero (line 11)\n\
             13-13 not run because of 11\n14-14 not run because of 11\n15-15 not run because of 11\n\
             out 12: \"1\\n\"\nout 17: \"2\\n\"\ncompleted",
        ),
        (
            unit("x = [1]\nx.remove(2)\nprint(x)\nprint('on')"),
            "11-11 stopped by ValueError: list.remove(x): x not in list (line 11)\n\
             12-12 not run because of 11\nout 13: \"on\\n\"\ncompleted",
        ),
        (
            watched("x = [1]\nx.remove(2)\nprint(x)", &[(11, 11, Want::Raised)]),
            "#0 raised ValueError: list.remove(x): x not in list (line 11)\n#0 done\n\
             11-11 stopped by ValueError: list.remove(x): x not in list (line 11)\nout 12: \"[1]\\n\"\ncompleted",
        ),
        (
            unit(
                "class A:\n    def __del__(self):\n        print('gone')\ndef f():\n    a = A()\n    1 / 0\nf()\nprint('on')",
            ),
            "16-16 stopped by ZeroDivisionError: division by zero (line 15)\n\
             out 12: \"gone\\n\"\nout 17: \"on\\n\"\ncompleted",
        ),
        (
            unit("import pathlib\np = pathlib.Path('a.b')\np.read_text()\nprint(p.suffix)"),
            "12-12 stopped by FileNotFoundError: [Errno 2] No such file or directory: 'a.b' (line 12)\n\
             out 13: \".b\\n\"\ncompleted",
        ),
        (
            unit(
                "x = 1 / 0\ntry:\n    x\nexcept TypeError as e:\n    print(e)\ntry:\n    {}[1]\nexcept KeyError as e:\n    print(e)",
            ),
            "10-10 stopped by ZeroDivisionError: division by zero (line 10)\n\
             11-14 not run because of 10\nout 18: \"1\\n\"\ncompleted",
        ),
        (
            unit("import os\nos.mkdir('/')\nprint(os.sep)"),
            "11-11 stopped by FileExistsError: [Errno 17] File exists: '/' (line 11)\nout 12: \"/\\n\"\ncompleted",
        ),
        (
            unit("def f():\n    return y\ny = 1 / 0\nf()\ng = lambda: f()\ng()\nprint('end')"),
            "12-12 stopped by ZeroDivisionError: division by zero (line 12)\n\
             13-13 not run because of 12\n14-14 not run because of 12\n15-15 not run because of 12\n\
             out 16: \"end\\n\"\ncompleted",
        ),
        (
            watched(
                "try:\n    {}['k']\nexcept KeyError:\n    print('caught')",
                &[(11, 11, Want::Raised)],
            ),
            "#0 raised KeyError: 'k' (line 11)\n#0 done\nout 13: \"caught\\n\"\ncompleted",
        ),
        (
            unit("print(1)\nx = = 2\nprint(3)"),
            "10-12 stopped by SyntaxError: invalid syntax (line 11)\nout 10: \"1\\n\"\ncompleted",
        ),
        (
            unit("print(1)\nif True:\n    print(2)\n  else\nprint(3)"),
            "10-14 stopped by IndentationError: unindent does not match any outer indentation level (line 13)\nout 10: \"1\\n\"\ncompleted",
        ),
        (unit("import sys\nsys.exit(3)\nprint(1)"), "code 3"),
        (
            unit("import sys\nsys.exit()\nprint(1)"),
            "code 0\nnote: `sys.exit` on line 11 left 1 statement behind",
        ),
        (unit("import sys\nsys.exit(0)"), "completed"),
        (
            unit("raise KeyboardInterrupt\nprint('on')"),
            "10-10 stopped by KeyboardInterrupt:  (line 10)\nout 11: \"on\\n\"\ncompleted",
        ),
    ]);
}

#[test]
fn what_is_commented_out_runs_on_the_side() {
    check(vec![
        (
            side("t = (1,)\n# t[0] = 2\nprint(t)", 11, "t[0] = 2"),
            "#0 raised TypeError: 'tuple' object does not support item assignment (line 11)\nout 12: \"(1,)\\n\"\ncompleted",
        ),
        (
            side("x = [1]\n# x.append(2)\nprint(x)", 11, "x.append(2)"),
            "#0 raised nothing\nout 12: \"[1]\\n\"\ncompleted",
        ),
        (
            side("# 1/0\nx = 1", 10, "1/0"),
            "#0 raised ZeroDivisionError: division by zero (line 10)\ncompleted",
        ),
        (
            side(
                "def f():\n    x = 1\n    # x + 'a'\n    return x\nf()",
                12,
                "x + 'a'",
            ),
            "#0 raised TypeError: unsupported operand type(s) for +: 'int' and 'str' (line 12)\ncompleted",
        ),
        (
            side("x = 1\n# while 1: pass\nprint(x)", 11, "while 1: pass"),
            "out 12: \"1\\n\"\ncompleted",
        ),
        (
            side("x = 1\n# x +\n", 11, "x +"),
            "#0 raised SyntaxError: invalid syntax (line 11)\ncompleted",
        ),
    ]);
}

#[test]
fn ways_of_running() {
    let context = |code: &str, context: &str| {
        let mut unit = unit(code);
        unit.context = vec![Part {
            first: Line::new(3),
            code: context.to_owned(),
        }];
        unit
    };
    let mut by_statement = unit("a = 257\nb = 257\nprint(a is b)");
    by_statement.by_statement = true;
    let mut awaited = unit(
        "import asyncio\nawait asyncio.sleep(0)\nprint('slept')\n1 / 0\nawait asyncio.sleep(0)\nprint('again')",
    );
    awaited.top_level_await = true;
    let mut repaired = unit("print(math.pi > 3)");
    repaired.prelude = vec!["import math".to_owned()];
    repaired.imports_repaired = true;
    check(vec![
        (
            context(
                "print(x)\nf()",
                "x = 1\nprint('unseen')\n1 / 0\ndef f():\n    print('f')",
            ),
            "5-5 stopped by ZeroDivisionError: division by zero (line 5)\nout 10: \"1\\n\"\nout 7 11: \"f\\n\"\ncompleted",
        ),
        (
            unit("a = 257\nb = 257\nprint(a is b)"),
            "out 12: \"True\\n\"\ncompleted",
        ),
        (by_statement, "out 12: \"False\\n\"\ncompleted"),
        (
            awaited,
            "out 12: \"slept\\n\"\n13-13 stopped by ZeroDivisionError: division by zero (line 13)\nout 15: \"again\\n\"\ncompleted",
        ),
        (repaired, "out 10: \"True\\n\"\ncompleted"),
        (
            unit(
                "'''doc'''\nfrom __future__ import annotations\ndef f(x: Nope): ...\nprint(f.__annotations__, __doc__)",
            ),
            "out 13: \"{'x': 'Nope'} doc\\n\"\ncompleted",
        ),
        (
            watched(
                "from __future__ import annotations\nx: Nope = 1",
                &[(10, 10, Want::Done), (11, 11, Want::Value)],
            ),
            "#0 int 1\n#0 done\ncompleted",
        ),
    ]);
}

#[test]
fn without_the_repaired_import_a_reader_gets_the_exception() {
    let mut unit = unit("x = 1\nprint(math.pi > 3)");
    unit.prelude = vec!["import math".to_owned()];
    unit.imports_repaired = true;
    for engine in ENGINES {
        let (_, found) = outcomes(engine, std::slice::from_ref(&unit));
        let exception = found[0].as_it_stands.as_ref().unwrap();
        assert_eq!(
            crate::support::raised(exception),
            "NameError: name 'math' is not defined (line 11)"
        );
        assert_eq!(found[0].stdout.text, "True\n");
    }
}

#[test]
fn prompts_echo_and_go_on() {
    let mut session = watched(
        "x = 2\nx\nfor n in 'ab': n\nint('x')\n_\n'text'\ny = 3",
        &[
            (11, 11, Want::Echo),
            (12, 12, Want::Echo),
            (13, 13, Want::Echo),
            (13, 13, Want::Raised),
            (14, 14, Want::Echo),
            (15, 15, Want::Echo),
            (16, 16, Want::Echo),
        ],
    );
    session.by_statement = true;
    for engine in ENGINES {
        let (_, found) = outcomes(engine, &[session.clone()]);
        assert_eq!(
            found[0].stdout.text, "2\n'a'\n'b'\n'b'\n'text'\n",
            "{engine}"
        );
        let not_run = found[0]
            .events
            .iter()
            .any(|event| matches!(event, snipcheck_core::Event::NotRun { .. }));
        assert!(!not_run, "{engine}");
    }
}

#[test]
fn what_is_timed_is_told_with_what_its_threads_did() {
    let code = "\
import threading, time
def spin():
    until = time.perf_counter() + 0.3
    while time.perf_counter() < until:
        pass
time.sleep(0.3)
both = [threading.Thread(target=spin) for _ in range(2)]
for one in both: one.start()
for one in both: one.join()
";
    let clock = |number, line| Watch {
        expectation: number,
        ..watch(line, line, Want::Time)
    };
    let mut unit = unit(code);
    unit.watches = vec![clock(0, 15), clock(1, 17), clock(2, 18)];
    unit.ledger = true;
    for engine in ENGINES {
        let (_, outcomes) = outcomes(engine, std::slice::from_ref(&unit));
        let outcome = &outcomes[0];
        let times: Vec<_> = outcome
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Timed {
                    expectation,
                    from,
                    to,
                } => Some((*expectation, *from, *to)),
                _ => None,
            })
            .collect();
        let [(0, asleep, awake), (1, begun, _), (2, _, done)] = times[..] else {
            panic!("{engine:?}: {:?}", outcome.events);
        };
        assert!(awake.at - asleep.at >= 300_000_000 && awake.cpu - asleep.cpu < 100_000_000);
        assert!(done.at > begun.at && done.cpu > begun.cpu);
        let looks = outcome.ledger.looks.iter();
        let most = looks.clone().map(|look| look.threads.len()).max();
        assert_eq!(most, Some(3), "{engine:?}");
        let inside = looks.filter(|look| (asleep.at..done.at).contains(&look.at));
        assert!(inside.count() >= 3, "{engine:?}");
    }
}

#[test]
fn what_is_weighed_is_told_in_several_ways() {
    let code = "row = [0] * 100_000\nsum([n for n in range(100_000)])\nlast = [0] * 1_000_000";
    let mut unit = unit(code);
    unit.watches = [(10, true), (11, true), (12, false)]
        .into_iter()
        .map(|(line, traced)| Watch {
            expectation: usize::try_from(line).unwrap(),
            ..watch(line, line, Want::Memory { traced })
        })
        .collect();
    for engine in ENGINES {
        let (_, outcomes) = outcomes(engine, std::slice::from_ref(&unit));
        let weights: Vec<_> = outcomes[0]
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Weighed { weight, .. } => Some(*weight),
                _ => None,
            })
            .collect();
        let [row, sum, last] = weights[..] else {
            panic!("{engine:?}: {:?}", outcomes[0].events);
        };
        assert!(row.own.is_some_and(|own| (800_000..810_000).contains(&own)));
        assert!(
            (800_000..900_000).contains(&row.traced) && row.peak >= row.traced,
            "{row:?}"
        );
        assert!((4_000_000..9_000_000).contains(&last.pss), "{last:?}");
        assert_eq!((last.traced, last.peak), (0, 0));
        assert!(
            sum.own.is_none() && sum.traced < 100_000 && sum.peak > 800_000,
            "{sum:?}"
        );
    }
}
