//! The worker: units in, outcomes out, one a line.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

fn snipcheck(args: &[&str], input: &str) -> (Vec<Value>, bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cmd/run.in");
    let mut child = Command::new(env!("CARGO_BIN_EXE_snipcheck"))
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    (lines.collect(), output.status.success())
}

#[test]
fn each_line_has_its_answer() {
    let (units, _) = snipcheck(&["list", "--units", "right.md", "wrong.md"], "");
    assert_eq!(units.len(), 2);
    let input = format!("{}\nno unit\n{}\n", units[0], units[1]);
    let (said, fine) = snipcheck(&["worker", "--no-cache"], &input);
    assert!(fine);
    assert_eq!(said.len(), 4);
    assert_eq!(said[0]["ready"]["python"]["engine"], "embedded");
    let done = |line: u64| {
        let found = said.iter().find(|said| said["done"]["line"] == line);
        &found.unwrap()["done"]
    };
    assert_eq!(done(1)["id"], units[0]["id"]);
    assert_eq!(done(1)["outcome"]["exit"]["kind"], "completed");
    assert_eq!(
        done(3)["outcome"]["stdout"]["text"],
        "['b', 'c']\n['d', 'e']\n"
    );
    let refused = said.iter().find(|said| said["refused"]["line"] == 2);
    let why = refused.unwrap()["refused"]["why"].as_str().unwrap();
    assert!(why.starts_with("no work unit"), "{why}");
}

#[test]
fn no_lines_are_fine() {
    let (said, fine) = snipcheck(&["worker", "--no-cache"], "");
    assert!(fine);
    assert_eq!(said.len(), 1);
}
