//! What is known of a connection's permissions, in words: never a tick for what was not checked.

use passerelle_wire::{PermissionCheck, Resource, Right, Verdict};

use crate::i18n::{Locale, td_string};

/// How a half of a permission is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A call succeeded: a tick.
    Verified,
    /// It is not there.
    Missing,
    /// Nothing is known, or it cannot be known.
    Open,
}

/// The reading half: how it is marked, and in words.
pub fn reading(locale: Locale, check: &PermissionCheck) -> (Mark, &'static str) {
    match check.read {
        Verdict::Verified if check.checked_at.is_some() => (Mark::Verified, td_string!(locale, checks.read_verified)),
        Verdict::Missing => (Mark::Missing, td_string!(locale, checks.read_missing)),
        Verdict::Failed => (Mark::Open, td_string!(locale, checks.read_failed)),
        // A success nobody can date is none.
        Verdict::Verified | Verdict::Unverified => (Mark::Open, td_string!(locale, checks.read_unverified)),
    }
}

/// The writing half, where it was asked for; nothing more to say of it where the permission is missing as a whole.
pub fn writing(locale: Locale, check: &PermissionCheck) -> Option<(Mark, &'static str)> {
    match (check.permission.right, check.write_granted) {
        (Right::Read, _) => None,
        _ if check.read == Verdict::Missing => None,
        (Right::Write, true) => Some((Mark::Open, td_string!(locale, checks.write_granted))),
        (Right::Write, false) => Some((Mark::Missing, td_string!(locale, checks.write_absent))),
    }
}

/// What suffers without the permission.
pub fn lacks(locale: Locale, resource: Resource) -> &'static str {
    match resource {
        Resource::Orders => td_string!(locale, checks.lacks_orders),
        Resource::CustomerList | Resource::AllCustomerLists => td_string!(locale, checks.lacks_customers),
        Resource::Catalog | Resource::AllCatalogs => td_string!(locale, checks.lacks_catalog),
        Resource::Inventory => td_string!(locale, checks.lacks_inventory),
    }
}

/// Whether something is missing: then connecting again asks HubRise for it.
pub fn is_missing(check: &PermissionCheck) -> bool {
    check.read == Verdict::Missing || (check.permission.right == Right::Write && !check.write_granted)
}

/// All of them in a line: `Permissions: 2 verified, 1 missing`.
pub fn summary(locale: Locale, items: &[PermissionCheck]) -> String {
    let missing = items.iter().filter(|check| is_missing(check)).count();
    let verified =
        items.iter().filter(|check| !is_missing(check) && reading(locale, check).0 == Mark::Verified).count();
    let mut parts = Vec::new();
    match verified {
        0 => {}
        1 => parts.push(td_string!(locale, checks.verified_single).to_owned()),
        count => parts.push(td_string!(locale, checks.verified, count = count)),
    }
    match missing {
        0 => {}
        1 => parts.push(td_string!(locale, checks.missing_single).to_owned()),
        count => parts.push(td_string!(locale, checks.missing, count = count)),
    }
    if parts.is_empty() {
        parts.push(td_string!(locale, checks.not_yet).to_owned());
    }
    td_string!(locale, checks.summary, what = parts.join(", "))
}

#[cfg(test)]
mod tests {
    use passerelle_wire::{Level, Permission};

    use super::*;

    fn check(resource: Resource, right: Right, read: Verdict) -> PermissionCheck {
        PermissionCheck {
            permission: Permission { level: Level::Location, resource, right },
            read,
            checked_at: (read != Verdict::Unverified).then(|| "2026-11-21T19:31:02Z".into()),
            write_granted: right == Right::Write && read != Verdict::Missing,
        }
    }

    #[test]
    fn only_a_dated_success_is_ticked() {
        let verified = check(Resource::Orders, Right::Read, Verdict::Verified);
        assert_eq!(reading(Locale::en, &verified).0, Mark::Verified);
        let undated = PermissionCheck { checked_at: None, ..verified };
        assert_eq!(reading(Locale::en, &undated), (Mark::Open, "Not verified yet"));
        for read in [Verdict::Missing, Verdict::Failed, Verdict::Unverified] {
            assert_ne!(reading(Locale::en, &check(Resource::Orders, Right::Read, read)).0, Mark::Verified);
        }
    }

    #[test]
    fn writing_is_never_ticked() {
        for read in [Verdict::Verified, Verdict::Missing, Verdict::Failed, Verdict::Unverified] {
            let written = writing(Locale::en, &check(Resource::Catalog, Right::Write, read));
            assert!(written.is_none_or(|(mark, _)| mark != Mark::Verified), "{read:?}");
            assert_eq!(written.is_none(), read == Verdict::Missing);
        }
        assert_eq!(writing(Locale::en, &check(Resource::Catalog, Right::Read, Verdict::Verified)), None);
    }

    #[test]
    fn sums_up_what_is_known() {
        let orders = check(Resource::Orders, Right::Write, Verdict::Verified);
        let list = check(Resource::CustomerList, Right::Read, Verdict::Verified);
        let catalog = check(Resource::Catalog, Right::Write, Verdict::Missing);
        let stock = check(Resource::Inventory, Right::Read, Verdict::Failed);
        assert_eq!(summary(Locale::en, &[]), "Permissions: not verified yet");
        assert_eq!(summary(Locale::en, std::slice::from_ref(&stock)), "Permissions: not verified yet");
        assert_eq!(summary(Locale::en, std::slice::from_ref(&orders)), "Permissions: 1 verified");
        assert_eq!(summary(Locale::en, &[orders, list, catalog, stock]), "Permissions: 2 verified, 1 missing");
    }

    #[test]
    fn everything_missing_says_what_suffers() {
        for locale in [Locale::en, Locale::fr] {
            for resource in [Resource::Orders, Resource::CustomerList, Resource::Catalog, Resource::Inventory] {
                assert!(!lacks(locale, resource).is_empty());
            }
        }
    }
}
