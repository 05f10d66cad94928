//! What the figures were taken on: two of them are compared only where this is the same.

use serde::{Deserialize, Serialize};
use std::fs;

/// The machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Machine {
    /// The processor's name.
    pub(crate) processor: String,
    /// Cores that this process may use.
    pub(crate) cores: usize,
    /// Whether cores share their units with each other, as far as the system tells.
    pub(crate) threads_share_cores: Option<bool>,
    /// Whether it is a virtual one.
    pub(crate) is_virtual: bool,
    /// The kernel's release.
    pub(crate) kernel: String,
    /// How the clock of the first core is governed, where that can be seen.
    pub(crate) governor: Option<String>,
}

impl Machine {
    pub(crate) fn here() -> Machine {
        let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let field = |name: &str| {
            cpu.lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(key, _)| key.trim() == name)
                .map(|(_, value)| value.trim().to_owned())
        };
        let text = |path: &str| fs::read_to_string(path).ok().map(|t| t.trim().to_owned());
        Machine {
            processor: field("model name").unwrap_or_else(|| "an unknown processor".to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            threads_share_cores: text("/sys/devices/system/cpu/smt/active").map(|on| on == "1"),
            is_virtual: field("flags")
                .is_some_and(|flags| flags.split(' ').any(|flag| flag == "hypervisor")),
            kernel: text("/proc/sys/kernel/osrelease").unwrap_or_default(),
            governor: text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        }
    }
}
