//! The rules by which an expectation may hold, and what became of one expectation.

use snipcheck_core::Verdict;

/// The rule that made a stated output equal to the real one, from strict to lenient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// Equal to the letter.
    Exact,
    /// Equal but for white space.
    Whitespace,
    /// The same Python literal.
    Literal,
    /// Equal but for the quotes round it.
    Quotes,
    /// A value and a remark behind it.
    Remark,
    /// A label or an arrow before the value.
    Label,
    /// Several outputs in one comment.
    Joined,
    /// One of several outputs.
    Line,
    /// What the statement changed, where its own value is `None`.
    State,
    /// A part left out with `...`.
    Ellipsis,
    /// A number to the digits stated.
    Digits,
    /// An address, a module or other parts that stand for something that varies.
    Placeholder,
    /// The type, of a value or of an exception.
    Type,
    /// A size within the tolerance.
    Size,
}

impl Rule {
    /// The name in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Rule::Exact => "exact",
            Rule::Whitespace => "whitespace",
            Rule::Literal => "literal",
            Rule::Quotes => "quotes",
            Rule::Remark => "remark",
            Rule::Label => "label",
            Rule::Joined => "joined",
            Rule::Line => "line",
            Rule::State => "state",
            Rule::Ellipsis => "ellipsis",
            Rule::Digits => "digits",
            Rule::Placeholder => "placeholder",
            Rule::Type => "type",
            Rule::Size => "size",
        }
    }

    /// The rule to name when this one and another were both needed.
    pub(crate) fn and(self, other: Rule) -> Rule {
        self.max(other)
    }
}

/// What became of one expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    /// What the guide says, as it was compared.
    pub(crate) expected: Option<String>,
    /// What really came out.
    pub(crate) actual: Option<String>,
    pub(crate) rule: Option<Rule>,
    pub(crate) reason: Option<String>,
}

impl Judgement {
    pub(crate) fn pass(rule: Rule, expected: &str, actual: &str) -> Self {
        Judgement {
            verdict: Verdict::Pass,
            expected: Some(expected.to_owned()),
            actual: Some(actual.to_owned()),
            rule: Some(rule),
            reason: None,
        }
    }

    pub(crate) fn fail(expected: &str, actual: &str, reason: impl Into<String>) -> Self {
        Judgement {
            verdict: Verdict::Fail,
            expected: Some(expected.to_owned()),
            actual: Some(actual.to_owned()),
            rule: None,
            reason: Some(reason.into()),
        }
    }

    pub(crate) fn skip(reason: impl Into<String>) -> Self {
        Judgement {
            verdict: Verdict::Skip,
            expected: None,
            actual: None,
            rule: None,
            reason: Some(reason.into()),
        }
    }

    /// The same, but a fail is a skip where there is a reason to doubt the run.
    pub(crate) fn unless(mut self, doubt: impl FnOnce() -> Option<String>) -> Self {
        if self.verdict == Verdict::Fail
            && let Some(reason) = doubt()
        {
            self.verdict = Verdict::Skip;
            self.reason = Some(reason);
        }
        self
    }

    /// The same, with what came out shown beside it.
    pub(crate) fn showing(mut self, expected: &str, actual: &str) -> Self {
        self.expected = Some(expected.to_owned());
        self.actual = Some(actual.to_owned());
        self
    }
}
