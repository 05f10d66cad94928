//! Which files may be read and written: a Landlock ruleset made for each prisoner.
//!
//! Rules hang on inodes, so fresh scratch memory needs a fresh ruleset.

use crate::error::JailError;
use landlock::{
    ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr,
    RulesetError, RulesetStatus, Scope, path_beneath_rules,
};
use serde::{Deserialize, Serialize};
use std::path::Path;

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

/// What may be done where, below each of these paths.
#[derive(Debug, Default)]
pub(crate) struct Grants<'a> {
    pub(crate) readable: Vec<&'a Path>,
    /// Where devices are, which may be written to and be told what to do.
    pub(crate) devices: Vec<&'a Path>,
    pub(crate) writable: Vec<&'a Path>,
}

/// The rules of one prisoner.
pub(crate) fn rules(grants: &Grants<'_>, network: Network) -> Result<RulesetCreated, JailError> {
    build(grants, network).map_err(|error| JailError::Rules(error.to_string()))
}

fn build(grants: &Grants<'_>, network: Network) -> Result<RulesetCreated, RulesetError> {
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
        .add_rules(path_beneath_rules(&grants.readable, reading))?
        .add_rules(path_beneath_rules(&grants.devices, device))?
        .add_rules(path_beneath_rules(&grants.writable, everything))
}

/// How well this kernel enforces such rules; to be called in a throw-away process, which stays bound by them.
pub(crate) fn try_out() -> Enforced {
    let status = rules(&Grants::default(), Network::Shared).and_then(|rules| {
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
