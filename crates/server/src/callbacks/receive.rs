//! `POST /callbacks/hubrise/{vendor}`: HubRise tells of an order.
//!
//! Any answer from 200 to 499 makes HubRise forget the event for good. So 200 comes after the event, its call and what is
//! to be done about it are on disk, and never before; whatever hinders that is a 503, after which HubRise tells again. 401
//! and 404 throw the event away, which is right for forgeries and strangers alone: both are told loudly.

use std::time::Instant;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;
use passerelle_hubrise::signature;
use passerelle_store::{ConnectionId, NewExchange, NewOperation, OperationState, Receipt, StoreError};
use passerelle_wire::ProblemCode;

use super::event::{Event, Names, StockNews};
use super::ingest::NotKept;
use super::place::Places;
use super::refused::Refused;
use super::stock;
use crate::problem::{ApiProblem, Path};
use crate::recorder::{self, Heard};
use crate::served::ServedVendor;
use crate::state::AppState;

/// The largest body taken, in bytes: 1 MiB.
pub(super) const LARGEST: usize = 1024 * 1024;

/// What the answer of a kept event says beside its status.
const ANSWER_HEADERS: &str = "cache-control: no-store\n";

/// What the callback needs.
#[derive(Clone)]
pub(super) struct Receiving {
    pub(super) state: AppState,
    pub(super) places: Places,
    pub(super) refused: Refused,
}

/// A call as it came.
struct Call<'a> {
    vendor: &'a ServedVendor,
    headers: &'a HeaderMap,
    body: &'a Bytes,
    at: Timestamp,
    began: Instant,
}

/// Keeps an event.
///
/// Who may call: whoever signs with the vendor's client secret, which is HubRise. 200 when the event is kept, now or
/// before, or nothing of it is to be kept; 401 for a bad signature; 404 for a vendor, an installation or a location that is
/// not known here; 413 for a body over 1 MiB; 503 when it could not be kept, so that HubRise tells again.
pub(super) async fn told(
    State(receiving): State<Receiving>,
    Path(vendor): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, ApiProblem> {
    let began = Instant::now();
    let state = &receiving.state;
    let vendor = state.vendors().get(&vendor)?;
    let purposes = vendor.purposes();
    if !purposes.orders && !purposes.stock {
        return Err(ApiProblem::not_found());
    }
    let body = body.map_err(|rejection| unread(vendor, &rejection))?;
    let call = Call { vendor, headers: &headers, body: &body, at: state.now(), began };
    let signature = headers.get(signature::HEADER).map(|value| value.as_bytes()).unwrap_or_default();
    if !signature::verify(&vendor.credentials.client_secret, &body, signature) {
        return Err(receiving.refuse(&call).await);
    }
    let event = Event::read(&body);
    if event.is_idle() {
        return Ok(StatusCode::OK);
    }
    match event.stock.clone().filter(|_| purposes.stock) {
        Some(news) => receiving.stock(&call, &event, &news).await,
        None => receiving.keep(&call, event).await,
    }
}

impl Receiving {
    async fn keep(&self, call: &Call<'_>, event: Event) -> Result<StatusCode, ApiProblem> {
        // What was found lately may be over; what is searched for now is not.
        for _remembered_then_searched in 0..2 {
            let Some(connection) = self.find(call.vendor, &event.names).await? else { break };
            let operation = self.operation(call, event.clone(), connection.clone());
            match self.state.ingest().keep(operation, call.began).await {
                Ok(Receipt::Kept(state)) => {
                    self.kept(&connection, state);
                    return Ok(StatusCode::OK);
                }
                Ok(Receipt::Repeated) => return Ok(StatusCode::OK),
                Ok(Receipt::NoConnection) => self.places.forget(call.vendor, &event.names),
                Err(error) => {
                    self.state.registrar().missed(Some(&connection));
                    return Err(not_kept(error));
                }
            }
        }
        Err(self.nobodys(call, &event))
    }

    fn nobodys(&self, call: &Call<'_>, event: &Event) -> ApiProblem {
        let Names { app_instance_id, location_id, .. } = &event.names;
        tracing::warn!(
            vendor = call.vendor.slug(),
            app_instance_id,
            location_id,
            event = event.id,
            "hubrise told of an event of nobody here: it is thrown away"
        );
        ApiProblem::not_found()
    }

    /// Stock that somebody else changed: nothing to keep but that it is to be looked at, and the call.
    async fn stock(&self, call: &Call<'_>, event: &Event, news: &StockNews) -> Result<StatusCode, ApiProblem> {
        let Some(connection) = self.find(call.vendor, &event.names).await? else {
            return Err(self.nobodys(call, event));
        };
        let store = self.state.store();
        let kept = async {
            stock::told(&self.state, &connection, news).await?;
            store.note_exchanges(&connection, None, vec![self.heard(call)]).await
        };
        kept.await.map_err(|error| {
            self.state.registrar().missed(Some(&connection));
            unavailable(error)
        })?;
        Ok(StatusCode::OK)
    }

    async fn find(&self, vendor: &ServedVendor, names: &Names) -> Result<Option<ConnectionId>, ApiProblem> {
        self.places.find(&self.state, vendor, names).await.map_err(|error| {
            self.state.registrar().missed(None);
            unavailable(error)
        })
    }

    fn operation(&self, call: &Call<'_>, event: Event, connection: ConnectionId) -> NewOperation {
        event.operation(connection, call.at, self.heard(call))
    }

    /// The call that brought it.
    fn heard(&self, call: &Call<'_>) -> NewExchange {
        recorder::of_callback(Heard {
            method: &Method::POST,
            url: super::address(&self.state, call.vendor.slug()),
            headers: call.headers,
            body: call.body.to_vec(),
            status: StatusCode::OK.as_u16(),
            answer_headers: ANSWER_HEADERS.to_owned(),
            answer: Vec::new(),
            started_at: call.at,
            duration: call.began.elapsed(),
        })
    }

    fn kept(&self, connection: &ConnectionId, state: OperationState) {
        if state == OperationState::Queued {
            self.state.wake().wake();
        }
        self.state.live().connection_changed(connection);
    }

    /// Counts a call whose signature is missing or wrong. Nothing it says is believed, but the connection it names is told
    /// of it: nobody else could notice that its orders are thrown away.
    async fn refuse(&self, call: &Call<'_>) -> ApiProblem {
        let vendor = call.vendor.slug();
        let due = self.refused.count(vendor, call.at);
        if let Some(calls) = due.tell {
            let missing = !call.headers.contains_key(signature::HEADER);
            tracing::warn!(
                vendor,
                calls,
                missing,
                "callbacks with a bad signature were refused: if this is hubrise, the client secret is wrong, and orders \
                 are being lost"
            );
        }
        if due.note
            && let Err(error) = self.put_down(call).await
        {
            tracing::warn!(vendor, %error, "a refused callback could not be put down to its connection");
        }
        // Not a session's affair: the code says what the app would do about it, and no app is here.
        ApiProblem::new(ProblemCode::InvalidRequest, "the signature is missing or wrong")
            .with_status(StatusCode::UNAUTHORIZED)
    }

    async fn put_down(&self, call: &Call<'_>) -> Result<(), StoreError> {
        let names = Event::read(call.body).names;
        if let Some(connection) = self.places.find(&self.state, call.vendor, &names).await? {
            self.state.store().note_refused_callback(&connection, call.at).await?;
            self.state.live().connection_changed(&connection);
        }
        Ok(())
    }
}

/// A body that did not come whole or is too large. HubRise's largest orders have a few hundred thousand bytes.
fn unread(vendor: &ServedVendor, rejection: &BytesRejection) -> ApiProblem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        tracing::warn!(vendor = vendor.slug(), limit = LARGEST, "a callback over the limit was refused, and is lost");
        ApiProblem::of(ProblemCode::PayloadTooLarge)
    } else {
        ApiProblem::new(ProblemCode::InvalidRequest, "the body could not be read to its end")
    }
}

fn not_kept(error: NotKept) -> ApiProblem {
    ApiProblem::caused(ProblemCode::DatabaseUnavailable, error).with_status(StatusCode::SERVICE_UNAVAILABLE)
}

/// Whatever is wrong with the store: HubRise is to tell again.
fn unavailable(error: StoreError) -> ApiProblem {
    ApiProblem::caused(ProblemCode::DatabaseUnavailable, error).with_status(StatusCode::SERVICE_UNAVAILABLE)
}
