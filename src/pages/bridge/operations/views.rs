//! Saved views: the filters of the list under a name, kept for the reader.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::View;

use super::{super::Here, Asked};
use crate::{
    api::{Answer, ApiError, views},
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::{dynamic, perhaps},
        field::Field,
        icon::{Glyph, Icon},
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    logic::log_query::LogQuery,
    pages::stuck::Stuck,
};

/// How long a name may be, as the server says.
const LONGEST: usize = 40;

/// The button, and the dialog with the views.
#[component]
pub fn Views(
    /// The till.
    here: Here,
    /// What is asked for.
    asked: Asked,
) -> impl IntoView {
    let language = language();
    let open = RwSignal::new(false);
    let vendor = StoredValue::new(here.vendor.slug);
    view! {
        <button type="button" class="clear" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            {tr!(language, operations.views)}
        </button>
        <Dialog open=open title=tr!(language, operations.views)>
            {perhaps(move || open.get().then(|| view! { <Kept vendor=vendor asked=asked open=open /> }))}
            <div class="actions">
                <Button label=tr!(language, desk.close) weight=Weight::Plain on_press=move |()| open.set(false) />
            </div>
        </Dialog>
    }
}

#[component]
fn Kept(vendor: StoredValue<String>, asked: Asked, open: RwSignal<bool>) -> impl IntoView {
    let language = language();
    let kept = Answer::to(move || {
        let vendor = vendor.get_value();
        async move { views::list(&vendor).await }
    });
    let problem = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let done = move |answer: Result<(), ApiError>| {
        // The dialog may have been closed meanwhile.
        if busy.try_set(false).is_none() {
            problem.set(answer.err());
            kept.refresh();
        }
    };
    let save = move |()| {
        let view = View {
            id: String::new(),
            name: name.with_untracked(|name| name.trim().to_owned()),
            query: asked.query.with_untracked(LogQuery::filters),
        };
        if view.name.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        name.set(String::new());
        let vendor = vendor.get_value();
        spawn_local(async move { done(views::keep(&vendor, &view).await.map(|_kept| ())) });
    };
    let line = move |View { id, name, query }: View| {
        let label = [td_string!(language.get(), operations.view_forget), " ", &name].concat();
        let show = move |_| {
            open.set(false);
            asked.ask(LogQuery::read(&query));
        };
        let forget = move |_| {
            let (vendor, id) = (vendor.get_value(), id.clone());
            busy.set(true);
            spawn_local(async move { done(views::forget(&vendor, &id).await) });
        };
        view! {
            <li>
                <button type="button" class="clear" on:click=show>
                    <bdi>{name}</bdi>
                </button>
                <button type="button" class="icon-only" aria-label=label on:click=forget>
                    <Icon of=Glyph::Close />
                </button>
            </li>
        }
    };
    let none = text(move || match kept.get() {
        None => td_string!(language.get(), wait.loading),
        Some(Ok(views)) if views.is_empty() => td_string!(language.get(), operations.views_none),
        _ => "",
    });
    let failed = move || problem.get().or_else(|| kept.get().and_then(Result::err));
    let plain = Memo::new(move |_| asked.query.with(LogQuery::is_all));
    view! {
        <p>{none}</p>
        <ul class="views">
            {dynamic(move || kept.get().and_then(Result::ok).unwrap_or_default().into_iter().map(line).collect_view())}
        </ul>
        {perhaps(move || {
            failed().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=move |()| kept.refresh() /> })
        })}
        {perhaps(move || {
            (!plain.get())
                .then(|| {
                    view! {
                        <Field id="view-name" label=tr!(language, operations.view_name) value=name longest=LONGEST />
                        <div>
                            <Button label=tr!(language, operations.view_save) weight=Weight::Plain busy=busy on_press=save />
                        </div>
                    }
                })
        })}
    }
}
