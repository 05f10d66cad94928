//! From a guide to outcomes: plan what to run, then run it in slots, one fork a snippet.
//!
//! Planning is pure. Running has three places, which know little of each other:
//!
//! - the *broker* (this process, the only place with tokio) hands work units to slots and survives them;
//! - a *slot* (our own binary again, single-threaded) forks one jailed process a unit and watches over it;
//! - the *driver* (`driver/*.py`, the same for every engine) runs the code in that process and reports events.
//!
//! Nothing here judges: an [`Outcome`](snipcheck_core::Outcome) says what happened and no more.

mod ahead;
mod broker;
mod cache;
pub mod cluster;
mod driver;
#[cfg(feature = "embedded")]
mod embedded;
mod engine;
pub mod interpreter;
mod plan;
mod program;
mod slot;
mod wire;
mod worker;

pub use broker::{Options, RunError, RunInfo, Runner};
pub use cache::tidy;
pub use cluster::Cluster;
pub use engine::Engine;
pub use interpreter::Interpreter;
pub use plan::{Again, plan, plan_again, set_limit};
pub use program::{Program, SLOT_COMMAND};
#[cfg(feature = "measure")]
pub use slot::measure;
pub use slot::slot;
pub use worker::work;
