//! Which files may be read and written: a Landlock ruleset made for each prisoner.
//!
//! Rules hang on inodes, so fresh scratch memory needs a fresh ruleset.

use crate::error::JailError;
use crate::visible::{DEVICES, SYSTEM};
use landlock::{
    ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr,
    RulesetError, RulesetStatus, Scope, path_beneath_rules,
};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The newest rights that are asked for; older kernels grant what they know.
const RIGHTS: ABI = ABI::V7;

/// How much of the network rules has to deny.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Network {
    /// The namespace has none but its own loopback device.
    Own,
    /// It is the user's: no TCP at all.
    Shared,
}

/// The rules of one prisoner.
pub(crate) fn rules(
    readable: &[PathBuf],
    writable: &[&Path],
    network: Network,
) -> Result<RulesetCreated, JailError> {
    build(readable, writable, network).map_err(|error| JailError::Rules(error.to_string()))
}

fn build(
    readable: &[PathBuf],
    writable: &[&Path],
    network: Network,
) -> Result<RulesetCreated, RulesetError> {
    let everything = AccessFs::from_all(RIGHTS);
    let reading = AccessFs::from_read(RIGHTS);
    let mut ruleset = Ruleset::default()
        .handle_access(everything)?
        .scope(Scope::from_all(RIGHTS))?;
    if network == Network::Shared {
        ruleset = ruleset.handle_access(AccessNet::from_all(RIGHTS))?;
    }
    let device = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::Truncate | AccessFs::IoctlDev;
    ruleset
        .create()?
        .add_rules(path_beneath_rules(SYSTEM.iter().chain(&["/proc"]), reading))?
        .add_rules(path_beneath_rules(readable, reading))?
        .add_rules(path_beneath_rules(DEVICES, device))?
        .add_rules(path_beneath_rules(writable, everything))
}

/// How well this kernel enforces such rules; to be called in a throw-away process, which stays bound by them.
pub(crate) fn try_out() -> Enforced {
    let status = rules(&[], &[], Network::Shared).and_then(|rules| {
        rules
            .restrict_self()
            .map_err(|error| JailError::Rules(error.to_string()))
    });
    match status.map(|status| status.ruleset) {
        Ok(RulesetStatus::FullyEnforced) => Enforced::Fully,
        Ok(RulesetStatus::PartiallyEnforced) => Enforced::Partly,
        _ => Enforced::Not,
    }
}

/// See [`try_out`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Enforced {
    Fully,
    Partly,
    Not,
}
