//! Back from HubRise: hands its answer to the server, and goes where that leads, or shows why it leads nowhere.
//! The decisions are `logic::callback`'s; the answer left the address bar in `main`.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use crate::components::dynamic::{dynamic, perhaps};
use passerelle_wire::{AttemptFinish, ProblemCode};

use super::{
    begin::Begin,
    news::{News, Story},
    stuck::{Again, Around, Stuck},
};
use crate::{
    address::Address,
    api::{ApiError, attempts},
    app::{About, Landing, Profile, Ready},
    browser::page,
    components::{
        announcer::announcer,
        button::{Button, LinkButton, Weight},
        problem::Place,
        progress::{Progress, Stage},
        waiting::Slow,
    },
    i18n::{language, localized, td_string, text, tr},
    logic::callback::{Arrival, Next, Question, after_finish, after_latest},
    routes::Site,
};

/// Between two looks at an attempt that is being exchanged.
const PAUSE: Duration = Duration::from_secs(1);

/// What the page does and shows.
#[derive(Clone)]
struct Run {
    /// What came of it; `None` while it is under way.
    outcome: RwSignal<Option<Next>>,
    /// What HubRise brought back, kept in memory for a call that was lost on the way.
    returned: StoredValue<Option<AttemptFinish>>,
    /// Which till it is about.
    about: RwSignal<Option<(String, String)>>,
    news: News,
    go: StoredValue<Box<dyn Fn(Site) + Send + Sync>>,
}

/// The page.
#[component]
pub fn CallbackPage() -> impl IntoView {
    let Landing(landing) = expect_context();
    let About(about) = expect_context();
    let address = Address::from_context();
    let run = Run {
        outcome: RwSignal::new(None),
        returned: StoredValue::new(None),
        about,
        news: News::from_context(),
        go: StoredValue::new(Box::new(move |site: Site| {
            address.replace(&site.path());
        })),
    };
    let arrival = landing.try_update_value(Option::take).flatten().unwrap_or(Arrival::Resume);
    match arrival {
        Arrival::Finish(returned) => {
            run.returned.set_value(Some(returned.clone()));
            run.finish(returned);
        }
        Arrival::Resume => run.look(None),
        Arrival::Unasked => run.follow(Next::Failed(ProblemCode::StateUnknown.into()), 0, None),
    }
    let outcome = run.outcome;
    dynamic(move || {
        let run = run.clone();
        match outcome.get() {
            None => view! { <UnderWay on_check=move |()| run.look(None) /> }.into_any(),
            Some(next) => {
                Ready::mark(Site::Callback);
                page::focus("state");
                view! { <Outcome next=next run=run /> }.into_any()
            }
        }
    })
}

impl Run {
    /// Hands HubRise's answer to the server.
    fn finish(&self, returned: AttemptFinish) {
        let run = self.clone();
        self.outcome.set(None);
        spawn_local(async move {
            let answer = attempts::finish(&returned).await;
            let replayed = answer.as_ref().err().cloned();
            run.follow(after_finish(answer), 0, replayed);
        });
    }

    /// Asks how the latest attempt stands; `failure` is shown when that says nothing better.
    fn look(&self, failure: Option<ApiError>) {
        self.outcome.set(None);
        self.look_again(0, failure);
    }

    fn look_again(&self, polls: u32, failure: Option<ApiError>) {
        let run = self.clone();
        spawn_local(async move {
            let answer = attempts::latest().await;
            if let Ok(latest) = &answer {
                run.concern(&latest.vendor, &latest.till);
            }
            run.follow(after_latest(answer, polls, failure.clone()), polls, failure);
        });
    }

    /// Answers whether to switch accounts.
    fn confirm(&self, attempt: String, accept: bool, kept: String, busy: RwSignal<bool>) {
        let run = self.clone();
        busy.set(true);
        spawn_local(async move {
            let next = after_finish(attempts::confirm(&attempt, accept).await);
            _ = busy.try_set(false);
            if let Next::Kept { vendor, till } = next {
                run.news.tell(&vendor, &till, Story::Kept { account: Some(kept) });
                run.leave(Site::Till { vendor, till });
            } else {
                run.follow(next, 0, None);
            }
        });
    }

    /// Goes on, or shows where it ended.
    fn follow(&self, next: Next, polls: u32, failure: Option<ApiError>) {
        match next {
            Next::Connected(connected) => {
                let site =
                    Site::Till { vendor: connected.connection.vendor.clone(), till: connected.connection.till.clone() };
                self.news.tell_connected(*connected);
                self.leave(site);
            }
            Next::Kept { vendor, till } => {
                self.news.tell(&vendor, &till, Story::Kept { account: None });
                self.leave(Site::Till { vendor, till });
            }
            Next::Till { vendor, till } => self.leave(Site::Till { vendor, till }),
            Next::Choose { vendor, till } => self.leave(Site::Choose { vendor, till }),
            Next::Look => self.look_again(0, failure),
            Next::Poll => {
                let run = self.clone();
                set_timeout(move || run.look_again(polls + 1, failure), PAUSE);
            }
            Next::Ask(ref question) => {
                self.concern(&question.vendor, &question.till);
                _ = self.outcome.try_set(Some(next));
            }
            Next::Failed(_) => {
                self.learn();
                _ = self.outcome.try_set(Some(next));
            }
            Next::Unknown | Next::Waiting | Next::Nothing => _ = self.outcome.try_set(Some(next)),
        }
    }

    /// Notes which till it is about.
    fn concern(&self, vendor: &str, till: &str) {
        _ = self.about.try_set(Some((vendor.to_owned(), till.to_owned())));
    }

    /// Where this tab does not know which till it set out to connect, the session's latest attempt does: so that
    /// **Try again** can begin anew.
    fn learn(&self) {
        if self.about.try_get_untracked().flatten().is_some() {
            return;
        }
        let run = self.clone();
        spawn_local(async move {
            if let Ok(latest) = attempts::latest().await {
                run.concern(&latest.vendor, &latest.till);
            }
        });
    }

    fn leave(&self, site: Site) {
        // Gone with the page, if the reader has left it meanwhile.
        _ = self.go.try_with_value(|go| go(site));
    }
}

/// While the server talks to HubRise.
#[component]
fn UnderWay(#[prop(into)] on_check: Callback<()>) -> impl IntoView {
    let language = language();
    let steps = move || {
        let locale = language.get();
        vec![
            (Stage::Done, td_string!(locale, callback.step_back).to_owned()),
            (Stage::Busy, td_string!(locale, callback.step_check).to_owned()),
            (Stage::Next, td_string!(locale, callback.step_till).to_owned()),
        ]
    };
    let announcer = announcer();
    announcer.say(td_string!(language.get_untracked(), callback.step_check).to_owned());
    view! {
        <div class="card" aria-busy="true">
            <div class="body">
                <h1>{tr!(language, callback.title)}</h1>
                <p class="muted">{tr!(language, callback.lead)}</p>
                <Progress steps=steps />
                <Slow label=tr!(language, callback.check) on_again=on_check />
            </div>
        </div>
    }
}

/// Where it ended, when that is on this page.
#[component]
fn Outcome(next: Next, run: Run) -> impl IntoView {
    let language = language();
    let about = run.about;
    // Whatever is learnt about the till meanwhile brings its buttons.
    let begin = Memo::new(move |_| about.get().map(|(vendor, till)| Begin::new(&vendor, &till)));
    let till = move || about.get().map(|(vendor, till)| Site::Till { vendor, till });
    let to_till = move || till().map(|till| view! { <a href=till.path()>{tr!(language, callback.to_till)}</a> });
    match next {
        Next::Ask(question) => view! { <Asked question=*question run=run /> }.into_any(),
        Next::Failed(error) => {
            let profile = expect_context::<Profile>();
            let support = Memo::new(move |_| {
                let (vendor, _) = about.get()?;
                profile.of(&vendor)?.ok().map(|vendor| vendor.support.email)
            });
            let repeat = move |()| match run.returned.get_value() {
                Some(returned) => run.finish(returned),
                None => run.look(None),
            };
            dynamic(move || {
                let around = Around { begin: begin.get(), till: till(), support: support.get(), finishing: true };
                view! { <Stuck error=error.clone() place=Place::Page on_repeat=repeat.clone() around=around /> }
            })
            .into_any()
        }
        Next::Unknown => view! {
            <Said
                title=tr!(language, callback.unknown_title)
                means=tr!(language, callback.unknown_means)
                todo=tr!(language, callback.unknown_todo)
            >
                <Button
                    label=tr!(language, callback.check)
                    weight=Weight::Primary
                    on_press=move |()| run.look(None)
                />
                {to_till}
            </Said>
        }
        .into_any(),
        Next::Waiting => view! {
            <Said
                title=tr!(language, callback.waiting_title)
                means=tr!(language, callback.waiting_means)
                todo=tr!(language, callback.waiting_todo)
            >
                {perhaps(move || begin.get().map(|begin| view! { <Again begin=begin /> }))}
                {to_till}
            </Said>
        }
        .into_any(),
        _ => view! {
            <Said
                title=tr!(language, callback.none_title)
                means=tr!(language, callback.none_means)
                todo=tr!(language, callback.none_todo)
            >
                <LinkButton
                    href=|| Site::Vendors.path()
                    label=tr!(language, callback.home)
                    weight=Weight::Primary
                />
            </Said>
        }
        .into_any(),
    }
}

/// What is neither a success nor a failure, in words.
#[component]
fn Said(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] means: Signal<String>,
    #[prop(into)] todo: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="card">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {title}
                </h1>
                <p class="muted">{means}</p>
                <p>{todo}</p>
                <div class="buttons">{children()}</div>
            </div>
        </div>
    }
}

/// Another account than before: switch, or keep.
#[component]
fn Asked(question: Question, run: Run) -> impl IntoView {
    let language = language();
    let profile = expect_context::<Profile>();
    let Question { attempt, vendor, till, from, to } = question;
    let switching = RwSignal::new(false);
    let keeping = RwSignal::new(false);
    let name = {
        let till = till.clone();
        // Until the profile has come, its id names the till.
        Memo::new(move |_| {
            let known = profile.of(&vendor).and_then(Result::ok);
            known
                .and_then(|vendor| vendor.tills.into_iter().find(|known| known.id == till))
                .map_or_else(|| till.clone(), |till| localized(language.get(), &till.name))
        })
    };
    let (old, new) = (StoredValue::new(from.name.clone()), StoredValue::new(to.name.clone()));
    let answer = move |accept: bool, busy: RwSignal<bool>| {
        if !switching.get_untracked() && !keeping.get_untracked() {
            run.confirm(attempt.clone(), accept, old.get_value(), busy);
        }
    };
    let (switch, keep) = (answer.clone(), answer);
    view! {
        <div class="card">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {tr!(language, callback.confirm_title)}
                </h1>
                <p>
                    {text(move || {
                        td_string!(language.get(), callback.confirm_lead,
                            till = name.get(), from = old.get_value(), to = new.get_value()
                        )
                    })}
                </p>
                <dl class="pair">
                    <div>
                        <dt>{tr!(language, callback.confirm_now)}</dt>
                        <dd>
                            <strong>{from.name}</strong>
                            <code>{from.id}</code>
                        </dd>
                    </div>
                    <div>
                        <dt>{tr!(language, callback.confirm_new)}</dt>
                        <dd>
                            <strong>{to.name}</strong>
                            <code>{to.id}</code>
                        </dd>
                    </div>
                </dl>
                <p class="muted">
                    {text(move || {
                        td_string!(language.get(), callback.confirm_means, from = old.get_value(), to = new.get_value())
                    })}
                </p>
                <div class="buttons">
                    <Button
                        label=tr!(language, callback.confirm_accept)
                        weight=Weight::Primary
                        busy=switching
                        on_press=move |()| switch(true, switching)
                    />
                    <Button
                        label=text(move || td_string!(language.get(), callback.confirm_decline, account = old.get_value()))
                        weight=Weight::Plain
                        busy=keeping
                        on_press=move |()| keep(false, keeping)
                    />
                </div>
            </div>
        </div>
    }
}
