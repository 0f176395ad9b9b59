//! Programs that come with the system: Chromium and PostgreSQL. Installed by apt when we are root on Debian or its kin;
//! otherwise the user is told how.

use std::path::{Path, PathBuf};
use std::sync::Once;

use anyhow::bail;

use crate::process;

/// Chromium, or a browser built from it.
pub(crate) fn ensure_chromium() -> anyhow::Result<PathBuf> {
    if let Some(browser) = find_chromium() {
        return Ok(browser);
    }
    // A page needs a font to be measured with; without recommended packages, Chromium brings none.
    apt("Chromium", &["chromium", "fonts-dejavu-core"], "brew install --cask chromium")?;
    find_chromium().ok_or_else(|| {
        anyhow::anyhow!("Chromium is not where it was expected; set `PASSERELLE_CHROMIUM` to its program")
    })
}

/// Firefox, for the walks that are made in it too. Where it cannot be had they are skipped, and say so.
pub(crate) fn firefox() -> Option<PathBuf> {
    let find = || {
        let named = std::env::var_os("PASSERELLE_FIREFOX").map(PathBuf::from);
        named.or_else(|| ["firefox-esr", "firefox"].iter().find_map(|name| process::on_path(name)))
    };
    find().or_else(|| match apt("Firefox", &["firefox-esr"], "brew install --cask firefox") {
        Ok(()) => find(),
        Err(why) => {
            println!("  The walks in Firefox are skipped: {why:#}");
            None
        }
    })
}

fn find_chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PASSERELLE_CHROMIUM") {
        return Some(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    let on_mac = ["Chromium", "Google Chrome"]
        .map(|name| PathBuf::from(format!("/Applications/{name}.app/Contents/MacOS/{name}")));
    names
        .iter()
        .find_map(|name| process::on_path(name))
        .or_else(|| on_mac.into_iter().find(|program| program.is_file()))
}

/// The folder of PostgreSQL's programs (`initdb`, `postgres`).
pub(crate) fn ensure_postgres() -> anyhow::Result<PathBuf> {
    if let Some(bin) = find_postgres() {
        return Ok(bin);
    }
    apt("PostgreSQL", &["postgresql"], "brew install postgresql@17")?;
    find_postgres()
        .ok_or_else(|| anyhow::anyhow!("PostgreSQL's `initdb` is not where it was expected; put its folder on `PATH`"))
}

fn find_postgres() -> Option<PathBuf> {
    if let Some(initdb) = process::on_path("initdb") {
        return initdb.parent().map(Path::to_owned);
    }
    // Debian keeps each major version's programs in a folder of its own, off `PATH`.
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    newest(
        versions.flatten().map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").is_file()).collect(),
    )
}

/// The folder of the highest version; `15` comes before `9.6` here, unlike in the alphabet.
fn newest(mut folders: Vec<PathBuf>) -> Option<PathBuf> {
    let version = |bin: &Path| -> u32 {
        let name = bin.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        name.split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0)
    };
    folders.sort_by_key(|bin| version(bin));
    folders.pop()
}

/// Whether we may install packages and act as other users.
pub(crate) fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

fn apt(what: &str, packages: &[&str], on_mac: &str) -> anyhow::Result<()> {
    let by_hand = format!("apt-get install {}", packages.join(" "));
    if cfg!(target_os = "macos") {
        bail!("{what} is needed for the tests: `{on_mac}`");
    }
    if process::on_path("apt-get").is_none() {
        bail!("{what} is needed for the tests: install it with your system's packages (on Debian: `{by_hand}`)");
    }
    if !is_root() {
        bail!("{what} is needed for the tests: `sudo {by_hand}`");
    }
    static UPDATED: Once = Once::new();
    let mut update = Ok(());
    UPDATED.call_once(|| update = process::quietly("Reading Debian's package lists", apt_get().arg("update")));
    update?;
    process::quietly(
        &format!("Installing {what} from Debian (usually a minute)"),
        apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages),
    )
}

fn apt_get() -> std::process::Command {
    let mut command = process::command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_newest_postgres() {
        let folders = ["9.6", "17", "15"].map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
        assert_eq!(newest(folders.into()), Some("/usr/lib/postgresql/17/bin".into()));
        assert_eq!(newest(Vec::new()), None);
    }
}
