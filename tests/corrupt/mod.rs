//! Guides made wrong on purpose: what the tests of verdicts and of `fix` share.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Checks every file of a folder with a configuration that says nothing, so that nothing accepted is compared.
pub(crate) fn report(folder: &Path) -> Value {
    let config = tempfile::NamedTempFile::new().unwrap();
    let mut guides: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    guides.sort();
    let output = Command::new(env!("CARGO_BIN_EXE_snipcheck"))
        .args(["run", "--no-cache", "--format", "json", "--config"])
        .arg(config.path())
        .args(guides)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)))
}

pub(crate) fn snippets(report: &Value) -> impl Iterator<Item = &Value> {
    report["snippets"].as_array().unwrap().iter()
}

/// The value with one character made wrong: a digit, a truth value, else a letter.
fn corrupt(value: &str) -> Option<String> {
    for (from, to) in [("True", "False"), ("False", "True"), ("None", "True")] {
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

/// The name of an exception in a text.
fn named(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| {
        word.starts_with(char::is_uppercase)
            && ["Error", "Exception", "Exit", "Iteration", "Interrupt"]
                .iter()
                .any(|ending| word.len() > ending.len() && word.ends_with(ending))
    })
}

/// The chapter's text with the value of this expectation made wrong; nothing where the value does not
/// stand in the guide as it was compared.
pub(crate) fn mutate(text: &str, expectation: &Value) -> Option<(String, String)> {
    let first = usize::try_from(expectation["line"].as_u64()?).ok()?;
    let last = usize::try_from(expectation["end_line"].as_u64()?).ok()?;
    let value = expectation["expected"]
        .as_str()?
        .lines()
        .find(|l| !l.trim().is_empty())?;
    let corrupted = match expectation["kind"].as_str()? {
        // Sizes are stated and judged roughly; this is wrong by more than that.
        "size" => format!("9{value}"),
        // Where no exception is named, there is nothing to be wrong about but that one is raised.
        "raises" => value.replacen(named(value)?, "BufferError", 1),
        _ => corrupt(value)?,
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // The comment stands at the end of its line, so the last match is the stated value.
    let comment_at = |line: &str| line.rfind("# ").or_else(|| line.find('#')).unwrap_or(0);
    for line in &mut lines[first - 1..last] {
        let from = comment_at(line);
        if let Some(at) = line[from..].find(value.trim()) {
            let (head, tail) = line.split_at(from + at);
            let new = format!("{head}{}{}", corrupted.trim(), &tail[value.trim().len()..]);
            line.clone_from(&new);
            return Some((lines.join("\n") + "\n", new));
        }
    }
    None
}
