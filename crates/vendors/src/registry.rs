//! All vendors this server knows.
//!
//! Owns the loading of profiles, all faults reported at once. Does not own what an operator configures for a vendor.

use std::path::Path;

use crate::built_in;
use crate::folder::{self, Folder};
use crate::profile::Profile;
use crate::rules;
use crate::source::{ProfileError, ScopeRule};

/// The vendors, in order of their slugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    profiles: Vec<Profile>,
}

impl Registry {
    /// Reads the profiles that are part of this program; their scopes are taken as they are.
    ///
    /// # Errors
    /// Every fault of every profile, with its file, line and key.
    pub fn built_in() -> Result<Self, Vec<ProfileError>> {
        Self::load(None, any_scope)
    }

    /// Reads the profiles that are part of this program, and those below `folder`: a folder each, named by the
    /// vendor's slug. One that is in both is read from `folder`.
    ///
    /// # Errors
    /// Every fault of every profile, with its file, line and key.
    pub fn load(folder: Option<&Path>, scope: ScopeRule) -> Result<Self, Vec<ProfileError>> {
        let (given, faults) = folder.map(folder::below).unwrap_or_default();
        let built_in = built_in::folders().filter(|built_in| given.iter().all(|given| given.slug != built_in.slug));
        Self::of(built_in.chain(given.iter().cloned()).collect(), faults, scope)
    }

    /// Reads what is at `path` alone: one profile's folder, or a folder of them.
    ///
    /// # Errors
    /// Every fault of every profile, with its file, line and key; that there is none.
    pub fn only(path: &Path, scope: ScopeRule) -> Result<Self, Vec<ProfileError>> {
        let (folders, mut faults) = match folder::single(path) {
            Some(Ok(folder)) => (vec![folder], Vec::new()),
            Some(Err(fault)) => (Vec::new(), vec![fault]),
            None => folder::below(path),
        };
        if folders.is_empty() && faults.is_empty() {
            let message = "there is no profile here: neither profile.toml nor a folder that could hold one";
            faults.push(ProfileError::of(path.display().to_string(), message));
        }
        Self::of(folders, faults, scope)
    }

    /// Reads profiles given as (slug, text of `profile.toml`), without any other file.
    ///
    /// # Errors
    /// Every fault of every profile, with its file, line and key.
    pub fn read<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<ProfileError>> {
        let folder =
            |(slug, text): (&str, &'a str)| Folder::built_in(slug, [(crate::source::PROFILE, text.as_bytes())]);
        Self::of(sources.into_iter().map(folder).collect(), Vec::new(), any_scope)
    }

    fn of(
        folders: Vec<Folder<'_>>,
        mut faults: Vec<ProfileError>,
        scope: ScopeRule,
    ) -> Result<Self, Vec<ProfileError>> {
        let mut profiles: Vec<Profile> = Vec::new();
        for folder in &folders {
            match rules::profile(folder, scope) {
                Ok(profile) if profiles.iter().any(|known| known.slug == profile.slug) => {
                    let file = folder.path(crate::source::PROFILE);
                    faults.push(ProfileError::of(file, "there is a profile of that slug already"));
                }
                Ok(profile) => profiles.push(profile),
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
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

/// For callers that ask HubRise for nothing.
fn any_scope(_scope: &str) -> Result<(), String> {
    Ok(())
}

impl<'a> IntoIterator for &'a Registry {
    type Item = &'a Profile;
    type IntoIter = std::slice::Iter<'a, Profile>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
