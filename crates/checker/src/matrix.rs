//! The same snippet on several Pythons, told as one: an expectation that holds on some of them only says on which.

use snipcheck_core::{
    ExpectationReport, Finding, FindingKind, OnPython, SnippetReport, Status, Verdict,
};

/// One report of a snippet's reports on several Pythons, each with its version, in the order in which they are wanted.
/// Nothing of none.
pub fn across(reports: &[(String, SnippetReport)]) -> Option<SnippetReport> {
    let on: Vec<OnPython> = reports
        .iter()
        .map(|(python, one)| on(python, one))
        .collect();
    // A directive that names Pythons skips it on the others, which says nothing of it.
    let ran = |one: &SnippetReport| one.status != Some(Status::Skipped);
    let any_ran = reports.iter().any(|(_, one)| ran(one));
    let counted = reports.iter().filter(|(_, one)| !any_ran || ran(one));
    let rank = |one: &SnippetReport| one.status.map_or(0, severity);
    let worst = counted.rev().max_by_key(|(_, one)| rank(one))?;
    let mut told = worst.1.clone();
    for (index, expectation) in told.expectations.iter_mut().enumerate() {
        let each = reports
            .iter()
            .filter_map(|(python, one)| Some((python.as_str(), one.expectations.get(index)?)));
        if let Some(merged) = expectation_across(&each.collect::<Vec<_>>()) {
            *expectation = merged;
        }
    }
    let differs = on.iter().any(|one| one.status != told.status);
    if differs && told.status != Some(Status::Passed) && told.status.is_some() {
        let same = versions(&on, |one| one.status == told.status);
        let passed = versions(&on, |one| one.status == Some(Status::Passed));
        let reason = told.reason.take().unwrap_or_default();
        let colon = if reason.is_empty() { "" } else { ": " };
        let mut reason = format!("on {same}{colon}{reason}");
        if !passed.is_empty() {
            reason = format!("{reason}; it passes on {passed}");
        }
        told.reason = Some(reason);
    }
    told.from_cache = on.iter().all(|one| one.from_cache);
    told.on = on;
    Some(told)
}

fn on(python: &str, report: &SnippetReport) -> OnPython {
    OnPython {
        python: python.to_owned(),
        status: report.status,
        from_cache: report.from_cache,
        verdicts: report.expectations.iter().map(|one| one.verdict).collect(),
    }
}

/// How much a status needs a person.
fn severity(status: Status) -> u8 {
    match status {
        Status::Passed => 1,
        Status::Skipped => 2,
        Status::Incomplete => 3,
        Status::Limited => 4,
        Status::TimedOut => 5,
        Status::Errored => 6,
        Status::Failed => 7,
    }
}

/// One of an expectation's reports: that of the first Python on which it fails, or else on which it holds.
fn expectation_across(each: &[(&str, &ExpectationReport)]) -> Option<ExpectationReport> {
    let with = |verdict| each.iter().find(|(_, one)| one.verdict == Some(verdict));
    let (_, chosen) = with(Verdict::Fail)
        .or_else(|| with(Verdict::Pass))
        .or(each.first())?;
    let mut told = (*chosen).clone();
    let pythons = |verdict| {
        let those = each.iter().filter(|(_, one)| one.verdict == Some(verdict));
        ranges(
            &each_version(each),
            &those.map(|(python, _)| *python).collect::<Vec<_>>(),
        )
    };
    let (holds, fails) = (pythons(Verdict::Pass), pythons(Verdict::Fail));
    if !holds.is_empty() && !fails.is_empty() {
        told.finding = Some(Finding {
            kind: FindingKind::Version,
            detail: format!("holds on {holds}, not on {fails}"),
        });
    }
    Some(told)
}

fn each_version<'p>(each: &[(&'p str, &ExpectationReport)]) -> Vec<&'p str> {
    each.iter().map(|(python, _)| *python).collect()
}

fn versions(on: &[OnPython], which: impl Fn(&OnPython) -> bool) -> String {
    let all: Vec<&str> = on.iter().map(|one| one.python.as_str()).collect();
    let those = on.iter().filter(|one| which(one));
    ranges(
        &all,
        &those.map(|one| one.python.as_str()).collect::<Vec<_>>(),
    )
}

/// `3.8–3.10, 3.12`: some of all versions, neighbours joined. Minor versions are enough where they differ.
fn ranges(all: &[&str], some: &[&str]) -> String {
    let mut sorted: Vec<&str> = all.to_vec();
    sorted.sort_by_key(|version| numbers(version));
    sorted.dedup();
    let mut minors: Vec<&str> = sorted.iter().map(|version| minor(version)).collect();
    minors.dedup();
    let is_short = minors.len() == sorted.len();
    let name =
        |version: &str| -> String { if is_short { minor(version) } else { version }.to_owned() };
    let mut told: Vec<(String, String)> = Vec::new();
    let mut joins = false;
    for version in sorted {
        let is_in = some.contains(&version);
        match told.last_mut() {
            Some((_, last)) if is_in && joins => *last = name(version),
            _ if is_in => told.push((name(version), name(version))),
            _ => {}
        }
        joins = is_in;
    }
    let range = |(first, last): (String, String)| {
        if first == last {
            first
        } else {
            format!("{first}–{last}")
        }
    };
    told.into_iter().map(range).collect::<Vec<_>>().join(", ")
}

fn minor(version: &str) -> &str {
    let end = version.match_indices('.').nth(1).map(|(at, _)| at);
    &version[..end.unwrap_or(version.len())]
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|n| n.parse().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn neighbours_are_joined() {
        let all = ["3.13.0", "3.8.18", "3.9.1", "3.10.2", "3.11.7"];
        for (some, expected) in [
            (&["3.8.18", "3.9.1", "3.10.2"][..], "3.8–3.10"),
            (&["3.8.18", "3.10.2", "3.11.7", "3.13.0"], "3.8, 3.10–3.13"),
            (&["3.13.0"], "3.13"),
            (&[], ""),
        ] {
            assert_eq!(ranges(&all, some), expected);
        }
        assert_eq!(ranges(&["3.11.7", "3.11.9"], &["3.11.9"]), "3.11.9");
    }
}
