//! What a snippet must not reach: a file that anyone may change but for the jail, and programs that listen.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const UNTOUCHED: &str = "untouched";

/// A folder with all of it, and what the machine was like before.
pub(crate) struct Outside {
    folder: TempDir,
    by_path: UnixListener,
    by_name: UnixListener,
    by_port: TcpListener,
    before: BTreeSet<String>,
}

impl Outside {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        open_to_all(folder.path());
        for name in ["temporary", "here"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            open_to_all(&folder.path().join(name));
        }
        let canary = folder.path().join("here/canary");
        fs::write(&canary, UNTOUCHED).unwrap();
        open_to_all(&canary);
        let socket = folder.path().join("here/socket");
        let by_path = UnixListener::bind(&socket).unwrap();
        open_to_all(&socket);
        let name = SocketAddr::from_abstract_name(socket.to_str().unwrap()).unwrap();
        let by_name = UnixListener::bind_addr(&name).unwrap();
        let by_port = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        by_path.set_nonblocking(true).unwrap();
        by_name.set_nonblocking(true).unwrap();
        by_port.set_nonblocking(true).unwrap();
        Outside {
            folder,
            by_path,
            by_name,
            by_port,
            before: machine(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the program has its own temporary files.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.path("temporary")
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// A case's code, with the places that it is to try.
    pub(crate) fn fill_in(&self, code: &str) -> String {
        let port = self.by_port.local_addr().unwrap().port();
        code.replace("CANARY", self.path("here/canary").to_str().unwrap())
            .replace("SOCKET", self.path("here/socket").to_str().unwrap())
            .replace("PORT", &port.to_string())
    }

    /// What is not as it was.
    pub(crate) fn changed(&self) -> Vec<String> {
        let mut changed = Vec::new();
        let canary = self.path("here/canary");
        let text = fs::read_to_string(&canary).unwrap_or_else(|error| error.to_string());
        if text != UNTOUCHED {
            changed.push(format!("the canary is `{text}`"));
        }
        let mode = fs::metadata(&canary).map(|found| found.permissions().mode() & 0o777);
        if mode.ok() != Some(0o777) {
            changed.push("the canary has other permissions".to_owned());
        }
        let names = |folder: &str| -> Vec<String> {
            let entries = fs::read_dir(self.path(folder)).unwrap();
            let names = entries.map(|entry| entry.unwrap().file_name());
            names
                .map(|name| name.to_string_lossy().into_owned())
                .collect()
        };
        if names("here").len() != 2 {
            changed.push(format!("beside the canary: {:?}", names("here")));
        }
        if !names("temporary").is_empty() {
            changed.push(format!("temporary files: {:?}", names("temporary")));
        }
        for (asked, whom) in [
            (self.by_path.accept().is_ok(), "a socket with a path"),
            (self.by_name.accept().is_ok(), "a socket with a name"),
            (self.by_port.accept().is_ok(), "a port"),
        ] {
            if asked {
                changed.push(format!("{whom} was reached"));
            }
        }
        let today = machine();
        changed.extend(today.difference(&self.before).cloned());
        changed
    }
}

/// What of the machine a snippet may leave behind: mounts, shared memory, System V objects.
fn machine() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    found.extend(mounts.lines().map(|line| format!("mount {line}")));
    let shared = fs::read_dir("/dev/shm").into_iter().flatten().flatten();
    found.extend(
        shared
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name.contains("hostile"))
            .map(|name| format!("shared memory {name}")),
    );
    for kind in ["shm", "msg", "sem"] {
        let text = fs::read_to_string(format!("/proc/sysvipc/{kind}")).unwrap_or_default();
        found.extend(text.lines().skip(1).filter_map(|line| {
            let key = line.split_whitespace().next()?;
            (key == "5921370").then(|| format!("System V {kind}"))
        }));
    }
    found
}

fn open_to_all(path: &Path) {
    fs::set_permissions(path, Permissions::from_mode(0o777)).unwrap();
}
