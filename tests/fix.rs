//! The promise of `fix`: the right value in the author's own notation, and no other byte touched.
//!
//! Each guide in `fix/wrong/` becomes the one in `fix/right/`; then nothing is left to fix, and a run is green.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

#[path = "corrupt/mod.rs"]
mod corrupt;

use corrupt::{mutate, report, snippets};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What cannot be written safely, with its lines and reasons.
const REFUSED: [&str; 3] = [
    "refused.md:5: False statement by statement, True as a file",
    "refused.md:6: no exception is raised",
    "refused.md:11: fewer lines come out than stand there, and one may be a remark",
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    files
}

/// What `snipcheck` prints of all files of a folder.
fn snipcheck(arguments: &[&str], folder: &Path) -> String {
    let config = tempfile::NamedTempFile::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_snipcheck"))
        .env("SNIPCHECK_CACHE_DIR", "")
        .args(arguments)
        .arg("--config")
        .arg(config.path())
        .args(files(folder))
        .output()
        .unwrap();
    assert!(
        output.status.code() < Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Fixes the wrong files of a folder, and holds them against the right ones, by name.
fn becomes_right(folder: &Path, right: &dyn Fn(&str) -> Vec<u8>) {
    let read = || {
        files(folder)
            .into_iter()
            .map(|f| fs::read(f).unwrap())
            .collect::<Vec<_>>()
    };
    let before = read();
    snipcheck(&["fix", "--diff"], folder);
    assert_eq!(read(), before, "--diff writes nothing");
    snipcheck(&["fix"], folder);
    for file in files(folder) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let after = fs::read(&file).unwrap();
        let want = right(name);
        let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            after == want,
            "{name}: {}\ninstead of: {}",
            lossy(&after),
            lossy(&want)
        );
    }
    let again = snipcheck(&["fix"], folder);
    assert!(
        !again.contains("fixed "),
        "a second time changes nothing: {again}"
    );
}

#[test]
fn wrong_guides_become_right() {
    let copy = tempfile::tempdir().unwrap();
    for file in files(&folder("tests/fix/wrong")) {
        fs::copy(&file, copy.path().join(file.file_name().unwrap())).unwrap();
    }
    let right = folder("tests/fix/right");
    becomes_right(copy.path(), &|name| fs::read(right.join(name)).unwrap());
    let left = snipcheck(&["fix"], copy.path());
    assert_eq!(left.lines().count(), REFUSED.len(), "{left}");
    for reason in REFUSED {
        assert!(left.contains(reason), "{left}");
    }
    fs::remove_file(copy.path().join("refused.md")).unwrap();
    let run = report(copy.path());
    let is_green = |s: &serde_json::Value| s["status"] == "passed";
    assert!(snippets(&run).all(is_green), "{}", run["summary"]);
}

/// A text in some encoding.
type Encoded = fn(&str) -> Vec<u8>;

#[test]
fn every_encoding_stays() {
    let encodings: [(&str, Encoded); 5] = [
        ("crlf.md", |text| text.replace('\n', "\r\n").into_bytes()),
        ("bom.md", |text| format!("\u{feff}{text}").into_bytes()),
        ("cp1252.md", |text| {
            text.chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap())
                .collect()
        }),
        ("little.md", |text| {
            format!("\u{feff}{text}")
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect()
        }),
        ("big.md", |text| {
            let text = format!("\u{feff}{text}").replace('\n', "\r\n");
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        }),
    ];
    for guide in ["comments.md", "marked.md", "fences.md", "imports.md"] {
        let text = |folder_name: &str| {
            let text =
                fs::read_to_string(folder("tests/fix").join(folder_name).join(guide)).unwrap();
            format!("{text}\ncaf\u{e9}\n")
        };
        let copy = tempfile::tempdir().unwrap();
        for (name, encoded) in encodings {
            fs::write(copy.path().join(name), encoded(&text("wrong"))).unwrap();
        }
        becomes_right(copy.path(), &|name| {
            let (_, encoded) = encodings.iter().find(|(known, _)| *known == name).unwrap();
            encoded(&text("right"))
        });
    }
}

/// The verdicts of what stands on a line of a copy.
fn verdicts<'a>(
    report: &'a serde_json::Value,
    copy: &'a Path,
    at: usize,
) -> impl Iterator<Item = &'a serde_json::Value> {
    let line = at as u64 + 1;
    snippets(report)
        .filter(move |s| Path::new(s["guide"].as_str().unwrap()) == copy)
        .flat_map(|s| s["expectations"].as_array().unwrap())
        .filter(move |e| {
            e["line"].as_u64().unwrap() <= line && line <= e["end_line"].as_u64().unwrap()
        })
        .map(|e| &e["verdict"])
}

/// A corrupted output of the project's own guide comes back, or another true one stands there, or it is left.
#[test]
fn corrupted_outputs_come_back() {
    println!("{}", mend_rounds(1));
}

/// The same with all of them.
#[test]
#[ignore = "takes minutes"]
fn all_corrupted_outputs_come_back() {
    println!("{}", mend_rounds(usize::MAX));
}

/// A corrupted line: the text that it stood in, its index, and the copy with it.
type Mutant = (String, usize, PathBuf);

/// Corrupts as many outputs of each snippet, one of a snippet in each copy.
fn corrupted(copies: &Path, rounds: usize) -> Vec<Mutant> {
    let guide = folder("guide");
    let truth = report(&guide);
    let mut mutants = Vec::new();
    for path in files(&guide) {
        let text = fs::read_to_string(&path).unwrap();
        let own: Vec<_> = snippets(&truth)
            .filter(|s| Path::new(s["guide"].as_str().unwrap()) == path)
            .collect();
        let most = own
            .iter()
            .map(|s| s["expectations"].as_array().unwrap().len())
            .max();
        for round in 0..most.unwrap_or_default().min(rounds) {
            let name = format!("{round}-{}", path.file_name().unwrap().to_str().unwrap());
            let copy = copies.join(name);
            let mut wrong = text.clone();
            for snippet in &own {
                let mut expectations = snippet["expectations"].as_array().unwrap().iter();
                let passing = expectations
                    .by_ref()
                    .filter(|e| e["verdict"] == "pass")
                    .nth(round);
                if let Some((mutated, line)) = passing.and_then(|e| mutate(&wrong, e)) {
                    let old: Vec<&str> = wrong.lines().collect();
                    let at = mutated.lines().zip(old).position(|(new, old)| new != old);
                    assert!(mutated.contains(&line));
                    mutants.push((text.clone(), at.unwrap(), copy.clone()));
                    wrong = mutated;
                }
            }
            fs::write(&copy, &wrong).unwrap();
        }
    }
    mutants
}

/// Mends as many outputs of each snippet, and tells what became of them.
fn mend_rounds(rounds: usize) -> String {
    let copies = tempfile::tempdir().unwrap();
    let mutants = corrupted(copies.path(), rounds);
    let wrong: Vec<String> = mutants
        .iter()
        .map(|(_, _, f)| fs::read_to_string(f).unwrap())
        .collect();
    let told = snipcheck(&["fix"], copies.path());
    let after = report(copies.path());
    let (mut back, mut refused, mut left, mut other, mut elsewhere) =
        (0, 0, Vec::new(), Vec::new(), Vec::new());
    for ((text, at, copy), wrong) in mutants.iter().zip(&wrong) {
        let fixed = fs::read_to_string(copy).unwrap();
        let line = |text: &str| text.lines().nth(*at).unwrap_or_default().to_owned();
        let place = format!("{}:{}: {}", copy.display(), at + 1, line(&fixed));
        if line(&fixed) == line(text) {
            back += 1;
        } else if line(&fixed) == line(wrong) {
            let fails = verdicts(&after, copy, *at).any(|verdict| verdict == "fail");
            let is_told = told.contains(&format!("left alone: {}:", copy.display()));
            assert!(!fails || is_told, "{place}");
            refused += usize::from(fails);
            left.push(place);
        } else {
            let is_green = verdicts(&after, copy, *at).any(|verdict| verdict == "pass");
            assert!(is_green, "{place}");
            other.push(format!("{place} | {}", line(text)));
        }
        let touched = |index: &usize| mutants.iter().any(|(_, at, of)| of == copy && at == index);
        let same_count = fixed.lines().count() == text.lines().count();
        let strays = fixed
            .lines()
            .zip(text.lines())
            .enumerate()
            .filter(|(index, (a, b))| a != b && !touched(index));
        elsewhere.extend(strays.map(|(index, (a, b))| {
            format!("{}:{}: {a} | {b} ({same_count})", copy.display(), index + 1)
        }));
    }
    assert!(mutants.len() > 50 && back * 2 > mutants.len());
    assert!(elsewhere.is_empty(), "{}", elsewhere.join("\n"));
    format!(
        "{} corrupted: {back} came back, {} equally true, {} left, of which {refused} fail and were refused\n{}\nleft:\n{}",
        mutants.len(),
        other.len(),
        left.len(),
        other.join("\n"),
        left.join("\n")
    )
}
