//! An order and a request as the browser's own parsers read them. What they refuse, and what could unfold into more than was
//! sent, is nothing.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomParser, SupportedType};

use crate::logic::tree::{Element, Json};

/// As deep as anything of ours goes, and far from what would exhaust the stack.
const DEEPEST: usize = 32;

/// A JSON text.
pub fn json(text: &str) -> Option<Json> {
    JSON::parse(text).ok().map(|value| read(&value, DEEPEST))
}

fn read(value: &JsValue, deeper: usize) -> Json {
    if let Some(text) = value.as_string() {
        return Json::Text(text);
    }
    if value.is_null() || value.is_undefined() || deeper == 0 {
        return Json::Nothing;
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return Json::List(list.iter().map(|one| read(&one, deeper - 1)).collect());
    }
    if let Some(map) = value.dyn_ref::<Object>() {
        let pairs = Object::entries(map);
        let fields = pairs.iter().filter_map(|pair| {
            let pair = pair.dyn_into::<Array>().ok()?;
            Some((pair.get(0).as_string()?, read(&pair.get(1), deeper - 1)))
        });
        return Json::Map(fields.collect());
    }
    // A number or a switch, as JSON writes it.
    JSON::stringify(value).map_or(Json::Nothing, |text| Json::Text(text.into()))
}

/// An XML text.
pub fn xml(text: &str) -> Option<Element> {
    // No document type: nothing is to be replaced by what it defines.
    if text.contains("<!DOCTYPE") {
        return None;
    }
    let document = DomParser::new().ok()?.parse_from_string(text, SupportedType::ApplicationXml).ok()?;
    let root = document.document_element()?;
    // What a browser says of a broken document is part of it.
    let broken = document.query_selector("parsererror").ok().flatten().is_some();
    (!broken).then(|| walk(&root, DEEPEST))
}

fn walk(element: &web_sys::Element, deeper: usize) -> Element {
    let mut children = Vec::new();
    let mut next = element.first_element_child().filter(|_| deeper > 0);
    while let Some(child) = next {
        children.push(walk(&child, deeper - 1));
        next = child.next_element_sibling();
    }
    let text = match children.is_empty() {
        true => element.text_content().unwrap_or_default(),
        false => String::new(),
    };
    Element { name: element.tag_name(), text, children }
}
