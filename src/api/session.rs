//! `/session`: fetched once, whoever asks first, and again when the server has forgotten it.

use std::{cell::RefCell, rc::Rc};

use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};
use passerelle_wire::Session;

use super::{ApiError, call};

type Asked = Shared<LocalBoxFuture<'static, Result<Rc<str>, ApiError>>>;

thread_local! {
    static SESSION: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

/// The CSRF token; the cookie itself is out of the app's reach.
pub async fn token() -> Result<Rc<str>, ApiError> {
    let asked = SESSION.with_borrow_mut(|session| {
        session
            .get_or_insert_with(|| {
                async {
                    let session: Session = call::get_bare("/session").await?;
                    Ok(Rc::from(session.csrf_token))
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

/// Drops the session that goes with `token`; another call may have renewed it already.
pub fn forget(token: &Rc<str>) {
    SESSION.with_borrow_mut(|session| {
        let same = session.as_ref().and_then(Shared::peek).is_none_or(|now| now.as_ref() == Ok(token));
        if same {
            *session = None;
        }
    });
}
