//! Which format a document is written in, told by its name and by what stands in it.

use crate::{markdown, text};
use snipcheck_core::Format;

/// The format of a document of this name and with these lines.
pub(crate) fn detect(path: &str, lines: &[&str]) -> Format {
    let extension = path
        .rsplit(['/', '\\'])
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("md" | "markdown" | "mdown" | "mkd" | "qmd" | "rmd") => Format::Markdown,
        Some("mdx") => Format::Mdx,
        Some("rst" | "rest") => Format::Rst,
        Some("ipynb") => Format::Notebook,
        Some("py" | "pyi") => Format::Python,
        // A page saved as text may have kept its fences, or a few of them.
        _ if markdown::tagged_fences(lines).is_empty() || text::is_mostly_outside_fences(lines) => {
            Format::Text
        }
        _ => Format::Markdown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extension_first_then_content() {
        let fenced = ["Text", "```python", "x = 1", "```"];
        let broken = ["Text", "```python import os", "x = 1"];
        for (path, lines, expected) in [
            ("a.md", &[][..], Format::Markdown),
            ("A.MDX", &[][..], Format::Mdx),
            ("a.rst", &fenced[..], Format::Rst),
            ("a.ipynb", &fenced[..], Format::Notebook),
            ("a.py", &fenced[..], Format::Python),
            ("a.txt", &fenced[..], Format::Markdown),
            ("a.txt", &broken[..], Format::Text),
            ("dir.md/a", &["x = 1"][..], Format::Text),
        ] {
            assert_eq!(detect(path, lines), expected, "{path}");
        }
    }
}
