//! The picture in the README is what the program really prints.
//!
//! `SNAPSHOTS=overwrite cargo test -p snipcheck --test picture` draws it anew.

use snapbox::data::DataFormat;
use snapbox::{Assert, Data, file};
use std::path::Path;
use std::process::Command;

#[test]
fn the_picture_in_the_readme_is_real() {
    let output = Command::new(env!("CARGO_BIN_EXE_snipcheck"))
        .args(["run", "--no-cache", "--color", "always", "slices.md"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/picture"))
        .output()
        .unwrap();
    let text = steady(&String::from_utf8(output.stdout).unwrap());
    let drawn = Data::binary(text).coerce_to(DataFormat::TermSvg);
    Assert::new()
        .action_env(snapbox::assert::DEFAULT_ACTION_ENV)
        .eq(drawn, file!["../docs/picture.svg": TermSvg]);
}

/// The figures that differ between two runs and two machines, made the same.
fn steady(text: &str) -> String {
    let lines = text.lines().map(|line| match line.rsplit_once("; ") {
        Some((head, tail)) if tail.contains(" s (Python ") => {
            format!("{head}; 0.1 s (Python 3.11.7 embedded, sandbox level 3)")
        }
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}
