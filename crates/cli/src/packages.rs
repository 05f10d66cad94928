//! Packages that snippets need: `uv` resolves and installs them into an environment of their own, which is kept.
//!
//! Nothing is installed unless someone asks for it by name, and only wheels are, so that no code of a package runs
//! outside the jail.

use crate::cache;
use crate::exit::{Ending, Exit};
use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use snipcheck_runner::Interpreter;
use snipcheck_runner::interpreter::Finder;
use std::env;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A resolution is asked for anew after this time.
const KEPT: Duration = Duration::from_hours(7 * 24);

/// The name of `uv` on `PATH`.
const UV: &str = "uv";

/// This interpreter with these packages, which are requirements as `pip` takes them.
pub(crate) fn with(
    packages: &[String],
    python: &Interpreter,
    finder: &Finder,
) -> Result<Interpreter> {
    let mut wanted: Vec<&str> = packages.iter().map(|package| package.trim()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let folder = cache::folder()
        .ok_or_else(|| {
            anyhow!(
                "there is no folder to keep packages in\n  help: name one in SNIPCHECK_CACHE_DIR"
            )
        })?
        .join("environments");
    fs::create_dir_all(&folder).with_context(|| {
        format!(
            "failed to make room for packages in `{}` (SNIPCHECK_CACHE_DIR names another folder)",
            folder.display()
        )
    })?;
    let resolved = resolved(&wanted, python, &folder)?;
    let environment = folder.join(key(&[
        &python.path.to_string_lossy(),
        &python.version,
        &resolved,
    ]));
    let executable = environment.join("bin/python");
    if !executable.exists() {
        make(&environment, &resolved, python)?;
    }
    finder
        .probe(&executable.to_string_lossy())
        .map_err(|error| anyhow!("{error}\n  help: `snipcheck cache clear` lets it be made anew"))
}

/// `uv` as it is found on `PATH`, or else where its installers put it: beside the Python that this is part of, and in
/// the user's own folders.
fn uv_program() -> PathBuf {
    let on_path = env::var_os("PATH").unwrap_or_default();
    let beside = beside_this().into_iter();
    let home = env::var_os("HOME").map(PathBuf::from);
    let own = home
        .iter()
        .flat_map(|home| [home.join(".local/bin"), home.join(".cargo/bin")]);
    env::split_paths(&on_path)
        .chain(beside)
        .chain(own)
        .map(|folder| folder.join(UV))
        .find(|path| path.is_file())
        .unwrap_or_else(|| UV.into())
}

/// The folder that this program is in: that of the Python, where it is part of one.
fn beside_this() -> Option<PathBuf> {
    // By its own name: in a virtual environment the executable is a link to that of another place.
    let started = env::args_os().next().map(PathBuf::from);
    let here = started
        .filter(|path| path.is_absolute())
        .or(env::current_exe().ok())?;
    here.parent().map(Path::to_path_buf)
}

/// The exact versions that fulfil what is wanted, a line each.
fn resolved(wanted: &[&str], python: &Interpreter, folder: &Path) -> Result<String> {
    let mut asked = vec![python.version.as_str()];
    asked.extend(wanted);
    let file = folder.join(format!("{}.txt", key(&asked)));
    let known = fs::read_to_string(&file).ok();
    let age = fs::metadata(&file).and_then(|about| about.modified());
    let is_fresh = age.is_ok_and(|when| when.elapsed().is_ok_and(|age| age < KEPT));
    if let Some(known) = known.as_ref().filter(|_| is_fresh) {
        return Ok(known.clone());
    }
    let mut uv = Command::new(uv_program());
    uv.args([
        "pip",
        "compile",
        "--quiet",
        "--no-header",
        "--no-annotate",
        "--no-build",
    ]);
    uv.arg("--python").arg(&python.path).arg("-");
    match said(uv, &wanted.join("\n")) {
        Ok(resolved) => {
            crate::store::write_whole(&file, resolved.as_bytes())?;
            Ok(resolved)
        }
        // Without a network, what was resolved once is good enough.
        Err(error) => known.ok_or_else(|| {
            if error.is::<Ending>() {
                return error;
            }
            let wanted = wanted.join(", ");
            error.context(format!(
                "{wanted} cannot be resolved for Python {}",
                python.version
            ))
        }),
    }
}

/// Makes the environment, whole or not at all.
fn make(environment: &Path, resolved: &str, python: &Interpreter) -> Result<()> {
    let count = resolved
        .lines()
        .filter(|line| !line.trim().is_empty())
        .count();
    let told = crate::print::count(count, "package");
    // Who waits should know for what; without a terminal to tell it on, nobody waits.
    writeln!(
        io::stderr(),
        "installing {told} for Python {}",
        python.version
    )
    .ok();
    let folder = environment.parent().unwrap_or(Path::new("."));
    let saying = || format!("failed to make `{}`", environment.display());
    let fresh = tempfile::Builder::new()
        .prefix(".new-")
        .tempdir_in(folder)
        .with_context(saying)?;
    let place: PathBuf = fresh.path().join("venv");
    let mut uv = Command::new(uv_program());
    uv.args([
        "venv",
        "--quiet",
        "--no-project",
        "--relocatable",
        "--python",
    ]);
    uv.arg(&python.path).arg(&place);
    said(uv, "").with_context(saying)?;
    let mut uv = Command::new(uv_program());
    uv.args([
        "pip",
        "install",
        "--quiet",
        "--no-build",
        "--no-deps",
        "--python",
    ]);
    uv.arg(place.join("bin/python")).args(["-r", "-"]);
    said(uv, resolved).with_context(saying)?;
    match fs::rename(&place, environment) {
        Ok(()) => Ok(()),
        // Another run was faster.
        Err(_) if environment.join("bin/python").exists() => Ok(()),
        Err(error) => Err(error).with_context(saying),
    }
}

/// What `uv` prints when it is given this on stdin; its complaint is the error.
fn said(mut uv: Command, given: &str) -> Result<String> {
    let started = uv
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(anyhow!(Ending {
                exit: Exit::Missing,
                message: "packages are installed by `uv`, which is not here\n  help: `pip install uv`, or see https://docs.astral.sh/uv/"
                    .to_owned(),
            }));
        }
        Err(error) => return Err(error).context("failed to start `uv`"),
    };
    if let Some(mut pipe) = child.stdin.take() {
        // One that does not read says why below.
        pipe.write_all(given.as_bytes()).ok();
    }
    let output = child
        .wait_with_output()
        .context("failed to wait for `uv`")?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(anyhow!("uv: {}", complaint.trim()))
}

/// A name for something that is these texts.
fn key(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let whole = format!("{:x}", hasher.finalize());
    whole[..32].to_owned()
}
