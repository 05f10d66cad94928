//! Guide lines with a caret frame.

use super::clean;
use crate::explain::code_of;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet as Source};
use snipcheck_core::{Line, Lines, Snippet};
use std::io::{self, Write};
use std::ops::Range;

/// One framed message.
#[derive(Debug)]
pub(crate) struct Message<'a> {
    /// The word in front: the status.
    pub(crate) name: &'a str,
    pub(crate) title: String,
    /// The guide's path.
    pub(crate) guide: &'a str,
    /// The lines that it is about.
    pub(crate) lines: Lines,
    pub(crate) source: Framed,
    /// What stands at the caret.
    pub(crate) label: String,
    pub(crate) notes: Vec<String>,
    pub(crate) help: Option<String>,
}

/// Lines to show, and the part to point at.
#[derive(Debug)]
pub(crate) struct Framed {
    text: String,
    first: Line,
    span: Range<usize>,
}

impl Framed {
    /// A part of the snippet's code: `part` where it stands in `line`, else the whole line.
    pub(crate) fn code(snippet: &Snippet, line: Line, part: &str) -> Framed {
        let text = clean(&snippet.code).into_owned();
        let index = (line.number().saturating_sub(snippet.lines.first.number())) as usize;
        let start: usize = text.split_inclusive('\n').take(index).map(str::len).sum();
        let line_text = text[start..].lines().next().unwrap_or_default();
        let part = clean(part);
        let span = match line_text.rfind(part.as_ref()) {
            Some(at) if !part.is_empty() => at..at + part.len(),
            _ => {
                let indent = line_text.len() - line_text.trim_start().len();
                indent..line_text.trim_end().len().max(indent)
            }
        };
        Framed {
            span: start + span.start..start + span.end,
            text,
            first: snippet.lines.first,
        }
    }

    /// Lines that are not part of the snippet: an output fence.
    pub(crate) fn lines(lines: Lines, text: &str) -> Framed {
        let text = clean(text).into_owned();
        let end = text.lines().next().map_or(0, str::len);
        Framed {
            span: 0..end,
            text,
            first: lines.first,
        }
    }
}

/// Prints the message; whether colours show is up to the writer.
pub(crate) fn print(message: &Message, out: &mut dyn Write) -> io::Result<()> {
    let source = Source::source(message.source.text.as_str())
        .line_start(message.source.first.number() as usize)
        .path(message.guide)
        .annotation(
            AnnotationKind::Primary
                .span(message.source.span.clone())
                .label(message.label.as_str()),
        );
    let mut title = Level::ERROR
        .with_name(message.name)
        .primary_title(message.title.as_str());
    if let Some(code) = code_of(&message.title) {
        title = title.id(code);
    }
    let mut group: Group = title.element(source);
    for note in &message.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &message.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let text = Renderer::styled().render(&[group]);
    let text = if supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout) {
        linked(&text, message.guide)
    } else {
        text
    };
    writeln!(out, "{text}\n")
}

/// The text with the first `guide:line:column` as a link to that place, as terminals understand it (OSC 8).
fn linked(text: &str, guide: &str) -> String {
    let place = format!("{guide}:");
    let Some((before, from)) = text.split_once(&place) else {
        return text.to_owned();
    };
    let end = from.find(|c: char| c != ':' && !c.is_ascii_digit());
    let (numbers, after) = from.split_at(end.unwrap_or(from.len()));
    let Ok(file) = std::path::absolute(guide) else {
        return text.to_owned();
    };
    let file = uri(&file.to_string_lossy());
    let line = numbers.split(':').next().unwrap_or_default();
    format!(
        "{before}\u{1b}]8;;file://{file}#{line}\u{1b}\\{place}{numbers}\u{1b}]8;;\u{1b}\\{after}"
    )
}

/// A path as a reference: what is special in one is escaped.
pub(super) fn uri(path: &str) -> String {
    let escaped = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    let path = path.trim_start_matches("./");
    path.bytes().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::{linked, uri};

    #[test]
    fn a_place_becomes_a_link() {
        let text = linked(" --> /g/a b.md:7:11\n  |", "/g/a b.md");
        let link = "\u{1b}]8;;file:///g/a%20b.md#7\u{1b}\\/g/a b.md:7:11\u{1b}]8;;\u{1b}\\";
        assert_eq!(text, format!(" --> {link}\n  |"));
        assert_eq!(linked("no place", "g.md"), "no place");
    }

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("./docs/a b.md"), "docs/a%20b.md");
        assert_eq!(uri("über.md"), "%C3%BCber.md");
    }
}
