//! What to observe for each expectation; what a statement writes is recorded for all of them anyway.

use snipcheck_core::{Expectation, File, Kind, Notation, Want, Watch};

/// `files` gives what a piece of code in a transcript imports.
pub(super) fn watches(
    expectations: &[Expectation],
    files: &dyn Fn(&str) -> Vec<File>,
) -> Vec<Watch> {
    expectations
        .iter()
        .enumerate()
        .flat_map(|(index, expectation)| {
            wants(expectation, files)
                .into_iter()
                .map(move |want| Watch {
                    expectation: index,
                    statement: expectation.statement,
                    want,
                })
        })
        .collect()
}

fn wants(expectation: &Expectation, files: &dyn Fn(&str) -> Vec<File>) -> Vec<Want> {
    if expectation.notation == Notation::Transcript {
        let run = |code: &String| Want::Run {
            code: code.clone(),
            files: files(code),
        };
        return expectation.code.iter().map(run).collect();
    }
    match expectation.kind {
        Kind::BlockOutput => vec![Want::Done],
        Kind::Raises => vec![match &expectation.code {
            Some(code) => Want::Side { code: code.clone() },
            None => Want::Raised,
        }],
        Kind::Session if shows_exception(&expectation.text) => vec![Want::Echo, Want::Raised],
        Kind::Session => vec![Want::Echo],
        Kind::ExprValue | Kind::AssignedValue | Kind::Type | Kind::Size => vec![Want::Value],
        Kind::PrintValue | Kind::FollowingFence | Kind::Timing | Kind::Relation => Vec::new(),
    }
}

/// Whether an answer is, or ends with, what Python says of an exception.
fn shows_exception(answer: &str) -> bool {
    answer.contains("Traceback (most recent call last)")
        || answer.lines().any(|line| {
            let name = line.split(':').next().unwrap_or(line);
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
            name.chars().all(is_part)
                && ["Error", "Exception"].iter().any(|end| name.ends_with(end))
        })
}
