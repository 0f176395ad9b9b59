//! The page over the order generator: what is ordered, how often, what became of it; the sending of events, which stands
//! on it too, is `callbacks_page`'s. In the visitor's language; the shapes' names are what the calls take.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode, Uri};

use super::{callbacks_page, orders::PAGE, page::table};
use crate::{
    generator::shapes,
    html::{Choice, Esc, Page, select},
    lang::Lang,
    oauth::session,
    params::Params,
    state::{App, State as Everything, grants::Status, streams::Stream},
};

/// Orders shown.
const SHOWN: usize = 30;

/// `GET /_sandbox/orders/page`
pub(crate) async fn show(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let lang = Lang::of(&headers);
    let state = app.state();
    let title = lang.pick("Commandes et callbacks", "Orders and callbacks");
    let body = format!(
        r#"<h1>{title}</h1><p><a href="/_sandbox">{back}</a></p>{}{}{}{}{}"#,
        making(&state, lang),
        streams(&state, lang),
        orders(&state, lang),
        callbacks_page::manner(&state, lang),
        callbacks_page::deliveries(&state, lang),
        back = lang.pick("Contrôles du bac à sable", "Sandbox controls"),
    );
    Page { lang, title, body, switch: Some(format!("{PAGE}?")), form_targets: Vec::new(), wide: true }
        .answer(StatusCode::OK)
}

pub(super) fn card(title: &str, body: &str) -> String {
    format!(r#"<section class="card"><h2>{title}</h2>{body}</section>"#)
}

/// The places of the living connections first, as it is there that somebody listens.
fn places(state: &Everything, lang: Lang) -> Vec<Choice> {
    let listens = |id: &str| {
        state
            .connections
            .iter()
            .any(|one| one.status != Status::Revoked && one.grant.location_id.as_deref() == Some(id))
    };
    let (connected, others): (Vec<_>, Vec<_>) = state.directory.locations.iter().partition(|place| listens(&place.id));
    let choice = |place: &&crate::state::directory::Location, group: &str| {
        let account = state.directory.account(&place.account_id).map_or("", |account| account.name.as_str());
        let text = format!("{account}, {} ({})", place.name, place.id);
        Choice { value: place.id.clone(), text, group: Some(group.to_owned()) }
    };
    let groups =
        [(connected, lang.pick("Connectés", "Connected")), (others, lang.pick("Non connectés", "Not connected"))];
    groups.iter().flat_map(|(places, group)| places.iter().map(|place| choice(place, group))).collect()
}

fn shape_choices(first: Option<&str>) -> Vec<Choice> {
    let every = shapes::all().map(|shape| Choice {
        value: shape.name.to_owned(),
        text: format!("{}: {}", shape.name, shape.what),
        group: None,
    });
    let first = first.map(|text| Choice { value: String::new(), text: text.to_owned(), group: None });
    first.into_iter().chain(every).collect()
}

pub(super) fn number(name: &str, label: &str, value: &str) -> String {
    format!(
        r#"<p class="field"><label for="f-{name}">{label}</label><input id="f-{name}" name="{name}" type="number" min="1" inputmode="numeric" value="{value}" required></p>"#
    )
}

/// A form of the generator's; its fields' ids differ from every other's.
fn form(action: &str, fields: &str, press: &str) -> String {
    let fields = fields.replace(r#""f-"#, &format!(r#""f-{action}-"#));
    format!(
        r#"<form class="row" method="post" action="/_sandbox/orders{path}">{fields}<button type="submit">{press}</button></form>"#,
        path = if action == "one" { String::new() } else { format!("/{action}") },
    )
}

fn making(state: &Everything, lang: Lang) -> String {
    let place = select("location", lang.pick("Point de vente", "Location"), &places(state, lang), None, None);
    let shape = |first| select("shape", lang.pick("Forme", "Shape"), &shape_choices(first), None, None);
    // An empty value is left out of what a form sends, and is then a mixture: it must be possible to leave it so.
    let mixture = shape(Some(lang.pick("un mélange ordinaire", "an ordinary mixture"))).replace(" required>", ">");
    let one = format!("{place}{}{}", shape(None), number("count", lang.pick("Combien", "How many"), "1"));
    let rush = format!(
        "{place}{mixture}{}{}",
        number("per_second", lang.pick("Par seconde", "A second"), "10"),
        number("seconds", lang.pick("Secondes", "Seconds"), "30")
    );
    let every = number("every_seconds", lang.pick("Toutes les (secondes)", "Every (seconds)"), "15");
    let body = [
        form("one", &one, lang.pick("Commander", "Order")),
        form("rush", &rush, lang.pick("Lancer un coup de feu", "Begin a rush")),
        form("trickle", &format!("{place}{mixture}{every}"), lang.pick("Lancer un filet", "Begin a trickle")),
    ];
    card(lang.pick("Passer des commandes", "Order something"), &body.concat())
}

fn streams(state: &Everything, lang: Lang) -> String {
    let title = lang.pick("Coups de feu et filets", "Rushes and trickles");
    let stop = |id: u64| {
        format!(
            r#"<form class="inline" method="post" action="/_sandbox/orders/stop"><input type="hidden" name="id" value="{id}"><button class="small" type="submit" aria-label="{text} {id}">{text}</button></form>"#,
            text = lang.pick("Arrêter", "Stop")
        )
    };
    let row = |stream: &Stream| {
        let facts = super::orders::shown(stream);
        let (word, kind, action) = if stream.is_over() {
            (lang.pick("fini", "over"), "bad", String::new())
        } else {
            (lang.pick("en cours", "under way"), "good", stop(stream.id))
        };
        let count = stream.wanted.count.map_or_else(|| "∞".to_owned(), |count| count.to_string());
        format!(
            r#"<tr><td>{}</td><td>{}</td><td><code>{}</code> ({})</td><td>{} / {count}</td><td><span class="state {kind}">{word}</span></td><td class="acts">{action}</td></tr>"#,
            stream.id,
            Esc(facts["kind"].as_str().unwrap_or_default()),
            Esc(facts["location"].as_str().unwrap_or_default()),
            stream.wanted.locations.len(),
            stream.made,
        )
    };
    let rows: String = state.streams.list().iter().rev().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let heads = [
        "Id",
        lang.pick("Quoi", "What"),
        lang.pick("Où", "Where"),
        lang.pick("Passées", "Made"),
        lang.pick("État", "State"),
        lang.pick("Actions", "Actions"),
    ];
    card(title, &table(title, &heads, &rows))
}

fn orders(state: &Everything, lang: Lang) -> String {
    let title = lang.pick("Dernières commandes", "Latest orders");
    let rows: String = state
        .orders
        .iter()
        .rev()
        .take(SHOWN)
        .map(|order| {
            let field = |name: &str| order.field(name).unwrap_or("–").to_owned();
            let status = field("status");
            let over = ["completed", "cancelled", "rejected", "delivery_failed"].contains(&status.as_str());
            let cancel = format!(
                r#"<form class="inline" method="post" action="/_sandbox/orders/{id}"><input type="hidden" name="status" value="cancelled"><button class="small" type="submit" aria-label="{text} {id}">{text}</button></form>"#,
                id = Esc(&order.id),
                text = lang.pick("Annuler", "Cancel")
            );
            format!(
                r#"<tr><td>{}</td><td><code>{}</code></td><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td><td class="acts">{}</td></tr>"#,
                Esc(field("created_at").get(11..19).unwrap_or_default()),
                Esc(&order.id),
                Esc(&order.location_id),
                Esc(&field("ref")),
                Esc(&field("total")),
                Esc(&status),
                if over { String::new() } else { cancel }
            )
        })
        .collect();
    let heads = [
        lang.pick("Heure (sur place)", "Time (there)"),
        "Id",
        lang.pick("Où", "Where"),
        "Ref",
        "Total",
        lang.pick("Statut", "Status"),
        lang.pick("Actions", "Actions"),
    ];
    card(title, &table(title, &heads, &rows))
}
