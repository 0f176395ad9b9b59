//! The words that explain nodes and headers: fetched as data, asked for one at a time.

use gloo_net::http::RequestBuilder;
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

/// All of them in one language.
#[derive(Clone)]
pub struct Explained(JsValue);

/// What is said of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it is.
    pub what: String,
    /// What its value means, where that is known.
    pub value: Option<String>,
}

impl Explained {
    /// Fetches them; nothing where they cannot be had: everything else on the page works without.
    pub async fn fetch(language: &str) -> Option<Self> {
        let answer = RequestBuilder::new(&["/explained/", language, ".json"].concat()).send().await.ok()?;
        let text = answer.text().await.ok()?;
        JSON::parse(&text).ok().filter(JsValue::is_object).map(Self)
    }

    /// What is said under the first of `names` that is explained, in one of the parts: `xml`, `json` or `headers`.
    pub fn of(&self, part: &str, names: &[String], value: &str) -> Option<Said> {
        let part = get(&self.0, part)?;
        let entry = names.iter().find_map(|name| get(&part, name))?;
        let what = get(&entry, "says")?.as_string()?;
        let value = get(&entry, "values").and_then(|values| get(&values, value)?.as_string());
        Some(Said { what, value })
    }

    /// Whether anything is said under one of `names`.
    pub fn knows(&self, part: &str, names: &[String]) -> bool {
        get(&self.0, part).is_some_and(|part| names.iter().any(|name| get(&part, name).is_some()))
    }
}

/// A property of the data itself, never one that every object has.
fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (found.is_object() || found.is_string()).then_some(found)
}
