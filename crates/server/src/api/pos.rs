//! `/api/v1/pos/tills/{till}/stock`: what a till tells of its stock. No session and no cookie: a till's key, which reaches its
//! own till and nothing else.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use passerelle_store::{StockReceipt, StockReport};
use passerelle_vendors::Capability;
use passerelle_wire::{ProblemCode, StockProblem, TillStock, TillStockState, TillStockTaken};
use sha2::{Digest as _, Sha256};

use crate::inventory::GATHERING;
use crate::inventory::board::moment;
use crate::inventory::reading::{LARGEST, MOST, Refused, read};
use crate::middleware::RequestId;
use crate::pos_key::PosSecret;
use crate::problem::{self, ApiProblem, Json, Path};
use crate::state::AppState;

/// The header of an idempotency key.
const KEY: &str = "idempotency-key";
/// Characters of one, at most.
const LONGEST_KEY: usize = 100;

/// The till a call speaks for.
struct Till {
    vendor: String,
    till: String,
    hub_key: String,
}

/// Tells all the till has: what is left out is gone. At most 20,000 entries and 8 MiB.
///
/// Who may call: a till, with its key.
#[utoipa::path(put, path = "/pos/tills/{till}/stock", tag = "pos", request_body = TillStock,
    params(
        ("till" = String, Path, description = "The till's id"),
        ("Authorization" = String, Header, description = "`Bearer psk_…`"),
        ("Idempotency-Key" = Option<String>, Header, description = "At most 100 characters: for 24 hours, the same key with the same body is answered the same"),
    ),
    responses(
        (status = 200, description = "Kept; what differs is sent to HubRise", body = TillStockTaken),
        (status = 400, description = "`invalid_request`: not JSON, or not of this shape", body = StockProblem, content_type = "application/problem+json"),
        (status = 401, description = "`pos_key_refused`", body = StockProblem, content_type = "application/problem+json"),
        (status = 404, description = "`till_unknown`: the key is another till's", body = StockProblem, content_type = "application/problem+json"),
        (status = 409, description = "`stock_older`: `sequence` says which number was accepted", body = StockProblem, content_type = "application/problem+json"),
        (status = 413, description = "`payload_too_large`: more than 20,000 entries, or 8 MiB", body = StockProblem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = StockProblem, content_type = "application/problem+json"),
        (status = 422, description = "`stock_invalid`: `errors` names what is wrong, entry by entry; `idempotency_key_reused`", body = StockProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn put(
    State(state): State<AppState>,
    Path(till): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<TillStockTaken>, Refusal> {
    take(&state, till, &headers, body, true).await
}

/// Tells what has changed: what is left out stays as it is. At most 20,000 entries and 8 MiB.
///
/// Who may call: a till, with its key.
#[utoipa::path(patch, path = "/pos/tills/{till}/stock", tag = "pos", request_body = TillStock,
    params(
        ("till" = String, Path, description = "The till's id"),
        ("Authorization" = String, Header, description = "`Bearer psk_…`"),
        ("Idempotency-Key" = Option<String>, Header, description = "At most 100 characters: for 24 hours, the same key with the same body is answered the same"),
    ),
    responses(
        (status = 200, description = "Kept; what differs is sent to HubRise", body = TillStockTaken),
        (status = 400, description = "`invalid_request`: not JSON, or not of this shape", body = StockProblem, content_type = "application/problem+json"),
        (status = 401, description = "`pos_key_refused`", body = StockProblem, content_type = "application/problem+json"),
        (status = 404, description = "`till_unknown`: the key is another till's", body = StockProblem, content_type = "application/problem+json"),
        (status = 409, description = "`stock_older`: `sequence` says which number was accepted", body = StockProblem, content_type = "application/problem+json"),
        (status = 413, description = "`payload_too_large`: more than 20,000 entries, or 8 MiB", body = StockProblem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = StockProblem, content_type = "application/problem+json"),
        (status = 422, description = "`stock_invalid`: `errors` names what is wrong, entry by entry; `idempotency_key_reused`", body = StockProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn patch(
    State(state): State<AppState>,
    Path(till): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<TillStockTaken>, Refusal> {
    take(&state, till, &headers, body, false).await
}

/// What is known of the till's stock: the latest number, how many entries, whether it leaves for HubRise.
///
/// Who may call: a till, with its key.
#[utoipa::path(get, path = "/pos/tills/{till}/stock", tag = "pos",
    params(
        ("till" = String, Path, description = "The till's id"),
        ("Authorization" = String, Header, description = "`Bearer psk_…`"),
    ),
    responses(
        (status = 200, description = "How it stands", body = TillStockState),
        (status = 401, description = "`pos_key_refused`", body = StockProblem, content_type = "application/problem+json"),
        (status = 404, description = "`till_unknown`: the key is another till's", body = StockProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    Path(till): Path<String>,
    headers: HeaderMap,
) -> Result<Json<TillStockState>, ApiProblem> {
    let Till { vendor, till, hub_key } = caller(&state, till, &headers).await?;
    let known = state.store().stock_till(&vendor, &till, &hub_key).await?;
    Ok(Json(TillStockState {
        sequence: known.sequence.and_then(|sequence| u64::try_from(sequence).ok()),
        entries: known.entries,
        sending: known.sending,
        received_at: known.received_at.map(moment),
    }))
}

async fn take(
    state: &AppState,
    till: String,
    headers: &HeaderMap,
    body: Body,
    whole: bool,
) -> Result<Json<TillStockTaken>, Refusal> {
    let Till { vendor, till, hub_key } = caller(state, till, headers).await?;
    let key = idempotency_key(headers)?;
    let body = collected(headers, body).await?;
    let at = state.now();
    let idempotency = key.map(|key| (key, hash(whole, &body)));
    // Twenty thousand entries are read: not among those who wait for a socket.
    let said = tokio::task::spawn_blocking(move || read(&body, at)).await.map_err(ApiProblem::internal)??;
    let report = StockReport {
        vendor,
        till,
        hub_key,
        whole,
        sequence: said.sequence,
        entries: said.entries,
        idempotency,
        most: u32::try_from(MOST).unwrap_or(u32::MAX),
        at,
        due_at: at + GATHERING,
    };
    let place = (report.vendor.clone(), report.till.clone(), report.hub_key.clone());
    match state.store().report_stock(report).await.map_err(ApiProblem::from)? {
        StockReceipt::Taken(taken) => {
            state.stock().bell.ring();
            tell(state, &place).await;
            Ok(Json(TillStockTaken {
                sequence: u64::try_from(taken.sequence).unwrap_or_default(),
                entries: taken.entries,
                changed: taken.changed,
                sending: taken.sending,
            }))
        }
        StockReceipt::Older(sequence) => Err(older(sequence)),
        StockReceipt::Reused => Err(ApiProblem::of(ProblemCode::IdempotencyKeyReused).into()),
        StockReceipt::TooMany => Err(Refused::TooMany.into()),
    }
}

/// Tells the pages of the till's connection, if anybody looks at any.
async fn tell(state: &AppState, (vendor, till, hub_key): &(String, String, String)) {
    if state.live().is_empty() {
        return;
    }
    match state.store().open_connection(vendor, till, hub_key).await {
        Ok(Some(row)) => state.live().connection_changed(&row.id),
        Ok(None) => {}
        // They look by themselves now and then.
        Err(error) => tracing::warn!(%error, "pages could not be told of a till's stock"),
    }
}

/// The till whose key a call carries, if it is the one it speaks of.
///
/// # Errors
/// `pos_key_refused` without a key that works; `till_unknown` for another till's, or one whose stock is not sent any more.
async fn caller(state: &AppState, till: String, headers: &HeaderMap) -> Result<Till, ApiProblem> {
    let refused = || ApiProblem::of(ProblemCode::PosKeyRefused);
    let secret = PosSecret::read(headers).ok_or_else(refused)?;
    let key = state.store().use_pos_key(&secret.hash(), state.now()).await?.ok_or_else(refused)?;
    let served = state.vendors().get(&key.vendor).is_ok_and(|vendor| {
        vendor.has(Capability::Inventory) && vendor.tills.iter().any(|served| served.id() == key.till)
    });
    if !served || key.till != till {
        return Err(ApiProblem::of(ProblemCode::TillUnknown));
    }
    Ok(Till { vendor: key.vendor, till, hub_key: key.hub_key })
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiProblem> {
    let Some(key) = headers.get(KEY) else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY);
    let wrong = || {
        ApiProblem::new(ProblemCode::InvalidRequest, "the idempotency key must be 1 to 100 printable ASCII characters")
    };
    key.map(|key| Some(key.to_owned())).ok_or_else(wrong)
}

/// The body, read piece by piece and no further than it may be long.
async fn collected(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, ApiProblem> {
    let given = headers.get(CONTENT_TYPE).and_then(|given| given.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(ApiProblem::of(ProblemCode::UnsupportedMediaType));
    }
    let mut whole = Vec::new();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece
            .map_err(|_cut| ApiProblem::new(ProblemCode::InvalidRequest, "the body could not be read to its end"))?;
        if whole.len() + piece.len() > LARGEST {
            return Err(ApiProblem::of(ProblemCode::PayloadTooLarge));
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole)
}

/// What a call said: all of its body, and whether that was the whole state.
fn hash(whole: bool, body: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([u8::from(whole)]).chain_update(body).finalize().into()
}

/// Why a call is refused: as everywhere, or with more to say.
pub(super) enum Refusal {
    /// As everywhere.
    Problem(ApiProblem),
    /// With what is wrong entry by entry, or the number that was accepted.
    Stock(Box<StockProblem>),
}

impl From<ApiProblem> for Refusal {
    fn from(problem: ApiProblem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Malformed(what) => ApiProblem::new(ProblemCode::InvalidRequest, what).into(),
            Refused::TooMany => {
                let most = format!("a till has {MOST} entries at most");
                ApiProblem::new(ProblemCode::PayloadTooLarge, most).into()
            }
            Refused::Wrong(errors, errors_total) => {
                let detail = format!("{errors_total} parts of the entries are wrong");
                let problem = problem(ProblemCode::StockInvalid, detail);
                Self::Stock(Box::new(StockProblem { errors, errors_total, ..problem }))
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = match self {
            Self::Problem(problem) => return problem.into_response(),
            Self::Stock(problem) => problem,
        };
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, Json(problem)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(problem::CONTENT_TYPE));
        response
    }
}

fn older(sequence: i64) -> Refusal {
    let problem = problem(ProblemCode::StockOlder, format!("the state numbered {sequence} was accepted before"));
    Refusal::Stock(Box::new(StockProblem { sequence: u64::try_from(sequence).ok(), ..problem }))
}

/// A problem that has more to say than others.
fn problem(code: ProblemCode, detail: String) -> StockProblem {
    StockProblem {
        status: ApiProblem::of(code).status().as_u16(),
        code,
        detail,
        errors: Vec::new(),
        errors_total: 0,
        sequence: None,
        request_id: RequestId::current().as_str().to_owned(),
    }
}
