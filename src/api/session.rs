//! `/session`: fetched once, whoever asks first, and again when the server has forgotten it. Who is signed in comes with
//! it, and is told to whoever watches. `…/sessions`, too: where else a user is signed in.

use std::{cell::RefCell, rc::Rc};

use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};
use gloo_net::http::Method;
use passerelle_wire::{Session, SessionLine, SignedIn};

use super::{ApiError, call};
use crate::logic::query::encode;

type Asked = Shared<LocalBoxFuture<'static, Result<Rc<Session>, ApiError>>>;

/// Told who is signed in.
type Watch = Box<dyn Fn(&[SignedIn])>;

thread_local! {
    static SESSION: RefCell<Option<Asked>> = const { RefCell::new(None) };
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// The session; its cookie is out of the app's reach.
pub async fn current() -> Result<Rc<Session>, ApiError> {
    let asked = SESSION.with_borrow_mut(|session| {
        session
            .get_or_insert_with(|| {
                async {
                    let session: Session = call::get_bare("/session").await?;
                    WATCH.with_borrow(|watch| watch.iter().for_each(|watch| watch(&session.users)));
                    Ok(Rc::new(session))
                }
                .boxed_local()
                .shared()
            })
            .clone()
    });
    let answer = asked.clone().await;
    if answer.is_err() {
        // The next call asks again.
        SESSION.with_borrow_mut(|session| {
            if session.as_ref().is_some_and(|now| now.ptr_eq(&asked)) {
                *session = None;
            }
        });
    }
    answer
}

/// Drops the session of this CSRF token; another call may have renewed it already.
pub fn forget(token: &str) {
    SESSION.with_borrow_mut(|session| {
        let same = session
            .as_ref()
            .and_then(Shared::peek)
            .is_none_or(|now| now.as_ref().is_ok_and(|session| session.csrf_token == token));
        if same {
            *session = None;
        }
    });
}

/// Tells `watch` who is signed in, whenever the session is read.
pub fn watch(watch: impl Fn(&[SignedIn]) + 'static) {
    WATCH.set(Some(Box::new(watch)));
}

/// Forgets the session that is known here: its cookie is another one now.
pub fn renewed() {
    SESSION.set(None);
}

/// Ends the session, with whoever is signed in by it.
pub async fn sign_out() -> Result<(), ApiError> {
    call::change_silently(Method::DELETE, "/session").await
}

/// Where the vendor's user is signed in.
pub async fn list(vendor: &str) -> Result<Vec<SessionLine>, ApiError> {
    call::get(&format!("/vendors/{}/sessions", encode(vendor))).await
}

/// Ends one of the sessions of the vendor's user.
pub async fn end(vendor: &str, session: &str) -> Result<(), ApiError> {
    call::change_silently(Method::DELETE, &format!("/vendors/{}/sessions/{}", encode(vendor), encode(session))).await
}
