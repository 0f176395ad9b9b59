//! What a profile must satisfy, key by key.
//!
//! Owns the rules. A rule that fails notes a fault and reading goes on, so that all faults are told at once.

mod embedding;
mod look;
mod overview;
mod support;
mod tills;
mod words;

use crate::contrast::Rgb;
use crate::folder::Folder;
use crate::logo::Logo;
use crate::profile::{Capability, Connects, Language, Layout, Profile};
use crate::reader::{Found, Reader};
use crate::setup::{self, Setup};
use crate::source::{ProfileError, ScopeRule, Source};

use words::{line, lines, localized, one_of};

/// The longest slug, till id and device id, in characters.
const LONGEST_ID: usize = 64;

/// Words that begin addresses of the site itself, where a vendor's slug would stand.
const RESERVED_SLUGS: [&str; 8] = ["api", "callbacks", "embed", "healthz", "oauth", "public", "readyz", "shared"];

const LOGO: &str = "logo.svg";

/// Reads and checks one profile.
pub(crate) fn profile(folder: &Folder<'_>, scope: ScopeRule) -> Result<Profile, Vec<ProfileError>> {
    let slug = folder.slug.as_str();
    let mut source = Source::new(folder, scope);
    if !is_slug(slug) {
        source.fault(0..0, "", format!("the folder's name `{slug}` {SLUG}"));
    } else if !slug.starts_with(|first: char| first.is_ascii_lowercase()) {
        // Settings are named by it, and a setting's name begins with a letter.
        source.fault(0..0, "", format!("the folder's name `{slug}` must begin with a letter"));
    } else if RESERVED_SLUGS.contains(&slug) {
        source.fault(0..0, "", format!("the folder's name `{slug}` is taken: the site uses it for itself"));
    }
    let profile = if source.is_blank() && !source.has(crate::source::PROFILE) {
        None
    } else {
        let document = source.parse();
        let mut root = Reader::root(&document);
        let profile = read(&mut source, &mut root, slug);
        root.end(&mut source);
        profile
    };
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
    let promise = root.table(source, "promise").and_then(|table| localized(source, table, line));
    let connects = root.text(source, "connects").and_then(|found| one_of(source, found, &CONNECTS));
    let layout = match root.optional_text(source, "layout") {
        Some(found) => one_of(source, found, &LAYOUTS),
        None => Some(Layout::Page),
    };
    let ending = root.table(source, "ending").and_then(|table| overview::ending(source, table));
    let overview = root.table(source, "overview").and_then(|table| overview::overview(source, table));
    let prerequisites = root.optional_tables(source, "prerequisites").and_then(|found| match found {
        Some(found) => overview::prerequisites(source, found),
        None => Some(Vec::new()),
    });
    let capabilities = root.optional_texts(source, "capabilities").and_then(|found| capabilities(source, found));
    let embedding = root.optional_table(source, "embedding").and_then(|table| embedding::embedding(source, table));
    let look = root.optional_table(source, "look").and_then(|table| look::look(source, table));
    let menu_path = root.texts(source, "menu_path").and_then(|found| lines(source, found));
    let support = root.table(source, "support").and_then(|table| support::support(source, table, connects));
    let tills = root.tables(source, "tills").and_then(|found| tills::tills(source, found));
    let own_logo = source.logo(LOGO);
    let setup = setup(source);
    let (name, brand) = (name?, brand?);
    Some(Profile {
        slug: slug.to_owned(),
        logo: own_logo.unwrap_or_else(|| Logo::monogram(&name, brand)),
        name,
        brand,
        country: country?,
        languages: languages?,
        promise: promise?,
        connects: connects?,
        layout: layout?,
        ending: ending?,
        overview: overview?,
        prerequisites: prerequisites?,
        setup,
        capabilities: capabilities?,
        embedding: embedding?,
        look: look?,
        menu_path: menu_path?,
        support: support?,
        tills: tills?,
    })
}

const CONNECTS: [(&str, Connects); 3] =
    [("self", Connects::SelfService), ("support", Connects::Support), ("hubrise", Connects::Hubrise)];

const LAYOUTS: [(&str, Layout); 2] = [("page", Layout::Page), ("cards", Layout::Cards)];

const CAPABILITIES: [(&str, Capability); 2] =
    [("inventory", Capability::Inventory), ("order_bridge", Capability::OrderBridge)];

/// Text on the colour itself must be legible. What the app derives from it is legible on every surface of both themes
/// whatever the colour (`style/tokens.css` clamps its lightness; `src/logic/contrast.rs` measures it over all hues).
fn brand(source: &mut Source<'_>, found: &Found<String>) -> Option<Rgb> {
    let fault = match found.value.parse::<Rgb>() {
        Ok(brand) if brand.on_brand().is_some() => return Some(brand),
        Ok(_) => {
            "neither white nor near-black text can be read on it (contrast below 4.5); make it darker or lighter".into()
        }
        Err(error) => error.to_string(),
    };
    source.fault(found.at.clone(), &found.key, fault);
    None
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

fn capabilities(source: &mut Source<'_>, found: Option<Found<Vec<Found<String>>>>) -> Option<Vec<Capability>> {
    let mut capabilities = Vec::new();
    let mut sound = true;
    for item in found.map(|found| found.value).unwrap_or_default() {
        let (at, key) = (item.at.clone(), item.key.clone());
        match one_of(source, item, &CAPABILITIES) {
            Some(capability) if !capabilities.contains(&capability) => capabilities.push(capability),
            Some(_) => {
                source.fault(at, &key, "is there twice");
                sound = false;
            }
            None => sound = false,
        }
    }
    sound.then_some(capabilities)
}

/// A text in one language alone would leave readers of the other without.
fn setup(source: &mut Source<'_>) -> Setup {
    let mut blocks = |name: &str, other: &str| {
        if source.has(other) && !source.has(name) {
            source.fault_of(name, 1, format!("is missing, and {other} is there: both or none"));
        }
        match source.file(name) {
            Some(text) if text.len() > setup::LARGEST => {
                source.fault_of(name, 1, "is longer than 16 KiB");
                Vec::new()
            }
            Some(text) => {
                if let Some(at) = text.find(words::is_unwelcome_in_text) {
                    let line = 1 + text[..at].matches('\n').count();
                    source.fault_of(name, line, "holds a control character, or one that turns text around");
                }
                setup::blocks(text)
            }
            None => Vec::new(),
        }
    };
    Setup { en: blocks("setup.en.md", "setup.fr.md"), fr: blocks("setup.fr.md", "setup.en.md") }
}
