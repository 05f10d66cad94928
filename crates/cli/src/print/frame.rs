//! Guide lines with a caret frame.

use super::clean;
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
    let mut group: Group = Level::ERROR
        .with_name(message.name)
        .primary_title(message.title.as_str())
        .element(source);
    for note in &message.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &message.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    writeln!(out, "{}\n", Renderer::styled().render(&[group]))
}
