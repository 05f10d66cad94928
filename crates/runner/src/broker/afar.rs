//! Units that run on a cluster: the broker sends them in batches, and tells each outcome once.

use super::{Broker, RunError, Supply};
use crate::cluster::{Batch, Cluster, Done, Item, Loss, Queue, Reply};
use crate::worker::Said;
use snipcheck_core::{Outcome, WorkUnit};
use std::collections::HashMap;
use std::io;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::yield_now;

/// What is under way, and what waits for it.
struct Desk<'a> {
    cluster: &'a Cluster,
    arguments: Vec<String>,
    queue: Queue,
    /// The batches that were sent, by their numbers.
    sent: HashMap<u64, Vec<Item>>,
    replies: UnboundedSender<(u64, Reply)>,
}

impl Broker {
    pub(super) async fn serve_afar(
        &mut self,
        cluster: &Cluster,
        units: &mut impl Supply,
        each: &mut dyn FnMut(usize, Outcome),
    ) -> Result<(), RunError> {
        let (replies, mut answers) = unbounded_channel();
        let mut changes = cluster.link().changes();
        let mut desk = Desk {
            cluster,
            arguments: cluster.arguments(self.options.least_level, self.options.hash_seed),
            queue: Queue::default(),
            sent: HashMap::new(),
            replies,
        };
        let all = units.count();
        let mut taken = 0;
        let mut more = true;
        // A signal that came while nothing ran is seen now.
        yield_now().await;
        while more || desk.is_busy() {
            let want = cluster.link().batch_units(all);
            let is_short = more && desk.queue.len() < want;
            let has_room = !is_short && desk.send(want)?;
            tokio::select! {
                biased;
                _ = self.interrupt.recv() => return Err(RunError::Interrupted),
                _ = self.terminate.recv() => return Err(RunError::Interrupted),
                Some((number, reply)) = answers.recv() => self.hear(&mut desk, number, reply, each)?,
                unit = units.next(), if is_short => {
                    more = unit.is_some();
                    if let Some(unit) = unit {
                        self.take_up(&mut desk, taken, unit, each)?;
                        taken += 1;
                    }
                }
                () = std::future::ready(()), if has_room => yield_now().await,
                _ = changes.changed() => {}
            }
        }
        Ok(())
    }

    /// Tells the outcome of a unit that ran before, or puts it with the others.
    fn take_up(
        &mut self,
        desk: &mut Desk,
        index: usize,
        unit: WorkUnit,
        each: &mut dyn FnMut(usize, Outcome),
    ) -> Result<(), RunError> {
        let text = serde_json::to_string(&unit).map_err(io::Error::from)?;
        let cache = self.cache.as_ref();
        let key = cache.map(|cache| cache.key_of(&unit.guide, &text));
        if let Some(outcome) = self.known(key.as_ref()) {
            each(index, outcome);
        } else {
            desk.queue.push(Item::new(index, unit.id, text, key));
        }
        Ok(())
    }

    /// Looks at what became of a batch.
    fn hear(
        &mut self,
        desk: &mut Desk,
        number: u64,
        reply: Reply,
        each: &mut dyn FnMut(usize, Outcome),
    ) -> Result<(), RunError> {
        let Some(items) = desk.sent.remove(&number) else {
            return Ok(());
        };
        match reply {
            Reply::Done(done, lines) => self.take(desk, items, &done, &lines, each),
            Reply::Lost(how, why) => {
                desk.lose(items, how, &why, each);
                Ok(())
            }
            Reply::Said(_) => Ok(()),
        }
    }

    /// Tells the outcomes of a batch, and puts back what has none.
    fn take(
        &mut self,
        desk: &mut Desk,
        mut items: Vec<Item>,
        done: &Done,
        lines: &[String],
        each: &mut dyn FnMut(usize, Outcome),
    ) -> Result<(), RunError> {
        let setting = desk.cluster.greet(self.options.least_level, done, lines)?;
        let is_known = self
            .settings
            .as_ref()
            .zip(setting)
            .is_some_and(|(all, one)| all.contains(&one));
        let outcomes: Vec<Outcome> = items
            .iter()
            .zip(lines.iter().skip(1))
            .map_while(|(item, line)| outcome(item, line))
            .collect();
        let left = items.split_off(outcomes.len());
        desk.cluster.link().note(done, items.len());
        for (item, outcome) in items.into_iter().zip(outcomes) {
            if let (Some(cache), Some(key)) = (self.cache.as_mut().filter(|_| is_known), &item.key)
            {
                cache.put(key, &outcome);
            }
            each(item.index, outcome);
        }
        if let Some(cache) = &mut self.cache {
            cache.save_now_and_then();
        }
        if let Some(why) = &done.died {
            let mut left = left.into_iter();
            let ran = left.next();
            desk.queue.back(left.collect());
            desk.lose(ran.into_iter().collect(), Loss::Worker, why, each);
        } else {
            desk.queue.back(left);
        }
        Ok(())
    }
}

impl Desk<'_> {
    fn is_busy(&self) -> bool {
        !self.sent.is_empty() || self.queue.len() > 0
    }

    /// Sends a batch; whether there was one, and room for it.
    fn send(&mut self, most: usize) -> Result<bool, RunError> {
        let batch = self.queue.batch(most);
        if batch.is_empty() {
            return Ok(false);
        }
        let lines = batch
            .iter()
            .fold(String::new(), |lines, item| lines + &item.text + "\n");
        let order = Batch {
            arguments: &self.arguments,
            units: &lines,
            count: batch.len(),
            node: None,
        };
        let number = self.cluster.link().send(order, &self.replies)?;
        if let Some(number) = number {
            self.sent.insert(number, batch);
        } else {
            self.queue.back(batch);
        }
        Ok(number.is_some())
    }

    /// Puts back a batch that was lost, and tells of what is given up.
    fn lose(
        &mut self,
        items: Vec<Item>,
        how: Loss,
        why: &str,
        each: &mut dyn FnMut(usize, Outcome),
    ) {
        if items.is_empty() {
            return;
        }
        let link = self.cluster.link();
        link.note_lost();
        let with = match how {
            Loss::Worker => Some("worker"),
            Loss::Node => Some("node"),
            // That is told once, and not for each batch.
            Loss::Link => None,
        };
        if let Some(with) = with {
            let units = count(items.len());
            link.tell(format!("{units} lost with the {with} and run again: {why}"));
        }
        if let Some(item) = self.queue.lost(items, how) {
            let id = &item.id;
            link.tell(format!(
                "{id} is given up: it runs alone, and its worker is lost each time"
            ));
            each(
                item.index,
                Outcome::lost(format!("its worker was lost each time: {why}")),
            );
        }
    }
}

fn count(units: usize) -> String {
    if units == 1 {
        "1 unit".to_owned()
    } else {
        format!("{units} units")
    }
}

/// The outcome of a unit that a worker told, or what it could not read of the unit; nothing where it is about another one.
fn outcome(item: &Item, line: &str) -> Option<Outcome> {
    match serde_json::from_str(line).ok()? {
        Said::Done { id, outcome, .. } => (id == item.id).then_some(*outcome),
        Said::Refused { why, .. } => Some(Outcome::lost(why)),
        Said::Ready(_) => None,
    }
}
