//! Both engines give what `python file.py` gives: the same text, the same exit code, the same tracebacks.

use crate::support::{ENGINES, FIRST, outcomes, python, unit};
use snipcheck_core::{Exit, Line};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// Programs whose output is the same in every run.
const PROGRAMS: [&str; 34] = [
    "async def f():\n    pass\nc = f()\nprint('end')",
    "a = []\nimport sys\nprint(sys.getrefcount(a))\nb = a\nprint(sys.getrefcount(a))",
    "import sys\nx = 1000\nprint(sys.getrefcount(x), sys.getrefcount('some text'), sys.getrefcount((1, 2)))",
    "a = 257; b = 257\nc = 'x y'\nd = 'x y'\nprint(a is b, c is d, (1, 2) is (1, 2))",
    "import inspect\ndef f():\n    return 1\nclass A:\n    pass\nprint(inspect.getsource(f), inspect.getsource(A))",
    "import traceback\ndef f():\n    raise ValueError('x')\ntry:\n    f()\nexcept ValueError:\n    traceback.print_exc()",
    "def f(n):\n    return f(n - 1) if n else 1 / 0\nf(2)",
    "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise RuntimeError('late') from e",
    "x = 1\nx = = 2",
    "def f(:\n    pass",
    "import threading\ndef f():\n    raise ValueError('in thread')\nt = threading.Thread(target=f, name='T')\nt.start()\nt.join()\nprint('on')",
    "import sys\nsys.exit('said')",
    "import os\nprint('kept')\nos._exit(4)",
    "import atexit\natexit.register(print, 'bye')\nprint('end')",
    "import threading, time\ndef f():\n    time.sleep(0.05)\n    print('late')\nthreading.Thread(target=f).start()\nprint('end')",
    "class A:\n    def __del__(self):\n        print('gone', self.n)\na = A(); a.n = 1\nb = A(); b.n = 2\nprint('end')",
    "import multiprocessing as m\ndef f(x):\n    return x * x\nif __name__ == '__main__':\n    with m.get_context('spawn').Pool(2) as p:\n        print(p.map(f, range(4)))",
    "import multiprocessing as m\ndef f(q):\n    q.put('from child')\nif __name__ == '__main__':\n    c = m.get_context('fork')\n    q = c.Queue()\n    p = c.Process(target=f, args=(q,))\n    p.start()\n    print(q.get())\n    p.join()\n    print(p.exitcode)",
    "from concurrent.futures import ProcessPoolExecutor\ndef f(x):\n    return x + 1\nif __name__ == '__main__':\n    with ProcessPoolExecutor(2) as p:\n        print(list(p.map(f, [1, 2])))",
    "import pickle\nclass P:\n    pass\nprint(type(pickle.loads(pickle.dumps(P()))), P.__module__)",
    "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 'done'\nprint(asyncio.run(f()))",
    "import random\nrandom.seed(1)\nprint(random.random(), {'a', 'b', 'c'}, hash('a'))",
    "print(sorted(k for k in globals() if k != '__builtins__'), __name__, __doc__, __spec__)",
    "print(list(globals()))",
    "import gc\nclass N: pass\nn = N(); n.me = n\ndel n\nprint(gc.collect() >= 1)",
    "import sys\nprint(type(sys.stdout), sys.stdout.name, sys.stdout.encoding, sys.stderr.errors, sys.stdout.mode)",
    "import logging\nlogging.warning('careful')\nlogging.basicConfig(level='INFO')\nlogging.info('so')",
    "import warnings\nwarnings.warn('old', DeprecationWarning)",
    "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(1, 1)\nsuite = unittest.defaultTestLoader.loadTestsFromName('__main__')\nprint(suite.countTestCases())",
    "def gen():\n    try:\n        yield 1\n    finally:\n        print('closed')\ng = gen()\nprint(next(g))\ndel g\nprint('end')",
    "if True:\nx = 1",
    "x = (1,\n     2]",
    "print('\\d', 0 is 0)\nx = 1or 2",
    "import urllib\nprint(hasattr(urllib, 'parse'))\nimport importlib, logging, xml, email, os\nprint([hasattr(importlib, 'util'), hasattr(logging, 'handlers'), hasattr(xml, 'dom')])",
];

/// What `python file.py` writes and ends with, the file's path replaced.
///
/// It finds the environment that a snippet finds: a folder to work in, a home and a place for temporary files.
pub(crate) fn plain(python: &Path, code: &str) -> (String, String, i32) {
    let top = tempfile::tempdir().unwrap();
    let folder = |name: &str| {
        let folder = top.path().join(name);
        fs::create_dir(&folder).unwrap();
        folder
    };
    let (work, home, temporary) = (folder("work"), folder("home"), folder("tmp"));
    let file = work.join("snippet.py");
    fs::write(&file, code).unwrap();
    let own = python.parent().unwrap().display();
    let mut command = Command::new(python);
    snipcheck_sandbox::heed_signals(&mut command);
    let output = command
        .arg(&file)
        .current_dir(&work)
        .env_clear()
        .env("PATH", format!("{own}:/usr/bin:/bin"))
        .env("HOME", home)
        .env("TMPDIR", temporary)
        .env("LANG", "C.UTF-8")
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONUTF8", "1")
        .env("PYTHONUNBUFFERED", "1")
        .env("MALLOC_ARENA_MAX", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text =
        |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(file.to_str().unwrap(), "g.md");
    let signal = || -output.status.signal().unwrap();
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code().unwrap_or_else(signal),
    )
}

#[test]
fn engines_agree_with_plain_python() {
    agree(FIRST);
}

#[test]
fn far_down_a_guide_nothing_is_different() {
    agree(5000);
}

fn agree(first: u32) {
    let padding = "\n".repeat(first as usize - 1);
    let mut units: Vec<_> = PROGRAMS.iter().map(|code| unit(code)).collect();
    for unit in &mut units {
        unit.code.first = Line::new(first);
    }
    for engine in ENGINES {
        let python = python(engine).path;
        let expected: Vec<_> = PROGRAMS
            .iter()
            .map(|code| plain(&python, &format!("{padding}{code}\n")))
            .collect();
        let (_, found) = outcomes(engine, &units);
        let mut wrong = Vec::new();
        for ((code, outcome), (stdout, stderr, status)) in
            PROGRAMS.iter().zip(&found).zip(&expected)
        {
            // An exception that stops the last statement is an event; the run itself is complete.
            let same_exit = match outcome.exit {
                Exit::Completed => *status == 0 || !stderr.is_empty(),
                Exit::Code { code } => code == *status,
                _ => false,
            };
            if outcome.stdout.text != *stdout || outcome.stderr.text != *stderr || !same_exit {
                wrong.push(format!(
                    "--- {engine}\n{code}\n--- told {:?}\n{}{}--- expected {status}\n{stdout}{stderr}\n",
                    outcome.exit, outcome.stdout.text, outcome.stderr.text
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.concat());
    }
}
