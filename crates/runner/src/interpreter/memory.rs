//! What interpreters answered when they were asked, so that a run need not start one to know it.

use super::Answer;
use crate::cache::stamp;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A file for each interpreter.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    folder: PathBuf,
}

/// What was answered, and what the files were like then.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    path: PathBuf,
    stamp: String,
    answer: Answer,
}

impl Memory {
    pub(super) fn new(folder: &Path) -> Memory {
        Memory {
            folder: folder.join("pythons"),
        }
    }

    /// The answer of an interpreter that has not changed since.
    pub(super) fn recall(&self, path: &Path) -> Option<Answer> {
        let text = fs::read_to_string(self.file(path)).ok()?;
        let entry: Entry = serde_json::from_str(&text).ok()?;
        let same = entry.path == path && entry.stamp == stamp_of(path, &entry.answer);
        same.then_some(entry.answer)
    }

    /// Keeps an answer; where that cannot be done, it is asked for again.
    pub(super) fn keep(&self, path: &Path, answer: &Answer) {
        // A script that starts an interpreter may start another one tomorrow.
        let mut magic = [0; 4];
        let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut magic));
        let is_program = read.is_ok() && magic == *b"\x7fELF";
        if !is_program || fs::create_dir_all(&self.folder).is_err() {
            return;
        }
        let entry = Entry {
            path: path.to_owned(),
            stamp: stamp_of(path, answer),
            answer: answer.clone(),
        };
        self.write(path, &entry).ok();
    }

    fn write(&self, path: &Path, entry: &Entry) -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(&serde_json::to_vec(entry)?)?;
        file.persist(self.file(path))?;
        Ok(())
    }

    fn file(&self, path: &Path) -> PathBuf {
        let name = path.to_string_lossy().replace('/', "%");
        self.folder.join(name)
    }
}

/// What changes with the interpreter, its environment and the packages in it.
fn stamp_of(path: &Path, answer: &Answer) -> String {
    let environment = path.parent().and_then(Path::parent);
    let settings = environment.map(|folder| folder.join("pyvenv.cfg"));
    let files = [path].into_iter().chain(settings.as_deref());
    let folders = answer.search.iter().map(PathBuf::as_path);
    files
        .chain(folders)
        .map(stamp)
        .collect::<Vec<_>>()
        .join("; ")
}
