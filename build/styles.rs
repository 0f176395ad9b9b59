//! Gathers the scoped sheets of `style/components` and `style/pages` into the one sheet the page links.
//!
//! Owns: the order, the scope class of each sheet (the very class stylers' `style_sheet!` puts into the
//! Rust code), and the refusal of two sheets that would share one. Does not own: the token and base sheets,
//! which `index.html` inlines. Used by the app's `build.rs` and by the task runner, which must write the sheet
//! before Trunk looks for it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use stylers_core::{Class, from_str};

/// Where the gathered sheet goes, from the project's root; git ignores it.
pub const SHEET: &str = "public/scoped.css";

/// The folders that hold one sheet for each Rust file of the same name.
pub const FOLDERS: [&str; 2] = ["style/components", "style/pages"];

/// Writes [`SHEET`] under `root`, unless it is already as it should be (so that watchers stay quiet).
///
/// # Errors
/// In words, when a file cannot be read or written, or when two sheets would get the same scope class:
/// stylers derives it from the number of characters alone, so one of them must gain or lose one.
pub fn write(root: &Path) -> Result<(), String> {
    let mut scopes: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut gathered = String::new();
    for path in sheets(root)? {
        let text = fs::read_to_string(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
        let class = Class::rand_class_from_seed(text.clone());
        if let Some(other) = scopes.insert(class.as_name().to_owned(), path.clone()) {
            return Err(format!(
                "`{}` and `{}` get the same scope class, as they have the same number of characters: \
                 lengthen one of them by a character",
                other.display(),
                path.display()
            ));
        }
        // Whose rules follow, for whoever bundles a page that has no element of that class.
        gathered.push_str(&format!("/*@{}*/", class.as_name()));
        gathered.push_str(&from_str(&text, &class));
        gathered.push('\n');
    }
    let target = root.join(SHEET);
    if fs::read_to_string(&target).is_ok_and(|now| now == gathered) {
        return Ok(());
    }
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("`{}`: {error}", folder.display()))?;
    }
    fs::write(&target, gathered).map_err(|error| format!("`{}`: {error}", target.display()))
}

/// Every scoped sheet, in a fixed order.
fn sheets(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        let folder = root.join(folder);
        let entries = fs::read_dir(&folder).map_err(|error| format!("`{}`: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| format!("`{}`: {error}", folder.display()))?.path();
            if path.extension().is_some_and(|extension| extension == "css") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
