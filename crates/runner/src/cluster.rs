//! A cluster of machines that run units. A driver in Python passes batches of them on to Ray; on the nodes they go
//! through `snipcheck worker`, and everything else stays here.
//!
//! The broker counts: a unit is told once, whatever became of the batches that it was in. Ray only finds a core.

mod driver;
mod link;
mod pace;
mod protocol;
mod queue;

use crate::broker::RunError;
use crate::worker::{Ready, Said};
use crate::{Engine, Interpreter, Program};
pub(crate) use link::{Batch, Link, Reply};
use pace::Pace;
pub(crate) use protocol::Done;
pub(crate) use queue::{Item, Loss, Queue};
use serde::Deserialize;
use snipcheck_core::SandboxInfo;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::unbounded_channel;

/// What nodes say of themselves has nothing to do with the hashes of strings.
const ANY_SEED: u32 = 0;

/// How long the cluster may take to let go at the end; longer than its driver may.
const LETTING_GO: Duration = Duration::from_secs(15);
/// How often somebody who waits looks again.
const LOOK: Duration = Duration::from_millis(50);

/// Where a cluster is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_port = |text: &str| text.parse::<u16>().is_ok_and(|port| port > 0);
        let is_place = |text: &str| {
            text.rsplit_once(':')
                .is_some_and(|(host, port)| !host.is_empty() && is_port(port))
        };
        let fits = match text.split_once(':') {
            Some(("local", nodes)) => nodes.parse::<NonZeroUsize>().is_ok(),
            Some(("ray", place)) => place.strip_prefix("//").is_some_and(is_place),
            _ => text == "auto" || (is_place(text) && !text.contains('/')),
        };
        if fits {
            Ok(Address(text.to_owned()))
        } else {
            Err("write it as `ray://HOST:10001`, `HOST:6379` on a machine of the cluster, `auto` for the one that runs here, or `local:2` for one of two nodes that lasts as long as the run".to_owned())
        }
    }
}

/// How to reach a cluster.
#[derive(Debug, Clone)]
pub struct Connect {
    /// Where it is.
    pub address: Address,
    /// A Python that has Ray.
    pub python: PathBuf,
    /// What runs units on its nodes.
    pub program: Program,
    /// How many batches may be under way; as many as its cores want where nothing is said.
    pub jobs: Option<NonZeroUsize>,
    /// How long it may be gone before it is given up.
    pub patience: Duration,
}

/// What a cluster did for a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The version of Ray.
    pub ray: String,
    /// Nodes that have cores for snippets, now.
    pub nodes: usize,
    /// Their cores.
    pub cores: usize,
    /// Units that were run on each node, by its name.
    pub units: BTreeMap<String, u64>,
    /// Batches that came to something.
    pub batches: u64,
    /// Batches that were lost and run again.
    pub lost: u64,
    /// How long cores ran units.
    pub spent: Duration,
    /// How long they waited between one batch and the next.
    pub paused: Duration,
}

impl Tally {
    fn note(&mut self, node: &str, units: u64, spent: Duration, pause: Duration) {
        // A question is none.
        if units > 0 {
            *self.units.entry(node.to_owned()).or_default() += units;
            self.batches += 1;
            self.spent += spent;
            self.paused += pause;
        }
    }
}

/// A cluster, with a way of running units on it. A copy leads to the same one.
#[derive(Debug, Clone)]
pub struct Cluster {
    way: Arc<Way>,
    /// What a worker is called with for its Python.
    python: Vec<String>,
}

/// Ends with the last one who uses it.
#[derive(Debug)]
struct Way {
    link: Arc<Link>,
    thread: JoinHandle<()>,
    /// What the nodes said of themselves, by what they were called with.
    met: Mutex<HashMap<Vec<String>, Met>>,
    installed: OnceLock<Vec<Interpreter>>,
}

/// What the nodes that were met so far have in common.
#[derive(Debug, Clone)]
pub(crate) struct Met {
    /// Of the first one; the others are the same where it matters.
    pub(crate) ready: Ready,
    /// What can change an outcome, in each different way that nodes have it; nothing where one cannot tell.
    pub(crate) settings: Option<BTreeSet<String>>,
    /// That of the least protected one.
    pub(crate) sandbox: SandboxInfo,
}

/// The interpreters in what `snipcheck doctor --format json` prints.
#[derive(Debug, Deserialize)]
struct Doctor {
    interpreters: Vec<Interpreter>,
}

impl Cluster {
    /// Connects to it. The nodes run units in their own Python, until [`Cluster::with_python`] says otherwise.
    pub fn connect(how: Connect) -> Result<Cluster, RunError> {
        let (link, thread) = Link::connect(how)?;
        Ok(Cluster {
            way: Arc::new(Way {
                link,
                thread,
                met: Mutex::default(),
                installed: OnceLock::new(),
            }),
            python: Vec::new(),
        })
    }

    /// The same one, whose workers are called with these arguments of `snipcheck worker` that say which Python to run.
    #[must_use]
    pub fn with_python(&self, arguments: Vec<String>) -> Cluster {
        Cluster {
            way: Arc::clone(&self.way),
            python: arguments,
        }
    }

    /// The same one with this interpreter, by its path.
    #[must_use]
    pub fn with_interpreter(&self, python: &Interpreter) -> Cluster {
        let path = python.path.display().to_string();
        let words = ["--engine", "subprocess", "--python", &path];
        self.with_python(words.map(str::to_owned).into())
    }

    /// The Python that its nodes run units in, and how; an error where they differ, or are protected less than at
    /// `least_level`.
    pub fn python(&self, least_level: u8) -> Result<(Engine, Interpreter), RunError> {
        let ready = self.meet(least_level)?.ready;
        let python = Interpreter {
            path: ready.executable,
            version: ready.python.version,
            readable: Vec::new(),
            written: Vec::new(),
            free_threaded: false,
            keeps_lock: false,
        };
        Ok((ready.engine, python))
    }

    /// The interpreters that all nodes have, one for each minor version, oldest first.
    pub fn installed(&self) -> Result<Vec<Interpreter>, RunError> {
        if let Some(known) = self.way.installed.get() {
            return Ok(known.clone());
        }
        let (replies, mut answers) = unbounded_channel();
        let arguments = ["doctor", "--format", "json"].map(str::to_owned);
        if self.way.link.ask(&arguments, &replies)?.is_none() {
            return Ok(Vec::new());
        }
        let Some((_, Reply::Said(lines))) = answers.blocking_recv() else {
            return Ok(Vec::new());
        };
        let mut nodes = lines.iter().map(|line| {
            let doctor = serde_json::from_str::<Doctor>(line);
            doctor.map_or_else(|_| Vec::new(), |doctor| doctor.interpreters)
        });
        let mut common = nodes.next().unwrap_or_default();
        for node in nodes {
            let is_there = |python: &Interpreter| {
                let is_same = |other: &Interpreter| {
                    (&other.path, &other.version) == (&python.path, &python.version)
                };
                node.iter().any(is_same)
            };
            common.retain(is_there);
        }
        Ok(self.way.installed.get_or_init(|| common).clone())
    }

    /// What happened since somebody asked last: nodes and workers that were lost, attempts to connect again.
    pub fn news(&self) -> Vec<String> {
        self.way.link.news()
    }

    /// What it did so far.
    pub fn tally(&self) -> Tally {
        self.way.link.tally()
    }

    pub(crate) fn link(&self) -> &Link {
        &self.way.link
    }

    /// What a worker is called with.
    pub(crate) fn arguments(&self, least_level: u8, hash_seed: u32) -> Vec<String> {
        // What lies around on a node configures nothing.
        let words = format!(
            "--config /dev/null worker --no-cache --jobs 1 --require-sandbox {least_level} --allow-unprotected-files --hash-seed {hash_seed}"
        );
        let words = words.split(' ').map(str::to_owned);
        words.chain(self.python.iter().cloned()).collect()
    }

    /// Asks every node what it runs units with, unless that is known.
    pub(crate) fn meet(&self, least_level: u8) -> Result<Met, RunError> {
        let arguments = self.arguments(least_level, ANY_SEED);
        if let Some(met) = self.met().get(&arguments) {
            return Ok(met.clone());
        }
        loop {
            let (replies, mut answers) = unbounded_channel();
            let nodes = self.link().nodes();
            // Where there is none yet, whichever comes first answers.
            let all: Vec<Option<&str>> = if nodes.is_empty() {
                vec![None]
            } else {
                nodes.iter().map(|node| Some(node.as_str())).collect()
            };
            let mut open = 0;
            for node in all {
                let batch = Batch {
                    arguments: &arguments,
                    units: "",
                    count: 0,
                    node,
                };
                open += u32::from(self.link().send(batch, &replies)?.is_some());
            }
            for _ in 0..open {
                if let Some((_, Reply::Done(done, lines))) = answers.blocking_recv() {
                    let setting = self.greet(least_level, &done, &lines)?;
                    if let Some(met) = self.met().get_mut(&arguments) {
                        met.settings = met.settings.take().zip(setting).map(|(mut all, one)| {
                            all.insert(one);
                            all
                        });
                    }
                }
            }
            if let Some(met) = self.met().get(&arguments) {
                return Ok(met.clone());
            }
            // All that were asked are lost; others may come, or the link is told to be lost for good.
            thread::sleep(LOOK);
        }
    }

    /// Looks at how a node runs units before anything that it says counts: what can change outcomes there, where that
    /// is known to be the same everywhere.
    pub(crate) fn greet(
        &self,
        least_level: u8,
        done: &Done,
        lines: &[String],
    ) -> Result<Option<String>, RunError> {
        let node = &done.name;
        let refused = |why: String| RunError::Refused {
            node: node.clone(),
            why,
        };
        if done.lacking {
            self.link().ship(node)?;
            return Ok(None);
        }
        if let Some(why) = &done.refused {
            return Err(refused(why.clone()));
        }
        let ready = match lines.first().map(|line| serde_json::from_str(line)) {
            Some(Ok(Said::Ready(ready))) => ready,
            Some(Err(error)) => {
                return Err(refused(format!(
                    "its snipcheck says what this one does not understand: {error}"
                )));
            }
            _ => return Err(refused("its snipcheck says nothing of itself".to_owned())),
        };
        if ready.snipcheck != env!("CARGO_PKG_VERSION") {
            return Err(refused(format!(
                "its snipcheck is {}, and this one {}",
                ready.snipcheck,
                env!("CARGO_PKG_VERSION")
            )));
        }
        let mut all = self.met();
        let arguments = self.arguments(least_level, ANY_SEED);
        let Some(met) = all.get_mut(&arguments) else {
            let met = Met {
                settings: ready
                    .setting
                    .clone()
                    .map(|setting| BTreeSet::from([setting])),
                sandbox: ready.sandbox.clone(),
                ready,
            };
            let setting = met.ready.setting.clone();
            all.insert(arguments, met);
            return Ok(setting);
        };
        if (&ready.python, ready.engine) != (&met.ready.python, met.ready.engine) {
            let (one, other) = (&ready.python, &met.ready.python);
            return Err(refused(format!(
                "it runs Python {} ({}), and the others {} ({})",
                one.version, one.engine, other.version, other.engine
            )));
        }
        if ready.sandbox.level < met.sandbox.level {
            met.sandbox = ready.sandbox;
        }
        Ok(ready.setting)
    }

    fn met(&self) -> MutexGuard<'_, HashMap<Vec<String>, Met>> {
        self.way.met.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.link.close();
        let end = Instant::now() + LETTING_GO;
        // A driver that does not end when it is told to is not waited for.
        while !self.thread.is_finished() && Instant::now() < end {
            thread::sleep(LOOK);
        }
    }
}
