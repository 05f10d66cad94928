//! The name of a file that a guide tells its reader to make: plain, relative, and nothing above its folder.
//!
//! A value of this type is the only way for a file into a work folder.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Folders and the file itself.
const MOST_PARTS: usize = 4;
/// Characters of each.
const LONGEST_PART: usize = 60;

/// `name.py` or `package/name.py`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(String);

impl FileName {
    /// The name that a text is; nothing when it is another text.
    pub fn of(text: &str) -> Option<Self> {
        let stem = text.strip_suffix(".py")?;
        let parts: Vec<&str> = stem.split('/').collect();
        let is_part = |part: &&str| {
            part.len() <= LONGEST_PART
                && part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        };
        (parts.len() <= MOST_PARTS && parts.iter().all(is_part)).then(|| FileName(text.to_owned()))
    }

    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The module that it is to an `import`: `package.name`; a package for its `__init__.py`.
    pub fn module(&self) -> String {
        let stem = self.0.trim_end_matches(".py");
        let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
        stem.replace('/', ".")
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for FileName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        FileName::of(&text).ok_or_else(|| format!("`{text}` is not the name of a file of a guide"))
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> String {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::FileName;

    #[test]
    fn only_plain_names_below_the_folder() {
        for (text, module) in [
            ("tool.py", Some("tool")),
            ("shop/cart.py", Some("shop.cart")),
            ("shop/__init__.py", Some("shop")),
            ("my-tool.py", Some("my-tool")),
            ("../tool.py", None),
            ("shop/../tool.py", None),
            ("/tool.py", None),
            ("./tool.py", None),
            ("shop//tool.py", None),
            (".py", None),
            (".hidden.py", None),
            ("a.b.py", None),
            ("a\\b.py", None),
            ("a\0.py", None),
            ("tool.txt", None),
            ("my tool.py", None),
            ("a/b/c/d/e.py", None),
        ] {
            let found = FileName::of(text).map(|name| name.module());
            assert_eq!(found.as_deref(), module, "{text}");
            let read: Result<FileName, _> = serde_json::from_value(text.into());
            assert_eq!(read.is_ok(), module.is_some(), "{text}");
        }
    }
}
