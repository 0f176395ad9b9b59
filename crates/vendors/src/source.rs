//! A profile while it is being read: its folder, and its faults so far.
//!
//! Owns where a fault lies: file, line, key. Does not own what is a fault.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::folder::Folder;
use crate::logo::Logo;

/// What whoever asks HubRise for a scope says of it; the sentence tells what is wrong.
///
/// Handed in, because HubRise's grammar is not this crate's.
pub type ScopeRule = fn(&str) -> Result<(), String>;

/// One fault of a profile.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {key}{}{message}", if key.is_empty() { "" } else { ": " })]
pub struct ProfileError {
    /// The file: below the crate's folder for a profile that is part of the program, as named by the operator else.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The key with its path (`tills[1].scope`); empty where it is the whole file or no TOML.
    pub key: String,
    /// What is wrong, in English, lower case.
    pub message: String,
}

impl ProfileError {
    /// A fault of a whole file.
    pub(crate) fn of(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: 1, key: String::new(), message: message.into() }
    }
}

/// The file that makes a folder a profile.
pub(crate) const PROFILE: &str = "profile.toml";

/// A folder being read, and its faults so far.
pub(crate) struct Source<'a> {
    folder: &'a Folder<'a>,
    text: &'a str,
    scope: ScopeRule,
    asked: BTreeSet<String>,
    faults: Vec<ProfileError>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(folder: &'a Folder<'a>, scope: ScopeRule) -> Self {
        let mut source = Self { folder, text: "", scope, asked: BTreeSet::new(), faults: Vec::new() };
        match source.file(PROFILE) {
            Some(text) => source.text = text,
            None if folder.has(PROFILE) => {}
            None => source.faults.push(ProfileError::of(folder.path(PROFILE), "is missing")),
        }
        source
    }

    /// Whether there is nothing to read at all, which is a fault already.
    pub(crate) fn is_blank(&self) -> bool {
        !self.faults.is_empty()
    }

    /// Parses the profile's text; what cannot be parsed is a fault, and the rest is read all the same.
    pub(crate) fn parse(&mut self) -> Spanned<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            self.fault(error.span().unwrap_or(0..0), "", error.message().trim());
        }
        table
    }

    /// Notes a fault of the profile's text.
    pub(crate) fn fault(&mut self, at: Range<usize>, key: &str, message: impl Into<String>) {
        let before = self.text.as_bytes().iter().take(at.start);
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        let file = self.folder.path(PROFILE);
        self.faults.push(ProfileError { file, line, key: key.to_owned(), message: message.into() });
    }

    /// Notes a fault of another file.
    pub(crate) fn fault_of(&mut self, name: &str, line: usize, message: impl Into<String>) {
        let file = self.folder.path(name);
        self.faults.push(ProfileError { file, line, key: String::new(), message: message.into() });
    }

    /// What HubRise's grammar says of a scope.
    pub(crate) fn scope(&self, scope: &str) -> Result<(), String> {
        (self.scope)(scope)
    }

    /// Whether the folder has a file of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.folder.has(name)
    }

    /// A text beside the profile, if it is there and can be read.
    pub(crate) fn file(&mut self, name: &str) -> Option<&'a str> {
        let bytes = self.bytes(name)?;
        let text = std::str::from_utf8(bytes).ok();
        if text.is_none() {
            self.fault_of(name, 1, "is not UTF-8");
        }
        text.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// A logo beside the profile, if it is there and one.
    pub(crate) fn logo(&mut self, name: &str) -> Option<Logo> {
        let bytes = self.bytes(name)?;
        let logo = Logo::read(bytes);
        logo.map_err(|faults| faults.into_iter().for_each(|fault| self.fault_of(name, fault.line, fault.message))).ok()
    }

    fn bytes(&mut self, name: &str) -> Option<&'a [u8]> {
        self.asked.insert(name.to_owned());
        let found = self.folder.file(name)?;
        found.map_err(|message| self.fault_of(name, 1, message)).ok()
    }

    /// The faults in the order of files and lines; none means that everything read is valid.
    pub(crate) fn into_faults(mut self) -> Vec<ProfileError> {
        for name in self.folder.names().filter(|name| !self.asked.contains(*name)) {
            let known = "profile.toml, logo.svg, setup.en.md, setup.fr.md and the logos its tills name";
            self.faults
                .push(ProfileError::of(self.folder.path(name), format!("is no file of a profile: those are {known}")));
        }
        self.faults.sort();
        self.faults.dedup();
        self.faults
    }
}
