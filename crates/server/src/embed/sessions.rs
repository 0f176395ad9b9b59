//! Embedded sessions: begun with a token or a code, renewed with another token, and how far each may reach.

use jiff::{SignedDuration, Timestamp};
use passerelle_store::{EmbedRole, EmbedToken, NewEmbedded, NewSession, Session, SessionId, UserId};
use passerelle_wire::ProblemCode;

use super::{Bearer, Claims, Refused};
use crate::crypto::{fingerprint, long_random_token, random_token};
use crate::problem::ApiProblem;
use crate::served::ServedVendor;
use crate::state::AppState;

/// How long a bearer is good for.
const LIFE: SignedDuration = SignedDuration::from_mins(15);
/// How long a code may take from the back office's server to the page.
const CODE_LIFE: SignedDuration = SignedDuration::from_secs(60);

/// A session begun, and the bearer that is told this once.
#[derive(Debug)]
pub struct Embedded {
    /// The session.
    pub session: Session,
    /// Its bearer.
    pub bearer: Bearer,
    /// The language the token names, if it is one of ours; a code says none.
    pub locale: Option<&'static str>,
}

impl From<Refused> for ApiProblem {
    fn from(why: Refused) -> Self {
        Self::new(ProblemCode::EmbedTokenRejected, why.to_string())
    }
}

/// Begins a session with a token that the page at `host` handed over, or goes on with `renewing`.
///
/// # Errors
/// `embed_host_unknown` when the vendor does not name that page's origin; `embed_token_rejected`.
pub async fn begin(
    state: &AppState,
    vendor: &ServedVendor,
    (token, host): (&str, &str),
    browser: String,
    renewing: Option<&SessionId>,
) -> Result<Embedded, ApiProblem> {
    if !vendor.embed_origins().iter().any(|origin| origin == host) {
        return Err(ApiProblem::of(ProblemCode::EmbedHostUnknown));
    }
    let claims = Claims::of(token, vendor, state.public_origin(), state.now())?;
    let bearer = Bearer::fresh().map_err(ApiProblem::internal)?;
    let locale = claims.locale;
    let session = keep(state, vendor, claims, bearer.fingerprint(), LIFE, browser, renewing).await?;
    Ok(Embedded { session, bearer, locale })
}

/// A code that stands for a token, for back offices that show a plain frame: their server asks for it, the frame's address
/// carries it, and it works once.
///
/// # Errors
/// `embed_token_rejected`.
pub async fn code(state: &AppState, vendor: &ServedVendor, token: &str) -> Result<(String, Timestamp), ApiProblem> {
    let claims = Claims::of(token, vendor, state.public_origin(), state.now())?;
    let code = long_random_token().map_err(ApiProblem::internal)?;
    let session = keep(state, vendor, claims, code_fingerprint(&code), CODE_LIFE, String::new(), None).await?;
    Ok((code, session.expires_at))
}

/// The session of a code.
///
/// # Errors
/// `embed_token_rejected` when it is unknown, too old, or was used.
pub async fn exchange(state: &AppState, code: &str) -> Result<Embedded, ApiProblem> {
    let bearer = Bearer::fresh().map_err(ApiProblem::internal)?;
    let now = state.now();
    let exchanged = state
        .store()
        .exchange_session(&code_fingerprint(code), &bearer.fingerprint(), now - CODE_LIFE, now + LIFE)
        .await?;
    match exchanged {
        Some(session) => Ok(Embedded { session, bearer, locale: None }),
        None => {
            Err(ApiProblem::new(ProblemCode::EmbedTokenRejected, "the code is unknown, too old, or was used before"))
        }
    }
}

/// Not a bearer's, so that neither serves as the other.
fn code_fingerprint(code: &str) -> [u8; 32] {
    fingerprint("embed code", code)
}

async fn keep(
    state: &AppState,
    vendor: &ServedVendor,
    claims: Claims,
    token_hash: [u8; 32],
    life: SignedDuration,
    browser: String,
    renewing: Option<&SessionId>,
) -> Result<Session, ApiProblem> {
    let now = state.now();
    let session = NewSession {
        id: SessionId::new(random_token()?),
        token_hash,
        browser,
        created_at: now,
        expires_at: now + life,
    };
    let token = EmbedToken { jti: claims.jti, expires_at: claims.void_at };
    let user = NewEmbedded {
        id: UserId::new(random_token()?),
        vendor: vendor.slug().to_owned(),
        claims: claims.identity,
        merchant: claims.merchant,
        tills: claims.tills,
        role: claims.role,
        name: claims.name,
    };
    state.store().embed(token, user, session, renewing).await?.ok_or_else(|| Refused::Reused.into())
}

/// Lets a session change something at a till: one that is not embedded, or whose token names the till and lets it.
///
/// # Errors
/// `till_unknown` for a till the token does not name, `vendor_unknown` for another vendor; `view_only` for who may look.
pub async fn may_change(state: &AppState, session: &Session, vendor: &str, till: &str) -> Result<(), ApiProblem> {
    let Some(embedded) = state.store().embedded(&session.id).await? else { return Ok(()) };
    if embedded.vendor != vendor {
        return Err(ApiProblem::of(ProblemCode::VendorUnknown));
    }
    if !embedded.tills.iter().any(|named| named == till) {
        return Err(ApiProblem::of(ProblemCode::TillUnknown));
    }
    match embedded.role {
        EmbedRole::Viewer => Err(ApiProblem::of(ProblemCode::ViewOnly)),
        EmbedRole::Manager | EmbedRole::Support => Ok(()),
    }
}

/// Lets a session begin what only HubRise's own users do: sign in, prove a right, accept what HubRise brought. The back
/// office has said who an embedded user is.
///
/// # Errors
/// `view_only` for an embedded session.
pub async fn may_begin(state: &AppState, session: &Session) -> Result<(), ApiProblem> {
    match state.store().embedded(&session.id).await? {
        None => Ok(()),
        Some(_) => Err(ApiProblem::of(ProblemCode::ViewOnly)),
    }
}
