//! What the grammar takes, what it refuses and why, and that nothing is lost on the way.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

const RESOURCES: [Resource; 6] = [
    Resource::Orders,
    Resource::CustomerList,
    Resource::Catalog,
    Resource::Inventory,
    Resource::AllCustomerLists,
    Resource::AllCatalogs,
];

#[test]
fn reads_hubrises_own_examples() {
    let scope: Scope = "location[orders.read,customer_list.read]".parse().unwrap();
    let permission = |resource| Permission { level: Level::Location, resource, right: Right::Read };
    assert_eq!(scope.permissions(), [permission(Resource::Orders), permission(Resource::CustomerList)]);
    assert_eq!(scope.profile(), None);

    let scope: Scope = "profile".parse().unwrap();
    assert_eq!((scope.permissions(), scope.profile()), (&[][..], Some(Profile::Profile)));
}

#[test]
fn says_what_is_wrong_with_each_malformed_scope() {
    fn text(text: &str) -> String {
        text.to_owned()
    }
    for (scope, error) in [
        ("", ScopeError::Empty),
        (",", ScopeError::EmptyItem),
        ("profile,", ScopeError::EmptyItem),
        (",profile", ScopeError::EmptyItem),
        ("location[orders.read],", ScopeError::EmptyItem),
        ("location[orders.read,]", ScopeError::EmptyItem),
        ("location[", ScopeError::Brackets(text("location["))),
        ("location]", ScopeError::Brackets(text("location]"))),
        ("location[orders.read", ScopeError::Brackets(text("location[orders.read"))),
        ("location[[orders.read]]", ScopeError::Brackets(text("location[[orders.read]]"))),
        ("location[orders.read]x", ScopeError::Brackets(text("location[orders.read]x"))),
        ("location[orders.read][catalog.read]", ScopeError::Brackets(text("location[orders.read][catalog.read]"))),
        ("[orders.read]", ScopeError::Level(text(""))),
        ("Location[orders.read]", ScopeError::Level(text("Location"))),
        ("shop[orders.read]", ScopeError::Level(text("shop"))),
        ("location[]", ScopeError::NoPermission(text("location"))),
        ("location[orders]", ScopeError::Permission(text("orders"))),
        ("location[menu.read]", ScopeError::Resource(text("menu"))),
        ("location[orders.read, catalog.read]", ScopeError::Resource(text(" catalog"))),
        ("location[.read]", ScopeError::Resource(text(""))),
        ("location[orders.]", ScopeError::Right(text(""))),
        ("location[orders.delete]", ScopeError::Right(text("delete"))),
        ("location[orders.read.write]", ScopeError::Right(text("read.write"))),
        ("orders.read", ScopeError::General(text("orders.read"))),
        ("location", ScopeError::General(text("location"))),
        ("location[orders.read,orders.write]", ScopeError::Twice(text("orders"))),
        ("location[orders.read],account[catalog.read]", ScopeError::Several(text("account[catalog.read]"))),
        ("profile,profile_with_email", ScopeError::Several(text("profile_with_email"))),
        ("account[customer_list.read],profile", ScopeError::Mixed),
        ("profile,account[customer_list.read]", ScopeError::Mixed),
    ] {
        assert_eq!(scope.parse::<Scope>(), Err(error), "{scope}");
    }
}

fn scopes() -> impl Strategy<Value = Scope> {
    let resources = (
        select(vec![Level::Location, Level::Account]),
        subsequence(RESOURCES.to_vec(), 1..=RESOURCES.len()).prop_shuffle(),
        prop::collection::vec(select(vec![Right::Read, Right::Write]), RESOURCES.len()),
    )
        .prop_map(|(level, resources, rights)| Scope {
            permissions: resources
                .into_iter()
                .zip(rights)
                .map(|(resource, right)| Permission { level, resource, right })
                .collect(),
            profile: None,
        });
    let profile = select(vec![Profile::Profile, Profile::ProfileWithEmail])
        .prop_map(|profile| Scope { permissions: Vec::new(), profile: Some(profile) });
    prop_oneof![4 => resources, 1 => profile]
}

proptest! {
    #[test]
    fn every_scope_is_read_back_as_it_was_written(scope in scopes()) {
        prop_assert_eq!(scope.to_string().parse::<Scope>(), Ok(scope));
    }

    #[test]
    fn what_is_read_is_written_byte_for_byte(
        text in "(location|account|profile|orders|catalog|read|write|[\\[\\],. é]){0,8}",
    ) {
        if let Ok(scope) = text.parse::<Scope>() {
            prop_assert_eq!(scope.to_string(), text);
        }
    }
}
