//! `expected/<guide>.bench.toml`: what a person says of the claims of a guide.

use crate::near;
use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use snipcheck_bench::{Hypothesis, Stated};
use snipcheck_core::Guide;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What is said of the claims of one guide.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    path: PathBuf,
    claims: Vec<Stated>,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, rename = "claim")]
    claims: Vec<Stated>,
}

impl Overrides {
    /// Reads those of a guide, beside the configuration; a file that is not there says nothing.
    pub(super) fn read(root: &Path, guide: &Guide) -> Result<Overrides> {
        let Some(first) = guide.snippets.first() else {
            return Ok(Overrides::default());
        };
        // The first part of an id is the guide's.
        let stem = first.id.0.rsplit_once('/').map_or("", |(stem, _)| stem);
        let path = root.join("expected").join(format!("{stem}.bench.toml"));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Overrides::default()),
            Err(error) => {
                return Err(error).with_context(|| format!("failed to read `{}`", path.display()));
            }
        };
        let written: Written = toml::from_str(&text)
            .with_context(|| format!("failed to understand `{}`", path.display()))?;
        Ok(Overrides {
            path,
            claims: written.claims,
        })
    }

    /// Lets the hypotheses of each snippet of the guide be as they are said to be.
    pub(super) fn apply(&self, guide: &Guide, said: &mut [Vec<Hypothesis>]) -> Result<()> {
        for stated in &self.claims {
            let at = self.snippet(guide, &stated.snippet)?;
            stated
                .apply(&guide.snippets[at], &mut said[at])
                .map_err(|why| anyhow!(why))
                .with_context(|| {
                    let path = self.path.display();
                    format!("`{path}`, {} {:?}", stated.snippet, stated.words)
                })?;
        }
        Ok(())
    }

    /// The place of the one snippet whose id is this, or contains it.
    fn snippet(&self, guide: &Guide, name: &str) -> Result<usize> {
        let ids = || guide.snippets.iter().map(|snippet| snippet.id.0.as_str());
        if let Some(at) = ids().position(|id| id == name) {
            return Ok(at);
        }
        let found: Vec<usize> = ids()
            .enumerate()
            .filter(|(_, id)| id.contains(name))
            .map(|(at, _)| at)
            .collect();
        match found.as_slice() {
            [at] => Ok(*at),
            [] => {
                let near = near::nearest(name, ids());
                let help = near.map_or_else(String::new, |near| {
                    format!("\n  help: did you mean `{near}`?")
                });
                bail!(
                    "`{}`: no snippet of {} is called `{name}`{help}",
                    self.path.display(),
                    guide.path
                )
            }
            _ => bail!(
                "`{}`: {} snippets of {} have `{name}` in their id; use a longer part of it",
                self.path.display(),
                found.len(),
                guide.path
            ),
        }
    }
}
