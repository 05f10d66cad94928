//! What to observe for each expectation; what a statement writes is recorded for all of them anyway.

use snipcheck_core::{Expectation, Kind, Want, Watch};

pub(super) fn watches(expectations: &[Expectation]) -> Vec<Watch> {
    expectations
        .iter()
        .enumerate()
        .flat_map(|(index, expectation)| {
            wants(expectation).into_iter().map(move |want| Watch {
                expectation: index,
                statement: expectation.statement,
                want,
            })
        })
        .collect()
}

fn wants(expectation: &Expectation) -> Vec<Want> {
    match expectation.kind {
        Kind::BlockOutput => vec![Want::Done],
        Kind::Raises => vec![match &expectation.code {
            Some(code) => Want::Side { code: code.clone() },
            None => Want::Raised,
        }],
        Kind::Session if expectation.text.trim_start().starts_with("Traceback") => {
            vec![Want::Raised]
        }
        Kind::ExprValue | Kind::AssignedValue | Kind::Type | Kind::Size | Kind::Session => {
            vec![Want::Value]
        }
        Kind::PrintValue | Kind::FollowingFence | Kind::Timing | Kind::Relation => Vec::new(),
    }
}
