//! The control page: what is connected, what misbehaves, what was received. In the visitor's language.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode, Uri};
use serde::Serialize;

use super::{calls::shown, customers, orders::PAGE as ORDERS};
use crate::{
    faults::{Mode, Target},
    html::{Choice, Esc, Page, select},
    lang::Lang,
    oauth::session,
    params::Params,
    recorder::Recorded,
    state::{App, State as Everything, directory::Account, grants::Connection, grants::Status},
};

/// `GET /_sandbox`
pub(crate) async fn show(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let lang = Lang::of(&headers);
    let state = app.state();
    let title = lang.pick("Contrôles du bac à sable", "Sandbox controls");
    let body = format!(
        r#"<h1>{title}</h1><p><a href="{ORDERS}">{orders}</a> · <a href="/_sandbox/pixelpoint">PixelPoint</a> · <a href="/_sandbox/carre-pos">Carré POS</a>{}</p>{}{}{}{}{}"#,
        offices(&app, lang),
        connections(&state, lang),
        accounts(&state, lang),
        customers::card(&state, lang),
        faults(&state, lang),
        requests(&state, lang),
        orders = lang.pick("Commandes et callbacks", "Orders and callbacks"),
    );
    Page { lang, title, body, switch: Some("/_sandbox?".to_owned()), form_targets: Vec::new(), wide: true }
        .answer(StatusCode::OK)
}

/// The way to the vendors' back offices, where there are any.
fn offices(app: &App, lang: Lang) -> String {
    let Some(url) = app.offices.get() else { return String::new() };
    let words = lang.pick("Back-offices des éditeurs", "The vendors' back offices");
    format!(r#" · <a href="{}">{words}</a>"#, Esc(url))
}

pub(super) fn button(action: &str, text: &str, about: &str) -> String {
    format!(
        r#"<form class="inline" method="post" action="/_sandbox/{action}"><button class="small" type="submit" aria-label="{text} {about}">{text}</button></form> "#,
        about = Esc(about)
    )
}

pub(super) fn table(label: &str, heads: &[&str], rows: &str) -> String {
    let heads: String = heads.iter().map(|head| format!(r#"<th scope="col">{head}</th>"#)).collect();
    format!(
        r#"<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"#
    )
}

fn connections(state: &Everything, lang: Lang) -> String {
    let title = lang.pick("Connexions", "Connections");
    if state.connections.is_empty() {
        let none = lang.pick(
            "Aucune. Connectez une caisse depuis la console : elle apparaîtra ici.",
            "None. Connect a till from the console: it will appear here.",
        );
        return format!(r#"<section class="card"><h2>{title}</h2><p class="hint">{none}</p></section>"#);
    }
    let rows: String = state.connections.iter().map(|one| connection(state, one, lang)).collect();
    let heads = [
        "Id",
        lang.pick("Application", "Application"),
        lang.pick("Où", "Where"),
        lang.pick("Catalogue, liste", "Catalog, list"),
        lang.pick("État", "State"),
        lang.pick("Jeton", "Token"),
        lang.pick("Actions", "Actions"),
    ];
    format!(r#"<section class="card"><h2>{title}</h2>{}</section>"#, table(title, &heads, &rows))
}

fn connection(state: &Everything, connection: &Connection, lang: Lang) -> String {
    let facts = shown(state, connection);
    let text = |name: &str| Esc(facts[name].as_str().unwrap_or("–")).to_string();
    let (word, kind) = match connection.status {
        Status::Active => (lang.pick("active", "active"), "good"),
        Status::Blocked => (lang.pick("bloquée", "blocked"), "bad"),
        Status::Revoked => (lang.pick("révoquée", "revoked"), "bad"),
    };
    let act = |name: &str, text: &str| button(&format!("connections/{}/{name}", connection.id), text, &connection.id);
    let actions = match connection.status {
        Status::Active => act("block", lang.pick("Bloquer", "Block")) + &act("revoke", lang.pick("Révoquer", "Revoke")),
        Status::Blocked => {
            act("unblock", lang.pick("Débloquer", "Unblock")) + &act("revoke", lang.pick("Révoquer", "Revoke"))
        }
        Status::Revoked => String::new(),
    };
    format!(
        r#"<tr><td><code>{id}</code></td><td>{client}<br><small>{device}</small></td><td>{location}<br><small>{account}</small></td><td>{catalog}<br><small>{list}</small></td><td><span class="state {kind}">{word}</span></td><td><code>{token}</code></td><td class="acts">{actions}</td></tr>"#,
        id = text("id"),
        client = text("client_name"),
        device = text("device_id"),
        location = text("location_name"),
        account = text("account_name"),
        catalog = text("catalog_name"),
        list = text("customer_list_name"),
        token = text("token"),
    )
}

fn accounts(state: &Everything, lang: Lang) -> String {
    let title = lang.pick("Comptes", "Accounts");
    let row = |account: &Account| {
        let (word, kind, action, text) = if account.suspended {
            (lang.pick("suspendu", "suspended"), "bad", "unsuspend", lang.pick("Rétablir", "Unsuspend"))
        } else {
            (lang.pick("en règle", "in order"), "good", "suspend", lang.pick("Suspendre", "Suspend"))
        };
        format!(
            r#"<tr><td><code>{id}</code></td><td><a href="/accounts/{id}">{name}</a></td><td>{places}</td><td><span class="state {kind}">{word}</span></td><td class="acts">{action}</td></tr>"#,
            id = Esc(&account.id),
            name = Esc(&account.name),
            places = state.directory.locations_of(&account.id).len(),
            action = button(&format!("accounts/{}/{action}", account.id), text, &account.name),
        )
    };
    let rows: String = state.directory.accounts.iter().map(row).collect();
    let heads = [
        "Id",
        lang.pick("Nom", "Name"),
        lang.pick("Points de vente", "Locations"),
        lang.pick("Abonnement", "Subscription"),
        lang.pick("Actions", "Actions"),
    ];
    format!(r#"<section class="card"><h2>{title}</h2>{}</section>"#, table(title, &heads, &rows))
}

fn faults(state: &Everything, lang: Lang) -> String {
    let targets: Vec<_> = Target::ALL.iter().map(|one| choice(word(one))).collect();
    let modes: Vec<_> = Mode::ALL.iter().map(|one| choice(word(one))).collect();
    let in_force: String = state
        .faults
        .list()
        .iter()
        .map(|fault| {
            let times = fault.times.map_or_else(|| "∞".to_owned(), |times| times.to_string());
            format!(
                "<li><strong>{}</strong>: {} ({} ms, × {times})</li>",
                word(&fault.target),
                word(&fault.mode),
                fault.delay_ms
            )
        })
        .collect();
    let in_force = if in_force.is_empty() {
        format!(r#"<p class="hint">{}</p>"#, lang.pick("Tout va bien pour l'instant.", "All is well for now."))
    } else {
        format!(r#"<ul class="plain">{in_force}</ul>"#)
    };
    let number = |name: &str, label: &str, value: &str| {
        format!(
            r#"<p class="field"><label for="f-{name}">{label}</label><input id="f-{name}" name="{name}" type="number" min="0" inputmode="numeric" value="{value}"></p>"#
        )
    };
    format!(
        r#"<section class="card"><h2>{title}</h2>{in_force}
<form class="row" method="post" action="/_sandbox/faults">{target}{mode}{delay}{times}<button type="submit">{apply}</button></form>
<div class="row"><form method="post" action="/_sandbox/clock"><input type="hidden" name="advance_seconds" value="660"><button type="submit">{later}</button></form>
<form method="post" action="/_sandbox/reset"><button type="submit">{reset}</button></form></div></section>"#,
        title = lang.pick("Pannes et horloge", "Faults and clock"),
        target = select("target", lang.pick("Cible", "Target"), &targets, None, None),
        mode = select("mode", lang.pick("Panne", "Fault"), &modes, None, None),
        delay = number("delay_ms", lang.pick("Attente (ms)", "Delay (ms)"), "3000"),
        times = number("times", lang.pick("Fois (vide : toujours)", "Times (empty: always)"), ""),
        apply = lang.pick("Appliquer", "Apply"),
        later = lang.pick("Avancer l'horloge de 11 minutes", "Move the clock on by 11 minutes"),
        reset = lang.pick("Tout remettre à zéro", "Reset everything"),
    )
}

fn choice(word: String) -> Choice {
    Choice { value: word.clone(), text: word, group: None }
}

/// The word of a closed enum, as it is written in JSON.
fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn requests(state: &Everything, lang: Lang) -> String {
    let title = lang.pick("Requêtes reçues", "Requests received");
    let row = |request: &Recorded| {
        let status = request.status.map_or_else(|| "–".to_owned(), |status| status.to_string());
        let kind = if request.status.is_some_and(|status| status < 400) { "good" } else { "bad" };
        let token = request.headers.get("x-access-token").or_else(|| request.headers.get("authorization"));
        let query = Params::parse(request.query.as_bytes());
        let query: String = query.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        format!(
            r#"<tr><td>{at}</td><td>{method}</td><td><code>{path}<small>{query}</small></code></td><td><span class="state {kind}">{status}</span></td><td><code>{token}</code></td></tr>"#,
            at = Esc(request.at.get(11..19).unwrap_or_default()),
            method = Esc(&request.method),
            path = Esc(&request.path),
            query = Esc(&query),
            token = Esc(token.map_or("–", String::as_str)),
        )
    };
    let rows: String = state.recorder.list().rev().map(row).collect();
    if rows.is_empty() {
        let none = lang.pick("Aucune pour l'instant.", "None so far.");
        return format!(r#"<section class="card"><h2>{title}</h2><p class="hint">{none}</p></section>"#);
    }
    let heads = [
        lang.pick("Heure (UTC)", "Time (UTC)"),
        lang.pick("Méthode", "Method"),
        lang.pick("Chemin", "Path"),
        lang.pick("Statut", "Status"),
        lang.pick("Jeton", "Token"),
    ];
    let hint = lang.pick(
        "Les 500 dernières, la plus récente d'abord ; les secrets sont masqués.",
        "The last 500, newest first; secrets are masked.",
    );
    format!(
        r#"<section class="card"><h2>{title}</h2><p class="hint">{hint}</p>{}</section>"#,
        table(title, &heads, &rows)
    )
}
