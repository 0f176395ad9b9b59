//! All vendors this server knows.
//!
//! Owns the loading of profiles, all faults reported at once. Does not own what an operator configures for a vendor.

use crate::profile::Profile;
use crate::reader::ProfileError;
use crate::{built_in, rules};

/// The vendors, in order of their slugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    profiles: Vec<Profile>,
}

impl Registry {
    /// Reads the profiles compiled into this program.
    ///
    /// # Errors
    /// Every fault of every profile, with its file, line and key.
    pub fn built_in() -> Result<Self, Vec<ProfileError>> {
        Self::read(built_in::PROFILES.iter().copied())
    }

    /// Reads profiles given as (slug, text of `profile.toml`).
    ///
    /// # Errors
    /// Every fault of every profile, with its file, line and key.
    pub fn read<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<ProfileError>> {
        let (mut profiles, mut errors): (Vec<Profile>, Vec<ProfileError>) = (Vec::new(), Vec::new());
        for (slug, text) in sources {
            match rules::profile(slug, text) {
                Ok(profile) if profiles.iter().any(|known| known.slug == profile.slug) => {
                    errors.push(ProfileError::in_file(slug, "there is a profile of that slug already"));
                }
                Ok(profile) => profiles.push(profile),
                Err(faults) => errors.extend(faults),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        profiles.sort_by(|one, other| one.slug.cmp(&other.slug));
        Ok(Self { profiles })
    }

    /// The vendor of that slug.
    pub fn get(&self, slug: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.slug == slug)
    }

    /// All vendors, in order of their slugs.
    pub fn iter(&self) -> std::slice::Iter<'_, Profile> {
        self.profiles.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.profiles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.profiles.is_empty()
    }
}

impl<'a> IntoIterator for &'a Registry {
    type Item = &'a Profile;
    type IntoIter = std::slice::Iter<'a, Profile>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
