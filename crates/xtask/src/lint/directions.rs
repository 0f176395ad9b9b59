//! Which crate of ours may use which, as ARCHITECTURE.md draws it, checked against what cargo knows.

use anyhow::Context;
use serde_json::Value;

use crate::process;

/// The crates of ours that a crate's code may use. A crate that is not listed fails the check: a new one must say.
const ALLOWED: &[(&str, &[&str])] = &[
    ("app", &["wire"]),
    ("wire", &[]),
    ("vendors", &[]),
    ("hubrise", &[]),
    ("store", &[]),
    ("pixelpoint", &[]),
    ("bridge", &["hubrise", "pixelpoint"]),
    ("server", &["wire", "vendors", "hubrise", "pixelpoint", "bridge", "store"]),
    ("sandbox", &[]),
    ("xtask", &[]),
    // Stands in for a crate of that name, so it has no prefix of ours.
    ("wasm-streams", &[]),
];

/// What only tests may use besides: the sandbox shares no code with what it stands in for, but tests run against it.
const ALLOWED_IN_TESTS: &[(&str, &[&str])] = &[("server", &["sandbox"])];

/// What a crate's code may use of others' crates unless a feature asks for more, where that is a promise: `wire` compiles for
/// wasm with serde alone.
const ONLY: &[(&str, &[&str])] = &[("wire", &["serde"])];

/// The dependencies that break a rule.
pub(crate) fn check() -> anyhow::Result<Vec<String>> {
    let metadata = process::captured(process::cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    faults(&serde_json::from_str(&metadata).context("cannot read cargo's metadata")?)
}

fn faults(metadata: &Value) -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().context("cargo's metadata has no packages")? {
        let full_name = package["name"].as_str().unwrap_or_default();
        let name = ours(full_name).unwrap_or(full_name);
        let Some(allowed) = listed(ALLOWED, name) else {
            faults.push(format!("`{full_name}` is new: say in crates/xtask/src/lint/directions.rs what it may use"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let used = dependency["name"].as_str().unwrap_or_default();
            let in_tests = dependency["kind"] == "dev";
            if let Some(used) = ours(used) {
                let in_tests_too = in_tests && listed(ALLOWED_IN_TESTS, name).is_some_and(|also| also.contains(&used));
                if used != name && !allowed.contains(&used) && !in_tests_too {
                    faults.push(format!("`{name}` must not use `{used}`"));
                }
            } else if !in_tests
                && dependency["optional"] != true
                && listed(ONLY, name).is_some_and(|only| !only.contains(&used))
            {
                faults.push(format!("`{name}` must not use `{used}`, nor any crate but those listed in `ONLY`"));
            }
        }
    }
    Ok(faults)
}

fn listed<'a>(table: &[(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(listed, _)| *listed == name).map(|(_, names)| *names)
}

fn ours(package: &str) -> Option<&str> {
    package.strip_prefix("passerelle-")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use serde_json::json;

    use super::*;

    fn check_one(package: &str, dependencies: &[(&str, Option<&str>)]) -> Vec<String> {
        let dependencies: Vec<_> =
            dependencies.iter().map(|(name, kind)| json!({ "name": name, "kind": kind })).collect();
        faults(&json!({ "packages": [{ "name": package, "dependencies": dependencies }] })).unwrap()
    }

    #[test]
    fn the_server_may_use_the_sandbox_in_tests_only() {
        assert_eq!(
            check_one("passerelle-server", &[("passerelle-sandbox", Some("dev")), ("passerelle-wire", None)]),
            [""; 0]
        );
        assert_eq!(
            check_one("passerelle-server", &[("passerelle-sandbox", None)]),
            ["`server` must not use `sandbox`"]
        );
    }

    #[test]
    fn the_sandbox_uses_nothing_of_ours_even_in_tests() {
        assert_eq!(
            check_one("passerelle-sandbox", &[("passerelle-hubrise", Some("dev"))]),
            ["`sandbox` must not use `hubrise`"]
        );
    }

    #[test]
    fn wire_uses_serde_alone_outside_tests() {
        assert_eq!(check_one("passerelle-wire", &[("serde", None), ("serde_json", Some("dev"))]), [""; 0]);
        assert_eq!(check_one("passerelle-wire", &[("jiff", None)]).len(), 1);
        let by_feature = json!({ "packages": [{ "name": "passerelle-wire", "dependencies": [{ "name": "utoipa", "optional": true }] }] });
        assert_eq!(faults(&by_feature).unwrap(), [""; 0]);
    }

    #[test]
    fn a_new_crate_must_say_what_it_may_use() {
        assert!(check_one("passerelle-novel", &[])[0].contains("is new"));
    }
}
