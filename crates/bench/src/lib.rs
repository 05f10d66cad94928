//! Says what measurements of Python code show, and where they do not show enough.
//!
//! A guide says that threads give no speed-up, that processes do, that one way is twice as fast as another. Machines
//! differ and are noisy, so seconds are never graded: what counts are ratios within one run, and better still their
//! causes. This crate knows numbers only: no guide, no process, no clock. From a [`Measurement`] it makes an
//! [`Answer`] with its reasons, and where the evidence is not enough it says so.

mod answer;
mod measurement;
mod sharing;
mod speed;

pub use answer::{Answer, Claim, Doubt, Judgement, judge};
pub use measurement::{Measurement, Mode, Run, Worker};
pub use sharing::{Sharing, Signs, sharing};
pub use speed::{Clock, Interval, Noise, noise, ratio};
