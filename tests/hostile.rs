//! Snippets that try to do harm: each one in `hostile/cases/` ends as it says in its first lines, its neighbours
//! do not notice, and nothing is left behind.
//!
//! `cargo test -p snipcheck --test hostile -- --nocapture` prints the table of cases, and with `--include-ignored`
//! one for each world: the other engine, a system without namespaces, another user.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the table")]

#[path = "hostile/case.rs"]
mod case;
#[path = "hostile/outside.rs"]
mod outside;
#[path = "hostile/world.rs"]
mod world;

use case::Case;
use outside::Outside;
use serde_json::Value;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use world::{Outer, Refused, User, World};

/// How long all cases may take together.
const PATIENCE: Duration = Duration::from_secs(170);

/// This user, with everything that the system allows.
const PLAIN: World = World {
    user: User::Own,
    refused: Refused::Nothing,
};

#[test]
fn whatever_a_snippet_does_costs_that_snippet_only() {
    all_hold(&[(PLAIN, "embedded")]);
}

/// The other engine, a system without namespaces, another user.
#[test]
#[ignore = "takes minutes: cargo test -p snipcheck --test hostile -- --ignored --nocapture"]
fn wherever_it_runs() {
    let without_namespaces = World {
        refused: Refused::Namespaces,
        ..PLAIN
    };
    all_hold(&[(PLAIN, "subprocess"), (without_namespaces, "embedded")]);
    if world::is_root() {
        let ordinary = |world| World {
            user: User::Ordinary,
            ..world
        };
        all_hold(&[
            (ordinary(PLAIN), "embedded"),
            (ordinary(without_namespaces), "embedded"),
        ]);
    } else {
        eprintln!("NOTE: not run as another user, which only root can do");
    }
}

fn all_hold(worlds: &[(World, &str)]) {
    world::adopt();
    let cases = Case::all();
    assert!(cases.len() > 80, "the cases are not found");
    let wrong: Vec<String> = worlds
        .iter()
        .flat_map(|(world, engine)| try_all(&cases, *world, engine))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where files are not protected, nothing runs unless that is said to be fine.
#[test]
fn nothing_runs_unprotected() {
    let outside = Outside::new();
    let guide = outside.write("guide.md", "```python\nprint(1)  # 1\n```\n");
    let world = World {
        user: User::Own,
        refused: Refused::NamespacesAndLandlock,
    };
    for (arguments, code, told) in [
        (&[][..], 3, "files of the user are not protected"),
        (&["--allow-unprotected-files"], 0, "sandbox level 1"),
        (
            &["--allow-unprotected-files", "--require-sandbox", "2"],
            3,
            "level 2 is required",
        ),
    ] {
        let outer = Outer::new();
        let mut command = program(&outside);
        command.arg("run").args(arguments).arg(&guide);
        world.enter(&mut command, &outer);
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {text}");
        assert!(text.contains(told), "{arguments:?} {text}");
    }
}

/// A broker that is killed leaves nothing either.
#[test]
fn nothing_is_left_by_a_killed_broker() {
    for refused in [Refused::Nothing, Refused::Namespaces] {
        let world = World {
            user: User::Own,
            refused,
        };
        let outside = Outside::new();
        let code = "import subprocess, sys, time\n\
            open('/dev/shm/hostile-killed', 'w').close()\n\
            subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True)\n\
            time.sleep(60)";
        let text = format!("<!-- snipcheck: timeout=60s -->\n\n```python\n{code}\n```\n");
        let guide = outside.write("guide.md", &text);
        let outer = Outer::new();
        let mut command = program(&outside);
        command.arg("run").arg(&guide).stdout(Stdio::null());
        world.enter(&mut command, &outer);
        let mut broker = command.spawn().unwrap();
        // Its own, those of a slot, the snippet and its child.
        let started = until(Duration::from_secs(30), || outer.processes() >= 5);
        broker.kill().unwrap();
        broker.wait().unwrap();
        if !started {
            assert!(!world::is_root(), "the snippet never ran");
            eprintln!("NOTE: nobody counts the processes here, so it was killed at any moment");
        }
        // Where nobody counts the processes, the folder that goes last tells when they are gone.
        let cleared = || fs::read_dir(outside.temporary()).unwrap().next().is_none();
        let clean = until(Duration::from_secs(5), || {
            outer.left().is_empty() && cleared()
        });
        assert!(clean, "{refused:?} {:?}", outer.left());
        assert_eq!(outside.changed(), Vec::<String>::new(), "{refused:?}");
    }
}

/// Runs all cases and prints their table; what is wrong.
fn try_all(cases: &[Case], world: World, engine: &str) -> Vec<String> {
    let outside = Outside::new();
    let outer = Outer::new();
    let guide = outside.write("hostile.md", &case::guide(cases, &outside));
    let answer = outside.path("report.json");
    let mut command = program(&outside);
    command
        .args(["run", "--format", "json", "--engine", engine])
        .arg(&guide)
        .env("HOSTILE", concat!("hostile", "-secret"))
        .stdout(File::create(&answer).unwrap());
    world.enter(&mut command, &outer);
    let started = Instant::now();
    let status = wait(&mut command, &outer);
    let place = format!("{world:?} {engine}");
    let text = fs::read_to_string(&answer).unwrap();
    let Ok(report) = serde_json::from_str::<Value>(&text) else {
        return vec![format!("{place}: {status:?}, no report, see stderr above")];
    };
    let level = report["sandbox"]["level"].as_u64().unwrap();
    println!(
        "\n{place}, level {level}, {:.1} s",
        started.elapsed().as_secs_f64()
    );
    let mut wrong = case::hold(cases, &report, level);
    if !until(Duration::from_secs(3), || outer.left().is_empty()) {
        wrong.extend(outer.left());
    }
    wrong.extend(outside.changed());
    println!(
        "left behind: {}",
        if wrong.is_empty() {
            "nothing"
        } else {
            "see below"
        }
    );
    wrong
        .iter()
        .map(|what| format!("{place}: {what}"))
        .collect()
}

/// The program, with a temporary folder that is looked at afterwards.
fn program(outside: &Outside) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_snipcheck"));
    command
        .current_dir(outside.path(""))
        .env("TMPDIR", outside.temporary())
        .env("HOME", outside.path(""))
        .stdin(Stdio::null());
    command
}

/// Waits for the end, and brings it about when it does not come.
fn wait(command: &mut Command, outer: &Outer) -> Option<ExitStatus> {
    let mut child = command.spawn().unwrap();
    let mut status = None;
    until(PATIENCE, || {
        status = child.try_wait().unwrap();
        status.is_some()
    });
    if status.is_none() {
        child.kill().unwrap();
        child.wait().unwrap();
        outer.kill();
    }
    status
}

/// Whether it became true in time.
fn until(patience: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + patience;
    while Instant::now() < deadline {
        if is_so() {
            return true;
        }
        sleep(Duration::from_millis(20));
    }
    is_so()
}

/// Where the cases are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/hostile/cases")
}
