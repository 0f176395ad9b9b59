//! What the look of a profile must satisfy: nothing in it may be more than a length, names and a word.

use super::words::{checked, one_of};
use crate::look::{Look, Theme};
use crate::reader::{Found, Reader};
use crate::source::Source;

const THEMES: [(&str, Option<Theme>); 3] = [("auto", None), ("light", Some(Theme::Light)), ("dark", Some(Theme::Dark))];

/// The roundest, in CSS pixels: half of the smallest button's height is 22.
const ROUNDEST: u8 = 24;
/// The most font families.
const MOST_FONTS: usize = 8;
/// The longest name of one, in characters.
const LONGEST_FONT: usize = 64;

pub(super) fn look(source: &mut Source<'_>, table: Option<Reader<'_, '_>>) -> Option<Look> {
    let Some(mut table) = table else { return Some(Look::default()) };
    let radius = table.optional_number(source, "radius").and_then(|found| match found {
        Some(found) => radius(source, &found).map(Some),
        None => Some(None),
    });
    let fonts = table.optional_texts(source, "fonts").and_then(|found| match found {
        Some(found) => fonts(source, found),
        None => Some(Vec::new()),
    });
    let theme = match table.optional_text(source, "theme") {
        Some(found) => one_of(source, found, &THEMES),
        None => Some(None),
    };
    table.end(source);
    Some(Look { radius: radius?, fonts: fonts?, theme: theme? })
}

fn radius(source: &mut Source<'_>, found: &Found<u64>) -> Option<u8> {
    let fitting = u8::try_from(found.value).ok().filter(|radius| *radius <= ROUNDEST);
    if fitting.is_none() {
        source.fault(found.at.clone(), &found.key, format!("is in CSS pixels, 0 to {ROUNDEST}"));
    }
    fitting
}

fn fonts(source: &mut Source<'_>, found: Found<Vec<Found<String>>>) -> Option<Vec<String>> {
    if found.value.len() > MOST_FONTS {
        source.fault(found.at, &found.key, format!("has more than {MOST_FONTS} families"));
        return None;
    }
    let each: Vec<_> = found.value.into_iter().map(|found| checked(source, found, is_family, FAMILY)).collect();
    each.into_iter().collect()
}

const FAMILY: &str =
    "a font family is named by letters, digits, spaces and hyphens, at most 64, and begins with a letter";

fn is_family(text: &str) -> bool {
    let shaped = |byte: u8| byte.is_ascii_alphanumeric() || b" -".contains(&byte);
    text.len() <= LONGEST_FONT
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(shaped)
}
