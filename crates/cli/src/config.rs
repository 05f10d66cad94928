//! `snipcheck.toml`: found upward of the current folder, read strictly.

#[cfg(test)]
mod reference;

use crate::args::EngineName;
use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Deserializer, de};
use snipcheck_core::{Directives, Limit};
use snipcheck_runner::Program;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The file's name.
pub(crate) const FILE_NAME: &str = "snipcheck.toml";

/// What a command works with: a configuration, and what was there before it.
#[derive(Debug)]
pub(crate) struct Config {
    /// This program, which slots are made of.
    pub(crate) program: Program,
    /// The folder that paths in the file are relative to: its own, relative to the current one where it is below; empty is the current one.
    pub(crate) root: PathBuf,
    /// Whether there is a file at all.
    pub(crate) found: bool,
    pub(crate) keys: Keys,
}

/// The keys of the file.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Keys {
    /// Guides, and folders of guides, relative to the file.
    pub(crate) guides: Vec<PathBuf>,
    /// What runs the snippets: `embedded`, the Python that snipcheck is part of, or `subprocess`, any other.
    pub(crate) engine: Option<EngineName>,
    /// The interpreter, as `"3.12"`, or a table; see `[python]`.
    pub(crate) python: Python,
    /// How many snippets run at a time; one a core, and more while they sleep, where nothing is said.
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Wall-clock time for each snippet: `"500ms"`, `"2m"`; `"10s"` where nothing is said.
    timeout: Option<Amount>,
    /// Processor time of all processes of a snippet together; 4 times the wall-clock time where nothing is said.
    cpu: Option<Amount>,
    /// Memory for a snippet, of each process and of all together: `"512MiB"`; `"2GiB"` where nothing is said.
    memory: Option<Amount>,
    /// Processes and threads of a snippet at a time; 512 where nothing is said.
    processes: Option<Amount>,
    /// Files that a process of a snippet may have open at a time; 1024 where nothing is said.
    open_files: Option<Amount>,
    /// Room for the files of a snippet; `"512MiB"` where nothing is said.
    disk: Option<Amount>,
    /// Output of a snippet, and as much on stderr; `"1MiB"` where nothing is said.
    output: Option<Amount>,
    /// The level of the sandbox below which nothing is run, 0 to 4; 2 where nothing is said.
    pub(crate) require_sandbox: Option<u8>,
    /// Run also where nothing keeps snippets from the files of this user.
    pub(crate) allow_unprotected_files: bool,
    /// Count incomplete snippets and repaired ones as failures.
    pub(crate) strict: bool,
    /// Fail when fewer snippets than this are found.
    pub(crate) min_snippets: Option<usize>,
    /// Fail when fewer expectations than this are judged.
    pub(crate) min_checked: Option<usize>,
    /// What holds for some snippets only; see `[[snippet]]`.
    #[serde(rename = "snippet")]
    pub(crate) rules: Vec<Rule>,
}

/// `python = "3.12"`, or `[python]` with its packages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Python {
    /// The interpreter.
    pub(crate) name: Option<String>,
    /// What snippets may import beside its own library.
    pub(crate) packages: Vec<String>,
}

/// `[python]`
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    /// A path, a name on `PATH` (`python3.12`) or a version (`3.12`).
    interpreter: Option<String>,
    /// What snippets may import, as `pip` takes it (`"pydantic>=2"`); installed by `uv` and kept.
    #[serde(default)]
    packages: Vec<String>,
}

impl<'de> Deserialize<'de> for Python {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(from)? {
            toml::Value::String(name) => Ok(Python {
                name: Some(name),
                packages: Vec::new(),
            }),
            table @ toml::Value::Table(_) => {
                let table: Table = table.try_into().map_err(de::Error::custom)?;
                Ok(Python {
                    name: table.interpreter,
                    packages: table.packages,
                })
            }
            other => Err(de::Error::custom(format!(
                "`{other}` is no Python; write it as `\"3.12\"`, or as a table with `interpreter` and `packages`"
            ))),
        }
    }
}

/// `[[snippet]]`: directives for snippets of guides that one does not own.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Rule {
    /// Which snippets: a glob over ids (`guide/threads*`), or `guide.md:LINE`.
    #[serde(rename = "match")]
    pub(crate) pattern: String,
    /// Do not run them; why.
    pub(crate) skip: Option<String>,
    /// As above, for them alone.
    timeout: Option<Amount>,
    /// As above, for them alone.
    cpu: Option<Amount>,
    /// As above, for them alone.
    memory: Option<Amount>,
    /// As above, for them alone.
    processes: Option<Amount>,
    /// As above, for them alone.
    open_files: Option<Amount>,
    /// As above, for them alone.
    disk: Option<Amount>,
    /// As above, for them alone.
    output: Option<Amount>,
    /// The exception that they end with.
    pub(crate) raises: Option<String>,
    /// The ids of snippets that run before them in the same namespace.
    pub(crate) needs: Vec<String>,
    /// Code that runs before them.
    pub(crate) prelude: Option<String>,
    /// The Pythons that they are for: `">=3.12"`.
    pub(crate) python: Option<String>,
}

/// An amount as a text, `"512MiB"`, or as a number, `64`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Amount(String);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(from)? {
            toml::Value::String(text) => Ok(Amount(text)),
            toml::Value::Integer(number) => Ok(Amount(number.to_string())),
            other => Err(de::Error::custom(format!(
                "`{other}` is no amount; write it as `\"10s\"`, `\"512MiB\"` or `64`"
            ))),
        }
    }
}

impl Keys {
    /// What is said of limits.
    pub(crate) fn limits(&self) -> BTreeMap<Limit, String> {
        said([
            (Limit::Timeout, &self.timeout),
            (Limit::Cpu, &self.cpu),
            (Limit::Memory, &self.memory),
            (Limit::Processes, &self.processes),
            (Limit::OpenFiles, &self.open_files),
            (Limit::Disk, &self.disk),
            (Limit::Output, &self.output),
        ])
    }
}

fn said(amounts: [(Limit, &Option<Amount>); Limit::ALL.len()]) -> BTreeMap<Limit, String> {
    let amounts = amounts.into_iter();
    amounts
        .filter_map(|(limit, amount)| Some((limit, amount.as_ref()?.0.clone())))
        .collect()
}

impl Rule {
    /// What the rule says, in the form that a guide's own directives have.
    pub(crate) fn directives(&self) -> Directives {
        Directives {
            skip: self.skip.clone(),
            limits: said([
                (Limit::Timeout, &self.timeout),
                (Limit::Cpu, &self.cpu),
                (Limit::Memory, &self.memory),
                (Limit::Processes, &self.processes),
                (Limit::OpenFiles, &self.open_files),
                (Limit::Disk, &self.disk),
                (Limit::Output, &self.output),
            ]),
            raises: self.raises.clone(),
            needs: self.needs.clone(),
            prelude: self.prelude.clone(),
            python: self.python.clone(),
        }
    }
}

impl Config {
    /// The configuration at `given`, else the nearest one upward of `folder`, else an empty one.
    pub(crate) fn load(given: Option<&Path>, folder: &Path, program: Program) -> Result<Config> {
        let path = match given {
            Some(path) => path.to_path_buf(),
            None => match folder
                .ancestors()
                .map(|f| f.join(FILE_NAME))
                .find(|p| p.is_file())
            {
                Some(path) => path,
                None => {
                    return Ok(Config {
                        program,
                        root: PathBuf::new(),
                        found: false,
                        keys: Keys::default(),
                    });
                }
            },
        };
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("failed to read the configuration `{}`", path.display()))?;
        let keys = toml::from_str(&text).map_err(|error| explain(&path, &text, &error))?;
        let parent = path.parent().unwrap_or(Path::new(""));
        // Shown to people, so relative where that is shorter.
        let root = parent.strip_prefix(folder).unwrap_or(parent).to_path_buf();
        Ok(Config {
            program,
            root,
            found: true,
            keys,
        })
    }
}

/// The parser's error with its line, and the nearest key where one is unknown.
fn explain(path: &Path, text: &str, error: &toml::de::Error) -> anyhow::Error {
    let line = error
        .span()
        .map_or(1, |span| text[..span.start].matches('\n').count() + 1);
    let message = error.message();
    let hint = unknown_key(message).map_or(String::new(), |near| {
        format!("\n  help: did you mean `{near}`?")
    });
    anyhow!("{}:{line}: {message}{hint}", path.display())
}

/// The known key nearest to the one that an "unknown field" message names.
fn unknown_key(message: &str) -> Option<&str> {
    let mut quoted = message
        .strip_prefix("unknown field")?
        .split('`')
        .skip(1)
        .step_by(2);
    let unknown = quoted.next()?;
    crate::near::nearest(unknown, quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(given: Option<&Path>, folder: &Path) -> Result<Config> {
        Config::load(given, folder, Program::binary(PathBuf::new()))
    }

    fn error_of(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        std::fs::write(&path, text).unwrap();
        let error = load(Some(&path), folder.path()).unwrap_err();
        format!("{error:#}").replace(&path.display().to_string(), FILE_NAME)
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_nearest_one() {
        let text = error_of("guides = []\ntimeot = \"3s\"\n");
        assert!(
            text.starts_with("snipcheck.toml:2: unknown field `timeot`"),
            "{text}"
        );
        assert!(text.ends_with("help: did you mean `timeout`?"), "{text}");
    }

    #[test]
    fn rules_are_as_strict() {
        let text = error_of("[[snippet]]\nmatch = \"a*\"\nskipp = \"x\"\n");
        assert!(
            text.starts_with("snipcheck.toml:3: unknown field `skipp`"),
            "{text}"
        );
        assert!(text.contains("did you mean `skip`?"), "{text}");
    }

    #[test]
    fn the_nearest_file_upward_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "jobs = 3\n").unwrap();
        let config = load(None, &deep).unwrap();
        assert_eq!(config.root, folder.path());
        assert_eq!(config.keys.jobs.map(NonZeroUsize::get), Some(3));
    }
}
