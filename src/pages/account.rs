//! The user's own account: who they are at this vendor's console, and in which browsers they are signed in.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{SessionLine, SignedIn};
use stylers::style_sheet;

use super::{
    begin::{Begin, on_restored},
    stuck::{SignIn, Stuck},
    who::SignOut,
};
use crate::{
    api::{Answer, ApiError, session},
    app::{Profile, Ready},
    browser::clock,
    components::{
        announcer::announcer,
        button::{Button, Weight},
        dynamic::{dynamic, perhaps},
        moment::ticking,
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/account.css");

/// What the page shows: the user with their sessions, or that nobody is signed in.
type Shown = Option<(SignedIn, Vec<SessionLine>)>;

/// The page.
#[component]
pub fn AccountPage(
    /// The vendor's slug.
    vendor: String,
) -> impl IntoView {
    let site = Site::Account { vendor: vendor.clone() };
    let profile = expect_context::<Profile>();
    profile.renew();
    let shown = {
        let vendor = vendor.clone();
        Answer::to(move || fetch(vendor.clone()))
    };
    on_restored(move || shown.refresh());
    let again = move |()| {
        profile.renew();
        shown.retry();
    };
    let name = {
        let vendor = vendor.clone();
        Memo::new(move |_| profile.of(&vendor).map(|answer| answer.map(|vendor| vendor.name)))
    };
    dynamic(move || match (name.get(), shown.get()) {
        (Some(Err(error)), _) | (_, Some(Err(error))) => {
            view! { <Stuck error=error place=Place::Page on_repeat=again /> }.into_any()
        }
        (Some(Ok(name)), Some(Ok(shown_now))) => {
            Ready::mark(site.clone());
            match shown_now {
                None => view! { <Unknown vendor=vendor.clone() /> }.into_any(),
                Some((user, sessions)) => view! {
                    <Person user=user name=name />
                    <Sessions
                        vendor=vendor.clone()
                        sessions=sessions
                        on_ended=Callback::new(move |()| shown.refresh())
                    />
                }
                .into_any(),
            }
        }
        _ => view! { <Waiting shape=Shape::Card on_again=again /> }.into_any(),
    })
}

/// The user, if one is signed in, and then their sessions.
async fn fetch(vendor: String) -> Result<Shown, ApiError> {
    let session = session::current().await?;
    let Some(user) = session.users.iter().find(|user| user.vendor == vendor).cloned() else { return Ok(None) };
    Ok(Some((user, session::list(&vendor).await?)))
}

/// Nobody is signed in.
#[component]
fn Unknown(vendor: String) -> impl IntoView {
    let language = language();
    view! {
        <div class="card">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {tr!(language, account.asked_title)}
                </h1>
                <p class="muted">{tr!(language, account.asked_means)}</p>
                <div class="buttons">
                    <SignIn begin=Begin::sign_in(&vendor) />
                </div>
            </div>
        </div>
    }
}

/// Who it is.
#[component]
fn Person(user: SignedIn, name: String) -> impl IntoView {
    let language = language();
    let vendor = StoredValue::new(name);
    let SignedIn { name, email, support, vendor: slug, .. } = user;
    view! {
        <div class=format!("{SCOPE} card account")>
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {tr!(language, account.title)}
                </h1>
                <p class="muted">
                    {text(move || td_string!(language.get(), account.lead, vendor = vendor.get_value()))}
                </p>
                <dl>
                    <div>
                        <dt>{tr!(language, account.name)}</dt>
                        <dd>{name}</dd>
                    </div>
                    <div>
                        <dt>{tr!(language, account.email)}</dt>
                        <dd>{email}</dd>
                    </div>
                    {support
                        .then(|| {
                            view! {
                                <div>
                                    <dt>{tr!(language, account.support)}</dt>
                                    <dd>
                                        {text(move || {
                                            td_string!(language.get(), account.support_yes, vendor = vendor.get_value())
                                        })}
                                    </dd>
                                </div>
                            }
                        })}
                </dl>
                <div class="buttons">
                    <SignOut vendor=slug />
                </div>
            </div>
        </div>
    }
}

/// Where they are signed in.
#[component]
fn Sessions(vendor: String, sessions: Vec<SessionLine>, on_ended: Callback<()>) -> impl IntoView {
    let language = language();
    let alone = sessions.len() < 2;
    view! {
        <section class=format!("{SCOPE} account sessions")>
            <h2>{tr!(language, account.sessions)}</h2>
            <p class="small muted">
                {if alone { tr!(language, account.sessions_none) } else { tr!(language, account.sessions_lead) }}
            </p>
            <ul class="card">
                {sessions
                    .into_iter()
                    .map(|line| view! { <Line vendor=vendor.clone() line=line on_ended=on_ended /> })
                    .collect_view()}
            </ul>
        </section>
    }
}

/// One session, and the button that ends it: this browser's own ends by signing out.
#[component]
fn Line(vendor: String, line: SessionLine, on_ended: Callback<()>) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let SessionLine { id, browser, created_at, last_seen_at, this } = line;
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let end = Callback::new(move |()| {
        let (vendor, id) = (vendor.clone(), id.clone());
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match session::end(&vendor, &id).await {
                Ok(()) => {
                    announcer.say(td_string!(language.get_untracked(), account.ended).to_owned());
                    on_ended.run(());
                }
                Err(error) => {
                    _ = busy.try_set(false);
                    _ = problem.try_set(Some(error));
                }
            }
        });
    });
    let tick = ticking();
    let since = move |at: &str| {
        tick.track();
        clock::ago(language.code(), at).unwrap_or_else(|| at.to_owned())
    };
    let times = text(move || {
        let locale = language.get();
        let began = td_string!(locale, account.began, time = since(&created_at));
        let seen = td_string!(locale, account.seen, time = since(&last_seen_at));
        format!("{began} · {seen}")
    });
    let browser = text(move || {
        let locale = language.get();
        let name = if browser.is_empty() { td_string!(locale, account.unknown_browser) } else { browser.as_str() };
        if this { format!("{name} ({})", td_string!(locale, account.this)) } else { name.to_owned() }
    });
    let label = text(move || {
        let locale = language.get();
        if busy.get() { td_string!(locale, account.ending) } else { td_string!(locale, account.end) }
    });
    view! {
        <li>
            <div class="words">
                <strong>{browser}</strong>
                <span class="small muted">{times}</span>
            </div>
            {(!this).then(|| view! { <Button label=label weight=Weight::Danger busy=busy on_press=end /> })}
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=end /> })
            })}
        </li>
    }
}
