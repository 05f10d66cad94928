//! What is made of the arguments as they are declared: completions for shells, and pages of the manual.

use crate::args::Cli;
use crate::exit::Exit;
use crate::near;
use anyhow::{Result, anyhow};
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io::Write;

/// `snipcheck completions`
pub(crate) fn completions(shell: Shell, out: &mut dyn Write) -> Result<Exit> {
    // Into memory first: what makes them does not bear a reader that leaves early.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "snipcheck", &mut text);
    out.write_all(&text)?;
    Ok(Exit::Fine)
}

/// `snipcheck man`
pub(crate) fn man(command: Option<&str>, out: &mut dyn Write) -> Result<Exit> {
    let mut all = Cli::command();
    all.build();
    let Some(name) = command else {
        Man::new(all).render(out)?;
        return Ok(Exit::Fine);
    };
    let Some(one) = all.find_subcommand(name) else {
        let names = all.get_subcommands().map(clap::Command::get_name);
        let help = near::nearest(name, names)
            .map_or("`snipcheck --help` lists the commands".to_owned(), |near| {
                format!("did you mean `{near}`?")
            });
        return Err(anyhow!("there is no command `{name}`\n  help: {help}"));
    };
    Man::new(one.clone()).render(out)?;
    Ok(Exit::Fine)
}
