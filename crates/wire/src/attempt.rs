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
    /// The till's id.
    pub till: String,
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
    /// The user declined [`AttemptOutcome::ConfirmAccount`]: all is as it was.
    Declined {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
}

/// `POST /api/v1/attempts/{id}/confirm`: the answer to [`AttemptOutcome::ConfirmAccount`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AttemptConfirm {
    /// True to switch accounts, false to leave all as it was.
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
    /// The till's id.
    pub till: String,
    /// How it stands.
    pub state: AttemptState,
    /// Why it failed.
    pub problem: Option<ProblemCode>,
    /// What is asked, while `state` is `confirming`.
    pub confirm: Option<AttemptOutcome>,
}
