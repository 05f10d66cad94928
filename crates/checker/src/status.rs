//! A snippet's status, derived from its plan, its outcome and its verdicts.

use crate::code::Code;
use crate::kinds::{raises, session};
use crate::limited;
use crate::packages::package;
use snipcheck_core::{
    Event, Exception, Exit, ExpectationReport, Form, Kind, Lines, Outcome, Planned, Repair,
    RepairKind, Snippet, Status, Verdict,
};

/// The status, and why it is not plain.
pub(crate) fn of(
    snippet: &Snippet,
    planned: &Planned,
    outcome: Option<&Outcome>,
    expectations: &[ExpectationReport],
) -> (Status, Option<String>) {
    if let Some(skip) = &planned.skip {
        return (Status::Skipped, Some(skip.clone()));
    }
    if let Form::Damaged { why } = &snippet.form {
        return (Status::Incomplete, Some(format!("scrape damage: {why}")));
    }
    let Some(outcome) = outcome else {
        return without_outcome(snippet, planned, expectations);
    };
    let judged = Judged {
        snippet,
        planned,
        outcome,
        expectations,
        code: Code::of(snippet),
    };
    judged
        .broken()
        .or_else(|| judged.failed())
        .or_else(|| judged.errored())
        .or_else(|| judged.incomplete())
        .unwrap_or((Status::Passed, None))
}

/// The snippet's own top-level statements that an exception stopped, in order.
pub(crate) fn stopped<'a>(
    snippet: &Snippet,
    outcome: &'a Outcome,
) -> impl Iterator<Item = (Lines, &'a Exception)> {
    let own = snippet.lines;
    outcome.events.iter().filter_map(move |event| match event {
        Event::Stopped {
            statement,
            exception,
        } if own.overlaps(*statement) => Some((*statement, exception)),
        _ => None,
    })
}

type Told = (Status, Option<String>);

fn without_outcome(
    snippet: &Snippet,
    planned: &Planned,
    expectations: &[ExpectationReport],
) -> Told {
    let announced = snippet
        .expectations
        .iter()
        .zip(expectations)
        .any(|(expectation, report)| {
            expectation.kind == Kind::Raises
                && expectation.code.is_none()
                && report.verdict == Some(Verdict::Pass)
        });
    if announced {
        return (Status::Passed, None);
    }
    let reason = planned.incomplete.clone();
    (
        Status::Incomplete,
        reason.or_else(|| Some("it was not run".to_owned())),
    )
}

struct Judged<'a> {
    snippet: &'a Snippet,
    planned: &'a Planned,
    outcome: &'a Outcome,
    expectations: &'a [ExpectationReport],
    code: Code<'a>,
}

impl Judged<'_> {
    /// A run that did not come to an end of its own.
    fn broken(&self) -> Option<Told> {
        match &self.outcome.exit {
            Exit::TimedOut { seconds } => Some((
                Status::TimedOut,
                Some(format!("over its time of {seconds} s")),
            )),
            Exit::Limited { what } => Some((Status::Limited, Some(what.clone()))),
            Exit::Signal { name, .. } => Some((Status::Errored, Some(format!("ended by {name}")))),
            Exit::Lost { why } => Some((Status::Errored, Some(why.clone()))),
            Exit::Completed | Exit::Code { .. } => self.over_a_limit(),
        }
    }

    /// Some limits show as an exception, which ends the statement and not the snippet.
    fn over_a_limit(&self) -> Option<Told> {
        let limits = self.planned.unit.as_ref().map(|unit| unit.limits);
        let limits = limits.unwrap_or_default();
        stopped(self.snippet, self.outcome)
            .filter(|(statement, exception)| !self.is_announced(*statement, exception))
            .find_map(|(statement, exception)| {
                let what = limited::what(exception, &limits)?;
                Some((
                    Status::Limited,
                    Some(format!("line {} {what}", statement.first)),
                ))
            })
    }

    fn failed(&self) -> Option<Told> {
        let failed = self.count(Verdict::Fail);
        (failed > 0).then(|| {
            let of = self.expectations.len();
            (
                Status::Failed,
                Some(format!("{failed} of {of} expectations fail")),
            )
        })
    }

    fn errored(&self) -> Option<Told> {
        if let Some(reason) = &self.planned.incomplete
            && !self.is_broken()
        {
            return Some((Status::Incomplete, Some(reason.clone())));
        }
        if let Some(told) = self.import_missing() {
            return Some(told);
        }
        let mut incomplete = None;
        for (statement, exception) in stopped(self.snippet, self.outcome) {
            if self.is_announced(statement, exception) {
                continue;
            }
            match missing(exception, self.planned, &self.code) {
                Some(reason) => {
                    incomplete = incomplete.or(Some((Status::Incomplete, Some(reason))));
                }
                None => return Some((Status::Errored, Some(raised(statement, exception)))),
            }
        }
        if incomplete.is_some() {
            return incomplete;
        }
        match self.outcome.exit {
            Exit::Code { code: 2 } if self.outcome.stderr.text.starts_with("usage:") => Some((
                Status::Incomplete,
                Some("needs arguments on its command line".to_owned()),
            )),
            Exit::Code { code } if code != 0 => {
                let announced = self.snippet.directives.raises.as_deref() == Some("SystemExit");
                (!announced).then(|| {
                    (
                        Status::Errored,
                        Some(format!("it leaves with exit code {code}")),
                    )
                })
            }
            _ => None,
        }
    }

    /// Whether it is meant as code, and Python cannot read it.
    fn is_broken(&self) -> bool {
        let filled = |repair: &Repair| repair.kind == RepairKind::Body;
        self.snippet.form == Form::Script
            && self.code.syntax_error().is_some()
            && !self.planned.repairs.iter().any(filled)
            && !is_sketch(&self.snippet.code)
    }

    /// A reader who copies it gets a `NameError`; the message says which import is missing.
    fn import_missing(&self) -> Option<Told> {
        let exception = self.outcome.as_it_stands.as_ref()?;
        let names: Vec<String> = self
            .planned
            .repairs
            .iter()
            .filter(|repair| repair.kind == RepairKind::Import)
            .map(|repair| {
                let name = repair
                    .text
                    .split_whitespace()
                    .last()
                    .unwrap_or(&repair.text);
                format!("`{name}`")
            })
            .collect();
        // Where a placeholder stops the reader first, no import helps.
        let placeholder = |name: &str| self.planned.undefined.iter().any(|u| u == name);
        let stopped_by_placeholder = exception
            .message
            .split('\'')
            .nth(1)
            .is_some_and(placeholder);
        if names.is_empty() || exception.type_name != "NameError" || stopped_by_placeholder {
            return None;
        }
        let (passed, judged) = (self.count(Verdict::Pass), self.judged());
        let (are, them) = if names.len() == 1 {
            ("is", "it")
        } else {
            ("are", "them")
        };
        let mut reason = format!("{} {are} used and never imported", names.join(", "));
        if judged > 0 {
            reason = format!("{reason}; with {them} {passed} of {judged} expectations hold");
        }
        Some((Status::Errored, Some(reason)))
    }

    fn incomplete(&self) -> Option<Told> {
        let body = self
            .planned
            .repairs
            .iter()
            .find(|repair| repair.kind == RepairKind::Body)?;
        let reason = format!("the body at line {} holds no code", body.line);
        Some((Status::Incomplete, Some(reason)))
    }

    /// Whether the guide says that this exception comes.
    fn is_announced(&self, statement: Lines, exception: &Exception) -> bool {
        let by_directive = self
            .snippet
            .directives
            .raises
            .as_deref()
            .is_some_and(|name| {
                name == exception.type_name || exception.bases.iter().any(|base| base == name)
            });
        by_directive
            || self.code.raises_by_itself(statement)
            || self.snippet.expectations.iter().zip(self.expectations).any(
                |(expectation, report)| {
                    let shown = [Kind::Raises, Kind::Session, Kind::FollowingFence];
                    shown.contains(&expectation.kind)
                        && expectation.code.is_none()
                        && report.verdict == Some(Verdict::Pass)
                        && (expectation.statement.overlaps(statement)
                            || exception
                                .line
                                .is_some_and(|line| expectation.statement.contains(line)))
                        && match expectation.kind {
                            Kind::Raises => raises::announces(&expectation.text, exception),
                            _ => session::announces(&expectation.text, exception),
                        }
                },
            )
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.expectations
            .iter()
            .filter(|report| report.verdict == Some(verdict))
            .count()
    }

    fn judged(&self) -> usize {
        self.count(Verdict::Pass) + self.count(Verdict::Fail)
    }
}

/// Whether code that does not parse says what to write rather than being it: a signature as reference
/// pages have it (`find(text[, start])`, `date(year: int)`), or words where a part is left out.
fn is_sketch(code: &str) -> bool {
    let lines: Vec<&str> = code
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let is_signature = |line: &&str| {
        let name = line.split('(').next().unwrap_or_default().trim();
        let dotted = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
        dotted && line.trim_end().ends_with(')')
    };
    let has_placeholder = |line: &&str| {
        let opens = line.match_indices('<').any(|(at, _)| {
            let rest = &line[at + 1..];
            let word = rest.split('>').next().unwrap_or_default();
            rest.len() > word.len()
                && word.starts_with(char::is_alphabetic)
                && word
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
        });
        opens || line.contains("...") || line.contains('…') || line.contains("[, ")
    };
    lines.iter().all(is_signature) || lines.iter().any(has_placeholder)
}

fn raised(statement: Lines, exception: &Exception) -> String {
    let line = exception.line.unwrap_or(statement.first);
    format!("line {line} raises {exception}")
}

/// What the compiler says of statements that stand alone and belong into something else.
const OUTSIDE: [&str; 4] = [
    "outside function",
    "outside async function",
    "outside loop",
    "not properly in loop",
];

/// What a snippet lacks, if that is why it raised: nothing that the guide says is wrong then.
fn missing(exception: &Exception, planned: &Planned, code: &Code<'_>) -> Option<String> {
    let quoted = exception.message.split('\'').nth(1);
    let is_a =
        |name: &str| exception.type_name == name || exception.bases.iter().any(|base| base == name);
    if is_a("NameError") {
        let name = quoted?;
        if planned.undefined.iter().any(|undefined| undefined == name) {
            return Some(format!("uses `{name}`, which nothing in the guide defines"));
        }
        return (!code.binds(name)).then(|| format!("uses `{name}`, which is not defined here"));
    }
    if is_a("ModuleNotFoundError") {
        let module = quoted?.split('.').next()?;
        // Somebody else may have taken any other name.
        let how = package(module).map_or_else(String::new, |package| {
            format!(" (snipcheck run --with {package})")
        });
        return Some(format!(
            "needs the package `{module}`, which is not installed{how}"
        ));
    }
    if is_a("ImportError") && exception.message.contains("install") {
        return Some(format!("needs a package: {}", exception.message));
    }
    if is_a("FileNotFoundError") {
        return Some(match quoted.filter(|path| !path.is_empty()) {
            Some(path) => format!("needs the file `{path}`"),
            None => "needs a file that is not there".to_owned(),
        });
    }
    let newer = exception.line.and_then(|line| code.newer_syntax(line));
    if let Some(version) = newer.filter(|_| is_a("SyntaxError")) {
        return Some(format!(
            "needs Python {version} for its syntax (snipcheck run --python {version})"
        ));
    }
    if is_a("SyntaxError")
        && OUTSIDE
            .iter()
            .any(|words| exception.message.contains(words))
    {
        return Some("is a part of a function or a loop".to_owned());
    }
    if is_a("EOFError") {
        return Some("needs input on stdin".to_owned());
    }
    if exception.message.contains("no display name") {
        return Some("needs a display".to_owned());
    }
    if exception.message.contains("could not find terminal") {
        return Some("needs a terminal".to_owned());
    }
    if exception.message.starts_with("[Errno 95] ") && is_a("OSError") {
        return Some("needs what is not supported here".to_owned());
    }
    let network = [
        "gaierror",
        "URLError",
        "ConnectionError",
        "ConnectError",
        "HTTPError",
        "ClientConnectorError",
    ];
    let unreachable = ["Network is unreachable", "name resolution"]
        .iter()
        .any(|words| exception.message.contains(words));
    if unreachable || network.iter().any(|name| is_a(name)) {
        return Some(format!("needs the network ({})", exception.type_name));
    }
    None
}

/// Whether an exception may be due to what is missing here: a name, a package, a file, the network.
pub(crate) fn tells_of_a_lack(exception: &Exception) -> bool {
    const LACKS: [&str; 6] = [
        "NameError",
        "ImportError",
        "OSError",
        "EOFError",
        "URLError",
        "gaierror",
    ];
    LACKS
        .iter()
        .any(|name| exception.type_name == *name || exception.bases.iter().any(|base| base == name))
}

#[cfg(test)]
mod tests {
    use super::is_sketch;

    #[test]
    fn what_is_a_sketch_is_told_from_what_is_broken() {
        for (code, sketch) in [
            ("find(text[, start])", true),
            ("box.open(side: str, wide: bool)", true),
            ("for <name> in <things>:\n    use", true),
            ("def f(...)\n    rest", true),
            ("def f(x)\n    return x", false),
            ("x = = 1", false),
            ("if a < b and c > d\n    pass", false),
        ] {
            assert_eq!(is_sketch(code), sketch, "{code}");
        }
    }
}
