//! Times, numbers and money as the reader's language writes them, by the browser's `Intl`.

use std::{cell::RefCell, collections::BTreeMap};

use js_sys::{Array, Date, Function, Intl::RelativeTimeFormat, Number, Object, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};

use super::page;
use crate::logic::{money, time};

/// Milliseconds since 1970.
pub fn now() -> f64 {
    Date::now()
}

/// An RFC 3339 time in milliseconds since 1970; NaN where it is none.
pub fn instant(rfc3339: &str) -> f64 {
    Date::parse(rfc3339)
}

/// A time in seconds since 1970, as the server writes times.
pub fn stamp(seconds: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "no time comes near 2^53 seconds")]
    let milliseconds = seconds as f64 * 1_000.0;
    let date = Date::new(&JsValue::from_f64(milliseconds));
    // Beyond what a date can be, writing it would end the program.
    if date.get_time().is_nan() { String::new() } else { date.to_iso_string().into() }
}

/// Now, as the server writes times.
pub fn moment() -> String {
    Date::new_0().to_iso_string().into()
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

/// A number with at most one decimal: `3,2`.
pub fn decimal(language: &str, number: f64) -> String {
    Number::from(number).to_locale_string(language).into()
}

/// How much of a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// `22 nov.`
    Day,
    /// `19:31:02`.
    Time,
    /// `19:31:02`, with the day before it where that is not today.
    Second,
    /// `19:31:02.482`.
    Millisecond,
    /// `22 nov. 2026, 19:31:02`.
    Whole,
}

/// An RFC 3339 time in the time zone of a place, or in the browser's own where none is known or the browser does not know
/// it. What is no time is given back as it is.
pub fn local(language: &str, rfc3339: &str, zone: Option<&str>, precision: Precision) -> String {
    let then = Date::parse(rfc3339);
    if then.is_nan() {
        return rfc3339.to_owned();
    }
    let write = |milliseconds: f64, pairs: &[(&str, &str)]| {
        let value = milliseconds.into();
        zone.and_then(|zone| format("DateTimeFormat", language, &[pairs, &[("timeZone", zone)]].concat(), &value))
            .or_else(|| format("DateTimeFormat", language, pairs, &value))
            .unwrap_or_else(|| rfc3339.to_owned())
    };
    const TIME: [(&str, &str); 4] =
        [("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23")];
    const DAY: [(&str, &str); 2] = [("day", "numeric"), ("month", "short")];
    match precision {
        Precision::Day => write(then, &DAY),
        Precision::Time => write(then, &TIME),
        Precision::Whole => write(then, &[("dateStyle", "medium"), ("timeStyle", "medium")]),
        Precision::Millisecond => {
            let time = write(then, &TIME);
            // A whole number: the code that writes fractions weighs four kilobytes.
            #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates")]
            let after = (then as i64).rem_euclid(1_000) + 1_000;
            [&time, ".", after.to_string().get(1..).unwrap_or_default()].concat()
        }
        Precision::Second => {
            let day = |at| write(at, &[("dateStyle", "short")]);
            let time = write(then, &TIME);
            match day(then) == day(now()) {
                true => time,
                false => format!("{} {time}", write(then, &DAY)),
            }
        }
    }
}

/// Money as HubRise writes it, as the reader does: `20,50 €`. What is not written so is given back as it is.
pub fn money(language: &str, text: &str) -> String {
    money::parts(text)
        .and_then(|(amount, currency)| {
            let pairs = [("style", "currency"), ("currency", currency)];
            format("NumberFormat", language, &pairs, &amount.into())
        })
        .unwrap_or_else(|| text.to_owned())
}

/// `new Intl[kind](language, pairs).format(value)`, as the reader's region writes it; nothing where the browser refuses, as it
/// does a time zone or a currency it does not know. The bindings of `js_sys` would let that end the program.
fn format(kind: &str, language: &str, pairs: &[(&str, &str)], value: &JsValue) -> Option<String> {
    let mut key = [kind, language].join(" ");
    for (name, value) in pairs {
        for part in [" ", name, " ", value] {
            key.push_str(part);
        }
    }
    let kept = FORMATS.with_borrow(|kept| kept.get(&key).cloned());
    let write = match kept {
        Some(write) => write,
        None => {
            let intl = Reflect::get(&global(), &"Intl".into()).ok()?;
            let class: Function = Reflect::get(&intl, &kind.into()).ok()?.dyn_into().ok()?;
            let format = Reflect::construct(&class, &Array::of2(&region(language).into(), &options(pairs))).ok()?;
            // Bound to its format by the browser itself.
            let write: Function = Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()?;
            FORMATS.with_borrow_mut(|kept| {
                if kept.len() >= FORMATS_KEPT {
                    kept.clear();
                }
                kept.insert(key, write.clone());
            });
            write
        }
    };
    write.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

thread_local! {
    /// What was made to write with: making it takes many times as long as writing, and a list writes hundreds of times.
    static FORMATS: RefCell<BTreeMap<String, Function>> = const { RefCell::new(BTreeMap::new()) };
}

/// How many of them are kept: a few languages, zones and currencies.
const FORMATS_KEPT: usize = 64;

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
