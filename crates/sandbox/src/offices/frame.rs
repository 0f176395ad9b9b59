//! What every page has: the document, its headers, the office's head with restaurant and user, its menu, and a strip at the
//! foot that says that this is a sandbox. What is on the page is `page`'s.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use super::{
    Offices,
    menu::menu,
    vendor::{Entry, Vendor, say},
    visit::{Theme, Visit},
};
use crate::{html::Esc, lang::Lang};

/// A document to be sent.
pub(super) struct Document<'a> {
    pub(super) lang: Lang,
    /// Unescaped.
    pub(super) title: &'a str,
    /// What the vendor's style sheet is for, if the page is a vendor's.
    pub(super) vendor: Option<&'a Vendor>,
    pub(super) theme: Theme,
    pub(super) body: String,
    /// Whether the console's script and ours are loaded.
    pub(super) scripts: bool,
    /// Whether it shows pages of our own in frames.
    pub(super) frames_own: bool,
    /// Whether it cuts itself off from the windows it opens.
    pub(super) coop: bool,
}

impl Document<'_> {
    pub(super) fn answer(self, offices: &Offices, status: StatusCode) -> Response {
        let console = &offices.console;
        let theme = match self.theme {
            Theme::Auto => String::new(),
            chosen => format!(r#" data-theme="{}""#, chosen.word()),
        };
        let style =
            self.vendor.map(|vendor| format!("<link rel=\"stylesheet\" href=\"/{}/style.css\">\n", vendor.slug));
        let scripts = if self.scripts {
            format!(
                "<script src=\"{}/embed/1/embed.js\" defer></script>\n<script src=\"/office.js\" defer></script>\n",
                Esc(console)
            )
        } else {
            String::new()
        };
        let html = format!(
            r#"<!doctype html>
<html lang="{tag}"{theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/office.css">
{style}{scripts}</head>
<body>
{body}
</body>
</html>
"#,
            tag = self.lang.tag(),
            title = Esc(self.title),
            style = style.unwrap_or_default(),
            body = self.body,
        );
        let mut response = (status, html).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let own_frames = if self.frames_own { " 'self'" } else { "" };
        let policy = format!(
            "default-src 'none'; script-src 'self' {console}; style-src 'self'; frame-src {console}{own_frames}; \
             connect-src 'self' {console}; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'self'"
        );
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if self.coop {
            headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
        }
        response
    }
}

/// A page of an office: `content` under its head and menu, `strip` below.
pub(super) fn page(visit: &Visit, trail: &[&Entry], path: &str, content: &str, strip: &str) -> String {
    let lang = visit.lang;
    // Named, as the console's page has a main part as well.
    let name = Esc(say(lang, trail.last().map_or(visit.vendor.home, |entry| entry.words)));
    let note = lang.pick(
        "Copie d'un back-office pour la démonstration : restaurants et utilisateurs sont fictifs.",
        "A copy of a back office for the demonstration: restaurants and users are made up.",
    );
    if visit.inner {
        return format!(
            r#"<main id="content" class="page inner" aria-label="{name}" tabindex="-1">{content}</main>{strip}"#
        );
    }
    format!(
        r##"<a class="skip" href="#content">{skip}</a>
{head}
<div class="room {layout}">{menu}<main id="content" class="page" aria-label="{name}" tabindex="-1">
{content}
</main></div>
{strip}
<footer class="note"><p>{note} <a href="{all}">{others}</a></p></footer>"##,
        skip = lang.pick("Aller au contenu", "Skip to content"),
        head = head(visit, path),
        layout = visit.vendor.layout.class(),
        menu = menu(visit, trail),
        all = if lang == Lang::Fr { "/" } else { "/?lang=en" },
        others = lang.pick("Les autres back-offices", "The other back offices"),
    )
}

fn head(visit: &Visit, path: &str) -> String {
    let (lang, vendor) = (visit.lang, visit.vendor);
    let choice = |address: Visit, here: bool, name: &str, about: &str| {
        let mark = if here { r#" aria-current="true""# } else { "" };
        let about = if about.is_empty() { String::new() } else { format!(" <small>{}</small>", Esc(about)) };
        format!(r#"<li><a href="{}"{mark}>{}{about}</a></li>"#, Esc(&address.to(path)), Esc(name))
    };
    let people: String = vendor
        .people
        .iter()
        .map(|one| {
            let as_one = Visit { person: one, ..visit.clone() };
            choice(as_one, one.key == visit.person.key, one.name, say(lang, one.post))
        })
        .collect();
    let merchants: String = vendor
        .merchants
        .iter()
        .map(|one| choice(Visit { merchant: one, ..visit.clone() }, one.id == visit.merchant.id, one.name, ""))
        .collect();
    let langs: String = Lang::ALL
        .into_iter()
        .map(|one| {
            let address = Visit { lang: one, ..visit.clone() }.to(path);
            let mark = if one == lang { r#" aria-current="true""# } else { "" };
            let (tag, name) = (one.tag(), one.name());
            format!(r#"<a href="{}" lang="{tag}" hreflang="{tag}"{mark}>{name}</a>"#, Esc(&address))
        })
        .collect();
    format!(
        r#"<header class="head"><a class="brand" href="{home}"><span class="mark" aria-hidden="true">{initial}</span>{name}</a>
<nav class="langs" aria-label="{language}">{langs}</nav>
<details class="who" name="office"><summary><span class="merchant">{merchant}</span> <span class="person">{person} <small>{post}</small></span></summary>
<div class="drop"><p id="who-people">{user}</p><ul aria-labelledby="who-people">{people}</ul><p id="who-merchants">Restaurant</p><ul aria-labelledby="who-merchants">{merchants}</ul></div></details></header>"#,
        home = Esc(&visit.to(&format!("/{}", vendor.slug))),
        initial = vendor.name.chars().next().unwrap_or_default(),
        name = Esc(vendor.name),
        language = lang.pick("Langue", "Language"),
        merchant = Esc(visit.merchant.name),
        person = Esc(visit.person.name),
        post = Esc(say(lang, visit.person.post)),
        user = lang.pick("Utilisateur", "User"),
    )
}
