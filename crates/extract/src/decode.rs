//! From bytes to lines of text, remembering where each line stands in the bytes.
//!
//! Total: whatever the bytes are, text comes out, and a note says what had to be guessed. Knows
//! nothing of code.

use crate::mojibake::{self, Evidence};
use encoding_rs::WINDOWS_1252;
use snipcheck_core::{Line, Note};
use std::borrow::Cow;
use std::ops::Range;

/// A decoded document.
#[derive(Debug, Default)]
pub(crate) struct Document {
    text: String,
    places: Vec<Place>,
    notes: Vec<Note>,
}

/// Where a line stands, line end excluded.
#[derive(Debug)]
struct Place {
    text: Range<usize>,
    bytes: Range<usize>,
}

impl Document {
    /// The lines, without their ends.
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.places
            .iter()
            .map(|place| &self.text[place.text.clone()])
            .collect()
    }

    /// The original bytes of the lines from `first` to `last`, given by index, both included.
    pub(crate) fn bytes(&self, first: usize, last: usize) -> Range<usize> {
        match (self.places.get(first), self.places.get(last)) {
            (Some(first), Some(last)) => first.bytes.start..last.bytes.end,
            _ => 0..0,
        }
    }

    /// What had to be guessed.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Repairs text that was wrongly decoded before it was saved.
    fn mend(&mut self, seen: &mut Seen) {
        let evidence = Evidence::of(&self.text);
        if evidence.is_none() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let places = std::mem::take(&mut self.places);
        for place in places {
            let line = &text[place.text];
            match mojibake::repair(line, evidence) {
                Some(repaired) => {
                    seen.mended.get_or_insert(self.places.len());
                    seen.mended_lines += 1;
                    self.push(&repaired, place.bytes);
                }
                None => self.push(line, place.bytes),
            }
        }
    }

    fn push(&mut self, line: &str, bytes: Range<usize>) {
        let start = self.text.len();
        // A carriage return inside a line would end a line for Python and shift all that follow.
        for (index, part) in line.split('\r').enumerate() {
            if index > 0 {
                self.text.push(' ');
            }
            self.text.push_str(part);
        }
        self.places.push(Place {
            text: start..self.text.len(),
            bytes,
        });
    }
}

/// Decodes a document: UTF-8 or UTF-16 with a mark, else line by line what it seems to be.
pub(crate) fn decode(bytes: &[u8]) -> Document {
    match bytes {
        [0xFF, 0xFE, ..] => utf16(bytes, u16::from_le_bytes),
        [0xFE, 0xFF, ..] => utf16(bytes, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, ..] => eight_bit(bytes, 3),
        _ => eight_bit(bytes, 0),
    }
}

fn eight_bit(bytes: &[u8], start: usize) -> Document {
    let mut document = Document {
        text: String::with_capacity(bytes.len()),
        ..Document::default()
    };
    let mut seen = Seen::default();
    let end = line_end(bytes);
    let mut from = start;
    while from < bytes.len() {
        let to = bytes[from..]
            .iter()
            .position(|byte| *byte == end)
            .map_or(bytes.len(), |length| from + length);
        let mut last = to;
        while last > from && bytes[last - 1] == b'\r' {
            last -= 1;
        }
        let index = document.places.len();
        let text = text_of(&bytes[from..last], index, &mut seen);
        document.push(&text, from..last);
        from = to + 1;
    }
    document.mend(&mut seen);
    document.notes = seen.notes();
    document
}

/// Old Macintosh files end their lines with `\r`; anywhere else it ends none by itself.
fn line_end(bytes: &[u8]) -> u8 {
    if !bytes.contains(&b'\n') && bytes.contains(&b'\r') {
        b'\r'
    } else {
        b'\n'
    }
}

/// The text of one line; bytes that are not UTF-8 are read as windows-1252, run by run.
fn text_of<'a>(bytes: &'a [u8], index: usize, seen: &mut Seen) -> Cow<'a, str> {
    if bytes.contains(&0) {
        seen.binary.get_or_insert(index);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    seen.foreign.get_or_insert(index);
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let (decoded, _) = WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
        text.push_str(&decoded);
    }
    Cow::Owned(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Document {
    let mut document = Document::default();
    let mut seen = Seen::default();
    let units: Vec<u16> = bytes[2..]
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]))
        .collect();
    let mut from = 0;
    while from < units.len() {
        let to = units[from..]
            .iter()
            .position(|unit| *unit == u16::from(b'\n'))
            .map_or(units.len(), |length| from + length);
        let mut last = to;
        while last > from && units[last - 1] == u16::from(b'\r') {
            last -= 1;
        }
        let text = String::from_utf16_lossy(&units[from..last]);
        document.push(&text, 2 + from * 2..2 + last * 2);
        from = to + 1;
    }
    document.mend(&mut seen);
    document.notes = seen.notes();
    document
}

/// The first line of each kind of trouble.
#[derive(Debug, Default)]
struct Seen {
    foreign: Option<usize>,
    binary: Option<usize>,
    mended: Option<usize>,
    mended_lines: usize,
}

impl Seen {
    fn notes(&self) -> Vec<Note> {
        let mended = format!(
            "text that was decoded wrongly before it was saved was repaired on {} lines, from here on",
            self.mended_lines
        );
        [
            (
                self.foreign,
                "not UTF-8: the bytes that are not were read as windows-1252, from here on",
            ),
            (
                self.binary,
                "holds NUL bytes: this may not be a text at all",
            ),
            (self.mended, mended.as_str()),
        ]
        .into_iter()
        .filter_map(|(index, message)| {
            index.map(|index| Note {
                line: Some(Line::from_index(index)),
                message: message.to_owned(),
            })
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        decode(bytes)
            .lines()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn line_ends_and_encodings() {
        for (bytes, expected) in [
            (&b""[..], &[][..]),
            (b"a\nb", &["a", "b"]),
            (b"a\r\nb\r\n", &["a", "b"]),
            (b"a\rb\rc", &["a", "b", "c"]),
            (b"a\rb\nc", &["a b", "c"]),
            (b"\xEF\xBB\xBFa\n\nb", &["a", "", "b"]),
            (b"caf\xE9 \x97 \xC3\xA9", &["café — é"]),
            (b"\xFF\xFEa\0\r\0\n\0b\0", &["a", "b"]),
            (b"\xFE\xFF\0a\0\n\0b\0", &["a", "b"]),
            (b"\xFF\xFE", &[]),
        ] {
            assert_eq!(lines(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_original_bytes() {
        for (bytes, first, last, expected) in [
            (&b"a\r\ncaf\xE9\r\nc"[..], 1, 2, &b"caf\xE9\r\nc"[..]),
            (b"\xEF\xBB\xBFab\nc", 0, 0, b"ab"),
            (b"\xFF\xFEa\0\n\0b\0c\0", 1, 1, b"b\0c\0"),
        ] {
            assert_eq!(&bytes[decode(bytes).bytes(first, last)], expected);
        }
    }

    #[test]
    fn guesses_are_noted_with_their_first_line() {
        let document = decode(b"ok\n\xE9\n\0\n");
        let noted: Vec<u32> = document
            .notes()
            .iter()
            .filter_map(|note| note.line.map(Line::number))
            .collect();
        assert_eq!(noted, [2, 3]);
        assert!(decode("é".as_bytes()).notes().is_empty());
    }
}
