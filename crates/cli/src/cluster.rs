//! `--cluster`: finds a Python that has Ray, connects, and tells a person how the cluster is doing.

use crate::args::{ClusterArgs, EngineArgs};
use crate::config::Config;
use crate::packages;
use crate::print;
use crate::progress::Progress;
use crate::settings::{find_python, missing, refused};
use anyhow::Result;
use snipcheck_core::ClusterInfo;
use snipcheck_runner::Cluster;
use snipcheck_runner::cluster::{Address, Connect};
use snipcheck_runner::interpreter::{Finder, Interpreter};
use std::fs;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How often somebody is told what happened.
const LOOK: Duration = Duration::from_millis(250);
/// How often a log, in which no bar moves, gets a line.
const LOG: Duration = Duration::from_secs(10);
/// The most guides, or thousands of snippets, that are worked on at once.
const MOST_LANES: usize = 32;

/// Connects to the cluster that was asked for; nothing where none was.
pub(crate) fn connect(
    args: &ClusterArgs,
    engine: &EngineArgs,
    config: &Config,
) -> Result<Option<Cluster>> {
    let Some(address) = &args.address else {
        return Ok(None);
    };
    let connect = Connect {
        address: Address::clone(address),
        python: with_ray(args, config)?.path,
        program: config.program.clone(),
        jobs: engine.jobs,
        patience: args.cluster_patience,
    };
    Ok(Some(Cluster::connect(connect).map_err(refused)?))
}

/// A Python that has Ray.
fn with_ray(args: &ClusterArgs, config: &Config) -> Result<Interpreter> {
    let finder = Finder::default();
    if let Some(version) = &args.with_ray {
        let package = version
            .as_ref()
            .map_or("ray[client]".to_owned(), |version| {
                format!("ray[client]=={version}")
            });
        let base = find_python(args.ray_python.as_deref(), &finder)?;
        return packages::with(&[package], &base, &finder);
    }
    if let Some(name) = &args.ray_python {
        return find_python(Some(name), &finder);
    }
    let own = config.program.python();
    let candidates = own
        .map(|path| path.display().to_string())
        .into_iter()
        .chain(["python3", "python"].map(str::to_owned));
    candidates
        .filter_map(|name| finder.probe(&name).ok())
        .find(has_ray)
        .ok_or_else(|| {
            missing("no Python here has Ray\n  help: `pip install \"ray[client]\"`, --ray-python for one that has it, or --with-ray to let uv make one")
        })
}

fn has_ray(python: &Interpreter) -> bool {
    let question = "import sys, importlib.util; sys.exit(importlib.util.find_spec('ray') is None)";
    Command::new(&python.path)
        .args(["-c", question])
        .current_dir("/")
        .stdin(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// How many lanes keep all cores of a cluster busy.
pub(crate) fn lanes(cluster: Option<&Cluster>) -> usize {
    cluster.map_or(1, |cluster| {
        (cluster.tally().cores / 2).clamp(2, MOST_LANES)
    })
}

/// What a cluster did, for the report.
pub(crate) fn info(cluster: &Cluster) -> ClusterInfo {
    let tally = cluster.tally();
    ClusterInfo {
        ray: tally.ray,
        nodes: tally.nodes,
        cores: tally.cores,
        units: tally.units,
        batches: tally.batches,
        lost_batches: tally.lost,
        busy_ms: tally.spent.as_secs_f64() * 1e3,
        waiting_ms: tally.paused.as_secs_f64() * 1e3,
        broker_rss_kib: peak().unwrap_or(0),
    }
}

/// The largest resident set of this process so far, in KiB (proc(5), `VmHWM`).
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Tells what happens, as long as it lives.
pub(crate) struct Teller {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Teller {
    /// Of this cluster, to whoever sees the progress.
    pub(crate) fn start(cluster: Cluster, progress: Progress) -> Teller {
        let (end, ended) = channel();
        let thread = thread::spawn(move || {
            let mut logged = Instant::now();
            loop {
                let is_over = ended.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout);
                for news in cluster.news() {
                    progress.say(&print::clean(&news));
                }
                if is_over {
                    return;
                }
                let tally = cluster.tally();
                let told = format!(
                    "on {}, {}",
                    print::count(tally.nodes, "node"),
                    print::count(tally.cores, "core")
                );
                progress.on(&told);
                if logged.elapsed() >= LOG {
                    logged = Instant::now();
                    progress.log();
                }
            }
        });
        Teller {
            end: Some(end),
            thread: Some(thread),
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // It does not panic, and what it tells is only for somebody who watches.
            thread.join().ok();
        }
    }
}
