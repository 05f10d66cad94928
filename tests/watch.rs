//! `snipcheck watch`: what is saved is run again, and Ctrl-C ends it.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How long something may take that should take a second.
const PATIENCE: Duration = Duration::from_mins(1);

/// A session of `watch`, and the lines that it prints.
struct Session {
    child: Child,
    lines: Receiver<String>,
}

impl Session {
    fn start(folder: &Path) -> Session {
        let mut child = Command::new(env!("CARGO_BIN_EXE_snipcheck"))
            .args(["watch", "--engine", "subprocess"])
            .current_dir(folder)
            .env("SNIPCHECK_CACHE_DIR", folder.join("cache"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, lines) = channel();
        let out: ChildStdout = child.stdout.take().unwrap();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        Session { child, lines }
    }

    /// The lines up to the one that says what became of the run.
    fn next_run(&self) -> String {
        let mut all = String::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("no summary after:\n{all}"));
            all = all + &line + "\n";
            if line.contains(" expectation") && line.contains(" guide") {
                return all;
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn guide(folder: &Path, name: &str, stated: u32) {
    let text = format!("```python\nprint(1 + 1)  # {stated}\n```\n");
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn what_is_saved_is_run_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("docs")).unwrap();
    let config = folder.path().join("snipcheck.toml");
    fs::write(&config, "guides = [\"docs/\"]\n").unwrap();
    guide(folder.path(), "docs/a.md", 2);
    guide(folder.path(), "docs/b.md", 2);
    let mut session = Session::start(folder.path());
    let first = session.next_run();
    assert!(first.contains("2 guides, 2 snippets: 2 passed"), "{first}");

    guide(folder.path(), "docs/a.md", 3);
    let second = session.next_run();
    assert!(second.contains("docs/a.md changed"), "{second}");
    assert!(second.contains("1 guide, 1 snippet: 1 failed"), "{second}");

    // A guide that was not there before.
    guide(folder.path(), "docs/c.md", 2);
    let third = session.next_run();
    assert!(third.contains("docs/c.md changed"), "{third}");

    // A configuration that cannot be read is told, and the one before it stays.
    fs::write(&config, "guide = 1\n").unwrap();
    guide(folder.path(), "docs/a.md", 2);
    let fourth = session.next_run();
    assert!(fourth.contains("1 guide, 1 snippet: 1 passed"), "{fourth}");
    fs::write(&config, "guides = [\"docs/a.md\"]\n").unwrap();
    let fifth = session.next_run();
    assert!(fifth.contains("1 guide, 1 snippet: 1 passed"), "{fifth}");

    let pid = i32::try_from(session.child.id()).unwrap();
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(session.child.wait().unwrap().code(), Some(130));
}
