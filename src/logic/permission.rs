//! Permissions in plain words, grouped by how far they reach.

use passerelle_wire::{Level, Permission, Resource, Right};

use crate::i18n::{Locale, td_string};

/// The permissions of one level, in the profile's order; levels in the order they first occur.
pub fn by_level(permissions: &[Permission]) -> Vec<(Level, Vec<Permission>)> {
    let mut groups: Vec<(Level, Vec<Permission>)> = Vec::new();
    for permission in permissions {
        match groups.iter_mut().find(|(level, _)| *level == permission.level) {
            Some((_, group)) => group.push(*permission),
            None => groups.push((permission.level, vec![*permission])),
        }
    }
    groups
}

/// How far a level reaches.
pub fn level_words(locale: Locale, level: Level) -> &'static str {
    match level {
        Level::Location => td_string!(locale, permissions.location),
        Level::Account => td_string!(locale, permissions.account),
    }
}

/// What a permission allows.
pub fn words(locale: Locale, permission: Permission) -> &'static str {
    use Resource::{AllCatalogs, AllCustomerLists, Catalog, CustomerList, Inventory, Orders};
    use Right::{Read, Write};
    match (permission.resource, permission.right) {
        (Orders, Read) => td_string!(locale, permissions.orders_read),
        (Orders, Write) => td_string!(locale, permissions.orders_write),
        (CustomerList, Read) => td_string!(locale, permissions.customer_list_read),
        (CustomerList, Write) => td_string!(locale, permissions.customer_list_write),
        (Catalog, Read) => td_string!(locale, permissions.catalog_read),
        (Catalog, Write) => td_string!(locale, permissions.catalog_write),
        (Inventory, Read) => td_string!(locale, permissions.inventory_read),
        (Inventory, Write) => td_string!(locale, permissions.inventory_write),
        (AllCustomerLists, Read) => td_string!(locale, permissions.all_customer_lists_read),
        (AllCustomerLists, Write) => td_string!(locale, permissions.all_customer_lists_write),
        (AllCatalogs, Read) => td_string!(locale, permissions.all_catalogs_read),
        (AllCatalogs, Write) => td_string!(locale, permissions.all_catalogs_write),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_level_and_keeps_the_order() {
        let of = |level, resource| Permission { level, resource, right: Right::Read };
        let orders = of(Level::Location, Resource::Orders);
        let catalogs = of(Level::Account, Resource::AllCatalogs);
        let list = of(Level::Location, Resource::CustomerList);
        assert_eq!(
            by_level(&[orders, catalogs, list]),
            vec![(Level::Location, vec![orders, list]), (Level::Account, vec![catalogs])]
        );
    }

    #[test]
    fn writing_says_more_than_reading() {
        let write = Permission { level: Level::Location, resource: Resource::Orders, right: Right::Write };
        let read = Permission { right: Right::Read, ..write };
        for locale in [Locale::en, Locale::fr] {
            assert!(words(locale, write).starts_with(words(locale, read)));
            assert!(words(locale, write).len() > words(locale, read).len());
        }
    }
}
