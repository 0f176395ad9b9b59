//! A year of orders at once, for measuring: written past the trait, many to a transaction, as they stand when all is over.
//! What is written of each is what receiving and delivering write.

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;

use super::traffic::{Dice, Story, Traffic};
use crate::packing::{First, Packed, pack_text, with_packer};
use crate::postgres::PostgresStore;
use crate::sqlite::SqliteStore;
use crate::{ConnectionId, Draft, NewExchange, OpenOptions, OperationState, Result, StoreError, Telling, Way};

/// Orders to a transaction.
const STEP: u64 = 1_000;
/// The year.
const SPAN: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Of a hundred orders, those of the first connection: one that is ever so much larger than the others.
const LARGEST: u64 = 20;

/// An order to be written.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// Which of the connections.
    pub(crate) at: usize,
    pub(crate) draft: Draft,
    pub(crate) state: OperationState,
    pub(crate) cause: Option<&'static str>,
    pub(crate) detail: Option<String>,
    pub(crate) tries: i64,
    pub(crate) telling: Telling,
    pub(crate) notes: Option<String>,
    pub(crate) sent_with: Option<Vec<u8>>,
    pub(crate) exchanges: Vec<Packed>,
}

enum Database {
    Sqlite(SqliteStore),
    Postgres(PostgresStore),
}

/// Fills a database that has the connections of [`fill`](super::fill).
pub struct Loader {
    database: Database,
    connections: Vec<(ConnectionId, i64)>,
}

impl Loader {
    /// Opens the database at `url`.
    pub async fn open(url: &str) -> Result<Self> {
        let options = OpenOptions::default();
        let database = match url.strip_prefix("sqlite:") {
            Some(path) => {
                let path = path.strip_prefix("//").unwrap_or(path);
                let store = SqliteStore::open(path.as_ref(), &options).await?;
                store.hurry().await?;
                Database::Sqlite(store)
            }
            None => Database::Postgres(PostgresStore::open(url, &options).await?),
        };
        let connections = match &database {
            Database::Sqlite(store) => store.all_places().await?,
            Database::Postgres(store) => store.all_places().await?,
        };
        Ok(Self { database, connections })
    }

    /// The connections, the largest first.
    pub fn connections(&self) -> impl Iterator<Item = &ConnectionId> {
        self.connections.iter().map(|(connection, _)| connection)
    }

    /// Writes so many orders, spread over the year that ends at `end`; says how many exchanges that made.
    pub async fn load(&self, orders: u64, end: Timestamp, mut done: impl FnMut(u64)) -> Result<u64> {
        let (sender, mut receiver) = mpsc::channel(2);
        let connections: Vec<_> = self.connections().cloned().collect();
        let making = tokio::task::spawn_blocking(move || make(&connections, orders, end, &sender));
        let (mut written, mut exchanges) = (0, 0);
        while let Some(step) = receiver.recv().await {
            let step: Vec<Loaded> = step;
            exchanges += step.iter().map(|one| 1 + one.exchanges.len() as u64).sum::<u64>();
            match &self.database {
                Database::Sqlite(store) => store.load(&step, &self.connections).await?,
                Database::Postgres(store) => store.load(&step, &self.connections).await?,
            }
            written += step.len() as u64;
            done(written);
        }
        match making.await {
            Ok(made) => made?,
            Err(error) => return Err(StoreError::Unavailable(error.to_string())),
        }
        match &self.database {
            Database::Sqlite(store) => store.settle_down().await?,
            Database::Postgres(store) => store.settle_down().await?,
        }
        Ok(exchanges)
    }

    /// How many bytes the database takes.
    pub async fn size(&self) -> Result<u64> {
        match &self.database {
            Database::Sqlite(store) => store.bytes().await,
            Database::Postgres(store) => store.bytes().await,
        }
    }
}

/// Makes orders, in steps, until nobody takes them any more.
fn make(connections: &[ConnectionId], orders: u64, end: Timestamp, to: &mpsc::Sender<Vec<Loaded>>) -> Result<()> {
    let mut tills: Vec<Traffic> =
        (0..).zip(connections).map(|(seed, connection)| Traffic::new(connection.clone(), seed)).collect();
    let mut dice = Dice::new(orders);
    let apart = SPAN.as_micros() / i128::from(orders.max(1));
    let mut made = 0;
    while made < orders {
        let mut step = Vec::new();
        for nth in made..orders.min(made + STEP) {
            let behind = i64::try_from(apart * i128::from(orders - nth)).unwrap_or(0);
            let at = if dice.percent(LARGEST) { 0 } else { dice.below(tills.len() as u64) };
            let at = usize::try_from(at).unwrap_or(0);
            let Some(till) = tills.get_mut(at) else { return Ok(()) };
            step.push(loaded(at, till.story(end - SignedDuration::from_micros(behind)))?);
        }
        made += STEP;
        if to.blocking_send(step).is_err() {
            break;
        }
    }
    Ok(())
}

fn loaded(at: usize, story: Story) -> Result<Loaded> {
    let Story { operation, state, cause, detail, tries, telling, notes, sent_with, exchanges } = story;
    let draft = Draft::of(operation)?;
    let first = draft.exchange.as_ref().map(|event| First::of(&event.parts)).transpose()?;
    Ok(Loaded {
        at,
        draft,
        state,
        cause,
        detail,
        tries: i64::from(tries),
        telling,
        notes,
        sent_with: sent_with.as_deref().map(pack_text).transpose()?,
        exchanges: with_packer(|packer| {
            // As the drivers do: what HubRise is told is answered with the order.
            let pack = |exchange: NewExchange| match exchange.way {
                Way::BridgeToHubrise => packer.pack_after(exchange, first.as_ref()),
                _ => packer.pack(exchange),
            };
            exchanges.into_iter().map(pack).collect()
        })?,
    })
}
