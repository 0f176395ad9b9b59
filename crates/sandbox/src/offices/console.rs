//! The console inside a page: the places it is mounted in, the custom element, the plain iframe, and the strip of tools
//! below, by which a visitor (or a test) acts as the page around it. The mounting itself is the page's script's.

use super::{
    Offices,
    fault::Fault,
    vendor::{Place, say},
    visit::{Variant, Visit},
};
use crate::html::Esc;

/// Where `Passerelle.mount()` puts it.
pub(super) fn place(offices: &Offices, visit: &Visit, place: Place) -> String {
    let optional = |name: &str, value: Option<&str>| {
        value.map(|value| format!(r#" data-{name}="{}""#, Esc(value))).unwrap_or_default()
    };
    format!(
        r#"<div class="console" data-console data-origin="{origin}" data-vendor="{vendor}" data-page="{page}"{till}{fault} data-title="{title}" data-token="{token}" data-locale="{locale}" data-theme="{theme}"></div>"#,
        origin = Esc(&offices.console),
        vendor = visit.vendor.slug,
        page = place.page,
        till = optional("till", place.till),
        fault = optional("fault", visit.fault.map(Fault::word)),
        title = Esc(&title(visit)),
        token = Esc(&visit.token_path()),
        locale = visit.lang.tag(),
        theme = visit.theme.word(),
    )
}

/// The custom element. It fetches its tokens itself.
pub(super) fn element(visit: &Visit, place: Place) -> String {
    let token = visit.token_path();
    let token = if token.contains('?') { format!("{token}&as=json") } else { format!("{token}?as=json") };
    let till = place.till.map(|till| format!(r#" till="{till}""#)).unwrap_or_default();
    format!(
        r#"<div class="console"><passerelle-console vendor="{vendor}"{till} page="{page}" locale="{locale}" theme="{theme}" title="{title}" token-url="{token}"></passerelle-console></div>"#,
        vendor = visit.vendor.slug,
        page = place.page,
        locale = visit.lang.tag(),
        theme = visit.theme.word(),
        title = Esc(&title(visit)),
        token = Esc(&token),
    )
}

/// A plain iframe, opened by a code that our server got for a token; or why there is none.
pub(super) async fn by_code(offices: &Offices, visit: &Visit, place: Place) -> String {
    let vendor = visit.vendor.slug;
    let refused = match visit.fault {
        Some(Fault::Silent | Fault::Reject) => Err("no token today".to_owned()),
        _ => offices.server.code(&offices.console, vendor, &offices.token(visit)).await,
    };
    match refused {
        Ok(code) => {
            let code: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
            format!(
                r#"<iframe class="plain" title="{title}" src="{console}{path}#passerelle-code={code}?locale={locale}&amp;theme={theme}" allow="clipboard-write" referrerpolicy="no-referrer"></iframe>"#,
                title = Esc(&title(visit)),
                console = Esc(&offices.console),
                path = path_of(vendor, place),
                code = Esc(&code),
                locale = visit.lang.tag(),
                theme = visit.theme.word(),
            )
        }
        Err(problem) => format!(
            r#"<p class="alert" role="alert">{} <code>{}</code></p>"#,
            visit.lang.pick("La console n'a pas donné de code :", "The console gave no code:"),
            Esc(&problem),
        ),
    }
}

/// The console's own path of one of its pages.
fn path_of(vendor: &str, place: Place) -> String {
    match (place.till, place.page) {
        (None, _) | (_, "overview") => format!("/{vendor}"),
        (Some(till), "connection") => format!("/{vendor}/{till}"),
        (Some(till), page) => format!("/{vendor}/{till}/{page}"),
    }
}

/// What the frame is called.
fn title(visit: &Visit) -> String {
    format!("{} {}", visit.lang.pick("HubRise pour", "HubRise for"), visit.vendor.house)
}

/// A page with views of its own: the console in one of them.
pub(super) fn views(visit: &Visit, path: &str, console: &str) -> String {
    let lang = visit.lang;
    let own = visit.to(path);
    let other = if own.contains('?') { format!("{own}&view=other") } else { format!("{own}?view=other") };
    format!(
        r#"<nav class="views" aria-label="{views}"><a href="{own}" data-to="console">HubRise</a> <a href="{other}" data-to="other">{words}</a></nav>
<section data-view="console">{console}</section>
<section data-view="other" hidden><h2 tabindex="-1">{words}</h2><p class="empty">{text}</p></section>"#,
        own = Esc(&own),
        other = Esc(&other),
        views = lang.pick("Vues de la page", "Views of the page"),
        words = lang.pick("Une autre vue", "Another view"),
        text = lang.pick(
            "La console n'est plus dans la page ; elle y revient avec l'autre vue.",
            "The console is no longer on the page; it comes back with the other view.",
        ),
    )
}

/// Which till the page is about, where there are several.
pub(super) fn tills(visit: &Visit, path: &str, place: Place) -> String {
    if !visit.vendor.picks_till(place) || visit.variant == Variant::Nested {
        return String::new();
    }
    let links: String = visit
        .vendor
        .tills
        .iter()
        .map(|(id, words)| {
            let mark = if place.till == Some(id) { r#" aria-current="true""# } else { "" };
            let address = Visit { till: Some(id), ..visit.clone() }.to(path);
            format!(r#"<li><a href="{}"{mark}>{}</a></li>"#, Esc(&address), Esc(say(visit.lang, *words)))
        })
        .collect();
    format!(
        r#"<nav class="tills" aria-label="{}"><ul>{links}</ul></nav>"#,
        visit.lang.pick("Caisses du restaurant", "The restaurant's tills")
    )
}

/// The pages that may be asked for by `open`.
const PAGES: [&str; 6] = ["connection", "overview", "operations", "configuration", "menu", "stock"];

/// Tools to act as the page around the console, what it tells, and other ways to embed it.
pub(super) fn strip(visit: &Visit, path: &str, scripts: bool) -> String {
    let lang = visit.lang;
    let title = lang.pick("Autour de la console", "Around the console");
    let act = |name: &str, words: &str| format!(r#"<button type="button" data-act="{name}">{words}</button> "#);
    let tools = if scripts {
        let pages: String = PAGES.iter().map(|page| format!("<option>{page}</option>")).collect();
        format!(
            r#"<div class="tools">{theme}<output id="theme">{now}</output> {locale}<output id="locale">{tag}</output> <button type="button" data-act="mount" data-on="{mount}" data-off="{unmount}">{unmount}</button>
{focus}{diagnose}<label for="open-page">{page}</label> <select id="open-page">{pages}</select> {open}</div>
<div id="events" class="events" role="log" aria-live="polite" aria-label="{events}" tabindex="0"></div>
<noscript><p class="alert">{noscript}</p></noscript>"#,
            theme = act("theme", lang.pick("Changer de thème", "Change theme")),
            now = visit.theme.word(),
            locale = act("locale", lang.pick("Changer de langue", "Change language")),
            tag = lang.tag(),
            mount = lang.pick("Remettre la console", "Mount the console"),
            unmount = lang.pick("Retirer la console", "Unmount the console"),
            focus = act("focus", lang.pick("Aller dans la console", "Focus the console")),
            diagnose = act("diagnose", lang.pick("Diagnostic", "Diagnose")),
            page = lang.pick("Page", "Page"),
            open = act("open", lang.pick("Ouvrir", "Open")),
            events = lang.pick("Ce que la console annonce", "What the console tells"),
            noscript = lang.pick("Cette page a besoin de JavaScript.", "This page needs JavaScript."),
        )
    } else {
        format!(
            r#"<p>{}</p>"#,
            match visit.variant {
                Variant::Nested => lang.pick(
                    "La page entière est dans un cadre de cette page.",
                    "The whole page is in a frame of this page."
                ),
                _ => lang.pick(
                    "Un simple cadre, sans aucun script : rechargez la page pour un autre code.",
                    "A plain iframe, without any script: reload the page for another code.",
                ),
            }
        )
    };
    format!(
        r#"<aside class="strip" aria-label="{title}">{tools}<details><summary>{more}</summary><p id="ways">{ways}</p><ul aria-labelledby="ways">{variants}</ul><p id="faults">{wrong}</p><ul aria-labelledby="faults">{faults}</ul></details></aside>"#,
        more = lang.pick("Autres façons, et pannes", "Other ways, and faults"),
        ways = lang.pick("Façons d'intégrer la console", "Ways to embed the console"),
        wrong = lang.pick("Ce que le back-office peut faire de travers", "What the back office can do wrong"),
        variants = choices(Variant::ALL.into_iter().map(|(word, variant)| {
            (word, visit.variant == variant, Visit { variant, inner: false, ..visit.clone() }.to(path))
        })),
        faults = choices(
            std::iter::once(("–", visit.fault.is_none(), Visit { fault: None, ..visit.clone() }.to(path))).chain(
                Fault::ALL.into_iter().map(|(word, fault)| {
                    (word, visit.fault == Some(fault), Visit { fault: Some(fault), ..visit.clone() }.to(path))
                })
            )
        ),
    )
}

fn choices(all: impl Iterator<Item = (&'static str, bool, String)>) -> String {
    all.map(|(word, here, address)| {
        let mark = if here { r#" aria-current="true""# } else { "" };
        format!(r#"<li><a href="{}"{mark}>{word}</a></li>"#, Esc(&address))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_at_the_consoles_own_addresses() {
        let path = |page, till| path_of("pos-helper", Place { page, till });
        assert_eq!(path("overview", None), "/pos-helper");
        assert_eq!(path("connection", Some("caisse")), "/pos-helper/caisse");
        assert_eq!(path("stock", Some("caisse")), "/pos-helper/caisse/stock");
    }
}
