//! The rules of single values: lines, sentences, addresses, words of a list.

use url::Url;

use crate::profile::Localized;
use crate::reader::{Found, Reader};
use crate::source::Source;

/// The longest single line shown to a user, in characters.
const LONGEST_LINE: usize = 160;

/// The longest paragraph, in characters: some ten sentences.
const LONGEST_PARAGRAPH: usize = 1000;

/// A line shown to users: not empty, one line, not too long, no blanks around. Markup in it is text like any other.
pub(super) fn line(source: &mut Source<'_>, found: Found<String>) -> Option<String> {
    words(source, found, LONGEST_LINE)
}

/// A few sentences shown to users, in one paragraph.
pub(super) fn paragraph(source: &mut Source<'_>, found: Found<String>) -> Option<String> {
    words(source, found, LONGEST_PARAGRAPH)
}

fn words(source: &mut Source<'_>, found: Found<String>, longest: usize) -> Option<String> {
    let fault = if found.value.trim().is_empty() {
        "is empty".to_owned()
    } else if found.value.trim() != found.value {
        "has blanks around it".to_owned()
    } else if found.value.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        "must be one line".to_owned()
    } else if found.value.contains(turns_text) {
        "holds a character that turns text around".to_owned()
    } else if found.value.chars().count() > longest {
        format!("is longer than {longest} characters")
    } else {
        return Some(found.value);
    };
    source.fault(found.at, &found.key, fault);
    None
}

/// Unicode's directional overrides, embeddings and isolates: they would turn around what stands beside the text.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What a text of several lines must not hold.
pub(super) fn is_unwelcome_in_text(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || turns_text(c)
}

/// A list of lines.
pub(super) fn lines(source: &mut Source<'_>, found: Found<Vec<Found<String>>>) -> Option<Vec<String>> {
    // Read to the end before any fault counts.
    let lines: Vec<_> = found.value.into_iter().map(|item| line(source, item)).collect();
    lines.into_iter().collect()
}

/// How one language's text is read.
type Rule = fn(&mut Source<'_>, Found<String>) -> Option<String>;

/// A text in both languages, each by this rule.
pub(super) fn localized(source: &mut Source<'_>, mut table: Reader<'_, '_>, rule: Rule) -> Option<Localized> {
    let en = table.text(source, "en").and_then(|found| rule(source, found));
    let fr = table.text(source, "fr").and_then(|found| rule(source, found));
    table.end(source);
    Some(Localized { en: en?, fr: fr? })
}

/// One word of these.
pub(super) fn one_of<T: Copy>(source: &mut Source<'_>, found: Found<String>, words: &[(&str, T)]) -> Option<T> {
    let known = words.iter().find(|(word, _)| *word == found.value).map(|(_, value)| *value);
    if known.is_none() {
        let words: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        source.fault(found.at, &found.key, format!("`{}` is none of {}", found.value, words.join(", ")));
    }
    known
}

/// The value when it keeps the rule.
pub(super) fn checked(
    source: &mut Source<'_>,
    found: Found<String>,
    rule: fn(&str) -> bool,
    fault: &str,
) -> Option<String> {
    if rule(&found.value) {
        return Some(found.value);
    }
    source.fault(found.at, &found.key, fault);
    None
}

/// What may be left out, but is sound if it is there: the outer `None` stands for a fault already noted.
pub(super) fn held<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}

pub(super) const EMAIL: &str = "is no e-mail address";

pub(super) fn is_email(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && c != '@');
    text.len() <= 254 && text.split_once('@').is_some_and(|(local, domain)| plain(local) && is_domain(domain))
}

/// A domain with at least two labels.
pub(super) fn is_domain(text: &str) -> bool {
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    text.contains('.') && text.split('.').all(label)
}

pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && text.strip_prefix('+').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && rest.bytes().all(|b| b.is_ascii_digit() || b == b' ')
        })
}

pub(super) const HTTPS: &str = "must be an absolute https url without user name or password";

pub(super) fn is_https(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.username().is_empty() && url.password().is_none())
}

/// An https origin, as a browser writes it in `Origin`.
pub(super) fn origin(source: &mut Source<'_>, found: Found<String>) -> Option<String> {
    let url = Url::parse(&found.value).ok().filter(|_| is_https(&found.value));
    // What follows `origin` in a policy would be read as more of the policy.
    match url.map(|url| url.origin().ascii_serialization()) {
        Some(origin) if origin == found.value => Some(origin),
        _ => {
            let fault = "an origin is `https://host` or `https://host:port`, lower case, without path or slash";
            source.fault(found.at, &found.key, fault);
            None
        }
    }
}
