//! The JSON of a notebook, with the place in the file of what is read from it.
//!
//! Values are kept raw: a raw value is a part of the text, and so tells where it stands.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A notebook: its cells and where they stand.
pub(super) struct Notebook<'a> {
    pub(super) cells: Vec<Cell<'a>>,
    pub(super) place: Place<'a>,
}

#[derive(Deserialize)]
struct Root<'a> {
    #[serde(borrow)]
    cells: Option<Vec<Cell<'a>>>,
    /// In nbformat 3 cells stand in worksheets.
    #[serde(borrow)]
    worksheets: Option<Vec<Worksheet<'a>>>,
}

#[derive(Deserialize)]
struct Worksheet<'a> {
    #[serde(borrow, default)]
    cells: Vec<Cell<'a>>,
}

/// A cell as it is written.
#[derive(Deserialize)]
pub(super) struct Cell<'a> {
    #[serde(borrow, rename = "cell_type")]
    holds: Cow<'a, str>,
    #[serde(borrow)]
    source: Option<&'a RawValue>,
    /// The source of a code cell in nbformat 3.
    #[serde(borrow)]
    input: Option<&'a RawValue>,
    #[serde(borrow)]
    language: Option<Cow<'a, str>>,
    #[serde(alias = "prompt_number")]
    pub(super) execution_count: Option<u64>,
    #[serde(borrow, default)]
    pub(super) outputs: Vec<Output<'a>>,
}

/// A stored output as it is written.
#[derive(Deserialize)]
pub(super) struct Output<'a> {
    #[serde(borrow, rename = "output_type")]
    pub(super) tells: Cow<'a, str>,
    /// `stdout` or `stderr`; in nbformat 3 it is called `stream`.
    #[serde(borrow, alias = "stream")]
    pub(super) name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) text: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) data: Option<Data<'a>>,
    #[serde(borrow)]
    pub(super) ename: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) evalue: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) traceback: Vec<String>,
}

/// A value in several forms, of which only plain text is read.
#[derive(Deserialize)]
pub(super) struct Data<'a> {
    #[serde(borrow, rename = "text/plain")]
    pub(super) plain: Option<&'a RawValue>,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    Markdown,
    Other,
}

impl<'a> Cell<'a> {
    pub(super) fn kind(&self) -> Kind {
        match self.holds.as_ref() {
            "code" => Kind::Code,
            "markdown" | "heading" => Kind::Markdown,
            _ => Kind::Other,
        }
    }

    /// nbformat 3 tells the language of each cell.
    pub(super) fn is_python(&self) -> bool {
        self.language
            .as_deref()
            .is_none_or(|name| name.starts_with("python"))
    }

    pub(super) fn source(&self) -> Option<&'a RawValue> {
        self.source.or(self.input)
    }
}

/// Reads the JSON of a notebook.
pub(super) fn read(text: &str) -> Result<Notebook<'_>, serde_json::Error> {
    let root: Root<'_> = serde_json::from_str(text)?;
    let sheets = root.worksheets.into_iter().flatten();
    let cells = root.cells.into_iter().flatten();
    Ok(Notebook {
        cells: cells.chain(sheets.flat_map(|sheet| sheet.cells)).collect(),
        place: Place::new(text),
    })
}

/// Tells where a raw value stands.
pub(super) struct Place<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// A text that JSON holds as a string or as a list of lines.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// The text, its lines ended by `\n`.
    pub(super) text: String,
    /// Index of the file's line with its first line.
    pub(super) line: usize,
    /// Index of the file's line with its last line.
    pub(super) last: usize,
    /// Whether line `n` of it stands on line `line + n` of the file.
    pub(super) is_placed: bool,
}

impl<'a> Place<'a> {
    fn new(text: &'a str) -> Self {
        let newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        Place {
            text,
            starts: std::iter::once(0).chain(newlines).collect(),
        }
    }

    /// The index of the line on which a value begins.
    fn line(&self, raw: &RawValue) -> usize {
        // A raw value is borrowed from the text, so that their addresses tell how far it is from the start.
        let offset = raw
            .get()
            .as_ptr()
            .addr()
            .saturating_sub(self.text.as_ptr().addr());
        self.starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    /// The text that a value holds, empty for anything but a string or a list of strings.
    pub(super) fn source(&self, raw: Option<&'a RawValue>) -> Source {
        let Some(raw) = raw else {
            return Source::default();
        };
        let parts: Vec<&'a RawValue> = match serde_json::from_str(raw.get()) {
            Ok(parts) => parts,
            Err(_) => vec![raw],
        };
        let mut source = Source {
            line: parts.first().map_or(0, |part| self.line(part)),
            last: parts.last().map_or(0, |part| self.line(part)),
            is_placed: true,
            text: String::new(),
        };
        let count = parts.len();
        for (index, part) in parts.into_iter().enumerate() {
            let text: String = serde_json::from_str(part.get()).unwrap_or_default();
            let text = text.replace("\r\n", "\n").replace('\r', " ");
            let newlines = text.matches('\n').count();
            let is_line =
                text.ends_with('\n') && newlines == 1 || newlines == 0 && index + 1 == count;
            source.is_placed &= is_line && self.line(part) == source.line + index;
            source.text.push_str(&text);
        }
        source
    }
}
