//! What one open page is told: that what it shows has changed, once for each change, until its right to it ends.
//!
//! Owns when to look and when to end. What is shown is read as the page itself would read it, and only its fingerprint
//! is kept: a page is never told of what it may not see, not even that it happened.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::Event;
use futures_util::stream::{self, Stream};
use passerelle_store::ConnectionId;
use tokio::sync::broadcast::error::RecvError;

use super::{Seat, Signal, orders, stock};
use crate::api::connections::{connection_seen, till_seen};
use crate::auth::CurrentSession;
use crate::crypto::derived;
use crate::problem::ApiProblem;
use crate::state::AppState;

/// How often a stream looks without being told: sessions and rights run out without anybody changing anything.
const PERIOD: Duration = Duration::from_secs(15);

/// What a page shows.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    /// A connection.
    Connection(ConnectionId),
    /// A till, as this session may see it.
    Till {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
}

/// What a look at the subject brought.
enum Look {
    /// The fingerprint of what is shown.
    Mark(String),
    /// The session or its right has ended.
    Over,
}

/// Takes a seat and gives the stream; none when the session has all the seats it may have.
///
/// # Errors
/// When what is to be followed cannot be read: then there is nothing to follow.
pub(crate) async fn listen(
    state: &AppState,
    caller: CurrentSession,
    subject: Subject,
) -> Result<Option<impl Stream<Item = Result<Event, Infallible>> + Send + use<>>, ApiProblem> {
    // Seated first: what changes after this look is heard.
    let Some(seat) = state.live().sit(&caller.session.id) else { return Ok(None) };
    let mut listener = Listener { state: state.clone(), caller, subject, seat, mark: String::new(), followed: None };
    listener.mark = match listener.look().await? {
        Look::Mark(mark) => mark,
        Look::Over => return Err(ApiProblem::of(passerelle_wire::ProblemCode::ConnectionUnknown)),
    };
    let next = |listener: Option<Listener>| async move {
        let mut listener = listener?;
        match listener.next().await {
            Told::Changed => Some((Ok(listener.event()), Some(listener))),
            Told::Last => Some((Ok(listener.event()), None)),
            Told::End => None,
        }
    };
    Ok(Some(stream::unfold(Some(listener), next)))
}

struct Listener {
    state: AppState,
    caller: CurrentSession,
    subject: Subject,
    seat: Seat,
    /// The fingerprint of what the page was last told to fetch.
    mark: String,
    /// The connection a till's page shows just now.
    followed: Option<ConnectionId>,
}

/// What to do next.
enum Told {
    /// Say that something has changed.
    Changed,
    /// Say so, and end: the page's right is over, and it finds out how things stand.
    Last,
    /// End.
    End,
}

impl Listener {
    /// Waits until there is something to tell.
    async fn next(&mut self) -> Told {
        loop {
            if self.state.live().is_closed() {
                return Told::End;
            }
            let heard = tokio::time::timeout(PERIOD, self.seat.signals.recv()).await;
            let concerns = match &heard {
                Ok(Ok(Signal::Closing) | Err(RecvError::Closed)) => return Told::End,
                Ok(Ok(signal)) => self.concerned_by(signal),
                // It missed some, or nobody said anything for long.
                Ok(Err(RecvError::Lagged(_))) | Err(_) => true,
            };
            if !concerns {
                continue;
            }
            match self.look().await {
                Ok(Look::Mark(mark)) if mark == self.mark => {}
                Ok(Look::Mark(mark)) => {
                    self.mark = mark;
                    return Told::Changed;
                }
                Ok(Look::Over) => return Told::Last,
                // Nothing is known: the next look may tell.
                Err(problem) => tracing::warn!(?problem, "a stream could not look"),
            }
        }
    }

    fn concerned_by(&self, signal: &Signal) -> bool {
        match (signal, &self.subject) {
            (Signal::Session(id), _) => *id == self.caller.session.id,
            (Signal::Connection(id), Subject::Connection(own)) => id == own,
            (Signal::Connection(id), Subject::Till { .. }) => self.followed.as_ref() == Some(id),
            (Signal::Till(vendor, till), Subject::Till { vendor: own_vendor, till: own_till }) => {
                vendor == own_vendor && till == own_till
            }
            (Signal::Till(..), Subject::Connection(_)) | (Signal::Closing, _) => false,
        }
    }

    /// Reads what the page shows, with the page's own rights at this moment. An open page counts as use of its session.
    async fn look(&mut self) -> Result<Look, ApiProblem> {
        let state = &self.state;
        let hash = self.caller.credential.fingerprint();
        let Some(session) = state.store().session(&hash, state.now(), state.rules().session_idle).await? else {
            return Ok(Look::Over);
        };
        let (shown, orders) = match &self.subject {
            Subject::Connection(id) => {
                let Some(granted) = state.store().connection(id, &session.id, state.now()).await? else {
                    return Ok(Look::Over);
                };
                let row = &granted.connection;
                let orders = orders::mark(state, row).await? + &stock::mark(state, row).await?;
                (serde_json::to_value(connection_seen(&granted, &session.id)), orders)
            }
            Subject::Till { vendor, till } => {
                let (status, row) = till_seen(state, vendor, till, &session.id).await?;
                let orders = match &row {
                    Some(row) => orders::mark(state, row).await? + &stock::mark(state, row).await?,
                    None => String::new(),
                };
                self.followed = row.map(|row| row.id);
                (serde_json::to_value(status), orders)
            }
        };
        Ok(Look::Mark(mark(shown.map_err(ApiProblem::internal)?, &orders)))
    }

    /// The event carries an id and nothing else; a browser passes on no event without data, so that is the id too.
    fn event(&self) -> Event {
        Event::default().event("changed").id(&self.mark).data(&self.mark)
    }
}

/// The fingerprint of what is shown, leaving out the times of the last calls: that they move on is no news.
fn mark(mut shown: serde_json::Value, orders: &str) -> String {
    let at = if shown.get("connection").is_some() { "/connection/health" } else { "/health" };
    if let Some(health) = shown.pointer_mut(at).and_then(serde_json::Value::as_object_mut) {
        health.remove("last_ok_at");
        health.remove("last_failed_at");
    }
    derived("what a page shows", &format!("{shown}{orders}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_time_of_the_last_call_is_no_news_but_its_outcome_is() {
        let shown = |state: &str, at: &str| json!({"id": "c", "health": {"state": state, "last_ok_at": at}});
        assert_eq!(mark(shown("ok", "1"), ""), mark(shown("ok", "2"), ""));
        assert_ne!(mark(shown("ok", "1"), ""), mark(shown("blocked", "1"), ""));
        let till = |state: &str, at: &str| json!({"connection": shown(state, at), "lock": null});
        assert_eq!(mark(till("ok", "1"), ""), mark(till("ok", "2"), ""));
        assert_ne!(mark(till("ok", "1"), ""), mark(till("blocked", "1"), ""));
        assert_ne!(
            mark(json!({"connection": null, "lock": null}), ""),
            mark(json!({"connection": null, "lock": 1}), "")
        );
    }

    #[test]
    fn what_comes_of_an_order_is_news() {
        assert_ne!(mark(json!({"id": "c"}), "sent"), mark(json!({"id": "c"}), "delivered"));
    }
}
