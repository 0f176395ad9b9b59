//! What a profile must satisfy, key by key.
//!
//! Owns the rules. A rule that fails notes a fault and reading goes on, so that all faults are told at once.

use std::collections::BTreeMap;

use url::Url;

use crate::contrast::Rgb;
use crate::profile::{Language, Localized, Profile, Support, Till};
use crate::reader::{Found, ProfileError, Reader, Source};

/// The longest slug, till id and device id, in characters.
const LONGEST_ID: usize = 64;

/// The longest single line shown to a user, in characters.
const LONGEST_LINE: usize = 160;

/// Reads and checks one profile.
pub(crate) fn profile(slug: &str, text: &str) -> Result<Profile, Vec<ProfileError>> {
    let mut source = Source::new(slug, text);
    if !is_slug(slug) {
        source.fault(0..0, "", format!("the folder's name `{slug}` {SLUG}"));
    }
    let document = source.parse();
    let mut root = Reader::root(&document);
    let profile = read(&mut source, &mut root, slug);
    root.end(&mut source);
    match (profile, source.into_faults()) {
        (Some(profile), faults) if faults.is_empty() => Ok(profile),
        (_, faults) => Err(faults),
    }
}

const SLUG: &str = "must be lower-case letters and digits, with single hyphens between, at most 64";

fn is_slug(text: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.len() <= LONGEST_ID && text.split('-').all(part)
}

fn read(source: &mut Source<'_>, root: &mut Reader<'_, '_>, slug: &str) -> Option<Profile> {
    // Each is read before any is unwrapped: a fault in one must not hide the next.
    let name = root.text(source, "name").and_then(|found| line(source, found));
    let brand = root.text(source, "brand").and_then(|found| brand(source, &found));
    let country = root.text(source, "country").and_then(|found| country(source, found));
    let languages = root.texts(source, "languages").and_then(|found| languages(source, found));
    let promise = root.table(source, "promise").and_then(|table| localized(source, table));
    let menu_path = root.texts(source, "menu_path").and_then(|found| menu_path(source, found));
    let support = root.table(source, "support").and_then(|table| support(source, table));
    let tills = root.tables(source, "tills").and_then(|found| tills(source, found));
    Some(Profile {
        slug: slug.to_owned(),
        name: name?,
        brand: brand?,
        country: country?,
        languages: languages?,
        promise: promise?,
        menu_path: menu_path?,
        support: support?,
        tills: tills?,
    })
}

/// A line shown to users: not empty, one line, not too long, no blanks around.
fn line(source: &mut Source<'_>, found: Found<String>) -> Option<String> {
    let fault = if found.value.trim().is_empty() {
        "is empty"
    } else if found.value.trim() != found.value {
        "has blanks around it"
    } else if found.value.chars().any(char::is_control) {
        "must be one line"
    } else if found.value.chars().count() > LONGEST_LINE {
        "is longer than 160 characters"
    } else {
        return Some(found.value);
    };
    source.fault(found.at, &found.key, fault);
    None
}

fn brand(source: &mut Source<'_>, found: &Found<String>) -> Option<Rgb> {
    match found.value.parse::<Rgb>() {
        Ok(brand) if brand.on_brand().is_some() => Some(brand),
        Ok(_) => {
            source.fault(
                found.at.clone(),
                &found.key,
                "neither white nor near-black text can be read on it (contrast below 4.5); make it darker or lighter",
            );
            None
        }
        Err(error) => {
            source.fault(found.at.clone(), &found.key, error.to_string());
            None
        }
    }
}

fn country(source: &mut Source<'_>, found: Found<String>) -> Option<String> {
    if found.value.len() == 2 && found.value.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(found.value);
    }
    source.fault(found.at, &found.key, "a country is two capital letters (ISO 3166-1)");
    None
}

fn languages(source: &mut Source<'_>, found: Found<Vec<Found<String>>>) -> Option<Vec<Language>> {
    if found.value.is_empty() {
        source.fault(found.at, &found.key, "at least one language is needed");
        return None;
    }
    let mut languages = Vec::new();
    let mut sound = true;
    for item in found.value {
        let language = [Language::En, Language::Fr].into_iter().find(|language| language.code() == item.value);
        let fault = match language {
            None => "unknown language: `en` and `fr` are known",
            Some(language) if languages.contains(&language) => "is there twice",
            Some(language) => {
                languages.push(language);
                continue;
            }
        };
        source.fault(item.at, &item.key, fault);
        sound = false;
    }
    sound.then_some(languages)
}

fn menu_path(source: &mut Source<'_>, found: Found<Vec<Found<String>>>) -> Option<Vec<String>> {
    let lines: Vec<Option<String>> = found.value.into_iter().map(|item| line(source, item)).collect();
    lines.into_iter().collect()
}

fn localized(source: &mut Source<'_>, mut table: Reader<'_, '_>) -> Option<Localized> {
    let en = table.text(source, "en").and_then(|found| line(source, found));
    let fr = table.text(source, "fr").and_then(|found| line(source, found));
    table.end(source);
    Some(Localized { en: en?, fr: fr? })
}

fn support(source: &mut Source<'_>, mut table: Reader<'_, '_>) -> Option<Support> {
    let email = table.text(source, "email").and_then(|found| checked(source, found, is_email, "is no e-mail address"));
    let role = table.text(source, "role").and_then(|found| line(source, found));
    let phone = table.optional_text(source, "phone").map(|found| {
        checked(source, found, is_phone, "a telephone number is `+`, then 7 to 15 digits, spaces allowed")
    });
    let docs_url = table
        .optional_text(source, "docs_url")
        .map(|found| checked(source, found, is_https, "must be an absolute https url without user name or password"));
    table.end(source);
    Some(Support { email: email?, role: role?, phone: held(phone)?, docs_url: held(docs_url)? })
}

fn tills(source: &mut Source<'_>, found: Found<Vec<Reader<'_, '_>>>) -> Option<Vec<Till>> {
    if found.value.is_empty() {
        source.fault(found.at, &found.key, "at least one till is needed");
        return None;
    }
    let mut ids = BTreeMap::new();
    let tills: Vec<Option<Till>> = found.value.into_iter().map(|table| till(source, table, &mut ids)).collect();
    tills.into_iter().collect()
}

/// `ids` holds the ids so far, with the key of each.
fn till(source: &mut Source<'_>, mut table: Reader<'_, '_>, ids: &mut BTreeMap<String, String>) -> Option<Till> {
    let id = table.text(source, "id").and_then(|found| {
        if let Some(first) = ids.get(&found.value) {
            source.fault(found.at, &found.key, format!("`{}` is the id of `{first}` already", found.value));
            return None;
        }
        ids.insert(found.value.clone(), found.key.clone());
        checked(source, found, is_slug, SLUG)
    });
    let name = table.table(source, "name").and_then(|name| localized(source, name));
    let scope = table.text(source, "scope").and_then(|found| line(source, found));
    let device_id = table.optional_text(source, "device_id").map(|found| {
        checked(source, found, is_device_id, "a device id is letters, digits and `_-()[]{}.`, at most 64")
    });
    table.end(source);
    Some(Till { id: id?, name: name?, scope: scope?, device_id: held(device_id)? })
}

/// The value when it keeps the rule.
fn checked(source: &mut Source<'_>, found: Found<String>, rule: fn(&str) -> bool, fault: &str) -> Option<String> {
    if rule(&found.value) {
        return Some(found.value);
    }
    source.fault(found.at, &found.key, fault);
    None
}

/// What may be left out, but is sound if it is there: the outer `None` stands for a fault already noted.
fn held(value: Option<Option<String>>) -> Option<Option<String>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}

/// HubRise's grammar of `device_id` (<https://www.hubrise.com/developers/api/authentication>, "Connection Reuse").
fn is_device_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-()[]{}.".contains(&byte);
    !text.is_empty() && text.len() <= LONGEST_ID && text.bytes().all(allowed)
}

fn is_email(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && c != '@');
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| {
            plain(local) && plain(domain) && domain.contains('.') && domain.split('.').all(|label| !label.is_empty())
        })
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && text.strip_prefix('+').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && rest.bytes().all(|b| b.is_ascii_digit() || b == b' ')
        })
}

fn is_https(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.username().is_empty() && url.password().is_none())
}
