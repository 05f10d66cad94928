//! The command line of snipcheck: arguments, files, wiring and printers. What is found, run and judged
//! is the business of the other crates.
//!
//! It is a library so that a Python package can bring the same command.

mod args;
mod bench;
mod cache;
mod check;
mod cluster;
mod commands;
mod config;
mod doctor;
mod exit;
mod expected;
mod explain;
mod fix;
mod generated;
mod guides;
mod init;
mod job;
mod lanes;
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
mod watch;
mod wildcard;

use crate::args::{Cli, Color, Command};
use crate::config::Config;
use crate::exit::{Ending, Exit};
use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Result};
use clap::Parser;
use std::ffi::OsString;
use std::io::{self, Write};

pub use snipcheck_runner::{Program, SLOT_COMMAND, slot};

/// Does what the command line `arguments` say, whose first one is the name of the program: the exit code.
///
/// From then on Ctrl-C and a request to end no longer end this process; they end what it runs.
pub fn main(arguments: impl IntoIterator<Item = OsString>, program: &Program) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing is left to be told when its stream is gone as well.
            error.print().ok();
            return u8::try_from(error.exit_code()).unwrap_or(Exit::Usage.into());
        }
    };
    let choice = match cli.color {
        Color::Auto => AutoStream::choice(&io::stdout()),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let mut out = AutoStream::new(io::stdout(), choice);
    let result =
        dispatch(&cli, program, &mut out).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    match result {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => Exit::Fine.into(),
        Err(error) => {
            let exit = error
                .downcast_ref::<Ending>()
                .map_or(Exit::Usage, |e| e.exit);
            // Nothing is left to be told when stderr is gone as well.
            let message = format!("{error:#}");
            let word = explain::coded("error", &message);
            let _ = writeln!(io::stderr(), "{word}: {message}");
            exit.into()
        }
    }
}

fn dispatch(cli: &Cli, program: &Program, out: &mut dyn Write) -> Result<Exit> {
    let load = || {
        let here = std::env::current_dir().context("failed to find the current folder")?;
        Config::load(cli.config.as_deref(), &here, program.clone())
    };
    match &cli.command {
        Command::Run(args) => commands::run(args, &load()?, out),
        Command::List(args) => commands::list(args, &load()?, out),
        Command::Watch(args) => watch::watch(args, &load, out),
        Command::Diff(args) => commands::diff(args, &load()?, out),
        Command::Extract(args) => commands::extract(args, &load()?, out),
        Command::Fix(args) => commands::fix(args, &load()?, out),
        Command::Accept(args) => commands::accept(args, &load()?, out),
        Command::Bench(args) => bench::bench(args, &load()?, out),
        Command::Init(args) => init::init(args, out),
        Command::Worker(args) => commands::worker(args, &load()?, out),
        Command::Cache { command } => cache::cache(*command, out),
        Command::Doctor(args) => doctor::doctor(args.format, out).map(|()| Exit::Fine),
        Command::Explain { code } => explain::explain(code.as_deref(), out),
        Command::Completions { shell } => generated::completions(*shell, out),
        Command::Man { command } => generated::man(command.as_deref(), out),
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
