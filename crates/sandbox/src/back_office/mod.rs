//! A little HubRise back office: what exists here, an account's pages (`data`, `connections`, `settings`), and the
//! sign-up page. Also serves the style sheet and the icon.

mod connections;
mod connections_page;
mod data;
mod room;
mod settings;

use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri, header};

use crate::{
    control::is_cross_site,
    html::{self, Esc, ICON, Page, STYLE},
    lang::Lang,
    oauth::{opening::framed, session, sign_up::SignUp},
    params::Params,
    state::{App, State as Everything, directory::Account},
};

/// Locations listed on the first page for each account; the rest is on the account's own.
const FEW: usize = 5;

/// The routes at the root.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(index))
        .route("/signup", get(sign_up_form).post(sign_up))
        .route("/accounts/{account}", get(data::show))
        .route("/accounts/{account}/catalogs", post(data::add_catalog))
        .route("/accounts/{account}/customer_lists", post(data::add_customer_list))
        .route("/accounts/{account}/sign_in/{tab}", post(room::sign_in))
        .route("/accounts/{account}/sign_out/{tab}", post(room::sign_out))
        .route("/accounts/{account}/connections", get(connections_page::show))
        .route("/accounts/{account}/connections/connect", post(connections::connect))
        .route(
            "/accounts/{account}/connections/{connection}/block",
            get(connections::ask_block).post(connections::block),
        )
        .route("/accounts/{account}/connections/{connection}/unblock", post(connections::unblock))
        .route(
            "/accounts/{account}/connections/{connection}/disconnect",
            get(connections::ask_disconnect).post(connections::disconnect),
        )
        .route("/accounts/{account}/settings", get(settings::show))
        .route("/accounts/{account}/settings/users", post(settings::add))
        .route("/accounts/{account}/settings/users/remove", post(settings::remove))
        .route("/style.css", get(|| async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE) }))
        .route("/icon.svg", get(|| async { ([(header::CONTENT_TYPE, "image/svg+xml")], ICON) }))
}

async fn index(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let lang = Lang::of(&headers);
    let state = app.state();
    let title = lang.pick("Back-office HubRise", "HubRise back office");
    let intro = lang.pick(
        "Ce bac à sable tient lieu de HubRise. Voici les comptes qu'il connaît ; n'importe quel utilisateur s'y connecte sans mot de passe.",
        "This sandbox stands in for HubRise. These are the accounts it knows; any user signs in without a password.",
    );
    let cards: String = state.directory.accounts.iter().map(|account| card(&state, account, lang)).collect();
    let body = format!(
        r#"<h1>{title}</h1><p>{intro}</p><p><a href="/signup">{sign_up}</a> · <a href="/_sandbox">{controls}</a></p><div class="grid">{cards}</div>"#,
        sign_up = lang.pick("Créer un compte", "Create an account"),
        controls = lang.pick("Contrôles du bac à sable", "Sandbox controls"),
    );
    Page { lang, title, body, switch: Some("/?".to_owned()), form_targets: Vec::new(), wide: true }
        .answer(StatusCode::OK)
}

fn card(state: &Everything, account: &Account, lang: Lang) -> String {
    let locations = state.directory.locations_of(&account.id);
    let more = locations.len().saturating_sub(FEW);
    let listed: String = locations.iter().take(FEW).map(|one| named(&one.name, &one.id)).collect();
    let more = match more {
        0 => String::new(),
        more => format!("<li>{} {more} {}</li>", lang.pick("et", "and"), lang.pick("autres", "more")),
    };
    let users: Vec<_> = state.directory.users.iter().filter(|user| user.may_use(&account.id)).collect();
    let users: Vec<_> = users.iter().map(|user| Esc(&user.email).to_string()).collect();
    let suspended = if account.suspended {
        format!(
            r#"<p class="notice">{}</p>"#,
            lang.pick("Suspendu pour défaut de paiement", "Suspended for non payment")
        )
    } else {
        String::new()
    };
    format!(
        r#"<section class="card"><h2><a href="/accounts/{id}">{name}</a> <code>{id}</code></h2>{suspended}<ul class="plain">{listed}{more}</ul><p class="hint">{users}</p></section>"#,
        id = Esc(&account.id),
        name = Esc(&account.name),
        users = users.join(", "),
    )
}

fn named(name: &str, id: &str) -> String {
    format!("<li>{} <code>{}</code></li>", Esc(name), Esc(id))
}

async fn sign_up_form(uri: Uri, headers: HeaderMap) -> Response {
    let query = Params::of_query(&uri);
    if let Some(response) = session::language_chosen(uri.path(), &query) {
        return response;
    }
    let lang = Lang::of(&headers);
    let body = SignUp::read(&query).form(lang, "/signup", None);
    framed(lang, body, "/signup".to_owned(), Vec::new(), StatusCode::OK)
}

async fn sign_up(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    if is_cross_site(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let lang = Lang::of(&headers);
    let mut state = app.state();
    let typed = SignUp::read(&Params::parse(&body));
    match typed.carry_out(&mut state, lang) {
        Ok(user_id) => {
            let session = state.change_user(&headers, Some(user_id));
            session::with_session(html::see_other("/"), &session)
        }
        Err(problem) => {
            let body = typed.form(lang, "/signup", Some(problem));
            framed(lang, body, "/signup".to_owned(), Vec::new(), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}
