//! What is to be sent for an operation, or why nothing is: the event read, the till's settings, its discounts where they are
//! asked for, and the bridge; or the request that a person wrote in its place. Everything here may be done again: nothing is printed by it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::tz::TimeZone;
use passerelle_bridge::{Configuration, Deals, Discounts, Translation, Untranslatable, Why, translate};
use passerelle_hubrise::order::Order;
use passerelle_pixelpoint::{self as pixelpoint, ApiToken, Ask, Outcome, RefusalKind};
use passerelle_store::{ConnectionRow, NewExchange, OperationState, StoreError, TryEnded, Turn};
use passerelle_wire::{BridgeChoices, Cause};
use serde_json::Value;

use super::discounts::{Refs, by_name};
use super::sending::how_it_ended;
use super::sent_with::SentWith;
use super::settings::{self, SettingsError, TillSettings};
use super::verdict::{Tried, ended};
use super::{Shared, notes};
use crate::recorder;

/// Preparing is no try, and none is counted: what fails meanwhile is prepared again after the wait of this one.
const AS_IF_TRIED: u32 = 3;

/// What a turn comes to before anything is sent.
pub(super) enum Prepared {
    /// This is to be sent.
    Ready(Box<Ready>),
    /// Nothing is sent, for now or for good.
    Over(TryEnded),
}

/// An order ready to be sent.
pub(super) struct Ready {
    pub(super) choices: BridgeChoices,
    pub(super) token: ApiToken,
    pub(super) request: Request,
    pub(super) notes: Option<String>,
    /// What the translation was made with; none where there was none.
    pub(super) sent_with: Option<String>,
    /// What was said on the way here.
    pub(super) exchanges: Vec<NewExchange>,
}

/// What the till is sent.
pub(super) enum Request {
    /// The event's translation.
    Translated(pixelpoint::Order),
    /// What a person wrote in its place, the token masked in it.
    Written(String),
}

/// What is to be made of a turn.
enum Wanted {
    Translation(Box<Order>),
    Written(String),
}

impl Shared {
    /// # Errors
    /// When the store fails.
    pub(super) async fn prepare(&self, turn: &Turn) -> Result<Prepared, StoreError> {
        let operation = &turn.operation;
        let over = |state, cause, why: Option<&str>| Ok(Prepared::Over(ended(state, Some(cause), why)));
        let Some(row) = self.store.connection_bare(&operation.connection).await? else {
            return over(OperationState::Failed, Cause::Disconnected, None);
        };
        let wanted = match wanted(turn) {
            Ok(wanted) => wanted,
            Err(why) => return over(OperationState::Failed, Cause::OrderUnreadable, Some(&why)),
        };
        let TillSettings { token, choices, version } = match settings::read(&*self.store, &self.vault, &row.id).await {
            Ok(settings) => settings,
            Err(SettingsError::Store(error)) => return Err(error),
            // The operator's to put right, and the order can wait for it.
            Err(unreadable) => {
                tracing::error!(connection = row.id.as_str(), error = %unreadable, "a till's settings cannot be used");
                let (none, why) = (BridgeChoices::default(), unreadable.to_string());
                return Ok(Prepared::Over(self.tried(turn, &none).again(Cause::NoToken, Some(&why))));
            }
        };
        let Some(token) = token else { return over(OperationState::Attention, Cause::NoToken, None) };
        let mut exchanges = Vec::new();
        let order = match wanted {
            Wanted::Translation(order) => order,
            Wanted::Written(request) => {
                let request = Request::Written(request);
                let ready = Ready { choices, token, request, notes: None, sent_with: None, exchanges };
                return Ok(Prepared::Ready(Box::new(ready)));
            }
        };
        let refs = if choices.discounts.fetch_refs && lacks_a_ref(&order) {
            match self.discounts_of(&row, version, &token, choices.debug, &mut exchanges).await {
                Ok(refs) => refs,
                Err((cause, words)) => {
                    let again = self.tried(turn, &choices).again(cause, Some(&words));
                    return Ok(Prepared::Over(TryEnded { exchanges, ..again }));
                }
            }
        } else {
            Refs::new()
        };
        let configuration = configuration(&row, &choices, refs);
        let now = self.now();
        let sent_with = SentWith::of(&order, &configuration, now, &token, choices.debug).kept();
        // A fault of ours in one order must not keep all those behind it waiting for ever.
        let translation = catch_unwind(AssertUnwindSafe(|| translate(&order, &configuration, now)));
        let Ok(translation) = translation else {
            let why = "the translation failed on this order";
            return over(OperationState::Failed, Cause::OrderUnreadable, Some(why));
        };
        Ok(match translation {
            Ok(Translation { order, notes: noted, .. }) => {
                let (request, notes) = (Request::Translated(order), notes::kept(&noted));
                Prepared::Ready(Box::new(Ready { choices, token, request, notes, sent_with, exchanges }))
            }
            Err(Untranslatable { why, notes: noted, .. }) => {
                let cause = match &why {
                    Why::NothingToSend => Cause::NothingToSend,
                    Why::SeveralCurrencies(_) => Cause::SeveralCurrencies,
                };
                let failed = ended(OperationState::Failed, Some(cause), Some(&why.to_string()));
                Prepared::Over(TryEnded { notes: notes::kept(&noted), sent_with, exchanges, ..failed })
            }
        })
    }

    fn tried<'a>(&self, turn: &'a Turn, choices: &'a BridgeChoices) -> Tried<'a> {
        let tries = turn.operation.tries.max(AS_IF_TRIED);
        Tried { operation: &turn.operation, choices, tries, now: self.now() }
    }

    /// The till's refs of discounts by name: empty where it has no list to give.
    ///
    /// # Errors
    /// Why the till could not be asked and may be later: then the order would not reach it either.
    async fn discounts_of(
        &self,
        row: &ConnectionRow,
        version: i64,
        token: &ApiToken,
        debug: bool,
        exchanges: &mut Vec<NewExchange>,
    ) -> Result<Refs, (Cause, String)> {
        if Ask::Discounts.request_type(self.eoi.dialect()).is_none() {
            return Ok(Refs::new());
        }
        if let Some(known) = self.discounts.known(&row.id, version, self.now()) {
            return Ok(known);
        }
        let sent = self.eoi.send(token, debug, &Ask::Discounts).await;
        exchanges.push(recorder::of_till(sent.tape, how_it_ended(&sent.outcome)));
        let refs = match sent.outcome {
            Outcome::Accepted(accepted) => Some(by_name(accepted.listing)),
            Outcome::Unsent { why } => return Err((Cause::TillUnreachable, why)),
            Outcome::Refused(refusal) if refusal.kind == RefusalKind::StoreOffline => {
                return Err((Cause::StoreOffline, refusal.message));
            }
            // An older PixelPoint, or one that is slow to list: the order goes without.
            Outcome::Refused(_) | Outcome::NoAnswer { .. } | Outcome::Nonsense { .. } => None,
        };
        self.discounts.keep(&row.id, version, self.now(), refs.clone());
        Ok(refs.unwrap_or_default())
    }
}

/// # Errors
/// What is wrong with the request or the event; no text from outside.
fn wanted(turn: &Turn) -> Result<Wanted, String> {
    match &turn.request {
        Some(request) => match String::from_utf8(request.clone()) {
            Ok(request) => Ok(Wanted::Written(request)),
            Err(_) => Err("the request that was written is no text".to_owned()),
        },
        None => order_of(&turn.event).map(|order| Wanted::Translation(Box::new(order))),
    }
}

/// # Errors
/// What is wrong with the event; no text from outside.
fn order_of(event: &[u8]) -> Result<Order, String> {
    let event: Value = serde_json::from_slice(event)
        .map_err(|error| format!("the event is not json, at line {} column {}", error.line(), error.column()))?;
    let order = event.get("new_state").ok_or("the event has no `new_state`")?;
    Order::read(order).map_err(|error| error.to_string())
}

/// Whether a list of the till's discounts could help.
fn lacks_a_ref(order: &Order) -> bool {
    order.discounts.iter().any(|discount| !discount.deleted && discount.reference.is_none())
}

fn configuration(row: &ConnectionRow, choices: &BridgeChoices, by_name: Refs) -> Configuration {
    Configuration {
        deals: Deals {
            aggregate_prices: choices.deals.aggregate_prices,
            refs_as_combo_ids: choices.deals.refs_as_combo_ids,
        },
        discounts: Discounts { default_ref: choices.discounts.default_ref.clone(), by_name },
        // A name this machine does not know is as good as none.
        zone: row.timezone.as_deref().and_then(|name| TimeZone::get(name).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_order_out_of_its_event_and_says_what_is_wrong() {
        let order = order_of(br#"{"id": "e", "new_state": {"id": "x", "discounts": [{"name": "Ten"}]}}"#);
        assert!(order.is_ok_and(|order| order.id == "x" && lacks_a_ref(&order)));
        for (event, why) in [
            (&b"{"[..], "the event is not json, at line 1 column 1"),
            (b"{}", "the event has no `new_state`"),
            (br#"{"new_state": 1}"#, "the order is no object"),
            (br#"{"new_state": {}}"#, "the order has no `id`"),
        ] {
            assert_eq!(order_of(event).err().as_deref(), Some(why));
        }
    }

    #[test]
    fn a_list_of_discounts_helps_only_one_that_is_there_and_has_no_ref() {
        let lacks = |discounts: &str| {
            let event = format!(r#"{{"new_state": {{"id": "x", "discounts": {discounts}}}}}"#);
            order_of(event.as_bytes()).is_ok_and(|order| lacks_a_ref(&order))
        };
        assert!(!lacks("[]"));
        assert!(!lacks(r#"[{"name": "Ten", "ref": "10"}, {"name": "Gone", "deleted": true}]"#));
    }
}
