//! A little HubRise back office: what exists here, an account's page where a catalog or a customer list can be added,
//! and the sign-up page. Also serves the style sheet and the icon.

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri, header};

use crate::{
    control::is_cross_site,
    html::{self, Esc, ICON, Page, STYLE, input},
    lang::Lang,
    oauth::{authorize::problem_page, opening::framed, session, sign_up::SignUp},
    params::Params,
    state::{
        App, State as Everything,
        directory::{Account, Owner},
    },
};

/// Locations listed on the first page for each account; the rest is on the account's own.
const FEW: usize = 5;

/// The routes at the root.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(index))
        .route("/signup", get(sign_up_form).post(sign_up))
        .route("/accounts/{account}", get(account))
        .route("/accounts/{account}/catalogs", post(add_catalog))
        .route("/accounts/{account}/customer_lists", post(add_customer_list))
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

async fn account(State(app): State<App>, Path(id): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let lang = Lang::of(&headers);
    let state = app.state();
    let Some(account) = state.directory.account(&id) else { return unknown(lang) };
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
        r#"<p><a href="/">{back}</a></p><h1>{name} <code>{id}</code></h1><div class="grid">{locations}{catalogs}{lists}</div>"#,
        back = lang.pick("Tous les comptes", "All accounts"),
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

async fn add_catalog(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    add(&app, &id, &headers, &body, |state, owner, name| state.create_catalog(owner, name))
}

async fn add_customer_list(
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
        return unknown(Lang::of(headers));
    }
    if let Some(name) = Params::parse(body).filled("name") {
        create(&mut state, Owner::Account(id.to_owned()), name);
    }
    html::see_other(&format!("/accounts/{id}"))
}

fn unknown(lang: Lang) -> Response {
    let title = lang.pick("Compte inconnu", "Unknown account");
    let text = lang.pick("Aucun compte n'a cet identifiant.", "No account has this identifier.");
    problem_page(lang, title, text, StatusCode::NOT_FOUND)
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
