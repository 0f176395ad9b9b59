//! **Share a case**: what would be shared, seen first; as a file; as a link that ends by itself or by hand.

use leptos::prelude::*;
use passerelle_wire::{NewShare, Share};

use super::{super::tale::Tale, failure};
use crate::{
    api::{ApiError, operation},
    browser::clock::{self, Precision},
    components::{
        button::{Button, OutButton, Weight},
        copy::{Copied, Copy},
        dialog::Dialog,
        dynamic::{dynamic, perhaps},
    },
    i18n::{language, td_string, text, tr},
    logic::visible::visible,
};

/// For how many days a link may be asked for.
const DAYS: [u8; 4] = [1, 3, 7, 30];

/// The button and what opens.
#[component]
pub fn Sharing(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let open = RwSignal::new(false);
    view! {
        <Button
            label=tr!(language, operation.share.press)
            weight=Weight::Plain
            on_press=move |()| open.set(true)
        />
        <Dialog open=open title=tr!(language, operation.share.title)>
            {perhaps(move || open.get().then(|| view! { <Case tale=tale.clone() /> }))}
            <div class="actions">
                <Button
                    label=tr!(language, operation.share.close)
                    weight=Weight::Plain
                    on_press=move |()| open.set(false)
                />
            </div>
        </Dialog>
    }
}

/// What can be done with the case.
#[component]
fn Case(tale: Tale) -> impl IntoView {
    let language = language();
    let (place, announcer) = (tale.place, tale.announcer);
    let url = move |download: bool| place.with_value(|place| place.case_url(language.code(), download));
    let days = RwSignal::new(DAYS[2]);
    let made = RwSignal::new(None::<NewShare>);
    let links = RwSignal::new(Vec::<Share>::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let asked = tale.asked;
    let told = StoredValue::new(tale.clone());
    let look = move || {
        let place = place.get_value();
        let call = async move {
            match operation::shares(&place).await {
                Ok(all) => _ = links.try_set(all),
                Err(error) => _ = problem.try_set(Some(error)),
            }
        };
        // The dialog may have been closed.
        _ = told.try_with_value(|tale| tale.call(call));
    };
    look();
    let make = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (place, days) = (place.get_value(), days.get_untracked());
        let call = async move {
            let answer = operation::share(&place, days).await;
            _ = busy.try_set(false);
            match answer {
                Ok(new) => {
                    announcer.say(td_string!(language.get_untracked(), operation.share.made).to_owned());
                    _ = made.try_set(Some(new));
                    look();
                    asked.refresh();
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        };
        told.with_value(|tale| tale.call(call));
    };
    let end = move |id: String| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let place = place.get_value();
        let call = async move {
            let answer = operation::end_share(&place, &id).await;
            _ = busy.try_set(false);
            match answer {
                Ok(()) => {
                    announcer.say(td_string!(language.get_untracked(), operation.share.was_ended).to_owned());
                    // A link that has ended is shown no more.
                    _ = made.try_update(|made| {
                        if made.as_ref().is_some_and(|made| made.share.id == id) {
                            *made = None;
                        }
                    });
                    look();
                    asked.refresh();
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        };
        told.with_value(|tale| tale.call(call));
    };
    let label = text(move || match busy.get() {
        true => td_string!(language.get(), operation.share.making),
        false => td_string!(language.get(), operation.share.make),
    });
    let options = DAYS.map(|count| {
        let words = text(move || match count {
            1 => td_string!(language.get(), operation.share.day_single).to_owned(),
            _ => {
                let count = count.to_string();
                td_string!(language.get(), operation.share.day_several, count = count.as_str())
            }
        });
        view! { <option value=count.to_string() selected=move || days.get() == count>{words}</option> }
    });
    let again = Callback::new(move |()| {
        problem.set(None);
        look();
    });
    view! {
        <p>{tr!(language, operation.share.means)}</p>
        {dynamic(move || {
            view! {
                <div class="buttons">
                    <OutButton href=url(false) label=tr!(language, operation.share.preview) />
                    <a href=url(true) download="">
                        {tr!(language, operation.share.file)}
                    </a>
                </div>
            }
        })}
        <h3>{tr!(language, operation.share.link)}</h3>
        <div class="buttons">
            <label>
                <span class="small">{tr!(language, operation.share.days)}</span>
                " "
                <select on:change=move |event| days.set(event_target_value(&event).parse().unwrap_or(DAYS[2]))>
                    {options.collect_view()}
                </select>
            </label>
            <Button label=label weight=Weight::Plain busy=busy on_press=make />
        </div>
        {perhaps(move || {
            made.get()
                .map(|made| {
                    view! {
                        <p>{tr!(language, operation.share.made)}</p>
                        <p>
                            <Copy text=made.url what=Copied::Address />
                        </p>
                    }
                })
        })}
        {failure(problem, again)}
        <h3>{tr!(language, operation.share.links)}</h3>
        {dynamic(move || {
            let all = links.get();
            match all.is_empty() {
                true => view! { <p class="small">{tr!(language, operation.share.none)}</p> }.into_any(),
                false => {
                    let all = all.into_iter().map(|share| one(share, tale.clone(), Callback::new(end)));
                    view! { <ul class="links small">{all.collect_view()}</ul> }.into_any()
                }
            }
        })}
    }
}

/// One link of the list.
fn one(share: Share, tale: Tale, end: Callback<String>) -> AnyView {
    let language = language();
    let operation = tale.operation;
    let Share { id, by, at, expires_at, ended_at, opened } = share;
    let local = move |at: &str| {
        let zone = operation.with(|now| now.timezone.clone());
        clock::local(language.code(), at, zone.as_deref(), Precision::Second)
    };
    let over = ended_at.is_some() || clock::instant(&expires_at) <= clock::now();
    let said = text(move || {
        let locale = language.get();
        let who = by.clone().unwrap_or_else(|| td_string!(locale, operation.act.somebody).to_owned());
        let (time, count) = (local(&expires_at), opened.to_string());
        td_string!(locale, operation.share.line, who = &*visible(&who), time = time.as_str(), count = count.as_str())
    });
    let label = text(move || {
        let time = local(&at);
        td_string!(language.get(), operation.share.end_of, time = time.as_str())
    });
    let last = match over {
        true => view! { <span class="muted">{tr!(language, operation.share.ended)}</span> }.into_any(),
        false => view! {
            <button type="button" class="link" aria-label=label on:click=move |_| end.run(id.clone())>
                {tr!(language, operation.share.end)}
            </button>
        }
        .into_any(),
    };
    view! {
        <li>
            <span>{said}</span>
            " "
            {last}
        </li>
    }
    .into_any()
}
