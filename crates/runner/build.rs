//! Tells where the linked Python lives: its library at run time, its executable for child processes.

fn main() {
    #[cfg(feature = "embedded")]
    embedded();
}

#[cfg(feature = "embedded")]
fn embedded() {
    let python = pyo3_build_config::get();
    // For this crate's own tests; a final binary needs the same line in its own build script.
    if let Some(folder) = python.lib_dir() {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    }
    let executable = python.executable().unwrap_or("python3");
    println!("cargo:rustc-env=SNIPCHECK_PYTHON={executable}");
}
