//! Holds what a guide states against what really came out: expectations and outcomes in, verdicts out.
//!
//! Pure: no I/O, no clock, no Python. A verdict is `fail` only where a reader could see with their own
//! eyes that the guide is wrong; whatever does not read as a value, was never reached or cannot be
//! told from one run is `skip`, with the reason.

mod called;
mod case;
mod code;
mod compare;
mod continued;
mod doubt;
mod evidence;
mod kinds;
mod limited;
mod matrix;
mod opinion;
mod packages;
mod python_2;
mod reading;
mod report;
mod rule;
mod similar;
mod status;
mod stubs;
mod surroundings;
#[cfg(test)]
mod tests;

pub use matrix::across;
pub use opinion::{in_context, is_open, lacks_file, second_opinion};
pub use report::{check, list};
