//! The HTTP client as it is built: rustls with ring, no redirect, no retry, no connection used twice.

use std::time::Duration;

/// Sent with every call.
const USER_AGENT: &str = concat!("Passerelle/", env!("CARGO_PKG_VERSION"));

/// # Errors
/// In English, why there is no TLS on this machine.
pub(super) fn client(connect: Duration, answer: Duration) -> Result<reqwest::Client, String> {
    // An error means that a provider is installed already, which is all we want.
    let _already = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .tls_backend_rustls()
        .http1_only()
        .user_agent(USER_AGENT)
        .connect_timeout(connect)
        .timeout(connect + answer)
        // A connection kept may have been given up by the other side: whether bytes left on it could not be told.
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .build()
        .map_err(|error| super::call::chain(&error))
}

/// The `user-agent` line of a tape.
pub(super) const fn user_agent() -> &'static str {
    USER_AGENT
}
