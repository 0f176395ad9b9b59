//! PixelPoint's control page: its stores and how they behave, what the kitchen printed, what was refused.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode, Uri};
use jiff::Timestamp;

use super::{
    PATH,
    control::PAGE,
    mode::Mode,
    printer::Receipt,
    site::{Heard, Inside},
    stores::Store,
};
use crate::{
    html::{Choice, Esc, Page, select},
    lang::Lang,
    oauth::session,
    params::Params,
    state::App,
};

/// Receipts and requests shown.
const SHOWN: usize = 50;

/// `GET /_sandbox/pixelpoint`
pub(super) async fn show(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let lang = Lang::of(&headers);
    let open = *app.pixelpoint.open().borrow();
    let inside = app.pixelpoint.inside();
    let title = lang.pick("PixelPoint (bac à sable)", "PixelPoint (sandbox)");
    let body = format!(
        r#"<h1>{title}</h1><p class="hint">POST {PATH}</p>{}{}{}{}"#,
        stores(&inside, lang),
        modes(&inside, open, lang),
        printed(&inside, lang),
        requests(&inside, lang)
    );
    Page { lang, title, body, switch: Some(format!("{PAGE}?")), form_targets: Vec::new(), wide: true }
        .answer(StatusCode::OK)
}

fn stores(inside: &Inside, lang: Lang) -> String {
    let row = |store: &Store| {
        let kind = if store.behaviour.mode == Mode::Accept { "good" } else { "bad" };
        let times = store.behaviour.times.map(|times| format!(" × {times}")).unwrap_or_default();
        format!(
            r#"<tr><td>{}</td><td><code>{}</code></td><td><span class="state {kind}">{}{times}</span></td><td>{}</td></tr>"#,
            Esc(&store.name),
            Esc(&store.token),
            word(store.behaviour.mode),
            store.printed,
        )
    };
    let rows: String = inside.stores.all().iter().take(SHOWN).map(row).collect();
    let heads = [
        lang.pick("Caisse", "Store"),
        lang.pick("Jeton d'API", "API token"),
        lang.pick("Comportement", "Behaviour"),
        lang.pick("Imprimées", "Printed"),
    ];
    section(lang.pick("Caisses", "Stores"), "", &heads, &rows, lang)
}

fn modes(inside: &Inside, open: bool, lang: Lang) -> String {
    let stores: Vec<_> = inside
        .stores
        .all()
        .iter()
        .take(SHOWN)
        .map(|store| Choice { value: store.token.clone(), text: store.name.clone(), group: None })
        .collect();
    let modes: Vec<_> =
        Mode::ALL.iter().map(|mode| Choice { value: word(*mode), text: word(*mode), group: None }).collect();
    let number = |name: &str, label: &str, value: &str| {
        format!(
            r#"<p class="field"><label for="f-{name}">{label}</label><input id="f-{name}" name="{name}" type="number" min="0" inputmode="numeric" value="{value}"></p>"#
        )
    };
    let (state, kind, turn) = if open {
        (lang.pick("joignable", "reachable"), "good", lang.pick("Couper PixelPoint", "Take PixelPoint down"))
    } else {
        (lang.pick("coupé", "down"), "bad", lang.pick("Rétablir PixelPoint", "Bring PixelPoint back"))
    };
    format!(
        r#"<section class="card"><h2>{title}</h2><p><span class="state {kind}">{state}</span></p>
<form class="row" method="post" action="{PAGE}/mode">{store}{mode}{delay}{times}<button type="submit">{apply}</button></form>
<form method="post" action="{PAGE}/door"><input type="hidden" name="open" value="{wish}"><button type="submit">{turn}</button></form></section>"#,
        title = lang.pick("Comportement", "Behaviour"),
        store = select("token", lang.pick("Caisse", "Store"), &stores, None, None),
        mode = select("mode", lang.pick("Comportement", "Behaviour"), &modes, None, None),
        delay = number("delay_ms", lang.pick("Attente (ms)", "Delay (ms)"), "3000"),
        times = number("times", lang.pick("Fois (vide : toujours)", "Times (empty: always)"), ""),
        apply = lang.pick("Appliquer", "Apply"),
        wish = !open,
    )
}

fn printed(inside: &Inside, lang: Lang) -> String {
    let row = |receipt: &Receipt| {
        let (line, order) = (&receipt.line, &receipt.order);
        let items: String = order
            .items
            .iter()
            .map(|item| {
                let number = item.product.as_deref().or(item.coupon.as_deref()).unwrap_or("–");
                let mark = if item.parent == item.id { "" } else { "↳ " };
                format!(
                    "<li>{mark}{} × {} <small>{} · {}</small></li>",
                    Esc(&item.quantity),
                    Esc(&item.description),
                    Esc(number),
                    Esc(&item.cost_each)
                )
            })
            .collect();
        let twice =
            if line.time > 1 { format!(r#" <span class="state bad">× {}</span>"#, line.time) } else { String::new() };
        format!(
            r#"<tr><td>{}{twice}</td><td>{}</td><td>{}</td><td><ul class="plain">{items}</ul></td><td>{}</td><td>{}</td></tr>"#,
            line.number,
            at(line.at_us),
            Esc(&line.customer),
            Esc(&line.total),
            Esc(order.footer.as_deref().unwrap_or(&order.paid)),
        )
    };
    let rows: String = inside.printer.whole().rev().take(SHOWN).map(row).collect();
    let hint = format!(
        "{} {}, {} {}.",
        inside.printer.count(),
        lang.pick("imprimées", "printed"),
        inside.printer.doubles().count(),
        lang.pick("en double", "of them twice")
    );
    let heads = [
        "#",
        lang.pick("Heure (UTC)", "Time (UTC)"),
        lang.pick("Client", "Customer"),
        lang.pick("Articles", "Items"),
        lang.pick("Total", "Total"),
        lang.pick("Payé", "Paid"),
    ];
    section(lang.pick("Imprimante de cuisine", "Kitchen printer"), &hint, &heads, &rows, lang)
}

fn requests(inside: &Inside, lang: Lang) -> String {
    let row = |heard: &Heard| {
        let (kind, text) = match (&heard.refused, heard.printed) {
            (Some(why), _) => ("bad", why.clone()),
            (None, Some(number)) => ("good", format!("#{number}")),
            (None, None) => ("good", "–".to_owned()),
        };
        format!(
            r#"<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><span class="state {kind}">{}</span></td></tr>"#,
            at(heard.at_us),
            heard.wanted.unwrap_or("–"),
            Esc(heard.store.as_deref().unwrap_or("–")),
            word(heard.mode),
            Esc(&text),
        )
    };
    let rows: String = inside.heard().rev().take(SHOWN).map(row).collect();
    let heads = [
        lang.pick("Heure (UTC)", "Time (UTC)"),
        lang.pick("Demande", "Request"),
        lang.pick("Caisse", "Store"),
        lang.pick("Comportement", "Behaviour"),
        lang.pick("Issue", "Outcome"),
    ];
    section(lang.pick("Requêtes reçues", "Requests received"), "", &heads, &rows, lang)
}

fn section(title: &str, hint: &str, heads: &[&str], rows: &str, lang: Lang) -> String {
    let hint = if rows.is_empty() { lang.pick("Rien pour l'instant.", "Nothing so far.") } else { hint };
    let hint = if hint.is_empty() { String::new() } else { format!(r#"<p class="hint">{hint}</p>"#) };
    if rows.is_empty() {
        return format!(r#"<section class="card"><h2>{title}</h2>{hint}</section>"#);
    }
    let heads: String = heads.iter().map(|head| format!(r#"<th scope="col">{head}</th>"#)).collect();
    format!(
        r#"<section class="card"><h2>{title}</h2>{hint}<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"#
    )
}

/// The time of day.
fn at(microseconds: i64) -> String {
    Timestamp::from_microsecond(microseconds).map(|at| at.strftime("%H:%M:%S").to_string()).unwrap_or_default()
}

/// A mode as it is written in JSON.
fn word(mode: Mode) -> String {
    serde_json::to_value(mode).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
