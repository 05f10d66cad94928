//! The two ways to run Python.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Which Python runs the snippets; both use the same driver in the same jail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// The `CPython` that this binary is linked with, initialised once a slot and forked for each snippet.
    Embedded,
    /// Any interpreter, started anew for each snippet.
    Subprocess,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Engine::Embedded => "embedded",
            Engine::Subprocess => "subprocess",
        })
    }
}
