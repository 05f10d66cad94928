//! Finds out what protects here, by building it where nothing depends on it.

use crate::aside::aside;
use crate::error::JailError;
use crate::jail::{Jail, Spec};
use snipcheck_core::SandboxInfo;
use std::path::PathBuf;

/// What would protect a snippet on this system that needs to read `readable`, found by building a jail in a
/// throw-away process.
pub fn probe(readable: Vec<PathBuf>) -> Result<SandboxInfo, JailError> {
    let name = format!("snipcheck-probe-{}", std::process::id());
    let spec = Spec {
        readable,
        folder: std::env::temp_dir().join(name),
    };
    let told = aside(|| {
        let jail = Jail::enter(spec).map_err(|error| crate::jail::explain(&error))?;
        jail.close().map_err(|error| crate::jail::explain(&error))?;
        Ok(jail.info())
    });
    told.unwrap_or_else(|| Err("its process ended".to_owned()))
        .map_err(|why: String| JailError::NotBuilt(why))
}
