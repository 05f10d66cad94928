//! A snippet on several Pythons is told as one.

use super::{expectation, planned, snippet};
use crate::{across, list};
use snipcheck_core::{Kind, SnippetReport, Status, Verdict};

/// A report with this status, and one expectation with this verdict.
fn report(status: Status, verdict: Verdict, reason: &str) -> SnippetReport {
    let of = snippet("print(1)", vec![expectation(Kind::PrintValue, "1")]);
    let mut report = list(&of, "guide.md", &planned());
    report.status = Some(status);
    report.reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    report.expectations[0].verdict = Some(verdict);
    report.expectations[0].actual = Some(format!("{status:?}"));
    report
}

#[test]
fn what_differs_says_where() {
    let passed = || report(Status::Passed, Verdict::Pass, "");
    let failed = || report(Status::Failed, Verdict::Fail, "1 of 1 expectations fail");
    let errored = || report(Status::Errored, Verdict::Skip, "line 1 raises");
    let skipped = || report(Status::Skipped, Verdict::Skip, "is for Python >=3.10");
    for (reports, status, reason, verdict, finding) in [
        (
            [passed(), passed(), passed()],
            Status::Passed,
            None,
            Verdict::Pass,
            None,
        ),
        (
            [passed(), passed(), failed()],
            Status::Failed,
            Some("on 3.11: 1 of 1 expectations fail; it passes on 3.9–3.10"),
            Verdict::Fail,
            Some("holds on 3.9–3.10, not on 3.11"),
        ),
        (
            [errored(), passed(), errored()],
            Status::Errored,
            Some("on 3.9, 3.11: line 1 raises; it passes on 3.10"),
            Verdict::Pass,
            None,
        ),
        (
            [skipped(), passed(), passed()],
            Status::Passed,
            None,
            Verdict::Pass,
            None,
        ),
        (
            [skipped(), skipped(), skipped()],
            Status::Skipped,
            Some("is for Python >=3.10"),
            Verdict::Skip,
            None,
        ),
    ] {
        let versions = ["3.9.1", "3.10.2", "3.11.7"].map(ToOwned::to_owned);
        let all: Vec<_> = versions.into_iter().zip(reports).collect();
        let told = across(&all).unwrap();
        assert_eq!(told.status, Some(status));
        assert_eq!(told.reason.as_deref(), reason);
        let one = &told.expectations[0];
        assert_eq!(one.verdict, Some(verdict));
        let detail = one.finding.as_ref().map(|finding| finding.detail.as_str());
        assert_eq!(detail, finding);
        assert_eq!(told.on.len(), 3);
        assert_eq!(told.on[1].verdicts, [all[1].1.expectations[0].verdict]);
    }
    assert!(across(&[]).is_none());
}
