//! Small snippets with made-up outcomes, and what must be said of them.

mod aside;
mod doubts;
mod matrix;
mod outputs;
mod sessions;
mod statuses;

use crate::{check, list, second_opinion};
use snipcheck_core::{
    Directives, Event, Exception, Exit, Expectation, FindingKind, Form, Kind, Ledger, Line, Lines,
    Notation, Outcome, Output, Planned, Repair, RepairKind, Snippet, SnippetId, SnippetReport,
    Status, Stream, Value, Verdict,
};

const FIRST: Lines = Lines {
    first: Line::FIRST,
    last: Line::FIRST,
};

fn expectation(kind: Kind, text: &str) -> Expectation {
    Expectation {
        lines: FIRST,
        statement: FIRST,
        kind,
        notation: Notation::Trailing,
        comment: format!("# {text}"),
        text: text.to_owned(),
        code: None,
    }
}

fn snippet(code: &str, expectations: Vec<Expectation>) -> Snippet {
    let last = Line::from_index(code.trim_end().matches('\n').count());
    Snippet {
        id: SnippetId("guide/part".to_owned()),
        lines: Lines::new(Line::FIRST, last),
        code: code.to_owned(),
        form: Form::Script,
        bytes: 0..code.len(),
        indent: 0,
        info: String::new(),
        file: None,
        headings: Vec::new(),
        directives: Directives::default(),
        expectations,
        asides: Vec::new(),
        notes: Vec::new(),
    }
}

fn planned() -> Planned {
    Planned {
        id: SnippetId("guide/part".to_owned()),
        skip: None,
        incomplete: None,
        needs: Vec::new(),
        repairs: Vec::new(),
        undefined: Vec::new(),
        unit: None,
    }
}

fn outcome(events: Vec<Event>) -> Outcome {
    let written = events.iter().filter_map(|event| match event {
        Event::Write { text, .. } => Some(text.as_str()),
        _ => None,
    });
    Outcome {
        exit: Exit::Completed,
        duration_ms: 1.0,
        max_rss_kib: 1,
        stdout: Output {
            text: written.collect(),
            cut: false,
        },
        stderr: Output::default(),
        events,
        called: Vec::new(),
        as_it_stands: None,
        notes: Vec::new(),
        ledger: Ledger::default(),
        from_cache: false,
    }
}

fn write(text: &str) -> Event {
    Event::Write {
        stream: Stream::Out,
        text: format!("{text}\n"),
        lines: vec![Line::FIRST],
    }
}

fn value(repr: &str) -> Event {
    Event::Value {
        expectation: 0,
        value: Value {
            repr: repr.to_owned(),
            ..Value::default()
        },
    }
}

fn exception(type_name: &str, message: &str) -> Exception {
    Exception {
        type_name: type_name.to_owned(),
        bases: vec!["Exception".to_owned()],
        message: message.to_owned(),
        line: Some(Line::FIRST),
        traceback: String::new(),
    }
}

fn stopped(exception: Exception) -> Event {
    Event::Stopped {
        statement: FIRST,
        exception,
    }
}

fn done() -> Event {
    Event::Done { expectation: 0 }
}

fn run(code: &str, expectation: Expectation, events: Vec<Event>) -> SnippetReport {
    let snippet = snippet(code, vec![expectation]);
    check(&snippet, "guide.md", &planned(), Some(&outcome(events)))
}

/// The verdict on the only expectation, with the rule that passed.
fn told(report: &SnippetReport) -> String {
    let only = &report.expectations[0];
    match (only.verdict, &only.rule) {
        (Some(Verdict::Pass), Some(rule)) => rule.clone(),
        (Some(Verdict::Fail), _) => "fail".to_owned(),
        (Some(Verdict::Skip), _) => "skip".to_owned(),
        other => format!("{other:?}"),
    }
}

fn printed(comment: &str, output: &str) -> String {
    let expectation = expectation(Kind::PrintValue, comment);
    told(&run("print(x)", expectation, vec![write(output)]))
}

fn valued(comment: &str, repr: &str) -> String {
    let expectation = expectation(Kind::ExprValue, comment);
    told(&run("f(x)", expectation, vec![value(repr), done()]))
}
