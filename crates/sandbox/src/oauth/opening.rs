//! Opening a HubRise account or a location on the way to a consent, prefilled from `country`, `account_name` and
//! `location_name`. The sign-up form itself is in `sign_up`.

use axum::{
    extract::{Path, State},
    response::Response,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};

use super::{
    consent,
    consent_pages::form_targets,
    session::{self, Prefill, with_session},
    sign_up::{SignUp, country_select, furnish, location_name},
};
use crate::{
    html::{self, Page, alert, input},
    lang::Lang,
    params::Params,
    state::{App, State as Everything, directory::User, places::country_of},
};

/// The sign-up form on the way to a consent.
pub(crate) async fn sign_up_form(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let lang = Lang::of(&headers);
    let state = app.state();
    let Some(transaction) = state.transaction_of(&headers, &id) else { return consent::over(lang) };
    let action = format!("{}/sign_up", transaction.path());
    let body = SignUp::prefilled(&transaction.prefill).form(lang, &action, None);
    framed(lang, body, action, form_targets(&transaction), StatusCode::OK)
}

/// Creates the user and goes on to the consent.
pub(crate) async fn sign_up(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let lang = Lang::of(&headers);
    let mut state = app.state();
    let Some(transaction) = state.transaction_of(&headers, &id) else { return consent::over(lang) };
    let typed = SignUp::read(&Params::parse(&body));
    match typed.carry_out(&mut state, lang) {
        Ok(user_id) => {
            let session = state.change_user(&headers, Some(user_id));
            with_session(html::see_other(&transaction.path()), &session)
        }
        Err(problem) => {
            let action = format!("{}/sign_up", transaction.path());
            let body = typed.form(lang, &action, Some(problem));
            framed(lang, body, action, form_targets(&transaction), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// The form for a new location of the user signed in.
pub(crate) async fn location_form(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let lang = Lang::of(&headers);
    let state = app.state();
    let Some(transaction) = state.transaction_of(&headers, &id) else { return consent::over(lang) };
    let Some(user) = state.user_of(&headers) else { return html::see_other(&transaction.path()) };
    let action = format!("{}/new_location", transaction.path());
    let body = new_location(&state, user, lang, &action, &transaction.prefill, None);
    framed(lang, body, action, form_targets(&transaction), StatusCode::OK)
}

/// Opens the location and goes back to the consent with it selected.
pub(crate) async fn open_location(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let lang = Lang::of(&headers);
    let typed = SignUp::read(&Params::parse(&body)).place;
    let mut state = app.state();
    let Some(transaction) = state.transaction_of(&headers, &id) else { return consent::over(lang) };
    let Some(user) = state.user_of(&headers).cloned() else { return html::see_other(&transaction.path()) };
    if typed.account_name.is_empty() || typed.location_name.is_empty() {
        let action = format!("{}/new_location", transaction.path());
        let problem = lang.pick("Remplissez tous les champs.", "Fill in every field.");
        let body = new_location(&state, &user, lang, &action, &typed, Some(problem));
        return framed(lang, body, action, form_targets(&transaction), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let country = country_of(&typed.country);
    let known = state.directory.accounts_of(&user).into_iter().find(|account| account.name == typed.account_name);
    let account = match known.map(|account| account.id.clone()) {
        Some(id) => id,
        None => {
            let id = state.open_account(&user.id, &typed.account_name, country);
            furnish(&mut state, &id, lang);
            id
        }
    };
    let location = state.open_location(&account, &typed.location_name, country);
    let level = transaction.scope.level();
    let place = if level == Some(super::scope::Level::Account) { account } else { location };
    html::see_other(&format!("{}?place={place}", transaction.path()))
}

fn new_location(
    state: &Everything,
    user: &User,
    lang: Lang,
    action: &str,
    typed: &Prefill,
    problem: Option<&str>,
) -> String {
    let accounts = state.directory.accounts_of(user);
    let name = match accounts.first() {
        Some(account) if typed.account_name.is_empty() => &account.name,
        _ => &typed.account_name,
    };
    let known: Vec<_> = accounts.iter().map(|account| html::Esc(&account.name).to_string()).collect();
    let hint = match known.is_empty() {
        true => lang
            .pick("Un nouveau compte sera créé sous ce nom.", "A new account will be created under this name.")
            .to_owned(),
        false => format!(
            "{} {}.",
            lang.pick(
                "Le nom d'un de vos comptes, ou un autre pour en créer un. Vos comptes :",
                "The name of one of your accounts, or another one to create it. Your accounts:"
            ),
            known.join(", ")
        ),
    };
    format!(
        r#"<section class="card"><h1>{title}</h1>{problem}
<form method="post" action="{action}">{location}{account}<p class="hint">{hint}</p>{country}<div class="actions"><button class="go" type="submit">{create}</button></div></form></section>"#,
        title = lang.pick("Créer un point de vente", "Create a location"),
        problem = problem.map(alert).unwrap_or_default(),
        location = location_name(lang, &typed.location_name),
        account = input("account_name", lang.pick("Compte", "Account"), name, "text", "organization"),
        country = country_select(lang, &typed.country),
        create = lang.pick("Créer", "Create"),
    )
}

/// A form in the page frame.
pub(crate) fn framed(
    lang: Lang,
    body: String,
    path: String,
    form_targets: Vec<String>,
    status: StatusCode,
) -> Response {
    let title = lang.pick("Créer un compte ou un point de vente", "Create an account or a location");
    Page { lang, title, body, switch: Some(format!("{path}?")), form_targets, wide: false }.answer(status)
}
