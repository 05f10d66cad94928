//! Where outcomes of earlier runs are kept, and how to be rid of them.

use crate::args::CacheCommand;
use crate::exit::Exit;
use anyhow::{Context, Result, anyhow};
use std::io::{self, Write};
use std::path::PathBuf;

/// The variable that names another folder than the user's own one.
const VARIABLE: &str = "SNIPCHECK_CACHE_DIR";

/// The folder, whether or not it is there; nothing for a user without a home.
pub(crate) fn folder() -> Option<PathBuf> {
    match std::env::var_os(VARIABLE) {
        Some(named) if !named.is_empty() => Some(PathBuf::from(named)),
        Some(_) => None,
        None => Some(dirs::cache_dir()?.join("snipcheck")),
    }
}

/// Keeps outcomes from taking up more and more room, after a run that came to its end.
pub(crate) fn tidy() {
    if let Some(folder) = folder() {
        snipcheck_runner::tidy(&folder);
    }
}

/// `snipcheck cache`
pub(crate) fn cache(command: CacheCommand, out: &mut dyn Write) -> Result<Exit> {
    let folder = folder().ok_or_else(|| {
        anyhow!("there is no folder for a cache\n  help: name one in `{VARIABLE}`")
    })?;
    match command {
        CacheCommand::Dir => writeln!(out, "{}", folder.display())?,
        CacheCommand::Clear => {
            match std::fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error)
                    .with_context(|| format!("failed to remove `{}`", folder.display()))?,
                _ => {}
            }
            writeln!(out, "nothing is kept in {} any more", folder.display())?;
        }
    }
    Ok(Exit::Fine)
}
