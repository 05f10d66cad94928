//! Lets the binary find the Python that the runner is linked with, wherever that lives.

fn main() {
    // Set by the runner's build script through its `links` key; absent without the embedded engine.
    println!("cargo::rerun-if-env-changed=DEP_SNIPCHECK_PYTHON_LIB_DIR");
    if let Ok(folder) = std::env::var("DEP_SNIPCHECK_PYTHON_LIB_DIR") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{folder}");
    }
}
