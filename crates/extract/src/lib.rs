//! From a document to a [`Guide`](snipcheck_core::Guide)(snipcheck_core::Guide): finds the Python code of Markdown, MDX and flattened pages.
//!
//! Pure and total: any bytes give a guide, a doubt becomes a note. Knows nothing of running or judging.

mod assemble;
mod block;
mod columns;
mod decode;
mod depth;
mod directives;
mod expectations;
mod format;
mod ids;
mod markdown;
mod mojibake;
mod python;
mod text;

pub use assemble::guide;
