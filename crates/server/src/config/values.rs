//! What each kind of value may look like, and the sentence that says so when it does not.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use tracing_subscriber::{EnvFilter, filter::LevelFilter};
use url::{Host, Url};
use zeroize::Zeroizing;

use super::{DatabaseUrl, LogFormat, PublicUrl, Secret};

/// A value, or the sentence that says what is wrong with it.
pub(super) type Checked<T> = Result<T, String>;

pub(super) fn listen(text: &str) -> Checked<SocketAddr> {
    text.parse().map_err(|_why| format!("`{text}` is not an address with a port, such as `127.0.0.1:8080`"))
}

pub(super) fn public_url(text: &str) -> Checked<PublicUrl> {
    let url = absolute(text)?;
    if url.path() != "/" {
        return Err("must be scheme, host and port alone, without a path".to_owned());
    }
    let https = url.scheme() == "https";
    if !https && !is_loopback(&url) {
        return Err("must be https: http is for this machine alone (localhost, 127.x.x.x, [::1])".to_owned());
    }
    Ok(PublicUrl { origin: url.origin().ascii_serialization(), https })
}

/// An absolute http or https URL, returned without a trailing slash.
pub(super) fn base_url(text: &str) -> Checked<String> {
    absolute(text).map(|url| url.as_str().trim_end_matches('/').to_owned())
}

/// An absolute http or https URL that is called as it stands: a slash at its end stays.
pub(super) fn call_url(text: &str) -> Checked<String> {
    absolute(text).map(String::from)
}

fn absolute(text: &str) -> Checked<Url> {
    let url = Url::parse(text).map_err(|why| format!("`{text}` is not an absolute URL: {why}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("`{}` is not a scheme of the web: expected `https` or `http`", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not hold a user name or password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must not hold a query or a fragment".to_owned());
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

/// The driver and its place; an empty SQLite path stands for the file in the data folder.
pub(super) fn database_url(text: &str) -> Checked<DatabaseUrl> {
    if let Some(rest) = text.strip_prefix("sqlite:") {
        let path = rest.strip_prefix("//").unwrap_or(rest);
        if path.starts_with(":memory:") || path.contains('?') {
            return Err("a SQLite URL is `sqlite:` or `sqlite:/path/to/file.db`, without options".to_owned());
        }
        return Ok(DatabaseUrl::Sqlite(PathBuf::from(path)));
    }
    // The text may hold a password: it is not repeated in any of these sentences.
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") => Ok(DatabaseUrl::Postgres(Secret::new(text))),
        _ => Err("expected `sqlite:`, `sqlite:/path/to/file.db` or `postgres://…`".to_owned()),
    }
}

pub(super) fn path(text: &str) -> Checked<PathBuf> {
    if text.contains('\0') { Err("a path cannot hold a zero byte".to_owned()) } else { Ok(PathBuf::from(text)) }
}

/// A whole number from `least` to `most`.
pub(super) fn number(text: &str, least: u64, most: u64) -> Checked<u64> {
    match text.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(format!("`{text}` is not a whole number from {least} to {most}")),
    }
}

pub(super) fn log_level(text: &str) -> Checked<String> {
    let wrong = || format!("`{text}` is not error, warn, info, debug or trace, nor a filter such as `info,sqlx=warn`");
    // A bare word that is no level would pass for a module's name and silence the rest.
    let bare_words = text.split(',').filter(|part| !part.contains(['=', '[']));
    for word in bare_words {
        word.trim().parse::<LevelFilter>().map_err(|_why| wrong())?;
    }
    EnvFilter::try_new(text).map_err(|_why| wrong())?;
    Ok(text.to_owned())
}

pub(super) fn log_format(text: &str) -> Checked<LogFormat> {
    match text {
        "json" => Ok(LogFormat::Json),
        "text" => Ok(LogFormat::Text),
        _ => Err(format!("`{text}` is neither `json` nor `text`")),
    }
}

pub(super) fn client_id(text: &str) -> Checked<String> {
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("an OAuth client id holds no spaces".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn client_secret(text: &str) -> Checked<Secret> {
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("an OAuth client secret holds no spaces".to_owned());
    }
    Ok(Secret::new(text))
}

/// An identification key: what a person types, so no blanks around it, and not so short that five tries find it.
pub(super) fn till_key(text: &str) -> Checked<Secret> {
    if text.trim() != text || text.chars().any(char::is_control) {
        return Err("an identification key is one line without spaces around it".to_owned());
    }
    match text.chars().count() {
        6..=200 => Ok(Secret::new(text)),
        _ => Err("an identification key has 6 to 200 characters".to_owned()),
    }
}

/// A secret that signs tokens: as many bytes as the hash it feeds has (RFC 7518, section 3.2).
pub(super) fn embed_secret(text: &str) -> Checked<Secret> {
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("a shared secret holds no spaces".to_owned());
    }
    match text.len() {
        32..=512 => Ok(Secret::new(text)),
        _ => Err("a shared secret has 32 to 512 bytes, as `openssl rand -base64 48` makes".to_owned()),
    }
}

/// Origins as browsers write them, with commas between; none when empty.
pub(super) fn embed_origins(text: &str) -> Checked<Vec<String>> {
    let origins = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
    origins
        .map(|origin| match public_url(origin) {
            // What follows an origin in a policy would be read as more of the policy.
            Ok(url) if url.origin == origin => Ok(url.origin),
            Ok(url) => Err(format!("`{origin}` is written `{}`", url.origin)),
            Err(why) => Err(format!("`{origin}` {why}")),
        })
        .collect()
}

/// An encryption key: 32 bytes in base64 (RFC 4648, section 4), spaces around it ignored.
pub(super) fn encryption_key(text: &str) -> Checked<Zeroizing<[u8; 32]>> {
    let bytes = STANDARD.decode(text.trim()).map(Zeroizing::new).ok();
    let key = bytes.as_deref().and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
    key.map(Zeroizing::new).ok_or_else(|| "expected 32 bytes in base64, as `openssl rand -base64 32` makes".to_owned())
}

/// A vendor's slug: lower-case letters, digits and hyphens.
pub(super) fn is_slug(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
