//! The HTML of the consent page: the first step (where), what both steps share, and the code of an installed app. The
//! second step is in `choices_page`. **Autoriser**, **Suivant** and **Refuser** are real buttons; refusing needs no field filled in.

use axum::response::Response;
use http::StatusCode;

use super::{
    granting::{self, Place, Refusal},
    permissions,
    scope::Level,
    session::{Redirect, Transaction},
};
use crate::{
    html::{Choice, Esc, ICON, Page, alert, select},
    lang::Lang,
    state::{State, directory::User},
};

/// What the consent pages are drawn from.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) state: &'a State,
    pub(crate) lang: Lang,
    pub(crate) transaction: &'a Transaction,
    pub(crate) user: &'a User,
    /// Id of the place picked so far.
    pub(crate) place: Option<&'a str>,
}

impl View<'_> {
    /// Where to connect, and what the application will be able to do.
    pub(crate) fn first(&self, refusal: Option<Refusal>) -> Response {
        let (lang, scope) = (self.lang, &self.transaction.scope);
        let directory = &self.state.directory;
        let places = scope.level().map(|level| granting::places(directory, level, self.user)).unwrap_or_default();
        let suspended =
            |place: &Place<'_>| directory.account(place.account_id()).is_some_and(|account| account.suspended);
        let choice_follows = places.iter().any(|place| granting::leaves_a_choice(directory, scope, *place));
        let possible = scope.level().is_none() || places.iter().any(|place| !suspended(place));
        let refusal = refusal.or_else(|| (!places.is_empty() && !possible).then_some(Refusal::Suspended));

        let mut body = self.refusal_in_words(refusal);
        if let Some(level) = scope.level() {
            body += &self.place_field(level, &places, suspended);
        }
        body += &self.rights(choice_follows);
        let decision = match (possible, choice_follows) {
            (false, _) => None,
            (true, true) => Some(("next", lang.pick("Suivant", "Next"))),
            (true, false) => Some(("allow", lang.pick("Autoriser", "Allow"))),
        };
        body += &self.actions(decision);
        if scope.level().is_some() {
            body += &format!(
                r#"<p class="hint"><a href="{}/new_location">{}</a></p>"#,
                self.transaction.path(),
                lang.pick("Créer un nouveau point de vente", "Create a new location")
            );
        }
        self.page(body, "first", refusal)
    }

    fn place_field(&self, level: Level, places: &[Place<'_>], suspended: impl Fn(&Place<'_>) -> bool) -> String {
        let lang = self.lang;
        let (name, label) = place_words(level, lang);
        if places.is_empty() {
            let text = lang.pick(
                "Votre utilisateur n'a accès à aucun point de vente. Demandez un accès à son propriétaire, ou créez-en un.",
                "Your user has access to no location. Ask its owner for access, or create one.",
            );
            return format!(r#"<p class="notice">{text}</p>"#);
        }
        let choices: Vec<_> = places
            .iter()
            .map(|place| {
                let mark = if suspended(place) { lang.pick(" (suspendu)", " (suspended)") } else { "" };
                let account = self.state.directory.account(place.account_id());
                Choice {
                    value: place.id().to_owned(),
                    text: format!("{}{mark}", place.name()),
                    group: account.filter(|_| level == Level::Location).map(|account| account.name.clone()),
                }
            })
            .collect();
        let before = self.transaction.app_instance_id.as_deref().and_then(|id| {
            let known = self.state.connections.iter().find(|known| known.app_instance_id == id)?;
            known.grant.location_id.as_deref().or(known.grant.account_id.as_deref())
        });
        let placeholder = match level {
            Level::Location => lang.pick("Choisissez un point de vente", "Choose a location"),
            Level::Account => lang.pick("Choisissez un compte", "Choose an account"),
        };
        select(name, label, &choices, self.place.or(before), Some(placeholder))
    }

    pub(super) fn rights(&self, choice_follows: bool) -> String {
        let lang = self.lang;
        let lines: String = permissions::in_words(&self.transaction.scope, lang, choice_follows)
            .into_iter()
            .map(|(line, remark)| {
                let remark = remark.map(|remark| format!("<small>{remark}</small>")).unwrap_or_default();
                format!("<li>{line}{remark}</li>")
            })
            .collect();
        let reach = match self.transaction.scope.level() {
            Some(Level::Account) => lang.pick(
                "Dans tous les points de vente du compte, l'application pourra :",
                "In every location of the account, the application will be able to:",
            ),
            _ => lang.pick("L'application pourra :", "The application will be able to:"),
        };
        format!(r#"<h2>{reach}</h2><ul class="rights">{lines}</ul>"#)
    }

    /// Refusing stands in a form of its own, so that Enter never refuses and no field has to be filled in for it.
    pub(super) fn actions(&self, decision: Option<(&str, &str)>) -> String {
        let go = decision.map(|(value, text)| {
            format!(r#"<button class="go" type="submit" name="decision" value="{value}">{text}</button>"#)
        });
        format!(
            r#"<div class="actions"><button type="submit" form="refuse" name="decision" value="deny">{}</button>{}</div>"#,
            self.lang.pick("Refuser", "Deny"),
            go.unwrap_or_default()
        )
    }

    pub(super) fn refusal_in_words(&self, refusal: Option<Refusal>) -> String {
        let Some(refusal) = refusal else { return String::new() };
        let mut text = alert(refusal.words(self.lang));
        if matches!(refusal, Refusal::NoCatalog | Refusal::NoList) {
            let account = self.place.and_then(|id| id.split('-').next()).unwrap_or_default();
            text += &format!(
                r#"<p><a href="/accounts/{}">{}</a></p>"#,
                Esc(account),
                self.lang.pick("Le créer dans HubRise", "Create it in HubRise")
            );
        }
        text
    }

    pub(super) fn page(&self, body: String, step: &str, refusal: Option<Refusal>) -> Response {
        let (lang, path) = (self.lang, self.transaction.path());
        let client = self.state.directory.client(&self.transaction.client_id).map_or("", |client| client.name.as_str());
        let question = permissions::question(client, &self.transaction.scope, lang);
        let html = format!(
            r#"<div class="who"><span>{signed_in} <strong>{name}</strong></span>
<form class="inline" method="post" action="{path}/sign_out"><button class="bare" type="submit">{other}</button></form></div>
<section class="card">
<div class="app" aria-hidden="true"><span class="tile">{initials}</span><span class="link"></span>{ICON}</div>
<h1>{question}</h1>
<form method="post" action="{path}/consent">
{body}
</form>
<form id="refuse" method="post" action="{path}/consent"></form>
</section>"#,
            signed_in = lang.pick("Connecté en tant que", "Signed in as"),
            name = Esc(&self.user.name()),
            other = lang.pick("Changer d'utilisateur", "Use another user"),
            initials = Esc(&initials(client)),
            question = Esc(&question),
        );
        let place = self.place.map(|id| format!("place={id}&")).unwrap_or_default();
        let page = Page {
            lang,
            title: &question,
            body: html,
            switch: Some(format!("{path}?step={step}&{place}")),
            form_targets: form_targets(self.transaction),
            wide: false,
        };
        page.answer(if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
    }
}

pub(super) fn place_words(level: Level, lang: Lang) -> (&'static str, &'static str) {
    match level {
        Level::Location => ("location", lang.pick("Point de vente", "Location")),
        Level::Account => ("account", lang.pick("Compte", "Account")),
    }
}

/// Browsers hold a form's redirects to the CSP too, so the way back to the application must be named in it.
pub(crate) fn form_targets(transaction: &Transaction) -> Vec<String> {
    match &transaction.redirect {
        Redirect::To(uri) => url::Url::parse(uri).map(|url| url.origin().ascii_serialization()).into_iter().collect(),
        Redirect::OutOfBand => Vec::new(),
    }
}

/// Up to two initials of a name.
pub(crate) fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

/// For installed apps: the code to copy, or a word that access was refused.
pub(crate) fn out_of_band(lang: Lang, code: Option<&str>) -> Response {
    let (title, text) = match code {
        Some(_) => (
            lang.pick("Accès autorisé", "Access allowed"),
            lang.pick(
                "Copiez ce code et collez-le dans votre application. Il est valable 10 minutes.",
                "Copy this code and paste it into your application. It is valid for 10 minutes.",
            ),
        ),
        None => (
            lang.pick("Accès refusé", "Access denied"),
            lang.pick("Vous pouvez fermer cette page.", "You can close this page."),
        ),
    };
    let code = code.map(|code| format!(r#"<p><code class="code">{code}</code></p>"#)).unwrap_or_default();
    let body = format!(r#"<section class="card"><h1>{title}</h1><p>{text}</p>{code}</section>"#);
    Page { lang, title, body, switch: None, form_targets: Vec::new(), wide: false }.answer(StatusCode::OK)
}
