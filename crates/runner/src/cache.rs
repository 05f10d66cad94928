//! Outcomes of earlier runs, for units that would run in every respect as they did then.
//!
//! One file a guide and a setting (interpreter, packages, protection, this program): lines of JSON, each an
//! outcome under the hash of its unit. A line that cannot be read is no entry; nothing here ever fails a run.

use crate::broker::Options;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use snipcheck_core::{Exit, Outcome, SandboxInfo, WorkUnit};
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, Metadata};
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// The folder of outcomes in that of everything that is kept.
const OUTCOMES: &str = "outcomes";
/// How long an outcome is good for: what depends on the date is seen again before long.
const GOOD_FOR_DAYS: u64 = 7;
/// How much of a run may be lost when somebody ends it by force.
const SAVED_EVERY: Duration = Duration::from_secs(5);
/// What all files together may take; the oldest go first.
const MOST_BYTES: u64 = 256 << 20;
/// How many entries of a folder where someone is writing code are looked at.
const CODE_FILES: usize = 20_000;
/// How many namespaces, one in another, a package may be in.
const NAMESPACES: u32 = 2;

/// What is known of earlier runs in one setting.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    sandbox: SandboxInfo,
    setting: String,
    today: u64,
    guides: HashMap<String, Kept>,
    saved: Instant,
}

/// The outcomes of one guide.
#[derive(Debug, Default)]
struct Kept {
    entries: HashMap<String, Entry>,
    changed: bool,
}

/// One line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    unit: String,
    /// Days since 1970.
    day: u64,
    outcome: Outcome,
}

/// Where the outcome of a unit is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    guide: String,
    unit: String,
}

impl Cache {
    /// The cache in `folder` for runs with these options under this protection, where nobody can know what they
    /// depend on there is none.
    pub(crate) fn open(folder: &Path, options: &Options, sandbox: SandboxInfo) -> Option<Cache> {
        let setting = setting(options, &sandbox, stamp)?;
        Some(Cache::of(folder, setting, sandbox))
    }

    /// The cache in `folder` for runs on machines with these settings, which say nothing of the hashes of strings.
    pub(crate) fn afar(
        folder: &Path,
        settings: &BTreeSet<String>,
        hash_seed: u32,
        sandbox: SandboxInfo,
    ) -> Cache {
        let seed = hash_seed.to_string();
        let settings = settings.iter().map(String::as_str);
        let parts: Vec<&str> = settings.chain([seed.as_str()]).collect();
        Cache::of(folder, hash(&parts), sandbox)
    }

    fn of(folder: &Path, setting: String, sandbox: SandboxInfo) -> Cache {
        Cache {
            folder: folder.join(OUTCOMES),
            setting,
            sandbox,
            today: today(),
            guides: HashMap::new(),
            saved: Instant::now(),
        }
    }

    /// The protection that the outcomes came about under.
    pub(crate) fn sandbox(&self) -> &SandboxInfo {
        &self.sandbox
    }

    /// The key of a unit.
    pub(crate) fn key(&self, unit: &WorkUnit) -> Key {
        let text = serde_json::to_string(unit).unwrap_or_default();
        self.key_of(&unit.guide, &text)
    }

    /// The key of a unit that was written as JSON already.
    pub(crate) fn key_of(&self, guide: &str, unit: &str) -> Key {
        Key {
            guide: hash(&[&self.setting, guide]),
            unit: hash(&[unit]),
        }
    }

    /// The outcome of a unit that ran before.
    pub(crate) fn get(&mut self, key: &Key) -> Option<Outcome> {
        let entry = self.kept(&key.guide).entries.get(&key.unit)?;
        Some(Outcome {
            from_cache: true,
            ..entry.outcome.clone()
        })
    }

    /// Keeps an outcome, unless it may be another one next time.
    pub(crate) fn put(&mut self, key: &Key, outcome: &Outcome) {
        if !matches!(outcome.exit, Exit::Completed | Exit::Code { .. }) {
            return;
        }
        let entry = Entry {
            unit: key.unit.clone(),
            day: self.today,
            outcome: outcome.clone(),
        };
        let kept = self.kept(&key.guide);
        kept.entries.insert(key.unit.clone(), entry);
        kept.changed = true;
    }

    /// Drops an outcome that turned out to differ from run to run.
    pub(crate) fn forget(&mut self, key: &Key) {
        let kept = self.kept(&key.guide);
        kept.changed |= kept.entries.remove(&key.unit).is_some();
    }

    /// Writes down what is new, and lets go of all that is known.
    pub(crate) fn save(&mut self) {
        self.saved = Instant::now();
        let changed: Vec<(String, Kept)> = self.guides.drain().filter(|(_, k)| k.changed).collect();
        if changed.is_empty() || fs::create_dir_all(&self.folder).is_err() {
            return;
        }
        for (guide, kept) in changed {
            // A full disk or a folder that cannot be written to costs the next run time, and nothing else.
            write(&self.folder, &guide, &kept).ok();
        }
    }

    /// The same, when that was not done for a while: for runs that may be ended at any time.
    pub(crate) fn save_now_and_then(&mut self) {
        if self.saved.elapsed() > SAVED_EVERY {
            self.save();
        }
    }

    fn kept(&mut self, guide: &str) -> &mut Kept {
        let (folder, today) = (&self.folder, self.today);
        self.guides
            .entry(guide.to_owned())
            .or_insert_with(|| read(&folder.join(guide), today))
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.save();
    }
}

/// Removes the oldest outcomes below `folder` where they take too much room all together. Not to be done after a run that
/// was ended before its end: the next one is to find all that was done.
pub fn tidy(folder: &Path) {
    prune(&folder.join(OUTCOMES), MOST_BYTES);
}

fn read(path: &Path, today: u64) -> Kept {
    let text = fs::read_to_string(path).unwrap_or_default();
    let entries = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Entry>(line).ok())
        .filter(|entry| entry.day <= today && today - entry.day < GOOD_FOR_DAYS)
        .map(|entry| (entry.unit.clone(), entry));
    Kept {
        entries: entries.collect(),
        changed: false,
    }
}

/// Replaces a file whole.
fn write(folder: &Path, guide: &str, kept: &Kept) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    {
        let mut lines = std::io::BufWriter::new(&mut file);
        for entry in kept.entries.values() {
            serde_json::to_writer(&mut lines, entry)?;
            lines.write_all(b"\n")?;
        }
        lines.flush()?;
    }
    file.persist(folder.join(guide))?;
    Ok(())
}

/// Removes the files that were not written to for longest until the others take no more than `most` bytes.
fn prune(folder: &Path, most: u64) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
        .filter_map(|entry| {
            let about = entry.metadata().ok()?;
            Some((about.modified().ok()?, about.len(), entry.path()))
        })
        .collect();
    files.sort_by(|a, b| b.cmp(a));
    let mut taken = 0;
    for (_, bytes, path) in files {
        taken += bytes;
        if taken > most {
            fs::remove_file(path).ok();
        }
    }
}

/// Everything beside the unit that can change what comes out; nothing where that cannot be told. What lies in a folder
/// is told by `stamped`: [`stamp`] where it is compared with the same folder, [`names`] with that of another machine.
pub(crate) fn setting(
    options: &Options,
    sandbox: &SandboxInfo,
    stamped: fn(&Path) -> String,
) -> Option<String> {
    let mut parts = vec![
        env!("CARGO_PKG_VERSION").to_owned(),
        options.engine.to_string(),
        options.python.version.clone(),
        options.hash_seed.to_string(),
        options.python.keeps_lock.to_string(),
        serde_json::to_string(sandbox).unwrap_or_default(),
        // Wherever it is: it may have been sent here.
        stamped(&options.program.file),
    ];
    let readable = options.python.readable.iter();
    for path in [&options.python.path].into_iter().chain(readable) {
        parts.push(format!("{} {}", path.display(), stamped(path)));
    }
    for folder in &options.python.written {
        let mut files = CODE_FILES;
        parts.extend(code_below(folder, Some(NAMESPACES), &mut files)?);
    }
    Some(hash(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// The stamps of what Python can import from a folder: its modules, and its packages with all that lies in them;
/// nothing when that is more than can be looked at.
///
/// So many more `levels` of folders that are in no package are gone into, as they may be namespaces; in one, all are.
fn code_below(folder: &Path, levels: Option<u32>, left: &mut usize) -> Option<Vec<String>> {
    let levels = levels.filter(|_| !folder.join("__init__.py").exists());
    let mut entries: Vec<_> = fs::read_dir(folder).ok()?.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut stamps = Vec::new();
    for entry in entries {
        *left = left.checked_sub(1)?;
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_module = name.ends_with(".py") || name.ends_with(".so");
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && !name.starts_with('.') && name != "__pycache__" {
            let fewer = levels.map(|levels| levels.checked_sub(1));
            if fewer != Some(None) || path.join("__init__.py").exists() {
                stamps.extend(code_below(&path, fewer.flatten(), left)?);
            }
        } else if !is_folder && (levels.is_none() || is_module) {
            stamps.push(format!("{} {}", path.display(), stamp(&path)));
        }
    }
    Some(stamps)
}

/// What changes when a file is written, or when something is installed into a folder.
pub(crate) fn stamp(path: &Path) -> String {
    let stamped =
        |about: Metadata| format!("{}.{} {}", about.mtime(), about.mtime_nsec(), about.len());
    fs::metadata(path).map_or_else(|_| "-".to_owned(), stamped)
}

/// What changes when something is installed into a folder, and is the same on a machine that was made alike: the names
/// in it, which tell packages and their versions. Of a file, its size.
pub(crate) fn names(path: &Path) -> String {
    let Ok(entries) = fs::read_dir(path) else {
        return fs::metadata(path).map_or_else(|_| "-".to_owned(), |about| about.len().to_string());
    };
    let names = entries.flatten().map(|entry| entry.file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name != "__pycache__")
        .collect();
    names.sort_unstable();
    hash(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    format!("{:x}", hasher.finalize())
}

fn today() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or(Duration::ZERO).as_secs() / (24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(unit: &str) -> Key {
        Key {
            guide: "a".to_owned(),
            unit: unit.to_owned(),
        }
    }

    fn cache(folder: &Path, today: u64) -> Cache {
        Cache {
            folder: folder.to_owned(),
            sandbox: SandboxInfo {
                level: 0,
                layers: Vec::new(),
            },
            setting: String::new(),
            today,
            guides: HashMap::new(),
            saved: Instant::now(),
        }
    }

    fn outcome(exit: Exit) -> Outcome {
        Outcome {
            exit,
            ..Outcome::lost(String::new())
        }
    }

    #[test]
    fn what_can_be_imported_counts() {
        let top = tempfile::tempdir().unwrap();
        let all = [
            ("module.py", true),
            ("notes.txt", false),
            ("package/__init__.py", true),
            ("package/data/table.csv", true),
            ("package/inner/__init__.py", true),
            ("package/inner/table.csv", true),
            ("space/package/__init__.py", true),
            ("space/notes.txt", false),
            ("deep/er/still/package/__init__.py", false),
            (".hidden/module.py", false),
            ("package/__pycache__/module.py", false),
        ];
        for (name, _) in all {
            let path = top.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let found = code_below(top.path(), Some(NAMESPACES), &mut { 100 }).unwrap();
        for (name, counts) in all {
            let path = format!("{} ", top.path().join(name).display());
            assert_eq!(
                found.iter().any(|one| one.starts_with(&path)),
                counts,
                "{name}"
            );
        }
        assert_eq!(code_below(top.path(), Some(NAMESPACES), &mut { 5 }), None);
    }

    #[test]
    fn what_may_differ_next_time_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        for (exit, kept) in [
            (Exit::Completed, true),
            (Exit::Code { code: 3 }, true),
            (Exit::TimedOut { seconds: 1.0 }, false),
            (
                Exit::Limited {
                    what: String::new(),
                },
                false,
            ),
            (Exit::Lost { why: String::new() }, false),
        ] {
            let mut cache = cache(folder.path(), 10);
            cache.forget(&key("x"));
            cache.put(&key("x"), &outcome(exit.clone()));
            cache.save();
            assert_eq!(cache.get(&key("x")).is_some(), kept, "{exit:?}");
        }
    }

    #[test]
    fn entries_go_with_time_and_damage() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = cache(folder.path(), 10);
        first.put(&key("x"), &outcome(Exit::Completed));
        first.put(&key("y"), &outcome(Exit::Completed));
        first.save();
        let known = |day: u64| {
            let mut cache = cache(folder.path(), day);
            ["x", "y"].map(|unit| cache.get(&key(unit)).is_some())
        };
        assert_eq!(known(10), [true, true]);
        assert_eq!(known(16), [true, true]);
        assert_eq!(known(17), [false, false]);
        assert_eq!(known(9), [false, false], "a clock that went back");
        let path = folder.path().join("a");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text[..text.len() - 5]).unwrap();
        assert_eq!(known(10).iter().filter(|known| **known).count(), 1);
        fs::write(&path, b"\xff\x00").unwrap();
        assert_eq!(known(10), [false, false]);
    }

    #[test]
    fn the_oldest_files_go_first() {
        let folder = tempfile::tempdir().unwrap();
        for (name, age) in [("old", 20), ("new", 0), ("middle", 10)] {
            let path = folder.path().join(name);
            fs::write(&path, [0; 100]).unwrap();
            let then = SystemTime::now() - Duration::from_secs(age);
            fs::File::open(&path).unwrap().set_modified(then).unwrap();
        }
        prune(folder.path(), 250);
        assert!(!folder.path().join("old").exists());
        assert!(folder.path().join("new").exists() && folder.path().join("middle").exists());
    }
}
