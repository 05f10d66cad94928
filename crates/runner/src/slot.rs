//! A slot: our own binary again, single-threaded, which forks one jailed process a work unit.

use std::process::ExitCode;

/// The body of the hidden subcommand: serves work units from stdin until it is closed.
pub fn slot() -> ExitCode {
    ExitCode::FAILURE
}
