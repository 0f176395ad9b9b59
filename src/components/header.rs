//! The bar on top of every page: whose console this is, the language and the appearance.

use leptos::prelude::*;
use stylers::style_sheet;

use super::{dynamic::dynamic, icon::Glyph, menu::Menu};
use crate::{
    browser::{page, storage},
    i18n::{LANGUAGES, language, td_string, tr},
};

const SCOPE: &str = style_sheet!("style/components/header.css");

/// Where the reader's choice of appearance is remembered; `index.html` reads it too, before the first paint.
pub const STORED: &str = "passerelle.theme";

/// As the system says.
const AUTO: &str = "auto";

/// The bar.
#[component]
pub fn Header(
    /// The vendor's name, our own where no vendor is concerned; `None` while it is on its way.
    #[prop(into)]
    name: Signal<Option<String>>,
    /// Where the name leads.
    #[prop(into)]
    home: Signal<String>,
    /// What stands at the end of the bar.
    children: Children,
) -> impl IntoView {
    let language = language();
    let languages = || LANGUAGES.iter().map(|(code, name)| (*code, (*name).to_owned())).collect::<Vec<_>>();
    let initial = move || name.get().and_then(|name| name.chars().next()).map(String::from);
    view! {
        <header class=format!("{SCOPE} bar header")>
            <a class="home" href=home>
                <span class="tile" aria-hidden="true">{initial}</span>
                {dynamic(move || match name.get() {
                    Some(name) => view! { <span class="name">{name}</span> }.into_any(),
                    None => view! { <span class="bone"></span> }.into_any(),
                })}
            </a>
            <Menu
                label=tr!(language, app.language)
                icon=Glyph::Globe
                short=move || language.code().to_uppercase()
                options=languages
                value=move || language.code().to_owned()
                on_choose=move |code: String| language.choose(&code)
            />
            <Appearance />
            {children()}
        </header>
    }
}

/// Light, dark, or as the system says.
#[component]
fn Appearance() -> impl IntoView {
    let language = language();
    let theme = RwSignal::new(storage::read(STORED).unwrap_or_else(|| AUTO.to_owned()));
    let choose = move |chosen: String| {
        page::set_theme(Some(&*chosen).filter(|chosen| *chosen != AUTO));
        // As the system says is a choice, too: a vendor may have a theme of its own.
        storage::write(STORED, &chosen);
        theme.set(chosen);
    };
    let options = move || {
        let locale = language.get();
        vec![
            (AUTO, td_string!(locale, app.theme_auto).to_owned()),
            ("light", td_string!(locale, app.theme_light).to_owned()),
            ("dark", td_string!(locale, app.theme_dark).to_owned()),
        ]
    };
    view! { <Menu label=tr!(language, app.theme) icon=Glyph::Theme options=options value=theme on_choose=choose /> }
}
