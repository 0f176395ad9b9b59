//! A person's browser, as far as the pages need one: cookies, a language, forms sent as they stand on the page.

use std::{cell::RefCell, collections::BTreeMap};

use reqwest::{Method, header};

use super::stage::{CALLBACK, CLIENT, Stage};

pub(crate) struct Browser<'a> {
    stage: &'a Stage,
    language: &'static str,
    cookies: RefCell<BTreeMap<String, String>>,
}

/// A page, or where the browser was sent outside the sandbox.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: u16,
    /// Path and query within the sandbox, or the foreign address.
    pub(crate) at: String,
    pub(crate) html: String,
    pub(crate) headers: reqwest::header::HeaderMap,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(stage: &'a Stage, language: &'static str) -> Self {
        Self { stage, language, cookies: RefCell::default() }
    }

    /// Opens the authorize page with these parameters besides the client and its callback.
    pub(crate) async fn authorize(&self, parameters: &[(&str, &str)]) -> Shown {
        let mut all = vec![("client_id", CLIENT), ("redirect_uri", CALLBACK)];
        all.extend(parameters);
        let query = all.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&");
        self.open(&format!("/oauth2/v1/authorize?{query}")).await
    }

    pub(crate) async fn open(&self, path: &str) -> Shown {
        self.go(Method::GET, path, None).await
    }

    /// Presses the button with this text: sends its form with what the page filled in, `filled` on top.
    pub(crate) async fn press(&self, page: &Shown, button: &str, filled: &[(&str, &str)]) -> Shown {
        let form = page.form_of(button);
        let mut fields = form.fields;
        for (name, value) in filled {
            assert!(fields.contains_key(*name), "no field {name} next to {button}: {fields:?}");
            fields.insert((*name).to_owned(), (*value).to_owned());
        }
        fields.extend(form.pressed);
        self.go(Method::POST, &form.action, Some(fields)).await
    }

    /// Sends an empty form to an address, as a page made by hand could.
    pub(crate) async fn post(&self, path: &str) -> Shown {
        self.go(Method::POST, path, Some(BTreeMap::new())).await
    }

    async fn go(&self, method: Method, path: &str, form: Option<BTreeMap<String, String>>) -> Shown {
        let (mut method, mut path, mut form) = (method, path.to_owned(), form);
        loop {
            let cookies: Vec<_> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
            let mut request = self.stage.request(method, &path).header(header::ACCEPT_LANGUAGE, self.language);
            request = request.header(header::COOKIE, cookies.join("; "));
            if let Some(form) = &form {
                request = request.form(form);
            }
            let response = request.send().await.unwrap();
            for cookie in response.headers().get_all(header::SET_COOKIE) {
                let cookie = cookie.to_str().unwrap();
                assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
                let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let location = headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
            match location {
                Some(location) if status == 303 && location.starts_with('/') => {
                    (method, path, form) = (Method::GET, location, None);
                }
                Some(at) => return Shown { status, at, html: String::new(), headers },
                None => return Shown { status, at: path, html: response.text().await.unwrap(), headers },
            }
        }
    }
}

struct Form {
    action: String,
    fields: BTreeMap<String, String>,
    pressed: Option<(String, String)>,
}

impl Shown {
    /// A parameter of the address the browser was sent to.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let url = reqwest::Url::parse(&self.at).unwrap();
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The texts of all buttons.
    pub(crate) fn buttons(&self) -> Vec<String> {
        elements(&self.html, "button").into_iter().map(|(_, inner)| text_of(inner)).collect()
    }

    /// The texts of a drop-down's options.
    pub(crate) fn options(&self, name: &str) -> Vec<String> {
        let select =
            elements(&self.html, "select").into_iter().find(|(tag, _)| attribute(tag, "name") == Some(name.into()));
        select.map_or_else(Vec::new, |(_, inner)| {
            elements(inner, "option").into_iter().map(|(_, text)| text_of(text)).collect()
        })
    }

    /// The label of a field.
    pub(crate) fn label(&self, name: &str) -> Option<String> {
        let wanted = format!("f-{name}");
        let label =
            elements(&self.html, "label").into_iter().find(|(tag, _)| attribute(tag, "for").as_ref() == Some(&wanted));
        label.map(|(_, inner)| text_of(inner))
    }

    pub(crate) fn heading(&self) -> String {
        elements(&self.html, "h1").first().map(|(_, inner)| text_of(inner)).unwrap_or_default()
    }

    fn form_of(&self, button: &str) -> Form {
        let forms = elements(&self.html, "form");
        for (tag, inner) in &forms {
            for (button_tag, text) in elements(inner, "button") {
                if !text_of(text).starts_with(button) {
                    continue;
                }
                // A button may belong to another form than the one it stands in.
                let owner = attribute(button_tag, "form");
                let (tag, inner) = match &owner {
                    Some(id) => forms.iter().find(|(tag, _)| attribute(tag, "id").as_ref() == Some(id)).unwrap(),
                    None => &(*tag, *inner),
                };
                let pressed = attribute(button_tag, "name").zip(attribute(button_tag, "value"));
                return Form { action: attribute(tag, "action").unwrap(), fields: fields(inner), pressed };
            }
        }
        panic!("no button {button:?} on the page {}: {:?}", self.at, self.buttons());
    }
}

fn fields(form: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for tag in form.split("<input ").skip(1) {
        if let Some(name) = attribute(tag, "name") {
            fields.insert(name, attribute(tag, "value").unwrap_or_default());
        }
    }
    for (tag, inner) in elements(form, "select") {
        let options = elements(inner, "option");
        let chosen = options.iter().find(|(tag, _)| tag.contains(" selected")).or(options.first());
        let value = chosen.and_then(|(tag, _)| attribute(tag, "value")).unwrap_or_default();
        fields.insert(attribute(tag, "name").unwrap(), value);
    }
    fields
}

/// The elements of a name that hold no other of that name: opening tag without `<name`, and what is inside.
fn elements<'a>(html: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(&open) {
        rest = &rest[at + open.len()..];
        if !rest.starts_with([' ', '>']) {
            continue;
        }
        let Some((tag, after)) = rest.split_once('>') else { break };
        let Some((inner, after)) = after.split_once(&close) else { break };
        found.push((tag, inner));
        rest = after;
    }
    found
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split_once('>').map_or(tag, |(tag, _)| tag);
    let tag = format!(" {tag}");
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescaped(value))
}

fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text += part.split_once('>').map_or(if html.starts_with(part) { part } else { "" }, |(_, text)| text);
    }
    unescaped(text.trim())
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
