//! What both databases decide alike: pure functions from rows to what is to be written. No I/O, no SQL.

use jiff::{SignedDuration, Timestamp};

use crate::text::{storable, storable_choice, storable_ref};
use crate::{
    Action, Actor, Attempt, AttemptPhase, Choice, Claim, ConnectionRow, ConnectionState, Health, Identity,
    IdentityClaim, Result, Revocation, RevocationId, Sealed, Session, SessionId, Settlement, StoreError, Unwanted,
};

/// A session's `last_seen_at` is written at most this often: a page makes many calls.
pub(crate) const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// How long whoever closes a connection has the revocation of its token to himself: longer than a call to HubRise lasts.
pub(crate) const CLOSING_LEASE: SignedDuration = SignedDuration::from_secs(30);

/// How long an attempt is remembered, so that a page reloaded much later still says what happened.
pub(crate) const ATTEMPTS_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// What to do with a session that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It is over.
    Over,
    /// It lives.
    Alive,
    /// It lives, and that it was seen is worth a note.
    Touch,
}

pub(crate) fn presence(session: &Session, now: Timestamp, idle: SignedDuration) -> Presence {
    let unseen = now.duration_since(session.last_seen_at);
    if now >= session.expires_at || unseen >= idle {
        Presence::Over
    } else if unseen >= TOUCH_EVERY {
        Presence::Touch
    } else {
        Presence::Alive
    }
}

/// What becomes of a `state` that came back; `Claimed` carries the attempt as it is to be written.
pub(crate) fn claim(found: Option<Attempt>, session: &SessionId, now: Timestamp) -> Claim {
    let Some(attempt) = found else { return Claim::Unknown };
    if attempt.session != *session {
        Claim::Foreign
    } else if attempt.phase != AttemptPhase::Waiting {
        Claim::Replayed
    } else if now >= attempt.expires_at {
        Claim::Expired
    } else {
        Claim::Claimed(Box::new(Attempt { phase: AttemptPhase::Exchanging, ..attempt }))
    }
}

/// What becomes of an identity run's `state` that came back.
pub(crate) fn claim_identity(
    found: Option<(Identity, Option<Timestamp>)>,
    session: &SessionId,
    now: Timestamp,
) -> IdentityClaim {
    let Some((identity, claimed_at)) = found else { return IdentityClaim::Unknown };
    if identity.session != *session {
        IdentityClaim::Foreign
    } else if claimed_at.is_some() {
        IdentityClaim::Replayed
    } else if now >= identity.expires_at {
        IdentityClaim::Expired
    } else {
        IdentityClaim::Claimed(Box::new(identity))
    }
}

/// A token that is needed no more, unless something else still uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Retired {
    pub(crate) token_fingerprint: [u8; 32],
    pub(crate) revocation: Revocation,
}

impl Retired {
    /// Due at once.
    fn new(
        (vendor, till): (&str, &str),
        (token, token_fingerprint): (&Sealed, &[u8; 32]),
        caused_by: &SessionId,
        now: Timestamp,
    ) -> Self {
        Self {
            token_fingerprint: *token_fingerprint,
            revocation: Revocation {
                id: RevocationId::of(token_fingerprint),
                vendor: vendor.to_owned(),
                till: till.to_owned(),
                token: token.clone(),
                caused_by: caused_by.clone(),
                created_at: now,
                due_at: now,
                failures: 0,
                last_error: None,
            },
        }
    }

    /// The token of a connection that is closed or gets another token.
    pub(crate) fn of_connection(connection: &ConnectionRow, caused_by: &SessionId, now: Timestamp) -> Self {
        let till = (connection.vendor.as_str(), connection.till.as_str());
        Self::new(till, (&connection.token, &connection.token_fingerprint), caused_by, now)
    }

    /// The token an attempt holds. `Conflict` when it holds none.
    pub(crate) fn of_attempt(attempt: &Attempt, now: Timestamp) -> Result<Self> {
        match &attempt.held {
            Some(held) if attempt.phase == AttemptPhase::Confirming => {
                let till = (attempt.vendor.as_str(), attempt.till.as_str());
                Ok(Self::new(till, (&held.token, &held.token_fingerprint), &attempt.session, now))
            }
            _ => Err(StoreError::Conflict),
        }
    }

    /// A token that came with an attempt and cannot be used. `Conflict` when the attempt waits for none.
    pub(crate) fn of_unwanted(attempt: &Attempt, unwanted: &Unwanted, now: Timestamp) -> Result<Self> {
        match attempt.phase {
            AttemptPhase::Exchanging | AttemptPhase::Confirming => {
                let till = (attempt.vendor.as_str(), attempt.till.as_str());
                Ok(Self::new(till, (&unwanted.token, &unwanted.token_fingerprint), &attempt.session, now))
            }
            _ => Err(StoreError::Conflict),
        }
    }
}

/// What settling writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SettlementPlan {
    /// The connection: to insert when there was none before, else to write over it.
    pub(crate) connection: ConnectionRow,
    /// What was done, for the audit.
    pub(crate) action: Action,
    /// The connection to close.
    pub(crate) replaced: Option<ConnectionRow>,
    /// The tokens that may have to be revoked, once all else is written.
    pub(crate) retired: Vec<Retired>,
}

/// Plans a settlement. `before` is the open connection for the settlement's hub key; `replaced` is the open connection
/// it names, if it is the same till's and the session had the right to it; `changed_at` is the change's instant.
pub(crate) fn settle(
    attempt: &Attempt,
    settlement: Settlement,
    before: Option<&ConnectionRow>,
    replaced: Option<ConnectionRow>,
    actor: &Actor,
    changed_at: Timestamp,
) -> SettlementPlan {
    let at = settlement.at;
    let mut connection = connection_after(attempt, settlement, before);
    connection.changed_at = changed_at;
    if actor.support {
        connection.support_verified_at = Some(at);
    }
    if before.is_none() {
        connection.connected_by_name = actor.name.clone();
    }
    let action = if before.is_some() { Action::Reconnected } else { Action::Connected };
    let replaced = replaced.filter(|other| other.id != connection.id);
    let retired = before
        .into_iter()
        .chain(&replaced)
        .filter(|other| other.token_fingerprint != connection.token_fingerprint)
        .map(|other| Retired::of_connection(other, &attempt.session, at))
        .collect();
    SettlementPlan { connection, action, replaced, retired }
}

/// Whether an attempt can be settled. `Conflict` when it cannot.
pub(crate) fn check_phase(attempt: &Attempt, settlement: &Settlement) -> Result<()> {
    match (attempt.phase, &attempt.held) {
        (AttemptPhase::Exchanging, _) => Ok(()),
        (AttemptPhase::Confirming, Some(held))
            if settlement.at < attempt.expires_at && settlement.token_fingerprint == held.token_fingerprint =>
        {
            Ok(())
        }
        _ => Err(StoreError::Conflict),
    }
}

/// A connection once the console's choices are made.
pub(crate) fn chosen(before: ConnectionRow, choice: Choice, changed_at: Timestamp) -> ConnectionRow {
    let choice = storable_choice(choice);
    ConnectionRow {
        state: ConnectionState::Connected,
        location: Some(choice.location),
        catalog: choice.catalog,
        customer_list: choice.customer_list,
        version: before.version + 1,
        changed_at,
        ..before
    }
}

fn connection_after(attempt: &Attempt, settlement: Settlement, before: Option<&ConnectionRow>) -> ConnectionRow {
    let first = ConnectionRow {
        id: settlement.connection,
        vendor: attempt.vendor.clone(),
        till: attempt.till.clone(),
        state: settlement.state,
        level: settlement.level,
        hub_key: storable(settlement.hub_key),
        account: storable_ref(settlement.account),
        location: settlement.location.map(storable_ref),
        catalog: settlement.catalog.map(storable_ref),
        customer_list: settlement.customer_list.map(storable_ref),
        scope: settlement.scope,
        device_id: settlement.device_id,
        app_instance_id: settlement.app_instance_id.map(storable),
        token: settlement.token,
        token_fingerprint: settlement.token_fingerprint,
        connected_at: settlement.at,
        connected_by: attempt.session.clone(),
        browser: storable(settlement.browser),
        reconnected_at: None,
        version: 1,
        health: Health::Unknown,
        health_since: None,
        last_failed_at: None,
        last_ok_at: None,
        support_verified_at: None,
        last_order_at: None,
        connected_by_name: None,
        checks_asked_at: None,
        timezone: None,
        changed_at: settlement.at,
    };
    let Some(before) = before else { return first };
    ConnectionRow {
        id: before.id.clone(),
        connected_at: before.connected_at,
        connected_by: before.connected_by.clone(),
        browser: before.browser.clone(),
        reconnected_at: Some(settlement.at),
        version: before.version + 1,
        last_ok_at: before.last_ok_at,
        support_verified_at: before.support_verified_at,
        last_order_at: before.last_order_at,
        connected_by_name: before.connected_by_name.clone(),
        timezone: before.timezone.clone(),
        ..first
    }
}
