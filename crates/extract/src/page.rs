//! Where the text of a guide stands in its bytes, and how other text is written there.
//!
//! A row is a line of text as an author sees it: a line of the file, in a notebook what a string of its JSON
//! holds up to a line end. Must not know what is written, or why.

mod json;

use crate::decode::{self, Document};
use encoding_rs::WINDOWS_1252;
use snipcheck_core::{Format, Guide, Line, Lines};
use std::ops::Range;

/// The rows of a guide, in the order of the file.
#[derive(Debug)]
pub struct Page {
    rows: Vec<Row>,
    encoding: Encoding,
}

/// One line of text.
#[derive(Debug)]
pub struct Row {
    /// What it says, without its end.
    pub text: String,
    /// Index of the file's line on which it stands.
    line: usize,
    /// For each byte of the text, and for its end, where that stands in the file.
    at: Vec<usize>,
    /// The bytes between it and a new row behind it.
    end: Vec<u8>,
}

/// How characters become bytes.
#[derive(Debug, Clone, Copy)]
enum Encoding {
    Utf8,
    Windows1252,
    Utf16 {
        big: bool,
    },
    /// In a string of JSON; whether only ASCII is written there.
    Json {
        ascii: bool,
    },
}

/// A place in the text of a page: the index of a row, and of a byte in its text.
pub type Spot = (usize, usize);

impl Page {
    /// The rows of a guide in this format.
    pub fn of(bytes: &[u8], format: Format) -> Page {
        let document = decode::decode(bytes);
        if format == Format::Notebook {
            return Page {
                rows: json::rows(bytes, &document),
                encoding: Encoding::Json {
                    ascii: bytes.is_ascii() && bytes.windows(2).any(|pair| pair == b"\\u"),
                },
            };
        }
        let encoding = Encoding::of(bytes);
        let row = |line| {
            let place = document.bytes(line, line);
            let (text, at) = encoding.decoded(bytes, place);
            Row {
                text,
                line,
                at,
                end: encoding.line_end(bytes, &document, line),
            }
        };
        Page {
            rows: (0..document.lines().len()).map(row).collect(),
            encoding,
        }
    }

    /// The indices of the rows that stand on these lines of the file.
    pub fn on(&self, lines: Lines) -> Range<usize> {
        let first = lines.first.index();
        let start = self.rows.partition_point(|row| row.line < first);
        let end = self
            .rows
            .partition_point(|row| row.line <= lines.last.index());
        start..end
    }

    /// All rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What the guide says outside of its snippets, each line with its place. A module's own code is no prose, so
    /// nothing of a module.
    pub fn prose<'a>(&'a self, guide: &'a Guide) -> impl Iterator<Item = (Line, &'a str)> {
        let rows = match guide.format {
            Format::Python => &[],
            _ => self.rows.as_slice(),
        };
        rows.iter().filter_map(|row| {
            let line = Line::from_index(row.line);
            let below = guide.snippets.partition_point(|one| one.lines.last < line);
            let is_code = guide
                .snippets
                .get(below)
                .is_some_and(|one| one.lines.contains(line));
            (!is_code).then_some((line, row.text.as_str()))
        })
    }

    /// The bytes to replace so that this text stands between two places, and what to replace them by; nothing
    /// where the guide's encoding cannot write it.
    pub fn written(&self, from: Spot, to: Spot, text: &str) -> Option<(Range<usize>, Vec<u8>)> {
        let (first, last) = (self.rows.get(from.0)?, self.rows.get(to.0)?);
        let range = *first.at.get(from.1)?..*last.at.get(to.1)?;
        let mut bytes = Vec::new();
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                bytes.extend_from_slice(&first.end);
            }
            bytes.extend(self.encoding.encoded(part)?);
        }
        (range.start <= range.end).then_some((range, bytes))
    }
}

impl Encoding {
    fn of(bytes: &[u8]) -> Encoding {
        match bytes {
            [0xFF, 0xFE, ..] => return Encoding::Utf16 { big: false },
            [0xFE, 0xFF, ..] => return Encoding::Utf16 { big: true },
            _ => {}
        }
        let is_utf8 = bytes
            .utf8_chunks()
            .any(|chunk| !chunk.valid().is_ascii() && chunk.valid() != "\u{feff}");
        if is_utf8 || str::from_utf8(bytes).is_ok() {
            Encoding::Utf8
        } else {
            Encoding::Windows1252
        }
    }

    /// The text of one line, and where each byte of it stands.
    fn decoded(self, bytes: &[u8], place: Range<usize>) -> (String, Vec<usize>) {
        let mut text = String::new();
        let mut at = Vec::new();
        let mut push = |c: char, from: usize| {
            at.resize(text.len(), from);
            text.push(if c == '\r' { ' ' } else { c });
            at.resize(text.len(), from);
        };
        let line = &bytes[place.clone()];
        if let Encoding::Utf16 { big } = self {
            let units = line.chunks_exact(2).map(|pair| {
                let unit = [pair[0], pair[1]];
                if big {
                    u16::from_be_bytes(unit)
                } else {
                    u16::from_le_bytes(unit)
                }
            });
            let mut from = place.start;
            for c in char::decode_utf16(units) {
                let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
                push(c, from);
                from += 2 * c.len_utf16();
            }
        } else {
            let mut from = place.start;
            for chunk in line.utf8_chunks() {
                for (offset, c) in chunk.valid().char_indices() {
                    push(c, from + offset);
                }
                from += chunk.valid().len();
                let (foreign, _) = WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
                for (offset, c) in foreign.chars().enumerate() {
                    push(c, from + offset);
                }
                from += chunk.invalid().len();
            }
        }
        at.push(place.end);
        (text, at)
    }

    fn encoded(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Encoding::Utf8 => Some(text.as_bytes().to_vec()),
            Encoding::Windows1252 => {
                let (bytes, _, has_unknown) = WINDOWS_1252.encode(text);
                (!has_unknown).then(|| bytes.into_owned())
            }
            Encoding::Utf16 { big } => {
                let bytes = if big {
                    u16::to_be_bytes
                } else {
                    u16::to_le_bytes
                };
                Some(text.encode_utf16().flat_map(bytes).collect())
            }
            Encoding::Json { ascii } => Some(json::escaped(text, ascii).into_bytes()),
        }
    }

    /// What ends this line, or ended the one before where the file ends with it.
    fn line_end(self, bytes: &[u8], document: &Document, line: usize) -> Vec<u8> {
        let between = |line: usize| {
            let (end, next) = (
                document.bytes(line, line).end,
                document.bytes(line + 1, line + 1),
            );
            bytes.get(end..next.start).map(<[u8]>::to_vec)
        };
        between(line)
            .or_else(|| between(line.checked_sub(1)?))
            .or_else(|| self.encoded("\n"))
            .unwrap_or_default()
    }
}
