//! An address that leads nowhere.

use leptos::prelude::*;

use crate::{
    app::Ready,
    components::button::{LinkButton, Weight},
    i18n::{language, tr},
    routes::Site,
};

/// The page.
#[component]
pub fn MissingPage() -> impl IntoView {
    let language = language();
    Ready::mark(Site::Missing);
    view! {
        <div class="card">
            <div class="body">
                <h1>{tr!(language, missing.title)}</h1>
                <p class="muted">{tr!(language, missing.means)}</p>
                <div>
                    <LinkButton
                        href=|| Site::Vendors.path()
                        label=tr!(language, missing.home)
                        weight=Weight::Primary
                    />
                </div>
            </div>
        </div>
    }
}
