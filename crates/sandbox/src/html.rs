//! The frame every page shares (header, language switch, footer, security headers), escaping, and a few form parts.
//! Pages work without a script; the CSP allows none.

use std::fmt;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::lang::Lang;

/// The one style sheet.
pub(crate) const STYLE: &str = include_str!("style.css");
/// The mark, drawn for this sandbox.
pub(crate) const ICON: &str = include_str!("icon.svg");

/// Text that is escaped when written into HTML, in content and in quoted attributes alike.
pub(crate) struct Esc<'a>(pub(crate) &'a str);

impl fmt::Display for Esc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.0.split_inclusive(['&', '<', '>', '"', '\'']) {
            let (text, entity) = match part.as_bytes().last() {
                Some(b'&') => (&part[..part.len() - 1], "&amp;"),
                Some(b'<') => (&part[..part.len() - 1], "&lt;"),
                Some(b'>') => (&part[..part.len() - 1], "&gt;"),
                Some(b'"') => (&part[..part.len() - 1], "&quot;"),
                Some(b'\'') => (&part[..part.len() - 1], "&#39;"),
                _ => (part, ""),
            };
            f.write_str(text)?;
            f.write_str(entity)?;
        }
        Ok(())
    }
}

/// A page to be framed.
pub(crate) struct Page<'a> {
    pub(crate) lang: Lang,
    /// Unescaped.
    pub(crate) title: &'a str,
    /// HTML between the header and the footer.
    pub(crate) body: String,
    /// Where the language switch leads, `?lang=` or `&lang=` included; `None` for no switch.
    pub(crate) switch: Option<String>,
    /// Origins besides our own that a form's answer may redirect to.
    pub(crate) form_targets: Vec<String>,
    /// Whether the page needs the width of a table.
    pub(crate) wide: bool,
}

impl Page<'_> {
    /// Writes the page out.
    pub(crate) fn answer(self, status: StatusCode) -> Response {
        let (lang, title) = (self.lang, Esc(self.title));
        let width = if self.wide { "wide" } else { "narrow" };
        let switch = self.switch.as_deref().map(|base| language_switch(lang, base)).unwrap_or_default();
        let note = lang.pick(
            "Ceci est un bac à sable : rien ici ne parle au vrai HubRise, et tout s'oublie à l'arrêt.",
            "This is a sandbox: nothing here talks to the real HubRise, and all is forgotten when it stops.",
        );
        let html = format!(
            r#"<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · HubRise (sandbox)</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body class="{width}">
<header class="top"><div class="bar"><a class="brand" href="/">{ICON}<span>HubRise</span></a><span class="badge">Sandbox</span>{switch}</div></header>
<main>
{body}
</main>
<footer class="foot"><p>{note} <a href="/_sandbox">{control}</a></p></footer>
</body>
</html>
"#,
            tag = lang.tag(),
            body = self.body,
            control = lang.pick("Contrôles", "Controls"),
        );
        let mut response = (status, html).into_response();
        let headers = response.headers_mut();
        let targets: String = self.form_targets.iter().map(|origin| format!(" {origin}")).collect();
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'{targets}; base-uri 'none'; \
             frame-ancestors 'none'"
        );
        let fixed = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::VARY, "Accept-Language, Cookie"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

fn language_switch(current: Lang, base: &str) -> String {
    let links: String = Lang::ALL
        .into_iter()
        .map(|lang| {
            let (tag, name) = (lang.tag(), lang.name());
            let here = if lang == current { r#" aria-current="true""# } else { "" };
            format!(r#"<a href="{base}lang={tag}" lang="{tag}" hreflang="{tag}"{here}>{name}</a>"#, base = Esc(base))
        })
        .collect();
    format!(r#"<nav class="langs" aria-label="{}">{links}</nav>"#, current.pick("Langue", "Language"))
}

/// One choice of a drop-down.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: String,
    /// Heading it stands under.
    pub(crate) group: Option<String>,
}

/// A labelled drop-down. With more than one choice and nothing selected it starts on `placeholder`, if there is one.
pub(crate) fn select(
    name: &str,
    label: &str,
    choices: &[Choice],
    selected: Option<&str>,
    placeholder: Option<&str>,
) -> String {
    let mut options = String::new();
    if let Some(placeholder) = placeholder.filter(|_| choices.len() > 1) {
        options += &format!(r#"<option value="">{}</option>"#, Esc(placeholder));
    }
    let mut group: Option<&str> = None;
    for choice in choices {
        if choice.group.as_deref() != group {
            if group.is_some() {
                options += "</optgroup>";
            }
            group = choice.group.as_deref();
            if let Some(group) = group {
                options += &format!(r#"<optgroup label="{}">"#, Esc(group));
            }
        }
        let mark = if selected == Some(choice.value.as_str()) { " selected" } else { "" };
        options += &format!(r#"<option value="{}"{mark}>{}</option>"#, Esc(&choice.value), Esc(&choice.text));
    }
    if group.is_some() {
        options += "</optgroup>";
    }
    format!(
        r#"<p class="field"><label for="f-{name}">{}</label><select id="f-{name}" name="{name}" required>{options}</select></p>"#,
        Esc(label)
    )
}

/// A labelled line of text.
pub(crate) fn input(name: &str, label: &str, value: &str, kind: &str, autocomplete: &str) -> String {
    format!(
        r#"<p class="field"><label for="f-{name}">{}</label><input id="f-{name}" name="{name}" type="{kind}" value="{}" autocomplete="{autocomplete}" maxlength="200" required></p>"#,
        Esc(label),
        Esc(value)
    )
}

/// A message that is read out when the page opens.
pub(crate) fn alert(text: &str) -> String {
    format!(r#"<p class="alert" role="alert">{}</p>"#, Esc(text))
}

/// "See other", for after a form.
pub(crate) fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_names_stays_text() {
        assert_eq!(
            Esc(r#"<b class="x">L'été & co</b>"#).to_string(),
            "&lt;b class=&quot;x&quot;&gt;L&#39;été &amp; co&lt;/b&gt;"
        );
        assert_eq!(Esc("").to_string(), "");
        assert_eq!(Esc("plain").to_string(), "plain");
    }

    #[test]
    fn a_placeholder_needs_something_to_choose_from() {
        let choice = |value: &str| Choice { value: value.into(), text: value.into(), group: None };
        assert!(!select("location", "Location", &[choice("a")], None, Some("Choose")).contains("Choose"));
        assert!(select("location", "Location", &[choice("a"), choice("b")], None, Some("Choose")).contains("Choose"));
    }
}
