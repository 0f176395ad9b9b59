//! **Test the connection**: asks the till for something that prints nothing, and says in words what was found.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::TillTest;

use super::{super::Here, form::Form};
use crate::{
    api::{ApiError, till_settings},
    browser::clock,
    components::{
        announcer::announcer,
        button::{Button, Weight},
        dynamic::perhaps,
        notice::{Notice, Tone},
        problem::Place,
        progress::{Progress, Stage},
    },
    i18n::{language, td_string, text, tr},
    logic::{
        cause::{self, is_said_by_till},
        span::span,
    },
    pages::stuck::Stuck,
    routes::Part,
};

/// The part of the page.
#[component]
pub fn Test(
    /// The till.
    here: Here,
    /// The form, of which what is saved is tested.
    form: Form,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let found = RwSignal::new(None::<TillTest>);
    let first = form.is_first();
    let id = here.id;
    let name = here.name();
    let test = move |()| {
        if busy.get_untracked() || first.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        found.set(None);
        let id = id.get_value();
        spawn_local(async move {
            let answer = till_settings::test(&id).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(test) => {
                    let locale = language.get_untracked();
                    announcer.say(match test.cause {
                        None => td_string!(locale, configuration.test_ok).to_owned(),
                        Some(cause) => cause::of(locale, cause, &name.get_untracked()).title.to_owned(),
                    });
                    found.set(Some(test));
                }
                Err(error) => problem.set(Some(error)),
            }
        });
    };
    let hint = text(move || {
        let locale = language.get();
        match (first.get(), form.is_changed()) {
            (true, _) => td_string!(locale, configuration.test_first),
            (false, true) => td_string!(locale, configuration.test_saved),
            (false, false) => "",
        }
    });
    let label = text(move || match busy.get() {
        true => td_string!(language.get(), configuration.testing),
        false => td_string!(language.get(), configuration.test_title),
    });
    let steps =
        Signal::derive(move || vec![(Stage::Busy, td_string!(language.get(), configuration.testing).to_owned())]);
    view! {
        <section class="part after" aria-labelledby="part-test">
            <h2 id="part-test">{tr!(language, configuration.test_title)}</h2>
            <p class="small muted">{tr!(language, configuration.test_means)}</p>
            <p class="small">{hint}</p>
            <div>
                <Button label=label weight=Weight::Plain busy=busy off=first on_press=test />
            </div>
            {perhaps(move || busy.get().then(|| view! { <Progress steps=steps /> }))}
            {perhaps(move || found.get().map(|found| view! { <Found here=here.clone() found=found /> }))}
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=test /> })
            })}
        </section>
    }
}

/// What was found.
#[component]
fn Found(here: Here, found: TillTest) -> impl IntoView {
    let language = language();
    let TillTest { cause, detail, operation, duration_us } = found;
    let took = text(move || {
        let took = span(duration_us);
        let time = format!("{}\u{a0}{}", clock::decimal(language.code(), took.count), took.unit);
        td_string!(language.get(), configuration.test_took, time = time)
    });
    let see = here.path(Part::Operation(operation));
    let link = view! {
        <p>
            {took} " "
            <a href=see>{tr!(language, configuration.test_see)}</a>
        </p>
    };
    let Some(cause) = cause else {
        return view! {
            <Notice tone=Tone::Ok>
                <p>
                    <strong>{tr!(language, configuration.test_ok)}</strong>
                </p>
                {link}
            </Notice>
        }
        .into_any();
    };
    let name = here.name();
    let say = move |take: fn(cause::Words) -> String| text(move || take(cause::of(language.get(), cause, &name.get())));
    let said = text(move || match (&detail, is_said_by_till(cause)) {
        (Some(detail), true) => td_string!(language.get(), operation.said, detail = detail.as_str()),
        (Some(detail), false) => td_string!(language.get(), operation.detail, detail = detail.as_str()),
        (None, _) => String::new(),
    });
    view! {
        <Notice tone=Tone::Fail>
            <p>
                <strong>{say(|words| words.title.to_owned())}</strong>
            </p>
            <p>{say(|words| words.todo)}</p>
            <p>{said}</p>
            <p>
                <strong>{tr!(language, operation.who)}</strong>
                " · "
                {say(|words| words.who)}
            </p>
            {link}
        </Notice>
    }
    .into_any()
}
