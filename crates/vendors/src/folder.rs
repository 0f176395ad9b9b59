//! A profile's folder as it was found: names and contents, none larger than a profile's file may be.
//!
//! Owns the reading of folders. Does not own what their files mean.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::logo;
use crate::source::{PROFILE, ProfileError};

/// The largest file of a profile, in bytes. Nothing longer is ever held.
const LARGEST: usize = 64 * 1024;

/// The most files a folder may have: a profile, two texts, and logos.
const MOST_FILES: usize = 100;

/// A file's bytes, or why there are none.
type Content<'a> = Result<Cow<'a, [u8]>, String>;

/// One profile's folder.
#[derive(Clone, Debug)]
pub(crate) struct Folder<'a> {
    /// Its own name.
    pub(crate) slug: String,
    /// How faults name it.
    place: String,
    files: BTreeMap<String, Content<'a>>,
}

impl<'a> Folder<'a> {
    /// A folder that is part of this program.
    pub(crate) fn built_in(slug: &str, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (name.to_owned(), Ok(Cow::Borrowed(bytes)))).collect();
        Self { slug: slug.to_owned(), place: format!("profiles/{slug}"), files }
    }

    /// The folder at `path`, whose profile is called `slug`.
    fn open(slug: String, path: &Path) -> Result<Folder<'static>, ProfileError> {
        let place = path.display().to_string();
        let unreadable = |why: std::io::Error| ProfileError::of(place.clone(), format!("cannot be read: {why}"));
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            // Hidden names are the file system's and the editors'; a trailing `~` is an editor's too.
            let Some(name) = name(&path).filter(|name| !name.starts_with('.') && !name.ends_with('~')) else {
                continue;
            };
            if files.len() == MOST_FILES {
                return Err(ProfileError::of(place, format!("has more than {MOST_FILES} files")));
            }
            files.insert(name, read(&path));
        }
        Ok(Folder { slug, place, files })
    }

    /// How faults name a file of it.
    pub(crate) fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.place)
    }

    /// Whether there is a file of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The names of its files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A file's bytes, or why there are none; nothing when there is no such file.
    pub(crate) fn file(&self, name: &str) -> Option<Result<&[u8], &str>> {
        self.files.get(name).map(|content| content.as_ref().map(|bytes| &**bytes).map_err(String::as_str))
    }
}

/// The profiles below `path`, a folder each, in order of their names; what is no folder, or hidden, is left alone.
pub(crate) fn below(path: &Path) -> (Vec<Folder<'static>>, Vec<ProfileError>) {
    let (mut folders, mut faults) = (Vec::new(), Vec::new());
    let place = path.display().to_string();
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(why) => return (folders, vec![ProfileError::of(place, format!("cannot be read: {why}"))]),
    };
    for entry in entries {
        match entry.map(|entry| entry.path()) {
            Ok(path) if !path.is_dir() => {}
            Ok(path) => match name(&path).map(|slug| (slug.starts_with('.'), slug)) {
                Some((true, _)) => {}
                Some((false, slug)) => match Folder::open(slug, &path) {
                    Ok(folder) => folders.push(folder),
                    Err(fault) => faults.push(fault),
                },
                None => faults.push(ProfileError::of(path.display().to_string(), "its name is not UTF-8")),
            },
            Err(why) => faults.push(ProfileError::of(place.clone(), format!("cannot be read: {why}"))),
        }
    }
    folders.sort_by(|one, other| one.slug.cmp(&other.slug));
    (folders, faults)
}

/// The profile at `path` itself, if it is one.
pub(crate) fn single(path: &Path) -> Option<Result<Folder<'static>, ProfileError>> {
    if !path.join(PROFILE).is_file() {
        return None;
    }
    // `.` and `..` have no name of their own.
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    Some(Folder::open(name(&whole).unwrap_or_default(), path))
}

fn name(path: &Path) -> Option<String> {
    path.file_name().and_then(|name| name.to_str()).map(str::to_owned)
}

/// Reads a file, but never more of it than a profile's file may have.
fn read(path: &Path) -> Content<'static> {
    let unreadable = |why: std::io::Error| format!("cannot be read: {why}");
    let file = File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err("is no file".to_owned());
    }
    let mut bytes = Vec::new();
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    match bytes.len() {
        ..=LARGEST => Ok(Cow::Owned(bytes)),
        _ if path.extension().is_some_and(|extension| extension == "svg") => Err(logo::TOO_LARGE.to_owned()),
        _ => Err("is larger than 64 KiB".to_owned()),
    }
}
