//! Forgets customers whom HubRise anonymised: makes unreadable what was kept of them.
//!
//! Owns how often is looked and what an exchange says afterwards. That an erasure is begun with the event that asks for it, is
//! leased to one server, and is begun again after a crash, is the store's; what is personal is `masking`'s. Doing it twice
//! does no harm: what is masked stays masked.

use std::time::Duration;

use jiff::SignedDuration;
use passerelle_store::{Erasure, ExchangeRow, ExchangeWhole, OperationRow, Result, Retold, Rewritten};

use crate::masking::Personal;
use crate::state::AppState;

/// The rest between two rounds: whatever is asked for is done within a minute.
const PERIOD: Duration = Duration::from_secs(10);
/// How long a customer is leased to a server; a longer erasure is begun anew by whoever comes next, to no harm.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Customers forgotten at once.
const BATCH: u32 = 8;
/// Operations looked up at once.
const OPERATIONS: u32 = 50;
/// Bytes of bodies rewritten in one transaction, so that no writer waits long.
const STEP: usize = 1024 * 1024;

/// The eraser.
pub struct Eraser {
    state: AppState,
}

impl Eraser {
    /// An eraser over this state.
    #[must_use]
    pub fn new(state: AppState) -> Self {
        Self { state }
    }

    /// Looks, rests, for ever; ends when its task is dropped.
    pub async fn run(self) {
        loop {
            match self.round().await {
                // A full batch: there are more.
                Ok(claimed) if claimed >= BATCH as usize => continue,
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "customers to be forgotten cannot be read"),
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// Forgets a batch of customers; says how many there were.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn round(&self) -> Result<usize> {
        let now = self.state.now();
        let due = self.state.store().claim_erasures(now, now + LEASE, BATCH).await?;
        for erasure in &due {
            match self.erase(erasure).await {
                Ok(operations) => {
                    tracing::info!(connection = erasure.connection.as_str(), operations, "a customer was forgotten");
                }
                // Its lease ends, and it is begun again.
                Err(error) => {
                    tracing::warn!(connection = erasure.connection.as_str(), %error, "a customer could not be forgotten");
                }
            }
        }
        Ok(due.len())
    }

    /// All that is kept of one customer; says in how many operations.
    async fn erase(&self, erasure: &Erasure) -> Result<usize> {
        let store = self.state.store();
        let (mut after, mut erased) = (0, 0);
        loop {
            let operations = store.operations_to_erase(erasure, after, OPERATIONS).await?;
            let Some(last) = operations.last() else { break };
            after = last.seq;
            for operation in &operations {
                self.erase_operation(operation).await?;
                erased += 1;
            }
        }
        store.end_erasure(erasure).await?;
        self.state.live().connection_changed(&erasure.connection);
        Ok(erased)
    }

    async fn erase_operation(&self, operation: &OperationRow) -> Result<()> {
        let store = self.state.store();
        let lines = store.exchanges(&operation.connection, &operation.id).await?;
        // First whom it names, in any of its bodies: what one of them tells by its place, another repeats anywhere.
        let mut personal = Personal::default();
        for line in &lines {
            if let Some(whole) = self.whole(operation, line).await? {
                for body in [&whole.request_body, &whole.response_body] {
                    personal = personal.and(&String::from_utf8_lossy(body));
                }
            }
        }
        // With each step: after the one that rewrites the event, nothing tells any more whom to look for.
        let retold = self.retold(operation, &personal).await?;
        let (mut rewritten, mut size) = (Vec::new(), 0);
        // The event is the first, and says best whom to look for: should this end half way, it is still there to say it.
        for line in lines.iter().rev() {
            let Some(whole) = self.whole(operation, line).await? else { continue };
            let masked = masked(&whole, &personal);
            size += masked.request_body.len() + masked.response_body.len();
            rewritten.push(masked);
            if size >= STEP {
                store.erase(&operation.id, std::mem::take(&mut rewritten), &retold).await?;
                size = 0;
            }
        }
        // Its words and its cases go too, even where nothing was said.
        store.erase(&operation.id, rewritten, &retold).await
    }

    /// What the till answered, what the bridge noted and what people wrote, where it names the customer.
    async fn retold(&self, operation: &OperationRow, personal: &Personal) -> Result<Vec<Retold>> {
        let acts = self.state.store().acts(&operation.connection, &operation.id).await?;
        let texts =
            operation.detail.iter().chain(&operation.notes).chain(acts.iter().filter_map(|act| act.note.as_ref()));
        let retold = texts.map(|was| Retold { was: was.clone(), now: personal.mask(was) });
        Ok(retold.filter(|text| text.was != text.now).collect())
    }

    async fn whole(&self, operation: &OperationRow, line: &ExchangeRow) -> Result<Option<ExchangeWhole>> {
        self.state.store().exchange(&operation.connection, &line.id).await
    }
}

fn masked(whole: &ExchangeWhole, personal: &Personal) -> Rewritten {
    // A body that is no text cannot be masked but as the text it is nearest to; one that holds nothing stays byte by byte.
    let body = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let masked = personal.mask(&text);
        if masked == text { bytes.to_vec() } else { masked.into_bytes() }
    };
    Rewritten {
        exchange: whole.row.id.clone(),
        request_headers: personal.mask(&whole.request_headers),
        request_body: body(&whole.request_body),
        response_headers: personal.mask(&whole.response_headers),
        response_body: body(&whole.response_body),
    }
}
