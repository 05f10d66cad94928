//! The process that passes batches on to Ray, and the pipes to it.

use super::protocol::{Answer, Order};
use rustix::process::Pid;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use wait_timeout::ChildExt;

/// What runs beside the broker: functions for the nodes first.
const DRIVER: &str = concat!(include_str!("node.py"), "\n", include_str!("driver.py"));

/// How long a driver may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(10);
/// How many lines of what a driver complained of are kept.
const COMPLAINTS: usize = 20;

/// A driver that runs.
pub(super) struct Driver {
    child: Child,
    /// Until somebody has them.
    orders: Option<mpsc::Sender<Vec<u8>>>,
    answers: BufReader<ChildStdout>,
    complaints: JoinHandle<VecDeque<String>>,
}

impl Driver {
    /// Starts one in a Python that has Ray, and tells it where to connect.
    pub(super) fn start(python: &Path, connect: &Order) -> io::Result<Driver> {
        let connect = connect.line()?;
        let mut child = Command::new(python)
            .args(["-c", DRIVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C in a terminal is for the broker; the driver ends with its input.
            .process_group(0)
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(orders), Some(answers), Some(complaints)) = pipes else {
            return Err(io::Error::other("it has no pipes"));
        };
        let orders = writer(orders);
        orders.send(connect).ok();
        Ok(Driver {
            child,
            orders: Some(orders),
            answers: BufReader::new(answers),
            complaints: thread::spawn(move || last_lines(complaints)),
        })
    }

    pub(super) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// What is to be written to it, once: it ends when nobody has that any more.
    pub(super) fn orders(&mut self) -> Option<mpsc::Sender<Vec<u8>>> {
        self.orders.take()
    }

    /// What it tells next, with the lines that belong to it; nothing at its end, or where it cannot be understood.
    pub(super) fn hear(&mut self) -> Option<(Answer, Vec<String>)> {
        let mut line = || {
            let mut text = String::new();
            let read = self.answers.read_line(&mut text).ok()?;
            (read > 0 && text.ends_with('\n')).then(|| text.trim_end_matches('\n').to_owned())
        };
        let answer: Answer = serde_json::from_str(&line()?).ok()?;
        let lines: Option<Vec<String>> = (0..answer.lines()).map(|_| line()).collect();
        Some((answer, lines?))
    }

    /// Lets it end, however long it takes to: in which way it did.
    pub(super) fn end(mut self) -> String {
        drop(self.orders.take());
        let status = match self.child.wait_timeout(GOODBYE) {
            Ok(Some(status)) => Ok(status),
            _ => self.child.kill().and_then(|()| self.child.wait()),
        };
        let ended = match status {
            Ok(status) => format!("its driver ended ({status})"),
            Err(error) => format!("its driver cannot be waited for: {error}"),
        };
        let complaints = self.complaints.join().unwrap_or_default();
        match complaints.iter().rfind(|line| !line.trim().is_empty()) {
            Some(last) => format!("{ended}: {}", sentence(last)),
            None => ended,
        }
    }
}

/// The first sentence of a line of a log, without what stands before it in brackets.
fn sentence(line: &str) -> &str {
    let line = line.trim();
    let text = line
        .strip_prefix('[')
        .and_then(|line| line.split_once("] "));
    let text = text.map_or(line, |(_, text)| text);
    text.split(". ").next().unwrap_or(text)
}

/// Writes what it is given, until nobody gives anything any more.
fn writer(mut pipe: ChildStdin) -> mpsc::Sender<Vec<u8>> {
    let (give, orders) = mpsc::channel::<Vec<u8>>();
    thread::spawn(move || {
        for text in orders {
            if pipe.write_all(&text).and_then(|()| pipe.flush()).is_err() {
                break;
            }
        }
    });
    give
}

/// Reads to the end, and keeps the last lines.
fn last_lines(pipe: ChildStderr) -> VecDeque<String> {
    let mut last = VecDeque::new();
    for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
        last.push_back(String::from_utf8_lossy(&line).into_owned());
        if last.len() > COMPLAINTS {
            last.pop_front();
        }
    }
    last
}
