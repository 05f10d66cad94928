//! What an outcome knows of one expectation: what its statement wrote, gave and raised.

use snipcheck_core::{Event, Exception, Expectation, Line, Lines, Outcome, Stream, Value};

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Evidence<'a> {
    /// What the statement wrote to stdout, in order, one entry a write.
    pub(crate) written: Vec<&'a str>,
    /// What its own frame wrote, what it called left out.
    pub(crate) own: String,
    /// Everything written to stdout until the statement was last done.
    pub(crate) until_done: String,
    /// The values that were watched for.
    pub(crate) values: Vec<&'a Value>,
    /// The exceptions that were watched for; nothing for code on the side that raised none.
    pub(crate) raised: Vec<Option<&'a Exception>>,
    /// What code on the side wrote in a run of its own.
    pub(crate) ran: Option<&'a str>,
    /// How often the statement came to its end.
    pub(crate) done: usize,
    /// The exception that stopped the statement or came through it.
    pub(crate) stopped: Option<&'a Exception>,
    /// The stopped statement whose product it needs.
    pub(crate) because: Option<Line>,
}

impl<'a> Evidence<'a> {
    /// The evidence for the expectation with this index.
    pub(crate) fn of(outcome: &'a Outcome, expectation: &Expectation, index: usize) -> Self {
        let lines = expectation.statement;
        let mut evidence = Evidence::default();
        let mut so_far = String::new();
        let mut length_when_done = 0;
        for event in &outcome.events {
            match event {
                Event::Write {
                    stream: Stream::Out,
                    text,
                    lines: places,
                } => {
                    so_far.push_str(text);
                    evidence.wrote(text, places, lines);
                }
                Event::Value { expectation, value } if *expectation == index => {
                    evidence.values.push(value);
                }
                Event::Done { expectation } if *expectation == index => {
                    evidence.done += 1;
                    length_when_done = so_far.len();
                }
                Event::Ran {
                    expectation,
                    stdout,
                } if *expectation == index => evidence.ran = Some(stdout),
                Event::Raised {
                    expectation,
                    exception,
                } if *expectation == index => {
                    evidence.raised.push(exception.as_ref());
                }
                Event::Stopped {
                    statement,
                    exception,
                } => {
                    let through = exception.line.is_some_and(|line| lines.contains(line));
                    if through || statement.overlaps(lines) && statement.first >= lines.first {
                        evidence.stopped.get_or_insert(exception);
                    }
                }
                Event::NotRun { statement, because } if statement.overlaps(lines) => {
                    evidence.because.get_or_insert(*because);
                }
                _ => {}
            }
        }
        so_far.truncate(length_when_done);
        evidence.until_done = so_far;
        evidence
    }

    fn wrote(&mut self, text: &'a str, places: &[Line], lines: Lines) {
        if !places.iter().any(|place| lines.contains(*place)) {
            return;
        }
        self.written.push(text);
        if places.first().is_some_and(|place| lines.contains(*place)) {
            self.own.push_str(text);
        }
    }

    /// What the statement wrote, as one text.
    pub(crate) fn output(&self) -> String {
        self.written.concat()
    }

    /// Whether anything shows that the statement was executed.
    pub(crate) fn was_reached(&self) -> bool {
        !self.written.is_empty()
            || !self.values.is_empty()
            || !self.raised.is_empty()
            || self.done > 0
            || self.stopped.is_some()
    }
}
