//! What protects and what does not, in words for people.

use crate::files::Enforced;
use snipcheck_core::{Layer, LayerState, SandboxInfo};

/// What was found to work while the jail was built.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Why there are no namespaces; nothing when there are.
    pub(crate) namespaces: Result<(), String>,
    /// Why the file system could not be closed; nothing when it could.
    pub(crate) mounts: Result<(), String>,
    /// Whether `/proc` shows the jail's processes only.
    pub(crate) own_proc: bool,
    /// Whether the number of processes is limited.
    pub(crate) process_limit: bool,
    /// Whether the loopback device came up in a network of its own.
    pub(crate) loopback: bool,
    /// Landlock.
    pub(crate) files: Enforced,
}

/// The level that follows from the layers, and the layers.
pub(crate) fn describe(found: &Found) -> SandboxInfo {
    let level = match (found.files, &found.namespaces, &found.mounts) {
        (Enforced::Not, Ok(()), Ok(())) => 1,
        (Enforced::Not, _, _) => 0,
        (_, Ok(()), Ok(())) => 3,
        _ => 2,
    };
    SandboxInfo {
        level,
        layers: vec![
            namespaces(found),
            mounts(found),
            landlock(found.files),
            network(found),
            processes(found),
            cgroup(),
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
    match &found.namespaces {
        Ok(()) if found.own_proc => layer(
            "namespaces",
            LayerState::Active,
            "processes, network and mounts are the snippet's own",
        ),
        Ok(()) => layer(
            "namespaces",
            LayerState::Degraded,
            "`/proc` is the machine's: other processes are visible, Landlock keeps them from being read",
        ),
        Err(why) => layer(
            "namespaces",
            LayerState::Missing,
            format!("{why}; no servers on the loopback device, and processes are found by descent"),
        ),
    }
}

fn mounts(found: &Found) -> Layer {
    match &found.mounts {
        Ok(()) => layer(
            "mounts",
            LayerState::Active,
            "only what Python needs is there, read-only, and memory that is thrown away",
        ),
        Err(why) => layer(
            "mounts",
            LayerState::Missing,
            format!(
                "{why}; `/tmp` cannot be written to, and sockets of other programs can be reached"
            ),
        ),
    }
}

fn landlock(files: Enforced) -> Layer {
    match files {
        Enforced::Fully => layer(
            "landlock",
            LayerState::Active,
            "only Python, the system's libraries and the work folder can be read",
        ),
        Enforced::Partly => layer(
            "landlock",
            LayerState::Degraded,
            "this kernel knows a part of the rules only; a newer one (6.12 or later) knows all",
        ),
        Enforced::Not => layer(
            "landlock",
            LayerState::Missing,
            "this kernel has no Landlock: files of the user can be read",
        ),
    }
}

fn network(found: &Found) -> Layer {
    if found.namespaces.is_ok() {
        let detail = if found.loopback {
            "none but a loopback device of its own"
        } else {
            "none, and the loopback device could not be brought up"
        };
        layer("network", LayerState::Active, detail)
    } else if found.files == Enforced::Not {
        layer(
            "network",
            LayerState::Missing,
            "the machine's network can be reached",
        )
    } else {
        layer(
            "network",
            LayerState::Degraded,
            "TCP is denied, other protocols are not",
        )
    }
}

fn processes(found: &Found) -> Layer {
    if found.process_limit {
        layer("processes", LayerState::Active, "their number is limited")
    } else {
        layer(
            "processes",
            LayerState::Degraded,
            "their number is limited by the user's own limit only",
        )
    }
}

fn cgroup() -> Layer {
    layer(
        "cgroup",
        LayerState::Missing,
        "not used: memory is limited for each process, not for all of a snippet together",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(namespaces: bool, mounts: bool, files: Enforced) -> Found {
        let because = |holds: bool| if holds { Ok(()) } else { Err("no".to_owned()) };
        Found {
            namespaces: because(namespaces),
            mounts: because(mounts),
            own_proc: namespaces,
            process_limit: false,
            loopback: namespaces,
            files,
        }
    }

    #[test]
    fn levels() {
        let cases = [
            (found(true, true, Enforced::Fully), 3),
            (found(true, false, Enforced::Fully), 2),
            (found(false, false, Enforced::Partly), 2),
            (found(true, true, Enforced::Not), 1),
            (found(false, false, Enforced::Not), 0),
        ];
        for (found, level) in cases {
            assert_eq!(describe(&found).level, level, "{found:?}");
        }
    }
}
