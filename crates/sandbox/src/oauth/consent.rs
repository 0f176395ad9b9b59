//! The consent page's handlers: what to show, what to do with the answer, and the way back to the application.
//! The HTML is in `consent_pages`, the rules in `granting`.

use axum::{
    extract::{Path, State},
    response::Response,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};
use url::Url;

use super::{
    authorize::problem_page,
    consent_pages::{self, View},
    granting::{self, Wish},
    session::{self, Redirect, Transaction},
    sign_in,
};
use crate::{
    html,
    lang::Lang,
    params::Params,
    state::{App, State as Everything, directory::User, reopening::Reopened},
};

/// Shows the sign-in page, the first or the second step, or nothing at all where all was granted before.
pub(crate) async fn show(State(app): State<App>, Path(id): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let query = Params::of_query(&uri);
    if let Some(response) = session::language_chosen(uri.path(), &query) {
        return response;
    }
    let lang = Lang::of(&headers);
    let mut state = app.state();
    let Some(transaction) = state.transaction_of(&headers, &id) else { return over(lang) };
    let Some(user) = state.user_of(&headers).cloned() else {
        return sign_in::page(&state, lang, &transaction, None);
    };
    if let Some(response) = answered_by_installation(&mut state, lang, &transaction, &user) {
        return response;
    }
    if let Some(response) = answered_by_profile(&mut state, lang, &transaction, &user) {
        return response;
    }
    let view = View { state: &state, lang, transaction: &transaction, user: &user, place: query.filled("place") };
    if query.get("step") == Some("choices") { view.choices(None) } else { view.first(None) }
}

/// Takes the answer: **Refuser**, **Suivant** or **Autoriser**.
pub(crate) async fn decide(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let lang = Lang::of(&headers);
    let form = Params::parse(&body);
    let mut state = app.state();
    let Some(transaction) = state.transaction_of(&headers, &id) else { return over(lang) };
    let Some(user) = state.user_of(&headers).cloned() else { return html::see_other(&transaction.path()) };
    if form.get("decision") == Some("deny") {
        return finish(&mut state, lang, &transaction, None);
    }
    let place_id = form.filled("location").or_else(|| form.filled("account"));
    let at_choices = form.get("step") == Some("choices");
    let view = View { state: &state, lang, transaction: &transaction, user: &user, place: place_id };
    if let (Some(level), false) = (transaction.scope.level(), at_choices) {
        let place = match granting::place_of(&state.directory, level, &user, place_id) {
            Ok(place) => place,
            Err(refusal) => return view.first(Some(refusal)),
        };
        let undecided = granting::leaves_a_choice(&state.directory, &transaction.scope, place);
        if undecided || form.get("decision") == Some("next") {
            return html::see_other(&format!("{}?step=choices&place={}", transaction.path(), place.id()));
        }
    }
    let wish = Wish {
        client_id: &transaction.client_id,
        user: &user,
        scope: &transaction.scope,
        device_id: transaction.device_id.as_deref(),
        place: place_id,
        catalog: form.filled("catalog"),
        customer_list: form.filled("customer_list"),
    };
    match granting::grant_of(&state.directory, wish) {
        Ok(grant) => {
            let code = state.issue_code(grant);
            finish(&mut state, lang, &transaction, Some(&code))
        }
        Err(refusal) if at_choices => view.choices(Some(refusal)),
        Err(refusal) => view.first(Some(refusal)),
    }
}

/// With an `app_instance_id`: a user who may use the installation's account is let through unseen when the same was
/// granted before; one who may not is refused, in the same way as for an installation that does not exist.
fn answered_by_installation(
    state: &mut Everything,
    lang: Lang,
    transaction: &Transaction,
    user: &User,
) -> Option<Response> {
    let id = transaction.app_instance_id.as_deref()?;
    match state.reopened(id, &transaction.client_id, user, &transaction.scope) {
        Reopened::Refused => Some(finish(state, lang, transaction, None)),
        Reopened::ToBeAsked(_) => None,
        Reopened::Unseen(grant) => {
            let code = state.issue_code(*grant);
            Some(finish(state, lang, transaction, Some(&code)))
        }
    }
}

/// A profile granted before to the same application is not asked for again (inferred from "skips the Authorization
/// Screen if the user has previously granted the same permission").
fn answered_by_profile(state: &mut Everything, lang: Lang, transaction: &Transaction, user: &User) -> Option<Response> {
    let grant = state.profile_granted(&transaction.client_id, user, &transaction.scope)?;
    let code = state.issue_code(grant);
    Some(finish(state, lang, transaction, Some(&code)))
}

/// Closes the transaction and leads back to the application, with a code or with `access_denied`.
fn finish(state: &mut Everything, lang: Lang, transaction: &Transaction, code: Option<&str>) -> Response {
    state.close_transaction(&transaction.id);
    let Redirect::To(uri) = &transaction.redirect else { return consent_pages::out_of_band(lang, code) };
    // Registered addresses come from the command line and were read as URLs there.
    let Ok(mut url) = Url::parse(uri) else { return over(lang) };
    {
        let mut pairs = url.query_pairs_mut();
        match code {
            Some(code) => pairs.append_pair("code", code),
            None => pairs.append_pair("error", "access_denied"),
        };
        if let Some(state) = &transaction.state {
            pairs.append_pair("state", state);
        }
    }
    html::see_other(url.as_str())
}

/// The page of a transaction that was answered, has expired, or belongs to another browser.
pub(crate) fn over(lang: Lang) -> Response {
    problem_page(
        lang,
        lang.pick("Cette demande n'est plus valable", "This request is no longer valid"),
        lang.pick(
            "Elle a déjà reçu une réponse, elle a expiré, ou elle a été ouverte dans un autre navigateur.",
            "It has already been answered, it has expired, or it was opened in another browser.",
        ),
        StatusCode::GONE,
    )
}
