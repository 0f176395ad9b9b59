//! Text both databases can hold. PostgreSQL's has no NUL, so text from outside loses it before either sees it.

use crate::{Choice, GrantedAccess, NamedRef};

/// Replaces every NUL by U+FFFD, the replacement character.
pub(crate) fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

/// [`storable`] for an id and its name.
pub(crate) fn storable_ref(named: NamedRef) -> NamedRef {
    NamedRef { id: storable(named.id), name: storable(named.name) }
}

/// [`storable`] for all that was granted.
pub(crate) fn storable_access(access: GrantedAccess) -> GrantedAccess {
    GrantedAccess {
        account: storable_ref(access.account),
        location: access.location.map(storable_ref),
        catalog: access.catalog.map(storable_ref),
        customer_list: access.customer_list.map(storable_ref),
        app_instance_id: access.app_instance_id.map(storable),
    }
}

/// [`storable`] for all that was chosen.
pub(crate) fn storable_choice(choice: Choice) -> Choice {
    Choice {
        location: storable_ref(choice.location),
        catalog: choice.catalog.map(storable_ref),
        customer_list: choice.customer_list.map(storable_ref),
    }
}

/// The longest fact of an order that is kept, in bytes; ids of HubRise's too.
pub(crate) const LONGEST_FACT: usize = 200;
/// The longest free text that is kept, in bytes.
pub(crate) const LONGEST_TEXT: usize = 2_000;

/// The longest note to what somebody did, in bytes.
pub(crate) const LONGEST_ACT_NOTE: usize = 1_000;
/// The longest name of a saved view, in bytes: forty characters of any script.
pub(crate) const LONGEST_VIEW_NAME: usize = 160;

/// [`storable`], and cut to `most` bytes without cutting a character in two.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let mut kept = storable(text.get(..text.floor_char_boundary(most)).unwrap_or_default().to_owned());
    // U+FFFD is longer than the NUL it replaced.
    kept.truncate(kept.floor_char_boundary(most));
    kept
}

/// [`shortened`] for an id: two that differ only beyond the cut still differ.
pub(crate) fn shortened_id(id: &str) -> String {
    if id.len() <= LONGEST_FACT && !id.contains('\0') {
        return id.to_owned();
    }
    // FNV-1a, 64 bits: the same in every version of this program.
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{}~{hash:016x}", shortened(id, LONGEST_FACT - 17))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_between_characters() {
        assert_eq!(shortened("aéb", 2), "a");
        assert_eq!(shortened("aéb", 3), "aé");
        assert_eq!(shortened("a\0b", 9), "a\u{fffd}b");
        assert_eq!(shortened("\0\0", 5), "\u{fffd}");
    }

    #[test]
    fn ids_too_long_to_keep_still_differ() {
        let long = |end: char| format!("{}{end}", "é".repeat(150));
        let (a, b) = (shortened_id(&long('a')), shortened_id(&long('b')));
        assert!(a != b && a.len() <= LONGEST_FACT && b.len() <= LONGEST_FACT, "{a} {b}");
        assert_ne!(shortened_id("a\0"), shortened_id("a\u{fffd}"));
        assert_eq!(shortened_id("3r4s3"), "3r4s3");
    }
}
