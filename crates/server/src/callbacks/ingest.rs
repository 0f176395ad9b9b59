//! Keeps what comes in, many operations at once: one commit to disk for all that wait when it begins.
//!
//! Owns who waits for whom. Nobody is answered before the commit that holds their operation: a crash loses only what
//! HubRise will send again. Nothing waits for company either: what comes alone is kept alone, and what comes while a
//! commit is under way is the next one, so that the batches grow with the load.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use passerelle_store::{Draft, NewOperation, Receipt, Receiving, StoreError};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

/// The most kept in one transaction.
const BATCH: usize = 256;
/// The most that may wait for one; a third of a second's worth at the rates aimed at. Who comes after is told to come again.
const QUEUE: usize = 1_024;

/// Why something was not kept. HubRise sends it again.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NotKept {
    /// Too many wait already.
    #[error("too many operations wait to be kept")]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(Arc<StoreError>),
    /// The server stops, or what keeps operations has ended.
    #[error("operations are kept no more")]
    Ended,
}

/// Where operations are kept.
type Keeper = Arc<dyn Receiving + Send + Sync>;

/// Somebody who waits.
struct Job {
    draft: Draft,
    answer: oneshot::Sender<Result<Receipt, NotKept>>,
}

/// Where operations are handed in; cloning shares it. The work ends when the last clone is dropped.
#[derive(Clone, Debug)]
pub struct Ingest(Arc<[mpsc::Sender<Job>]>);

impl Ingest {
    /// Starts `lanes` tasks, which write beside one another. One connection's operations all go through the same one, so
    /// that they are kept in the order they came.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    #[must_use]
    pub fn start(store: &Keeper, lanes: usize) -> Self {
        let lane = |_| {
            let (hand_in, jobs) = mpsc::channel(QUEUE);
            tokio::spawn(keep(store.clone(), jobs));
            hand_in
        };
        Self((0..lanes.max(1)).map(lane).collect())
    }

    /// Keeps an operation, and answers when it is on disk. Whoever goes away before has it kept all the same.
    ///
    /// # Errors
    /// When it is not kept, or it is not known that it is: it may be handed in again, as an event is kept once.
    pub async fn keep(&self, operation: NewOperation, began: Instant) -> Result<Receipt, NotKept> {
        let (answer, answered) = oneshot::channel();
        let lane = &self.0[self.lane_of(&operation)];
        if lane.capacity() == 0 {
            return Err(NotKept::Full);
        }
        // Cut and packed before anybody waits for anybody: who writes has enough to do. Here and not aside, as the one that
        // came first is to be first in line.
        let draft = Draft::of(timed(operation, began)).map_err(|error| NotKept::Store(Arc::new(error)))?;
        lane.try_send(Job { draft, answer }).map_err(|error| match error {
            TrySendError::Full(_) => NotKept::Full,
            TrySendError::Closed(_) => NotKept::Ended,
        })?;
        answered.await.unwrap_or(Err(NotKept::Ended))
    }

    fn lane_of(&self, operation: &NewOperation) -> usize {
        let mut hasher = DefaultHasher::new();
        operation.connection.hash(&mut hasher);
        // The remainder is below the number of lanes, so it fits.
        usize::try_from(hasher.finish() % self.0.len() as u64).unwrap_or_default()
    }
}

/// Takes what waits, keeps it, answers; ends when nobody can hand in any more.
async fn keep(store: Keeper, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut batch, BATCH).await > 0 {
        let (drafts, answers): (Vec<_>, Vec<_>) = batch.drain(..).map(|job| (job.draft, job.answer)).unzip();
        let drafts = Arc::new(drafts);
        let kept = match drafts.len() {
            1 => all(&store, &drafts, 0..1).await,
            _ => all_or_each(&store, &drafts).await,
        };
        for (answer, kept) in answers.into_iter().zip(kept) {
            // An error says that whoever waited has gone away: it is kept, and will be sent again for nothing.
            let _gone = answer.send(kept);
        }
    }
}

/// Its exchange says how long the call that brought it took, as far as that is known now.
fn timed(mut operation: NewOperation, began: Instant) -> NewOperation {
    if let Some(exchange) = &mut operation.exchange {
        exchange.duration_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    }
    operation
}

/// All in one transaction; should that fail over one of them, each alone: what is wrong with one is no reason to lose the
/// others. A store that cannot be reached is not asked again.
async fn all_or_each(store: &Keeper, drafts: &Arc<Vec<Draft>>) -> Vec<Result<Receipt, NotKept>> {
    let kept = all(store, drafts, 0..drafts.len()).await;
    let over_one = |kept: &Result<Receipt, NotKept>| match kept {
        Err(NotKept::Store(error)) => !matches!(**error, StoreError::Unavailable(_)),
        _ => false,
    };
    if !kept.iter().any(over_one) {
        return kept;
    }
    tracing::warn!(operations = drafts.len(), "operations could not be kept together, and are now kept one by one");
    let mut each = Vec::with_capacity(drafts.len());
    for place in 0..drafts.len() {
        each.extend(all(store, drafts, place..place + 1).await);
    }
    each
}

/// One transaction; as many answers as operations. In a task of its own: whatever should panic on the way takes no lane
/// with it, for a lane that is gone loses every order after an hour, and nobody notices.
async fn all(store: &Keeper, drafts: &Arc<Vec<Draft>>, which: Range<usize>) -> Vec<Result<Receipt, NotKept>> {
    let (count, store, drafts) = (which.len(), store.clone(), drafts.clone());
    let receive = async move { store.receive_drafts(drafts.get(which).unwrap_or_default()).await };
    match tokio::spawn(receive).await {
        Ok(Ok(receipts)) if receipts.len() == count => receipts.into_iter().map(Ok).collect(),
        Ok(Ok(_)) => failed(count, StoreError::Corrupt("not every operation was answered".to_owned())),
        Ok(Err(error)) => failed(count, error),
        Err(panicked) => failed(count, StoreError::Corrupt(panicked.to_string())),
    }
}

fn failed(count: usize, error: StoreError) -> Vec<Result<Receipt, NotKept>> {
    let error = Arc::new(error);
    (0..count).map(|_| Err(NotKept::Store(error.clone()))).collect()
}

#[cfg(test)]
#[path = "ingest_tests.rs"]
mod tests;
