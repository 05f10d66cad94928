//! Where a run is told: on stdout, and in the files that were asked for.

use crate::args::{ReportFormat, RunArgs};
use crate::print::{Reporter, github, html, json, junit, sarif, text};
use crate::settings::Demands;
use crate::store;
use anyhow::{Context, Result, bail};
use snipcheck_core::{Guide, Report};
use std::io::{BufWriter, IntoInnerError, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Every report of one run.
pub(crate) struct Reports<'o> {
    shown: Box<dyn Reporter>,
    out: &'o mut dyn Write,
    files: Vec<Written>,
}

/// A report that becomes a file when it is whole.
struct Written {
    path: PathBuf,
    reporter: Box<dyn Reporter>,
    file: BufWriter<NamedTempFile>,
}

impl<'o> Reports<'o> {
    pub(crate) fn new(args: &RunArgs, demands: &Demands, out: &'o mut dyn Write) -> Result<Self> {
        let files = args
            .report
            .iter()
            .map(|path| Written::new(path, args, demands));
        Ok(Reports {
            shown: reporter(args.format, args, demands)?,
            out,
            files: files.collect::<Result<_>>()?,
        })
    }

    pub(crate) fn part(&mut self, report: &Report, guides: &[Guide]) -> Result<()> {
        self.shown.part(report, guides, self.out)?;
        for one in &mut self.files {
            let written = one.reporter.part(report, guides, &mut one.file);
            written.with_context(|| unwritten(&one.path))?;
        }
        Ok(())
    }

    pub(crate) fn end(mut self, whole: &Report) -> Result<()> {
        self.shown.end(whole, self.out)?;
        for one in self.files {
            one.end(whole)?;
        }
        Ok(())
    }
}

impl Written {
    fn new(path: &Path, args: &RunArgs, demands: &Demands) -> Result<Self> {
        Ok(Written {
            reporter: reporter(format(path)?, args, demands)?,
            path: path.to_owned(),
            file: BufWriter::new(store::begin(path)?),
        })
    }

    fn end(mut self, whole: &Report) -> Result<()> {
        let written = self.reporter.end(whole, &mut self.file);
        written.with_context(|| unwritten(&self.path))?;
        let file = self.file.into_inner().map_err(IntoInnerError::into_error);
        store::finish(file.with_context(|| unwritten(&self.path))?, &self.path)
    }
}

fn unwritten(path: &Path) -> String {
    format!("failed to write the report `{}`", path.display())
}

/// What a file is to hold, by its name.
fn format(path: &Path) -> Result<ReportFormat> {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    let is_sarif = path
        .to_string_lossy()
        .to_lowercase()
        .ends_with(".sarif.json");
    Ok(match extension.as_deref() {
        Some("json") if is_sarif => ReportFormat::Sarif,
        Some("json") => ReportFormat::Json,
        Some("xml") => ReportFormat::Junit,
        Some("sarif") => ReportFormat::Sarif,
        Some("html" | "htm") => ReportFormat::Html,
        _ => bail!(
            "`{}` does not say what report it is\n  help: end it with `.xml` (junit), `.html`, `.sarif` or `.json`",
            path.display()
        ),
    })
}

fn reporter(format: ReportFormat, args: &RunArgs, demands: &Demands) -> Result<Box<dyn Reporter>> {
    let demands = demands.clone();
    Ok(match format {
        ReportFormat::Json => Box::new(json::Json::new(demands)),
        ReportFormat::Junit => Box::new(junit::JunitXml::new(demands)),
        ReportFormat::Github => Box::new(github::Github::new(demands)),
        ReportFormat::Sarif => Box::new(sarif::Sarif::new(demands)),
        ReportFormat::Html => {
            Box::new(html::Html::new(demands).context("failed to make room for the page")?)
        }
        ReportFormat::Text => Box::new(text::Text::new(args.verbose, demands)),
    })
}
