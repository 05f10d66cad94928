//! The command line of snipcheck: arguments, files, wiring and printers. What is found, run and judged
//! is the business of the other crates.

mod args;
mod bench;
mod cache;
mod check;
mod commands;
mod config;
mod doctor;
mod exit;
mod expected;
mod fix;
mod guides;
mod job;
mod near;
mod opinion;
mod packages;
mod print;
mod progress;
mod pythons;
mod reports;
mod select;
mod settings;
mod shard;
mod store;
mod verdict;
mod wildcard;

use crate::args::{Cli, Color, Command};
use crate::config::Config;
use crate::exit::{Ending, Exit};
use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Result};
use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|arg| arg == snipcheck_runner::SLOT_COMMAND)
    {
        return snipcheck_runner::slot();
    }
    let cli = Cli::parse();
    let choice = match cli.color {
        Color::Auto => AutoStream::choice(&io::stdout()),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let mut out = AutoStream::new(io::stdout(), choice);
    let result = dispatch(&cli, &mut out).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    match result {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => Exit::Fine.into(),
        Err(error) => {
            let exit = error
                .downcast_ref::<Ending>()
                .map_or(Exit::Usage, |e| e.exit);
            // Nothing is left to be told when stderr is gone as well.
            let _ = writeln!(io::stderr(), "error: {error:#}");
            exit.into()
        }
    }
}

fn dispatch(cli: &Cli, out: &mut dyn Write) -> Result<Exit> {
    let here = std::env::current_dir().context("failed to find the current folder")?;
    let config = Config::load(cli.config.as_deref(), &here)?;
    match &cli.command {
        Command::Run(args) => commands::run(args, &config, out),
        Command::List(args) => commands::list(args, &config, out),
        Command::Diff(args) => commands::diff(args, &config, out),
        Command::Extract(args) => commands::extract(args, &config, out),
        Command::Fix(args) => commands::fix(args, &config, out),
        Command::Accept(args) => commands::accept(args, &config, out),
        Command::Bench(args) => bench::bench(args, &config, out),
        Command::Worker(args) => commands::worker(&args.engine, &config, out),
        Command::Cache { command } => cache::cache(*command, out),
        Command::Doctor(args) => doctor::doctor(args.format, out).map(|()| Exit::Fine),
    }
}

/// Someone who reads only the head of the output has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
