//! A binary that is nothing but a slot, for this crate's own tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    snipcheck_runner::slot().into()
}
