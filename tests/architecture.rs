//! The dependency rule: the flow goes one way, and each ordinary library stays in its crate.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::BTreeMap;

/// What each crate may see of the others.
const INTERNAL: [(&str, &[&str]); 8] = [
    ("snipcheck-core", &[]),
    ("snipcheck-bench", &["snipcheck-core"]),
    ("snipcheck-extract", &["snipcheck-core"]),
    ("snipcheck-sandbox", &["snipcheck-core"]),
    ("snipcheck-runner", &["snipcheck-core", "snipcheck-sandbox"]),
    ("snipcheck-checker", &["snipcheck-core"]),
    (
        "snipcheck",
        &[
            "snipcheck-bench",
            "snipcheck-checker",
            "snipcheck-core",
            "snipcheck-extract",
            "snipcheck-runner",
            "snipcheck-sandbox",
        ],
    ),
    ("snipcheck-python", &["snipcheck"]),
];

/// Libraries, and the only crates that may see them.
const EXTERNAL: [(&str, &[&str]); 4] = [
    ("clap", &["snipcheck"]),
    ("landlock", &["snipcheck-sandbox"]),
    ("pyo3", &["snipcheck-runner", "snipcheck-python"]),
    ("tokio", &["snipcheck-runner"]),
];

/// The packages of the workspace with what they depend on outside tests.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    metadata
        .packages
        .iter()
        .map(|package| {
            let names = package
                .dependencies
                .iter()
                .filter(|d| d.kind == DependencyKind::Normal)
                .map(|d| d.name.clone())
                .collect();
            (package.name.to_string(), names)
        })
        .collect()
}

#[test]
fn crates_see_only_what_the_flow_allows() {
    let packages = dependencies();
    let known: Vec<&str> = INTERNAL.iter().map(|(name, _)| *name).collect();
    for (package, names) in &packages {
        let allowed = INTERNAL.iter().find(|(name, _)| name == package);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{package} has no place in the flow"));
        for name in names.iter().filter(|n| known.contains(&n.as_str())) {
            assert!(
                allowed.contains(&name.as_str()),
                "{package} must not see {name}"
            );
        }
    }
    assert_eq!(packages.len(), INTERNAL.len());
}

#[test]
fn ordinary_libraries_stay_at_home() {
    for (package, names) in dependencies() {
        for (library, homes) in EXTERNAL {
            let seen = names.iter().any(|n| n == library);
            assert!(
                !seen || homes.contains(&package.as_str()),
                "{library} belongs to {homes:?}, not to {package}"
            );
        }
    }
}
