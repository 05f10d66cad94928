//! The JSON contract on one writer.

use snipcheck_core::Report;
use std::io::{self, Write};

/// Prints the report as JSON, in one object.
pub(crate) fn print(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    writeln!(out)
}
