//! Tells where the linked Python lives: its library at run time, its executable for child processes.

fn main() {
    #[cfg(feature = "embedded")]
    embedded();
}

#[cfg(feature = "embedded")]
fn embedded() {
    let python = pyo3_build_config::get();
    // The argument is for this crate's own tests; a binary that uses the crate reads the metadata.
    if let Some(folder) = python.lib_dir() {
        println!("cargo::metadata=lib_dir={folder}");
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    }
    let executable = python.executable().unwrap_or("python3");
    println!("cargo:rustc-env=SNIPCHECK_PYTHON={executable}");
}
