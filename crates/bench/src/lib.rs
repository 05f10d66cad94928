//! Says what measurements of Python code show, and where they do not show enough.
//!
//! A guide says that threads give no speed-up, that processes do, that one way is twice as fast as another. Machines
//! differ and are noisy, so seconds are never graded: what counts are ratios within one run, and better still their
//! causes. The way of a claim through this crate:
//!
//! - [`hypotheses`]: from the words of a guide and the code beside them to a [`Question`];
//! - [`measure`]: which process is run next, by an [`Executor`] that somebody else has; and [`run`]: from what was
//!   seen of a process to what one part of it did;
//! - [`judge`]: from a [`Measurement`] to an [`Answer`] with its reasons. Where the evidence is not enough it says so.
//!
//! No process and no clock is in here, so that everything can be tried with numbers that are written down.

mod answer;
mod contest;
mod growth;
mod ledger;
mod measurement;
mod read;
mod schedule;
mod sharing;
mod speed;
mod suite;
mod weight;

pub use answer::{Answer, Claim, Doubt, Judgement, Noisy, enough, judge};
pub use contest::{Contest, Opening, Round, Side, TURNS};
pub use growth::{Growth, PARTS};
pub use ledger::run;
pub use measurement::{Measurement, Mode, Run, Worker};
pub use read::{
    Base, Dimension, Flaw, Hypothesis, Question, Reading, Span, Stated, Sum, Thing, Weighing,
    hypotheses, spoken,
};
pub use schedule::{Executor, Plan, measure};
pub use sharing::{Lock, PATIENCE, Sharing, Signs, lock, sharing};
pub use speed::{Clock, Interval, Noise, noise, ratio};
pub use suite::{Row, Shown, WORKLOADS, Way, program};
pub use weight::{Measure, Weighed, weigh};
