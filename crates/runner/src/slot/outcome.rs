//! Puts together what was seen from outside and what the driver told: the outcome.

use crate::wire::Record;
use snipcheck_core::{Event, Exception, Exit, Limits, Outcome, Output, size};
use snipcheck_sandbox::{End, Excess, Report, signal_name};

/// Where the snippet's file was, and what a reader should see instead.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    pub(crate) file: &'a str,
    pub(crate) guide: &'a str,
}

impl Shown<'_> {
    fn text(&self, text: &str) -> String {
        text.replace(self.file, self.guide)
    }
}

/// The outcome of one run.
pub(crate) fn outcome(
    report: &Report,
    records: Vec<Record>,
    limits: &Limits,
    shown: &Shown<'_>,
    as_it_stands: Option<Exception>,
) -> Outcome {
    let exit = exit(report, &records, limits);
    let mut notes = notes(report, &records, &exit);
    let mut events = Vec::new();
    for record in records {
        match record {
            Record::Event(event) => push(&mut events, event, shown),
            Record::Note(note) => notes.push(note),
            Record::Begun(()) | Record::Waiting(_) | Record::End { .. } => {}
        }
    }
    Outcome {
        exit,
        duration_ms: report.duration.as_secs_f64() * 1000.0,
        max_rss_kib: report.max_rss_kib,
        stdout: output(&report.stdout, limits, shown),
        stderr: output(&report.stderr, limits, shown),
        events,
        called: Vec::new(),
        as_it_stands,
        notes,
        ledger: report.ledger.clone(),
        from_cache: false,
    }
}

/// The exception that stopped a run first.
pub(crate) fn first_exception(records: Vec<Record>) -> Option<Exception> {
    records.into_iter().find_map(|record| match record {
        Record::Event(Event::Stopped { exception, .. }) => Some(exception),
        _ => None,
    })
}

fn exit(report: &Report, records: &[Record], limits: &Limits) -> Exit {
    let told = records.iter().rev().find_map(|record| match record {
        Record::End { code } => Some(*code),
        _ => None,
    });
    let begun = records.contains(&Record::Begun(()));
    let last_words = || {
        let text = String::from_utf8_lossy(&report.stderr);
        text.lines().last().unwrap_or("it said nothing").to_owned()
    };
    match (report.end, told) {
        (End::TimedOut, _) => Exit::TimedOut {
            seconds: limits.timeout.as_secs_f64(),
        },
        (End::Over(excess), _) => Exit::Limited {
            what: over(excess, limits),
        },
        (End::Signalled(libc::SIGXCPU), _) => Exit::Limited {
            what: over(Excess::Cpu, limits),
        },
        (End::NotConfined, _) => Exit::Lost {
            why: format!("the sandbox could not be closed: {}", last_words()),
        },
        (End::Abandoned, _) => Exit::Lost {
            why: "the run was given up".to_owned(),
        },
        (End::Unkillable, _) => Exit::Lost {
            why: "its processes cannot be ended".to_owned(),
        },
        (End::Signalled(signal), _) => Exit::Signal {
            signal,
            name: signal_name(signal),
        },
        (End::Exited(_), Some(None)) => Exit::Completed,
        (End::Exited(_), Some(Some(code))) => Exit::Code { code },
        (End::Exited(code), None) if begun || code == 0 => Exit::Code { code },
        (End::Exited(code), None) => Exit::Lost {
            why: format!(
                "python ended with {code} before the snippet: {}",
                last_words()
            ),
        },
    }
}

/// What a reader is told of a limit.
fn over(excess: Excess, limits: &Limits) -> String {
    match excess {
        Excess::Cpu => format!(
            "over its {} s of processor time",
            limits.cpu_time().as_secs_f64()
        ),
        Excess::Memory => format!("over its {} of memory", size(limits.memory_bytes)),
        Excess::Processes => format!("more than {} processes and threads", limits.processes),
        Excess::Disk => format!("over its {} of disk", size(limits.disk_bytes)),
        Excess::Files(most) => format!("more than {most} files"),
        Excess::Output => format!("over its {} of output", size(limits.output_bytes)),
    }
}

fn notes(report: &Report, records: &[Record], exit: &Exit) -> Vec<String> {
    let mut notes = Vec::new();
    let waiting = records.iter().rev().find_map(|record| match record {
        Record::Waiting(names) => Some(names),
        _ => None,
    });
    if let (Exit::TimedOut { .. }, Some(names)) = (exit, waiting) {
        notes.push(format!("the code is done, but threads still run: {names}"));
    }
    if report.left_behind {
        notes.push("processes that it started were still running at its end".to_owned());
    }
    notes
}

/// Adds an event; neighbouring writes from the same lines become one.
fn push(events: &mut Vec<Event>, mut event: Event, shown: &Shown<'_>) {
    if let Event::Write {
        stream,
        text,
        lines,
    } = &mut event
    {
        if text.contains(shown.file) {
            *text = shown.text(text);
        }
        if let Some(Event::Write {
            stream: last_stream,
            text: last_text,
            lines: last_lines,
        }) = events.last_mut()
            && last_stream == stream
            && last_lines == lines
        {
            last_text.push_str(text);
            return;
        }
    }
    events.push(event);
}

fn output(bytes: &[u8], limits: &Limits, shown: &Shown<'_>) -> Output {
    let cut = u64::try_from(bytes.len()).unwrap_or(u64::MAX) >= limits.output_bytes;
    Output {
        text: shown.text(&String::from_utf8_lossy(bytes)),
        cut,
    }
}
