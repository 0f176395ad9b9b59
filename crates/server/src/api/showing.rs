//! How what is kept is shown, where more than one resource shows it: plain translations from the store's types to the
//! wire's. Owns no rule; who may see what is decided before.

use passerelle_store as store;
use passerelle_wire::{HealthState, Lock, RequestState, SupportRequest};

use crate::attempts::shown;

/// How a connection's token stands.
pub(crate) fn health_state(health: store::Health) -> HealthState {
    use store::Health as H;
    match health {
        H::Unknown => HealthState::Unknown,
        H::Ok => HealthState::Ok,
        H::Unpaid => HealthState::Unpaid,
        H::Revoked => HealthState::Revoked,
        H::Blocked => HealthState::Blocked,
        H::Refused => HealthState::Refused,
        H::RateLimited => HealthState::RateLimited,
        H::HubriseDown => HealthState::HubriseDown,
    }
}

/// The reverse, for a filter.
pub(crate) fn health_stored(health: HealthState) -> store::Health {
    use store::Health as H;
    match health {
        HealthState::Unknown => H::Unknown,
        HealthState::Ok => H::Ok,
        HealthState::Unpaid => H::Unpaid,
        HealthState::Revoked => H::Revoked,
        HealthState::Blocked => H::Blocked,
        HealthState::Refused => H::Refused,
        HealthState::RateLimited => H::RateLimited,
        HealthState::HubriseDown => H::HubriseDown,
    }
}

/// A locked till.
pub(crate) fn lock_shown(lock: store::Lock) -> Lock {
    Lock {
        id: lock.id.into(),
        till: lock.till,
        account: shown(lock.account),
        location: lock.location.map(shown),
        locked_at: lock.locked_at.to_string(),
    }
}

/// A merchant's request.
pub(crate) fn request_shown(request: store::Request) -> SupportRequest {
    SupportRequest {
        id: request.id.into(),
        till: request.till,
        state: match request.state {
            store::RequestState::Waiting => RequestState::Waiting,
            store::RequestState::Connected => RequestState::Connected,
            store::RequestState::Declined => RequestState::Declined,
        },
        hubrise_id: request.hubrise_id,
        location_name: request.location_name,
        name: request.name,
        email: request.email,
        language: request.language,
        created_at: request.created_at.to_string(),
        answer: request.answer,
    }
}
