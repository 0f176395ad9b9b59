//! Whether a body is whole, by the browser's own parsers. Nothing they make of it is kept or shown: what is laid out is the text
//! itself. Whoever calls has refused document type definitions and what is too long (`logic::body`).

use js_sys::{Error, JSON};
use wasm_bindgen::JsCast;
use web_sys::{DomParser, SupportedType};

use crate::logic::body::{Broken, place};

/// Whether it is well-formed XML.
///
/// # Errors
/// Where the parser stopped.
pub fn xml(text: &str) -> Result<(), Broken> {
    let lost = || Broken::default();
    let parser = DomParser::new().map_err(|_| lost())?;
    let document = parser.parse_from_string(text, SupportedType::ApplicationXml).map_err(|_| lost())?;
    // What a browser says of a broken document is part of it.
    match document.get_elements_by_tag_name("parsererror").item(0) {
        None => Ok(()),
        Some(error) => Err(broken(&error.text_content().unwrap_or_default())),
    }
}

/// Whether it is JSON.
///
/// # Errors
/// Where the parser stopped.
pub fn json(text: &str) -> Result<(), Broken> {
    match JSON::parse(text) {
        Ok(_) => Ok(()),
        Err(thrown) => {
            let words = thrown.dyn_ref::<Error>().map(|error| String::from(error.message())).unwrap_or_default();
            Err(broken(&words))
        }
    }
}

/// Chrome says what the page below shows before and after what it means.
fn broken(words: &str) -> Broken {
    let place = place(words);
    let start = words.find("error on line").unwrap_or_default();
    let words = words.get(start..).unwrap_or_default();
    let words = words.split("Below is a rendering").next().unwrap_or_default().trim();
    Broken { place, words: words.chars().take(200).collect() }
}
