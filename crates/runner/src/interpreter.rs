//! Which Pythons there are: asks an interpreter what it is before anything is run with it.

mod memory;

use memory::Memory;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use thiserror::Error;
use wait_timeout::ChildExt;

/// How long an interpreter may take to tell what it is.
const PATIENCE: Duration = Duration::from_secs(5);

/// The oldest Python that the driver can run on.
const OLDEST: (u32, u32) = (3, 8);

/// Entries of a folder where someone writes code that are looked at for symbolic links.
const MOST_LOOKED_AT: usize = 5000;

/// The newest minor version whose name is looked for on `PATH`.
const NEWEST_LOOKED_FOR: u32 = 15;

/// What the interpreter is asked: one JSON line. Debian keeps what every Python there runs at its start in `/etc`, and
/// setuptools lets packages be imported from where they are written by a finder with a mapping.
const QUESTION: &str = "\
import json, os, sys
custom = getattr(sys.modules.get('sitecustomize'), '__file__', None)
finders = [sys.modules.get(getattr(finder, '__module__', '')) for finder in sys.meta_path]
mapped = [path for finder in finders for path in dict(getattr(finder, 'MAPPING', {})).values()]
print(json.dumps({
    'path': sys.executable,
    'version': '.'.join(map(str, sys.version_info[:3])),
    'free_threaded': 't' in getattr(sys, 'abiflags', ''),
    'prefixes': [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix],
    'search': [p for p in sys.path if p] + mapped + ([os.path.realpath(custom)] if custom else []),
}))";

/// A Python that answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpreter {
    /// Its own idea of where its executable is.
    pub path: PathBuf,
    /// `3.11.7`.
    pub version: String,
    /// Where its library and its packages are: what a snippet must be able to read.
    pub readable: Vec<PathBuf>,
    /// Those of them where someone may be writing code: packages that are imported from where they are written.
    #[serde(default)]
    pub written: Vec<PathBuf>,
    /// Whether it can run without the lock around the interpreter.
    #[serde(default)]
    pub free_threaded: bool,
    /// Whether it is told to keep that lock (`PYTHON_GIL=1`).
    #[serde(default)]
    pub keeps_lock: bool,
}

/// Why something is no Python to run snippets with.
#[derive(Debug, Error)]
pub enum ProbeError {
    /// There is no such file, or no such name on `PATH`.
    #[error("`{0}` is not found")]
    NotFound(String),
    /// It exists and cannot be executed.
    #[error("`{path}` cannot be executed")]
    NotExecutable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// It did not answer in time.
    #[error("`{0}` did not start within {seconds} seconds", seconds = PATIENCE.as_secs())]
    Silent(PathBuf),
    /// It answered something that no Python would.
    #[error("`{path}` is not a python 3 that works: {said}")]
    NotPython {
        /// The file.
        path: PathBuf,
        /// The last line that it wrote, or how it ended.
        said: String,
    },
    /// It is older than what the driver can run on.
    #[error("`{path}` is python {version}, and 3.8 is the oldest that works")]
    TooOld {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: String,
    },
}

/// What an interpreter answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Answer {
    path: PathBuf,
    version: String,
    free_threaded: bool,
    prefixes: Vec<PathBuf>,
    search: Vec<PathBuf>,
}

/// Finds interpreters, and remembers what they answered where it has a folder to keep that in.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    memory: Option<Memory>,
}

impl Finder {
    /// One that keeps what it learns in `folder`.
    pub fn remembering(folder: Option<&Path>) -> Finder {
        Finder {
            memory: folder.map(Memory::new),
        }
    }

    /// Asks the interpreter at `name` (a path, a name on `PATH`, or a version like `3.13` on `PATH` or kept by
    /// pyenv or uv) what it is.
    pub fn probe(&self, name: &str) -> Result<Interpreter, ProbeError> {
        let mut first = None;
        for path in located(name) {
            match self.at(&path) {
                Ok(found) => return Ok(found),
                // A version manager leaves programs of this name that only tell how to choose one.
                Err(error) => first = first.or(Some(error)),
            }
        }
        Err(first.unwrap_or_else(|| ProbeError::NotFound(name.to_owned())))
    }

    fn at(&self, path: &Path) -> Result<Interpreter, ProbeError> {
        if let Some(answer) = self.memory.as_ref().and_then(|memory| memory.recall(path)) {
            return Ok(interpreter(answer));
        }
        let answer = ask(path)?;
        if let Some(memory) = &self.memory {
            memory.keep(path, &answer);
        }
        Ok(interpreter(answer))
    }

    /// The interpreter that this code is part of, or that this binary is linked with; nothing in a build without
    /// one.
    pub fn embedded(&self) -> Option<Interpreter> {
        #[cfg(feature = "embedded")]
        {
            let found = self.at(&crate::embedded::executable()?).ok()?;
            (found.version == crate::embedded::version()).then_some(found)
        }
        #[cfg(not(feature = "embedded"))]
        {
            None
        }
    }

    /// The Python that this code is part of, else the first one on `PATH` that works.
    pub fn find(&self) -> Result<Interpreter, ProbeError> {
        #[cfg(feature = "embedded")]
        if let Some(path) = crate::embedded::running() {
            return self.at(&path);
        }
        let mut first = None;
        for name in ["python3", "python"] {
            match self.probe(name) {
                Ok(found) => return Ok(found),
                Err(error) => first = first.or(Some(error)),
            }
        }
        Err(first.unwrap_or_else(|| ProbeError::NotFound("python3".to_owned())))
    }

    /// One Python for each minor version that is installed here, oldest first.
    pub fn installed(&self) -> Vec<Interpreter> {
        let mut by_version = BTreeMap::new();
        for path in candidates() {
            if let Ok(found) = self.probe(&path.to_string_lossy()) {
                by_version.entry(minor(&found.version)).or_insert(found);
            }
        }
        by_version.into_values().collect()
    }
}

/// The interpreter that gave this answer.
fn interpreter(answer: Answer) -> Interpreter {
    let mut readable: Vec<PathBuf> = Vec::new();
    let is_own = |path: &PathBuf| answer.prefixes.iter().any(|home| path.starts_with(home));
    let mut written = answer.search.clone();
    let is_installed = |path: &PathBuf| {
        path.ends_with("site-packages") || path.ends_with("dist-packages") || is_own(path)
    };
    written.retain(|path| path.is_dir() && !is_installed(path));
    let mut linked = BTreeSet::new();
    for folder in &written {
        linked_below(folder, &mut { MOST_LOOKED_AT }, &mut linked);
    }
    let homes = answer.prefixes.into_iter().chain(answer.search);
    let homes = homes.chain(real_folder(&answer.path));
    for folder in homes.chain(linked) {
        if folder.is_absolute() && folder.exists() && !readable.contains(&folder) {
            readable.push(folder);
        }
    }
    Interpreter {
        path: answer.path,
        version: answer.version,
        readable,
        written,
        free_threaded: answer.free_threaded,
        keeps_lock: false,
    }
}

/// The folders that symbolic links in a folder lead to: some tools let a package be imported from where it is written
/// by a tree of links.
fn linked_below(folder: &Path, left: &mut usize, found: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Some(fewer) = left.checked_sub(1) else {
            return;
        };
        *left = fewer;
        let (path, kind) = (entry.path(), entry.file_type());
        if kind.as_ref().is_ok_and(std::fs::FileType::is_symlink) {
            found.extend(real_folder(&path));
        } else if kind.is_ok_and(|kind| kind.is_dir()) && !is_hidden(&path) {
            linked_below(&path, left, found);
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

/// Where a Python may be: named on `PATH`, or made by a version manager.
fn candidates() -> Vec<PathBuf> {
    let names = ["python3".to_owned(), "python".to_owned()];
    let numbered = (OLDEST.1..=NEWEST_LOOKED_FOR).map(|n| format!("python{}.{n}", OLDEST.0));
    let on_path = names
        .into_iter()
        .chain(numbered)
        .filter_map(|name| on_path(&name));
    on_path.chain(managed()).collect()
}

/// The interpreters that pyenv and uv keep.
fn managed() -> Vec<PathBuf> {
    let home = env::var_os("HOME").map(PathBuf::from);
    let below_home = |path: &str| home.as_ref().map(|home| home.join(path));
    let pyenv = env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| below_home(".pyenv"))
        .map(|root| root.join("versions"));
    let uv = below_home(".local/share/uv/python");
    let mut found: Vec<PathBuf> = [pyenv, uv]
        .into_iter()
        .flatten()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin/python3")))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
}

/// `3.11.7` as the numbers 3 and 11.
fn minor(version: &str) -> (u32, u32) {
    let mut numbers = version.split('.').map(|n| n.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// The files that `name` may stand for, the likeliest first.
fn located(name: &str) -> Vec<PathBuf> {
    if name.contains('/') {
        return Vec::from_iter(Some(PathBuf::from(name)).filter(|path| path.is_file()));
    }
    let looks_like_version = name.starts_with(|c: char| c.is_ascii_digit());
    if !looks_like_version {
        return Vec::from_iter(on_path(name));
    }
    let is_meant = |path: &PathBuf| {
        // `…/versions/3.12.1/bin/python3`, `…/cpython-3.12.1-linux-x86_64-gnu/bin/python3`
        let version = path
            .iter()
            .rev()
            .nth(2)
            .unwrap_or_default()
            .to_string_lossy();
        let number = version.strip_prefix("cpython-").unwrap_or(&version);
        let rest = number.strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let managed = managed().into_iter().rev().filter(is_meant);
    on_path(&format!("python{name}"))
        .into_iter()
        .chain(managed)
        .collect()
}

fn on_path(file: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(file))
        .find(|path| path.is_file())
}

/// Starts the interpreter at `path` and lets it tell what it is.
fn ask(path: &Path) -> Result<Answer, ProbeError> {
    let (said, complaint) = written(path)?;
    let line = said.lines().last().unwrap_or_default();
    let answer: Answer = serde_json::from_str(line).map_err(|_| ProbeError::NotPython {
        path: path.to_owned(),
        said: complaint,
    })?;
    if new_enough(&answer.version) {
        Ok(answer)
    } else {
        Err(ProbeError::TooOld {
            path: path.to_owned(),
            version: answer.version,
        })
    }
}

/// What `path` writes when asked, and what to say of it when that is no answer.
fn written(path: &Path) -> Result<(String, String), ProbeError> {
    let mut child = Command::new(path)
        .args(["-c", QUESTION])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| ProbeError::NotExecutable {
            path: path.to_owned(),
            source,
        })?;
    let ended = child.wait_timeout(PATIENCE).ok().flatten();
    let Some(status) = ended else {
        // It is ours and has said nothing: end it, and do not leave it behind as a zombie.
        if child.kill().is_ok() {
            child.wait().ok();
        }
        return Err(ProbeError::Silent(path.to_owned()));
    };
    let mut said = String::new();
    let mut complaint = String::new();
    if let Some(mut pipe) = child.stdout.take() {
        pipe.read_to_string(&mut said).ok();
    }
    if let Some(mut pipe) = child.stderr.take() {
        pipe.read_to_string(&mut complaint).ok();
    }
    let last = complaint.lines().last().unwrap_or_default();
    let complaint = if last.is_empty() {
        format!("it ended with {status}")
    } else {
        last.to_owned()
    };
    Ok((said, complaint))
}

/// The folder where a file really is, behind symbolic links: a venv's python links to another tree.
fn real_folder(path: &Path) -> Option<PathBuf> {
    Some(path.canonicalize().ok()?.parent()?.to_owned())
}

fn new_enough(version: &str) -> bool {
    minor(version) >= OLDEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn script(folder: &Path, name: &str, text: &str, mode: u32) -> String {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path.to_str().unwrap().to_owned()
    }

    #[test]
    fn what_is_no_python_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("nothing");
        let cases = [
            (missing.to_str().unwrap().to_owned(), "is not found"),
            (
                script(folder.path(), "plain", "x", 0o644),
                "cannot be executed",
            ),
            (
                script(folder.path(), "echo", "#!/bin/sh\necho hello\n", 0o755),
                "is not a python 3 that works",
            ),
            (
                script(
                    folder.path(),
                    "old",
                    "#!/bin/sh\necho '{\"path\": \"/x\", \"version\": \"3.7.1\", \"free_threaded\": false, \"prefixes\": [], \"search\": []}'\n",
                    0o755,
                ),
                "3.8 is the oldest",
            ),
        ];
        for (name, said) in cases {
            let error = Finder::default().probe(&name).unwrap_err().to_string();
            assert!(error.contains(said), "{name}: {error}");
        }
    }

    #[test]
    fn a_real_one_tells_where_its_library_is() {
        let found = Finder::default().find().unwrap();
        assert!(new_enough(&found.version));
        assert!(!found.readable.is_empty());
    }
}
