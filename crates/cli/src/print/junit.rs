//! The XML of `JUnit`, which every CI server reads: a suite a guide, a case a snippet.

use super::problem::{problems, shown};
use super::{Reporter, clean, status_word};
use crate::settings::Demands;
use crate::verdict;
use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};
use snipcheck_core::{Guide, Report, SnippetReport, Status};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

/// Prints all of it at the end.
#[derive(Debug)]
pub(crate) struct JunitXml {
    demands: Demands,
    /// By guide, in the order in which they came.
    suites: Vec<TestSuite>,
    places: BTreeMap<String, usize>,
}

impl JunitXml {
    pub(crate) fn new(demands: Demands) -> Self {
        JunitXml {
            demands,
            suites: Vec::new(),
            places: BTreeMap::new(),
        }
    }

    fn suite(&mut self, guide: &str) -> &mut TestSuite {
        let next = self.suites.len();
        let place = *self.places.entry(guide.to_owned()).or_insert(next);
        if place == next {
            let mut suite = TestSuite::new(guide);
            suite.extra.insert("file".into(), guide.into());
            self.suites.push(suite);
        }
        &mut self.suites[place]
    }

    fn status(&self, snippet: &SnippetReport, guides: &[Guide]) -> io::Result<TestCaseStatus> {
        if !verdict::fails(snippet, self.demands.strict) {
            return Ok(match snippet.status {
                Some(Status::Skipped | Status::Incomplete) | None => {
                    let mut status = TestCaseStatus::skipped();
                    let why = snippet.reason.as_deref().unwrap_or("not judged");
                    status.set_message(clean(why).as_ref());
                    status
                }
                _ => TestCaseStatus::success(),
            });
        }
        // What the guide says is wrong, or what runs does not end as it should.
        let kind = match snippet.status {
            Some(Status::Failed) => NonSuccessKind::Failure,
            _ => NonSuccessKind::Error,
        };
        let mut status = TestCaseStatus::non_success(kind);
        status.set_type(snippet.status.map_or("changed", status_word));
        if let Some(first) = problems(snippet, guides).first() {
            status.set_message(first.title.as_str());
        }
        status.set_description(shown(snippet, guides)?);
        Ok(status)
    }
}

impl Reporter for JunitXml {
    fn part(&mut self, report: &Report, guides: &[Guide], _: &mut dyn Write) -> io::Result<()> {
        for snippet in &report.snippets {
            let mut case = TestCase::new(snippet.id.0.as_str(), self.status(snippet, guides)?);
            case.set_classname(snippet.guide.as_str());
            if let Some(milliseconds) = snippet.duration_ms {
                case.set_time(Duration::from_secs_f64(milliseconds.max(0.0) / 1e3));
            }
            self.suite(&snippet.guide).add_test_case(case);
        }
        for note in report.notes.iter().filter(|note| note.error) {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(clean(&note.message).as_ref());
            self.suite(&note.guide)
                .add_test_case(TestCase::new("reading", status));
        }
        Ok(())
    }

    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()> {
        let mut junit = Junit::new("snipcheck");
        junit.set_time(Duration::from_secs_f64(
            whole.summary.duration_ms.max(0.0) / 1e3,
        ));
        junit.add_test_suites(std::mem::take(&mut self.suites));
        let text = junit.to_string().map_err(io::Error::other)?;
        for line in text.lines() {
            // The schema by which Jenkins refuses reports has another word for it than the library.
            let mut line = Cow::from(line);
            if line.trim_start().starts_with("<testsuite ") {
                line = line.replacen(" disabled=\"", " skipped=\"", 1).into();
            }
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}
