//! The fourth step: signing in, then the HubRise identifier and the location's name, sent to support.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{ProblemCode, SupportRequest};

use super::super::Here;
use crate::{
    api::{ApiError, requests},
    app::Users,
    components::{
        announcer::announcer,
        button::{Button, Weight},
        dynamic::{dynamic, perhaps},
        field::Field,
        problem::Place,
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::request::{LONGEST_ID, LONGEST_NAME, Wrong, request as checked, wrong},
    pages::{
        begin::Begin,
        stuck::{SignIn, Stuck},
    },
};

/// The form, or signing in first.
#[component]
pub fn Form(
    /// The vendor and the till.
    here: Here,
    /// A former request, whose lines are offered again.
    request: Memo<Option<SupportRequest>>,
) -> impl IntoView {
    let language = language();
    let users: Users = expect_context();
    let slug = here.vendor.slug.clone();
    let user = Memo::new(move |_| users.of(&slug));
    let here = StoredValue::new(here);
    view! {
        <p class="small">{tr!(language, asking.request_lead)}</p>
        {dynamic(move || match user.get() {
            Some(user) => {
                let (name, email) = (user.name, user.email);
                let who = text(move || {
                    td_string!(language.get(), asking.who, name = name.as_str(), email = email.as_str())
                });
                view! {
                    <p class="small muted">{who}</p>
                    <Lines here=here.get_value() request=request />
                }
                .into_any()
            }
            None => {
                let begin = here.with_value(|here| Begin::sign_in(&here.vendor.slug));
                view! {
                    <p class="small muted">{tr!(language, asking.sign_in_why)}</p>
                    <SignIn begin=begin />
                }
                .into_any()
            }
        })}
    }
}

/// The two lines and the button.
#[component]
fn Lines(here: Here, request: Memo<Option<SupportRequest>>) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let (hubrise_id, name) = request.with_untracked(|former| match former {
        Some(former) => (former.hubrise_id.clone(), former.location_name.clone()),
        None => (String::new(), String::new()),
    });
    let (hubrise_id, name) = (RwSignal::new(hubrise_id), RwSignal::new(name));
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let here = StoredValue::new(here);
    let send = move |()| {
        tried.set(true);
        let code = language.get_untracked();
        let (vendor, till) = here.with_value(|here| (here.vendor.slug.clone(), here.till.id.clone()));
        let request = checked(&till, &hubrise_id.get_untracked(), &name.get_untracked(), tag(code));
        let Some(request) = request.filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = requests::send(&vendor, &request).await;
            _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    announcer.say(td_string!(code, asking.sent).to_owned());
                    here.with_value(|here| here.on_look.run(()));
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let hubrise_id_wrong = said(tried, hubrise_id, LONGEST_ID, |locale| td_string!(locale, asking.need_id));
    let name_wrong = said(tried, name, LONGEST_NAME, |locale| td_string!(locale, asking.need_name));
    let label = text(move || {
        if busy.get() { td_string!(language.get(), asking.sending) } else { td_string!(language.get(), asking.send) }
    });
    view! {
        <form
            class="lines"
            novalidate=""
            on:submit=move |event| {
                event.prevent_default();
                send(());
            }
        >
            <Field
                id="hubrise-id"
                label=tr!(language, asking.hubrise_id)
                hint=tr!(language, asking.hubrise_id_hint)
                value=hubrise_id
                problem=hubrise_id_wrong
                longest=LONGEST_ID
            />
            <Field
                id="location-name"
                label=tr!(language, asking.location_name)
                value=name
                problem=name_wrong
                longest=LONGEST_NAME
            />
            {perhaps(move || {
                problem
                    .get()
                    .map(|error| match error.code() {
                        // The session has ended meanwhile: signing in comes first again.
                        Some(ProblemCode::SignInRequired) => {
                            let begin = here.with_value(|here| Begin::sign_in(&here.vendor.slug));
                            view! { <SignIn begin=begin /> }.into_any()
                        }
                        _ => view! { <Stuck error=error place=Place::Inline on_repeat=send /> }.into_any(),
                    })
            })}
            <div>
                <Button label=label weight=Weight::Primary busy=busy submit=true />
            </div>
        </form>
    }
}

/// What is wrong with a line, once sending was tried.
fn said(
    tried: RwSignal<bool>,
    line: RwSignal<String>,
    longest: usize,
    empty: fn(Locale) -> &'static str,
) -> Signal<String> {
    let language = language();
    text(move || {
        let locale = language.get();
        match line.with(|line| wrong(line, longest)).filter(|_| tried.get()) {
            None => String::new(),
            Some(Wrong::Empty) => empty(locale).to_owned(),
            Some(Wrong::Long(count)) => td_string!(locale, asking.too_long, count = count),
        }
    })
}

/// The language support is to answer in, as the server wants it.
fn tag(locale: Locale) -> &'static str {
    match locale {
        Locale::en => "en",
        Locale::fr => "fr",
    }
}
