//! An attempt: one run of OAuth, from **Connect** to what came of it.

mod flat;

use serde::{Deserialize, Serialize};

use crate::{Connected, Connection, NamedRef, ProblemCode};

/// `POST /api/v1/attempts`: begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AttemptBegin {
    /// The vendor's slug.
    pub vendor: String,
    /// What for; `connect` when left out.
    #[serde(default)]
    pub purpose: Purpose,
    /// The till's id; needed to connect.
    #[serde(default)]
    pub till: Option<String>,
    /// The till's identification key, where the till asks for one.
    #[serde(default)]
    pub key: Option<String>,
    /// To authorize: the connection's id, or the installation's (`app_instance_id`) when HubRise opened the console.
    #[serde(default)]
    pub connection: Option<String>,
    /// To authorize from HubRise's **Open**: HubRise's id of the installation. It identifies and proves nothing.
    #[serde(default)]
    pub app_instance_id: Option<String>,
    /// To connect on a merchant's request: the request's id. Support alone.
    #[serde(default)]
    pub request: Option<String>,
    /// The page of this console to go back to: a path, starting with one `/`. With `popup`, the address of the back
    /// office's page.
    #[serde(default)]
    pub return_to: Option<String>,
    /// To connect from a frame: the number of the window it goes on in, 16 random bytes in base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub popup: Option<String>,
}

/// What an attempt is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To connect a till.
    #[default]
    Connect,
    /// To learn who the user is.
    SignIn,
    /// To learn whether the user, signed in, may see a connection: HubRise answers.
    Authorize,
}

/// Where to send the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptStarted {
    /// The attempt's id.
    pub id: String,
    /// HubRise's authorisation page, with everything in its query.
    pub authorize_url: String,
    /// After this the attempt is void (15 minutes).
    pub expires_at: String,
}

/// `POST /api/v1/attempts/finish`: what HubRise brought back; either `code` or `error`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AttemptFinish {
    /// The `state` HubRise gave back.
    pub state: String,
    /// The one-time code.
    #[serde(default)]
    pub code: Option<String>,
    /// OAuth's error, such as `access_denied`.
    #[serde(default)]
    pub error: Option<String>,
}

impl std::fmt::Debug for AttemptFinish {
    /// Both `state` and `code` are secrets while they live.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AttemptFinish").field("error", &self.error).finish_non_exhaustive()
    }
}

/// What came of an attempt that HubRise granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "flat::Outcome")]
pub enum AttemptOutcome {
    /// Connected, all choices made at HubRise.
    Connected(Connected),
    /// Authorised; the console has choices left to make.
    Choose {
        /// The connection, in state `choosing`.
        connection: Connection,
    },
    /// The till was connected to another account: nothing changes until this is confirmed.
    ConfirmAccount {
        /// The attempt to confirm or decline.
        attempt: String,
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
        /// The account it is connected to.
        from: NamedRef,
        /// The account HubRise has just authorised.
        to: NamedRef,
        /// The location HubRise has just authorised, at location level.
        location: Option<NamedRef>,
    },
    /// HubRise's **Connect** sent this browser here: nothing is attached until this is confirmed, by a user signed in.
    ConfirmArrival {
        /// The attempt to confirm or decline.
        attempt: String,
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
        /// The account HubRise has authorised.
        account: NamedRef,
        /// The location, at location level.
        location: Option<NamedRef>,
        /// Whether the user must sign in first.
        sign_in: bool,
    },
    /// Signed in.
    SignedIn {
        /// The vendor's slug.
        vendor: String,
        /// The page to go back to: a path of this console.
        return_to: String,
    },
    /// HubRise confirmed the user's right to a connection.
    Authorized {
        /// The connection.
        connection: Connection,
        /// The page to go back to: a path of this console.
        return_to: String,
    },
    /// The user declined [`AttemptOutcome::ConfirmAccount`] or [`AttemptOutcome::ConfirmArrival`]: all is as it was.
    Declined {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
}

/// `POST /api/v1/arrivals`: HubRise's **Connect** brought a code nobody here asked for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// The vendor's slug.
    pub vendor: String,
    /// The one-time code.
    pub code: String,
}

impl std::fmt::Debug for Arrival {
    /// The code is a secret while it lives.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arrival").field("vendor", &self.vendor).finish_non_exhaustive()
    }
}

/// `POST /api/v1/attempts/{id}/confirm`: the answer to [`AttemptOutcome::ConfirmAccount`] or
/// [`AttemptOutcome::ConfirmArrival`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AttemptConfirm {
    /// True to go ahead, false to leave all as it was.
    pub accept: bool,
}

/// How an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// The browser was sent to HubRise.
    Waiting,
    /// The code is being exchanged.
    Exchanging,
    /// HubRise authorised another account than before; a person must confirm.
    Confirming,
    /// It led to a connection.
    Done,
    /// It failed; `problem` says why.
    Failed,
    /// Fifteen minutes have passed.
    Expired,
}

/// `GET /api/v1/attempts/latest`: this session's latest attempt, for a page that was reloaded in the middle of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptSummary {
    /// The attempt's id.
    pub id: String,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id; empty for an attempt that is about none.
    pub till: String,
    /// What it is for.
    pub purpose: Purpose,
    /// How it stands.
    pub state: AttemptState,
    /// Why it failed.
    pub problem: Option<ProblemCode>,
    /// What is asked, while `state` is `confirming`.
    pub confirm: Option<AttemptOutcome>,
    /// Whether the window of its own is open in which it goes on; said while `state` is `waiting`.
    pub opened: bool,
}
