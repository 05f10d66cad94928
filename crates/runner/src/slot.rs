//! A slot: our own binary again, single-threaded, which forks one jailed process a work unit.
//!
//! It must not know the guide or what is expected of a snippet, and it must not have threads: a fork of a
//! process with threads may hang on a lock that another one held.

mod aside;
mod file;
#[cfg(feature = "measure")]
pub mod measure;
mod outcome;
mod unit;

use crate::wire::{Answer, Order, Start};
use snipcheck_core::PythonInfo;
use snipcheck_sandbox::{Jail, Spec};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::os::fd::{AsFd, OwnedFd};
use unit::Python;

/// The body of the hidden subcommand: serves work units from stdin until it is closed. The exit code.
pub fn slot() -> u8 {
    let Ok((orders, mut answers)) = own_pipes() else {
        return 1;
    };
    match serve(BufReader::new(orders), &mut answers) {
        Ok(()) => 0,
        Err(why) => {
            // When the broker is gone, nobody hears it.
            tell(&mut answers, &Answer::Failed { why }).ok();
            1
        }
    }
}

/// Takes stdin and stdout away from whatever runs here, so that nobody else can talk to the broker.
fn own_pipes() -> io::Result<(File, File)> {
    let orders: OwnedFd = io::stdin().as_fd().try_clone_to_owned()?;
    let answers: OwnedFd = io::stdout().as_fd().try_clone_to_owned()?;
    let null = OpenOptions::new()
        .read(true)
        .write(true)
        .open("/dev/null")?;
    unit::replace_standard_streams(&null)?;
    Ok((orders.into(), answers.into()))
}

fn serve(mut orders: BufReader<File>, answers: &mut File) -> Result<(), String> {
    snipcheck_sandbox::end_with_parent().map_err(|error| explain(&error))?;
    let mut line = String::new();
    orders
        .read_line(&mut line)
        .map_err(|error| error.to_string())?;
    let start: Start = serde_json::from_str(&line).map_err(|error| error.to_string())?;
    let jail = enter(&start)?;
    let sandbox = jail.info();
    if sandbox.level < start.least_level {
        return tell(answers, &Answer::TooWeak { sandbox }).map_err(|error| error.to_string());
    }
    let mut python = Python::start(&start, &jail)?;
    jail.close().map_err(|error| explain(&error))?;
    let ready = Answer::Ready {
        python: PythonInfo {
            version: start.python.version.clone(),
            engine: start.engine.to_string(),
        },
        sandbox,
    };
    tell(answers, &ready).map_err(|error| error.to_string())?;
    loop {
        line.clear();
        match orders.read_line(&mut line) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
        let order: Order = serde_json::from_str(&line).map_err(|error| error.to_string())?;
        let (outcome, usable) = unit::run(&jail, &mut python, &order.unit);
        let done = Answer::Done {
            index: order.index,
            outcome: Box::new(outcome),
        };
        tell(answers, &done).map_err(|error| error.to_string())?;
        if !usable {
            return Err("it has to end".to_owned());
        }
    }
}

/// Builds the walls around this process.
fn enter(start: &Start) -> Result<Jail, String> {
    let spec = Spec {
        readable: start.python.readable.clone(),
        folder: start.folder.clone(),
    };
    Jail::enter(spec).map_err(|error| explain(&error))
}

fn tell(answers: &mut File, answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    answers.write_all(&line)
}

fn explain(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
