//! Being asked before the reader leaves a page by a link, by closing the tab, or by loading another page.

use leptos::{
    ev,
    prelude::{document, on_cleanup, window_event_listener},
};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, MouseEvent};

/// While `holds`, the browser asks before the tab is closed or another page loaded, in words of its own; and a press on a
/// link of this console goes to `asked` with its address instead of being followed. Until the reactive owner goes.
pub fn guard(holds: impl Fn() -> bool + Copy + 'static, asked: impl Fn(String) + 'static) {
    let closing = window_event_listener(ev::beforeunload, move |event| {
        if holds() {
            event.prevent_default();
            // What older browsers go by.
            event.set_return_value("true");
        }
    });
    let listen = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if !holds() || is_for_another_tab(&event) {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|pressed| pressed.closest("a[href^='/']:not([target]):not([download])").ok().flatten());
        if let Some(href) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            event.stop_immediate_propagation();
            asked(href);
        }
    });
    // On its way down, before the router or anybody else hears of it.
    _ = document().add_event_listener_with_callback_and_bool("click", listen.as_ref().unchecked_ref(), true);
    let listen = SendWrapper::new(listen);
    on_cleanup(move || {
        closing.remove();
        let listen = listen.take();
        _ = document().remove_event_listener_with_callback_and_bool("click", listen.as_ref().unchecked_ref(), true);
    });
}

/// Whether a press opens its link beside this page.
fn is_for_another_tab(event: &Event) -> bool {
    event.dyn_ref::<MouseEvent>().is_some_and(|press| press.ctrl_key() || press.meta_key() || press.shift_key())
}
