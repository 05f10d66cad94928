//! What protects and what does not, in words for people.

use crate::files::Enforced;
use crate::identity::Identity;
use crate::tree::Reach;
use serde::{Deserialize, Serialize};
use snipcheck_core::{Layer, LayerState, SandboxInfo};

/// What was found to work while the jail was built.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Namespaces and a root of its own; why there are none.
    pub(crate) walls: Result<Walls, String>,
    /// Landlock.
    pub(crate) files: Enforced,
    /// Whether system calls are filtered.
    pub(crate) calls: bool,
    /// Why there is no control group; nothing when there is.
    pub(crate) group: Result<(), String>,
    /// As whom prisoners run.
    pub(crate) identity: Identity,
}

/// What of the namespaces may fail without making the rest worthless.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Walls {
    /// Whether `/proc` shows the jail's processes only.
    pub(crate) own_proc: bool,
    /// Whether the loopback device came up in a network of its own.
    pub(crate) loopback: bool,
}

impl Found {
    /// Which processes the slot can end.
    pub(crate) fn reach(&self) -> Reach {
        match self.walls {
            Ok(_) => Reach::Namespace,
            Err(_) => Reach::Descendants,
        }
    }

    /// From 4, where nothing is missing, to 0; from 2 on nothing of the user's can be read or changed.
    fn level(&self) -> u8 {
        let landlock = self.files != Enforced::Not;
        match [self.walls.is_ok(), landlock, self.calls] {
            [true, true, true] if self.group.is_ok() => 4,
            [true, true, true] => 3,
            // Any two of the three keep the user's files and the programs that listen on sockets out of reach.
            [true, true, false] | [true, false, true] | [false, true, true] => 2,
            [false, false, false] => 0,
            _ => 1,
        }
    }
}

/// The level that follows from the layers, and the layers.
pub(crate) fn describe(found: &Found) -> SandboxInfo {
    SandboxInfo {
        level: found.level(),
        layers: vec![
            namespaces(found),
            landlock(found),
            seccomp(found),
            network(found),
            user(found.identity),
            cgroup(found),
        ],
    }
}

fn layer(name: &str, state: LayerState, detail: impl Into<String>) -> Layer {
    Layer {
        name: name.to_owned(),
        state,
        detail: detail.into(),
    }
}

fn namespaces(found: &Found) -> Layer {
    let named = |state, detail: String| layer("namespaces", state, detail);
    match &found.walls {
        Ok(Walls { own_proc: true, .. }) => named(
            LayerState::Active,
            "processes, network and files are the snippet's own".to_owned(),
        ),
        Ok(_) => named(
            LayerState::Degraded,
            "`/proc` is the machine's: other processes are visible, and cannot be read".to_owned(),
        ),
        Err(why) => named(
            LayerState::Missing,
            format!(
                "{why}: no servers on the loopback device, `/dev/shm` is shared, other processes are visible; \
                 allow user namespaces (Docker: `--security-opt seccomp=unconfined`; Ubuntu 24.04: \
                 `sysctl kernel.apparmor_restrict_unprivileged_userns=0`), or run as root"
            ),
        ),
    }
}

fn landlock(found: &Found) -> Layer {
    let named = |state, detail| layer("landlock", state, detail);
    match (found.files, &found.walls) {
        (Enforced::Fully, _) => named(
            LayerState::Active,
            "only Python, the system's libraries and the work folder can be read",
        ),
        (Enforced::Partly, _) => named(
            LayerState::Degraded,
            "this kernel knows a part of the rules only; a newer one (6.12 or later) knows all",
        ),
        (Enforced::Not, Ok(_)) => named(
            LayerState::Missing,
            "this kernel has none (5.13 or later does): a root of its own alone keeps files of the user away",
        ),
        (Enforced::Not, Err(_)) => named(
            LayerState::Missing,
            "files of the user are not protected; use a kernel with Landlock (5.13 or later), or allow namespaces",
        ),
    }
}

fn seccomp(found: &Found) -> Layer {
    if found.calls {
        let detail = "system calls that no snippet needs are refused";
        layer("seccomp", LayerState::Active, detail)
    } else {
        let detail =
            "this kernel takes no filters: everything that the user may ask of it can be asked";
        layer("seccomp", LayerState::Missing, detail)
    }
}

fn network(found: &Found) -> Layer {
    let (state, detail) = match (&found.walls, found.calls, found.files) {
        (Ok(Walls { loopback: true, .. }), ..) => {
            (LayerState::Active, "none but a loopback device of its own")
        }
        (Ok(_), ..) => (
            LayerState::Active,
            "none, and the loopback device could not be brought up",
        ),
        (Err(_), true, _) => (
            LayerState::Active,
            "none, and no servers: sockets are refused",
        ),
        (Err(_), false, Enforced::Not) => {
            (LayerState::Missing, "the machine's network can be reached")
        }
        (Err(_), false, _) => (
            LayerState::Degraded,
            "TCP is refused, other protocols are not",
        ),
    };
    layer("network", state, detail)
}

fn user(identity: Identity) -> Layer {
    let (state, detail) = match identity {
        Identity::Own => (
            LayerState::Active,
            "snippets run as this user, without capabilities",
        ),
        Identity::Nobody => (LayerState::Active, "snippets run as nobody"),
        Identity::Powerless => (
            LayerState::Degraded,
            "snippets run as root without capabilities, as nobody else may read this Python; install one that \
             everyone may read",
        ),
    };
    layer("user", state, detail)
}

fn cgroup(found: &Found) -> Layer {
    match &found.group {
        Ok(()) => layer(
            "cgroup",
            LayerState::Active,
            "memory, processes and processor time are limited for all of a snippet together",
        ),
        Err(why) => layer(
            "cgroup",
            LayerState::Missing,
            format!("{why}; what a snippet uses is looked at every few milliseconds instead"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(walls: bool, files: Enforced, calls: bool, group: bool) -> Found {
        let because = || "no".to_owned();
        let built = Walls {
            own_proc: true,
            loopback: true,
        };
        Found {
            walls: walls.then_some(built).ok_or_else(because),
            files,
            calls,
            group: group.then_some(()).ok_or_else(because),
            identity: Identity::Own,
        }
    }

    #[test]
    fn levels() {
        let cases = [
            (found(true, Enforced::Fully, true, true), 4),
            (found(true, Enforced::Partly, true, false), 3),
            (found(true, Enforced::Not, true, true), 2),
            (found(true, Enforced::Fully, false, true), 2),
            (found(true, Enforced::Not, false, true), 1),
            (found(false, Enforced::Fully, true, true), 2),
            (found(false, Enforced::Fully, false, false), 1),
            (found(false, Enforced::Not, true, true), 1),
            (found(false, Enforced::Not, false, true), 0),
        ];
        for (found, level) in cases {
            assert_eq!(describe(&found).level, level, "{found:?}");
        }
    }
}
