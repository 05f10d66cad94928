//! The command `snipcheck`, as a program of its own.

use snipcheck::{Program, SLOT_COMMAND};
use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    if env::args_os().nth(1).is_some_and(|arg| arg == SLOT_COMMAND) {
        return snipcheck::slot().into();
    }
    match env::current_exe() {
        Ok(file) => snipcheck::main(env::args_os(), &Program::binary(file)).into(),
        Err(error) => {
            // Nothing is left to be told when stderr is gone as well.
            let _ = writeln!(
                io::stderr(),
                "error: this program cannot find itself: {error}"
            );
            ExitCode::FAILURE
        }
    }
}
