//! Which Pythons a snippet is for.

use pep440_rs::{Version, VersionSpecifiers};
use snipcheck_core::{Guide, Plan};
use std::str::FromStr;

/// `>=3.9,<3.13`, as packages say it.
pub(crate) fn parse(text: &str) -> Result<VersionSpecifiers, String> {
    VersionSpecifiers::from_str(text)
        .map_err(|_| "is no version specifier; write it as `>=3.12` or `>=3.9,<3.13`".to_owned())
}

/// Skips what is for other Pythons than the one of this version.
pub(crate) fn skip_others(guide: &Guide, plan: &mut Plan, version: &str) {
    let Ok(own) = Version::from_str(version) else {
        return;
    };
    for (snippet, planned) in guide.snippets.iter().zip(&mut plan.snippets) {
        let wanted = snippet.directives.python.as_deref();
        let Some((text, wanted)) = wanted.and_then(|text| Some((text, parse(text).ok()?))) else {
            continue;
        };
        if !wanted.contains(&own) && planned.skip.is_none() {
            planned.skip = Some(format!("is for Python {text}, and this is {version}"));
            planned.unit = None;
        }
    }
}
