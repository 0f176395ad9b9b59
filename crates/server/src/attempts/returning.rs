//! Where a run of OAuth leads back to: a page of this console, and nothing else whatever is asked for.

/// Longest path taken, in bytes.
const LONGEST: usize = 512;

/// The path asked for when it is one of this console's, else the vendor's page.
///
/// A path starts with exactly one `/`: browsers read `//host` and `/\host` as another host, and drop tabs and line
/// feeds wherever they stand, so that `/<tab>/host` is one too. The same is refused written as `%2f`, `%5c` or `%09`,
/// should anything on the way decode it.
pub(crate) fn return_to(asked: Option<&str>, vendor: &str) -> String {
    asked.filter(|path| is_ours(path)).map_or_else(|| format!("/{vendor}"), str::to_owned)
}

fn is_ours(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    let decoded = percent_encoding::percent_decode_str(rest).decode_utf8_lossy();
    let plain = |text: &str| !text.starts_with(['/', '\\']) && !text.chars().any(char::is_control) && !climbs(text);
    path.len() <= LONGEST && plain(rest) && plain(&decoded)
}

/// Whether the path, without query and fragment, has a segment `.` or `..`: resolved, `/..//host` begins with `//`.
fn climbs(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    path.split(['/', '\\']).any(|segment| matches!(segment, "." | ".."))
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn leads_to_pages_of_this_console() {
        let longest = format!("/{}", "a".repeat(LONGEST - 1));
        for path in [
            "/",
            "/pos-helper",
            "/pos-helper/caisse",
            "/pos-helper/caisse?tab=history#audit",
            "/carre-pos/desk?q=caf%C3%A9%20d%27ici",
            "/a//b",
            "/a\\b",
            "/a?next=//b",
            "/caf\u{e9}",
            &longest,
        ] {
            assert_eq!(return_to(Some(path), "pos-helper"), path);
        }
    }

    #[test]
    fn leads_nowhere_else() {
        let too_long = format!("/{}", "a".repeat(LONGEST));
        for path in [
            "",
            "evil.example",
            "pos-helper",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r\n/evil.example",
            "\t//evil.example",
            " //evil.example",
            "/%0d",
            "/%0d%0aSet-Cookie:x=y",
            "/%2f/evil.example",
            "/%2Fevil.example",
            "/%5cevil.example",
            "/%09/evil.example",
            "/..//evil.example",
            "/.//evil.example",
            "/pos-helper/../..//evil.example",
            "/%2e%2e//evil.example",
            "/.\\evil.example",
            "/a\u{0}b",
            "/a%00b",
            "/a\u{7f}",
            "/\u{85}/evil.example",
            "https://evil.example",
            "https:/evil.example",
            "https:evil.example",
            "http://127.0.0.1",
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "@evil.example",
            "?//evil.example",
            "#//evil.example",
            &too_long,
        ] {
            assert_eq!(return_to(Some(path), "pos-helper"), "/pos-helper", "{path:?}");
        }
        assert_eq!(return_to(None, "pos-helper"), "/pos-helper");
    }

    #[test]
    fn what_is_let_through_stays_on_this_origin_for_a_browser() {
        let ours = url::Url::parse("https://console.example/oauth/callback").expect("a URL");
        for path in ["/", "/a//b", "/a\\b", "/pos-helper/caisse?x=//y", "/..a//evil.example", "/pos-helper?../..//x"] {
            assert_eq!(return_to(Some(path), "pos-helper"), path);
            let led = ours.join(path).expect("a URL");
            assert_eq!(led.host_str(), Some("console.example"), "{path}");
            assert!(!led.path().starts_with("//"), "{path}");
        }
    }
}
