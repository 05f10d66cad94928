//! The program that runs in a snippet's process, put together from its files.
//!
//! It is one Python program, so that every engine can take it as one text; its parts know each other's names.

/// The driver's source text.
pub(crate) const DRIVER: &str = concat!(
    include_str!("driver/start.py"),
    "\n\n",
    include_str!("driver/reporter.py"),
    "\n\n",
    include_str!("driver/show.py"),
    "\n\n",
    include_str!("driver/source.py"),
    "\n\n",
    include_str!("driver/watcher.py"),
    "\n\n",
    include_str!("driver/taint.py"),
    "\n\n",
    include_str!("driver/runner.py"),
    "\n\n",
    include_str!("driver/block.py"),
    "\n\n",
    include_str!("driver/ahead.py"),
    "\n\n",
    include_str!("driver/end.py"),
);
