//! The promise: a stated output that is wrong does not pass.
//!
//! Each passing expectation of the project's own guide is corrupted, one at a time, in a copy of its
//! chapter; every copy is checked, and the verdict of the corrupted expectation must have changed.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One corrupted copy of a chapter.
struct Mutant {
    path: PathBuf,
    line: u64,
    comment: String,
    corrupted: String,
}

fn report(arguments: &[&Path]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_snipcheck"))
        .args(["run", "--format", "json", "--config"])
        .arg(empty_config(arguments[0]))
        .args(arguments)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// A configuration without a word, so that nothing accepted is compared.
fn empty_config(beside: &Path) -> PathBuf {
    let path = std::env::temp_dir().join(format!(
        "snipcheck-mutation-{}-{}.toml",
        std::process::id(),
        beside.file_name().unwrap_or_default().to_string_lossy()
    ));
    fs::write(&path, "").unwrap();
    path
}

fn expectations(report: &Value) -> impl Iterator<Item = (&str, &Value)> {
    report["snippets"].as_array().unwrap().iter().flat_map(|s| {
        let guide = s["guide"].as_str().unwrap();
        let expectations = s["expectations"].as_array().unwrap();
        expectations.iter().map(move |e| (guide, e))
    })
}

/// The value with one character made wrong: a digit, a truth value, else a letter.
fn corrupt(value: &str) -> Option<String> {
    for (from, to) in [("True", "False"), ("False", "True"), ("None", "[None]")] {
        if let Some(at) = value.find(from) {
            return Some(format!("{}{to}{}", &value[..at], &value[at + from.len()..]));
        }
    }
    let digit = value.char_indices().find(|(_, c)| c.is_ascii_digit());
    let letter = || value.char_indices().find(|(_, c)| c.is_ascii_alphabetic());
    let (at, c) = digit.or_else(letter)?;
    let wrong = match c {
        '9' => '8',
        c if c.is_ascii_digit() => char::from(c as u8 + 1),
        'q' => 'w',
        'Q' => 'W',
        c if c.is_ascii_uppercase() => 'Q',
        _ => 'q',
    };
    Some(format!(
        "{}{wrong}{}",
        &value[..at],
        &value[at + c.len_utf8()..]
    ))
}

/// The chapter's text with the value of this expectation made wrong; nothing where the value does not
/// stand in the guide as it was compared.
fn mutate(text: &str, expectation: &Value) -> Option<(String, String)> {
    let first = expectation["line"].as_u64()? as usize;
    let last = expectation["end_line"].as_u64()? as usize;
    let value = expectation["expected"]
        .as_str()?
        .lines()
        .find(|l| !l.trim().is_empty())?;
    let corrupted = corrupt(value)?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // The comment stands at the end of its line, so the last match is the stated value.
    let comment_at = |line: &str| line.rfind("# ").or_else(|| line.find('#')).unwrap_or(0);
    for line in &mut lines[first - 1..last] {
        let from = comment_at(line);
        if let Some(at) = line[from..].find(value.trim()) {
            let (head, tail) = line.split_at(from + at);
            let new = format!("{head}{}{}", corrupted.trim(), &tail[value.trim().len()..]);
            *line = new.clone();
            return Some((lines.join("\n") + "\n", new));
        }
    }
    None
}

#[test]
fn a_corrupted_output_never_passes() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let folder = tempfile::tempdir().unwrap();
    let truth = report(&[&guide]);
    let mut mutants = Vec::new();
    let mut passing = 0;
    for (path, expectation) in expectations(&truth) {
        if expectation["verdict"] != "pass" {
            continue;
        }
        passing += 1;
        let text = fs::read_to_string(path).unwrap();
        let Some((mutated, corrupted)) = mutate(&text, expectation) else {
            continue;
        };
        let copy = folder.path().join(format!("m{:04}.md", mutants.len()));
        fs::write(&copy, mutated).unwrap();
        mutants.push(Mutant {
            path: copy,
            line: expectation["line"].as_u64().unwrap(),
            comment: format!("{path}:{}", expectation["line"]),
            corrupted,
        });
    }
    // Every passing expectation takes part; a few state their value in a form of its own.
    assert!(
        passing > 100 && mutants.len() * 100 >= passing * 95,
        "{} of {passing} could be corrupted",
        mutants.len()
    );
    let result = report(&[folder.path()]);
    let survivors: Vec<String> = mutants
        .iter()
        .filter(|m| {
            let path = m.path.to_str().unwrap();
            expectations(&result)
                .any(|(guide, e)| guide == path && e["line"] == m.line && e["verdict"] == "pass")
        })
        .map(|m| format!("{}: {}", m.comment, m.corrupted))
        .collect();
    assert!(
        survivors.is_empty(),
        "{} of {} corrupted outputs still pass:\n{}",
        survivors.len(),
        mutants.len(),
        survivors.join("\n")
    );
}
