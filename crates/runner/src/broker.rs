//! Hands work units to slots and survives them; the only place with an asynchronous runtime.

mod connection;

use crate::{Engine, Interpreter};
use connection::Connection;
use snipcheck_core::{Outcome, PythonInfo, SandboxInfo, WorkUnit};
use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use thiserror::Error;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio::task::LocalSet;

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which Python.
    pub engine: Engine,
    /// The interpreter: the one that the subprocess engine starts, and `sys.executable` for the embedded one.
    pub python: Interpreter,
    /// How many snippets may run at once.
    pub jobs: NonZeroUsize,
    /// The seed of `str` hashes, so that two runs agree.
    pub hash_seed: u32,
    /// Our own binary, which becomes a slot when called with [`SLOT_COMMAND`](crate::SLOT_COMMAND).
    pub program: PathBuf,
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
    /// The system refused something that a run needs.
    #[error("cannot run")]
    Io(#[from] std::io::Error),
}

/// Runs `units`, and calls `each` with the index of a unit and its outcome as they come, in any order.
pub fn run(
    units: &[WorkUnit],
    options: &Options,
    each: &mut dyn FnMut(usize, Outcome),
) -> Result<RunInfo, RunError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    LocalSet::new().block_on(&runtime, broker(units, options, each))
}

/// What the workers tell the broker.
enum News {
    Ready(RunInfo),
    Done(usize, Box<Outcome>),
}

async fn broker(
    units: &[WorkUnit],
    options: &Options,
    each: &mut dyn FnMut(usize, Outcome),
) -> Result<RunInfo, RunError> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (tell, mut news) = mpsc::unbounded_channel();
    let queue = RefCell::new(0..units.len());
    let mut info = None;
    let workers = async {
        // One slot even for nothing: what would run, and under which protection, is always told.
        let count = options.jobs.get().min(units.len()).max(1);
        let workers = (0..count).map(|_| worker(units, options, &queue, tell.clone()));
        join_all(workers.collect()).await
    };
    tokio::pin!(workers);
    let result = loop {
        tokio::select! {
            biased;
            Some(one) = news.recv() => match one {
                News::Ready(ready) => info = info.or(Some(ready)),
                News::Done(index, outcome) => each(index, *outcome),
            },
            _ = interrupt.recv() => break Err(RunError::Interrupted),
            _ = terminate.recv() => break Err(RunError::Interrupted),
            result = &mut workers => break result,
        }
    };
    while let Ok(one) = news.try_recv() {
        match one {
            News::Ready(ready) => info = info.or(Some(ready)),
            News::Done(index, outcome) => each(index, *outcome),
        }
    }
    result?;
    info.ok_or_else(|| RunError::Slot("none answered".to_owned()))
}

/// Waits for all workers; the first error when none of them could serve.
async fn join_all<F: Future<Output = Result<(), RunError>>>(
    workers: Vec<F>,
) -> Result<(), RunError> {
    let mut workers: Vec<_> = workers.into_iter().map(|one| Some(Box::pin(one))).collect();
    let mut failure = None;
    std::future::poll_fn(|context| {
        let mut waiting = false;
        for slot in &mut workers {
            let Some(worker) = slot else { continue };
            match worker.as_mut().poll(context) {
                std::task::Poll::Pending => waiting = true,
                std::task::Poll::Ready(result) => {
                    *slot = None;
                    if let Err(error) = result {
                        failure.get_or_insert(error);
                    }
                }
            }
        }
        if waiting {
            std::task::Poll::Pending
        } else {
            std::task::Poll::Ready(())
        }
    })
    .await;
    failure.map_or(Ok(()), Err)
}

/// Runs units in a slot, and in the next one when that is lost.
async fn worker(
    units: &[WorkUnit],
    options: &Options,
    queue: &RefCell<std::ops::Range<usize>>,
    tell: mpsc::UnboundedSender<News>,
) -> Result<(), RunError> {
    let mut slot = Some(start(options, &tell).await?);
    loop {
        let Some(index) = queue.borrow_mut().next() else {
            break;
        };
        let unit = &units[index];
        let connection = match slot.take() {
            Some(connection) => Ok(connection),
            None => start(options, &tell).await,
        };
        let outcome = match connection {
            Ok(mut connection) => match connection.run(index, unit).await {
                Ok(outcome) => {
                    slot = Some(connection);
                    outcome
                }
                Err(why) => {
                    connection.end().await;
                    Outcome::lost(why)
                }
            },
            Err(error) => Outcome::lost(error.to_string()),
        };
        // The broker only goes when the run is over.
        tell.send(News::Done(index, Box::new(outcome))).ok();
    }
    if let Some(connection) = slot {
        connection.end().await;
    }
    Ok(())
}

async fn start(
    options: &Options,
    tell: &mpsc::UnboundedSender<News>,
) -> Result<Connection, RunError> {
    let (connection, info) = Connection::start(options).await?;
    tell.send(News::Ready(info)).ok();
    Ok(connection)
}
