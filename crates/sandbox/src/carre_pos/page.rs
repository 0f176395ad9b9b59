//! The till's screen: its products as tiles, as the till shows them, what can happen to each, and what was said to the
//! console. In French, as the till is.

use axum::{extract::State, response::Response};
use http::{StatusCode, Uri};

use super::{
    calls::Call,
    control::{PAGE, SETTINGS},
    product::{Product, Shown},
    till::Till,
};
use crate::{
    html::{Esc, Page},
    lang::Lang,
    money,
    params::Params,
    state::App,
};

/// Products and calls shown.
const SHOWN: usize = 200;
/// How much of an answer is shown, in characters.
const ANSWER: usize = 300;

/// `GET /_sandbox/carre-pos[?q=…]`
pub(super) async fn show(State(app): State<App>, uri: Uri) -> Response {
    let query = Params::of_query(&uri);
    let till = app.carre_pos.till();
    let title = "Carré POS (bac à sable)";
    let body = format!(
        r#"<h1>{title}</h1><p><a href="{SETTINGS}">ACCUEIL : paramètres et clé de la caisse</a> · <a href="{PAGE}">Actualiser</a></p>{}{}{}"#,
        state(&till),
        tiles(&till, query.filled("q").unwrap_or_default()),
        calls(&till)
    );
    drop(till);
    Page { lang: Lang::Fr, title, body, switch: None, form_targets: Vec::new(), wide: true }.answer(StatusCode::OK)
}

/// A button that does one thing.
fn press(action: &str, fields: &[(&str, &str)], text: &str, about: &str) -> String {
    let hidden: String = fields
        .iter()
        .map(|(name, value)| format!(r#"<input type="hidden" name="{name}" value="{}">"#, Esc(value)))
        .collect();
    let label = if about.is_empty() { String::new() } else { format!(r#" aria-label="{text} {}""#, Esc(about)) };
    format!(
        r#"<form class="inline" method="post" action="{PAGE}/{action}">{hidden}<button class="small" type="submit"{label}>{text}</button></form> "#
    )
}

fn state(till: &Till) -> String {
    let (network, kind, turn) = if till.online {
        ("connectée", "good", press("network", &[("online", "false")], "Couper le réseau", ""))
    } else {
        ("coupé", "bad", press("network", &[("online", "true")], "Rétablir le réseau", ""))
    };
    let (sending, sends) = match (till.running.send(), till.key.is_empty()) {
        (false, _) => ("désactivé : rien ne part de la caisse", "bad"),
        (true, true) => ("activé, mais la caisse n'a pas de clé", "bad"),
        (true, false) => ("activé", "good"),
    };
    let every = till.shift.map(|shift| shift.every.as_millis());
    let shift = match every {
        Some(every) => format!("une opération toutes les {every} ms {}", press("shift", &[], "Arrêter", "le service")),
        None => format!("à la main {}", press("shift", &[("every_ms", "4000")], "Lancer un service", "")),
    };
    format!(
        r#"<section class="card"><h2>État</h2><dl>
<div class="fixed"><dt>Réseau</dt><dd><span class="state {kind}">{network}</span> {turn}</dd></div>
<div class="fixed"><dt>Envoi de données</dt><dd><span class="state {sends}">{sending}</span></dd></div>
<div class="fixed"><dt>Service</dt><dd>{shift}</dd></div>
<div class="fixed"><dt>Produits à transmettre</dt><dd>{waiting}</dd></div>
<div class="fixed"><dt>Dernier état envoyé</dt><dd>n° {sequence}</dd></div></dl>
<p>{whole}{check}</p></section>"#,
        waiting = till.waiting(),
        sequence = till.sequence(),
        whole = press("call", &[("what", "whole")], "Envoyer tout le stock", ""),
        check = press("call", &[("what", "check")], "Demander l'état à la console", ""),
    )
}

fn tiles(till: &Till, query: &str) -> String {
    let wanted = query.to_lowercase();
    let matches =
        |one: &&Product| one.name.to_lowercase().contains(&wanted) || one.key.value().to_lowercase().contains(&wanted);
    let all: Vec<_> = till.products.iter().filter(matches).collect();
    let mut html = String::new();
    let mut category: Option<&str> = None;
    for product in all.iter().take(SHOWN) {
        if category != Some(product.category.as_str()) {
            if category.is_some() {
                html += "</ul>";
            }
            category = Some(&product.category);
            html += &format!(r#"<h3>{}</h3><ul class="keys">"#, Esc(&product.category));
        }
        html += &tile(product);
    }
    if category.is_some() {
        html += "</ul>";
    }
    let count = match all.len() {
        0 => "Aucun produit.".to_owned(),
        1 => "1 produit.".to_owned(),
        count if count > SHOWN => format!("{SHOWN} produits sur {count} : cherchez pour voir les autres."),
        count => format!("{count} produits."),
    };
    format!(
        r#"<section class="card"><h2>Écran de caisse</h2><form class="row" method="get" action="{PAGE}"><p class="field"><label for="f-q">Chercher un produit</label><input id="f-q" name="q" type="search" value="{}" maxlength="100"></p><button type="submit">Chercher</button></form><p class="hint">{count}</p>{html}</section>"#,
        Esc(query)
    )
}

fn tile(product: &Product) -> String {
    let id = product.id();
    let number = money::format_thousandths(product.quantity).replace('.', ",");
    let (mark, kind, word) = match product.shown() {
        Shown::InStock => (number.as_str(), "in", "en stock"),
        Shown::Exhausted => (number.as_str(), "out", "épuisé"),
        Shown::Inactive => ("INACTIF", "off", ""),
        Shown::Unmanaged => ("", "plain", "stock non géré"),
    };
    let word = if word.is_empty() { String::new() } else { format!(r#" <small>{word}</small>"#) };
    let act = |action: &str, fields: &[(&str, &str)], text: &str| {
        let fields: Vec<_> = [("product", id.as_str())].iter().chain(fields).copied().collect();
        press(action, &fields, text, &product.name)
    };
    let availability = if product.available {
        act("product", &[("available", "false")], "Désactiver")
    } else {
        act("product", &[("available", "true")], "Activer")
    };
    let management = if product.managed {
        act("product", &[("managed", "false")], "Ne plus gérer le stock")
    } else {
        act("product", &[("managed", "true")], "Gérer le stock")
    };
    let field = format!("f-{}", id.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-"));
    format!(
        r#"<li class="key"><p class="name">{name}</p><p><span class="stock {kind}">{mark}</span>{word}</p><p class="hint"><code>{key}</code> {price}</p>{sell}{out}<details><summary>Fiche <span class="sr">{name}</span></summary>
<form class="row" method="post" action="{PAGE}/product"><input type="hidden" name="product" value="{id}"><p class="field"><label for="{field}">Quantité <span class="sr">{name}</span></label><input id="{field}" name="quantity" value="{number}" inputmode="decimal" maxlength="18" autocomplete="off"></p><button class="small" type="submit" aria-label="Enregistrer {name}">Enregistrer</button></form>
<p>{availability}{management}</p></details></li>"#,
        name = Esc(&product.name),
        key = Esc(product.key.value()),
        price = Esc(&product.price),
        id = Esc(&id),
        field = Esc(&field),
        sell = act("sell", &[], "Vendre"),
        out = act("product", &[("quantity", "0"), ("managed", "true")], "Épuiser"),
    )
}

fn calls(till: &Till) -> String {
    let title = "Échanges avec la console";
    let row = |call: &Call| {
        let (status, kind) = match call.status {
            Some(status) => (status.to_string(), if status < 400 { "good" } else { "bad" }),
            None => ("–".to_owned(), "bad"),
        };
        let answer: String = call.answer.chars().take(ANSWER).collect();
        let number = call.number.to_string();
        let repeat = [("what", "repeat"), ("number", number.as_str())];
        format!(
            r#"<tr><td>{number}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><span class="state {kind}">{status}</span></td><td><code>{}</code></td><td>{} ms</td><td class="acts">{}</td></tr>"#,
            Esc(call.at.get(11..19).unwrap_or_default()),
            serde_json::to_value(call.method).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default(),
            call.sequence,
            call.entries,
            Esc(&answer),
            call.took_ms,
            press("call", &repeat, "Renvoyer", &format!("l'échange {number}")),
        )
    };
    let rows: String = till.calls.list().rev().take(SHOWN).map(row).collect();
    if rows.is_empty() {
        return format!(r#"<section class="card"><h2>{title}</h2><p class="hint">Aucun pour l'instant.</p></section>"#);
    }
    let heads: String =
        ["N°", "Heure (UTC)", "Méthode", "État n°", "Produits", "Statut", "Réponse", "Durée", "Actions"]
            .iter()
            .map(|head| format!(r#"<th scope="col">{head}</th>"#))
            .collect();
    format!(
        r#"<section class="card"><h2>{title}</h2><div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"#
    )
}
