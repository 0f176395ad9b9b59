//! The scope grammar of "OAuth Scopes": `level[resource.right,…]` and general permissions, comma separated. Reads,
//! writes and answers questions; puts nothing in words.

use std::{fmt, str::FromStr};

/// Longest scope read, in bytes.
const MAX_LENGTH: usize = 500;

/// Whether the user picks a location or a whole account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Location,
    Account,
}

/// What a permission is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource {
    Orders,
    CustomerList,
    Catalog,
    Inventory,
    AllCustomerLists,
    AllCatalogs,
}

/// What may be done with it. Writing includes reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Right {
    Read,
    Write,
}

/// Access to the user's own profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    WithoutEmail,
    WithEmail,
}

const LEVELS: [(Level, &str); 2] = [(Level::Location, "location"), (Level::Account, "account")];
const RESOURCES: [(Resource, &str); 6] = [
    (Resource::Orders, "orders"),
    (Resource::CustomerList, "customer_list"),
    (Resource::Catalog, "catalog"),
    (Resource::Inventory, "inventory"),
    (Resource::AllCustomerLists, "all_customer_lists"),
    (Resource::AllCatalogs, "all_catalogs"),
];
const RIGHTS: [(Right, &str); 2] = [(Right::Read, "read"), (Right::Write, "write")];
const PROFILES: [(Profile, &str); 2] = [(Profile::WithoutEmail, "profile"), (Profile::WithEmail, "profile_with_email")];

fn word_of<T: Copy + PartialEq>(table: &[(T, &'static str)], value: T) -> &'static str {
    table.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}

fn value_of<T: Copy>(table: &[(T, &'static str)], word: &str) -> Option<T> {
    table.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
}

/// A scope that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    access: Option<(Level, Vec<(Resource, Right)>)>,
    profile: Option<Profile>,
}

/// A scope that was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl Scope {
    /// Location or account; `None` when only a profile is asked for.
    pub(crate) fn level(&self) -> Option<Level> {
        self.access.as_ref().map(|(level, _)| *level)
    }

    /// The permissions in the order asked.
    pub(crate) fn permissions(&self) -> &[(Resource, Right)] {
        self.access.as_ref().map_or(&[], |(_, permissions)| permissions)
    }

    /// The profile asked for.
    pub(crate) fn profile(&self) -> Option<Profile> {
        self.profile
    }

    /// Whether a resource is in the scope at all, and so can be read.
    pub(crate) fn has(&self, resource: Resource) -> bool {
        self.permissions().iter().any(|(known, _)| *known == resource)
    }

    /// Whether a resource can be used with this right.
    pub(crate) fn allows(&self, resource: Resource, right: Right) -> bool {
        self.permissions().iter().any(|(known, given)| *known == resource && *given >= right)
    }
}

impl FromStr for Scope {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() || text.len() > MAX_LENGTH {
            return Err(Malformed);
        }
        let mut scope = Self { access: None, profile: None };
        let mut rest = text;
        loop {
            let part_end = match rest.find([',', '[']) {
                Some(at) if rest.as_bytes()[at] == b'[' => rest[at..].find(']').ok_or(Malformed)? + at + 1,
                Some(at) => at,
                None => rest.len(),
            };
            scope.add(&rest[..part_end])?;
            if part_end == rest.len() {
                return Ok(scope);
            }
            rest = rest[part_end..].strip_prefix(',').ok_or(Malformed)?;
        }
    }
}

impl Scope {
    fn add(&mut self, part: &str) -> Result<(), Malformed> {
        if let Some(profile) = value_of(&PROFILES, part) {
            return if self.profile.replace(profile).is_none() { Ok(()) } else { Err(Malformed) };
        }
        let (level, list) = part.strip_suffix(']').and_then(|part| part.split_once('[')).ok_or(Malformed)?;
        let level = value_of(&LEVELS, level).ok_or(Malformed)?;
        let mut permissions: Vec<(Resource, Right)> = Vec::new();
        for permission in list.split(',') {
            let (resource, right) = permission.split_once('.').ok_or(Malformed)?;
            let resource = value_of(&RESOURCES, resource).ok_or(Malformed)?;
            let right = value_of(&RIGHTS, right).ok_or(Malformed)?;
            if permissions.iter().any(|(known, _)| *known == resource) {
                return Err(Malformed);
            }
            permissions.push((resource, right));
        }
        if self.access.replace((level, permissions)).is_none() { Ok(()) } else { Err(Malformed) }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((level, permissions)) = &self.access {
            write!(f, "{}[", word_of(&LEVELS, *level))?;
            for (at, (resource, right)) in permissions.iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                write!(f, "{comma}{}.{}", word_of(&RESOURCES, *resource), word_of(&RIGHTS, *right))?;
            }
            f.write_str("]")?;
        }
        if let Some(profile) = self.profile {
            let comma = if self.access.is_some() { "," } else { "" };
            write!(f, "{comma}{}", word_of(&PROFILES, profile))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_documented_example_and_writes_it_back() {
        for text in [
            "profile",
            "profile_with_email",
            "location[orders.read,customer_list.read]",
            "account[customer_list.read],profile",
            "location[orders.write,customer_list.write,catalog.read]",
            "account[orders.write,all_customer_lists.write,all_catalogs.read]",
            "location[inventory.write]",
        ] {
            assert_eq!(text.parse::<Scope>().map(|scope| scope.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn refuses_what_the_grammar_does_not_know() {
        for text in [
            "",
            ",",
            "location",
            "location[]",
            "location[orders]",
            "location[orders.delete]",
            "location[menu.read]",
            "location[orders.read",
            "location[orders.read]profile",
            "location[orders.read],",
            "shop[orders.read]",
            "location[orders.read],account[orders.read]",
            "location[orders.read,orders.write]",
            "profile,profile",
            "Location[orders.read]",
            "location[orders.read, catalog.read]",
            "location[orders.read]]",
        ] {
            assert_eq!(text.parse::<Scope>(), Err(Malformed), "{text}");
        }
        assert_eq!(format!("profile{}", ",".repeat(600)).parse::<Scope>(), Err(Malformed));
    }

    #[test]
    fn writing_includes_reading() {
        let scope: Result<Scope, _> = "location[orders.write,catalog.read]".parse();
        let allows = |resource, right| scope.as_ref().is_ok_and(|scope| scope.allows(resource, right));
        assert!(allows(Resource::Orders, Right::Read));
        assert!(allows(Resource::Orders, Right::Write));
        assert!(allows(Resource::Catalog, Right::Read));
        assert!(!allows(Resource::Catalog, Right::Write));
        assert!(!allows(Resource::Inventory, Right::Read));
    }
}
