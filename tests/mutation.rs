//! The promise: a stated output that is wrong does not pass.
//!
//! Each passing expectation of the project's own guide is corrupted, one of a snippet at a time, in a copy
//! of its chapter; every copy is checked, and the verdict of each corrupted expectation must have changed.
//! `SNIPCHECK_GUIDES=$PWD/docs cargo test -p snipcheck --test mutation -- --ignored --nocapture` does it with other guides.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

#[path = "corrupt/mod.rs"]
mod corrupt;

use corrupt::{mutate, report, snippets};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// One corrupted expectation.
struct Mutant {
    path: PathBuf,
    line: u64,
    corrupted: String,
}

/// The copy of the chapter in which the `round`th passing expectation of each snippet is corrupted.
fn corrupt_round(
    text: &str,
    snippets: &[&Value],
    round: usize,
    copy: &Path,
    mutants: &mut Vec<Mutant>,
) -> bool {
    let mut mutated = text.to_owned();
    let before = mutants.len();
    for snippet in snippets {
        let expectations = snippet["expectations"].as_array().unwrap();
        let passing = expectations.iter().filter(|e| e["verdict"] == "pass");
        let Some(expectation) = passing.clone().nth(round) else {
            continue;
        };
        let Some((text, corrupted)) = mutate(&mutated, expectation) else {
            continue;
        };
        mutated = text;
        mutants.push(Mutant {
            path: copy.to_owned(),
            line: expectation["line"].as_u64().unwrap(),
            corrupted,
        });
    }
    fs::write(copy, mutated).unwrap();
    mutants.len() > before
}

/// What became of the corrupted expectations of some guides.
struct Mutation {
    passing: usize,
    corrupted: usize,
    /// Those that still pass, one a line.
    survivors: Vec<String>,
}

fn mutate_all(guides: &Path) -> Mutation {
    let folder = tempfile::tempdir().unwrap();
    let truth = report(guides);
    let mut mutants = Vec::new();
    let mut chapters: Vec<&str> = snippets(&truth)
        .map(|s| s["guide"].as_str().unwrap())
        .collect();
    chapters.dedup();
    for path in chapters {
        // A copy in another encoding is another guide.
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let name = Path::new(path).file_name().unwrap().to_str().unwrap();
        let own: Vec<&Value> = snippets(&truth).filter(|s| s["guide"] == path).collect();
        let most = own
            .iter()
            .map(|s| s["expectations"].as_array().unwrap().len())
            .max();
        for round in 0..most.unwrap() {
            let copy = folder.path().join(format!("{round}-{name}"));
            if !corrupt_round(&text, &own, round, &copy, &mut mutants) {
                fs::remove_file(&copy).unwrap();
            }
        }
    }
    let result = report(folder.path());
    Mutation {
        passing: usize::try_from(truth["summary"]["pass"].as_u64().unwrap()).unwrap(),
        corrupted: mutants.len(),
        survivors: mutants
            .iter()
            .filter_map(|m| survives(m, &result))
            .collect(),
    }
}

#[test]
fn a_corrupted_output_never_passes() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let done = mutate_all(&guide);
    // Every passing expectation takes part, but for a few that state their value in a form of its own.
    assert!(
        done.passing > 100 && done.corrupted * 100 >= done.passing * 95,
        "{} of {} could be corrupted",
        done.corrupted,
        done.passing
    );
    assert!(done.survivors.is_empty(), "{}", listed(&done));
}

/// The same over any folder of guides; some state outputs that nobody can corrupt and be sure.
#[test]
#[ignore = "takes minutes; name a folder in SNIPCHECK_GUIDES"]
fn of_other_guides_hardly_any_corrupted_output_passes() {
    let folder = std::env::var_os("SNIPCHECK_GUIDES").expect("SNIPCHECK_GUIDES names a folder");
    let done = mutate_all(Path::new(&folder));
    let listed = listed(&done);
    println!("{listed}");
    assert!(done.survivors.len() * 100 <= done.corrupted, "{listed}");
}

fn listed(done: &Mutation) -> String {
    format!(
        "{} of {} corrupted outputs still pass ({} passed before):\n{}",
        done.survivors.len(),
        done.corrupted,
        done.passing,
        done.survivors.join("\n")
    )
}

fn survives(mutant: &Mutant, result: &Value) -> Option<String> {
    let path = mutant.path.to_str().unwrap();
    let expectation = snippets(result)
        .filter(|s| s["guide"] == path)
        .flat_map(|s| s["expectations"].as_array().unwrap())
        .find(|e| e["line"] == mutant.line)?;
    (expectation["verdict"] == "pass").then(|| {
        format!(
            "{path}:{}, rule {}: {} (really {})",
            mutant.line, expectation["rule"], mutant.corrupted, expectation["actual"]
        )
    })
}
