//! Recorded output with holes: `...` inside a line stands for any text of that line, a line that is
//! only `...` for any number of lines.

const HOLE: &str = "...";

/// Whether `actual` is what `pattern` records.
pub(crate) fn matches(pattern: &str, actual: &str) -> bool {
    let pattern: Vec<&str> = pattern.lines().collect();
    let actual: Vec<&str> = actual.lines().collect();
    lines_match(&pattern, &actual)
}

/// The usual two-pointer match: on a mismatch the last run of lines is made one longer.
fn lines_match(pattern: &[&str], actual: &[&str]) -> bool {
    let (mut p, mut a) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while a < actual.len() {
        if p < pattern.len() && pattern[p].trim() == HOLE {
            p += 1;
            retry = Some((p, a));
        } else if p < pattern.len() && line_matches(pattern[p], HOLE, actual[a]) {
            p += 1;
            a += 1;
        } else if let Some((after, from)) = retry {
            p = after;
            a = from + 1;
            retry = Some((after, a));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|line| line.trim() == HOLE)
}

/// Whether a line is the pattern with any text for each hole: leftmost match of each piece between holes; the last
/// piece must end the line.
pub(crate) fn line_matches(pattern: &str, hole: &str, actual: &str) -> bool {
    let mut pieces = pattern.split(hole);
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = actual.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// A pattern that records both texts: what they share, and holes for the rest.
pub(crate) fn covering(one: &str, other: &str) -> String {
    if one == other {
        return one.to_owned();
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    if a.len() != b.len() {
        let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let mut lines = a[..same].to_vec();
        lines.push(HOLE);
        return lines.join("\n") + "\n";
    }
    let lines: Vec<String> = a.iter().zip(&b).map(|(x, y)| cover_line(x, y)).collect();
    lines.join("\n") + "\n"
}

/// What both lines begin and end with, cut back to whole words: digits that agree by luck may not the next time.
fn cover_line(a: &str, b: &str) -> String {
    if a == b {
        return a.to_owned();
    }
    let head: usize = a
        .chars()
        .zip(b.chars())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len_utf8())
        .sum();
    let head = a[..head].trim_end_matches(is_of_word).len();
    let (a_rest, b_rest) = (&a[head..], &b[head..]);
    let tail: usize = a_rest
        .chars()
        .rev()
        .zip(b_rest.chars().rev())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len_utf8())
        .sum();
    let tail = a_rest[a_rest.len() - tail..].trim_start_matches(is_of_word);
    format!("{}{HOLE}{tail}", &a[..head])
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_stand_for_text_and_lines() {
        let table = [
            ("a\nb\n", "a\nb\n", true),
            ("a\n", "a\nb\n", false),
            ("<X at ...>\n", "<X at 0x7f>\n", true),
            ("<X at ...>\n", "<X at 0x7f> \n", false),
            ("a\n...\nz\n", "a\nz\n", true),
            ("a\n...\nz\n", "a\nb\nc\nz\n", true),
            ("a\n...\nz\n", "a\nb\nc\n", false),
            ("...", "", true),
            ("a...b...c", "a1b2c", true),
            ("a...b...c", "a1c2b", false),
        ];
        for (pattern, actual, want) in table {
            assert_eq!(matches(pattern, actual), want, "{pattern:?} {actual:?}");
        }
    }

    #[test]
    fn a_covering_pattern_matches_both() {
        let table = [
            ("id 12\n", "id 13\n", "id ...\n"),
            (
                "<X at 0x1a>\nend\n",
                "<X at 0x2b>\nend\n",
                "<X at ...>\nend\n",
            ),
            ("a\nb\nc\n", "a\nc\n", "a\n...\n"),
            ("é=1=é\n", "é=2=é\n", "é=...=é\n"),
            ("a.\n", "a..\n", "a....\n"),
        ];
        for (one, other, want) in table {
            let pattern = covering(one, other);
            assert_eq!(pattern, want);
            assert!(
                matches(&pattern, one) && matches(&pattern, other),
                "{pattern}"
            );
        }
    }
}
