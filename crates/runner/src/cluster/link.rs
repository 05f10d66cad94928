//! The way to a cluster: what is under way, what its driver tells, and another driver where one is lost.

use super::driver::Driver;
use super::protocol::{Answer, Done, Node, Order, Parcel};
use super::queue::Loss;
use super::{Connect, LOOK, Pace, Tally};
use crate::broker::RunError;
use rustix::process::{Pid, Signal, kill_process};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;

/// How long after a loss the first attempt is made to connect again; each further one waits twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// A cluster that is there may take so long to be connected with, and one that is made for the run to be made.
const LEAST_PATIENCE: Duration = Duration::from_secs(30);
/// How many batches there are for each core: one that runs, and one that waits.
const BATCHES_A_CORE: usize = 2;

/// What became of a batch, or of a question.
#[derive(Debug)]
pub(crate) enum Reply {
    /// It was at a node.
    Done(Done, Vec<String>),
    /// It is lost, and why.
    Lost(Loss, String),
    /// What was asked for.
    Said(Vec<String>),
}

/// Where replies go, with the number of what was sent.
pub(crate) type Replies = UnboundedSender<(u64, Reply)>;

/// A batch on its way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Batch<'a> {
    /// What `snipcheck` is called with on the node.
    pub(crate) arguments: &'a [String],
    /// The units as JSON, a line each.
    pub(crate) units: &'a str,
    /// How many they are.
    pub(crate) count: usize,
    /// The only node that will do.
    pub(crate) node: Option<&'a str>,
}

/// The way to one cluster.
#[derive(Debug)]
pub(crate) struct Link {
    how: Connect,
    parcel: Parcel,
    state: Mutex<State>,
    /// Something changed for those who could not send.
    changed: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    nodes: Vec<Node>,
    /// Who waits for what was sent.
    waiting: HashMap<u64, Replies>,
    sent: u64,
    /// The process of the driver, while there is one.
    driver: Option<Pid>,
    /// Whether the program is to be shipped in any case.
    ship: bool,
    pace: Pace,
    tally: Tally,
    news: Vec<String>,
}

#[derive(Debug, Default)]
enum Phase {
    #[default]
    Connecting,
    /// What is to be written to the driver.
    Connected(mpsc::Sender<Vec<u8>>),
    /// For good, and why.
    Lost(String),
    /// Nobody wants it any more.
    Closed,
}

impl Link {
    /// Starts a driver, waits until it is connected, and looks after it in a thread that ends with [`Link::close`].
    pub(super) fn connect(how: Connect) -> Result<(Arc<Link>, JoinHandle<()>), RunError> {
        let link = Arc::new(Link {
            parcel: parcel(&how)?,
            how,
            state: Mutex::default(),
            changed: watch::Sender::new(()),
        });
        let (tell, connected) = mpsc::channel();
        let own = Arc::clone(&link);
        let thread = thread::spawn(move || own.look_after(&tell));
        match connected.recv() {
            Ok(Ok(())) => Ok((link, thread)),
            Ok(Err(why)) => Err(RunError::NoCluster(why)),
            Err(error) => Err(RunError::NoCluster(error.to_string())),
        }
    }

    /// Lets the driver end; what is under way is lost.
    pub(super) fn close(&self) {
        let mut state = self.state();
        if let (Phase::Connecting, Some(pid)) = (&state.phase, state.driver) {
            // It would go on for as long as a cluster may take to answer.
            kill_process(pid, Signal::TERM).ok();
        }
        state.phase = Phase::Closed;
        self.changed.send_replace(());
    }

    /// Changes when there may be room for a batch.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// How many units a batch should have now, where so many are to be run.
    pub(crate) fn batch_units(&self, all: usize) -> usize {
        let state = self.state();
        state.pace.units(state.cores(), all)
    }

    /// Sends a batch: its number, or nothing while there is no room for one.
    pub(crate) fn send(&self, batch: Batch, replies: &Replies) -> Result<Option<u64>, RunError> {
        let mut state = self.state();
        // What goes to one node is a question to it, and needs no room.
        if batch.node.is_none() && state.waiting.len() >= self.most(&state) {
            return Ok(None);
        }
        let number = state.sent;
        let order = Order::Batch {
            number,
            arguments: batch.arguments,
            seconds: state.pace.seconds(state.cores()),
            node: batch.node,
            lines: batch.count,
        };
        let sent = state.write(&order, batch.units)?;
        Ok(sent.then(|| state.expect(number, replies)))
    }

    /// Asks what `snipcheck` prints on each node: its number, or nothing while nobody can be asked.
    pub(super) fn ask(&self, args: &[String], replies: &Replies) -> Result<Option<u64>, RunError> {
        let mut state = self.state();
        let number = state.sent;
        let sent = state.write(
            &Order::Ask {
                number,
                arguments: args,
            },
            "",
        )?;
        Ok(sent.then(|| state.expect(number, replies)))
    }

    /// Has the program shipped to the nodes from now on; an error where it was already.
    pub(crate) fn ship(&self, node: &str) -> Result<(), RunError> {
        let mut state = self.state();
        if !matches!(state.phase, Phase::Connected(_)) {
            // Another node has none either, and was faster to say so.
            return Ok(());
        }
        if state.ship {
            return Err(RunError::Refused {
                node: node.to_owned(),
                why: "it did not get this program".to_owned(),
            });
        }
        state.ship = true;
        let news = format!("node {node} has no snipcheck {}", self.parcel.version);
        state.news.push(news + "; connecting again to ship it");
        // The driver ends with its input, and another one is started.
        state.phase = Phase::Connecting;
        Ok(())
    }

    /// Counts what came of a batch.
    pub(crate) fn note(&self, done: &Done, units: usize) {
        let mut state = self.state();
        let (spent, pause) = (seconds(done.spent), seconds(done.pause));
        state.pace.note(units, spent, pause);
        state.pace.took(seconds(done.driver));
        state.tally.note(&done.name, units as u64, spent, pause);
    }

    /// Counts a batch that is run again.
    pub(crate) fn note_lost(&self) {
        self.state().tally.lost += 1;
    }

    /// Says something to whoever watches the run.
    pub(crate) fn tell(&self, news: String) {
        self.state().news.push(news);
    }

    /// What happened since somebody asked last.
    pub(super) fn news(&self) -> Vec<String> {
        std::mem::take(&mut self.state().news)
    }

    /// The counts so far.
    pub(super) fn tally(&self) -> Tally {
        let state = self.state();
        Tally {
            nodes: state.nodes.len(),
            cores: state.cores(),
            ..state.tally.clone()
        }
    }

    /// The ids of the nodes.
    pub(super) fn nodes(&self) -> Vec<String> {
        let state = self.state();
        state.nodes.iter().map(|node| node.id.clone()).collect()
    }

    fn most(&self, state: &State) -> usize {
        let most = state.cores().max(1) * BATCHES_A_CORE;
        self.how.jobs.map_or(most, usize::from)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a driver running until nobody wants it, or until the cluster has been gone for too long.
    fn look_after(&self, first: &mpsc::Sender<Result<(), String>>) {
        let mut lost = None;
        let mut wait = FIRST_WAIT;
        let mut connected_once = false;
        loop {
            let mut is_connected = false;
            let why = self.session(&mut || {
                (is_connected, lost, wait) = (true, None, FIRST_WAIT);
                // Only the first one is waited for.
                first.send(Ok(())).ok();
            });
            connected_once |= is_connected;
            let mut state = self.state();
            state.lose_everything(&why);
            // Whoever asked for another driver has told why.
            let is_news = matches!(state.phase, Phase::Connected(_));
            if matches!(state.phase, Phase::Closed) {
                break;
            }
            let since = *lost.get_or_insert_with(Instant::now);
            if !connected_once || since.elapsed() + wait > self.how.patience {
                state.phase = Phase::Lost(why.clone());
                self.changed.send_replace(());
                drop(state);
                first.send(Err(why)).ok();
                break;
            }
            state.phase = Phase::Connecting;
            if is_news {
                state
                    .news
                    .push(format!("the cluster is lost: {why}; connecting again"));
            }
            drop(state);
            self.changed.send_replace(());
            if !self.rest(wait) {
                break;
            }
            wait *= 2;
        }
    }

    /// Waits; whether it is still wanted then.
    fn rest(&self, time: Duration) -> bool {
        let end = Instant::now() + time;
        while Instant::now() < end {
            thread::sleep(LOOK);
            if matches!(self.state().phase, Phase::Closed) {
                return false;
            }
        }
        true
    }

    /// One driver from its start to its end: why it ended.
    fn session(&self, connected: &mut dyn FnMut()) -> String {
        let connect = Order::Connect {
            address: &self.how.address.0,
            program: &self.parcel,
            ship: self.state().ship,
            patience: self.how.patience.max(LEAST_PATIENCE).as_secs_f64(),
        };
        let mut driver = match Driver::start(&self.how.python, &connect) {
            Ok(driver) => driver,
            Err(error) => return format!("`{}`: {error}", self.how.python.display()),
        };
        self.state().driver = Some(driver.pid());
        let mut failure = None;
        while let Some((answer, lines)) = driver.hear() {
            match answer {
                Answer::Connected { ray, nodes, .. } => {
                    let mut state = self.state();
                    if let (Phase::Connecting, Some(orders)) = (&state.phase, driver.orders()) {
                        state.phase = Phase::Connected(orders);
                    }
                    if !state.nodes.is_empty() {
                        state.news.push("the cluster is there again".to_owned());
                    }
                    state.tally.ray = ray;
                    state.nodes = nodes;
                    drop(state);
                    connected();
                }
                Answer::Nodes { nodes, .. } => self.state().meet(nodes),
                Answer::Done(done) => self.reply(done.number, Reply::Done(done, lines)),
                Answer::Lost {
                    number, why, node, ..
                } => {
                    let how = if node { Loss::Node } else { Loss::Worker };
                    self.reply(number, Reply::Lost(how, why));
                }
                Answer::Said { number, .. } => self.reply(number, Reply::Said(lines)),
                Answer::Failed { why, .. } => failure = Some(why),
            }
            self.changed.send_replace(());
        }
        self.state().driver = None;
        let ended = driver.end();
        failure.unwrap_or(ended)
    }

    fn reply(&self, number: u64, reply: Reply) {
        let waiting = self.state().waiting.remove(&number);
        if let Some(replies) = waiting {
            // Whoever was interrupted wants none.
            replies.send((number, reply)).ok();
        }
    }
}

impl State {
    fn cores(&self) -> usize {
        self.nodes.iter().map(|node| node.cores).sum()
    }

    /// Hands something to the driver; whether there is one.
    fn write(&mut self, order: &Order, lines: &str) -> Result<bool, RunError> {
        match &self.phase {
            Phase::Connected(orders) => {
                let mut text = order.line()?;
                text.extend_from_slice(lines.as_bytes());
                // A driver that has just ended is started again.
                Ok(orders.send(text).is_ok())
            }
            Phase::Connecting => Ok(false),
            Phase::Lost(why) => Err(RunError::ClusterLost(why.clone())),
            Phase::Closed => Err(RunError::Interrupted),
        }
    }

    fn expect(&mut self, number: u64, replies: &Replies) -> u64 {
        self.waiting.insert(number, replies.clone());
        self.sent += 1;
        number
    }

    /// Takes note of which nodes there are now.
    fn meet(&mut self, nodes: Vec<Node>) {
        let news = |these: &[Node], those: &[Node], word: &str| {
            let only = these.iter().filter(|node| !those.contains(node));
            only.map(|node| format!("node {} ({}) {word}", node.name, short(&node.id)))
                .collect::<Vec<_>>()
        };
        let lost = news(&self.nodes, &nodes, "is lost");
        let new = news(&nodes, &self.nodes, "is there");
        self.news.extend(lost.into_iter().chain(new));
        self.nodes = nodes;
    }

    /// Nothing that was sent will be answered.
    fn lose_everything(&mut self, why: &str) {
        for (number, replies) in self.waiting.drain() {
            let reply = Reply::Lost(Loss::Link, why.to_owned());
            replies.send((number, reply)).ok();
        }
    }
}

/// Enough of an id of a node to tell it from others.
fn short(id: &str) -> &str {
    id.get(..6).unwrap_or(id)
}

fn seconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number).unwrap_or_default()
}

/// This program, as nodes are asked for it.
fn parcel(how: &Connect) -> io::Result<Parcel> {
    let about = fs::metadata(&how.program.file)?;
    #[expect(clippy::cast_precision_loss, reason = "seconds matter")]
    let modified = about.mtime() as f64;
    Ok(Parcel {
        version: env!("CARGO_PKG_VERSION"),
        file: how.program.file.clone(),
        bytes: about.len(),
        modified,
        module: how.program.is_module(),
        python: how.program.executable.clone(),
        ship: "snipcheck",
    })
}
