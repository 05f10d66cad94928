//! A run that is ended before its end tells what it knows and nothing else, and leaves nothing behind.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use serde_json::Value;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const QUICK: &str = "```python\nprint(1)  # 1\n```\n\n";
const SLOW: &str =
    "```python\nimport subprocess\n\nsubprocess.run(['sleep', '60'])\nprint(1)  # 1\n```\n\n";
const WRONG: &str = "```python\nprint(1 + 1)  # 3\n```\n\n";

struct Place(TempDir);

impl Place {
    fn new(guide: &str) -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir(place.temporary()).unwrap();
        fs::write(place.guide(), guide).unwrap();
        place
    }

    fn guide(&self) -> PathBuf {
        self.0.path().join("guide.md")
    }

    /// The program's own place for what is thrown away.
    fn temporary(&self) -> PathBuf {
        self.0.path().join("tmp")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_snipcheck"));
        command
            .args(args)
            .current_dir(self.0.path())
            .env("SNIPCHECK_CACHE_DIR", self.0.path().join("cache"))
            .env("TMPDIR", self.temporary())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts a run, and sends it a signal once a snippet sleeps.
    fn interrupted(&self, args: &[&str], signal: &str) -> Output {
        let child = self.command(args).spawn().unwrap();
        let slots = until(|| {
            let found = descendants(child.id());
            found
                .iter()
                .any(|pid| stat(*pid).contains("(sleep)"))
                .then_some(found)
        });
        send(&child, signal);
        let output = child.wait_with_output().unwrap();
        until(|| slots.iter().all(|pid| !is_alive(*pid)).then_some(()));
        assert_eq!(files(&self.temporary()), [] as [PathBuf; 0]);
        output
    }
}

fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

fn until<T>(found: impl Fn() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(Instant::now() < deadline, "it never came to that");
        sleep(Duration::from_millis(20));
    }
}

fn descendants(pid: u32) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    let children = text.split_whitespace().map(|pid| pid.parse().unwrap());
    children
        .flat_map(|child| [vec![child], descendants(child)].concat())
        .collect()
}

fn stat(pid: u32) -> String {
    fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default()
}

/// What has ended and waits for its parent to notice is no process any more.
fn is_alive(pid: u32) -> bool {
    let stat = stat(pid);
    let state = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    !state.is_empty() && !state.starts_with('Z')
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn what_never_ran_is_not_told_as_if_it_had() {
    for signal in ["-INT", "-TERM"] {
        let place = Place::new(&[QUICK, WRONG, SLOW, QUICK].concat());
        let args = [
            "run",
            "--jobs",
            "1",
            "--format",
            "json",
            "--timeout",
            "60s",
            "guide.md",
        ];
        let output = place.interrupted(&args, signal);
        assert_eq!(output.status.code(), Some(130), "{signal}");
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["interrupted"], true);
        let statuses: Vec<&Value> = report["snippets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|snippet| &snippet["status"])
            .collect();
        // The second one waits for a second opinion, without which nothing is called wrong.
        assert_eq!(
            statuses[..3],
            ["passed".into(), Value::Null, Value::Null].each_ref()
        );
        let summary = &report["summary"];
        for (count, of) in [
            ("failed", 0),
            ("incomplete", 0),
            ("errored", 0),
            ("fail", 0),
            ("snippets", 4),
        ] {
            assert_eq!(summary[count], of, "{count}");
        }
    }
}

#[test]
fn an_interrupted_second_opinion_is_none() {
    // Slow under every string hash but the first.
    let guide = "```python\nimport subprocess\n\nif hash('a') != FIRST:\n    subprocess.run(['sleep', '60'])\nprint(1 + 1)  # 3\n```\n";
    let hash = "```python\nprint(hash('a'))\n```\n";
    let place = Place::new(hash);
    let output = place
        .command(&["run", "--format", "json", "guide.md"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = report["snippets"][0]["stdout"].as_str().unwrap().trim();
    fs::write(place.guide(), guide.replace("FIRST", first)).unwrap();
    let args = ["run", "--format", "json", "--timeout", "60s", "guide.md"];
    let output = place.interrupted(&args, "-INT");
    assert_eq!(output.status.code(), Some(130));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["interrupted"], true);
    assert_eq!(report["snippets"][0]["status"], Value::Null);
    assert_eq!(report["summary"]["fail"], 0);
}

#[test]
fn the_text_says_what_is_missing() {
    let place = Place::new(&[QUICK, SLOW, QUICK].concat());
    let args = ["run", "--jobs", "1", "--timeout", "60s", "guide.md"];
    let output = place.interrupted(&args, "-INT");
    assert_eq!(output.status.code(), Some(130));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("interrupted: "), "{text}");
}

#[test]
fn commands_that_write_write_nothing() {
    let guide = [WRONG, SLOW].concat();
    for command in [&["fix", "guide.md"][..], &["accept"]] {
        let place = Place::new(&guide);
        fs::write(
            place.0.path().join("snipcheck.toml"),
            "guides = [\"guide.md\"]\ntimeout = \"60s\"\n",
        )
        .unwrap();
        let output = place.interrupted(command, "-INT");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(130), "{command:?}: {said}");
        assert!(said.contains("nothing was written"), "{said}");
        assert_eq!(fs::read_to_string(place.guide()).unwrap(), guide);
        assert!(!place.0.path().join("expected").exists());
        assert!(!place.0.path().join("snippets").exists());
    }
}

#[test]
fn a_kill_leaves_no_process() {
    let place = Place::new(&[QUICK, SLOW].concat());
    let output = place.interrupted(&["run", "--timeout", "60s", "guide.md"], "-KILL");
    assert_eq!(output.status.signal(), Some(9));
}

#[test]
fn a_full_disk_is_told_and_harms_nothing() {
    let place = Place::new(&[QUICK, WRONG].concat());
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = place
        .command(&["run", "--format", "json", "guide.md"])
        .stdout(full)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("No space left on device"), "{said}");
    let Some(small) = Disk::mount(&place, "16k") else {
        return;
    };
    let guide = [WRONG, &"text\n".repeat(1500)].concat();
    fs::write(small.0.join("guide.md"), &guide).unwrap();
    fs::write(small.0.join("rest"), [0; 4096]).unwrap();
    let output = place.command(&["fix", "small/guide.md"]).output().unwrap();
    let after = fs::read_to_string(small.0.join("guide.md")).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("failed to write"), "{said}");
    assert_eq!((after == guide, files(&small.0).len()), (true, 2));
}

#[test]
fn a_full_disk_costs_a_run_its_cache_and_nothing_else() {
    let place = Place::new(QUICK);
    let Some(small) = Disk::mount(&place, "16k") else {
        return;
    };
    fs::write(small.0.join("rest"), [0; 16 << 10]).unwrap();
    for _ in 0..2 {
        let output = place
            .command(&["run", "guide.md"])
            .env("SNIPCHECK_CACHE_DIR", &small.0)
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{told}");
        assert!(told.contains("1 passed; 1 expectation: 1 pass"), "{told}");
        let half_written = ["outcomes", "pythons"].map(|name| files(&small.0.join(name)).len());
        assert_eq!(half_written, [0, 0]);
    }
}

#[test]
fn a_project_that_cannot_be_written_to_is_read_and_stays() {
    let place = Place::new(QUICK);
    let Some(project) = Disk::mount(&place, "1m") else {
        return;
    };
    fs::write(project.0.join("guide.md"), WRONG).unwrap();
    fs::write(
        project.0.join("snipcheck.toml"),
        "guides = [\"guide.md\"]\n",
    )
    .unwrap();
    let before = files(&project.0);
    project.set("remount,ro");
    let mut said = Vec::new();
    for args in [&["run"][..], &["fix"], &["accept"]] {
        let output = place
            .command(args)
            .current_dir(&project.0)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        said.push((output.status.code(), text.contains("Read-only file system")));
    }
    assert_eq!(said, [(Some(1), false), (Some(2), true), (Some(2), true)]);
    assert_eq!(files(&project.0), before);
    assert_eq!(
        fs::read_to_string(project.0.join("guide.md")).unwrap(),
        WRONG
    );
}

/// A disk of its own, as far as the user may mount one.
struct Disk(PathBuf);

impl Disk {
    #[expect(clippy::print_stderr, reason = "it says what is left out")]
    fn mount(place: &Place, size: &str) -> Option<Disk> {
        let disk = Disk(place.0.path().join("small"));
        fs::create_dir(&disk.0).unwrap();
        let mounted = disk.set(&format!("size={size}"));
        if !mounted {
            eprintln!("left out: a small disk cannot be mounted here, as that needs root");
        }
        mounted.then_some(disk)
    }

    fn set(&self, options: &str) -> bool {
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(&self.0)
            .status();
        done.is_ok_and(|status| status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg(&self.0).status().ok();
    }
}

#[test]
fn signals_count_whoever_started_the_run() {
    let place =
        Place::new("```python\nimport os, signal\n\nos.kill(os.getpid(), signal.SIGQUIT)\n```\n");
    // A shell starts what it runs in the background like this, and `nohup` does.
    let program = env!("CARGO_BIN_EXE_snipcheck");
    for engine in ["embedded", "subprocess"] {
        let script = format!(
            "trap '' HUP INT QUIT; exec '{program}' run guide.md --no-cache --engine {engine}"
        );
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.0.path())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.contains("ended by SIGQUIT"), "{told}");
    }
}
