//! A request to end in the middle of a run: every process is gone when `run` returns.
//!
//! A program of its own, as the signal is for the whole process.

use snipcheck_core::{Limits, Line, Part, SnippetId, WorkUnit};
use snipcheck_runner::{Engine, Options, Program, RunError, Runner, interpreter};
use std::num::NonZeroUsize;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn nothing_is_left_after_an_interrupt() {
    let mark = format!("snipcheck-interrupt-{}", std::process::id());
    let code = format!(
        "import subprocess, sys, time\n\
         subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', '{mark}'], start_new_session=True)\n\
         time.sleep(60)"
    );
    let part = Part {
        first: Line::FIRST,
        code,
    };
    let unit = WorkUnit {
        limits: Limits {
            timeout: Duration::from_mins(1),
            ..Limits::default()
        },
        ..WorkUnit::new(SnippetId("g/a".to_owned()), "g.md".to_owned(), part)
    };
    let options = Options {
        engine: Engine::Subprocess,
        python: interpreter::Finder::default().find().unwrap(),
        jobs: NonZeroUsize::MIN,
        more_while_idle: false,
        hash_seed: 0,
        cache: None,
        least_level: 0,
        program: Program::binary(env!("CARGO_BIN_EXE_snipcheck-slot").into()),
        cluster: None,
    };
    let interrupter = thread::spawn({
        let mark = mark.clone();
        move || interrupt_when_running(&mark)
    });
    let mut runner = Runner::new(options).unwrap();
    let result = runner.run([unit], &mut |_, outcome| panic!("{outcome:?}"));
    assert!(matches!(result, Err(RunError::Interrupted)), "{result:?}");
    assert!(interrupter.join().unwrap(), "the snippet never ran");
    assert!(!is_running(&mark), "a process was left behind");
}

/// Asks this process to end once the snippet's own child is there; whether it ever was.
fn interrupt_when_running(mark: &str) -> bool {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_running(mark) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(50));
    }
    let seen = is_running(mark);
    let own = std::process::id().to_string();
    Command::new("kill")
        .args(["-TERM", &own])
        .status()
        .expect("there is kill");
    seen
}

fn is_running(mark: &str) -> bool {
    let processes = Command::new("ps")
        .args(["-eo", "args"])
        .output()
        .expect("there is ps");
    String::from_utf8_lossy(&processes.stdout).contains(mark)
}
