//! The extension module of the Python package: the command, and the slots that it starts, in the very interpreter
//! that the package is installed in.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use snipcheck::Program;
use std::ffi::OsString;
use std::path::PathBuf;

/// The extension module.
#[pymodule]
mod _snipcheck {
    #[pymodule_export]
    use super::{main, slot};
}

/// Does what a command line says, whose first part is the name of the program: the exit code.
///
/// `file` is the file of this module, `python` the interpreter that can load it.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<OsString>, file: PathBuf, python: PathBuf) -> u8 {
    py.detach(|| snipcheck::main(arguments, &Program::module(file, python)))
}

/// Makes this process a slot, and ends it.
#[pyfunction]
#[pyo3(signature = (*_nothing))]
fn slot(_nothing: &Bound<'_, PyTuple>) {
    std::process::exit(snipcheck::slot().into());
}
