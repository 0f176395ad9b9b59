//! HubRise's **CONNEXIONS** (**CONNECTIONS**), for PixelPoint Bridge: what is connected at a restaurant, with **OPEN**. It
//! leads where HubRise's own back office leads; connecting is done over there.

use super::{Offices, visit::Visit};
use crate::{html::Esc, state::grants::Status};

/// The list.
pub(super) fn list(offices: &Offices, visit: &Visit, title: &str) -> String {
    let (lang, account) = (visit.lang, visit.merchant.account);
    let state = offices.app.state();
    let client = format!("{}-sandbox", visit.vendor.slug);
    let app = state.directory.client(&client).and_then(|client| client.app.as_ref());
    let rows: String = state
        .connections
        .iter()
        .filter(|known| known.status != Status::Revoked && known.grant.client_id == client)
        .filter(|known| known.grant.account_id.as_deref() == Some(account))
        .filter_map(|known| {
            let place = known.grant.location_id.as_deref().and_then(|id| state.directory.location(id));
            let place = place.map_or("–", |location| location.name.as_str());
            let open = app?.opened(&known.app_instance_id);
            Some(format!(
                r#"<li><span><strong>{name}</strong> <small>{place} <code>{id}</code></small></span> <a class="button" href="{open}">{word}<span class="sr"> {name}, {place}</span></a></li>"#,
                name = Esc(visit.vendor.house),
                place = Esc(place),
                id = Esc(&known.app_instance_id),
                open = Esc(&open),
                word = lang.pick("OUVRIR", "OPEN"),
            ))
        })
        .collect();
    drop(state);
    let list = if rows.is_empty() {
        let none = lang.pick(
            "PixelPoint Bridge n'est pas connecté à ce restaurant.",
            "PixelPoint Bridge is not connected at this restaurant.",
        );
        format!(r#"<p class="empty">{none}</p>"#)
    } else {
        format!(r#"<ul class="apps">{rows}</ul>"#)
    };
    format!(
        r#"<h1>{title}</h1>{list}<p><a href="{hubrise}/accounts/{account}/connections">{connect}</a></p>"#,
        title = Esc(title),
        hubrise = Esc(&offices.hubrise),
        account = Esc(account),
        connect = lang.pick(
            "Connecter ou déconnecter une app dans le back-office HubRise du bac à sable",
            "Connect or disconnect an app in the sandbox's HubRise back office",
        ),
    )
}
