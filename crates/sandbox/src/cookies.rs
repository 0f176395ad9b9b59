//! Reading and writing the sandbox's few cookies. No third-party cookie ever, nothing readable by scripts.

use http::{HeaderMap, HeaderValue, header};

/// The value of a cookie, if the request carries it.
pub(crate) fn get(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// A `Set-Cookie` value for the whole sandbox. `max_age` in seconds; `None` ends with the browser.
///
/// The values are the sandbox's own (hexadecimal or a language tag), so they need no quoting.
pub(crate) fn set(name: &str, value: &str, max_age: Option<u32>) -> Option<HeaderValue> {
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}")).ok()
}
