//! Packages are resolved once, installed once, and nothing is installed that nobody asked for.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

const GUIDE: &str = "```python\nimport numpy\n\nprint(numpy.__name__)  # numpy\n```\n";

/// A `uv` that writes down how it is called; `compile` says what it resolves, and an environment is a link to a Python.
const UV: &str = "#!/bin/sh
echo \"$*\" >> \"$UV_CALLS\"
case \"$*\" in
    *compile*) exec cat \"$UV_RESOLVES\" ;;
    venv*)
        for last; do :; done
        mkdir -p \"$last/bin\"
        ln -s \"$UV_PYTHON\" \"$last/bin/python\"
        echo \"home = ${UV_PYTHON%/*}\" > \"$last/pyvenv.cfg\" ;;
esac
";

struct Place {
    folder: TempDir,
    cache: TempDir,
}

impl Place {
    fn new(uv: &str) -> Place {
        let place = Place {
            folder: tempfile::tempdir().unwrap(),
            cache: tempfile::tempdir().unwrap(),
        };
        let path = place.path("guide.md");
        fs::write(path, GUIDE).unwrap();
        fs::write(place.path("resolves"), "numpy==2.0.0\n").unwrap();
        fs::create_dir(place.path("bin")).unwrap();
        if !uv.is_empty() {
            fs::write(place.path("bin/uv"), uv).unwrap();
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(place.path("bin/uv"), mode).unwrap();
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn calls(&self) -> Vec<String> {
        let text = fs::read_to_string(self.path("calls")).unwrap_or_default();
        let command = |call: &str| call.split(' ').take(2).collect::<Vec<_>>().join(" ");
        text.lines().map(command).collect()
    }

    fn run(&self, args: &[&str]) -> Output {
        self.run_on(":/usr/bin:/bin", args)
    }

    /// With these folders on `PATH`, behind that of the stand-in.
    fn run_on(&self, path: &str, args: &[&str]) -> Output {
        let python = python();
        Command::new(env!("CARGO_BIN_EXE_snipcheck"))
            .args(["run", "guide.md", "--python"])
            .arg(&python)
            .args(args)
            .current_dir(self.folder.path())
            .env("PATH", format!("{}{path}", self.path("bin").display()))
            .env("SNIPCHECK_CACHE_DIR", self.cache.path())
            .env("HOME", self.path("home"))
            .env("UV_CALLS", self.path("calls"))
            .env("UV_RESOLVES", self.path("resolves"))
            .env("UV_PYTHON", python)
            .output()
            .unwrap()
    }
}

/// A Python that is not a script.
fn python() -> PathBuf {
    let asked = Command::new("python3")
        .args(["-c", "import sys; print(sys.executable)"])
        .output();
    PathBuf::from(String::from_utf8(asked.unwrap().stdout).unwrap().trim())
}

fn text(output: &Output) -> String {
    let bytes = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_is_asked_for_is_installed_once() {
    let place = Place::new(UV);
    // What the stand-in makes is no place for snippets to run in: how the runs end is not what is asked here.
    let told = text(&place.run(&["--with", "numpy", "--with", "numpy"]));
    assert!(told.contains("installing 1 package for Python"), "{told}");
    let calls = ["pip compile", "venv --quiet", "pip install"];
    assert_eq!(place.calls(), calls);
    let told = text(&place.run(&["--with", "numpy"]));
    assert!(!told.contains("installing"), "{told}");
    assert_eq!(place.calls(), calls, "all of it is known");
    // Another resolution is another environment.
    fs::write(place.path("resolves"), "numpy==2.0.1\n").unwrap();
    place.run(&["--with", "numpy>=2.0.1"]);
    assert_eq!(place.calls().len(), 6);
}

#[test]
fn nothing_is_installed_unasked() {
    let place = Place::new(UV);
    fs::write(place.path("guide.md"), GUIDE.replace("numpy", "nltk")).unwrap();
    let output = place.run(&["--verbose"]);
    let told = text(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    // Where it is installed anyway, there is nothing to tell.
    let is_here = told.contains("1 passed");
    assert!(
        is_here || told.contains("(snipcheck run --with nltk)"),
        "{told}"
    );
    assert!(place.calls().is_empty());
}

#[test]
fn the_configuration_may_name_packages() {
    let place = Place::new(UV);
    fs::write(
        place.path("snipcheck.toml"),
        "[python]\npackages = [\"numpy\"]\n",
    )
    .unwrap();
    place.run(&[]);
    assert_eq!(place.calls().len(), 3);
}

#[test]
fn without_uv_it_is_said_how_to_get_it() {
    let output = Place::new("").run_on("", &["--with", "numpy"]);
    let told = text(&output);
    assert!(told.contains("`uv`, which is not here"), "{told}");
    assert_eq!(output.status.code(), Some(3), "{told}");
}

#[test]
fn uv_is_found_where_its_installer_puts_it() {
    let place = Place::new(UV);
    fs::create_dir_all(place.path("home/.local")).unwrap();
    fs::rename(place.path("bin"), place.path("home/.local/bin")).unwrap();
    place.run(&["--with", "numpy"]);
    assert_eq!(place.calls().len(), 3);
}

#[test]
fn what_goes_wrong_is_told() {
    let unresolvable =
        "#!/bin/sh\necho '  x No solution found: nonesuch was not found' >&2\nexit 1\n";
    for (uv, args, code, said) in [
        (
            unresolvable,
            &["--with", "nonesuch"][..],
            2,
            "nonesuch cannot be resolved for Python 3.",
        ),
        (
            unresolvable,
            &["--with", "nonesuch"],
            2,
            "uv: x No solution found: nonesuch was not found",
        ),
        (
            UV,
            &["--with", "numpy", "--engine", "embedded"],
            2,
            "leave out --engine, or the packages",
        ),
    ] {
        let output = Place::new(uv).run(args);
        let told = text(&output);
        assert!(told.contains(said), "{told}");
        assert_eq!(output.status.code(), Some(code), "{told}");
    }
}

#[test]
#[ignore = "needs uv and a package index"]
fn a_real_package_is_installed() {
    let place = Place::new("");
    fs::write(
        place.path("guide.md"),
        "```python\nimport six\n\nprint(six.PY3)  # True\n```\n",
    )
    .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_snipcheck"))
        .args(["run", "guide.md", "--with", "six"])
        .current_dir(place.folder.path())
        // The user's own: a jail shows no Python below the folder for temporary files.
        .env_remove("SNIPCHECK_CACHE_DIR")
        .output()
        .unwrap();
    let told = text(&output);
    assert!(told.contains("1 pass"), "{told}");
}
