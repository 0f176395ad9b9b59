//! The first page: the four back offices.

use axum::{extract::State, response::Response};
use http::{StatusCode, Uri};

use super::{Shared, catalogue::ALL, frame::Document, vendor::Vendor, visit::Theme};
use crate::{html::Esc, lang::Lang, params::Params};

/// `GET /`
pub(super) async fn show(State(offices): State<Shared>, uri: Uri) -> Response {
    let lang = Params::of_query(&uri).get("lang").and_then(Lang::from_tag).unwrap_or(Lang::Fr);
    let title = lang.pick("Back-offices des éditeurs", "The vendors' back offices");
    let intro = lang.pick(
        "Chaque éditeur montre la console dans son propre back-office, sous son propre menu. Ces copies sont sur un autre site que la console, comme le seraient les vrais.",
        "Each vendor shows the console inside its own back office, under its own menu. These copies are on another site than the console, as the real ones would be.",
    );
    let cards: String = ALL.iter().map(|vendor| card(vendor, lang)).collect();
    let body = format!(
        r#"<main class="page index"><p class="langs"><a href="/" lang="fr" hreflang="fr"{fr}>Français</a> <a href="/?lang=en" lang="en" hreflang="en"{en}>English</a></p>
<h1>{title}</h1><p>{intro}</p><ul class="offices">{cards}</ul>
<p><a href="{console}">{to_console}</a> · <a href="{hubrise}">{to_hubrise}</a> · <a href="{hubrise}/_sandbox">{controls}</a></p></main>"#,
        fr = lang.pick(r#" aria-current="true""#, ""),
        en = lang.pick("", r#" aria-current="true""#),
        console = Esc(&offices.console),
        hubrise = Esc(&offices.hubrise),
        to_console = lang.pick("La console seule", "The console by itself"),
        to_hubrise = lang.pick("Back-office HubRise", "HubRise's back office"),
        controls = lang.pick("Contrôles du bac à sable", "Sandbox controls"),
    );
    Document { lang, title, vendor: None, theme: Theme::Auto, body, scripts: false, frames_own: false, coop: false }
        .answer(&offices, StatusCode::OK)
}

fn card(vendor: &Vendor, lang: Lang) -> String {
    let query = lang.pick("", "?lang=en");
    let way = vendor.console_words(lang).join(" > ");
    let name = match vendor.name == vendor.house {
        true => vendor.name.to_owned(),
        false => format!("{} ({})", vendor.house, vendor.name),
    };
    format!(
        r#"<li><h2><a href="/{slug}{query}">{name}</a></h2><p><a href="{path}{query}">{way}</a></p></li>"#,
        slug = vendor.slug,
        name = Esc(&name),
        path = vendor.console_path(),
        way = Esc(&way),
    )
}
