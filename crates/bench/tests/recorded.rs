//! Measurements that were taken on real machines, quiet and busy, held against what is known of the interpreters.
//!
//! `snipcheck bench --suite gil --python 3.11 --python 3.12 --python 3.13 --json FILE` writes such a file.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use serde::Deserialize;
use snipcheck_bench::{Answer, Claim, Noisy, Row, Sharing, Way, judge};
use std::fs;

#[derive(Deserialize)]
struct Recorded {
    rows: Vec<Row>,
}

fn rows() -> Vec<(String, Row)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recorded");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let recorded: Recorded = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        found.extend(recorded.rows.into_iter().map(|row| (name.clone(), row)));
    }
    assert!(!found.is_empty());
    found
}

/// What the interpreters' own documents say: one lock a process up to 3.11, one an interpreter from 3.12 on, let go
/// of while C code waits or works on more than 2 kB.
fn known(row: &Row, way: Way) -> Option<Sharing> {
    let minor: u32 = row.python.split('.').nth(1)?.parse().ok()?;
    let lock_is_held = matches!(row.workload.as_str(), "cpu" | "hash 1 kB");
    Some(match way {
        _ if row.workload == "sleep" => Sharing::Waiting,
        // One thread.
        Way::OneByOne | Way::Tasks => return None,
        Way::Threads if lock_is_held => Sharing::Serialised,
        Way::Interpreters if lock_is_held && minor < 12 => Sharing::Serialised,
        Way::Threads | Way::Interpreters | Way::Processes => Sharing::Parallel,
    })
}

#[test]
fn who_takes_turns_is_told_right_or_not_at_all() {
    let (mut all, mut unclear, mut wrong) = (0, Vec::new(), Vec::new());
    for (name, row) in rows() {
        for (way, mode) in &row.ways {
            let Some(known) = known(&row, *way) else {
                continue;
            };
            all += 1;
            let shown = row.shown(mode);
            let place = format!(
                "{name}, {}, {}, {}: {:?}, known {known:?}, {:?}",
                row.python,
                row.workload,
                way.name(),
                shown.sharing,
                shown.signs
            );
            if shown.sharing == Sharing::Unclear {
                unclear.push(place);
            } else if shown.sharing != known {
                wrong.push(place);
            }
        }
    }
    println!(
        "{all} cells, {} unclear:\n{}",
        unclear.len(),
        unclear.join("\n")
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(unclear.len() * 10 <= all, "{}", unclear.join("\n"));
}

#[test]
fn claims_are_never_answered_with_the_opposite() {
    let mut wrong = Vec::new();
    for (name, row) in rows() {
        for (way, mode) in &row.ways {
            let measurement = row.measurement(mode);
            for claim in [Claim::NoSpeedUp, Claim::SpeedUp(2.0)] {
                let answer = judge(claim, &measurement, Noisy::Refused).answer;
                let gains = match known(&row, *way) {
                    Some(Sharing::Parallel | Sharing::Waiting) => true,
                    Some(Sharing::Serialised) => false,
                    _ => continue,
                };
                let is_opposite = match claim {
                    Claim::NoSpeedUp => answer == if gains { Answer::Holds } else { Answer::Fails },
                    _ => !gains && answer == Answer::Holds,
                };
                if is_opposite {
                    wrong.push(format!(
                        "{name}, {}, {}, {}: {claim:?} {answer:?}",
                        row.python,
                        row.workload,
                        way.name()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The control did the very same as the base.
#[test]
fn identical_work_is_neither_faster_nor_slower() {
    for (name, row) in rows() {
        let measurement = row.measurement(&row.control);
        for claim in [Claim::Faster, Claim::SpeedUp(2.0), Claim::Saves(0.1, 0.3)] {
            let answer = judge(claim, &measurement, Noisy::Refused).answer;
            let place = format!("{name}, {}, {}", row.python, row.workload);
            assert_ne!(answer, Answer::Holds, "{claim:?}, {place}");
        }
    }
}
