//! Decides what to run and how, from the guide alone: pure, and it never fails.

// The whole of planning (this file and plan/) is being written by the lead right now: do not start it.
mod names;

use snipcheck_core::{Guide, Limits, Plan};

/// Decides for each snippet of `guide` what will be run, with what before it and what mended.
pub fn plan(guide: &Guide, limits: Limits) -> Plan {
    let _ = (guide, limits);
    Plan {
        snippets: Vec::new(),
    }
}
