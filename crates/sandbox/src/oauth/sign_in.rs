//! Signing in to the sandbox's HubRise: pick a seeded user or type an e-mail address. There are no passwords to know,
//! and none to leak.

use axum::{
    extract::{Path, State},
    response::Response,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{
    consent,
    consent_pages::{form_targets, initials},
    session::{Transaction, with_session},
};
use crate::{
    html::{self, Esc, Page, alert, input},
    lang::Lang,
    params::Params,
    state::{App, State as Everything, directory::User},
};

/// Users shown as buttons at most; the others type their address.
const SHOWN: usize = 12;

/// The sign-in page of a transaction. `unknown` is an address nobody has.
pub(crate) fn page(state: &Everything, lang: Lang, transaction: &Transaction, unknown: Option<&str>) -> Response {
    let path = transaction.path();
    let client = state.directory.client(&transaction.client_id).map_or("", |client| client.name.as_str());
    let door = Door {
        to: client,
        sign_in: &format!("{path}/sign_in"),
        sign_up: &format!("{path}/sign_up"),
        page: &path,
        form_targets: form_targets(transaction),
    };
    door.page(state, lang, unknown)
}

/// A place one signs in at: a transaction's, or a page of the back office.
pub(crate) struct Door<'a> {
    /// What it leads to, in words; unescaped.
    pub(crate) to: &'a str,
    /// Where the address is sent.
    pub(crate) sign_in: &'a str,
    /// Where an account is created.
    pub(crate) sign_up: &'a str,
    /// Path of the page it stands on.
    pub(crate) page: &'a str,
    /// Origins besides our own that signing in may lead to.
    pub(crate) form_targets: Vec<String>,
}

impl Door<'_> {
    /// The sign-in page. `unknown` is an address nobody has.
    pub(crate) fn page(self, state: &Everything, lang: Lang, unknown: Option<&str>) -> Response {
        let people: String = state.directory.users.iter().take(SHOWN).map(|user| person(state, user, lang)).collect();
        let nobody = lang.pick("Aucun utilisateur HubRise n'a cette adresse.", "No HubRise user has this address.");
        let title = lang.pick("Connectez-vous à HubRise", "Sign in to HubRise");
        let body = format!(
            r#"<section class="card">
<h1>{title}</h1>
<p>{to_go_on} <strong>{to}</strong>.</p>
<form method="post" action="{action}"><ul class="people">{people}</ul></form>
<p class="or">{or}</p>
{problem}
<form method="post" action="{action}">
{email}
<div class="actions"><button class="go" type="submit">{sign_in}</button></div>
</form>
</section>
<p>{none} <a href="{sign_up}">{create}</a></p>"#,
            to_go_on = lang.pick("pour continuer vers", "to continue to"),
            to = Esc(self.to),
            action = Esc(self.sign_in),
            or = lang.pick("ou", "or"),
            problem = unknown.map(|_| alert(nobody)).unwrap_or_default(),
            email = input(
                "email",
                lang.pick("Adresse e-mail", "E-mail address"),
                unknown.unwrap_or_default(),
                "email",
                "username"
            ),
            sign_in = lang.pick("Se connecter", "Sign in"),
            none = lang.pick("Pas encore de compte HubRise ?", "No HubRise account yet?"),
            sign_up = Esc(self.sign_up),
            create = lang.pick("Créer un compte", "Create an account"),
        );
        let switch = Some(format!("{}?", self.page));
        let page = Page { lang, title, body, switch, form_targets: self.form_targets, wide: false };
        page.answer(if unknown.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
    }
}

fn person(state: &Everything, user: &User, lang: Lang) -> String {
    let accounts = state.directory.accounts_of(user);
    let names: Vec<_> = accounts.iter().map(|account| account.name.as_str()).collect();
    let accounts = if names.is_empty() { lang.pick("aucun compte", "no account").to_owned() } else { names.join(", ") };
    format!(
        r#"<li><button type="submit" name="email" value="{email}"><span class="tile" aria-hidden="true">{initials}</span><span><b>{name}</b> <small>{email} · {accounts}</small></span></button></li>"#,
        email = Esc(&user.email),
        initials = Esc(&initials(&user.name())),
        name = Esc(&user.name()),
        accounts = Esc(&accounts),
    )
}

/// Signs in the user of the e-mail address sent.
pub(crate) async fn sign_in(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let lang = Lang::of(&headers);
    let form = Params::parse(&body);
    let mut state = app.state();
    let Some(transaction) = state.transaction_of(&headers, &id) else { return consent::over(lang) };
    let email = form.filled("email").unwrap_or_default();
    let Some(user_id) = state.directory.user_by_email(email).map(|user| user.id.clone()) else {
        return page(&state, lang, &transaction, Some(email));
    };
    let session = state.change_user(&headers, Some(user_id));
    with_session(html::see_other(&transaction.path()), &session)
}

/// Signs out, to go on as somebody else.
pub(crate) async fn sign_out(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let mut state = app.state();
    let Some(transaction) = state.transaction_of(&headers, &id) else { return consent::over(Lang::of(&headers)) };
    let session = state.change_user(&headers, None);
    with_session(html::see_other(&transaction.path()), &session)
}
