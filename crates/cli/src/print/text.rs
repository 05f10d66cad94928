//! The report for a person: what needs one, then one summary line.

use super::problem::{problems, shortened};
use super::{Reporter, clean, count, frame, status_word, statuses};
use crate::explain::coded;
use crate::settings::Demands;
use crate::verdict;
use snipcheck_core::{
    Accepted, ClusterInfo, Guide, LayerState, PythonInfo, Report, SandboxInfo, Status, Summary,
    Verdict,
};
use std::io::{self, Write};

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// What needs a person.
    Failures,
    /// Every skip, every incomplete snippet and what holds in some circumstances only, too.
    All,
}

/// The report for a person.
#[derive(Debug)]
pub(crate) struct Text {
    detail: Detail,
    demands: Demands,
}

impl Text {
    pub(crate) fn new(verbose: bool, demands: Demands) -> Text {
        let detail = if verbose {
            Detail::All
        } else {
            Detail::Failures
        };
        Text { detail, demands }
    }
}

impl Reporter for Text {
    fn part(&mut self, report: &Report, guides: &[Guide], out: &mut dyn Write) -> io::Result<()> {
        for snippet in &report.snippets {
            if verdict::fails(snippet, self.demands.strict) {
                for problem in problems(snippet, guides) {
                    frame::print(&problem, out)?;
                }
            }
        }
        if self.detail == Detail::All {
            quiet_ones(report, &self.demands, out)?;
        }
        notes(report, self.detail, out)
    }

    fn end(&mut self, whole: &Report, out: &mut dyn Write) -> io::Result<()> {
        if whole.interrupted {
            interrupted(&whole.summary, out)?;
        } else {
            for short in verdict::shortfalls(whole, &self.demands) {
                writeln!(out, "error: {short}")?;
            }
        }
        summary(whole, self.detail, out)
    }
}

fn interrupted(s: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let judged =
        s.passed + s.failed + s.errored + s.timed_out + s.limited + s.incomplete + s.skipped;
    let left = count(s.snippets.saturating_sub(judged), "snippet");
    writeln!(
        out,
        "interrupted: {left} of the guides read so far not judged"
    )
}

/// What fails nothing and yet deserves to be known, one line each.
fn quiet_ones(report: &Report, demands: &Demands, out: &mut dyn Write) -> io::Result<()> {
    for snippet in &report.snippets {
        let status = snippet.status.filter(|s| *s != Status::Passed);
        if let (Some(status), false) = (status, verdict::fails(snippet, demands.strict)) {
            let known = matches!(snippet.accepted, Some(Accepted::Unchanged));
            let reason = snippet.reason.as_deref().unwrap_or("an expectation fails");
            writeln!(
                out,
                "{}:{}: {}{}: {}",
                snippet.guide,
                snippet.start_line,
                coded(status_word(status), reason),
                if known { " (accepted)" } else { "" },
                clean(reason),
            )?;
        }
        for expectation in &snippet.expectations {
            let finding = expectation.finding.as_ref().map(|f| f.detail.as_str());
            let (verdict, why) = match (expectation.verdict, finding) {
                (Some(Verdict::Skip), _) => {
                    let reason = expectation.reason.as_deref().unwrap_or_default();
                    (coded("skip", reason), reason)
                }
                (Some(Verdict::Pass), Some(finding)) => ("pass".to_owned(), finding),
                _ => continue,
            };
            writeln!(
                out,
                "{}:{}: {verdict}: {} | {}",
                snippet.guide,
                expectation.line,
                clean(why),
                shortened(&expectation.comment),
            )?;
        }
    }
    Ok(())
}

fn notes(report: &Report, detail: Detail, out: &mut dyn Write) -> io::Result<()> {
    for note in &report.notes {
        if note.error || detail == Detail::All {
            super::note(note, out)?;
        }
    }
    Ok(())
}

fn summary(report: &Report, detail: Detail, out: &mut dyn Write) -> io::Result<()> {
    let s = &report.summary;
    let by_status = match statuses(s) {
        none if none.is_empty() => none,
        some => format!(": {some}"),
    };
    let by_verdict = counts(&[(s.pass, "pass"), (s.fail, "fail"), (s.skip, "skip")]);
    let from_cache = match s.from_cache {
        0 => String::new(),
        some => format!(", {some} from the cache"),
    };
    writeln!(
        out,
        "{}, {}{by_status}; {}{by_verdict}; {:.1} s{from_cache}{}",
        count(s.guides, "guide"),
        count(s.snippets, "snippet"),
        count(s.expectations, "expectation"),
        s.duration_ms / 1e3,
        ran_by(report),
    )?;
    if let Some(cluster) = &report.cluster {
        afar(cluster, s.duration_ms, out)?;
    }
    if detail == Detail::Failures && s.incomplete + s.skipped + s.skip > 0 {
        writeln!(out, "what was not judged, and why: --verbose")?;
    }
    Ok(())
}

/// What a cluster did, and what a unit cost there.
#[expect(clippy::cast_precision_loss, reason = "nobody counts so far")]
fn afar(cluster: &ClusterInfo, duration_ms: f64, out: &mut dyn Write) -> io::Result<()> {
    let units: u64 = cluster.units.values().sum();
    write!(
        out,
        "cluster: {}, {} (Ray {})",
        count(cluster.nodes, "node"),
        count(cluster.cores, "core"),
        cluster.ray
    )?;
    if units > 0 {
        let (busy, waiting) = (cluster.busy_ms, cluster.waiting_ms);
        write!(
            out,
            "; {units} units, {:.0}/s, {:.2} ms of a core each; cores waited {:.1} % of their time between {} batches",
            units as f64 / duration_ms * 1e3,
            busy / units as f64,
            100.0 * waiting / (busy + waiting),
            cluster.batches,
        )?;
    }
    if cluster.lost_batches > 0 {
        write!(out, "; {} lost and run again", cluster.lost_batches)?;
    }
    writeln!(
        out,
        "; broker {:.0} MiB",
        cluster.broker_rss_kib as f64 / 1024.0
    )
}

fn ran_by(report: &Report) -> String {
    match (&report.python, &report.sandbox) {
        (Some(python), Some(sandbox)) => format!(
            " (Python {} {}, sandbox level {}{})",
            versions(report, python),
            python.engine,
            sandbox.level,
            lacking(sandbox)
        ),
        _ => String::new(),
    }
}

/// `3.11.7`, or `3.9.1, 3.11.7`
fn versions(report: &Report, first: &PythonInfo) -> String {
    if report.pythons.is_empty() {
        return first.version.clone();
    }
    let all = report.pythons.iter().map(|python| python.version.as_str());
    all.collect::<Vec<_>>().join(", ")
}

/// `, without cgroup`; what that means and what to do about it is told by `doctor`.
fn lacking(sandbox: &SandboxInfo) -> String {
    let named = |state| {
        let layers = sandbox
            .layers
            .iter()
            .filter(move |layer| layer.state == state);
        layers
            .map(|l| l.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let told = |word: &str, names: String| match names.as_str() {
        "" => String::new(),
        those => format!(", {word} {those}"),
    };
    told("without", named(LayerState::Missing)) + &told("in part", named(LayerState::Degraded))
}

/// `: 3 passed, 1 failed`, zeros left out.
fn counts(counts: &[(usize, &str)]) -> String {
    let told: Vec<String> = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    if told.is_empty() {
        String::new()
    } else {
        format!(": {}", told.join(", "))
    }
}
