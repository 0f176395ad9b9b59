//! A request that waits in support's queue: what was sent, since when, and taking it back.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::SupportRequest;

use super::super::{Here, contact::Contact};
use crate::{
    api::{ApiError, requests},
    browser::page,
    components::{
        announcer::announcer,
        button::{Button, Weight},
        dynamic::perhaps,
        moment::Moment,
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    pages::stuck::Stuck,
};

/// The request.
#[component]
pub fn Sent(
    /// The vendor and the till.
    here: Here,
    /// The request.
    request: Memo<Option<SupportRequest>>,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let vendor = StoredValue::new(here.vendor.slug.clone());
    let on_look = here.on_look;
    let withdraw = move |()| {
        let Some(request) = request.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        problem.set(None);
        let vendor = vendor.get_value();
        spawn_local(async move {
            let answer = requests::withdraw(&vendor, &request.id).await;
            _ = busy.try_set(false);
            match answer {
                Ok(()) => {
                    announcer.say(td_string!(language.get_untracked(), asking.withdrawn).to_owned());
                    on_look.run(());
                    page::focus("main");
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let label = text(move || {
        let locale = language.get();
        if busy.get() { td_string!(locale, asking.withdrawing) } else { td_string!(locale, asking.withdraw) }
    });
    let rows = perhaps(move || {
        request.get().map(|request| {
            view! {
                <dl class="facts">
                    <div>
                        <dt>{tr!(language, asking.hubrise_id)}</dt>
                        <dd>
                            <code>{request.hubrise_id}</code>
                        </dd>
                    </div>
                    <div>
                        <dt>{tr!(language, asking.location_name)}</dt>
                        <dd>{request.location_name}</dd>
                    </div>
                    <div>
                        <dt>{tr!(language, asking.sent_at)}</dt>
                        <dd>
                            <Moment at=request.created_at />
                        </dd>
                    </div>
                    <div>
                        <dt>{tr!(language, till.by)}</dt>
                        <dd>{request.name}" "<span class="muted">{request.email}</span></dd>
                    </div>
                </dl>
            }
        })
    });
    view! {
        {rows}
        <div class="actions">
            <Button label=label weight=Weight::Danger busy=busy on_press=withdraw />
        </div>
        {perhaps(move || {
            problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=withdraw /> })
        })}
        <Contact vendor=here.vendor />
    }
}
