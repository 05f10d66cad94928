//! Units that really run, in slots, with both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod agreement;
mod beside;
mod driver;
mod fidelity;
mod support;
