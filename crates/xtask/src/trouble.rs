//! What a failed download or installation means, from what the program said, and the command that helps. Only words: no I/O.

/// Sentences for failures we recognise in a program's output; `None` for the rest, whose own words must do.
pub(crate) fn advice(output: &str) -> Option<String> {
    let told = output.to_lowercase();
    let any = |signs: &[&str]| signs.iter().any(|sign| told.contains(sign));
    if any(OFFLINE) {
        Some("The network or the package registry cannot be reached. Check the connection (and `HTTPS_PROXY` behind a proxy), then run the same command again: what is installed already is kept.".to_owned())
    } else if any(&["no space left on device", "enospc"]) {
        Some("The disk is full. `cargo clean` frees what this project built.".to_owned())
    } else if any(&["linker `cc` not found", "linker `clang` not found"]) {
        Some("There is no C compiler, which Rust needs for linking: `apt-get install build-essential` on Debian, `xcode-select --install` on macOS.".to_owned())
    } else if any(&["dpkg was interrupted", "could not get lock", "unable to acquire the dpkg"]) {
        Some(
            "Another installation holds Debian's package lock; wait for it or finish it with `dpkg --configure -a`."
                .to_owned(),
        )
    } else {
        None
    }
}

/// How cargo (curl, libgit2), npm (Node), rustup and apt say that nobody answers.
const OFFLINE: &[&str] = &[
    // cargo
    "could not resolve host",
    "couldn't resolve host",
    "failed to connect",
    "couldn't connect to server",
    "spurious network error",
    "network failure seems to have happened",
    "unable to update registry",
    "download of config.json failed",
    // npm
    "enotfound",
    "eai_again",
    "econnrefused",
    "econnreset",
    "etimedout",
    "enetunreach",
    // rustup
    "could not download file",
    "error sending request",
    // apt
    "temporary failure resolving",
    "unable to fetch some archives",
    "could not connect to",
];

/// What to say when Node is missing.
pub(crate) const NO_NODE: &str = "Node.js with npm is needed (version 20 or later), for wasm-opt and the browser tests: \
    `apt-get install nodejs npm` on Debian, `brew install node` on macOS, or https://nodejs.org/";

/// What to say when the wasm target is missing and there is no rustup to add it.
pub(crate) const NO_WASM_TARGET: &str = "The Rust target wasm32-unknown-unknown is missing and there is no rustup to add it: \
    install Rust from https://rustup.rs/, or your distribution's package for that target";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_that_the_network_is_away() {
        let told = [
            "warning: spurious network error (3 tries remaining): [6] Could not resolve hostname (Could not resolve host: index.crates.io)",
            "npm error code ENOTFOUND\nnpm error network request to https://registry.npmjs.org/binaryen failed",
            "error: could not download file from 'https://static.rust-lang.org/…'",
            "E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?",
        ];
        for output in told {
            assert!(advice(output).is_some_and(|advice| advice.starts_with("The network")), "{output}");
        }
    }

    #[test]
    fn recognises_a_full_disk_and_a_missing_linker() {
        assert!(advice("error: No space left on device (os error 28)").is_some_and(|advice| advice.contains("full")));
        assert!(advice("error: linker `cc` not found").is_some_and(|advice| advice.contains("build-essential")));
    }

    #[test]
    fn stays_silent_about_what_it_does_not_know() {
        assert_eq!(advice("error[E0308]: mismatched types"), None);
    }
}
