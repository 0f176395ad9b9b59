//! The profiles compiled into this crate: a plain list of folders and their files.
//!
//! A test compares it with what is under `profiles/`, so that nothing there is forgotten here.

use crate::folder::Folder;

/// The files of a folder under `profiles/`, by name.
macro_rules! files {
    ($slug:literal: $($name:literal),+) => {
        ($slug, &[$(($name, include_bytes!(concat!("../profiles/", $slug, "/", $name)))),+])
    };
}

/// A folder's name, and its files: name and bytes.
type BuiltIn = (&'static str, &'static [(&'static str, &'static [u8])]);

const PROFILES: &[BuiltIn] = &[
    files!("carre-pos": "logo.svg", "profile.toml", "setup.en.md", "setup.fr.md"),
    files!("pixelpoint-bridge": "logo.svg", "profile.toml", "setup.en.md", "setup.fr.md"),
    files!("pos-helper": "logo.svg", "profile.toml", "setup.en.md", "setup.fr.md"),
    files!(
        "somm-it":
        "laddition.svg", "logo.svg", "profile.toml", "setup.en.md", "setup.fr.md", "tiller.svg", "zelty.svg"
    ),
];

/// The folders.
pub(crate) fn folders() -> impl Iterator<Item = Folder<'static>> {
    PROFILES.iter().map(|(slug, files)| Folder::built_in(slug, files.iter().copied()))
}
