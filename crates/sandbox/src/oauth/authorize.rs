//! `GET /oauth2/v1/authorize`: reads and judges the request. What is wrong is shown on a page, never sent to an
//! address that was not registered.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode, Uri};

use super::{
    scope::Scope,
    session::{Asked, Prefill, Redirect, with_session},
};
use crate::{
    html::{self, Esc, Page},
    lang::Lang,
    params::Params,
    state::{App, State as Everything},
};

/// The redirect URI of installed apps ("Installed App Workflow").
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";
/// Longest `state` handed back, in bytes.
const MAX_STATE: usize = 2_048;
/// Longest `device_id`, in bytes (inferred).
const MAX_DEVICE: usize = 100;

/// What can be wrong with a request for authorisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Client,
    RedirectUri,
    Scope,
    Device,
    State,
}

impl Wrong {
    fn words(self, lang: Lang) -> (&'static str, &'static str) {
        match self {
            Self::Client => (
                lang.pick("Application inconnue", "Unknown application"),
                lang.pick(
                    "Le paramètre client_id ne correspond à aucune application enregistrée chez HubRise.",
                    "The client_id parameter does not match any application registered at HubRise.",
                ),
            ),
            Self::RedirectUri => (
                lang.pick("Adresse de retour refusée", "Redirect address refused"),
                lang.pick(
                    "Le paramètre redirect_uri ne fait pas partie des adresses enregistrées pour cette application.",
                    "The redirect_uri parameter is not one of the addresses registered for this application.",
                ),
            ),
            Self::Scope => (
                lang.pick("Autorisations mal formées", "Malformed scope"),
                lang.pick(
                    "Le paramètre scope n'a pas pu être lu. Exemple : location[orders.write,catalog.read].",
                    "The scope parameter could not be read. Example: location[orders.write,catalog.read].",
                ),
            ),
            Self::Device => (
                lang.pick("Identifiant d'appareil refusé", "Device identifier refused"),
                lang.pick(
                    "Le paramètre device_id accepte des lettres, des chiffres et _ - ( ) [ ] { } .",
                    "The device_id parameter accepts letters, digits and _ - ( ) [ ] { } .",
                ),
            ),
            Self::State => (
                lang.pick("Paramètre state trop long", "State parameter too long"),
                lang.pick("Il dépasse 2048 caractères.", "It exceeds 2048 characters."),
            ),
        }
    }
}

/// Opens a transaction and leads to its page.
pub(crate) async fn begin(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let query = Params::of_query(&uri);
    let mut state = app.state();
    let asked = match read(&state, &query) {
        Ok(asked) => asked,
        Err(wrong) => {
            let lang = Lang::of(&headers);
            let (title, text) = wrong.words(lang);
            return problem_page(lang, title, text, StatusCode::BAD_REQUEST);
        }
    };
    let session = state.session_or_new(&headers);
    let transaction = state.open_transaction(&session, asked);
    with_session(html::see_other(&transaction.path()), &session)
}

fn read(state: &Everything, query: &Params) -> Result<Asked, Wrong> {
    let client = query.filled("client_id").and_then(|id| state.directory.client(id)).ok_or(Wrong::Client)?;
    let redirect = match query.get("redirect_uri") {
        Some(OUT_OF_BAND) => Redirect::OutOfBand,
        Some(uri) if client.redirect_uris.iter().any(|known| known == uri) => Redirect::To(uri.to_owned()),
        _ => return Err(Wrong::RedirectUri),
    };
    let device_id = query.filled("device_id").map(str::to_owned);
    let device_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_-()[]{}.".contains(&byte);
    if device_id.as_ref().is_some_and(|id| id.len() > MAX_DEVICE || !id.bytes().all(device_letter)) {
        return Err(Wrong::Device);
    }
    let answer_state = query.get("state").map(str::to_owned);
    if answer_state.as_ref().is_some_and(|state| state.len() > MAX_STATE) {
        return Err(Wrong::State);
    }
    let app_instance_id = query.filled("app_instance_id").map(str::to_owned);
    let scope = match query.get("scope") {
        Some(text) => text.parse::<Scope>().map_err(|_| Wrong::Scope)?,
        // With an `app_instance_id` the scope may be left out: it is the one granted before.
        None => {
            app_instance_id.as_deref().and_then(|id| state.scope_of_installation(id, &client.id)).ok_or(Wrong::Scope)?
        }
    };
    let prefilled = |name: &str| crate::state::places::name_of(query.get(name).unwrap_or_default());
    Ok(Asked {
        client_id: client.id.clone(),
        redirect,
        state: answer_state,
        scope,
        device_id,
        app_instance_id,
        prefill: Prefill {
            country: prefilled("country"),
            account_name: prefilled("account_name"),
            location_name: prefilled("location_name"),
        },
    })
}

/// A page for what cannot go on.
pub(crate) fn problem_page(lang: Lang, title: &str, text: &str, status: StatusCode) -> Response {
    let advice = lang.pick(
        "Retournez dans l'application d'où vous venez et recommencez. Si cela se répète, prévenez son éditeur.",
        "Go back to the application you came from and start again. If it happens again, tell its publisher.",
    );
    let body = format!(
        r#"<section class="card"><h1>{}</h1><p>{}</p><p class="hint">{}</p></section>"#,
        Esc(title),
        Esc(text),
        Esc(advice)
    );
    Page { lang, title, body, switch: None, form_targets: Vec::new(), wide: false }.answer(status)
}
