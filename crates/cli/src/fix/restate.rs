//! Where a wrong value stands in a guide, and the edits that could put the right one there.

use super::edit::Edit;
use super::value;
use snipcheck_core::{ExpectationReport, Kind, Lines};
use snipcheck_extract::{Page, Spot};

/// How many edits are tried for one expectation.
const MOST_WAYS: usize = 8;
/// What stands for an empty line in the answer to a prompt.
const BLANK: &str = "<BLANKLINE>";

/// The edits that may make an expectation true, the one nearest to the author's notation first; `stdout` is
/// everything that its snippet wrote.
pub(super) fn ways(
    expectation: &ExpectationReport,
    stdout: &str,
    page: &Page,
) -> Result<Vec<Edit>, String> {
    if let Some(finding) = &expectation.finding {
        return Err(finding.detail.clone());
    }
    let (Some(stated), Some(real)) = (&expectation.expected, &expectation.actual) else {
        return Err("what is right is not known".to_owned());
    };
    if real.trim().is_empty() {
        return Err("nothing is written there".to_owned());
    }
    if expectation.kind == Kind::Raises && real == "no exception" {
        return Err("no exception is raised".to_owned());
    }
    let lines = Lines::new(expectation.line, expectation.end_line);
    let place = Place {
        page,
        rows: page.on(lines).collect(),
        kind: expectation.kind,
    };
    let mut edits = Vec::new();
    let loses = may_lose_a_remark(expectation, stated, real);
    if loses {
        edits.extend(place.wrapped(stated, real));
    } else if place.is_block(stated) {
        if expectation.kind == Kind::BlockOutput {
            let whole = from_first_stated(stated, real, stdout);
            edits.extend(whole.and_then(|whole| place.block(stated, &whole)));
        }
        edits.extend(place.wrapped(stated, real));
        edits.extend(place.block(stated, real));
    }
    edits.extend(place.values(&expectation.comment, stated, real));
    edits.dedup();
    edits.truncate(MOST_WAYS);
    if edits.is_empty() && loses {
        return Err("fewer lines come out than stand there, and one may be a remark".to_owned());
    }
    if edits.is_empty() {
        return Err("it is not written as it was compared".to_owned());
    }
    Ok(edits)
}

/// Whether comment lines that nothing marks as output would be taken away.
fn may_lose_a_remark(expectation: &ExpectationReport, stated: &str, real: &str) -> bool {
    let comment = &expectation.comment;
    let is_marked =
        comment.starts_with("#>") || comment.lines().count() != stated.trim().lines().count();
    expectation.kind == Kind::BlockOutput
        && comment.starts_with('#')
        && !is_marked
        && real.trim().lines().count() < stated.trim().lines().count()
}

/// The rows of one expectation.
struct Place<'a> {
    page: &'a Page,
    rows: Vec<usize>,
    kind: Kind,
}

/// A stated line in its row: where it begins, and where it ends.
#[derive(Clone, Copy)]
struct Held {
    row: usize,
    start: usize,
    end: usize,
}

impl Place<'_> {
    fn text(&self, row: usize) -> &str {
        &self.page.rows()[row].text
    }

    fn is_block(&self, stated: &str) -> bool {
        let has_rows = matches!(
            self.kind,
            Kind::FollowingFence | Kind::BlockOutput | Kind::Session
        );
        has_rows || stated.trim().contains('\n')
    }

    fn edit(&self, from: Spot, to: Spot, text: &str) -> Option<Edit> {
        let (range, bytes) = self.page.written(from, to, text)?;
        Some(Edit { range, bytes })
    }

    /// A value on one line, replaced where it stands.
    fn values(&self, comment: &str, stated: &str, real: &str) -> Vec<Edit> {
        let stated = stated.trim();
        if stated.contains('\n') {
            return Vec::new();
        }
        let mut edits = Vec::new();
        for text in value::restated(self.kind, stated, real) {
            for row in &self.rows {
                let line = self.text(*row);
                let is_alone = self.rows.len() == 1 || line.contains(comment);
                let from = if is_alone { line.rfind(comment) } else { None };
                let from = from.unwrap_or_default();
                for (at, _) in line[from..].match_indices(stated) {
                    let (start, end) = (from + at, from + at + stated.len());
                    if stands_alone(line, start, end) {
                        let (end, text) = padded(line, start, end, &text);
                        edits.extend(self.edit((*row, start), (*row, end), &text));
                    }
                }
            }
        }
        edits
    }

    /// Lines replaced by lines; those that are right stay, and so does what stands behind them.
    fn block(&self, stated: &str, real: &str) -> Option<Edit> {
        let stated: Vec<&str> = stated.trim_end().lines().map(str::trim_end).collect();
        let blank = stated.iter().take_while(|line| line.is_empty()).count();
        let mut stated = &stated[blank..];
        let held = self.held(stated)?;
        let mut held = held.as_slice();
        let real: Vec<&str> = real.trim_end().lines().map(str::trim_end).collect();
        let mut real = &real[..];
        // A remark in parentheses below the lines is nobody's output.
        while let [rest @ .., last] = stated
            && !rest.is_empty()
            && last.starts_with('(')
            && last.ends_with(')')
            && last.contains(' ')
            && !real.contains(last)
        {
            stated = rest;
            held = &held[..rest.len()];
        }
        let marks =
            |index: usize| continued(self.kind, &self.text(held[index].row)[..held[index].start]);
        let same = |(a, b): &(&&str, &&str)| a == b;
        let before = stated.iter().zip(real).take_while(same).count();
        let after = stated[before..]
            .iter()
            .rev()
            .zip(real[before..].iter().rev())
            .take_while(same)
            .count();
        let (wrong, right) = (before..stated.len() - after, before..real.len() - after);
        real = &real[right];
        let line = |mark: &str, text: &str| {
            let text = if text.is_empty() && self.kind == Kind::Session {
                BLANK
            } else {
                text
            };
            format!("{mark}{text}").trim_end().to_owned()
        };
        if wrong.is_empty() {
            let near = before.saturating_sub(1);
            let at = held[near].row;
            let mark = marks(near.max(usize::from(held.len() > 1)));
            let new: Vec<String> = real.iter().map(|text| line(&mark, text)).collect();
            let end = (at, self.text(at).len());
            return self.edit(end, end, &format!("\n{}", new.join("\n")));
        }
        let (first, last) = (held[wrong.start], held[wrong.end - 1]);
        let end = (last.row, self.text(last.row).len());
        if real.is_empty() {
            let above = first.row.checked_sub(1).filter(|_| wrong.start > 0)?;
            return self.edit((above, self.text(above).len()), end, "");
        }
        let is_even = real.len() == wrong.len();
        let tails = held[wrong.clone()]
            .iter()
            .map(|held| &self.text(held.row)[held.end..]);
        if !is_even && tails.clone().any(|tail| !tail.trim().is_empty()) {
            return None;
        }
        let mut new = Vec::new();
        for (index, text) in real.iter().enumerate() {
            let mark = if index == 0 {
                String::new()
            } else if index < wrong.len() {
                let held = held[wrong.start + index];
                self.text(held.row)[..held.start].to_owned()
            } else {
                marks((wrong.end - 1).max(usize::from(held.len() > 1)))
            };
            let mut text = line(&mark, text);
            if is_even {
                let held = held[wrong.start + index];
                let row = self.text(held.row);
                let (end, padded) = padded(
                    row,
                    held.start,
                    held.end,
                    &text[mark.len().min(text.len())..],
                );
                text.truncate(mark.len().min(text.len()));
                text += &padded;
                text += &row[end..];
            }
            new.push(text);
        }
        self.edit((first.row, first.start), end, &new.join("\n"))
    }

    /// A value wrapped over several rows: the part of it that is wrong is replaced, and the rest stays wrapped.
    fn wrapped(&self, stated: &str, real: &str) -> Option<Edit> {
        let (stated, real) = (stated.trim(), real.trim());
        if !stated.contains('\n') || real.contains('\n') {
            return None;
        }
        let lines: Vec<&str> = stated.lines().map(str::trim_end).collect();
        let held = self.held(&lines)?;
        let letters = |text: &str, start: usize| {
            let found = text.char_indices().filter(|(_, c)| !c.is_whitespace());
            found.map(|(at, c)| (start + at, c)).collect::<Vec<_>>()
        };
        let mut old = Vec::new();
        for (line, held) in lines.iter().zip(&held) {
            let letters = letters(line, held.start);
            old.extend(letters.into_iter().map(|(at, c)| (held.row, at, c)));
        }
        let new = letters(real, 0);
        let same = |((_, _, a), (_, b)): &(&(usize, usize, char), &(usize, char))| a == b;
        let before = old.iter().zip(&new).take_while(same).count();
        let before = before.min(old.len() - 1).min(new.len().checked_sub(1)?);
        let after = old[before + 1..]
            .iter()
            .rev()
            .zip(new[before + 1..].iter().rev())
            .take_while(same)
            .count();
        let (first, last) = (old[before], old[old.len() - after - 1]);
        let (start, end) = (new[before], new[new.len() - after - 1]);
        let text = &real[start.0..end.0 + end.1.len_utf8()];
        let is_in_row = first.0 == last.0;
        is_in_row.then(|| {
            self.edit(
                (first.0, first.1),
                (last.0, last.1 + last.2.len_utf8()),
                text,
            )
        })?
    }

    /// Where each stated line stands: rows that follow each other.
    fn held(&self, stated: &[&str]) -> Option<Vec<Held>> {
        let fits = |rows: &[usize]| -> Option<Vec<Held>> {
            rows.iter()
                .zip(stated)
                .map(|(row, line)| {
                    let text = self.text(*row);
                    let start = if line.is_empty() {
                        text.trim_end().len()
                    } else {
                        text.rfind(line)?
                    };
                    Some(Held {
                        row: *row,
                        start,
                        end: start + line.len(),
                    })
                })
                .collect()
        };
        self.rows.windows(stated.len().max(1)).find_map(fits)
    }
}

/// The lines of the output from the first stated one on; what was compared may be its last lines alone.
fn from_first_stated(stated: &str, real: &str, stdout: &str) -> Option<String> {
    let first = stated.lines().find(|line| !line.trim().is_empty())?.trim();
    let end = stdout.rfind(real)?;
    let whole = &stdout[..end + real.len()];
    let start = whole[..end]
        .lines()
        .rev()
        .position(|line| line.trim() == first)?;
    let lines: Vec<&str> = whole.lines().collect();
    let above = whole[..end].lines().count();
    Some(lines[above - start - 1..].join("\n"))
}

/// The mark of a line below one with this mark: `# -> ` is not said twice.
fn continued(kind: Kind, mark: &str) -> String {
    let comment = mark.rfind('#');
    match comment {
        Some(at) if !matches!(kind, Kind::FollowingFence | Kind::Session) => mark
            .char_indices()
            .map(|(index, c)| {
                let stays = c.is_whitespace()
                    || index == at
                    || index == at + 1 && matches!(c, '>' | ':' | '|');
                if stays { c } else { ' ' }
            })
            .collect(),
        _ => mark.to_owned(),
    }
}

/// Whether what stands in `line[start..end]` is no part of a longer word.
fn stands_alone(line: &str, start: usize, end: usize) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let goes_on = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(is_word) && outer.is_some_and(is_word)
    };
    let inner = &line[start..end];
    !goes_on(inner.chars().next(), line[..start].chars().next_back())
        && !goes_on(inner.chars().next_back(), line[end..].chars().next())
}

/// The new text, with spaces that keep what stands behind in its column where it was set off by several.
fn padded(line: &str, start: usize, end: usize, text: &str) -> (usize, String) {
    let behind = &line[end..];
    let spaces = behind.len() - behind.trim_start_matches(' ').len();
    if spaces < 2 || spaces == behind.len() {
        return (end, text.to_owned());
    }
    let width = line[start..end].chars().count() + spaces;
    let spaces = width.saturating_sub(text.chars().count()).max(2);
    (
        end + behind.len() - behind.trim_start_matches(' ').len(),
        format!("{text}{}", " ".repeat(spaces)),
    )
}
