//! The rules of a vendor's support.

use crate::profile::Connects;
use crate::reader::{Found, Reader};
use crate::source::Source;
use crate::support::{Support, SupportUser};

use super::words::{EMAIL, HTTPS, checked, held, is_domain, is_email, is_https, is_phone, line};

pub(super) fn support(
    source: &mut Source<'_>,
    mut table: Reader<'_, '_>,
    connects: Option<Connects>,
) -> Option<Support> {
    let email = table.text(source, "email").and_then(|found| checked(source, found, is_email, EMAIL));
    let role = table.text(source, "role").and_then(|found| line(source, found));
    let phone = table.optional_text(source, "phone").map(|found| {
        checked(source, found, is_phone, "a telephone number is `+`, then 7 to 15 digits, spaces allowed")
    });
    let docs_url = table.optional_text(source, "docs_url").map(|found| checked(source, found, is_https, HTTPS));
    let till_email = table.optional_text(source, "till_email").map(|found| checked(source, found, is_email, EMAIL));
    let users = table.texts(source, "users").and_then(|found| users(source, found, connects));
    table.end(source);
    Some(Support {
        email: email?,
        role: role?,
        phone: held(phone)?,
        docs_url: held(docs_url)?,
        till_email: held(till_email)?,
        users: users?,
    })
}

fn users(
    source: &mut Source<'_>,
    found: Found<Vec<Found<String>>>,
    connects: Option<Connects>,
) -> Option<Vec<SupportUser>> {
    if found.value.is_empty() && connects == Some(Connects::Support) {
        source.fault(found.at, &found.key, "somebody must be there: support makes this vendor's connections");
        return None;
    }
    let users: Vec<_> = found.value.into_iter().map(|found| user(source, found)).collect();
    users.into_iter().collect()
}

fn user(source: &mut Source<'_>, found: Found<String>) -> Option<SupportUser> {
    let lower = found.value.to_ascii_lowercase();
    match lower.strip_prefix('@') {
        Some(domain) if is_domain(domain) => Some(SupportUser::Domain(domain.to_owned())),
        // A star is a letter of an address like any other, but whoever writes one means everybody.
        None if is_email(&lower) && !lower.contains('*') => Some(SupportUser::Address(lower)),
        _ => {
            source.fault(found.at, &found.key, "a user of support is an e-mail address, or `@` and a domain");
            None
        }
    }
}
