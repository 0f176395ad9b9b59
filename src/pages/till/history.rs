//! Who did what to a connection: loaded each time it is unfolded, page by page, newest first.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::AuditLine;

use crate::{
    api::{ApiError, audit, until_cleanup},
    components::{
        button::{Button, Weight},
        disclosure::Disclosure,
        dynamic::{dynamic, perhaps},
        moment::Moment,
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, text, tr},
    logic::history::{action, who},
    pages::stuck::Stuck,
};

/// What has been loaded so far; copied into the calls under way.
#[derive(Clone, Copy)]
struct Pages {
    connection: StoredValue<String>,
    lines: RwSignal<Option<Vec<AuditLine>>>,
    next: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<ApiError>>,
}

impl Pages {
    /// Loads the first page, or the one after the last; keeps what is there until it has come.
    fn load(self, first: bool) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let cursor = self.next.get_untracked().filter(|_| !first);
        spawn_local(until_cleanup(async move {
            let connection = self.connection.get_value();
            let answer = audit::page(&connection, cursor.as_deref()).await;
            self.busy.set(false);
            match answer {
                Ok(page) => {
                    self.next.set(page.next_cursor);
                    self.lines.update(|lines| match lines {
                        Some(lines) if cursor.is_some() => lines.extend(page.items),
                        _ => *lines = Some(page.items),
                    });
                }
                Err(error) => self.problem.set(Some(error)),
            }
        }));
    }
}

/// The history.
#[component]
pub fn History(
    /// The connection's id.
    connection: String,
) -> impl IntoView {
    let language = language();
    let pages = Pages {
        connection: StoredValue::new(connection),
        lines: RwSignal::new(None),
        next: RwSignal::new(None),
        busy: RwSignal::new(false),
        problem: RwSignal::new(None),
    };
    let owner = Owner::current();
    let load = move |first| match &owner {
        Some(owner) => owner.with(|| pages.load(first)),
        None => pages.load(first),
    };
    let load = StoredValue::new(load);
    let load = move |first| load.with_value(|load| load(first));
    let first = move || load(true);
    let list = dynamic(move || {
        match pages.lines.get() {
        // Nothing is waited for while it is folded.
        None if !pages.busy.get() => ().into_any(),
        None => view! { <Waiting shape=Shape::Lines on_again=move |()| first() /> }.into_any(),
        Some(lines) if lines.is_empty() => view! { <p class="muted">{tr!(language, audit.empty)}</p> }.into_any(),
        Some(lines) => {
            view! { <ol class="history">{lines.into_iter().map(|line| view! { <Line line=line /> }).collect_view()}</ol> }
                .into_any()
        }
    }
    });
    view! {
        <Disclosure title=tr!(language, audit.title) on_open=move |()| first()>
            {list}
            {perhaps(move || {
                pages
                    .problem
                    .get()
                    .map(|error| {
                        let again = move |()| load(pages.lines.with_untracked(Option::is_none));
                        view! { <Stuck error=error place=Place::Inline on_repeat=again /> }
                    })
            })}
            {perhaps(move || {
                pages
                    .next
                    .with(Option::is_some)
                    .then(|| {
                        view! {
                            <div>
                                <Button
                                    label=tr!(language, audit.older)
                                    weight=Weight::Plain
                                    busy=pages.busy
                                    on_press=move |()| load(false)
                                />
                            </div>
                        }
                    })
            })}
        </Disclosure>
    }
}

/// One thing done.
#[component]
fn Line(line: AuditLine) -> impl IntoView {
    let language = language();
    let (at, done) = (line.at.clone(), line.action);
    let line = StoredValue::new(line);
    view! {
        <li>
            <span class="name">{text(move || action(language.get(), done))}</span>
            <span>{text(move || line.with_value(|line| who(language.get(), line)))}</span>
            <Moment at=at />
        </li>
    }
}
