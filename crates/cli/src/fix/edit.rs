//! Changing a guide's bytes: a few ranges are replaced, everything else stays as it is.

use std::ops::Range;

/// One range of a file's bytes and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) range: Range<usize>,
    pub(crate) bytes: Vec<u8>,
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
        out.splice(edit.range.clone(), edit.bytes.iter().copied());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ranges_change() {
        let edit = |range, text: &str| Edit {
            range,
            bytes: text.as_bytes().to_vec(),
        };
        let edits = [edit(8..9, "22"), edit(2..3, "1"), edit(2..5, "never")];
        assert_eq!(apply(b"a b\r\nc\xff 2\n", &edits), b"a 1\r\nc\xff 22\n");
    }
}
