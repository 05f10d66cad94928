//! One expectation with all that is known when it is judged.

use crate::code::Code;
use crate::evidence::Evidence;
use crate::rule::Judgement;
use snipcheck_core::{Exit, Expectation, Outcome};

/// See the module.
pub(crate) struct Case<'a> {
    /// The expectation.
    pub(crate) expectation: &'a Expectation,
    /// What was seen of it.
    pub(crate) evidence: Evidence<'a>,
    /// The whole outcome.
    pub(crate) outcome: &'a Outcome,
    /// The snippet's code.
    pub(crate) code: &'a Code<'a>,
    /// Whether the comment only counts the steps of the snippet: `# 1`, `# 2`, `# 3`.
    pub(crate) counts_steps: bool,
}

impl Case<'_> {
    /// The statement as words: `line 3`, `lines 3 to 5`.
    pub(crate) fn place(&self) -> String {
        let lines = self.expectation.statement;
        if lines.first == lines.last {
            format!("line {}", lines.first)
        } else {
            format!("lines {} to {}", lines.first, lines.last)
        }
    }

    /// Why the statement cannot be judged: it stopped, or was never reached.
    pub(crate) fn unseen(&self) -> Option<Judgement> {
        let evidence = &self.evidence;
        if let Some(line) = evidence.because {
            return Some(Judgement::skip(format!(
                "needs what line {line} would have made"
            )));
        }
        if let Some(exception) = evidence.stopped {
            let line = exception.line.unwrap_or(self.expectation.statement.first);
            return Some(Judgement::skip(format!("line {line} raised {exception}")));
        }
        (!evidence.was_reached()).then(|| Judgement::skip(self.never_reached()))
    }

    fn never_reached(&self) -> String {
        let place = self.place();
        match &self.outcome.exit {
            Exit::TimedOut { .. } => format!("the time ran out before {place} was done"),
            Exit::Limited { what } => format!("stopped before {place} was done: {what}"),
            Exit::Signal { name, .. } => {
                format!("{name} ended the snippet before {place} was done")
            }
            Exit::Lost { why } => format!("the run was lost: {why}"),
            Exit::Completed | Exit::Code { .. } => format!("{place} was never reached"),
        }
    }
}
