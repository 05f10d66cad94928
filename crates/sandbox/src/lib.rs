//! The jail: whatever runs in it, nothing outside its own throw-away folder changes and nothing outlives it.
//!
//! It knows processes, files and limits, and no Python. Used in a *slot*, a single-threaded process of our own:
//! [`Jail::enter`] builds the walls once, [`Jail::start`] forks one prisoner into a fresh folder, and
//! [`Prisoner::supervise`] watches over it, ends everything that it started, and says what it did.
//!
//! Every wall is probed by building it, never by reading what the system claims. A wall that cannot be built is
//! told as a [`Layer`](snipcheck_core::Layer) that is missing or degraded; what it leaves open stands there.

#[cfg(not(target_os = "linux"))]
compile_error!(
    "the jail is built from Linux namespaces and Landlock; other systems are not supported yet"
);

mod aside;
mod cgroup;
mod error;
mod files;
mod filter;
mod identity;
mod jail;
mod janitor;
mod layers;
mod ledger;
mod limits;
mod meter;
mod mounts;
mod namespaces;
mod place;
mod probe;
mod shared;
mod signals;
mod stop;
mod supervise;
mod tree;
mod turn;
mod visible;

pub use error::JailError;
pub use jail::{Jail, Prisoner, RESULTS_DESCRIPTOR, Spec};
pub use meter::Excess;
pub use namespaces::end_with_parent;
pub use place::keep_to;
pub use probe::probe;
pub use signals::{heed_signals, signal_name};
pub use supervise::{End, Report};
