//! Runs on a cluster, with a stand-in for Ray that loses nodes, workers and itself on request. Ray itself is started
//! and damaged by `tests/cluster/real.py`.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// How many snippets the guides of these tests have.
const SNIPPETS: usize = 10;

/// A cluster that starts anew with each run, and remembers what went wrong already.
struct Stand {
    folder: TempDir,
}

impl Stand {
    fn new() -> Stand {
        Stand {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A run over the guides in `guides`, which hold, and whatever else the arguments name.
    fn command(&self, arguments: &[&str], faults: &[(&str, &str)]) -> Command {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cluster");
        let tests = tests.canonicalize().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_snipcheck"));
        command
            .args(["run", "--timeout", "1s", "--format", "json"])
            .args(arguments)
            .arg("guides")
            .current_dir(&tests)
            .env("PYTHONPATH", tests.join("stand-in"))
            .env("SNIPCHECK_CACHE_DIR", self.folder.path().join("cache"))
            .env("STAND_IN", self.folder.path())
            .env("STAND_IN_NODES", "2")
            .envs(faults.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str], faults: &[(&str, &str)]) -> Told {
        Told::of(&self.command(arguments, faults).output().unwrap())
    }

    fn afar(&self, faults: &[(&str, &str)]) -> Told {
        self.run(&["--cluster", "auto"], faults)
    }

    /// How many tasks were begun.
    fn tasks(&self) -> usize {
        let tasks = fs::read_to_string(self.folder.path().join("tasks"));
        tasks.map_or(0, |tasks| tasks.len())
    }

    /// A program that the last node has instead of snipcheck.
    fn program(&self, script: &str) -> PathBuf {
        let path = self.folder.path().join("program");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }
}

/// What a run told.
struct Told {
    report: Value,
    said: String,
    code: i32,
}

impl Told {
    fn of(output: &Output) -> Told {
        Told {
            report: serde_json::from_slice(&output.stdout).unwrap_or_default(),
            said: String::from_utf8(output.stderr.clone()).unwrap(),
            code: output.status.code().unwrap(),
        }
    }

    fn snippets(&self) -> &[Value] {
        self.report["snippets"].as_array().unwrap()
    }

    fn count(&self, what: &str) -> u64 {
        self.report["summary"][what].as_u64().unwrap()
    }

    fn status(&self, id: &str) -> &str {
        let snippet = self.snippets().iter().find(|one| one["id"] == id).unwrap();
        snippet["status"].as_str().unwrap()
    }

    /// Everything but times, and what only a cluster has.
    fn lasting(&self) -> Value {
        let mut report = self.report.clone();
        report.as_object_mut().unwrap().remove("cluster");
        forget_times(&mut report);
        report
    }

    fn each_once(&self) {
        let ids: HashSet<&str> = self
            .snippets()
            .iter()
            .map(|one| one["id"].as_str().unwrap())
            .collect();
        assert_eq!(
            (ids.len(), self.snippets().len()),
            (SNIPPETS, SNIPPETS),
            "{}",
            self.said
        );
    }
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| name != "duration_ms" && name != "max_rss_kib");
            fields.values_mut().for_each(forget_times);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_times),
        _ => {}
    }
}

#[test]
fn the_report_is_that_of_one_machine() {
    let here = Stand::new().run(&["--jobs", "2", "wrong"], &[]);
    let there = Stand::new().run(&["--cluster", "auto", "wrong"], &[]);
    assert_eq!(there.code, 1, "{}", there.said);
    assert_eq!(there.lasting(), here.lasting());
    assert_eq!(there.report["cluster"]["nodes"], 2);
    assert!(there.report["cluster"]["batches"].as_u64().unwrap() > 0);
}

#[test]
fn what_was_done_is_asked_first() {
    let stand = Stand::new();
    let first = stand.afar(&[]);
    let again = stand.afar(&[]);
    assert_eq!(first.count("from_cache"), 0);
    assert_eq!(again.count("from_cache"), SNIPPETS as u64, "{}", again.said);
    assert_eq!(again.count("pass"), first.count("pass"));
}

#[test]
fn a_unit_that_kills_its_worker_is_given_up_alone() {
    let sound = Stand::new().afar(&[]);
    let told = Stand::new().afar(&[("STAND_IN_POISON", "poisoned")]);
    told.each_once();
    assert_eq!(told.status("sums/sums-4"), "errored");
    for other in told
        .snippets()
        .iter()
        .filter(|one| one["id"] != "sums/sums-4")
    {
        let id = other["id"].as_str().unwrap();
        assert_eq!(told.status(id), sound.status(id), "{id}");
    }
    assert!(
        told.said.contains("sums/sums-4 is given up"),
        "{}",
        told.said
    );
    assert!(told.report["cluster"]["lost_batches"].as_u64().unwrap() >= 3);
}

#[test]
fn a_node_may_go_and_another_one_come() {
    let sound = Stand::new().afar(&[]);
    let told = Stand::new().afar(&[("STAND_IN_NODE_DIES", "6")]);
    told.each_once();
    assert_eq!(told.lasting(), sound.lasting());
    let news = "lost with the node and run again: the node is dead";
    assert!(told.said.contains(news), "{}", told.said);
}

#[test]
fn a_cluster_that_comes_back_goes_on() {
    let sound = Stand::new().afar(&[]);
    let told = Stand::new().afar(&[("STAND_IN_HEAD_DIES", "5")]);
    told.each_once();
    assert_eq!(told.lasting(), sound.lasting());
    assert!(told.said.contains("the cluster is lost"), "{}", told.said);
    assert!(
        told.said.contains("the cluster is there again"),
        "{}",
        told.said
    );
}

#[test]
fn what_was_done_before_the_cluster_was_lost_is_kept() {
    let stand = Stand::new();
    let faults = [
        ("STAND_IN_HEAD_DIES", "6"),
        ("STAND_IN_HEAD_STAYS_AWAY", "1"),
    ];
    let told = stand.run(&["--cluster", "auto", "--cluster-patience", "1s"], &faults);
    assert_eq!(told.code, 3, "{}", told.said);
    assert!(
        told.said.contains("error[E921]: the cluster is lost"),
        "{}",
        told.said
    );
    assert_eq!(told.report["interrupted"], true);
    let again = stand.afar(&[]);
    again.each_once();
    assert_eq!(again.code, 1);
}

#[test]
fn an_interrupted_run_is_taken_up_again() {
    let stand = Stand::new();
    let child = stand.command(&["--cluster", "auto"], &[]).spawn().unwrap();
    // Each node is asked twice before the first batch.
    while stand.tasks() <= 4 {
        thread::sleep(Duration::from_millis(20));
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let told = Told::of(&child.wait_with_output().unwrap());
    assert_eq!(told.code, 130, "{}", told.said);
    let again = stand.afar(&[]);
    again.each_once();
    assert_eq!(again.code, 1);
}

#[test]
fn a_node_without_snipcheck_is_sent_it() {
    let told = Stand::new().afar(&[("STAND_IN_LACKING", "1")]);
    told.each_once();
    assert_eq!(told.code, 1, "{}", told.said);
}

#[test]
fn a_node_that_would_run_snippets_otherwise_runs_none() {
    let ready = r#"{"ready":{"snipcheck":"VERSION","python":{"version":"3.1.4","engine":"embedded"},"engine":"embedded","executable":"/p","sandbox":{"level":4,"layers":[]},"setting":null}}"#;
    let version = env!("CARGO_PKG_VERSION");
    for (script, why) in [
        (
            "echo 'the sandbox reaches level 1 here' >&2; exit 3".to_owned(),
            "the sandbox reaches level 1 here",
        ),
        (
            format!("echo '{}'", ready.replace("VERSION", version)),
            "3.1.4 (embedded)",
        ),
        (
            format!("echo '{}'", ready.replace("VERSION", "0.0.9")),
            "is 0.0.9, and this one",
        ),
        ("echo hello".to_owned(), "does not understand"),
    ] {
        let stand = Stand::new();
        let program = stand.program(&script);
        let told = stand.afar(&[("STAND_IN_PROGRAM", program.to_str().unwrap())]);
        assert_eq!(told.code, 3, "{}", told.said);
        assert!(told.said.contains("error[E922]: node "), "{}", told.said);
        assert!(told.said.contains(why), "{}", told.said);
    }
}

#[test]
fn a_server_that_is_late_is_asked_again() {
    let told = Stand::new().afar(&[("STAND_IN_LATE", "2")]);
    told.each_once();
    let told = Stand::new().afar(&[("STAND_IN_LATE", "3")]);
    assert_eq!(told.code, 3);
    let why = "cannot be reached: Initialization failure from server: RuntimeError: not yet";
    assert!(told.said.contains(why), "{}", told.said);
}

#[test]
fn a_cluster_that_cannot_be_reached_is_told() {
    let stand = Stand::new();
    fs::write(stand.folder.path().join("head-died"), "").unwrap();
    let told = stand.afar(&[("STAND_IN_HEAD_STAYS_AWAY", "1")]);
    assert_eq!(told.code, 3);
    let why = "error[E920]: the cluster cannot be reached: nobody listens there";
    assert!(told.said.contains(why), "{}", told.said);
    let told = stand.run(&["--cluster", "ray:/nowhere"], &[]);
    assert_eq!(told.code, 2);
    assert!(
        told.said.contains("write it as `ray://HOST:10001`"),
        "{}",
        told.said
    );
}
