//! The pass over the lines: what each line is, and what that means for the lines below it.

use super::answer::{self, Awaiting};
use super::fence::{self, End, Fence};
use super::headings::{self, Headings};
use super::info::{self, Language};
use super::{Dialect, indented, salvage, tags};
use crate::block::{Block, Found, note_at};
use crate::columns::MARKDOWN;
use crate::directives::{self, Said};
use crate::python;
use snipcheck_core::{Directives, Line, Lines, Note};

/// Lines that one tag may enclose.
const MOST_TAGGED: usize = 500;

/// The state of the pass.
pub(super) struct Scan<'a> {
    lines: &'a [&'a str],
    dialect: Dialect,
    at: usize,
    headings: Headings,
    /// Fences that are boxes around ordinary Markdown.
    boxes: Vec<Fence<'a>>,
    /// What comments say of blocks that are still to come.
    said: Said,
    /// The snippet that an output may follow.
    awaiting: Option<Awaiting>,
    /// The only line of the paragraph above, which an underline would make a heading.
    paragraph: Option<usize>,
    after_blank: bool,
    in_list: bool,
    /// Up to where indented lines are known not to be code.
    not_indented_code: usize,
    /// From where on no comment ends any more.
    no_comment_end: [bool; 2],
    found: Found,
}

/// A fence with its content.
struct Content<'f, 'a> {
    fence: &'f Fence<'a>,
    first: usize,
    /// Index of the line behind it.
    end: usize,
    text: String,
}

impl<'a> Scan<'a> {
    pub(super) fn new(lines: &'a [&'a str], dialect: Dialect, at: usize) -> Self {
        Scan {
            lines,
            dialect,
            at,
            headings: Headings::default(),
            boxes: Vec::new(),
            said: Said::default(),
            awaiting: None,
            paragraph: None,
            after_blank: true,
            in_list: false,
            not_indented_code: 0,
            no_comment_end: [false; 2],
            found: Found::default(),
        }
    }

    pub(super) fn run(mut self) -> Found {
        while self.at < self.lines.len() {
            self.step();
        }
        self.said.interrupted(&mut self.found.notes);
        self.found
    }

    /// Reads one line, or as many as belong together.
    fn step(&mut self) {
        let line = self.lines[self.at];
        if line.trim().is_empty() {
            self.at += 1;
            self.after_blank = true;
            self.paragraph = None;
        } else if self.closes_box(line) {
            self.boxes.pop();
            self.next_line();
        } else if let Some(fence) = fence::opening(line) {
            self.fence(&fence);
        } else if self.tagged(line) {
            self.after_blank = false;
        } else if !self.comment(line) && !self.indented(line) {
            self.text(line);
            self.next_line();
        }
    }

    fn next_line(&mut self) {
        self.at += 1;
        self.after_blank = false;
    }

    fn closes_box(&self, line: &str) -> bool {
        self.boxes
            .last()
            .is_some_and(|fence| fence.is_closed_by(line).is_some())
    }

    /// Skips a comment, and takes what it says to us.
    fn comment(&mut self, line: &str) -> bool {
        let forms = [("<!--", "-->"), ("{/*", "*/}")];
        for (form, (open, close)) in forms.into_iter().enumerate() {
            let Some(start) = line.find(open).filter(|at| !line[..*at].contains('`')) else {
                continue;
            };
            let begins_line = line[..start].trim_matches([' ', '\t', '>']).is_empty();
            let Some((end, inside)) = self.comment_end(start + open.len(), close, form) else {
                continue;
            };
            if end == self.at && !begins_line {
                continue;
            }
            if begins_line {
                self.said.hear(self.at, &inside, &mut self.found.notes);
            } else {
                self.text(&line[..start]);
            }
            self.at = end;
            self.next_line();
            return true;
        }
        false
    }

    fn comment_end(&mut self, from: usize, close: &str, form: usize) -> Option<(usize, String)> {
        let mut inside = String::new();
        for index in self.at..self.lines.len() {
            let line = self.lines[index];
            let text = if index == self.at {
                &line[from..]
            } else {
                line
            };
            if let Some(end) = text.find(close) {
                inside.push_str(&text[..end]);
                return Some((index, inside));
            }
            if self.no_comment_end[form] {
                return None;
            }
            inside.push_str(text);
            inside.push('\n');
        }
        self.no_comment_end[form] = true;
        None
    }

    /// A line of prose, a heading, an element, a list item.
    fn text(&mut self, line: &str) {
        self.said.interrupted(&mut self.found.notes);
        let indent = MARKDOWN.indent(line);
        if let Some(level) = self.underlined(line) {
            let title = headings::plain(self.lines[self.at - 1].trim());
            self.headings.heading(level, title);
            self.paragraph = None;
            return;
        }
        let heading = headings::hashed(line)
            .filter(|_| self.dialect == Dialect::Jsx || self.in_list || indent < indented::COLUMNS);
        if let Some((level, title)) = heading {
            self.lead(&title);
            self.headings.heading(level, title);
            self.in_list &= indent > 0;
            self.paragraph = None;
            return;
        }
        self.headings.elements(&self.lines[self.at..]);
        self.lead(line);
        if fence::list_marker(line.trim_start()).is_some() {
            self.in_list = true;
            self.paragraph = None;
        } else {
            if self.after_blank && indent < 2 {
                self.in_list = false;
            }
            let may_be_title = self.after_blank && !line.trim_start().starts_with(['|', '<', '>']);
            self.paragraph = may_be_title.then_some(self.at);
        }
    }

    fn lead(&mut self, text: &str) {
        if let Some(awaiting) = &mut self.awaiting {
            awaiting.lead.push(text);
        }
    }

    fn underlined(&self, line: &str) -> Option<usize> {
        self.paragraph
            .filter(|above| above + 1 == self.at)
            .and_then(|_| headings::underline(line))
    }

    /// Takes an indented block that is Python.
    fn indented(&mut self, line: &str) -> bool {
        let may_be = self.dialect == Dialect::Plain
            && self.after_blank
            && !self.in_list
            && self.at >= self.not_indented_code
            && MARKDOWN.indent(line) >= indented::COLUMNS;
        if !may_be {
            return false;
        }
        let run = indented::run(self.lines, self.at);
        if !indented::is_python(&run.code) {
            self.not_indented_code = run.end;
            return false;
        }
        let directives = self.said.of_block();
        let block = self.block(
            self.at,
            run.end,
            run.code,
            indented::COLUMNS,
            "",
            directives,
        );
        self.push(block);
        self.at = run.end;
        self.after_blank = false;
        true
    }

    fn fence(&mut self, fence: &Fence<'a>) {
        let (language, rest) = info::read(fence.info);
        self.paragraph = None;
        self.in_list &= fence.indent > 0;
        if language == Language::Container {
            self.boxes.push(fence.clone());
            self.next_line();
            return;
        }
        let opener = self.at;
        let (end, next, closed) = match fence.end(self.lines, opener + 1) {
            End::Closed(end) => (end, end + 1, true),
            End::Open(end) => (self.without_blank_end(opener + 1, end), end, false),
        };
        let content = self.content(fence, opener + 1, end);
        let session = language != Language::Source && salvage::begins_with_prompt(&content.text);
        let is_output = language == Language::Python
            && !session
            && self
                .awaiting
                .as_ref()
                .is_some_and(|above| above.takes_python(&content.text));
        if (language == Language::Python && !is_output) || session {
            self.snippet(&content, rest, session);
            if !closed {
                self.found
                    .notes
                    .push(note_at(opener, "this fence is never closed"));
            }
        } else {
            self.other(&content, language);
        }
        self.at = next.max(opener + 1);
        self.after_blank = false;
    }

    /// Takes the code between a tag and its end, whatever its language.
    fn tagged(&mut self, line: &str) -> bool {
        let Some(tag) = tags::opening(line) else {
            return false;
        };
        let language = info::read(tag.info).0;
        let mut code = Vec::new();
        for (index, line) in self
            .lines
            .iter()
            .enumerate()
            .skip(self.at)
            .take(MOST_TAGGED)
        {
            if index > self.at && tags::opening(line).is_some() {
                break;
            }
            let text = if index == self.at { tag.rest } else { line };
            let end = tag.before_end(text);
            code.push((index, tag.plain(end.unwrap_or(text))));
            if end.is_none() {
                continue;
            }
            let is_full = |(_, text): &(usize, String)| !text.trim().is_empty();
            let first = code.iter().position(is_full);
            let last = code.iter().rposition(is_full);
            if let (Some(first), Some(last), Language::Python) = (first, last, language) {
                let directives = self.said.of_block();
                let text = code[first..=last]
                    .iter()
                    .map(|(_, text)| format!("{text}\n"));
                let (first, end) = (code[first].0, code[last].0 + 1);
                let block = self.block(first, end, text.collect(), 0, tag.info, directives);
                self.push(block);
            }
            self.at = index + 1;
            return true;
        }
        false
    }

    fn without_blank_end(&self, first: usize, mut end: usize) -> usize {
        while end > first && self.lines[end - 1].trim().is_empty() {
            end -= 1;
        }
        end
    }

    fn content<'f>(&self, fence: &'f Fence<'a>, first: usize, end: usize) -> Content<'f, 'a> {
        let mut text = String::new();
        for line in &self.lines[first..end] {
            text.push_str(&fence.content(line));
            text.push('\n');
        }
        Content {
            fence,
            first,
            end,
            text,
        }
    }

    /// Takes a fence of Python.
    fn snippet(&mut self, content: &Content, rest: &str, session: bool) {
        let directives = directives::info(rest).or(&self.said.of_block());
        let mut first = content.first;
        let mut code = content.text.clone();
        let mut notes = Vec::new();
        let options = salvage::option_lines(content.fence.info, &content.text);
        if options > 0 {
            first += options;
            code = code.split_inclusive('\n').skip(options).collect();
        } else if let Some(whole) = salvage::carried(rest, &code).filter(|_| !session) {
            first -= 1;
            code = whole;
            notes.push(note_at(first, "the opening line of the fence carries code"));
        }
        if code.trim().is_empty() {
            return;
        }
        let fence = content.fence;
        let mut indent = fence.indent;
        if let Some((columns, dedented)) = salvage::dedented(&code) {
            indent += columns;
            code = dedented;
            notes.push(note_at(
                first,
                "all lines of the fence are indented, which is left out",
            ));
        }
        let mut block = self.block(first, content.end, code, indent, fence.info, directives);
        block.notes = notes;
        self.push(block);
    }

    fn block(
        &self,
        first: usize,
        end: usize,
        code: String,
        indent: usize,
        info: &str,
        directives: Directives,
    ) -> Block {
        let code = python::with_own_prompts(code);
        Block {
            first,
            last: end - 1,
            form: python::form(&code),
            code,
            indent,
            info: info.to_owned(),
            headings: self.headings.titles(),
            lead: None,
            directives,
            answers: Vec::new(),
            notes: Vec::<Note>::new(),
        }
    }

    fn push(&mut self, block: Block) {
        self.awaiting = Some(Awaiting::new(self.found.blocks.len()));
        self.found.blocks.push(block);
    }

    /// A fence of something else, perhaps the output of the snippet above.
    fn other(&mut self, content: &Content, language: Language) {
        let lines = Lines::new(
            Line::from_index(content.first),
            Line::from_index(content.end - 1),
        );
        let (found, said) = (&mut self.found, &mut self.said);
        answer::other(
            found,
            &mut self.awaiting,
            said,
            language,
            lines,
            &content.text,
        );
    }
}
