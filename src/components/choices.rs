//! A list of things of which one is chosen: radio buttons, with a search box where there are many.
//! Grows while further pages come; says how many there are, and how many match.

use leptos::prelude::*;
use passerelle_wire::{Choice, ChoiceOwner};
use stylers::style_sheet;

use super::{
    dynamic::{flag, perhaps},
    icon::{Glyph, Icon},
};
use crate::{
    browser::clock,
    i18n::{language, td_string, text as words, tr},
    logic::{
        search::{fold, matches},
        wizard::{SEARCH_FROM, SHOWN},
    },
};

const SCOPE: &str = style_sheet!("style/components/choices.css");

/// The list.
#[component]
pub fn Choices(
    /// What is chosen; the name of the group.
    #[prop(into)]
    legend: Signal<String>,
    /// Ties the radio buttons together; unique on the page.
    name: &'static str,
    /// What there is to choose from, so far.
    #[prop(into)]
    items: Signal<Vec<Choice>>,
    /// Whether that is all.
    #[prop(into)]
    complete: Signal<bool>,
    /// The id chosen.
    picked: RwSignal<Option<String>>,
) -> impl IntoView {
    let language = language();
    let text = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = fold(&text.get());
        items.with(|items| items.iter().filter(|item| matches(&searchable(item), &wanted)).cloned().collect::<Vec<_>>())
    });
    let shown = move || found.with(|found| found.iter().take(SHOWN).cloned().collect::<Vec<_>>());
    let searching = Memo::new(move |_| items.with(Vec::len) >= SEARCH_FROM || !complete.get());
    let count = words(move || {
        let locale = language.get();
        let number = |count| clock::number(language.code(), count);
        let (found, total) = (found.with(Vec::len), items.with(Vec::len));
        if !complete.get() {
            td_string!(locale, choose.more_coming, count = number(total))
        } else if found < total {
            td_string!(locale, choose.found_of, count = number(found), total = number(total))
        } else if total == 1 {
            td_string!(locale, choose.found_single).to_owned()
        } else {
            td_string!(locale, choose.found_several, count = number(total))
        }
    });
    // Enter takes the only match; with several it would be a guess.
    let take_only = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            found.with_untracked(|found| {
                if let [only] = found.as_slice() {
                    picked.set(Some(only.id.clone()));
                }
            });
        }
    };
    view! {
        <fieldset class=format!("{SCOPE} choices")>
            <legend class="hidden">{legend}</legend>
            <div class="find" hidden=flag(move || !searching.get())>
                <label>
                    <span class="hidden">{tr!(language, choose.search)}</span>
                    <Icon of=Glyph::Search />
                    <input
                        type="search"
                        autocomplete="off"
                        spellcheck="false"
                        placeholder=tr!(language, choose.search)
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                        on:keydown=take_only
                    />
                </label>
                <p role="status">{count}</p>
            </div>
            <div class="list">
                <For each=shown key=|choice| choice.id.clone() let:choice>
                    <Row choice=choice name=name picked=picked />
                </For>
                {perhaps(move || {
                    found
                        .with(Vec::is_empty)
                        .then(|| {
                            view! {
                                <p class="nothing">
                                    {words(move || td_string!(language.get(), choose.no_match, text = text.get()))} " "
                                    <button type="button" on:click=move |_| text.set(String::new())>
                                        {tr!(language, choose.clear)}
                                    </button>
                                </p>
                            }
                        })
                })}
                {perhaps(move || {
                    (found.with(Vec::len) > SHOWN)
                        .then(|| {
                            view! {
                                <p class="nothing">
                                    {tr!(language, choose.refine, count = clock::number(language.code(), SHOWN))}
                                </p>
                            }
                        })
                })}
            </div>
        </fieldset>
    }
}

/// One radio button with all that tells it from its namesakes.
#[component]
fn Row(choice: Choice, name: &'static str, picked: RwSignal<Option<String>>) -> impl IntoView {
    let language = language();
    let Choice { id, name: label, detail, owner } = choice;
    let own = id.clone();
    let chosen = Memo::new(move |_| picked.with(|picked| picked.as_deref() == Some(own.as_str())));
    let value = id.clone();
    let taken = id.clone();
    let owner = owner.map(|owner| {
        words(move || match owner {
            ChoiceOwner::Location => td_string!(language.get(), choose.owner_location),
            ChoiceOwner::Account => td_string!(language.get(), choose.owner_account),
        })
    });
    view! {
        <label class="choice" class:chosen=chosen>
            <input
                type="radio"
                name=name
                value=value
                prop:checked=chosen
                on:change=move |_| picked.set(Some(taken.clone()))
            />
            <span class="words">
                <span class="name">{label}</span>
                {detail.map(|detail| view! { <span class="detail">{detail}</span> })}
                {owner.map(|owner| view! { <span class="detail">{owner}</span> })}
            </span>
            <code>{id}</code>
        </label>
    }
}

/// Everything of a choice that can be searched, folded.
fn searchable(choice: &Choice) -> String {
    fold(&format!("{} {} {}", choice.name, choice.detail.as_deref().unwrap_or_default(), choice.id))
}
