//! The pages of a back office: its first, those that are not part of the demonstration, and those with the console.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{StatusCode, Uri};

use super::{
    Offices, Shared, console,
    frame::{self, Document},
    installations,
    vendor::{Entry, Place, Shows, Vendor, say},
    visit::{Theme, Variant, Visit},
};
use crate::{html::Esc, lang::Lang};

/// `GET /{vendor}`
pub(super) async fn home(State(offices): State<Shared>, Path(slug): Path<String>, uri: Uri) -> Response {
    let visit = match entered(&offices, &slug, &uri) {
        Ok(visit) => visit,
        Err(instead) => return *instead,
    };
    let (lang, vendor) = (visit.lang, visit.vendor);
    let way = vendor.console_words(lang).join(" > ");
    let content = format!(
        r#"<h1>{title}</h1><p>{welcome}, {person}.</p>
<p>{where_it_is} <a class="button" href="{link}">{way}</a></p>"#,
        title = Esc(say(lang, vendor.home)),
        welcome = lang.pick("Bonjour", "Hello"),
        person = Esc(visit.person.name),
        where_it_is = lang.pick("La connexion à HubRise se trouve ici :", "The connection to HubRise is here:"),
        link = Esc(&visit.to(&vendor.console_path())),
        way = Esc(&way),
    );
    let title = say(lang, vendor.home);
    plain(&offices, &visit, &[], &format!("/{slug}"), title, &content)
}

/// `GET /{vendor}/{*path}`
pub(super) async fn show(
    State(offices): State<Shared>,
    Path((slug, path)): Path<(String, String)>,
    uri: Uri,
) -> Response {
    let visit = match entered(&offices, &slug, &uri) {
        Ok(visit) => visit,
        Err(instead) => return *instead,
    };
    let Some(trail) = visit.vendor.trail(&path) else { return missing(&offices, visit.lang) };
    let Some(entry) = trail.last() else { return missing(&offices, visit.lang) };
    let path = format!("/{slug}/{path}");
    let title = say(visit.lang, entry.words);
    match entry.shows {
        Shows::Aside => plain(&offices, &visit, &trail, &path, title, &aside(visit.lang, title)),
        Shows::Installations => {
            let content = installations::list(&offices, &visit, title);
            plain(&offices, &visit, &trail, &path, title, &content)
        }
        Shows::Console(place) => with_console(&offices, &visit, &trail, &path, title, place).await,
    }
}

fn entered(offices: &Offices, slug: &str, uri: &Uri) -> Result<Visit, Box<Response>> {
    let Some(vendor) = Vendor::of(slug) else { return Err(Box::new(missing(offices, Lang::Fr))) };
    Visit::read(vendor, uri).map_err(|problem| Box::new((StatusCode::BAD_REQUEST, problem).into_response()))
}

/// The answer to any other address.
pub(super) async fn nowhere(State(offices): State<Shared>) -> Response {
    missing(&offices, Lang::Fr)
}

fn missing(offices: &Offices, lang: Lang) -> Response {
    let title = lang.pick("Page introuvable", "Page not found");
    let all = lang.pick("Tous les back-offices", "All back offices");
    let body = format!(r#"<main class="page"><h1>{title}</h1><p><a href="/">{all}</a></p></main>"#);
    Document { lang, title, vendor: None, theme: Theme::Auto, body, scripts: false, frames_own: false, coop: false }
        .answer(offices, StatusCode::NOT_FOUND)
}

fn aside(lang: Lang, title: &str) -> String {
    let text = lang
        .pick("Cette page ne fait pas partie de cette démonstration.", "This page is not part of this demonstration.");
    format!(r#"<h1>{}</h1><p class="empty">{text}</p>"#, Esc(title))
}

/// A page without the console.
fn plain(offices: &Offices, visit: &Visit, trail: &[&Entry], path: &str, title: &str, content: &str) -> Response {
    let document = Document {
        lang: visit.lang,
        title: &format!("{title} · {}", visit.vendor.name),
        vendor: Some(visit.vendor),
        theme: visit.theme,
        body: frame::page(visit, trail, path, content, ""),
        scripts: false,
        frames_own: false,
        coop: visit.coop,
    };
    document.answer(offices, StatusCode::OK)
}

/// A page with the console, in the way the address asks for.
async fn with_console(
    offices: &Offices,
    visit: &Visit,
    trail: &[&Entry],
    path: &str,
    title: &str,
    place: Place,
) -> Response {
    let place = Place { till: place.till.map(|own| visit.till.unwrap_or(own)), ..place };
    let nested = visit.variant == Variant::Nested;
    let embedded = match visit.variant {
        Variant::Iframe => console::by_code(offices, visit, place).await,
        Variant::Nested => {
            let inside = Visit { variant: Variant::Mount, inner: true, ..visit.clone() };
            format!(r#"<iframe class="nested" src="{}" title="{}"></iframe>"#, Esc(&inside.to(path)), Esc(title))
        }
        Variant::Twice => console::place(offices, visit, place) + &console::place(offices, visit, visit.vendor.second),
        Variant::Spa => console::views(visit, path, &console::place(offices, visit, place)),
        Variant::Element => console::element(visit, place),
        Variant::Mount => console::place(offices, visit, place),
    };
    let heading = if visit.inner { String::new() } else { format!("<h1>{}</h1>", Esc(title)) };
    let content = format!("{heading}{}{embedded}", console::tills(visit, path, place));
    let scripts = !matches!(visit.variant, Variant::Iframe | Variant::Nested);
    let strip = console::strip(visit, path, scripts);
    let document = Document {
        lang: visit.lang,
        title: &format!("{title} · {}", visit.vendor.name),
        vendor: Some(visit.vendor),
        theme: visit.theme,
        body: frame::page(visit, trail, path, &content, &strip),
        scripts,
        frames_own: nested,
        coop: visit.coop,
    };
    document.answer(offices, StatusCode::OK)
}
