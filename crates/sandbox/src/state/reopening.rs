//! What was granted before and need not be asked again: an installation opened by another of its users ("Authorizing
//! access to App Instance"), a profile asked for a second time. The consent page and `/_sandbox/grant` share these rules.

use super::{
    State,
    directory::User,
    grants::{Grant, Status},
};
use crate::oauth::scope::Scope;

/// What becomes of a request that names an `app_instance_id`.
#[derive(Debug)]
pub(crate) enum Reopened {
    /// Not this user's, or nobody's: the two answer alike, as the id can be guessed.
    Refused,
    /// Theirs, but revoked, blocked, suspended, or granted with another scope: the consent page decides, and starts
    /// from what was granted.
    ToBeAsked(Box<Grant>),
    /// Theirs and granted before: nothing is shown.
    Unseen(Box<Grant>),
}

impl State {
    /// Whether a user may see a client's installation, and whether anything is left to ask.
    pub(crate) fn reopened(&self, app_instance_id: &str, client_id: &str, user: &User, scope: &Scope) -> Reopened {
        let known = self
            .connections
            .iter()
            .find(|known| known.app_instance_id == app_instance_id && known.grant.client_id == client_id);
        let theirs = |grant: &Grant| match &grant.account_id {
            Some(account_id) => user.may_use(account_id),
            None => grant.user_id == user.id,
        };
        let Some(known) = known.filter(|known| theirs(&known.grant)) else { return Reopened::Refused };
        let account = known.grant.account_id.as_deref().and_then(|id| self.directory.account(id));
        let suspended = account.is_some_and(|account| account.suspended);
        if known.status != Status::Active || known.grant.scope != *scope || suspended {
            return Reopened::ToBeAsked(Box::new(known.grant.clone()));
        }
        Reopened::Unseen(Box::new(known.grant.clone()))
    }

    /// A grant of this very profile scope that is still in force.
    pub(crate) fn profile_granted(&self, client_id: &str, user: &User, scope: &Scope) -> Option<Grant> {
        if scope.level().is_some() {
            return None;
        }
        let known = self.connections.iter().find(|known| {
            known.status == Status::Active
                && known.grant.client_id == client_id
                && known.grant.user_id == user.id
                && known.grant.scope == *scope
        });
        known.map(|known| known.grant.clone())
    }

    /// The scope of an installation, for a request that names no scope of its own. For an installation nobody knows it
    /// is a profile, so that knowing and not knowing look alike until the user has signed in.
    pub(crate) fn scope_of_installation(&self, app_instance_id: &str, client_id: &str) -> Option<Scope> {
        let known = self
            .connections
            .iter()
            .find(|known| known.app_instance_id == app_instance_id && known.grant.client_id == client_id);
        known.map(|known| known.grant.scope.clone()).or_else(|| "profile".parse().ok())
    }
}
