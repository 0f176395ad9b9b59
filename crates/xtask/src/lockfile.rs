//! Reads versions out of `Cargo.lock`. Only text: no I/O.

/// The version of a package in a `Cargo.lock`; `None` when it is not there, or there in several versions.
pub(crate) fn version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut versions = lock
        .split("[[package]]")
        .skip(1)
        .filter_map(|entry| (field(entry, "name")? == package).then(|| field(entry, "version")).flatten());
    let version = versions.next()?;
    versions.next().is_none().then_some(version)
}

/// The sources packages come from, other than crates.io and this workspace: there should be none.
pub(crate) fn foreign_sources(lock: &str) -> Vec<&str> {
    let mut sources: Vec<&str> = lock
        .split("[[package]]")
        .filter_map(|entry| field(entry, "source"))
        .filter(|source| *source != "registry+https://github.com/rust-lang/crates.io-index")
        .collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

fn field<'a>(entry: &'a str, name: &str) -> Option<&'a str> {
    entry.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = [
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.129"
source = "registry+https://example.org/index"

[[package]]
name = "syn"
version = "1.0.0"

[[package]]
name = "syn"
version = "2.0.0"
"#;

    #[test]
    fn finds_a_version_by_the_exact_name() {
        assert_eq!(version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version(LOCK, "bindgen"), None);
    }

    #[test]
    fn does_not_choose_between_two_versions() {
        assert_eq!(version(LOCK, "syn"), None);
    }

    #[test]
    fn finds_sources_other_than_crates_io() {
        assert_eq!(foreign_sources(LOCK), ["registry+https://example.org/index"]);
    }
}
