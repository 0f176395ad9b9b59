//! Answers asked for before the app arrived: `index.html` begins the first `GET`s while the app is still loading.
//! Owns picking each up once; the app's own calls follow the same addresses, so that a missing one costs nothing.

use std::future::Future;

use gloo_net::http::Response;
use js_sys::{Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The name of the object on `window` that holds a promise for each address.
const HOLDER: &str = "passerelleEarly";

/// The answer to `GET url`, if it was asked for early and not picked up yet; `None` inside when it failed, so that the
/// call is made in the usual way.
pub fn take(url: &str) -> Option<impl Future<Output = Option<Response>>> {
    let holder = Reflect::get(&window(), &HOLDER.into()).ok().filter(JsValue::is_object)?;
    let key = JsValue::from_str(url);
    let promise: Promise = Reflect::get(&holder, &key).ok()?.dyn_into().ok()?;
    _ = Reflect::set(&holder, &key, &JsValue::UNDEFINED);
    Some(async move {
        let response = JsFuture::from(promise).await.ok()?;
        response.dyn_into::<web_sys::Response>().map(Response::from).ok()
    })
}
