//! What both databases decide alike about what comes in: pure functions from what is known to what is to be written. No
//! I/O, no SQL.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use crate::packing::{Packed, Packer, aside, with_packer};
use crate::text::{LONGEST_FACT, LONGEST_TEXT, shortened, shortened_id, storable};
use crate::{ConnectionId, NewOperation, OperationId, OperationKind, OperationState, OrderFacts, Receipt, Result};
use crate::{erasing, words};

/// Why an operation is `Noted` whose order another event brought before; the words of the server's closed list.
pub(crate) const DUPLICATE_ORDER: &str = "duplicate_order";
/// Why an operation is `Withdrawn`.
pub(crate) const CANCELLED_BEFORE: &str = "cancelled_before";
/// Why an operation is `Failed` when its connection was closed.
pub(crate) const DISCONNECTED: &str = "disconnected";
/// Of what may have been printed and is not tried any more: why nobody knows. The words of the server's closed list.
macro_rules! doubt {
    () => {
        "CASE WHEN cause IN ('no_answer', 'nonsense') THEN cause ELSE 'interrupted' END"
    };
}

pub(crate) use doubt;

/// What a person is told beside the state when it was too late to withdraw it.
pub(crate) const CANCELLED_AFTER_SENDING: &str = "cancelled_after_sending";

/// That an event came is noted at most this often: a rush brings many.
const HEARD_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// An operation as it will be written, its place and its end of the queue apart: cut to what is kept, and packed.
#[derive(Debug)]
pub struct Draft {
    pub(crate) id: OperationId,
    pub(crate) connection: ConnectionId,
    pub(crate) kind: OperationKind,
    pub(crate) event_id: Option<String>,
    pub(crate) order: Option<OrderFacts>,
    pub(crate) state: OperationState,
    pub(crate) cause: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) received_at: Timestamp,
    pub(crate) exchange: Option<Packed>,
    /// What it is found by.
    pub(crate) words: Vec<String>,
    /// HubRise's id of a customer to be forgotten, as words name it.
    pub(crate) erases: Option<String>,
}

impl Draft {
    /// Cuts and packs, here and now: some 50 µs for a usual order, milliseconds for one of a megabyte.
    ///
    /// # Errors
    /// When it cannot be compressed.
    pub fn of(operation: NewOperation) -> Result<Self> {
        with_packer(|packer| draft(operation, packer))
    }

    /// Which operation it is.
    #[must_use]
    pub fn id(&self) -> &OperationId {
        &self.id
    }
}

/// Cuts and packs, on a thread where it may take its time.
pub(crate) async fn drafts(operations: Vec<NewOperation>) -> Result<Vec<Draft>> {
    aside(move || operations.into_iter().map(Draft::of).collect()).await
}

fn draft(operation: NewOperation, packer: &mut Packer) -> Result<Draft> {
    let fact = |text: String| shortened(&text, LONGEST_FACT);
    let words = words::of(&operation.terms, operation.order.as_ref().map(|order| order.order_id.as_str()));
    Ok(Draft {
        words,
        erases: operation.erases.as_deref().map(erasing::named),
        id: operation.id,
        connection: operation.connection,
        kind: operation.kind,
        event_id: operation.event_id.map(|id| shortened_id(&id)),
        order: operation.order.map(|order| OrderFacts {
            order_id: shortened_id(&order.order_id),
            reference: order.reference.map(fact),
            channel: order.channel.map(fact),
            total: order.total.map(fact),
            status: order.status.map(fact),
            ..order
        }),
        state: operation.state,
        cause: operation.cause.map(storable),
        detail: operation.detail.map(|detail| shortened(&detail, LONGEST_TEXT)),
        received_at: operation.received_at,
        exchange: operation.exchange.map(|exchange| packer.pack(exchange)).transpose()?,
    })
}

impl Draft {
    /// The order it is about, if HubRise told of one.
    pub(crate) fn order_id(&self) -> Option<&str> {
        let told = matches!(self.kind, OperationKind::OrderCreated | OperationKind::OrderUpdated);
        self.order.as_ref().filter(|_| told).map(|order| order.order_id.as_str())
    }

    fn cancels(&self) -> bool {
        let status = self.order.as_ref().and_then(|order| order.status.as_deref());
        self.kind == OperationKind::OrderUpdated && matches!(status, Some("cancelled" | "rejected"))
    }
}

/// A thing at a place.
pub(crate) type At = (i64, String);

/// An open connection that a batch names.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    pub(crate) place: i64,
    pub(crate) heard_at: Option<Timestamp>,
    pub(crate) refused: u64,
}

/// What the database has of what a batch names.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The open connections.
    pub(crate) open: HashMap<String, Standing>,
    /// Operations without an event, by their own ids.
    pub(crate) ids: HashSet<String>,
    /// Events.
    pub(crate) events: HashSet<At>,
    /// Orders an event has brought.
    pub(crate) created: HashSet<At>,
    /// Orders HubRise has cancelled.
    pub(crate) cancelled: HashSet<At>,
}

/// An operation to insert.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Which of the drafts.
    pub(crate) draft: usize,
    pub(crate) place: i64,
    pub(crate) state: OperationState,
    pub(crate) cause: Option<String>,
    pub(crate) detail: Option<String>,
}

/// An order that came before and is cancelled now.
#[derive(Debug)]
pub(crate) struct Cancelled {
    pub(crate) place: i64,
    pub(crate) order: String,
    pub(crate) at: Timestamp,
}

/// A customer to be forgotten.
#[derive(Debug)]
pub(crate) struct Erases {
    pub(crate) place: i64,
    pub(crate) connection: String,
    pub(crate) customer: String,
    pub(crate) at: Timestamp,
}

/// What receiving a batch writes.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    pub(crate) receipts: Vec<Receipt>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) cancelled: Vec<Cancelled>,
    /// In the order in which their rows are locked, each customer once.
    pub(crate) erases: BTreeMap<At, Erases>,
    /// Connections that were heard of, and when, where that is worth a note.
    pub(crate) heard: BTreeMap<String, Timestamp>,
}

impl Intake {
    /// The connections that have something more to send, and since when; in the order in which lanes are locked.
    pub(crate) fn queued<'a>(&self, drafts: &'a [Draft]) -> BTreeMap<&'a str, Timestamp> {
        let mut queued = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| entry.state == OperationState::Queued) {
            if let Some(draft) = drafts.get(entry.draft) {
                let at: &mut Timestamp = queued.entry(draft.connection.as_str()).or_insert(draft.received_at);
                *at = (*at).min(draft.received_at);
            }
        }
        queued
    }
}

/// The channels by which a batch brings orders, each once, in an order of its own.
pub(crate) fn channels<'a>(drafts: &'a [Draft], entries: &[Entry]) -> Vec<(i64, &'a str)> {
    let channel = |entry: &Entry| {
        let draft = drafts.get(entry.draft).filter(|draft| draft.kind == OperationKind::OrderCreated)?;
        Some((entry.place, draft.order.as_ref()?.channel.as_deref()?))
    };
    entries.iter().filter_map(channel).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Decides on a batch, one after another: what comes first counts.
pub(crate) fn decide(drafts: &[Draft], known: &Known) -> Intake {
    let mut intake = Intake::default();
    // Where each draft went: to an entry, or to none for the reason given.
    let mut ways: Vec<std::result::Result<usize, Receipt>> = Vec::with_capacity(drafts.len());
    let mut ids = HashSet::new();
    let mut events = HashSet::new();
    // Orders brought by this batch, and by which entry.
    let mut created: HashMap<At, usize> = HashMap::new();
    let mut cancelled: HashSet<At> = HashSet::new();
    for (index, draft) in drafts.iter().enumerate() {
        let Some(standing) = known.open.get(draft.connection.as_str()) else {
            ways.push(Err(Receipt::NoConnection));
            continue;
        };
        let place = standing.place;
        hear(&mut intake.heard, draft, standing);
        let fresh = match &draft.event_id {
            Some(event) => {
                let event = (place, event.clone());
                !known.events.contains(&event) && events.insert(event)
            }
            None => !known.ids.contains(draft.id.as_str()),
        };
        if !fresh || !ids.insert(draft.id.as_str()) {
            ways.push(Err(Receipt::Repeated));
            continue;
        }
        let mut entry =
            Entry { draft: index, place, state: draft.state, cause: draft.cause.clone(), detail: draft.detail.clone() };
        if let Some(order) = draft.order_id().map(|order| (place, order.to_owned())) {
            if draft.kind == OperationKind::OrderCreated {
                if known.created.contains(&order) || created.contains_key(&order) {
                    end(&mut entry, OperationState::Noted, DUPLICATE_ORDER);
                } else {
                    let over = known.cancelled.contains(&order) || cancelled.contains(&order);
                    if over && entry.state == OperationState::Queued {
                        end(&mut entry, OperationState::Withdrawn, CANCELLED_BEFORE);
                    }
                    created.insert(order, intake.entries.len());
                }
            } else if draft.cancels() {
                // Of this batch nothing has been sent yet.
                let here = created.get(&order).and_then(|creation| intake.entries.get_mut(*creation));
                match here {
                    Some(creation) if creation.state == OperationState::Queued => {
                        end(creation, OperationState::Withdrawn, CANCELLED_BEFORE);
                    }
                    Some(_) => {}
                    None if known.created.contains(&order) => {
                        let at = draft.received_at;
                        intake.cancelled.push(Cancelled { place, order: order.1.clone(), at });
                    }
                    None => {}
                }
                cancelled.insert(order);
            }
        }
        if let Some(customer) = draft.erases.clone() {
            let (connection, at) = (draft.connection.as_str().to_owned(), draft.received_at);
            intake.erases.insert((place, customer.clone()), Erases { place, connection, customer, at });
        }
        ways.push(Ok(intake.entries.len()));
        intake.entries.push(entry);
    }
    let state = |entry: usize| intake.entries.get(entry).map_or(OperationState::Noted, |entry| entry.state);
    intake.receipts = ways.into_iter().map(|way| way.map_or_else(|why| why, |at| Receipt::Kept(state(at)))).collect();
    intake
}

fn end(entry: &mut Entry, state: OperationState, cause: &str) {
    (entry.state, entry.cause, entry.detail) = (state, Some(cause.to_owned()), None);
}

/// An event, even one that is repeated, shows that HubRise's calls arrive; what the bridge does itself shows nothing.
fn hear(heard: &mut BTreeMap<String, Timestamp>, draft: &Draft, standing: &Standing) {
    let at = draft.received_at;
    let news = standing.refused > 0 || standing.heard_at.is_none_or(|last| last + HEARD_EVERY <= at);
    if draft.kind != OperationKind::System && news {
        let latest = heard.entry(draft.connection.as_str().to_owned()).or_insert(at);
        *latest = (*latest).max(at);
    }
}
