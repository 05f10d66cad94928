//! Scripts whose stdout, stderr and exit code are those of `python file.py`, with both engines and other Pythons.
//!
//! They lie in `tests/fidelity`, each with a head of comments: `# shows:` what it is about, `# from:` the first
//! version that can read it, and `# differs:` the reason where it differs by design. `docs/fidelity.md` is written
//! from them by `SNAPSHOTS=overwrite`.

use crate::agreement::plain;
use crate::support::{options, outcomes_with, python, unit};
use snipcheck_core::{Event, Exit, Line, Outcome, WorkUnit};
use snipcheck_runner::{Engine, Interpreter, Options, interpreter::Finder};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

struct Script {
    name: String,
    code: String,
    shows: String,
    differs: Option<String>,
    /// The minor version of Python 3 that it needs.
    from: u32,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn scripts() -> Vec<Script> {
    let mut found: Vec<Script> = fs::read_dir(root().join("tests/fidelity"))
        .unwrap()
        .map(|entry| script(&entry.unwrap().path()))
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn script(path: &Path) -> Script {
    let code = fs::read_to_string(path).unwrap();
    let field = |name: &str| {
        let head = format!("# {name}: ");
        let mut lines = code.lines().take(4);
        lines.find_map(|line| line.strip_prefix(&head).map(str::to_owned))
    };
    Script {
        name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        shows: field("shows").unwrap_or_else(|| panic!("{}: what does it show?", path.display())),
        differs: field("differs"),
        from: field("from").map_or(8, |version| minor(&version)),
        code,
    }
}

fn minor(version: &str) -> u32 {
    version.split('.').nth(1).unwrap().parse().unwrap()
}

/// The script as a guide that is nothing else.
fn whole(script: &Script) -> WorkUnit {
    let mut unit = unit(&script.code);
    unit.code.first = Line::FIRST;
    unit
}

/// What Python would have ended with: an exception that nothing caught is an event, and not an exit.
fn status(outcome: &Outcome) -> Option<i32> {
    let stopped = |event: &Event| matches!(event, Event::Stopped { .. });
    match outcome.exit {
        Exit::Completed => Some(i32::from(outcome.events.iter().any(stopped))),
        Exit::Code { code } => Some(code),
        Exit::Signal { signal, .. } => Some(-signal),
        _ => None,
    }
}

/// Hexadecimal addresses are the one thing that no two runs share.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut made, part| {
        made.push_str("0x");
        made.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
        made
    })
}

/// What is wrong: a script that differs, or one that should and does not.
fn compare(engine: Engine, python: &Interpreter) -> Vec<String> {
    let version = minor(&python.version);
    let mut scripts = scripts();
    scripts.retain(|script| script.from <= version);
    let units: Vec<WorkUnit> = scripts.iter().map(whole).collect();
    let options = Options {
        python: python.clone(),
        ..options(engine)
    };
    let (_, found) = outcomes_with(options, &units);
    let judged = scripts.iter().zip(&found).filter_map(|(script, outcome)| {
        let (stdout, stderr, code) = plain(&python.path, &script.code);
        let expected = (
            without_addresses(&stdout),
            without_addresses(&stderr),
            Some(code),
        );
        let told = (
            without_addresses(&outcome.stdout.text),
            without_addresses(&outcome.stderr.text),
            status(outcome),
        );
        if (told == expected) != script.differs.is_some() {
            return None;
        }
        Some(format!(
            "--- {} with {engine} {}\n--- told {:?} {:?}\n{}{}--- expected {:?}\n{}{}\n",
            script.name,
            python.version,
            told.2,
            outcome.exit,
            told.0,
            told.1,
            expected.2,
            expected.0,
            expected.1
        ))
    });
    judged.collect()
}

#[test]
fn scripts_do_what_they_do_in_plain_python_embedded() {
    let wrong = compare(Engine::Embedded, &python(Engine::Embedded));
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn scripts_do_what_they_do_in_plain_python_subprocess() {
    let wrong = compare(Engine::Subprocess, &python(Engine::Subprocess));
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
#[ignore = "runs every script with every Python that is installed"]
fn scripts_do_what_they_do_in_every_python() {
    let wrong: Vec<String> = Finder::default()
        .installed()
        .iter()
        .flat_map(|python| compare(Engine::Subprocess, python))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn the_table_is_that_of_the_scripts() {
    let scripts = scripts();
    let mut page = String::from(HEAD);
    page.push_str("\n## What differs by design\n\n| script | about | why |\n| --- | --- | --- |\n");
    for script in &scripts {
        if let Some(why) = &script.differs {
            writeln!(page, "| `{}` | {} | {why} |", script.name, script.shows).unwrap();
        }
    }
    page.push_str("\n## What is the same\n\n| script | about | from |\n| --- | --- | --- |\n");
    for script in scripts.iter().filter(|script| script.differs.is_none()) {
        writeln!(
            page,
            "| `{}` | {} | 3.{} |",
            script.name, script.shows, script.from
        )
        .unwrap();
    }
    let path = root().join("docs/fidelity.md");
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(&path, &page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert!(
        kept == page,
        "docs/fidelity.md: write it anew with SNAPSHOTS=overwrite"
    );
}

const HEAD: &str = "\
# What a snippet does is what `python file.py` does

Each script of `tests/fidelity` is run plainly by Python, in an empty folder with the environment that snippets
have, and by both engines. stdout, stderr and the exit code are equal, or the script says why they are not. Then
they must differ, so that the table below is never out of date. Only these are made alike before comparing:

- the path of the file, which is the guide's path in what is told of a snippet;
- addresses in memory;
- the exit code after an exception that nothing caught: 1 for Python, an event for snipcheck.

This page is written by the test:
`SNAPSHOTS=overwrite cargo test -p snipcheck-runner --test running table`. All installed Pythons are tried by
`cargo test -p snipcheck-runner --test running fidelity -- --ignored`.
";
