//! The content security policy of the app's page: only our own files, and the inline pieces by their hash.
//!
//! Computed once from the page as built, so that a new build needs no list of hashes kept by hand.

mod page;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The policy for this page. Returning to HubRise is a navigation, which a policy does not concern.
#[must_use]
pub fn policy(html: &str) -> String {
    policy_within(html, &[])
}

/// The same for a page that pages of these origins may show inside theirs; nobody may when there are none.
#[must_use]
pub fn policy_within(html: &str, hosts: &[String]) -> String {
    let inline = |name: &str| {
        page::tags(html)
            .iter()
            .filter(|tag| tag.name == name && !tag.has("src"))
            .filter_map(|tag| tag.content)
            .map(|content| format!(" {}", source(content)))
            .collect::<Vec<_>>()
    };
    let (mut scripts, mut styles) = (inline("script"), inline("style"));
    for hashes in [&mut scripts, &mut styles] {
        hashes.sort();
        hashes.dedup();
    }
    let hosts = if hosts.is_empty() { "'none'".to_owned() } else { hosts.join(" ") };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'{}; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors {hosts}",
        scripts.concat(),
        styles.concat()
    )
}

/// An inline piece as a policy names it. Browsers hash what their parser saw, whose lines end in a line feed alone.
fn source(content: &str) -> String {
    let content = content.replace("\r\n", "\n").replace('\r', "\n");
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(content.as_bytes())))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// What a policy forbids without a word: event handlers, style attributes, and `javascript:` links.
    fn forbidden(html: &str) -> Vec<String> {
        let mut found = Vec::new();
        for tag in page::tags(html) {
            for (name, value) in &tag.attributes {
                let handler = name.starts_with("on");
                let script_link = value.trim_start().to_ascii_lowercase().starts_with("javascript:");
                if handler || name == "style" || script_link {
                    found.push(format!("<{} {name}=…>", tag.name));
                }
            }
            let ours = |(name, value): &(String, &str)| {
                !matches!(name.as_str(), "src" | "href") || !(value.contains("//") || value.starts_with("data:text"))
            };
            if matches!(tag.name.as_str(), "script" | "link" | "img") && !tag.attributes.iter().all(ours) {
                found.push(format!("<{}> from elsewhere", tag.name));
            }
        }
        found
    }

    #[test]
    fn names_every_inline_piece_by_its_hash() {
        // The hashes are openssl's: `printf %s "…" | openssl dgst -sha256 -binary | base64`.
        let html = "<style>a{}</style><script>alert('Hello, world.');</script>\
                    <script type=module>import '/a.js';</script><script src=/b.js></script>";
        assert_eq!(
            policy(html),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' \
             'sha256-M8ajfpHkGvlbqtd4RIdQzVRJs5w7ctcD/JlYug3OcYE=' \
             'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; style-src 'self' \
             'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
    }

    #[test]
    fn names_the_hosts_that_may_frame_a_page() {
        let hosts = ["https://office.example".to_owned(), "http://localhost:8083".to_owned()];
        let policy = policy_within("", &hosts);
        assert!(policy.ends_with("; frame-ancestors https://office.example http://localhost:8083"), "{policy}");
    }

    #[test]
    fn hashes_what_the_browser_sees_whatever_the_line_ends() {
        assert_eq!(source("a\r\nb\rc"), source("a\nb\nc"));
    }

    #[test]
    fn never_allows_whatever_is_inline() {
        let policy = policy("<script>1</script>");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    }

    #[test]
    fn finds_what_a_policy_forbids() {
        let html = "<body onload='x()'><p style=\"color:red\"><a href=' JavaScript:x()'><script src=https://a/b.js>";
        assert_eq!(forbidden(html), ["<body onload=…>", "<p style=…>", "<a href=…>", "<script> from elsewhere"]);
    }

    #[test]
    fn the_apps_page_needs_nothing_a_policy_forbids() {
        let html = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../index.html")).unwrap();
        let html = html.as_str();
        assert_eq!(forbidden(html), Vec::<String>::new());
        assert!(page::tags(html).iter().any(|tag| tag.name == "script"), "the page was read");
    }
}
