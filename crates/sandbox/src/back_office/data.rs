//! An account's data: its locations, catalogs and customer lists, and a way to add the two latter. Asks nobody to sign
//! in: it is here to look around.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};

use super::{
    named,
    room::{self, Tab},
};
use crate::{
    control::is_cross_site,
    html::{self, Esc, Page, input},
    lang::Lang,
    oauth::session,
    params::Params,
    state::{App, State as Everything, directory::Owner},
};

/// `GET /accounts/{account}`: open to everybody, as the list of accounts is.
pub(crate) async fn show(State(app): State<App>, Path(id): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let lang = Lang::of(&headers);
    let state = app.state();
    let Some(account) = state.directory.account(&id) else { return room::unknown(lang) };
    let of_account = |owner: &Owner| state.directory.account_of_owner(owner) == Some(account.id.as_str());
    let section = |title: &str, items: String, none: &str, form: String| {
        let items = if items.is_empty() {
            format!(r#"<p class="hint">{none}</p>"#)
        } else {
            format!(r#"<ul class="plain">{items}</ul>"#)
        };
        format!(r#"<section class="card"><h2>{title}</h2>{items}{form}</section>"#)
    };
    let form = |kind: &str, label: &str| {
        format!(
            r#"<form class="row" method="post" action="/accounts/{}/{kind}">{}<button type="submit">{}</button></form>"#,
            Esc(&account.id),
            input("name", label, "", "text", "off").replace("f-name", &format!("f-{kind}")),
            lang.pick("Créer", "Create")
        )
    };
    let locations: String =
        state.directory.locations_of(&account.id).iter().map(|one| named(&one.name, &one.id)).collect();
    let catalogs = state.directory.catalogs.iter().filter(|one| of_account(&one.owner));
    let catalogs: String = catalogs.map(|one| named(&one.name, &one.id)).collect();
    let lists = state.directory.customer_lists.iter().filter(|one| of_account(&one.owner));
    let lists: String = lists.map(|one| named(&one.name, &one.id)).collect();
    let none = lang.pick("Il n'y en a pas encore.", "There are none yet.");
    let body = format!(
        r#"{head}<h1>{name} <code>{id}</code></h1><div class="grid">{locations}{catalogs}{lists}</div>"#,
        head = room::head(account, Tab::Data, lang),
        name = Esc(&account.name),
        id = Esc(&account.id),
        locations = section(lang.pick("Points de vente", "Locations"), locations, none, String::new()),
        catalogs = section(
            lang.pick("Catalogues", "Catalogs"),
            catalogs,
            none,
            form("catalogs", lang.pick("Nouveau catalogue", "New catalog"))
        ),
        lists = section(
            lang.pick("Listes de clients", "Customer lists"),
            lists,
            none,
            form("customer_lists", lang.pick("Nouvelle liste de clients", "New customer list"))
        ),
    );
    let switch = Some(format!("/accounts/{}?", account.id));
    Page { lang, title: &account.name, body, switch, form_targets: Vec::new(), wide: true }.answer(StatusCode::OK)
}

/// Creates an empty catalog of the account.
pub(crate) async fn add_catalog(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    add(&app, &id, &headers, &body, |state, owner, name| state.create_catalog(owner, name))
}

/// Creates an empty customer list of the account.
pub(crate) async fn add_customer_list(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    add(&app, &id, &headers, &body, |state, owner, name| state.create_customer_list(owner, name))
}

/// Adds something named to an account; an empty name adds nothing.
fn add(
    app: &App,
    id: &str,
    headers: &HeaderMap,
    body: &[u8],
    create: impl FnOnce(&mut Everything, Owner, &str) -> String,
) -> Response {
    if is_cross_site(headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut state = app.state();
    if state.directory.account(id).is_none() {
        return room::unknown(Lang::of(headers));
    }
    if let Some(name) = Params::parse(body).filled("name") {
        create(&mut state, Owner::Account(id.to_owned()), name);
    }
    html::see_other(&format!("/accounts/{id}"))
}
