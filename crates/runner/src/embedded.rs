//! The `CPython` that this binary is linked with.

/// The interpreter whose library this binary is linked with.
pub(crate) const EXECUTABLE: &str = env!("SNIPCHECK_PYTHON");

/// The linked library's own version.
pub(crate) fn version() -> String {
    // SAFETY: Py_GetVersion may be called before the interpreter is initialised, and gives a static string.
    #[expect(unsafe_code, reason = "the C API")]
    let text = unsafe { std::ffi::CStr::from_ptr(pyo3::ffi::Py_GetVersion()) };
    let text = text.to_string_lossy();
    text.split(' ').next().unwrap_or_default().to_owned()
}
