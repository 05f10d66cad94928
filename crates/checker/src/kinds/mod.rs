//! One module for each thing that an expectation may speak of.

pub(crate) mod block;
pub(crate) mod fence;
pub(crate) mod matching;
pub(crate) mod measure;
pub(crate) mod output;
pub(crate) mod raises;
pub(crate) mod session;
pub(crate) mod transcript;
pub(crate) mod value;

use crate::case::Case;
use crate::rule::Judgement;
use snipcheck_core::{Kind, Notation};

/// Judges one expectation of a snippet that was run.
pub(crate) fn judge(case: &Case<'_>) -> Judgement {
    if case.expectation.notation == Notation::Transcript {
        return transcript::judge(case);
    }
    match case.expectation.kind {
        Kind::PrintValue => output::judge(case),
        Kind::ExprValue | Kind::AssignedValue => value::judge(case),
        Kind::BlockOutput => block::judge(case),
        Kind::FollowingFence => fence::judge(case),
        Kind::Raises => raises::judge(case),
        Kind::Type => measure::type_name(case),
        Kind::Size => measure::size(case),
        Kind::Timing | Kind::Relation => measure::timing(case),
        Kind::Session => session::judge(case),
    }
}
