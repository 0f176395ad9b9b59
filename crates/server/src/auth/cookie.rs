//! The session's cookie: its name, its attributes, how it is read.

use http::HeaderMap;
use http::header::COOKIE;

/// The cookie's value: 128 random bits; only its fingerprint is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionCookie(String);

impl std::fmt::Debug for SessionCookie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionCookie(********)")
    }
}

/// `__Host-passerelle` over https; the prefix demands `Secure`, so loopback http has the plain name.
#[must_use]
pub const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-passerelle" } else { "passerelle" }
}

impl SessionCookie {
    /// Takes a freshly made token.
    #[must_use]
    pub const fn new(token: String) -> Self {
        Self(token)
    }

    /// The secret itself, to hash it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The session cookie among those a browser sent. Sent twice, neither is believed: somebody on a
    /// sibling host may have planted one.
    #[must_use]
    pub fn read(headers: &HeaderMap, secure: bool) -> Option<Self> {
        let name = cookie_name(secure);
        let mut values = headers
            .get_all(COOKIE)
            .into_iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value);
        let value = values.next()?;
        let alone = values.next().is_none();
        let shaped =
            value.len() == 22 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        (alone && shaped).then(|| Self(value.to_owned()))
    }

    /// The `Set-Cookie` line; `max_age` in seconds.
    #[must_use]
    pub fn set(&self, secure: bool, max_age: i64) -> String {
        let name = cookie_name(secure);
        let secure = if secure { "; Secure" } else { "" };
        format!("{name}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}", self.0)
    }

    /// The `Set-Cookie` line that has the browser forget its session.
    #[must_use]
    pub fn forget(secure: bool) -> String {
        Self(String::new()).set(secure, 0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    const VALUE: &str = "AAAAAAAAAAAAAAAAAAAAAA";

    fn read(cookies: &[&str], secure: bool) -> Option<String> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, cookie.parse().unwrap());
        }
        SessionCookie::read(&headers, secure).map(|cookie| cookie.expose().to_owned())
    }

    #[test]
    fn reads_its_own_cookie_among_others() {
        assert_eq!(read(&[&format!("a=b; passerelle={VALUE}; c=d")], false).as_deref(), Some(VALUE));
        assert_eq!(read(&["a=b", &format!("__Host-passerelle={VALUE}")], true).as_deref(), Some(VALUE));
    }

    #[test]
    fn believes_no_cookie_of_another_name_shape_or_number() {
        assert_eq!(read(&[&format!("passerelle={VALUE}")], true), None);
        assert_eq!(read(&["passerelle=short"], false), None);
        assert_eq!(read(&["passerelle=AAAAAAAAAAAAAAAAAAAA%0"], false), None);
        assert_eq!(read(&[&format!("passerelle={VALUE}; passerelle={VALUE}")], false), None);
        assert_eq!(read(&[], false), None);
    }

    #[test]
    fn sets_every_attribute() {
        let cookie = SessionCookie::new(VALUE.to_owned());
        assert_eq!(
            cookie.set(true, 86_400),
            format!("__Host-passerelle={VALUE}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure")
        );
        assert_eq!(cookie.set(false, 60), format!("passerelle={VALUE}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"));
    }

    #[test]
    fn has_a_browser_forget_it() {
        assert_eq!(SessionCookie::forget(false), "passerelle=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        assert!(
            SessionCookie::forget(true).starts_with("__Host-passerelle=; ")
                && SessionCookie::forget(true).ends_with("; Secure")
        );
    }

    #[test]
    fn never_shows_its_value_in_debug_output() {
        assert!(!format!("{:?}", SessionCookie::new(VALUE.to_owned())).contains(VALUE));
    }
}
