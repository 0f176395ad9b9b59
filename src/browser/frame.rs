//! The page inside a vendor's back office, as the frame's own script tells it (`public/embed/frame.js`): it stands on `window`
//! there, and nowhere else. Owns asking it; what it does itself needs nothing of the app.

use js_sys::{Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::CustomEvent;

/// The name of the object on `window`.
const HOLDER: &str = "passerelleFrame";

/// Whether the page stands in a back office's.
pub fn framed() -> bool {
    holder().is_some()
}

/// Opens a window for HubRise, which cannot be framed. To be called within a press. The window's number, and whether the
/// browser kept it from opening.
pub fn open() -> Option<(String, bool)> {
    let opened = call("open", None)?;
    let number = Reflect::get(&opened, &"nonce".into()).ok()?.as_string()?;
    let blocked = Reflect::get(&opened, &"blocked".into()).ok()?.is_truthy();
    Some((number, blocked))
}

/// Has the back office's own window go to HubRise instead. To be called within a press.
pub fn top(number: &str) {
    _ = call("top", Some(number));
}

/// Whether the window is known to have been closed.
pub fn closed() -> bool {
    call("closed", None).is_some_and(|closed| closed.is_truthy())
}

/// Tells the language the back office asks for while the page is open.
pub fn on_locale(hear: impl Fn(String) + 'static) {
    if !framed() {
        return;
    }
    let listen = Closure::<dyn Fn(CustomEvent)>::new(move |event: CustomEvent| {
        if let Some(code) = event.detail().as_string() {
            hear(code);
        }
    });
    _ = window().add_event_listener_with_callback("passerelle-locale", listen.as_ref().unchecked_ref());
    listen.forget();
}

/// Light or dark, where the back office has said so.
pub fn theme() -> Option<String> {
    Reflect::get(&holder()?, &"theme".into()).ok()?.as_string()
}

/// The back office's page.
pub fn address() -> Option<String> {
    Reflect::get(&holder()?, &"address".into()).ok()?.as_string()
}

fn call(name: &str, with: Option<&str>) -> Option<JsValue> {
    let holder = holder()?;
    let method: Function = Reflect::get(&holder, &name.into()).ok()?.dyn_into().ok()?;
    match with {
        Some(argument) => method.call1(&holder, &argument.into()).ok(),
        None => method.call0(&holder).ok(),
    }
}

fn holder() -> Option<JsValue> {
    Reflect::get(&window(), &HOLDER.into()).ok().filter(JsValue::is_object)
}
