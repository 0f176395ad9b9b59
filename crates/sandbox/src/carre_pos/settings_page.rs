//! The till's **ACCUEIL** and its settings, in the order of "Activer l'envoi de l'inventaire vers HubRise"; and where the
//! key of the console goes. In French, as the till is.

use axum::{extract::State, response::Response};
use http::StatusCode;

use super::{
    control::{PAGE, SETTINGS},
    till::Till,
};
use crate::{
    html::{Esc, Page},
    lang::Lang,
    state::App,
};

/// `GET /_sandbox/carre-pos/parametres`
pub(super) async fn show(State(app): State<App>) -> Response {
    let first = app.first_console().to_owned();
    let till = app.carre_pos.till();
    let title = "Carré POS : paramètres";
    let body = format!(
        r#"<h1>{title}</h1><p><a href="{PAGE}">Écran de caisse</a></p>{}{}{}{}"#,
        user(&till),
        web(&till),
        restart(&till),
        console(&till, &first)
    );
    drop(till);
    Page { lang: Lang::Fr, title, body, switch: None, form_targets: Vec::new(), wide: false }.answer(StatusCode::OK)
}

fn user(till: &Till) -> String {
    let choice = |admin: bool, name: &str| {
        let here = if till.admin == admin { r#" aria-pressed="true""# } else { r#" aria-pressed="false""# };
        format!(
            r#"<form class="inline" method="post" action="{PAGE}/user"><input type="hidden" name="admin" value="{admin}"><button type="submit"{here}>{name}</button></form> "#
        )
    };
    let who = if till.admin { "ADMIN" } else { "SERVEUR" };
    format!(
        r#"<section class="card"><h2>ACCUEIL</h2><p>Utilisateur : <strong>{who}</strong></p><p>{}{}</p></section>"#,
        choice(false, "SERVEUR"),
        choice(true, "ADMIN")
    )
}

fn web(till: &Till) -> String {
    if !till.admin {
        return r#"<section class="card"><h2>Paramètres &gt; Réglages &gt; WEB</h2><p class="notice">Les réglages demandent un utilisateur ayant les droits d'administration : choisissez ADMIN.</p></section>"#.to_owned();
    }
    let selected = |on: bool| if on { " selected" } else { "" };
    let ticked = |on: bool| if on { " checked" } else { "" };
    let (web_post, settings) = (till.settings.web_post, till.settings);
    format!(
        r#"<section class="card"><h2>Paramètres &gt; Réglages &gt; WEB</h2>
<form method="post" action="{PAGE}/settings"><p class="field"><label for="f-web">WEB POST - Envoi de données</label><select id="f-web" name="web_post"><option value="false"{no}>NON</option><option value="true"{yes}>OUI</option></select></p><button type="submit">Enregistrer</button></form>
<details{open}><summary>PARAMETRER</summary><h3>CARRE API</h3>
<form method="post" action="{PAGE}/settings"><input type="hidden" name="boxes" value="true">
<p class="box"><input id="f-enabled" type="checkbox" name="enabled" value="true"{enabled}><label for="f-enabled">ACTIVER LES ENVOIS</label></p>
<p class="box"><input id="f-events" type="checkbox" name="order_events" value="true"{events}><label for="f-events">ENVOYER EVENEMENTS COMMANDES</label></p>
<button type="submit">Valider</button></form></details></section>"#,
        no = selected(!web_post),
        yes = selected(web_post),
        open = if settings.enabled || settings.order_events { " open" } else { "" },
        enabled = ticked(settings.enabled),
        events = ticked(settings.order_events),
    )
}

fn restart(till: &Till) -> String {
    let note = if till.settings == till.running {
        r#"<p class="hint">Les réglages en vigueur sont ceux qui sont cochés.</p>"#
    } else {
        r#"<p class="notice">Des réglages ont changé : redémarrez Carré POS pour qu'ils prennent effet.</p>"#
    };
    format!(
        r#"<section class="card"><h2>Redémarrage</h2>{note}<form method="post" action="{PAGE}/restart"><button class="go" type="submit">Redémarrer Carré POS</button></form></section>"#
    )
}

fn console(till: &Till, first: &str) -> String {
    let key = if till.key.is_empty() { "Aucune clé." } else { "Une clé est enregistrée." };
    format!(
        r#"<section class="card"><h2>Console HubRise</h2><p class="hint">{key}</p><form method="post" action="{PAGE}/console">
<p class="field"><label for="f-console">Adresse de la console</label><input id="f-console" name="console" type="url" value="{console}" maxlength="200"></p>
<p class="field"><label for="f-till">Identifiant de la caisse</label><input id="f-till" name="till" value="{id}" maxlength="100" autocomplete="off"></p>
<p class="field"><label for="f-key">Clé de la caisse</label><input id="f-key" name="key" type="password" maxlength="200" autocomplete="off"></p>
<button type="submit">Enregistrer</button></form><p class="hint">La clé se crée dans la console, page Stocks de la caisse. Elle n'y est affichée qu'une fois.</p><p><a href="{SETTINGS}">Actualiser</a></p></section>"#,
        console = Esc(till.console.as_deref().unwrap_or(first)),
        id = Esc(&till.id),
    )
}
