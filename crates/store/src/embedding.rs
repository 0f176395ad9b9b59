//! Embedded users: what follows from their claims. Pure functions that both databases share.

use jiff::Timestamp;

use crate::grants::Grant;
use crate::{ConnectionRow, EmbedRole, NewEmbedded, NewUser, Role};

/// The user whom claims make. They are HubRise's word for nobody: no address, and an id that no user of HubRise's has.
pub(crate) fn user(claims: &NewEmbedded) -> NewUser {
    NewUser {
        id: claims.id.clone(),
        vendor: claims.vendor.clone(),
        hub_user_id: format!("embedded:{}", claims.claims),
        email: String::new(),
        name: claims.name.clone(),
        support: claims.role == EmbedRole::Support,
    }
}

/// What a role gives on a connection of the merchant's until the session ends. It counts from when the connection was made,
/// so that of several the latest is the one that is shown, whoever looks.
pub(crate) fn grant(role: EmbedRole, connection: &ConnectionRow, until: Timestamp) -> Grant {
    let role = match role {
        EmbedRole::Manager => Role::Manage,
        EmbedRole::Viewer | EmbedRole::Support => Role::View,
    };
    Grant { role, granted_at: connection.reconnected_at.unwrap_or(connection.connected_at), expires_at: until }
}
