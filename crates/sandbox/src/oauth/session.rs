//! Who sits in front of the browser (a session), and what they were asked (a transaction). A transaction can only be
//! answered from the session it was opened in: that, and its unguessable id, is what makes the consent form safe.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};

use super::scope::Scope;
use crate::{
    cookies,
    lang::Lang,
    params::Params,
    random,
    state::{State, directory::User},
};

/// Name of the sign-in cookie.
const COOKIE: &str = "sandbox_hubrise_session";
/// Sessions and transactions kept at most; the oldest go first.
const MAX_KEPT: usize = 2_000;
/// How long a consent page may stay open, in minutes.
const TRANSACTION_LIFE: SignedDuration = SignedDuration::from_mins(60);
/// A year, in seconds: how long a language choice is remembered.
const YEAR: u32 = 31_536_000;

/// A browser, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) user_id: Option<String>,
}

/// Where the answer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Redirect {
    To(String),
    /// `urn:ietf:wg:oauth:2.0:oob`: the code is shown for copy and paste.
    OutOfBand,
}

/// What the sign-up forms start with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prefill {
    pub(crate) country: String,
    pub(crate) account_name: String,
    pub(crate) location_name: String,
}

/// One request for authorisation, from arrival to answer.
#[derive(Debug, Clone)]
pub(crate) struct Transaction {
    pub(crate) id: String,
    session_id: String,
    opened_at: Timestamp,
    pub(crate) client_id: String,
    pub(crate) redirect: Redirect,
    pub(crate) state: Option<String>,
    pub(crate) scope: Scope,
    pub(crate) device_id: Option<String>,
    pub(crate) app_instance_id: Option<String>,
    pub(crate) prefill: Prefill,
}

impl Transaction {
    /// The path of its page.
    pub(crate) fn path(&self) -> String {
        format!("/oauth2/v1/authorize/{}", self.id)
    }
}

/// A request for authorisation, understood but not yet opened.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) client_id: String,
    pub(crate) redirect: Redirect,
    pub(crate) state: Option<String>,
    pub(crate) scope: Scope,
    pub(crate) device_id: Option<String>,
    pub(crate) app_instance_id: Option<String>,
    pub(crate) prefill: Prefill,
}

impl State {
    /// The session a request belongs to.
    pub(crate) fn session_of(&self, headers: &HeaderMap) -> Option<&Session> {
        let id = cookies::get(headers, COOKIE)?;
        self.sessions.iter().find(|session| random::same_secret(&session.id, &id))
    }

    /// The user signed in, if any.
    pub(crate) fn user_of(&self, headers: &HeaderMap) -> Option<&User> {
        self.directory.user(self.session_of(headers)?.user_id.as_deref()?)
    }

    /// The request's session, or a new one.
    pub(crate) fn session_or_new(&mut self, headers: &HeaderMap) -> Session {
        if let Some(session) = self.session_of(headers) {
            return session.clone();
        }
        self.new_session(None)
    }

    fn new_session(&mut self, user_id: Option<String>) -> Session {
        if self.sessions.len() >= MAX_KEPT {
            self.sessions.remove(0);
        }
        let session = Session { id: random::secret(16), user_id };
        self.sessions.push(session.clone());
        session
    }

    /// Signs a user in (or, with `None`, out): the session gets a new id and keeps its open transactions.
    pub(crate) fn change_user(&mut self, headers: &HeaderMap, user_id: Option<String>) -> Session {
        let old = self.session_of(headers).map(|session| session.id.clone());
        let session = self.new_session(user_id);
        if let Some(old) = old {
            self.sessions.retain(|known| known.id != old);
            for transaction in self.transactions.iter_mut().filter(|known| known.session_id == old) {
                transaction.session_id.clone_from(&session.id);
            }
        }
        session
    }

    /// Opens a transaction for a session.
    pub(crate) fn open_transaction(&mut self, session: &Session, asked: Asked) -> Transaction {
        if self.transactions.len() >= MAX_KEPT {
            self.transactions.remove(0);
        }
        let transaction = Transaction {
            id: random::secret(16),
            session_id: session.id.clone(),
            opened_at: self.clock.now(),
            client_id: asked.client_id,
            redirect: asked.redirect,
            state: asked.state,
            scope: asked.scope,
            device_id: asked.device_id,
            app_instance_id: asked.app_instance_id,
            prefill: asked.prefill,
        };
        self.transactions.push(transaction.clone());
        transaction
    }

    /// An open transaction of the request's own session.
    pub(crate) fn transaction_of(&self, headers: &HeaderMap, id: &str) -> Option<Transaction> {
        let session = self.session_of(headers)?;
        let known = self.transactions.iter().find(|known| known.id == id && known.session_id == session.id)?;
        let open = self.clock.now().duration_since(known.opened_at) < TRANSACTION_LIFE;
        open.then(|| known.clone())
    }

    /// Closes a transaction: its page can be answered once.
    pub(crate) fn close_transaction(&mut self, id: &str) {
        self.transactions.retain(|known| known.id != id);
    }
}

/// Hands the session's cookie to the browser.
pub(crate) fn with_session(mut response: Response, session: &Session) -> Response {
    if let Some(cookie) = cookies::set(COOKIE, &session.id, None) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// When a page was asked for with `?lang=`: the same page without it, and a cookie that remembers the choice.
pub(crate) fn language_chosen(path: &str, query: &Params) -> Option<Response> {
    let lang = query.get("lang").and_then(Lang::from_tag)?;
    let mut rest = url::form_urlencoded::Serializer::new(String::new());
    rest.extend_pairs(query.iter().filter(|(name, _)| *name != "lang"));
    let rest = rest.finish();
    let mut response =
        crate::html::see_other(&if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") });
    let cookie: Option<HeaderValue> = cookies::set(crate::lang::COOKIE, lang.tag(), Some(YEAR));
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Some(response)
}
