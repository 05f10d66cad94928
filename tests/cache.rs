//! What is known of an earlier run is not run again, and nothing else is taken for known.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A guide whose output tells one run from the next.
const GUIDE: &str = "```python\nimport uuid\n\nprint(uuid.uuid4())\n```\n";

struct Place {
    folder: TempDir,
}

impl Place {
    fn new(guide: &str) -> Place {
        let place = Place {
            folder: tempfile::tempdir().unwrap(),
        };
        place.write(guide);
        place
    }

    fn write(&self, guide: &str) {
        fs::write(self.folder.path().join("guide.md"), guide).unwrap();
    }

    fn cache(&self) -> std::path::PathBuf {
        self.folder.path().join("cache")
    }

    fn snipcheck(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_snipcheck"))
            .args(args)
            .current_dir(self.folder.path())
            .env("SNIPCHECK_CACHE_DIR", self.cache())
            .output()
            .unwrap()
    }

    /// What the snippet wrote.
    fn run(&self, args: &[&str]) -> String {
        let all: Vec<&str> = ["run", "guide.md", "--format", "json"]
            .into_iter()
            .chain(args.iter().copied())
            .collect();
        let output = self.snipcheck(&all);
        let report: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)));
        report["snippets"][0]["stdout"].as_str().unwrap().to_owned()
    }
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn an_unchanged_snippet_is_not_run_again() {
    let place = Place::new(GUIDE);
    let first = place.run(&[]);
    assert_eq!(place.run(&[]), first);
    assert_ne!(place.run(&["--no-cache"]), first);
    assert_eq!(
        place.run(&[]),
        first,
        "a run without a cache changes nothing in it"
    );
}

#[test]
fn whatever_can_change_an_outcome_makes_it_unknown() {
    let place = Place::new(GUIDE);
    let first = place.run(&[]);
    for args in [
        &["--engine", "subprocess"][..],
        &["--timeout", "9s"],
        &["--memory", "1GiB"],
    ] {
        assert_ne!(place.run(args), first, "{args:?}");
    }
    place.write(&GUIDE.replace("uuid4())", "uuid4(),)"));
    assert_ne!(place.run(&[]), first, "other code");
    place.write(&format!("A line above\n\n{GUIDE}"));
    assert_ne!(place.run(&[]), first, "other lines");
    place.write(GUIDE);
    assert_eq!(place.run(&[]), first);
}

#[test]
fn damaged_and_removed_entries_are_no_entries() {
    let place = Place::new(GUIDE);
    let first = place.run(&[]);
    for file in files(&place.cache().join("outcomes")) {
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, &text[..text.len() / 2]).unwrap();
    }
    let second = place.run(&[]);
    assert_ne!(second, first);
    assert_eq!(place.run(&[]), second);
    assert!(place.snipcheck(&["cache", "clear"]).status.success());
    assert!(!place.cache().exists());
    assert_ne!(place.run(&[]), second);
}

#[test]
fn what_differs_from_run_to_run_is_run_each_time() {
    let order =
        "```python\nprint(list({\"ab\", \"cd\", \"ef\", \"gh\"}))  # [\"gh\", \"gh\"]\n```\n";
    let place = Place::new(order);
    place.run(&[]);
    for file in files(&place.cache().join("outcomes")) {
        assert_eq!(fs::read_to_string(file).unwrap(), "");
    }
}

#[test]
fn a_cache_that_cannot_be_written_to_is_no_error() {
    let place = Place::new(GUIDE);
    fs::write(place.cache(), "a file where a folder should be").unwrap();
    let first = place.run(&[]);
    assert_ne!(place.run(&[]), first);
}
