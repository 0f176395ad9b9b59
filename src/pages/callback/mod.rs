//! Back from HubRise: hands its answer to the server, and goes where that leads, or shows why it leads nowhere.
//! The decisions are `logic::callback`'s; the answer left the address bar in `main`.

mod asked;
mod outcome;

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{AttemptFinish, ProblemCode};

use self::outcome::Outcome;
use super::news::{News, Story};
use crate::{
    address::Address,
    api::{ApiError, attempts},
    app::{About, Landing, Ready},
    browser::page,
    components::{
        announcer::announcer,
        dynamic::dynamic,
        progress::{Progress, Stage},
        waiting::Slow,
    },
    i18n::{language, td_string, tr},
    logic::callback::{Arrival, Next, after_finish, after_latest},
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
    address: Address,
}

/// The page.
#[component]
pub fn CallbackPage() -> impl IntoView {
    let Landing(landing) = expect_context();
    let About(about) = expect_context();
    let run = Run {
        outcome: RwSignal::new(None),
        returned: StoredValue::new(None),
        about,
        news: News::from_context(),
        address: Address::from_context(),
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
        // A reader who has left this page meanwhile is not fetched back.
        if self.outcome.try_get_untracked().is_some() {
            self.address.replace(&site.path());
        }
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
