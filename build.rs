//! Turns `locales/` into compile-checked keys and `style/` into the scoped sheet.

#[path = "build/styles.rs"]
mod styles;

use std::{env, error::Error, fs, path::PathBuf};

// The two crates `leptos_i18n_build` is made of, without the Unicode data it would compile for formats we leave to the browser.
use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);

    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    for folder in styles::FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed={}", styles::SHEET);
    styles::write(&root)?;

    println!("cargo::rerun-if-changed=locales");
    let config = Config::new("en")?.add_locale("fr")?.parse_options(ParseOptions::new().interpolate_display(true));
    let words = parse_locales(None, config)?;
    for warning in words.diag.warnings().iter() {
        println!("cargo::warning={warning}");
    }
    for error in words.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    let code = gen_code(&words, None, false, None, true)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs"), code.to_string())?;
    Ok(())
}
