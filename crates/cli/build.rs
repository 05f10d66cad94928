//! Lets the binary find the Python that it is linked with, wherever that lives.

fn main() {
    #[cfg(feature = "embedded")]
    if let Some(folder) = pyo3_build_config::get().lib_dir() {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    }
}
