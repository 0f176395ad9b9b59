//! Percent-encoding and query strings, small and tested: what `URLSearchParams` does, without a browser.

/// Decodes `%XX`; what cannot be decoded stays as it is, bytes that are no UTF-8 become U+FFFD.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1).and_then(hex).zip(bytes.get(at + 2).and_then(hex));
        match (byte, pair) {
            (b'%', Some((high, low))) => {
                out.push(high * 16 + low);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Encodes everything but RFC 3986's unreserved characters.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    out
}

/// The first value of `name` in a query string, with or without its `?`; an empty value counts as none.
pub fn value(search: &str, name: &str) -> Option<String> {
    search
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| decode(&key.replace('+', " ")) == name)
        .map(|(_, value)| decode(&value.replace('+', " ")))
        .filter(|value| !value.is_empty())
}

/// A way back, if it is a path of this console: as the server checks it, since it is the server that keeps it.
pub fn own_path(url: &str) -> Option<&str> {
    let inside = url.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']));
    (inside && url.len() <= 512 && !url.contains(char::is_control)).then_some(url)
}

/// A path without its query.
pub fn path_of(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// RFC 3986 wants upper case.
const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// The value of one hexadecimal digit.
fn hex(digit: &u8) -> Option<u8> {
    char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_it_can_and_keeps_the_rest() {
        assert_eq!(decode("caf%C3%A9"), "café");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%4"), "%zz%4");
        assert_eq!(decode("%ff"), "\u{fffd}");
    }

    #[test]
    fn encoding_comes_back() {
        for text in ["pos-helper", "é è", "a/b?c&d=e#f", "%41", "🍕"] {
            assert_eq!(decode(&encode(text)), text);
        }
    }

    #[test]
    fn finds_a_value_as_the_browser_would() {
        assert_eq!(value("?code=a%2Bb&state=x+y", "code").as_deref(), Some("a+b"));
        assert_eq!(value("?code=a%2Bb&state=x+y", "state").as_deref(), Some("x y"));
        assert_eq!(value("state=1&state=2", "state").as_deref(), Some("1"));
        assert_eq!(value("?code=&state", "code"), None);
        assert_eq!(value("?code=&state", "state"), None);
        assert_eq!(value("", "state"), None);
    }

    #[test]
    fn only_a_path_of_this_console_is_a_way_back() {
        for path in ["/", "/pos-helper/caisse", "/v/hubrise/open?app_instance_id=a%2Fb", "/v?next=https://a.example"] {
            assert_eq!(own_path(path), Some(path));
        }
        let long = format!("/{}", "a".repeat(512));
        for path in [
            "",
            "caisse",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\nb",
            "/\t/evil.example",
            &long,
        ] {
            assert_eq!(own_path(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_path_ends_where_its_query_begins() {
        assert_eq!(path_of("/v/t?a=/b#c"), "/v/t");
        assert_eq!(path_of("/v/t"), "/v/t");
    }
}
