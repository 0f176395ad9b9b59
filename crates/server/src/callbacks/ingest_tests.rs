//! Who waits for whom, against a store that does as it is told.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use passerelle_store::{ConnectionId, OperationId, OperationKind, OperationState, Registration, Result as StoreResult};
use tokio::sync::Semaphore;

use super::*;

/// Lets a transaction through for each permit; refuses what is called `poison`, panics at `panic`, and refuses everything
/// while it is down.
struct Gate {
    permits: Semaphore,
    entered: Semaphore,
    transactions: Mutex<Vec<Vec<String>>>,
    down: bool,
}

impl Gate {
    fn with(permits: usize, down: bool) -> Arc<Self> {
        let (permits, entered) = (Semaphore::new(permits), Semaphore::new(0));
        Arc::new(Self { permits, entered, transactions: Mutex::default(), down })
    }

    fn keeper(self: &Arc<Self>) -> Keeper {
        self.clone()
    }

    fn sizes(&self) -> Vec<usize> {
        self.transactions.lock().unwrap().iter().map(Vec::len).collect()
    }
}

#[async_trait]
impl Receiving for Gate {
    async fn receive_drafts(&self, drafts: &[Draft]) -> StoreResult<Vec<Receipt>> {
        self.entered.add_permits(1);
        self.permits.acquire().await.unwrap().forget();
        let names: Vec<_> = drafts.iter().map(|draft| draft.id().as_str().to_owned()).collect();
        let poisoned = names.iter().any(|name| name == "poison");
        assert!(!names.iter().any(|name| name == "panic"), "as it was told");
        self.transactions.lock().unwrap().push(names);
        match (self.down, poisoned) {
            (true, _) => Err(StoreError::Unavailable("down".to_owned())),
            (_, true) => Err(StoreError::Corrupt("poison".to_owned())),
            _ => Ok(drafts.iter().map(|_| Receipt::Kept(OperationState::Queued)).collect()),
        }
    }

    async fn note_refused_callback(&self, _connection: &ConnectionId, _at: Timestamp) -> StoreResult<()> {
        unreachable!("nothing here asks")
    }

    async fn registration(&self, _connection: &ConnectionId) -> StoreResult<Registration> {
        unreachable!("nothing here asks")
    }

    async fn claim_registrations(
        &self,
        _vendors: &[String],
        _now: Timestamp,
        _lease_until: Timestamp,
        _limit: u32,
    ) -> StoreResult<Vec<ConnectionId>> {
        unreachable!("nothing here asks")
    }

    async fn note_registration(
        &self,
        _connection: &ConnectionId,
        _now: Timestamp,
        _error: Option<&str>,
        _repaired: bool,
        _due_at: Timestamp,
    ) -> StoreResult<()> {
        unreachable!("nothing here asks")
    }

    async fn ask_registration(&self, _connection: &ConnectionId, _now: Timestamp) -> StoreResult<()> {
        unreachable!("nothing here asks")
    }

    async fn ask_registrations(&self, _vendors: &[String], _now: Timestamp) -> StoreResult<()> {
        unreachable!("nothing here asks")
    }
}

fn operation(id: &str, connection: &str) -> NewOperation {
    NewOperation {
        terms: Vec::new(),
        erases: None,
        id: OperationId::new(id),
        connection: ConnectionId::new(connection),
        kind: OperationKind::Unhandled,
        event_id: Some(id.to_owned()),
        order: None,
        state: OperationState::NotHandled,
        cause: None,
        detail: None,
        received_at: Timestamp::UNIX_EPOCH,
        exchange: None,
    }
}

/// Hands in, and is sure to wait in line before the next one does.
async fn handed_in(ingest: &Ingest, id: &str) -> tokio::task::JoinHandle<Result<Receipt, NotKept>> {
    let free = ingest.0[0].capacity();
    let (hand_in, id) = (ingest.clone(), id.to_owned());
    let waiting = tokio::spawn(async move { hand_in.keep(operation(&id, "c"), Instant::now()).await });
    while ingest.0[0].capacity() == free {
        tokio::task::yield_now().await;
    }
    waiting
}

async fn entered(gate: &Gate) {
    tokio::time::timeout(Duration::from_secs(20), gate.entered.acquire()).await.unwrap().unwrap().forget();
}

#[tokio::test]
async fn what_comes_during_a_commit_is_the_next_one_together() {
    let gate = Gate::with(0, false);
    let ingest = Ingest::start(&gate.keeper(), 1);
    let first = {
        let ingest = ingest.clone();
        tokio::spawn(async move { ingest.keep(operation("first", "c"), Instant::now()).await })
    };
    entered(&gate).await;
    let mut rest = Vec::new();
    for number in 0..100 {
        rest.push(handed_in(&ingest, &number.to_string()).await);
    }
    assert!(!first.is_finished() && rest.iter().all(|one| !one.is_finished()), "nobody is answered before the commit");
    gate.permits.add_permits(2);
    assert_eq!(first.await.unwrap().unwrap(), Receipt::Kept(OperationState::Queued));
    for one in rest {
        assert_eq!(one.await.unwrap().unwrap(), Receipt::Kept(OperationState::Queued));
    }
    assert_eq!(gate.sizes(), [1, 100]);
    let kept = gate.transactions.lock().unwrap()[1].clone();
    assert_eq!(kept, (0..100).map(|number| number.to_string()).collect::<Vec<_>>(), "in the order they came");
}

#[tokio::test]
async fn who_comes_when_too_many_wait_is_told_so_at_once() {
    let gate = Gate::with(0, false);
    let ingest = Ingest::start(&gate.keeper(), 1);
    let first = {
        let ingest = ingest.clone();
        tokio::spawn(async move { ingest.keep(operation("first", "c"), Instant::now()).await })
    };
    entered(&gate).await;
    let mut waiting = Vec::new();
    for number in 0..QUEUE {
        waiting.push(handed_in(&ingest, &number.to_string()).await);
    }
    let refused = ingest.keep(operation("one too many", "c"), Instant::now()).await;
    assert!(matches!(refused, Err(NotKept::Full)), "{refused:?}");
    gate.permits.add_permits(1 + QUEUE.div_ceil(BATCH));
    first.await.unwrap().unwrap();
    for one in waiting {
        one.await.unwrap().unwrap();
    }
    assert_eq!(gate.sizes(), [1, BATCH, BATCH, BATCH, BATCH]);
}

fn drafts(operations: Vec<NewOperation>) -> Arc<Vec<Draft>> {
    Arc::new(operations.into_iter().map(|operation| Draft::of(operation).unwrap()).collect())
}

#[tokio::test]
async fn what_is_wrong_with_one_costs_the_others_nothing() {
    let gate = Gate::with(1_000, false);
    let keeper = gate.keeper();
    let together = drafts(vec![operation("a", "c"), operation("poison", "c"), operation("b", "c")]);
    let kept = all_or_each(&keeper, &together).await;
    assert!(kept[0].is_ok() && kept[2].is_ok());
    assert!(matches!(&kept[1], Err(NotKept::Store(error)) if matches!(**error, StoreError::Corrupt(_))));
    assert_eq!(gate.sizes(), [3, 1, 1, 1]);
}

#[tokio::test]
async fn a_lane_outlives_a_panic() {
    let gate = Gate::with(1_000, false);
    let ingest = Ingest::start(&gate.keeper(), 1);
    let panicked = ingest.keep(operation("panic", "c"), Instant::now()).await;
    assert!(matches!(panicked, Err(NotKept::Store(_))), "{panicked:?}");
    ingest.keep(operation("next", "c"), Instant::now()).await.unwrap();
    let kept = all_or_each(&gate.keeper(), &drafts(vec![operation("panic", "c"), operation("a", "c")])).await;
    assert!(kept[0].is_err() && kept[1].is_ok());
}

#[tokio::test]
async fn a_store_out_of_reach_is_asked_once_for_all() {
    let gate = Gate::with(1_000, true);
    let keeper = gate.keeper();
    let kept = all_or_each(&keeper, &drafts(vec![operation("a", "c"), operation("b", "c")])).await;
    assert!(kept.iter().all(|kept| matches!(kept, Err(NotKept::Store(_)))));
    assert_eq!(gate.sizes(), [2]);
}

#[tokio::test]
async fn whoever_goes_away_has_it_kept_all_the_same() {
    let gate = Gate::with(0, false);
    let ingest = Ingest::start(&gate.keeper(), 1);
    let leaving = {
        let ingest = ingest.clone();
        tokio::spawn(async move { ingest.keep(operation("left behind", "c"), Instant::now()).await })
    };
    entered(&gate).await;
    leaving.abort();
    assert!(leaving.await.unwrap_err().is_cancelled());
    gate.permits.add_permits(2);
    ingest.keep(operation("next", "c"), Instant::now()).await.unwrap();
    assert_eq!(gate.sizes(), [1, 1]);
    assert_eq!(gate.transactions.lock().unwrap()[0], ["left behind"]);
}

#[tokio::test]
async fn a_connection_keeps_to_its_lane_and_lanes_do_not_wait_for_one_another() {
    let gate = Gate::with(1_000, false);
    let ingest = Ingest::start(&gate.keeper(), 2);
    let lanes: Vec<_> = (0..50).map(|n| ingest.lane_of(&operation("x", &n.to_string()))).collect();
    let again: Vec<_> = (0..50).map(|n| ingest.lane_of(&operation("y", &n.to_string()))).collect();
    assert_eq!(lanes, again);
    assert!(lanes.contains(&0) && lanes.contains(&1));
    for number in 0..50 {
        ingest.keep(operation("x", &number.to_string()), Instant::now()).await.unwrap();
    }
}
