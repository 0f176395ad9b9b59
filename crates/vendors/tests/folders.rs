//! Profiles from an operator's folder: added, replacing, and refused for every reason at once.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use passerelle_vendors::{Registry, logo};
use tempfile::TempDir;

const POS_HELPER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/profiles/pos-helper");

fn any_scope(_scope: &str) -> Result<(), String> {
    Ok(())
}

/// A folder with copies of a sound profile under these slugs.
fn folder(slugs: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for slug in slugs {
        let place = folder.path().join(slug);
        fs::create_dir(&place).unwrap();
        for entry in fs::read_dir(POS_HELPER).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, place.join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// What is told about a folder, its own path cut off.
fn told(folder: &Path) -> Vec<String> {
    let faults = Registry::only(folder, any_scope).unwrap_err();
    faults.iter().map(|fault| fault.to_string().replace(&format!("{}/", folder.display()), "")).collect()
}

fn edit(path: PathBuf, from: &str, to: &str) {
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn a_folder_adds_to_the_built_in_profiles_and_replaces_them() {
    let folder = folder(&["bella", "pos-helper"]);
    edit(folder.path().join("pos-helper/profile.toml"), "name = \"POS HELPER\"", "name = \"Our own helper\"");
    let built_in = Registry::built_in().unwrap();
    let registry = Registry::load(Some(folder.path()), any_scope).unwrap();
    assert_eq!(registry.len(), built_in.len() + 1);
    assert_eq!(registry.get("bella").unwrap().name, "POS HELPER");
    assert_eq!(registry.get("pos-helper").unwrap().name, "Our own helper");
    assert_eq!(registry.get("somm-it"), built_in.get("somm-it"));
    assert_eq!(Registry::load(None, any_scope).unwrap(), built_in);
}

#[test]
fn a_replaced_profile_is_not_read_at_all() {
    let folder = folder(&["somm-it"]);
    // A rule that refuses what only the built-in one asks for.
    let refuses = |scope: &str| if scope.contains("inventory") { Err("no".to_owned()) } else { Ok(()) };
    let faults = Registry::load(Some(folder.path()), refuses).unwrap_err();
    assert!(faults.iter().all(|fault| fault.file.starts_with("profiles/carre-pos/")), "{faults:?}");
}

#[test]
fn one_profile_can_be_looked_at_alone() {
    let folder = folder(&["bella", "zeta"]);
    let one = Registry::only(&folder.path().join("bella"), any_scope).unwrap();
    assert_eq!(one.iter().map(|profile| profile.slug.as_str()).collect::<Vec<_>>(), ["bella"]);
    assert_eq!(Registry::only(folder.path(), any_scope).unwrap().len(), 2);
}

#[test]
fn what_is_no_profile_is_said_or_left_alone() {
    let folder = folder(&["bella", ".git", "..data"]);
    fs::write(folder.path().join("README.md"), "ours").unwrap();
    fs::write(folder.path().join("bella/.DS_Store"), "x").unwrap();
    fs::write(folder.path().join("bella/profile.toml~"), "x").unwrap();
    assert_eq!(Registry::only(folder.path(), any_scope).unwrap().len(), 1);

    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("bella/setup.de.md"), "x").unwrap();
    let faults = told(folder.path());
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].starts_with("bella/setup.de.md:1: is no file of a profile"), "{faults:?}");
    assert_eq!(faults[1], "empty/profile.toml:1: is missing");

    let nothing = tempfile::tempdir().unwrap();
    assert!(Registry::only(nothing.path(), any_scope).unwrap_err()[0].message.contains("no profile here"));
    assert_eq!(Registry::load(Some(nothing.path()), any_scope).unwrap(), Registry::built_in().unwrap());
    let nowhere = Registry::load(Some(&nothing.path().join("nowhere")), any_scope).unwrap_err();
    assert!(nowhere[0].message.starts_with("cannot be read"), "{nowhere:?}");
}

#[test]
fn a_logo_of_five_megabytes_or_with_a_script_is_refused() {
    let folder = folder(&["bella", "zeta"]);
    let drawing = fs::read_to_string(folder.path().join("bella/logo.svg")).unwrap();
    let large = drawing.replace("</svg>", &format!("{}</svg>", " ".repeat(5 * 1024 * 1024)));
    fs::write(folder.path().join("bella/logo.svg"), large).unwrap();
    edit(folder.path().join("zeta/logo.svg"), "</svg>", "<script>alert(1)</script>\n</svg>");
    let faults = told(folder.path());
    assert_eq!(faults[0], "bella/logo.svg:1: is larger than 32 KiB: simplify the drawing");
    assert!(faults[1].starts_with("zeta/logo.svg:") && faults[1].contains("`script` has no place"), "{faults:?}");
    assert_eq!(faults.len(), 2);

    // One byte too many is as refused as five megabytes.
    let padded = |length: usize| drawing.replace("</svg>", &format!("{}</svg>", " ".repeat(length - drawing.len())));
    fs::write(folder.path().join("bella/logo.svg"), padded(logo::LARGEST)).unwrap();
    assert_eq!(told(folder.path()).len(), 1);
    fs::write(folder.path().join("bella/logo.svg"), padded(logo::LARGEST + 1)).unwrap();
    assert_eq!(told(folder.path()).len(), 2);
}

#[test]
fn several_faults_of_several_files_are_told_at_once() {
    let folder = folder(&["bella"]);
    let place = folder.path().join("bella");
    edit(place.join("profile.toml"), "brand = \"#c2410c\"", "brand = \"orange\"\ncolour = \"#c2410c\"");
    edit(place.join("profile.toml"), "id = \"caisse\"", "id = \"api\"\nlogo = \"till.svg\"");
    edit(place.join("profile.toml"), "\ndevice_id = ", "\nlogo = \"other.svg\"\ndevice_id = ");
    fs::write(place.join("till.svg"), "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").unwrap();
    fs::write(place.join("setup.en.md"), "# A\n\u{202e}b\n").unwrap();
    fs::remove_file(place.join("setup.fr.md")).unwrap();
    let faults = told(folder.path());
    let starts = [
        "bella/profile.toml:3: brand: a colour is written `#rrggbb`",
        "bella/profile.toml:4: colour: unknown key; known here: `brand`",
        "bella/profile.toml:67: tills[0].id: `api` is taken",
        "bella/profile.toml:77: tills[1].logo: there is no file `other.svg`",
        "bella/setup.en.md:2: holds a control character",
        "bella/setup.fr.md:1: is missing, and setup.en.md is there",
        "bella/till.svg:1: `onload` is an event attribute",
    ];
    assert_eq!(faults.len(), starts.len(), "{faults:#?}");
    for (fault, start) in faults.iter().zip(starts) {
        assert!(fault.starts_with(start), "{fault}\nis not\n{start}");
    }
}

#[test]
fn a_scope_is_checked_where_it_stands() {
    let folder = folder(&["bella"]);
    let refuses = |scope: &str| if scope.starts_with("account") { Err("not an account".to_owned()) } else { Ok(()) };
    let faults = Registry::only(folder.path(), refuses).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].key.as_str(), faults[0].message.as_str()), ("tills[1].scope", "not an account"));
}

#[test]
fn a_file_that_is_no_text_or_endless_is_refused() {
    let folder = folder(&["bella"]);
    fs::write(folder.path().join("bella/profile.toml"), b"name = \"\xff\"").unwrap();
    fs::write(folder.path().join("bella/setup.fr.md"), "a".repeat(70 * 1024)).unwrap();
    fs::write(folder.path().join("bella/setup.en.md"), "a\n".repeat(9 * 1024)).unwrap();
    let faults = told(folder.path());
    assert!(faults.contains(&"bella/profile.toml:1: is not UTF-8".to_owned()), "{faults:?}");
    assert!(faults.contains(&"bella/setup.fr.md:1: is larger than 64 KiB".to_owned()), "{faults:?}");
    assert!(faults.contains(&"bella/setup.en.md:1: is longer than 16 KiB".to_owned()), "{faults:?}");
}
