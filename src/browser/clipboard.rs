//! Copying.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Copies `text`; false when the browser refuses, as it does on pages that are not served securely.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent on insecure pages, whatever the binding's type says.
    let present = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    present && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
