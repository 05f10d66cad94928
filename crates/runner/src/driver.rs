//! The program that runs in a snippet's process, put together from its files by the build script.
//!
//! It is one Python program, so that every engine can take it as one text; its parts know each other's names.

/// The driver's source text.
pub(crate) const DRIVER: &str = include_str!(concat!(env!("OUT_DIR"), "/driver.py"));

/// What the linked Python makes of it, behind the head of a `.pyc` file; may be empty.
#[cfg(feature = "embedded")]
pub(crate) const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/driver.pyc"));
