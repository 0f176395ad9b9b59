//! The one dialog of the desk, and what it is about: declining a request, releasing a till, opening a connection one has
//! no right to yet. One for all three, so that the page never holds two.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{DeskLine, Lock, ProblemCode, SupportRequest};

use super::{Here, access::Access, answer::Decline};
use crate::{
    api::{ApiError, desk},
    browser::page,
    components::{
        announcer::{Announcer, announcer},
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::perhaps,
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    pages::stuck::Stuck,
};

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Decline this request?
    Decline(SupportRequest),
    /// Release this till?
    Release(Lock),
    /// How to come to see this connection.
    Access(DeskLine),
}

/// The dialog's state; copy it where something is to be asked.
#[derive(Clone, Copy)]
pub struct Asking {
    about: RwSignal<Option<Asked>>,
    /// Whether the dialog is open.
    pub open: RwSignal<bool>,
}

impl Default for Asking {
    fn default() -> Self {
        Self { about: RwSignal::new(None), open: RwSignal::new(false) }
    }
}

impl Asking {
    /// Opens the dialog.
    pub fn ask(self, about: Asked) {
        self.about.set(Some(about));
        self.open.set(true);
    }
}

/// The dialog.
#[component]
pub fn Question(
    /// The vendor.
    here: Here,
    /// What is asked.
    asking: Asking,
    /// Told when something was done.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let language = language();
    let title = text(move || {
        let locale = language.get();
        asking.about.with(|about| match about {
            None => String::new(),
            Some(Asked::Decline(request)) => td_string!(locale, desk.decline_title, name = request.name.as_str()),
            Some(Asked::Release(lock)) => {
                td_string!(locale, desk.release_title, till = here.till_name(locale, &lock.till))
            }
            Some(Asked::Access(line)) => place(&line.account_name, line.location_name.as_deref()),
        })
    });
    let deed = move || Deed::new(asking, on_change);
    let body = perhaps(move || {
        // Built anew each time it is opened: no answer half written for somebody else, no problem of long ago.
        asking.open.get().then(|| match asking.about.get_untracked()? {
            Asked::Decline(request) => Some(view! { <Decline here=here request=request deed=deed() /> }.into_any()),
            Asked::Release(lock) => Some(view! { <Release here=here lock=lock deed=deed() /> }.into_any()),
            Asked::Access(line) => Some(view! { <Access here=here line=line asking=asking /> }.into_any()),
        })?
    });
    view! {
        <Dialog open=asking.open title=title>
            {body}
        </Dialog>
    }
}

/// Something done from the dialog: under way, done, or stopped by a problem.
#[derive(Clone, Copy)]
pub struct Deed {
    /// The dialog.
    pub asking: Asking,
    /// Whether it is under way.
    pub busy: RwSignal<bool>,
    /// What stopped it.
    pub problem: RwSignal<Option<ApiError>>,
    announcer: Announcer,
    on_change: Callback<()>,
}

impl Deed {
    fn new(asking: Asking, on_change: Callback<()>) -> Self {
        Self { asking, busy: RwSignal::new(false), problem: RwSignal::new(None), announcer: announcer(), on_change }
    }

    /// Does it, once; then closes the dialog and says `done`, or `late` where somebody else was faster.
    pub fn start(self, call: impl Future<Output = Result<(), ApiError>> + 'static, done: String, late: String) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let said = match call.await {
                Ok(()) => done,
                Err(error) if is_late(&error) => late,
                Err(error) => {
                    _ = self.busy.try_set(false);
                    _ = self.problem.try_set(Some(error));
                    return;
                }
            };
            _ = self.busy.try_set(false);
            _ = self.asking.open.try_set(false);
            self.announcer.say(said);
            self.on_change.run(());
            // What was pressed to come here is gone with what it was about.
            page::focus("main");
        });
    }
}

/// Whether what was to be done is done, or undone, already.
fn is_late(error: &ApiError) -> bool {
    matches!(error.code(), Some(ProblemCode::RequestUnknown | ProblemCode::NotFound | ProblemCode::Conflict))
}

/// Release a till? With the consequence.
#[component]
fn Release(here: Here, lock: Lock, deed: Deed) -> impl IntoView {
    let language = language();
    let name = place(&lock.account.name, lock.location.as_ref().map(|location| location.name.as_str()));
    let means = text(move || td_string!(language.get(), desk.release_means, name = name.as_str()));
    let id = StoredValue::new(lock.id);
    let release = move |()| {
        let locale = language.get_untracked();
        let (vendor, id) = (here.slug(), id.get_value());
        deed.start(
            async move { desk::release(&vendor, &id).await },
            td_string!(locale, desk.released).to_owned(),
            td_string!(locale, desk.late).to_owned(),
        );
    };
    view! {
        <p>{means}</p>
        <p>{tr!(language, desk.release_stays)}</p>
        <Steps deed=deed label=tr!(language, desk.release) weight=Weight::Plain on_press=release />
    }
}

/// What stopped the deed, the way out, and the button that does it.
#[component]
pub fn Steps(
    /// What is done.
    deed: Deed,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// How loud it is.
    weight: Weight,
    /// Does it.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let language = language();
    view! {
        {perhaps(move || {
            deed.problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=on_press /> })
        })}
        <div class="actions">
            <Button
                label=tr!(language, leave.cancel)
                weight=Weight::Plain
                first=true
                on_press=move |()| deed.asking.open.set(false)
            />
            <Button label=label weight=weight busy=deed.busy on_press=on_press />
        </div>
    }
}

/// A connection's name: `Bella Pizza · Paris`.
pub fn place(account: &str, location: Option<&str>) -> String {
    match location {
        Some(location) => format!("{account} · {location}"),
        None => account.to_owned(),
    }
}
