//! The codes of messages, and `snipcheck explain`: both are read from the page of the manual that has them all.

use crate::exit::Exit;
use crate::near;
use crate::wildcard::line_matches;
use anyhow::{Result, anyhow};
use std::io::Write;

/// The page: a heading a wording, `### E101: words … words`, and a text below those of one code.
const PAGE: &str = include_str!("../../../docs/messages.md");

/// What stands for any text in a heading.
const ANY: &str = "…";

/// A wording, with the code that it has.
struct Wording {
    code: &'static str,
    words: &'static str,
}

/// The wordings, in the order of the page.
fn wordings() -> impl Iterator<Item = Wording> {
    PAGE.lines().filter_map(|line| {
        let (code, words) = line.strip_prefix("### ")?.split_once(": ")?;
        Some(Wording { code, words })
    })
}

/// The code of a message: that of the wording which says most of it.
pub(crate) fn code_of(message: &str) -> Option<&'static str> {
    let line = message.lines().next().unwrap_or_default();
    wordings()
        .filter(|wording| line_matches(wording.words, ANY, line))
        .max_by_key(|wording| wording.words.replace(ANY, "").len())
        .map(|wording| wording.code)
}

/// `skip[E501]`: a word with the code of a message where it has one.
pub(crate) fn coded(word: &str, message: &str) -> String {
    match code_of(message) {
        Some(code) => format!("{word}[{code}]"),
        None => word.to_owned(),
    }
}

/// `snipcheck explain`
pub(crate) fn explain(code: Option<&str>, out: &mut dyn Write) -> Result<Exit> {
    let Some(asked) = code else {
        for wording in wordings() {
            writeln!(out, "{}  {}", wording.code, wording.words)?;
        }
        return Ok(Exit::Fine);
    };
    let wanted = asked.to_uppercase();
    let heading = format!("### {wanted}: ");
    let mut lines = PAGE
        .lines()
        .skip_while(|line| !line.starts_with(&heading))
        .peekable();
    if lines.peek().is_none() {
        let help = near::nearest(&wanted, wordings().map(|wording| wording.code)).map_or(
            "without a code, `snipcheck explain` lists them all".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(anyhow!("there is no message `{asked}`\n  help: {help}"));
    }
    while let Some(line) = lines.next_if(|line| line.starts_with(&heading)) {
        writeln!(out, "{wanted}: {}", &line[heading.len()..])?;
    }
    let text: Vec<&str> = lines.take_while(|line| !line.starts_with('#')).collect();
    writeln!(out, "\n{}", text.join("\n").trim())?;
    Ok(Exit::Fine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn wordings_match_messages() {
        for (words, message, fits) in [
            ("reads as prose", "reads as prose", true),
            ("reads as prose", "reads as prose too", false),
            ("line … raises …", "line 3 raises KeyError: 'a'", true),
            ("line … raises …", "line 3 raised it", false),
            ("… is not found…", "`x` is not found", true),
            (
                "uses …, which is not defined here",
                "uses `a`, which is not defined here",
                true,
            ),
        ] {
            assert_eq!(
                line_matches(words, ANY, message),
                fits,
                "{words} | {message}"
            );
        }
    }

    #[test]
    fn codes_of_one_message_stand_together() {
        let codes: Vec<&str> = wordings().map(|wording| wording.code).collect();
        let mut met = codes.clone();
        met.dedup();
        let mut sorted = met.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(met, sorted);
    }

    /// The texts behind `marker` in the sources of a crate: string literals, with what is filled in as a word.
    fn literals(folder: &Path, markers: &[&str], found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("tests") {
                    literals(&path, markers, found);
                }
                continue;
            }
            if path.extension().is_none_or(|e| e != "rs") || path.ends_with("tests.rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            for marker in markers {
                for (at, _) in text.match_indices(marker) {
                    let rest = text[at + marker.len()..].trim_start();
                    let Some(rest) = rest.strip_prefix('"') else {
                        continue;
                    };
                    let rest = rest.replace("\\\"", "'");
                    found.push(filled(rest.split('"').next().unwrap()));
                }
            }
        }
    }

    /// `the value of {} was seen` as `the value of x was seen`, and of several lines the first.
    fn filled(text: &str) -> String {
        let mut made = String::new();
        let mut depth = 0;
        for c in text.split("\\n").next().unwrap_or_default().chars() {
            match c {
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    made.push('x');
                }
                c if depth == 0 => made.push(c),
                _ => {}
            }
        }
        made
    }

    /// All that the crates are made of, without the lines that only break a text.
    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
                *all += &lines.join("\n").replace("\\\n", "");
            }
        }
    }

    #[test]
    fn every_wording_is_said() {
        let mut all = String::new();
        sources(
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap(),
            &mut all,
        );
        for wording in wordings() {
            for part in wording.words.split(ANY) {
                // What a context says is told from its cause by a colon.
                let part = part
                    .trim_end_matches(": ")
                    .trim_matches([' ', '`', ';', ',', '.']);
                assert!(all.contains(part), "{}: {}", wording.code, wording.words);
            }
        }
    }

    #[test]
    fn every_message_has_a_code() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut said = Vec::new();
        let markers = [
            "skip(",
            "skip(format!(",
            "Judgement::fail(stated, \"no exception\", ",
        ];
        literals(&crates.join("checker/src"), &markers, &mut said);
        let markers = ["bail!(", "anyhow!(", "missing(", "message: "];
        literals(&crates.join("cli/src"), &markers, &mut said);
        assert!(said.len() > 60, "{}", said.len());
        // What quotes another message, and what is said of a timing file by its own place.
        let others = ["x", "x: x", "uv: x", "xx", "x:x: xx", "bench"];
        let without: Vec<&String> = said
            .iter()
            .filter(|text| code_of(text).is_none() && !others.contains(&text.as_str()))
            .collect();
        assert!(without.is_empty(), "{without:#?}");
    }
}
