//! From HubRise: hands what it brought to the server, and goes where that leads, or shows why it leads nowhere. Serves
//! both the way back from a run begun here and HubRise's own **Connect**.
//! The decisions are `logic::callback`'s; what HubRise brought left the address bar in `entry`.

mod asked;
mod offered;
mod outcome;
mod window;

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{AttemptBegin, ProblemCode, Purpose};

use self::outcome::Outcome;
use super::news::{News, Story};
use crate::{
    address::Address,
    api::{ApiError, attempts},
    app::{About, Landed, Ready},
    browser::page,
    components::{
        announcer::announcer,
        dynamic::dynamic,
        progress::{Progress, Stage},
        waiting::Slow,
    },
    i18n::{language, td_string, tr},
    logic::{
        callback::{Landing, Next, after_arrival, after_finish, after_latest},
        run,
    },
    routes::Site,
};

/// Between two looks at an attempt that is being exchanged.
const PAUSE: Duration = Duration::from_secs(1);

/// What the page does and shows.
#[derive(Clone)]
struct Run {
    /// What came of it; `None` while it is under way.
    outcome: RwSignal<Option<Next>>,
    /// What HubRise brought, kept in memory for a call that was lost on the way.
    brought: StoredValue<Option<Landing>>,
    /// What was begun.
    about: RwSignal<Option<AttemptBegin>>,
    news: News,
    address: Address,
}

/// The page.
#[component]
pub fn CallbackPage(
    /// At which of its two addresses.
    site: Site,
) -> impl IntoView {
    let Landed(landed) = expect_context();
    let About(about) = expect_context();
    if let Site::Arrival { vendor } = &site {
        about.set(Some(run::blank(vendor, Purpose::Connect)));
    }
    let run = Run {
        outcome: RwSignal::new(None),
        brought: StoredValue::new(None),
        about,
        news: News::from_context(),
        address: Address::from_context(),
    };
    match landed.try_update_value(Option::take).flatten() {
        Some(Landing::Unasked) => run.follow(Next::Failed(ProblemCode::StateUnknown.into()), 0, None),
        None | Some(Landing::Resume) => run.look(None),
        brought => {
            run.brought.set_value(brought);
            run.hand_over();
        }
    }
    let outcome = run.outcome;
    dynamic(move || {
        let run = run.clone();
        match outcome.get() {
            None => view! { <UnderWay on_check=move |()| run.look(None) /> }.into_any(),
            Some(next) => {
                Ready::mark(site.clone());
                page::focus("state");
                view! { <Outcome next=next run=run /> }.into_any()
            }
        }
    })
}

impl Run {
    /// Hands what HubRise brought to the server, or asks how things stand where nothing was brought.
    fn hand_over(&self) {
        let run = self.clone();
        self.outcome.set(None);
        spawn_local(async move {
            let answer = match run.brought.get_value() {
                Some(Landing::Finish(returned)) => attempts::finish(&returned).await,
                Some(Landing::Arrive(arrival)) => match attempts::arrive(&arrival).await {
                    Err(failure) => {
                        return run.follow(after_arrival(attempts::latest().await, failure), 0, None);
                    }
                    answer => answer,
                },
                _ => return run.look_again(0, None),
            };
            let failure = answer.as_ref().err().cloned();
            run.follow(after_finish(answer), 0, failure);
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
                run.concern(run::again(latest));
            }
            run.follow(after_latest(answer, polls, failure.clone()), polls, failure);
        });
    }

    /// Answers what was asked; `declined` is told on the till's page when the answer is no.
    fn confirm(&self, attempt: String, accept: bool, declined: Story, busy: RwSignal<bool>) {
        let run = self.clone();
        busy.set(true);
        spawn_local(async move {
            let next = after_finish(attempts::confirm(&attempt, accept).await);
            _ = busy.try_set(false);
            if let Next::Kept { vendor, till } = next {
                run.news.tell(&vendor, &till, declined);
                run.leave(&Site::Till { vendor, till }.path());
            } else {
                run.follow(next, 0, None);
            }
        });
    }

    /// Goes on, or shows where it ended.
    fn follow(&self, next: Next, polls: u32, failure: Option<ApiError>) {
        match next {
            // In a window of a back office's, which shows the rest itself.
            Next::Connected(_) | Next::Kept { .. } | Next::Till { .. } | Next::Choose { .. } if self.closes() => {}
            Next::Connected(connected) => {
                let site =
                    Site::Till { vendor: connected.connection.vendor.clone(), till: connected.connection.till.clone() };
                self.news.tell_connected(*connected);
                self.leave(&site.path());
            }
            Next::Kept { vendor, till } => {
                self.news.tell(&vendor, &till, Story::Kept { account: None });
                self.leave(&Site::Till { vendor, till }.path());
            }
            Next::Till { vendor, till } => self.leave(&Site::Till { vendor, till }.path()),
            Next::Choose { vendor, till } => self.leave(&Site::Choose { vendor, till }.path()),
            Next::Back(path) => self.leave(&path),
            Next::Look => self.look_again(0, failure),
            Next::Poll => {
                let run = self.clone();
                set_timeout(move || run.look_again(polls + 1, failure), PAUSE);
            }
            Next::Ask(ref question) => {
                self.concern(connecting(&question.vendor, &question.till));
                _ = self.outcome.try_set(Some(next));
            }
            Next::Offer(ref offer) => {
                self.concern(connecting(&offer.vendor, &offer.till));
                _ = self.outcome.try_set(Some(next));
            }
            Next::Failed(_) => {
                self.learn();
                _ = self.outcome.try_set(Some(next));
            }
            Next::Unknown | Next::Waiting | Next::Nothing | Next::Closed => _ = self.outcome.try_set(Some(next)),
        }
    }

    /// Ends the window of a back office's frame; false in any other.
    fn closes(&self) -> bool {
        let Some(kept) = window::kept() else { return false };
        window::end(&kept);
        _ = self.outcome.try_set(Some(Next::Closed));
        true
    }

    /// Notes what was begun.
    fn concern(&self, what: AttemptBegin) {
        _ = self.about.try_set(Some(what));
    }

    /// Where this tab does not know what it set out to do, the session's latest attempt does: so that **Try again** can
    /// begin anew.
    fn learn(&self) {
        if self.about.try_get_untracked().flatten().is_some() {
            return;
        }
        let run = self.clone();
        spawn_local(async move {
            if let Ok(latest) = attempts::latest().await {
                run.concern(run::again(&latest));
            }
        });
    }

    fn leave(&self, path: &str) {
        // A reader who has left this page meanwhile is not fetched back.
        if self.outcome.try_get_untracked().is_some() {
            self.address.replace(path);
        }
    }
}

/// Connecting a till.
fn connecting(vendor: &str, till: &str) -> AttemptBegin {
    AttemptBegin { till: Some(till.to_owned()), ..run::blank(vendor, Purpose::Connect) }
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
