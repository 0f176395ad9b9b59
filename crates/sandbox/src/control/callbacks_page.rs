//! How events are sent, and what was: two sections of the page over the order generator.

use super::{
    orders_page::{card, number},
    page::table,
};
use crate::{html::Esc, lang::Lang, state::State as Everything};

/// Deliveries shown.
const SHOWN: usize = 30;

/// How events are sent, and the forms that change it.
pub(super) fn manner(state: &Everything, lang: Lang) -> String {
    let manner = &state.deliveries.manner;
    let (paused, turn) = if manner.paused {
        (lang.pick("Rien n'est envoyé.", "Nothing is sent."), lang.pick("Reprendre l'envoi", "Send again"))
    } else {
        (lang.pick("Les événements sont envoyés.", "Events are sent."), lang.pick("Suspendre l'envoi", "Pause"))
    };
    let fields = [
        number(
            "acceleration",
            lang.pick("Attentes divisées par", "Waits divided by"),
            &manner.acceleration.to_string(),
        ),
        number(
            "answer_limit_ms",
            lang.pick("Réponse attendue (ms)", "Answer waited for (ms)"),
            &manner.answer_limit_ms.to_string(),
        ),
        number("copies", lang.pick("Exemplaires", "Copies"), &manner.copies.to_string()),
    ];
    let body = format!(
        r#"<p>{paused}</p><form class="row" method="post" action="/_sandbox/callbacks">{}<button type="submit">{}</button></form><form class="row" method="post" action="/_sandbox/callbacks"><input type="hidden" name="paused" value="{}"><button type="submit">{turn}</button></form>"#,
        fields.concat(),
        lang.pick("Appliquer", "Apply"),
        !manner.paused,
    );
    card(lang.pick("Envoi des callbacks", "Sending of callbacks"), &body)
}

/// What was sent last.
pub(super) fn deliveries(state: &Everything, lang: Lang) -> String {
    let title = lang.pick("Derniers envois", "Latest deliveries");
    let rows: String = state
        .deliveries
        .log
        .list()
        .rev()
        .take(SHOWN)
        .map(|delivery| {
            let status = delivery.status.map_or_else(|| "–".to_owned(), |status| status.to_string());
            let kind = if delivery.then == "acknowledged" { "good" } else { "bad" };
            format!(
                r#"<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td><code>{}</code></td><td>{}</td><td><span class="state {kind}">{status}</span> {}</td><td>{} ms</td></tr>"#,
                Esc(delivery.at.get(11..19).unwrap_or_default()),
                Esc(&delivery.event_id),
                Esc(&delivery.event),
                Esc(&delivery.url),
                delivery.attempt,
                Esc(delivery.then),
                delivery.took_ms,
            )
        })
        .collect();
    if rows.is_empty() {
        let none = lang.pick("Aucun pour l'instant.", "None so far.");
        return card(title, &format!(r#"<p class="hint">{none}</p>"#));
    }
    let heads = [
        lang.pick("Heure (UTC)", "Time (UTC)"),
        lang.pick("Événement", "Event"),
        lang.pick("Quoi", "What"),
        "URL",
        lang.pick("Essai", "Attempt"),
        lang.pick("Réponse", "Answer"),
        lang.pick("Durée", "Took"),
    ];
    card(title, &table(title, &heads, &rows))
}
