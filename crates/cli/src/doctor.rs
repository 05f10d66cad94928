//! `snipcheck doctor`: which interpreters there are, which layers of the sandbox work here.

use crate::args::ListFormat;
use anyhow::Result;
use serde::Serialize;
use snipcheck_core::{LayerState, SandboxInfo};
use snipcheck_runner::{Interpreter, interpreter::Finder};
use std::io::Write;

#[derive(Debug, Serialize)]
struct Findings {
    snipcheck: &'static str,
    /// The one that is linked in.
    embedded: Option<Interpreter>,
    /// One of each minor version, on `PATH` or kept by pyenv or uv.
    interpreters: Vec<Interpreter>,
    sandbox: SandboxInfo,
}

/// Looks around and prints what was found.
pub(crate) fn doctor(format: ListFormat, out: &mut dyn Write) -> Result<()> {
    let embedded = Finder::default().embedded();
    let readable = embedded
        .iter()
        .flat_map(|python| python.readable.clone())
        .collect();
    let findings = Findings {
        snipcheck: env!("CARGO_PKG_VERSION"),
        embedded,
        interpreters: Finder::default().installed(),
        sandbox: snipcheck_sandbox::probe(readable)?,
    };
    match format {
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &findings)?;
            writeln!(out)?;
        }
        ListFormat::Text => print(&findings, out)?,
    }
    Ok(())
}

fn print(findings: &Findings, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "snipcheck {}", findings.snipcheck)?;
    match &findings.embedded {
        Some(python) => writeln!(out, "\nembedded engine: Python {}", python.version)?,
        None => writeln!(
            out,
            "\nembedded engine: not in this build, or its Python is gone; the subprocess engine is used"
        )?,
    }
    writeln!(out, "interpreters:")?;
    for python in &findings.interpreters {
        writeln!(out, "  {:<8} {}", python.version, python.path.display())?;
    }
    if findings.interpreters.is_empty() {
        writeln!(
            out,
            "  none; install Python 3.8 or newer, or name one with --python"
        )?;
    }
    writeln!(out, "\nsandbox: level {} of 4", findings.sandbox.level)?;
    for layer in &findings.sandbox.layers {
        let state = match layer.state {
            LayerState::Active => "active",
            LayerState::Degraded => "degraded",
            LayerState::Missing => "missing",
        };
        writeln!(out, "  {:<12} {state:<9} {}", layer.name, layer.detail)?;
    }
    Ok(())
}
