//! One slot, as the broker sees it.

use super::{Options, RunError, RunInfo};
use crate::wire::{Answer, Order, Start};
use crate::{Engine, ahead};
use rustix::process::{Pid, Signal, kill_process};
use serde::Serialize;
use snipcheck_core::{Outcome, WorkUnit};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// How long a slot may take to be ready.
const READY: Duration = Duration::from_secs(30);
/// How much longer than its snippet's time a slot may take to answer.
const GUARD: Duration = Duration::from_secs(20);
/// How long a slot may take to end when it is told to.
const GOODBYE: Duration = Duration::from_secs(2);

/// A slot that runs.
pub(super) struct Connection {
    child: Child,
    /// Closed when the slot is to end.
    orders: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
    kind: Kind,
}

/// Which units a slot is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Those that need no more than the modules which most need.
    Plain,
    /// Those that import one of the rarer modules, which are imported ahead there.
    Rare,
}

impl Kind {
    /// What a unit is best run in.
    pub(super) fn of(unit: &WorkUnit, engine: Engine) -> Self {
        if engine == Engine::Embedded && ahead::wants_rare(unit) {
            Kind::Rare
        } else {
            Kind::Plain
        }
    }
}

impl Connection {
    /// Starts a slot and waits until it is ready.
    pub(super) async fn start(options: &Options, kind: Kind) -> Result<(Self, RunInfo), RunError> {
        let folder = std::env::temp_dir().join(unused_name());
        let program = &options.program;
        let mut command = Command::new(&program.executable);
        snipcheck_sandbox::heed_signals(command.as_std_mut());
        let mut child = command
            .args(&program.arguments)
            // What is in the environment of a process shows in /proc even after it was cleared.
            .env_clear()
            .envs(environment(options, &folder))
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            // Ctrl-C in a terminal is for us; what becomes of the slots is decided here.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                RunError::Slot(format!("`{}`: {error}", program.executable.display()))
            })?;
        let (Some(orders), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(RunError::Slot("it has no pipes".to_owned()));
        };
        let start = Start {
            engine: options.engine,
            python: options.python.clone(),
            hash_seed: options.hash_seed,
            rare: kind == Kind::Rare,
            folder,
            least_level: options.least_level,
        };
        let mut connection = Connection {
            child,
            orders: Some(orders),
            answers: BufReader::new(answers).lines(),
            kind,
        };
        connection.say(&start).await.map_err(RunError::Slot)?;
        match timeout(READY, connection.hear()).await {
            Ok(Ok(Answer::Ready { python, sandbox })) => {
                Ok((connection, RunInfo { python, sandbox }))
            }
            Ok(Ok(Answer::TooWeak { sandbox })) => Err(RunError::TooWeak {
                sandbox,
                least_level: options.least_level,
            }),
            Ok(Ok(Answer::Failed { why }) | Err(why)) => Err(RunError::Slot(why)),
            Ok(Ok(Answer::Done { .. })) => {
                Err(RunError::Slot("it answered out of turn".to_owned()))
            }
            Err(_) => Err(RunError::Slot("it was not ready in time".to_owned())),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Has the slot run a unit; why it is lost when it could not.
    pub(super) async fn run(&mut self, index: usize, unit: WorkUnit) -> Result<Outcome, String> {
        let runs = if unit.imports_repaired { 2 } else { 1 };
        let patience = unit.limits.timeout * runs + GUARD;
        self.say(&Order { index, unit }).await?;
        match timeout(patience, self.hear()).await {
            Ok(Ok(Answer::Done {
                index: which,
                outcome,
            })) if which == index => Ok(*outcome),
            Ok(Ok(Answer::Failed { why }) | Err(why)) => Err(why),
            Ok(Ok(_)) => Err("its slot answered out of turn".to_owned()),
            Err(_) => Err("its slot did not answer in time".to_owned()),
        }
    }

    /// Lets slots end together.
    pub(super) async fn end_all(mut slots: Vec<Connection>) {
        for slot in &mut slots {
            slot.orders = None;
        }
        for slot in slots {
            slot.end().await;
        }
    }

    /// Lets the slot end, and ends it when it does not.
    pub(super) async fn end(mut self) {
        self.orders = None;
        if timeout(GOODBYE, self.child.wait()).await.is_err() {
            // It is gone already when this fails.
            self.child.kill().await.ok();
        }
    }

    async fn say(&mut self, what: &impl Serialize) -> Result<(), String> {
        let mut line = serde_json::to_vec(what).map_err(|error| error.to_string())?;
        line.push(b'\n');
        let Some(orders) = &mut self.orders else {
            return Err("its slot was told to end".to_owned());
        };
        let sent = orders.write_all(&line).await;
        sent.map_err(|error| format!("its slot is gone: {error}"))
    }

    async fn hear(&mut self) -> Result<Answer, String> {
        match self.answers.next_line().await {
            Ok(Some(line)) => serde_json::from_str(&line)
                .map_err(|error| format!("its slot answered what makes no sense: {error}")),
            Ok(None) => match timeout(GOODBYE, self.child.wait()).await {
                Ok(Ok(status)) => Err(format!("its slot ended with {status}")),
                _ => Err("its slot closed its pipe".to_owned()),
            },
            Err(error) => Err(format!("its slot cannot be read: {error}")),
        }
    }
}

impl Drop for Connection {
    /// A slot that still runs is ended, with everything in it, before its owner goes on.
    fn drop(&mut self) {
        let running = |child: &mut Child| matches!(child.try_wait(), Ok(None));
        let Some(pid) = self
            .child
            .id()
            .and_then(|id| Pid::from_raw(id.cast_signed()))
        else {
            return;
        };
        if !running(&mut self.child) || kill_process(pid, Signal::TERM).is_err() {
            return;
        }
        let deadline = Instant::now() + GOODBYE;
        while running(&mut self.child) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// A name that no other folder has. The slot makes it only where it is needed, and removes it itself, so that
/// nothing is left when this process is gone.
fn unused_name() -> String {
    let random = RandomState::new().hash_one("folder");
    format!("snipcheck-{}-{random:016x}", std::process::id())
}

/// What a slot, and with it the embedded interpreter, is started with.
fn environment(options: &Options, folder: &Path) -> [(&'static str, String); 7] {
    let own = options
        .python
        .path
        .parent()
        .unwrap_or(Path::new("/usr/bin"));
    [
        ("PATH", format!("{}:/usr/bin:/bin", own.display())),
        // Without one, Python would look for packages of the user who runs this.
        ("HOME", folder.display().to_string()),
        ("LANG", "C.UTF-8".to_owned()),
        ("PYTHONUTF8", "1".to_owned()),
        ("PYTHONHASHSEED", options.hash_seed.to_string()),
        ("MALLOC_ARENA_MAX", "1".to_owned()),
        // What the linker looks up late, each copy of the process would look up anew.
        ("LD_BIND_NOW", "1".to_owned()),
    ]
}
