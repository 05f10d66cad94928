//! The files that snippets are saved as: every line of them is the guide's line.

use snipcheck_core::{File, Line, WorkUnit};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Puts files into a folder that nothing has been in yet.
pub(crate) fn place(folder: &Path, files: &[File]) -> io::Result<()> {
    for file in files {
        let path = folder.join(file.name.as_str());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let above = "\n".repeat(file.part.first.index());
        fs::write(path, above + &file.part.code)?;
    }
    Ok(())
}

/// The text of the file: the snippet and what runs before it, each at its own guide lines.
///
/// A process that `multiprocessing` spawns reads this file again, so what is added before the code stands
/// on the first line, where nothing else does.
pub(crate) fn text(unit: &WorkUnit) -> String {
    // Only the lines that there are: far down a guide, most are blank.
    let mut lines: BTreeMap<usize, &str> = BTreeMap::new();
    for part in unit.context.iter().chain([&unit.code]) {
        let first = part.first.index();
        lines.extend((first..).zip(part.code.lines()));
    }
    let mut added = before(&unit.prelude);
    if unit.code.first > Line::FIRST {
        // What else may stand there are imports that an earlier snippet lacks.
        let line = lines.entry(0).or_default();
        if !added.is_empty() && !line.is_empty() {
            added = format!("{added}; {line}");
        }
        if !added.is_empty() {
            *line = &added;
        }
    }
    let mut text = String::new();
    let mut at = 0;
    for (number, line) in lines {
        text += &"\n".repeat(number - at);
        text += line;
        at = number;
    }
    text.push('\n');
    text
}

/// The statements as one line.
fn before(prelude: &[String]) -> String {
    let one_line = |text: &String| {
        if text.contains('\n') {
            format!("exec({})", quoted(text))
        } else {
            text.clone()
        }
    };
    prelude.iter().map(one_line).collect::<Vec<_>>().join("; ")
}

/// A Python string literal: JSON's escapes are Python's, but for the surrogate pairs that it never writes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use snipcheck_core::{Part, SnippetId};

    #[test]
    fn lines_are_the_guides() {
        let part = |first, code: &str| Part {
            first: Line::new(first),
            code: code.to_owned(),
        };
        let mut unit = WorkUnit {
            context: vec![part(3, "x = 1\ny = 2")],
            prelude: vec!["import a".to_owned(), "if 1:\n  pass".to_owned()],
            imports_repaired: true,
            ..WorkUnit::new(
                SnippetId("g/a".to_owned()),
                "g.md".to_owned(),
                part(6, "print(x)\n"),
            )
        };
        assert_eq!(
            text(&unit),
            "import a; exec(\"if 1:\\n  pass\")\n\nx = 1\ny = 2\n\nprint(x)\n"
        );
        unit.context.insert(0, part(1, "import b"));
        assert!(text(&unit).starts_with("import a; exec(\"if 1:\\n  pass\"); import b\n\nx = 1\n"));
        unit.code.first = Line::new(1);
        unit.context.clear();
        assert_eq!(text(&unit), "print(x)\n");
    }
}
