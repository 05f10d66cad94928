//! Puts the driver together, and tells where the linked Python lives: its library at run time, its executable for
//! child processes.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// The driver's files, in the order in which they make one program.
const DRIVER: [&str; 10] = [
    "start", "reporter", "show", "source", "watcher", "taint", "runner", "block", "ahead", "end",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var_os("OUT_DIR").ok_or("cargo says where to write to")?;
    let driver = Path::new(&out).join("driver.py");
    let parts: Result<Vec<String>, _> = DRIVER
        .iter()
        .map(|name| fs::read_to_string(format!("src/driver/{name}.py")))
        .collect();
    fs::write(&driver, parts?.join("\n\n"))?;
    // Where nobody compiled it ahead, each slot does.
    fs::write(driver.with_extension("pyc"), b"")?;
    #[cfg(feature = "linked")]
    linked(&driver);
    Ok(())
}

/// Writes what Python makes of the text that it is given the path of.
#[cfg(feature = "linked")]
const COMPILE: &str = "\
import sys, marshal, importlib.util
with open(sys.argv[1], 'rb') as text:
    code = compile(text.read(), 'driver.py', 'exec', dont_inherit=True, optimize=0)
with open(sys.argv[1] + 'c', 'wb') as file:
    file.write(importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(code))";

#[cfg(feature = "linked")]
fn linked(driver: &Path) {
    let python = pyo3_build_config::get();
    // The argument is for this crate's own tests; a binary that uses the crate reads the metadata.
    if let Some(folder) = python.lib_dir() {
        println!("cargo::metadata=lib_dir={folder}");
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    }
    let executable = python.executable().unwrap_or("python3");
    println!("cargo:rustc-env=SNIPCHECK_PYTHON={executable}");
    // It cannot be run where it is for another machine.
    let mut compile = std::process::Command::new(executable);
    compile
        .args(["-I", "-S", "-c", COMPILE])
        .arg(driver)
        .status()
        .ok();
}
