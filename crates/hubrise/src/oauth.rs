//! HubRise's OAuth server: where to send the user, and what to do with what comes back.
//!
//! Owns the authorize URL, the exchange of a code and the revocation of a token. Does not own the `state`: whoever
//! began the attempt makes it up and checks it.

use url::Url;

use crate::base::Base;
use crate::http::Http;
use crate::model::TokenAnswer;
use crate::verdict::Asked;
use crate::{AccessToken, AuthorizationCode, ClientSecret, Error, Scope};

/// HubRise's OAuth server (`https://manager.hubrise.com/oauth2/v1`).
#[derive(Clone, Debug)]
pub struct OAuth {
    http: Http,
    base: Base,
}

/// Who we are to HubRise: a vendor's registered client.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Public; it stands in the authorize URL.
    pub client_id: String,
    /// Never leaves the server.
    pub client_secret: ClientSecret,
}

/// What the authorize page is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Authorize<'a> {
    /// The vendor's client.
    pub client_id: &'a str,
    /// Where HubRise sends the user back to; must be registered with the client.
    pub redirect_uri: &'a str,
    /// What is asked for.
    pub scope: &'a Scope,
    /// Given back unchanged. Optional for HubRise, mandatory for us.
    pub state: &'a str,
    /// Letters, digits and `_-()[]{}.`: forces a token of its own for a second till at one location.
    pub device_id: Option<&'a str>,
    /// Two letters; prefills the sign-up form.
    pub country: Option<&'a str>,
    /// Prefills the sign-up form.
    pub account_name: Option<&'a str>,
    /// Prefills the sign-up form.
    pub location_name: Option<&'a str>,
    /// Authorises a user for an installation that exists.
    pub app_instance_id: Option<&'a str>,
}

impl OAuth {
    /// The OAuth server at `base`.
    pub fn new(http: Http, base: Base) -> Self {
        Self { http, base }
    }

    /// The page to send the user to. It holds the `state`: hand it to that user's browser alone, and log it nowhere.
    pub fn authorize_url(&self, ask: &Authorize<'_>) -> Url {
        let mut url = self.base.at("/authorize");
        let scope = ask.scope.to_string();
        url.query_pairs_mut()
            .append_pair("redirect_uri", ask.redirect_uri)
            .append_pair("client_id", ask.client_id)
            .append_pair("scope", &scope)
            .append_pair("state", ask.state)
            .extend_pairs(
                [
                    ("device_id", ask.device_id),
                    ("country", ask.country),
                    ("account_name", ask.account_name),
                    ("location_name", ask.location_name),
                    ("app_instance_id", ask.app_instance_id),
                ]
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
            );
        url
    }

    /// Exchanges a code for a token: `POST /token`, Basic, form body. A code works once and lives 10 minutes, so
    /// this is never tried again by itself.
    ///
    /// # Errors
    /// [`Error::CodeRejected`], [`Error::ClientRejected`], or any failure of the call. After [`Error::Timeout`] the
    /// code may have been used up.
    pub async fn exchange(&self, client: &Credentials, code: &AuthorizationCode) -> Result<TokenAnswer, Error> {
        let url = self.base.at("/token");
        let request = self
            .http
            .request(reqwest::Method::POST, url)
            .basic_auth(&client.client_id, Some(client.client_secret.expose()))
            .form(&[("code", code.expose())]);
        let secrets = [code.expose(), client.client_secret.expose()];
        self.http
            .call("exchange_code", Asked::Token, request, &secrets, |_, body| {
                let answer: TokenAnswer = crate::client::json(body)?;
                // A token that is empty or that no header can carry would be found out only by the first call.
                let token = answer.access_token.expose();
                if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
                    return Err(Error::Nonsense { what: "the access token is empty or malformed".to_owned() });
                }
                Ok(answer)
            })
            .await
    }

    /// Revokes a token: `POST /revoke`, Basic, form body. Delete the callback before, and use the client that
    /// obtained the token.
    ///
    /// # Errors
    /// [`Error::ClientRejected`], or any failure of the call; whether the token still works is then unknown.
    pub async fn revoke(&self, client: &Credentials, token: &AccessToken) -> Result<(), Error> {
        let url = self.base.at("/revoke");
        let request = self
            .http
            .request(reqwest::Method::POST, url)
            .basic_auth(&client.client_id, Some(client.client_secret.expose()))
            .form(&[("token", token.expose())]);
        let secrets = [token.expose(), client.client_secret.expose()];
        self.http.call("revoke_token", Asked::Revoke, request, &secrets, |_, body| crate::client::nothing(body)).await
    }
}
