//! The console inside a vendor's back office: how a frame gets its session, and a window goes on for it.

use serde::{Deserialize, Serialize};

use crate::SignedIn;

/// `POST /api/v1/embed/sessions`: a token, and the origin of the page that handed it over; or a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EmbedBegin {
    /// The vendor's slug.
    pub vendor: String,
    /// The back office's token for its user.
    #[serde(default)]
    pub token: Option<String>,
    /// The origin of the page that handed the token over, as the frame saw it.
    #[serde(default)]
    pub host: Option<String>,
    /// A code in place of both.
    #[serde(default)]
    pub code: Option<String>,
}

/// A frame's session. Its fields but the bearer are those of `GET /api/v1/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedSession {
    /// For `Authorization: Bearer …`; lives in the frame's memory alone.
    pub bearer: String,
    /// When the bearer is worth nothing any more, unless it is renewed.
    pub expires_at: String,
    /// Empty: a bearer is sent by nobody who does not have it.
    pub csrf_token: String,
    /// The one user whom the back office named.
    pub users: Vec<SignedIn>,
    /// The language the token names, `en` or `fr`; none for any other, and none with a code.
    pub locale: Option<String>,
}

/// `POST /api/v1/embed/codes`: from a back office's server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EmbedCodeAsk {
    /// The vendor's slug.
    pub vendor: String,
    /// The back office's token for its user.
    pub token: String,
}

/// A code for a plain frame's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedCode {
    /// Goes into the address behind `#passerelle-code=`, where `?locale=fr&theme=dark` may follow; works once.
    pub code: String,
    /// When it is worth nothing any more: a minute from now.
    pub expires_at: String,
}

/// `GET /api/v1/embed/{vendor}`: what an integrator needs to know of this console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmbedFacts {
    /// The vendor's slug.
    pub vendor: String,
    /// Whether a page of the origin asked about may embed the console.
    pub origin_allowed: bool,
    /// The algorithms of the vendor's keys; none when no token could be verified.
    pub algorithms: Vec<String>,
    /// What a token's `aud` must be.
    pub audience: String,
    /// The script's address at this version, from the root.
    pub script: String,
    /// Its hash, for the `integrity` attribute.
    pub integrity: String,
    /// The server's clock.
    pub now: String,
}

/// `POST /api/v1/embed/popups`: the window's number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PopupAsk {
    /// As the frame made it: 16 random bytes in base64url.
    pub nonce: String,
}

/// Where the window goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PopupOpened {
    /// HubRise's page.
    pub authorize_url: String,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// The back office's page, where the way back leads if the window is the back office's own.
    pub return_to: Option<String>,
}
