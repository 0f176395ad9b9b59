//! OAuth scopes, and what each leaves for the caller to choose.
//!
//! Owns the meaning of a scope (<https://www.hubrise.com/developers/api/authentication#oauth-scopes>); its grammar
//! is in `grammar`. Does not own what a vendor asks for.

mod grammar;

pub use grammar::ScopeError;

/// A scope that is well formed and that we may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    permissions: Vec<Permission>,
    profile: Option<Profile>,
}

/// One permission over a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Permission {
    /// How far it reaches.
    pub level: Level,
    /// Over what.
    pub resource: Resource,
    /// To do what.
    pub right: Right,
}

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// One location, chosen on HubRise's page.
    Location,
    /// Every location of an account, chosen on HubRise's page.
    Account,
}

/// What a permission is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// Orders.
    Orders,
    /// One customer list, chosen on HubRise's page.
    CustomerList,
    /// One catalog, chosen on HubRise's page.
    Catalog,
    /// The inventory of a catalog at a location.
    Inventory,
    /// Every customer list within reach.
    AllCustomerLists,
    /// Every catalog within reach.
    AllCatalogs,
}

/// What a permission allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See.
    Read,
    /// See and change.
    Write,
}

/// General permissions: who the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// The user's name, time zone and languages.
    Profile,
    /// The same with the e-mail address.
    ProfileWithEmail,
}

/// A set of things to choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choices {
    /// A location of the account.
    pub location: bool,
    /// A catalog of the location or of its account.
    pub catalog: bool,
    /// A customer list of the location or of its account.
    pub customer_list: bool,
}

impl Choices {
    /// Whether there is nothing to choose.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl Scope {
    /// The scope that asks who the user is, and for nothing else.
    pub const fn of_profile(profile: Profile) -> Self {
        Self { permissions: Vec::new(), profile: Some(profile) }
    }

    /// The permissions over resources, in the order written; empty for a profile scope.
    pub fn permissions(&self) -> &[Permission] {
        &self.permissions
    }

    /// The general permission; absent for a resource scope.
    pub fn profile(&self) -> Option<Profile> {
        self.profile
    }

    /// How far it reaches; absent for a profile scope.
    pub fn level(&self) -> Option<Level> {
        self.permissions.first().map(|permission| permission.level)
    }

    /// What is allowed over a resource, if anything.
    pub fn right(&self, resource: Resource) -> Option<Right> {
        self.permissions.iter().find(|permission| permission.resource == resource).map(|permission| permission.right)
    }

    /// Whether every catalog within reach is asked for.
    pub fn all_catalogs(&self) -> bool {
        self.right(Resource::AllCatalogs).is_some()
    }

    /// Whether every customer list within reach is asked for.
    pub fn all_customer_lists(&self) -> bool {
        self.right(Resource::AllCustomerLists).is_some()
    }

    /// What the user chooses on HubRise's page, beside the account.
    pub fn chosen_at_hubrise(&self) -> Choices {
        Choices {
            location: self.level() == Some(Level::Location),
            catalog: self.right(Resource::Catalog).is_some(),
            customer_list: self.right(Resource::CustomerList).is_some(),
        }
    }

    /// What HubRise's page leaves for the caller to have chosen afterwards, if a till is to work at one location:
    /// the location itself at account level, and a catalog or list where all of them are asked for and none was
    /// chosen there.
    pub fn left_to_caller(&self) -> Choices {
        let there = self.chosen_at_hubrise();
        Choices {
            location: self.level() == Some(Level::Account),
            catalog: self.all_catalogs() && !there.catalog,
            customer_list: self.all_customer_lists() && !there.customer_list,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn choices(list: &str) -> Choices {
        Choices {
            location: list.contains("location"),
            catalog: list.contains("catalog"),
            customer_list: list.contains("list"),
        }
    }

    #[test]
    fn tells_what_is_chosen_where() {
        for (scope, level, at_hubrise, left) in [
            (
                "location[orders.write,customer_list.write,catalog.read]",
                Some(Level::Location),
                "location catalog list",
                "",
            ),
            (
                "account[orders.write,all_customer_lists.write,all_catalogs.read]",
                Some(Level::Account),
                "",
                "location catalog list",
            ),
            ("location[orders.read]", Some(Level::Location), "location", ""),
            ("location[all_catalogs.read]", Some(Level::Location), "location", "catalog"),
            ("location[catalog.write,all_catalogs.read]", Some(Level::Location), "location catalog", ""),
            ("account[catalog.read]", Some(Level::Account), "catalog", "location"),
            ("account[inventory.write]", Some(Level::Account), "", "location"),
            ("profile_with_email", None, "", ""),
        ] {
            let read: Scope = scope.parse().unwrap();
            assert_eq!(read.level(), level, "{scope}");
            assert_eq!(read.chosen_at_hubrise(), choices(at_hubrise), "{scope}");
            assert_eq!(read.left_to_caller(), choices(left), "{scope}");
            assert_eq!(read.left_to_caller().is_empty(), left.is_empty(), "{scope}");
        }
    }

    #[test]
    fn a_scope_made_of_a_profile_is_the_one_that_is_read() {
        for (profile, text) in [(Profile::Profile, "profile"), (Profile::ProfileWithEmail, "profile_with_email")] {
            assert_eq!(text.parse(), Ok(Scope::of_profile(profile)));
            assert_eq!(Scope::of_profile(profile).to_string(), text);
        }
    }

    #[test]
    fn tells_the_right_over_each_resource() {
        let scope: Scope = "location[orders.write,all_catalogs.read]".parse().unwrap();
        assert_eq!(scope.right(Resource::Orders), Some(Right::Write));
        assert_eq!(scope.right(Resource::AllCatalogs), Some(Right::Read));
        assert_eq!(scope.right(Resource::Catalog), None);
        assert!(scope.all_catalogs() && !scope.all_customer_lists());
    }
}
