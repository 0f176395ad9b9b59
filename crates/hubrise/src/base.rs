//! Where HubRise's two servers live.
//!
//! Owns what a configured base URL must satisfy, and the joining of paths to it. Does not own the paths.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// Where one of HubRise's two servers lives, such as `https://api.hubrise.com/v1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(Url);

/// Why a URL cannot be a base.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseError {
    /// No absolute URL.
    #[error("not a url: {0}")]
    Url(#[from] url::ParseError),
    /// Neither `http` nor `https`.
    #[error("the scheme must be `https`, or `http` for a sandbox")]
    Scheme,
    /// A user name, password, query or fragment.
    #[error("a base has no user name, password, query or fragment")]
    Extra,
}

impl Base {
    /// The URL of a path below the base. `path` begins with `/` and holds nothing unchecked from outside.
    pub(crate) fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        url
    }
}

impl TryFrom<Url> for Base {
    type Error = BaseError;

    fn try_from(url: Url) -> Result<Self, BaseError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BaseError::Scheme);
        }
        let credentials = !url.username().is_empty() || url.password().is_some();
        if credentials || url.query().is_some() || url.fragment().is_some() {
            return Err(BaseError::Extra);
        }
        Ok(Self(url))
    }
}

impl FromStr for Base {
    type Err = BaseError;

    fn from_str(text: &str) -> Result<Self, BaseError> {
        Url::parse(text)?.try_into()
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn joins_paths_whether_or_not_the_base_ends_in_a_slash() {
        for (base, expected) in [
            ("https://api.hubrise.com/v1", "https://api.hubrise.com/v1/location"),
            ("https://api.hubrise.com/v1/", "https://api.hubrise.com/v1/location"),
            ("http://127.0.0.1:8081", "http://127.0.0.1:8081/location"),
        ] {
            assert_eq!(base.parse::<Base>().unwrap().at("/location").as_str(), expected);
        }
    }

    #[test]
    fn refuses_what_is_no_base() {
        for (text, error) in [
            ("ftp://api.hubrise.com/v1", BaseError::Scheme),
            ("mailto:a@b.c", BaseError::Scheme),
            ("https://user@api.hubrise.com", BaseError::Extra),
            ("https://:pass@api.hubrise.com", BaseError::Extra),
            ("https://api.hubrise.com?a=b", BaseError::Extra),
            ("https://api.hubrise.com#a", BaseError::Extra),
            ("/v1", BaseError::Url(url::ParseError::RelativeUrlWithoutBase)),
        ] {
            assert_eq!(text.parse::<Base>(), Err(error), "{text}");
        }
    }
}
