//! Times and numbers as the reader's language writes them, by the browser's `Intl`.

use js_sys::{Array, Date, Intl::RelativeTimeFormat, Number, Object, Reflect};
use wasm_bindgen::JsValue;

use super::page;
use crate::logic::time;

/// Milliseconds since 1970.
pub fn now() -> f64 {
    Date::now()
}

/// An RFC 3339 time as a date and a time of day: `21 nov. 2026, 19:31`. What is no time is given back as it is.
pub fn date_time(language: &str, rfc3339: &str) -> String {
    let date = Date::new(&JsValue::from_str(rfc3339));
    if date.get_time().is_nan() {
        return rfc3339.to_owned();
    }
    date.to_locale_string(&region(language), &options(&[("dateStyle", "medium"), ("timeStyle", "short")])).into()
}

/// A time of day: `19:31`.
pub fn time_of_day(language: &str, milliseconds: f64) -> String {
    let date = Date::new(&JsValue::from_f64(milliseconds));
    date.to_locale_time_string_with_options(&region(language), &options(&[("timeStyle", "short")])).into()
}

/// The time of day of an RFC 3339 time: `19:31`.
pub fn time_of(language: &str, rfc3339: &str) -> String {
    time_of_day(language, Date::parse(rfc3339))
}

/// How long ago an RFC 3339 time was: `il y a 4 minutes`; nothing when it is no time.
pub fn ago(language: &str, rfc3339: &str) -> Option<String> {
    let then = Date::parse(rfc3339);
    if then.is_nan() {
        return None;
    }
    let time::Ago { count, unit } = time::ago(then - now());
    let format = RelativeTimeFormat::new(&Array::of1(&language.into()), &options(&[("numeric", "auto")]));
    #[expect(clippy::cast_precision_loss, reason = "no count of minutes or days comes near 2^53")]
    let count = count as f64;
    Some(format.format(count, unit).into())
}

/// A whole number: `1 200`.
pub fn number(language: &str, count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "no list comes near 2^53 entries")]
    let count = count as f64;
    Number::from(count).to_locale_string(language).into()
}

/// The language as the reader's region writes it.
fn region(language: &str) -> String {
    time::region(language, &page::languages()).to_owned()
}

/// An options object for `Intl`.
fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}
