//! The page itself: its language, title, theme and brand, where the focus is, where it goes.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, FocusOptions, HtmlElement};

/// The reader's languages, the preferred one first.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|language| language.as_string()).collect()
}

/// `<html lang>`.
pub fn language() -> String {
    root().and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// `<html lang>`.
pub fn set_language(code: &str) {
    attribute("lang", Some(code));
}

/// `<html data-theme>`; none follows the system.
pub fn set_theme(theme: Option<&str>) {
    attribute("data-theme", theme);
}

/// A property of the whole page's, from which the style sheets derive what depends on it; empty restores our own.
pub fn set_property(name: &str, value: &str) {
    if let Some(root) = root() {
        // An empty value removes it.
        _ = root.style().set_property(name, value);
    }
}

/// `document.title`.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Whether the browser believes it is online.
pub fn online() -> bool {
    window().navigator().on_line()
}

/// Leaves the app for `url`.
pub fn leave_for(url: &str) {
    _ = window().location().assign(url);
}

/// Leaves the app for `url` in place of the present page, which Back no longer leads to.
pub fn replace_with(url: &str) {
    _ = window().location().replace(url);
}

/// From now on keeps clicks on links whose `href` as written is `kept` from whoever listens on the window: the browser
/// follows them as if there were no app.
pub fn keep_links(kept: impl Fn(&str) -> bool + 'static) {
    let listen = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|pressed| pressed.closest("a[href]").ok().flatten());
        let href = link.and_then(|link| link.get_attribute("href"));
        if href.is_some_and(|href| href.starts_with('/') && kept(&href)) {
            event.stop_propagation();
        }
    });
    _ = document().add_event_listener_with_callback("click", listen.as_ref().unchecked_ref());
    listen.forget();
}

/// Closes the window, where the browser lets a page do so.
pub fn close() {
    _ = window().close();
}

/// Loads the page afresh.
pub fn reload() {
    _ = window().location().reload();
}

/// Prints the page.
pub fn print() {
    _ = window().print();
}

/// The path and the query now in the address bar.
pub fn address() -> (String, String) {
    let location = window().location();
    (location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// Puts `path` into the address bar and the history in place of what is there.
pub fn replace_address(path: &str) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Goes to `path` without loading it: a step of the history that Back leads away from.
pub fn push_address(path: &str) {
    if let Ok(history) = window().history() {
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Whether the browser loaded the page to go back or forward to it.
pub fn came_back() -> bool {
    let how = || {
        let performance = Reflect::get(&window(), &"performance".into()).ok()?;
        let entries: Function = Reflect::get(&performance, &"getEntriesByType".into()).ok()?.dyn_into().ok()?;
        let loads = Array::from(&entries.call1(&performance, &"navigation".into()).ok()?);
        Reflect::get(&loads.get(0), &"type".into()).ok()?.as_string()
    };
    how().is_some_and(|how| how == "back_forward")
}

/// Removes what `index.html` showed until the app was there.
pub fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// Moves the focus to the element with this id once it is in the document, and unfolds what it is folded into.
pub fn focus(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id).and_then(|found| found.dyn_into::<HtmlElement>().ok())
        {
            if let Ok(Some(folded)) = element.closest("details") {
                _ = folded.set_attribute("open", "");
            }
            _ = element.focus();
        }
    });
}

/// The same, without scrolling, if what had the focus has left the document.
pub fn focus_if_lost(id: &'static str) {
    request_animation_frame(move || {
        let body = document().body().map(Element::from);
        if document().active_element() == body
            && let Some(element) =
                document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok())
        {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            _ = element.focus_with_options(&options);
        }
    });
}

/// The address of the link that has the focus.
pub fn focused_link() -> Option<String> {
    document().active_element()?.get_attribute("href")
}

/// Gives the focus back to the link to `href`, drawn anew, if it was lost with the old one.
pub fn refocus_link(href: String) {
    request_animation_frame(move || {
        let body = document().body().map(Element::from);
        // Our addresses hold no quotes: they are encoded.
        let link = document().query_selector(&["#main a[href=\"", &href, "\"]"].concat()).ok().flatten();
        if document().active_element() == body
            && let Some(link) = link.and_then(|found| found.dyn_into::<HtmlElement>().ok())
        {
            _ = link.focus();
        }
    });
}

fn attribute(name: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    match value {
        Some(value) => _ = root.set_attribute(name, value),
        None => _ = root.remove_attribute(name),
    }
}

fn root() -> Option<HtmlElement> {
    document().document_element()?.dyn_into().ok()
}
