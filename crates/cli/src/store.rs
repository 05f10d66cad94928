//! Files that snipcheck keeps beside the guides: written whole or not at all, removed when stale.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Files under one folder as they should be: path relative to the folder, and content.
#[derive(Debug)]
pub(crate) struct Tree {
    folder: PathBuf,
    wanted: BTreeMap<PathBuf, String>,
}

/// One way in which a folder is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stale {
    Missing(PathBuf),
    Differs(PathBuf),
    /// Its snippet is gone.
    Orphan(PathBuf),
}

impl std::fmt::Display for Stale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stale::Missing(path) => write!(f, "missing: {}", path.display()),
            Stale::Differs(path) => write!(f, "differs: {}", path.display()),
            Stale::Orphan(path) => write!(f, "without a snippet: {}", path.display()),
        }
    }
}

impl Tree {
    pub(crate) fn new(folder: PathBuf) -> Tree {
        Tree {
            folder,
            wanted: BTreeMap::new(),
        }
    }

    /// Adds a file; `path` is relative to the folder.
    pub(crate) fn add(&mut self, path: impl Into<PathBuf>, content: String) {
        self.wanted.insert(path.into(), content);
    }

    /// What differs on disk. Files not wanted count as stale where `owned` says that they are ours.
    pub(crate) fn stale(&self, owned: &dyn Fn(&Path) -> bool) -> Result<Vec<Stale>> {
        let mut stale = Vec::new();
        for (path, content) in &self.wanted {
            let full = self.folder.join(path);
            match std::fs::read(&full) {
                Ok(found) if found == content.as_bytes() => {}
                Ok(_) => stale.push(Stale::Differs(full)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    stale.push(Stale::Missing(full));
                }
                Err(error) => {
                    return Err(error)
                        .with_context(|| format!("failed to read `{}`", full.display()));
                }
            }
        }
        for path in files_below(&self.folder)? {
            if !self.wanted.contains_key(&path) && owned(&path) {
                stale.push(Stale::Orphan(self.folder.join(path)));
            }
        }
        Ok(stale)
    }

    /// Mends what is stale.
    pub(crate) fn mend(&self, stale: &[Stale]) -> Result<()> {
        for item in stale {
            match item {
                Stale::Missing(path) | Stale::Differs(path) => {
                    let content = path
                        .strip_prefix(&self.folder)
                        .ok()
                        .and_then(|p| self.wanted.get(p));
                    if let Some(content) = content {
                        write_whole(path, content.as_bytes())?;
                    }
                }
                Stale::Orphan(path) => remove(path, &self.folder)?,
            }
        }
        Ok(())
    }
}

/// Writes a file so that a reader finds the old content or the new one, even after a kill.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    let mut file = begin(path)?;
    file.write_all(content).with_context(|| unwritten(path))?;
    finish(file, path)
}

/// A file that is to become the one at `path`, beside it.
pub(crate) fn begin(path: &Path) -> Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| unwritten(path))?;
    // A file that is there keeps its permissions.
    let permissions = std::fs::metadata(path).map_or_else(
        |_| std::os::unix::fs::PermissionsExt::from_mode(0o644),
        |about| about.permissions(),
    );
    tempfile::Builder::new()
        .prefix(".snipcheck-")
        .permissions(permissions)
        .tempfile_in(folder)
        .with_context(|| unwritten(path))
}

/// Puts a file that is written in its place.
pub(crate) fn finish(file: NamedTempFile, path: &Path) -> Result<()> {
    file.as_file().sync_all().with_context(|| unwritten(path))?;
    file.persist(path).with_context(|| unwritten(path))?;
    Ok(())
}

fn unwritten(path: &Path) -> String {
    format!("failed to write `{}`", path.display())
}

/// Removes a file, and the folders that it leaves empty.
fn remove(path: &Path, root: &Path) -> Result<()> {
    std::fs::remove_file(path).with_context(|| format!("failed to remove `{}`", path.display()))?;
    for folder in path.ancestors().skip(1).take_while(|f| *f != root) {
        if std::fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Every file below a folder, relative to it; a folder that does not exist holds none.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                return Err(error).with_context(|| format!("failed to read `{}`", next.display()));
            }
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("failed to read `{}`", next.display()))?;
            let path = entry.path();
            if entry.file_type().is_ok_and(|t| t.is_dir()) {
                open.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                found.push(relative.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_mended_to_what_is_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_path_buf();
        write_whole(&root.join("a/old.py"), b"x").unwrap();
        write_whole(&root.join("a/differs.py"), b"x").unwrap();
        write_whole(&root.join("notes.md"), b"not ours").unwrap();
        let mut tree = Tree::new(root.clone());
        tree.add("b/new.py", "1".into());
        tree.add("a/differs.py", "2".into());
        let ours = |path: &Path| path.extension().is_some_and(|e| e == "py");
        let stale = tree.stale(&ours).unwrap();
        assert_eq!(
            stale,
            [
                Stale::Differs(root.join("a/differs.py")),
                Stale::Missing(root.join("b/new.py")),
                Stale::Orphan(root.join("a/old.py")),
            ]
        );
        tree.mend(&stale).unwrap();
        assert_eq!(tree.stale(&ours).unwrap(), []);
        assert!(root.join("notes.md").exists());
    }
}
