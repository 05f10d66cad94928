//! One case a file: what it tries, how it must end, what it may use.

use crate::folder;
use crate::outside::Outside;
use serde_json::Value;
use std::fmt::Write;
use std::fs;

const NEIGHBOUR: &str = "\
import os
print(sorted(os.listdir('..')))  # ['home', 'snippet', 'tmp', 'work']
print(os.listdir('.'), os.listdir('../home'), os.listdir('../tmp'))  # [] [] []
print([name for name in os.listdir('/dev/shm') if 'hostile' in name])  # []
print(os.listxattr('..'), os.listxattr('/dev/shm'), os.access('/dev/shm', os.W_OK))  # [] [] True";

/// A case, from the first lines of its file:
///
/// ```text
/// # What it tries.
/// # ends: STATUS: the beginning of the reason or STATUS or …
/// # ends level 2: where that differs
/// # limits: timeout=1s
/// ```
pub(crate) struct Case {
    name: String,
    what: String,
    ends: String,
    at_level: Vec<(u64, String)>,
    limits: String,
    code: String,
}

impl Case {
    /// All of them, by name.
    pub(crate) fn all() -> Vec<Case> {
        let mut files: Vec<_> = fs::read_dir(folder())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
            .collect();
        files.sort();
        files
            .into_iter()
            .map(|path| {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                Case::read(name, &fs::read_to_string(&path).unwrap())
            })
            .collect()
    }

    fn read(name: String, text: &str) -> Case {
        let (head, code): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.starts_with("# "));
        let mut case = Case {
            name,
            what: head[0][2..].to_owned(),
            ends: String::new(),
            at_level: Vec::new(),
            limits: String::new(),
            code: code.join("\n"),
        };
        for line in &head[1..] {
            let (key, value) = line[2..].split_once(": ").unwrap();
            match key.strip_prefix("ends level ") {
                Some(level) => case
                    .at_level
                    .push((level.parse().unwrap(), value.to_owned())),
                None if key == "ends" => value.clone_into(&mut case.ends),
                None if key == "limits" => value.clone_into(&mut case.limits),
                None => panic!("{}: `{key}` means nothing", case.name),
            }
        }
        assert!(!case.ends.is_empty(), "{} must end somehow", case.name);
        case
    }

    fn ends_at(&self, level: u64) -> &str {
        let own = self.at_level.iter().find(|(at, _)| *at == level);
        own.map_or(&self.ends, |(_, ends)| ends)
    }
}

/// A guide with every case, each between two neighbours.
pub(crate) fn guide(cases: &[Case], outside: &Outside) -> String {
    let mut text = String::new();
    for case in cases {
        let code = outside.fill_in(&case.code);
        writeln!(text, "## {}\n", case.name).unwrap();
        if !case.limits.is_empty() {
            writeln!(text, "<!-- snipcheck: {} -->\n", case.limits).unwrap();
        }
        write!(
            text,
            "```python\n{code}\n```\n\n## After it\n\n```python\n{NEIGHBOUR}\n```\n\n",
        )
        .unwrap();
    }
    text
}

/// Prints how each case ended; what did not end as it must.
pub(crate) fn hold(cases: &[Case], report: &Value, level: u64) -> Vec<String> {
    let snippets = report["snippets"].as_array().unwrap();
    assert_eq!(snippets.len(), 2 * cases.len(), "every case is a snippet");
    let mut wrong = Vec::new();
    for (case, pair) in cases.iter().zip(snippets.chunks(2)) {
        let told = told(&pair[0]);
        let expected = case.ends_at(level);
        let as_expected = expected.split(" or ").any(|end| told.starts_with(end));
        let output = pair[0]["stdout"].as_str().unwrap_or_default();
        let reached: Vec<&str> = output
            .lines()
            .filter(|line| line.starts_with("REACHED"))
            .collect();
        let notes: Vec<&str> = pair[0]["notes"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let good = as_expected && reached.is_empty();
        println!(
            "{} {:<34} {:<58} {}",
            if good { " " } else { "!" },
            case.name,
            told.chars().take(58).collect::<String>(),
            notes.join("; ")
        );
        if !good {
            wrong.push(format!(
                "{} ({}) ends as `{told}` and not as `{expected}` {reached:?}",
                case.name, case.what
            ));
        }
        if pair[1]["status"] != "passed" {
            wrong.push(format!(
                "the neighbour of {} is {}",
                case.name,
                self::told(&pair[1])
            ));
        }
    }
    wrong
}

fn told(snippet: &Value) -> String {
    let status = snippet["status"].as_str().unwrap();
    match snippet["reason"].as_str() {
        Some(reason) => format!("{status}: {reason}"),
        None => status.to_owned(),
    }
}
