//! How the stock stands, in one sentence, and what that means.

use leptos::prelude::*;

use super::data::Data;
use crate::{
    browser::clock,
    components::{dynamic::dynamic, icon::Icon, notice::Tone},
    i18n::{Locale, language, td_string, text},
    logic::stock::{
        asked::DIFFERS,
        standing::{Standing, standing},
    },
};

/// The sentence.
#[component]
pub fn Verdict(
    /// The board.
    data: Data,
) -> impl IntoView {
    let language = language();
    let stands = move || {
        let differing = data.count(DIFFERS);
        data.of_head(|head| Some(standing(head, differing))).unwrap_or(Standing::Unsure)
    };

    let title = text(move || title(language.get(), language.code(), stands()));
    let means = text(move || {
        let locale = language.get();
        let mut said = means(locale, stands()).to_owned();
        let next_at = data.of_head(|head| head.next_at.clone());
        if let (Standing::Retrying | Standing::Limited, Some(at)) = (stands(), next_at) {
            let time = clock::time_of(language.code(), &at);
            said.push(' ');
            said.push_str(&td_string!(locale, stock.next_try, time = time));
        }
        said
    });
    view! {
        <div class=move || format!("verdict top {}", tone(stands()).class())>
            <h1 id="state" tabindex="-1">
                {dynamic(move || view! { <Icon of=tone(stands()).glyph() /> })}
                <span>{title}</span>
            </h1>
            <p class="small">{means}</p>
        </div>
    }
}

fn tone(stands: Standing) -> Tone {
    match stands {
        Standing::Well => Tone::Ok,
        Standing::Going => Tone::Info,
        Standing::NoKey | Standing::Silent | Standing::Unsure => Tone::Off,
        Standing::Off | Standing::NoCatalog | Standing::Retrying | Standing::Limited | Standing::Differs(_) => {
            Tone::Warn
        }
    }
}

fn title(locale: Locale, code: &str, stands: Standing) -> String {
    let plain = match stands {
        Standing::Differs(1) => td_string!(locale, stock.differs_one),
        Standing::Differs(count) => return td_string!(locale, stock.differs_many, count = clock::number(code, count)),
        Standing::Well => td_string!(locale, stock.well),
        Standing::Off => td_string!(locale, stock.off),
        Standing::NoKey => td_string!(locale, stock.no_key),
        Standing::Silent => td_string!(locale, stock.silent_till),
        Standing::NoCatalog => td_string!(locale, stock.no_catalog),
        Standing::Retrying => td_string!(locale, stock.retrying),
        Standing::Limited => td_string!(locale, stock.limited),
        Standing::Going => td_string!(locale, stock.going),
        Standing::Unsure => td_string!(locale, stock.unsure),
    };
    plain.to_owned()
}

fn means(locale: Locale, stands: Standing) -> &'static str {
    match stands {
        Standing::Well => td_string!(locale, stock.well_means),
        Standing::Off => td_string!(locale, stock.off_means),
        Standing::NoKey => td_string!(locale, stock.no_key_means),
        Standing::Silent => td_string!(locale, stock.silent_means),
        Standing::NoCatalog => td_string!(locale, stock.no_catalog_means),
        Standing::Retrying => td_string!(locale, stock.retrying_means),
        Standing::Limited => td_string!(locale, stock.limited_means),
        Standing::Going => td_string!(locale, stock.going_means),
        Standing::Differs(_) => td_string!(locale, stock.differs_means),
        Standing::Unsure => td_string!(locale, stock.unsure_means),
    }
}
