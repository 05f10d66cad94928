//! Changing a guide's bytes: a few ranges are replaced, everything else stays as it is.

use std::ops::Range;

/// One range of a file's bytes and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

/// The bytes with the edits made, from the end so that ranges stay true; of two that overlap the first wins.
pub(crate) fn apply(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|e| (e.range.start, e.range.end));
    let mut end_of_last = 0;
    edits.retain(|edit| {
        let free = edit.range.start >= end_of_last;
        if free {
            end_of_last = edit.range.end;
        }
        free
    });
    let mut out = bytes.to_vec();
    for edit in edits.iter().rev() {
        out.splice(edit.range.clone(), edit.text.bytes());
    }
    out
}

/// The byte ranges of the lines in `bytes[within]`, line ends excluded.
pub(crate) fn lines(bytes: &[u8], within: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = within.start;
    let end = within.end.min(bytes.len());
    while start < end {
        let stop = bytes[start..end]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(end, |at| start + at);
        let without_return = stop - usize::from(stop > start && bytes[stop - 1] == b'\r');
        lines.push(start..without_return);
        start = stop + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ranges_change() {
        let edit = |range, text: &str| Edit {
            range,
            text: text.to_owned(),
        };
        let edits = [edit(8..9, "22"), edit(2..3, "1"), edit(2..5, "never")];
        assert_eq!(apply(b"a b\r\nc\xff 2\n", &edits), b"a 1\r\nc\xff 22\n");
    }

    #[test]
    fn lines_end_before_their_line_end() {
        assert_eq!(lines(b"ab\r\n\nc", 0..6), [0..2, 4..4, 5..6]);
        assert_eq!(lines(b"ab\ncd\nef", 3..8), [3..5, 6..8]);
    }
}
