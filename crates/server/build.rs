//! Has the app embedded anew whenever it was built anew.
//!
//! Only a release holds the app: a debug build reads `dist/` when it starts, and need not be compiled again for it.

use std::{env, fs, path::PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PROFILE");
    if env::var("PROFILE").as_deref() != Ok("release") {
        return;
    }
    let dist = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../dist");
    // A path that is not there would count as changed at every build.
    if let Err(error) = fs::create_dir_all(&dist) {
        println!("cargo::warning=the app's folder `{}` cannot be created: {error}", dist.display());
    }
    println!("cargo::rerun-if-changed={}", dist.display());
}
