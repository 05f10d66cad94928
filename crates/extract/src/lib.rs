//! From a document to a [`Guide`](snipcheck_core::Guide): finds the Python code of Markdown, MDX, flattened pages,
//! `reStructuredText`, notebooks and docstrings.
//!
//! Pure and total: any bytes give a guide, a doubt becomes a note. Knows nothing of running or judging.

mod assemble;
mod block;
mod columns;
mod decode;
mod depth;
mod directives;
mod docstring;
mod expectations;
mod file;
mod format;
mod ids;
mod markdown;
mod mojibake;
mod names;
mod notebook;
mod page;
mod python;
mod rst;
mod text;
mod transcript;
mod version;

pub use assemble::guide;
pub use page::{Page, Row, Spot};
