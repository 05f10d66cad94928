//! `snipcheck init`: a first configuration, made of the guides that are there.

use crate::args::InitArgs;
use crate::config::FILE_NAME;
use crate::exit::{Ending, Exit};
use crate::guides::Unread;
use crate::print::count;
use crate::settings::Sources;
use crate::store;
use anyhow::{Result, anyhow, bail};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Component, Path};

/// What stands below the guides in a new configuration.
const REST: &str = r#"
# Fail when fewer snippets are found than today: a page that suddenly holds none is no good news.
min-snippets = {snippets}

# Each snippet's time. There are also: cpu, memory, processes, open-files, disk, output.
# timeout = "10s"

# Count snippets that cannot stand alone, and those that lack an import, as failures.
# strict = true

# The Python that snippets run in, and packages that they may import, which uv installs.
# [python]
# interpreter = "3.12"
# packages = ["numpy"]

# What cannot run as it stands; a glob over ids (`snipcheck list`), or "guide.md:120". Also: raises, needs, prelude,
# python, and every limit.
# [[snippet]]
# match = "guide/databases*"
# skip = "needs a database"
"#;

/// What was found in one guide.
struct Found {
    path: String,
    snippets: usize,
    expectations: usize,
}

/// Shows what would be checked here, and writes it down.
pub(crate) fn init(args: &InitArgs, out: &mut dyn Write) -> Result<Exit> {
    let file = Path::new(FILE_NAME);
    if file.exists() && !args.dry_run {
        bail!("`{FILE_NAME}` is here already\n  help: `snipcheck list` shows what it checks");
    }
    let found = guides()?;
    if found.is_empty() {
        return Err(anyhow!(Ending {
            exit: Exit::NothingFound,
            message: "no guide with a Python snippet in this folder\n  help: a page of another kind (.txt, .py) is checked when it is named: snipcheck run page.txt"
                .to_owned(),
        }));
    }
    let widest = found
        .iter()
        .map(|guide| guide.path.len())
        .max()
        .unwrap_or(0);
    for guide in &found {
        writeln!(
            out,
            "{:widest$}  {}, {}",
            guide.path,
            count(guide.snippets, "snippet"),
            count(guide.expectations, "expectation")
        )?;
    }
    if args.dry_run {
        return Ok(Exit::Fine);
    }
    store::write_whole(file, configuration(&found).as_bytes())?;
    writeln!(out, "\nwrote {FILE_NAME}; now: snipcheck run")?;
    Ok(Exit::Fine)
}

/// The guides below the current folder that have snippets.
fn guides() -> Result<Vec<Found>> {
    let sources = Sources {
        paths: vec![".".into()],
        format: None,
    };
    let mut unread = Unread::find(&sources, &[]);
    let mut found = Vec::new();
    while let Some(loaded) = unread.next(1)? {
        for guide in loaded.guides {
            let path = guide.path.trim_start_matches("./").to_owned();
            let expectations = guide.snippets.iter().map(|s| s.expectations.len()).sum();
            found.push(Found {
                path,
                snippets: guide.snippets.len(),
                expectations,
            });
        }
    }
    found.retain(|guide| guide.snippets > 0);
    Ok(found)
}

fn configuration(found: &[Found]) -> String {
    let snippets: usize = found.iter().map(|guide| guide.snippets).sum();
    let sources: BTreeSet<String> = found.iter().map(|guide| source(&guide.path)).collect();
    let guides = sources
        .iter()
        .map(|source| format!("    {},\n", toml::Value::from(source.as_str())));
    format!(
        "# What `snipcheck run` checks, and how.\n\n# Guides, and folders of guides.\nguides = [\n{}]\n{}",
        guides.collect::<String>(),
        REST.replace("{snippets}", &snippets.to_string())
    )
}

/// What names a guide in a configuration: itself, or the folder at the top that it lies in.
fn source(path: &str) -> String {
    let mut parts = Path::new(path).components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(top)), Some(_)) => format!("{}/", top.to_string_lossy()),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let found =
            ["README.md", "docs/a.md", "docs/b/c.md", "odd \"name\".md"].map(|path| Found {
                path: path.to_owned(),
                snippets: 2,
                expectations: 3,
            });
        let text = configuration(&found);
        let keys: crate::config::Keys = toml::from_str(&text).unwrap();
        let guides = ["README.md", "docs/", "odd \"name\".md"].map(std::path::PathBuf::from);
        assert_eq!(keys.guides, guides);
        assert_eq!(keys.min_snippets, Some(8));
        // What is only shown is right as well.
        let all: Vec<&str> = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(shown) if shown.contains(" = ") || shown.starts_with('[') => shown,
                _ => line,
            })
            .collect();
        let keys: crate::config::Keys = toml::from_str(&all.join("\n")).unwrap();
        assert!(keys.strict);
        assert_eq!(keys.rules.len(), 1);
    }
}
