//! The grammar of scopes, read and written: `level[resource.right,…]`, or one general permission.
//!
//! Owns every way a text can fail to be one. It is strict, so that what is read is written back byte for byte.

use std::fmt;
use std::str::FromStr;

use super::{Level, Permission, Profile, Resource, Right, Scope};

/// Why a text is no scope we may ask for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// Nothing is asked for.
    #[error("the scope is empty")]
    Empty,
    /// An item is empty: two commas in a row, or one at an end.
    #[error("an item is missing beside a comma")]
    EmptyItem,
    /// `[` without `]`, or the other way round, or one within the other.
    #[error("unbalanced brackets in `{0}`")]
    Brackets(String),
    /// Neither `location` nor `account` before the bracket.
    #[error("unknown level `{0}`: expected `location` or `account`")]
    Level(String),
    /// A level with nothing between its brackets.
    #[error("`{0}[]` asks for nothing")]
    NoPermission(String),
    /// An item between brackets without its dot.
    #[error("`{0}` is not `resource.right`")]
    Permission(String),
    /// Not one of HubRise's resources.
    #[error("unknown resource `{0}`")]
    Resource(String),
    /// Neither `read` nor `write`.
    #[error("unknown right `{0}`: expected `read` or `write`")]
    Right(String),
    /// Outside brackets, neither `profile` nor `profile_with_email`.
    #[error("unknown permission `{0}`: expected `profile` or `profile_with_email`")]
    General(String),
    /// The same resource twice. Writing includes reading, so it is never needed.
    #[error("`{0}` is asked for twice")]
    Twice(String),
    /// Two levels, or two general permissions.
    #[error("`{0}` is one too many: a scope has one level and one general permission at most")]
    Several(String),
    /// A general permission beside resources. HubRise allows it; we must not ask for it, because a connection is
    /// shared by all users of the location.
    #[error("profile permissions must not be mixed with resources")]
    Mixed,
}

impl FromStr for Scope {
    type Err = ScopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(ScopeError::Empty);
        }
        let mut permissions = Vec::new();
        let mut profile = None;
        for item in top_level(text)? {
            if let Some((level, inner)) = bracketed(item)? {
                let level = Level::from_str(level)?;
                if !permissions.is_empty() {
                    return Err(ScopeError::Several(item.to_owned()));
                }
                permissions = read_permissions(level, inner)?;
            } else {
                let general = Profile::from_str(item)?;
                if profile.replace(general).is_some() {
                    return Err(ScopeError::Several(item.to_owned()));
                }
            }
        }
        if profile.is_some() && !permissions.is_empty() {
            return Err(ScopeError::Mixed);
        }
        Ok(Self { permissions, profile })
    }
}

/// The items of a scope: split at the commas that stand outside brackets.
fn top_level(text: &str) -> Result<Vec<&str>, ScopeError> {
    let unbalanced = || ScopeError::Brackets(text.to_owned());
    let (mut items, mut start, mut inside) = (Vec::new(), 0, false);
    for (at, character) in text.char_indices() {
        match character {
            '[' if inside => return Err(unbalanced()),
            '[' => inside = true,
            ']' if !inside => return Err(unbalanced()),
            ']' => inside = false,
            ',' if !inside => {
                items.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if inside {
        return Err(unbalanced());
    }
    items.push(&text[start..]);
    if items.iter().any(|item| item.is_empty()) { Err(ScopeError::EmptyItem) } else { Ok(items) }
}

/// `level[inner]` in its two parts; nothing when the item has no brackets.
fn bracketed(item: &str) -> Result<Option<(&str, &str)>, ScopeError> {
    match item.split_once('[') {
        None => Ok(None),
        Some((level, rest)) => match rest.strip_suffix(']') {
            Some(inner) if !inner.contains(']') => Ok(Some((level, inner))),
            _ => Err(ScopeError::Brackets(item.to_owned())),
        },
    }
}

fn read_permissions(level: Level, inner: &str) -> Result<Vec<Permission>, ScopeError> {
    if inner.is_empty() {
        return Err(ScopeError::NoPermission(level.to_string()));
    }
    let mut permissions: Vec<Permission> = Vec::new();
    for item in inner.split(',') {
        if item.is_empty() {
            return Err(ScopeError::EmptyItem);
        }
        let (resource, right) = item.split_once('.').ok_or_else(|| ScopeError::Permission(item.to_owned()))?;
        let permission = Permission { level, resource: resource.parse()?, right: right.parse()? };
        if permissions.iter().any(|known| known.resource == permission.resource) {
            return Err(ScopeError::Twice(resource.to_owned()));
        }
        permissions.push(permission);
    }
    Ok(permissions)
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(profile) = self.profile {
            return write!(f, "{profile}");
        }
        for (index, permission) in self.permissions.iter().enumerate() {
            match index {
                0 => write!(f, "{}[", permission.level)?,
                _ => f.write_str(",")?,
            }
            write!(f, "{}.{}", permission.resource, permission.right)?;
        }
        f.write_str("]")
    }
}

macro_rules! words {
    ($name:ident, $error:ident, $($variant:ident = $word:literal),+) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $word),+ })
            }
        }

        impl FromStr for $name {
            type Err = ScopeError;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(ScopeError::$error(word.to_owned())),
                }
            }
        }
    };
}

words!(Level, Level, Location = "location", Account = "account");
words!(
    Resource,
    Resource,
    Orders = "orders",
    CustomerList = "customer_list",
    Catalog = "catalog",
    Inventory = "inventory",
    AllCustomerLists = "all_customer_lists",
    AllCatalogs = "all_catalogs"
);
words!(Right, Right, Read = "read", Write = "write");
words!(Profile, General, Profile = "profile", ProfileWithEmail = "profile_with_email");

#[cfg(test)]
mod tests;
