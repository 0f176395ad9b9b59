//! Who may act for an account, and as what ("Permissions"): adding a user, removing one, and never leaving an account
//! without somebody who can. Roles are those of the documents the vendors' instructions were written from, Admin and
//! Manager; the finer permissions that came later are not here, nor are permissions on a single location.

use serde::{Deserialize, Serialize};

use super::State;
use crate::lang::Lang;

/// What a user may do in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Role {
    /// Everything: also gives access to others and disconnects apps.
    #[serde(alias = "admin", alias = "Owner", alias = "owner")]
    Admin,
    /// Connects apps, but neither disconnects them nor gives access.
    #[serde(alias = "manager")]
    Manager,
}

impl Role {
    /// Both, in the order a drop-down shows them: what is given most comes first.
    pub(crate) const ALL: [Self; 2] = [Self::Manager, Self::Admin];

    /// HubRise's word, the same in both languages.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Admin => "Admin",
            Self::Manager => "Manager",
        }
    }

    /// Reads HubRise's word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word().eq_ignore_ascii_case(word))
    }
}

/// Why access cannot be given or taken as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotSo {
    /// The account has no such user, or HubRise has none with this address.
    NobodyThere,
    /// It is the account's last Admin.
    LastAdmin,
}

impl NotSo {
    /// For the user to read.
    pub(crate) fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::NobodyThere => {
                lang.pick("Aucun utilisateur trouvé avec cet e-mail.", "No user found with this email.")
            }
            Self::LastAdmin => lang.pick(
                "Un compte ne peut pas rester sans Admin. Donnez d'abord ce rôle à quelqu'un d'autre.",
                "An account cannot be left without an Admin. Give this role to somebody else first.",
            ),
        }
    }
}

impl State {
    /// Gives a registered user a role in an account, in place of the one held there before. It counts at once.
    ///
    /// # Errors
    /// When HubRise knows nobody by this address, or the account's last Admin would be none any more.
    pub(crate) fn give_access(&mut self, account_id: &str, email: &str, role: Role) -> Result<(), NotSo> {
        let user_id = self.directory.user_by_email(email).map(|user| user.id.clone()).ok_or(NotSo::NobodyThere)?;
        if role != Role::Admin && self.is_last_admin(account_id, &user_id) {
            return Err(NotSo::LastAdmin);
        }
        let user = self.directory.users.iter_mut().find(|user| user.id == user_id).ok_or(NotSo::NobodyThere)?;
        match user.accounts.iter_mut().find(|(id, _)| id == account_id) {
            Some((_, held)) => *held = role,
            None => user.accounts.push((account_id.to_owned(), role)),
        }
        Ok(())
    }

    /// Takes a user's access to an account away. What they connected stays: it belongs to the location.
    ///
    /// # Errors
    /// When the account has no such user, or no other Admin.
    pub(crate) fn take_access(&mut self, account_id: &str, email: &str) -> Result<(), NotSo> {
        let user = self.directory.user_by_email(email).filter(|user| user.may_use(account_id));
        let user_id = user.map(|user| user.id.clone()).ok_or(NotSo::NobodyThere)?;
        if self.is_last_admin(account_id, &user_id) {
            return Err(NotSo::LastAdmin);
        }
        for user in self.directory.users.iter_mut().filter(|user| user.id == user_id) {
            user.accounts.retain(|(id, _)| id != account_id);
        }
        Ok(())
    }

    fn is_last_admin(&self, account_id: &str, user_id: &str) -> bool {
        let mut admins = self
            .directory
            .users
            .iter()
            .filter(|user| user.role_in(account_id) == Some(Role::Admin))
            .map(|user| &user.id);
        admins.next().is_some_and(|first| first == user_id) && admins.next().is_none()
    }
}
