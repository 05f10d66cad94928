//! Hands work units to slots and survives them; the only place with an asynchronous runtime.

mod afar;
mod connection;
mod room;

use crate::cache::{Cache, Key};
use crate::interpreter::Finder;
use crate::{Cluster, Engine, Interpreter, Program};
use connection::{Connection, Kind};
use room::Room;
use snipcheck_core::{Outcome, PythonInfo, SandboxInfo, WorkUnit};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;
use thiserror::Error;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::{JoinSet, LocalSet, yield_now};

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which Python.
    pub engine: Engine,
    /// The interpreter: the one that the subprocess engine starts, and `sys.executable` for the embedded one.
    pub python: Interpreter,
    /// How many snippets may run at once.
    pub jobs: NonZeroUsize,
    /// Whether more may run at once while the machine has nothing to do, because snippets sleep.
    pub more_while_idle: bool,
    /// The seed of `str` hashes, so that two runs agree.
    pub hash_seed: u32,
    /// Where outcomes of earlier runs are kept; nothing for runs that know of none.
    pub cache: Option<PathBuf>,
    /// The level of protection without which nothing is run.
    pub least_level: u8,
    /// What slots are made of.
    pub program: Program,
    /// Where units run instead of on this machine.
    pub cluster: Option<Cluster>,
}

impl Options {
    fn python_info(&self) -> PythonInfo {
        PythonInfo {
            version: self.python.version.clone(),
            engine: self.engine.to_string(),
        }
    }

    /// The interpreters that units could be run with, one for each minor version, oldest first: those of this machine, or
    /// those that all nodes of the cluster have.
    pub fn installed(&self) -> Result<Vec<Interpreter>, RunError> {
        match &self.cluster {
            Some(cluster) => cluster.installed(),
            None => Ok(Finder::remembering(self.cache.as_deref()).installed()),
        }
    }

    /// The same with another interpreter.
    #[must_use]
    pub fn with_python(&self, python: Interpreter) -> Options {
        Options {
            engine: Engine::Subprocess,
            cluster: self.cluster.as_ref().map(|c| c.with_interpreter(&python)),
            python,
            ..self.clone()
        }
    }
}

/// What ran the snippets, as the slots reported it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunInfo {
    /// The interpreter.
    pub python: PythonInfo,
    /// The protection.
    pub sandbox: SandboxInfo,
}

/// Why a run could not be done; what a snippet does is never one of these.
#[derive(Debug, Error)]
pub enum RunError {
    /// Ctrl-C or a request to end; every process is gone.
    #[error("interrupted")]
    Interrupted,
    /// No slot could be started.
    #[error("no slot could be started: {0}")]
    Slot(String),
    /// The protection is below the level that was asked for; nothing was run.
    #[error("the sandbox reaches level {} here, and level {least_level} is required", sandbox.level)]
    TooWeak {
        /// What there is.
        sandbox: SandboxInfo,
        /// What was asked for.
        least_level: u8,
    },
    /// The cluster cannot be reached.
    #[error("the cluster cannot be reached: {0}")]
    NoCluster(String),
    /// The cluster cannot be reached any more.
    #[error("the cluster is lost: {0}")]
    ClusterLost(String),
    /// A node of the cluster cannot run units as the others do.
    #[error("node {node} runs nothing: {why}")]
    Refused {
        /// Its name.
        node: String,
        /// Why.
        why: String,
    },
    /// The system refused something that a run needs.
    #[error("cannot run")]
    Io(#[from] std::io::Error),
}

/// Runs work units in slots, which it keeps from one call to the next.
///
/// From the first one on, Ctrl-C and a request to end no longer end the process; they end the next call.
pub struct Runner {
    broker: Broker,
    // After the broker, whose slots end while there is a runtime.
    local: LocalSet,
    runtime: Runtime,
}

struct Broker {
    options: Rc<Options>,
    cache: Option<Cache>,
    /// What a node of the cluster has to be like for its outcomes to be kept.
    settings: Option<BTreeSet<String>>,
    /// Slots without work.
    idle: Vec<Connection>,
    info: Option<RunInfo>,
    interrupt: Signal,
    terminate: Signal,
}

/// What a unit came to, and the slot that can take the next one.
struct Done {
    index: usize,
    key: Option<Key>,
    outcome: Result<Outcome, RunError>,
    slot: Option<Connection>,
    info: Option<RunInfo>,
}

impl Runner {
    /// Prepares for runs; no slot is started yet.
    pub fn new(options: Options) -> Result<Self, RunError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let met = match &options.cluster {
            Some(cluster) => Some(cluster.meet(options.least_level)?),
            None => None,
        };
        let settings = met.as_ref().and_then(|met| met.settings.clone());
        let cache = match (&options.cache, met) {
            (Some(folder), Some(met)) => met
                .settings
                .map(|settings| Cache::afar(folder, &settings, options.hash_seed, met.sandbox)),
            (Some(folder), None) => match snipcheck_sandbox::probe(options.python.readable.clone())
            {
                // What is known of earlier runs is not told where none would be done.
                Ok(sandbox) if sandbox.level < options.least_level => {
                    return Err(RunError::TooWeak {
                        sandbox,
                        least_level: options.least_level,
                    });
                }
                Ok(sandbox) => Cache::open(folder, &options, sandbox),
                Err(_) => None,
            },
            (None, _) => None,
        };
        let (interrupt, terminate) = {
            let _inside = runtime.enter();
            let interrupt = signal(SignalKind::interrupt())?;
            (interrupt, signal(SignalKind::terminate())?)
        };
        Ok(Runner {
            broker: Broker {
                options: Rc::new(options),
                cache,
                settings,
                idle: Vec::new(),
                info: None,
                interrupt,
                terminate,
            },
            local: LocalSet::new(),
            runtime,
        })
    }

    /// How it runs.
    pub fn options(&self) -> &Options {
        &self.broker.options
    }

    /// What runs the snippets, and under which protection; starts a slot where none was needed yet.
    pub fn info(&mut self) -> Result<RunInfo, RunError> {
        let options = &self.broker.options;
        if let Some(cluster) = &options.cluster {
            // A node that came later may be less protected than the others.
            let met = cluster.meet(options.least_level)?;
            return Ok(RunInfo {
                python: met.ready.python,
                sandbox: met.sandbox,
            });
        }
        self.local.block_on(&self.runtime, self.broker.introduced())
    }

    /// Waits so long, or until Ctrl-C or a request to end.
    pub fn pause(&mut self, time: Duration) -> Result<(), RunError> {
        self.local.block_on(&self.runtime, self.broker.pause(time))
    }

    /// Drops what is kept of a unit whose outcome turned out to differ from run to run.
    pub fn forget(&mut self, unit: &WorkUnit) {
        if let Some(cache) = &mut self.broker.cache {
            let key = cache.key(unit);
            cache.forget(&key);
        }
    }

    /// Runs `units`, and calls `each` with the number of a unit and its outcome as they come, in any order.
    ///
    /// The units are taken one by one when there is room for them.
    pub fn run(
        &mut self,
        units: impl IntoIterator<Item = WorkUnit>,
        each: &mut dyn FnMut(usize, Outcome),
    ) -> Result<(), RunError> {
        self.serve(&mut Listed(units.into_iter()), each)
    }

    /// The same with units that are still to come.
    pub(crate) fn serve(
        &mut self,
        units: &mut impl Supply,
        each: &mut dyn FnMut(usize, Outcome),
    ) -> Result<(), RunError> {
        self.local
            .block_on(&self.runtime, self.broker.serve(units, each))
    }
}

/// Where units come from.
pub(crate) trait Supply {
    /// The next one, when it is there; may be dropped while it waits.
    async fn next(&mut self) -> Option<WorkUnit>;

    /// How many there will be at least.
    fn count(&self) -> usize;
}

struct Listed<I>(I);

impl<I: Iterator<Item = WorkUnit>> Supply for Listed<I> {
    async fn next(&mut self) -> Option<WorkUnit> {
        self.0.next()
    }

    fn count(&self) -> usize {
        self.0.size_hint().0
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        let idle = std::mem::take(&mut self.broker.idle);
        self.local
            .block_on(&self.runtime, Connection::end_all(idle));
    }
}

impl Broker {
    async fn introduced(&mut self) -> Result<RunInfo, RunError> {
        if let Some(info) = &self.info {
            return Ok(info.clone());
        }
        let info = if let Some(cache) = &self.cache {
            RunInfo {
                python: self.options.python_info(),
                sandbox: cache.sandbox().clone(),
            }
        } else {
            let (slot, info) = Connection::start(&self.options, Kind::Plain).await?;
            self.idle.push(slot);
            info
        };
        self.info = Some(info.clone());
        Ok(info)
    }

    async fn pause(&mut self, time: Duration) -> Result<(), RunError> {
        tokio::select! {
            biased;
            _ = self.interrupt.recv() => Err(RunError::Interrupted),
            _ = self.terminate.recv() => Err(RunError::Interrupted),
            () = tokio::time::sleep(time) => Ok(()),
        }
    }

    async fn serve(
        &mut self,
        units: &mut impl Supply,
        each: &mut dyn FnMut(usize, Outcome),
    ) -> Result<(), RunError> {
        let mut running: JoinSet<Done> = JoinSet::new();
        let result = match self.options.cluster.clone() {
            Some(cluster) => self.serve_afar(&cluster, units, each).await,
            None => self.serve_all(units, &mut running, each).await,
        };
        if let Some(cache) = &mut self.cache {
            cache.save();
        }
        // After an interruption, what is under way ends here, with its slot.
        running.shutdown().await;
        result
    }

    async fn serve_all(
        &mut self,
        units: &mut impl Supply,
        running: &mut JoinSet<Done>,
        each: &mut dyn FnMut(usize, Outcome),
    ) -> Result<(), RunError> {
        let mut room = Room::new(self.options.jobs, self.options.more_while_idle);
        let mut taken = 0;
        let mut next = None;
        let mut more = true;
        // A signal that came while nothing ran is seen now.
        yield_now().await;
        while more || next.is_some() || !running.is_empty() {
            let is_full = !room.admits(running.len());
            let mut done = None;
            tokio::select! {
                biased;
                _ = self.interrupt.recv() => return Err(RunError::Interrupted),
                _ = self.terminate.recv() => return Err(RunError::Interrupted),
                unit = units.next(), if more && next.is_none() => {
                    more = unit.is_some();
                    next = unit.map(|unit| (taken, unit));
                    taken += usize::from(more);
                }
                () = std::future::ready(()), if next.is_some() && !is_full => {}
                Some(joined) = running.join_next() => {
                    let mut joined: Done = joined.map_err(std::io::Error::from)?;
                    self.idle.extend(joined.slot.take());
                    done = Some(joined);
                }
                () = room.look(), if next.is_some() => {}
            }
            if let Some((index, unit)) = next.take_if(|_| room.admits(running.len())) {
                let known = self.begin(index, unit, running, each);
                if known || done.is_some() {
                    // Where nothing was waited for, signals have not been looked for either. And a slot is to have
                    // its next unit before the outcome of the last one is looked at.
                    yield_now().await;
                }
            }
            if let Some(done) = done {
                self.note(done, each)?;
            }
        }
        Ok(())
    }

    /// Tells the outcome of a unit that ran before, or gives it to a slot; whether it ran before.
    fn begin(
        &mut self,
        index: usize,
        unit: WorkUnit,
        running: &mut JoinSet<Done>,
        each: &mut dyn FnMut(usize, Outcome),
    ) -> bool {
        let key = self.cache.as_ref().map(|cache| cache.key(&unit));
        if let Some(outcome) = self.known(key.as_ref()) {
            each(index, outcome);
            return true;
        }
        let kind = Kind::of(&unit, self.options.engine);
        let fit = self.idle.iter().rposition(|slot| slot.kind() == kind);
        let slot = fit.map(|at| self.idle.swap_remove(at));
        let options = Rc::clone(&self.options);
        running.spawn_local(async move {
            let slot = match slot {
                Some(slot) => Ok((slot, None)),
                None => Connection::start(&options, kind)
                    .await
                    .map(|(slot, info)| (slot, Some(info))),
            };
            Done {
                key,
                ..run_one(index, unit, slot).await
            }
        });
        false
    }

    /// The outcome of a unit that ran before.
    fn known(&mut self, key: Option<&Key>) -> Option<Outcome> {
        self.cache.as_mut()?.get(key?)
    }

    /// Passes an outcome on.
    fn note(&mut self, done: Done, each: &mut dyn FnMut(usize, Outcome)) -> Result<(), RunError> {
        self.info = self.info.take().or(done.info);
        match done.outcome {
            Ok(outcome) => {
                if let (Some(cache), Some(key)) = (&mut self.cache, &done.key) {
                    cache.put(key, &outcome);
                    cache.save_now_and_then();
                }
                each(done.index, outcome);
            }
            // Where no slot has ever served, none will.
            Err(error) if self.info.is_none() => return Err(error),
            Err(error) => each(done.index, Outcome::lost(error.to_string())),
        }
        Ok(())
    }
}

/// Runs one unit in a slot, which may be a new one; a slot that is lost costs this unit only.
async fn run_one(
    index: usize,
    unit: WorkUnit,
    slot: Result<(Connection, Option<RunInfo>), RunError>,
) -> Done {
    let done = |outcome, slot, info| Done {
        index,
        key: None,
        outcome,
        slot,
        info,
    };
    match slot {
        Ok((mut slot, info)) => match slot.run(index, unit).await {
            Ok(outcome) => done(Ok(outcome), Some(slot), info),
            Err(why) => {
                slot.end().await;
                done(Ok(Outcome::lost(why)), None, info)
            }
        },
        Err(error) => done(Err(error), None, None),
    }
}
