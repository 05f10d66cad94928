//! The headings above a place: `#` and underlined ones, and the titles of JSX elements around it.
//!
//! Must not know of code.

/// Elements whose title names what stands inside them.
const TITLED: [&str; 3] = ["Accordion", "Tab", "Step"];
/// Lines that the opening tag of an element may spread over.
const TAG_LINES: usize = 12;

/// Elements within each other from which on no more are told apart.
const DEEPEST: usize = 40;

#[derive(Debug)]
enum Level {
    Heading(usize),
    Element(&'static str),
}

/// The path of headings down to the present line.
#[derive(Debug, Default)]
pub(super) struct Headings {
    path: Vec<(Level, String)>,
}

impl Headings {
    /// The titles, outermost first.
    pub(super) fn titles(&self) -> Vec<String> {
        self.path
            .iter()
            .map(|(_, title)| title)
            .filter(|title| !title.is_empty())
            .cloned()
            .collect()
    }

    /// A heading of this level takes the place of those that are not above it.
    pub(super) fn heading(&mut self, level: usize, title: String) {
        while let Some((Level::Heading(last), _)) = self.path.last() {
            if *last < level {
                break;
            }
            self.path.pop();
        }
        self.path.push((Level::Heading(level), title));
    }

    /// Reads the titled elements that open or close on the first of these lines.
    pub(super) fn elements(&mut self, lines: &[&str]) {
        let Some(line) = lines.first().map(|line| line.trim_start()) else {
            return;
        };
        let Some(after) = line.strip_prefix('<') else {
            return;
        };
        if let Some(name) = after.strip_prefix('/').and_then(element) {
            let open =
                |(level, _): &(Level, String)| matches!(level, Level::Element(n) if *n == name);
            if let Some(at) = self.path.iter().rposition(open) {
                self.path.truncate(at);
            }
        } else if let Some(name) = element(after) {
            let tag = whole_tag(lines);
            if !tag.ends_with("/>") && self.path.len() < DEEPEST {
                let title = attribute(&tag, "title").unwrap_or_default();
                self.path.push((Level::Element(name), plain(&title)));
            }
        }
    }
}

fn element(text: &str) -> Option<&'static str> {
    TITLED.into_iter().find(|name| {
        text.strip_prefix(name)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

fn whole_tag(lines: &[&str]) -> String {
    let mut tag = String::new();
    for line in lines.iter().take(TAG_LINES) {
        tag.push_str(line.trim());
        if let Some(end) = tag_end(&tag) {
            tag.truncate(end);
            break;
        }
        tag.push(' ');
    }
    tag
}

/// The end of a tag, past its `>`; one inside a quoted value does not count.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (index, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '>') => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// The value of `name="…"`, `name='…'`, `name={"…"}`.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}="))? + name.len() + 2;
    let rest = tag[start..].trim_start_matches('{');
    let quote = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inside = &rest[1..];
    Some(inside[..inside.find(quote)?].to_owned())
}

/// The level and title of a `#` heading.
pub(super) fn hashed(line: &str) -> Option<(usize, String)> {
    let text = line.trim();
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    if !(1..=6).contains(&level) {
        return None;
    }
    let rest = &text[level..];
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let title = rest.trim();
    let open = title.trim_end_matches('#');
    // Closing hashes count only behind a space: `# C#` is a title.
    let title = if open.is_empty() || open.ends_with([' ', '\t']) {
        open
    } else {
        title
    };
    Some((level, plain(title)))
}

/// The level of the heading that this line underlines.
pub(super) fn underline(line: &str) -> Option<usize> {
    let text = line.trim();
    match text.as_bytes().first()? {
        b'=' if text.bytes().all(|byte| byte == b'=') => Some(1),
        b'-' if text.len() >= 2 && text.bytes().all(|byte| byte == b'-') => Some(2),
        _ => None,
    }
}

/// A title without Markdown's marks: links, emphasis, code spans, anchors, tags.
pub(super) fn plain(title: &str) -> String {
    let title = match title.rfind("{#") {
        Some(anchor) if title.ends_with('}') => &title[..anchor],
        _ => title,
    };
    // `Title[[anchor]]`, as some builders write it.
    let title = match title.rfind("[[") {
        Some(anchor) if title.ends_with("]]") => &title[..anchor],
        _ => title,
    };
    let mut text = String::new();
    let mut rest = title;
    let mut code = false;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = after;
        match c {
            '`' => code = !code,
            _ if code => text.push(c),
            '\\' if after.starts_with(|next: char| next.is_ascii_punctuation()) => {
                text.push_str(&after[..1]);
                rest = &after[1..];
            }
            '*' | '!' if c == '*' || after.starts_with('[') => {}
            '_' if !is_inside_word(&text, after) => {}
            '[' => {}
            ']' => rest = after_target(after),
            '<' => rest = after_tag(after, &mut text),
            _ => text.push(c),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks of emphasis stand at the edge of a word; `__init__` is one too, but a name.
fn is_inside_word(before: &str, after: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    word(before.chars().last()) && word(after.chars().next())
}

fn after_target(rest: &str) -> &str {
    let close = match rest.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return rest,
    };
    rest.find(close).map_or(rest, |end| &rest[end + 1..])
}

fn after_tag<'a>(rest: &'a str, text: &mut String) -> &'a str {
    let is_tag = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    match rest.find('>') {
        Some(end) if is_tag => &rest[end + 1..],
        _ => {
            text.push('<');
            rest
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_headings() {
        for (line, expected) in [
            ("# One", Some((1, "One"))),
            ("### `code` *and* **more** ###", Some((3, "code and more"))),
            ("## [Link](http://x) {#anchor}", Some((2, "Link"))),
            ("# C#", Some((1, "C#"))),
            ("## Title[[some-anchor]]", Some((2, "Title"))),
            ("#", Some((1, ""))),
            ("#!/bin/sh", None),
            ("####### Seven", None),
            ("# a < b and snake_case", Some((1, "a < b and snake_case"))),
            ("# <b>Bold</b> \\*args", Some((1, "Bold *args"))),
        ] {
            let expected = expected.map(|(level, title)| (level, title.to_owned()));
            assert_eq!(hashed(line), expected, "{line}");
        }
    }

    #[test]
    fn the_path_follows_headings_and_elements() {
        let mut headings = Headings::default();
        headings.heading(1, "A".into());
        headings.heading(2, "B".into());
        headings.elements(&["  <Accordion title=\"Why > not\"", "  icon='x'>"]);
        headings.heading(3, "C".into());
        assert_eq!(headings.titles(), ["A", "B", "Why > not", "C"]);
        headings.elements(&["</Accordion>"]);
        assert_eq!(headings.titles(), ["A", "B"]);
        headings.elements(&["<Tabs>"]);
        headings.elements(&["<Step title={\"S\"} />"]);
        headings.heading(2, "D".into());
        assert_eq!(headings.titles(), ["A", "D"]);
    }

    #[test]
    fn underlines() {
        for (line, expected) in [
            ("===", Some(1)),
            ("--", Some(2)),
            ("-", None),
            ("- -", None),
        ] {
            assert_eq!(underline(line), expected, "{line}");
        }
    }
}
