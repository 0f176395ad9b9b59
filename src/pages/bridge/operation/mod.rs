//! One operation: the order's story. What happened to it, what that means and what to do, what each part of the order became,
//! what the kitchen reads, all that was said, and what people did. Looked at again when something turned; what is shown
//! changes in place.

mod acts;
mod card;
mod exchanges;
mod facts;
mod notes;
mod sides;
mod tale;
mod ticket;
mod timeline;

use leptos::prelude::*;
use passerelle_wire::{Operation, OperationKind, Sides};
use stylers::style_sheet;

use self::{
    acts::{history::History, names::Names},
    card::CauseCard,
    exchanges::Exchanges,
    facts::Facts,
    notes::Notes,
    sides::SideBySide,
    tale::Tale,
    ticket::Ticket,
    timeline::Timeline,
};
use super::Here;
use crate::{
    api::{Answer, ApiError, operation, operation::Place, operations},
    browser::storage,
    components::{
        announcer::announcer,
        dynamic::{dynamic, perhaps},
        icon::{Glyph, Icon},
        problem::Place as Around,
        waiting::{Shape, Waiting},
    },
    i18n::{language, tr},
    logic::query,
    pages::stuck::Stuck,
    routes::Part,
};

const SCOPE: &str = style_sheet!("style/pages/operation.css");

/// The page.
#[component]
pub fn OperationPart(
    /// The till.
    here: Here,
    /// The operation's id.
    id: String,
) -> impl IntoView {
    let language = language();
    let place = StoredValue::new(Place { connection: here.id.get_value(), operation: id });
    let asked = Answer::to(move || {
        let Place { connection, operation } = place.get_value();
        async move { operations::get(&connection, &operation).await }
    });
    let turned = here.turned;
    Effect::new(move |before: Option<()>| {
        turned.track();
        if before.is_some() {
            asked.refresh();
        }
    });
    let kept = Memo::new(move |before: Option<&Option<Result<Operation, ApiError>>>| match (asked.get(), before) {
        (Some(Err(_)), Some(Some(Ok(kept)))) => Some(Ok(kept.clone())),
        (now, _) => now,
    });
    let lacking = Memo::new(move |_| {
        kept.with(|kept| match kept {
            None => Some(None),
            Some(Err(error)) => Some(Some(error.clone())),
            Some(Ok(_)) => None,
        })
    });
    let again = move |()| asked.retry();
    let list = here.path(Part::Operations);
    // As the reader left it, where they came from there.
    let left = storage::read_tab(storage::LIST).filter(|left| query::path_of(left) == list);
    let list = left.unwrap_or(list);
    view! {
        <p class="back">
            <a href=list>
                <Icon of=Glyph::Left />
                <span>{tr!(language, operation.back)}</span>
            </a>
        </p>
        {dynamic(move || match lacking.get() {
            Some(None) => view! { <Waiting shape=Shape::Card on_again=again /> }.into_any(),
            Some(Some(error)) => view! { <Stuck error=error place=Around::Page on_repeat=again /> }.into_any(),
            None => match kept.get_untracked() {
                Some(Ok(first)) => {
                    let operation = Memo::new(move |before: Option<&Operation>| match kept.get() {
                        Some(Ok(now)) => now,
                        _ => before.cloned().unwrap_or_else(|| first.clone()),
                    });
                    let tale = tell(here.clone(), place, asked, operation);
                    view! { <Whole tale=tale /> }.into_any()
                }
                _ => ().into_any(),
            },
        })}
    }
}

/// Gathers what the parts know.
fn tell(here: Here, place: StoredValue<Place>, asked: Answer<Operation>, operation: Memo<Operation>) -> Tale {
    let asked_sides = Answer::to(move || {
        let place = place.get_value();
        async move { operation::sides(&place).await }
    });
    // Another try may have sent something else, and names may have been shown.
    let version = Memo::new(move |_| operation.with(|now| (now.line.version.clone(), now.names_hidden)));
    Effect::new(move |before: Option<()>| {
        version.track();
        if before.is_some() {
            asked_sides.refresh();
        }
    });
    let sides = Memo::new(move |before: Option<&Option<Sides>>| match asked_sides.get() {
        Some(Ok(now)) => Some(now),
        _ => before.cloned().flatten(),
    });
    Tale {
        acts: Tale::may_act(&here),
        here,
        place,
        operation,
        asked,
        asked_sides,
        sides,
        picked: RwSignal::new(None),
        announcer: announcer(),
        language: language(),
        owner: StoredValue::new(Owner::current()),
    }
}

/// All of it.
#[component]
fn Whole(tale: Tale) -> impl IntoView {
    let operation = tale.operation;
    let is_order = operation.with_untracked(|now| now.line.kind == OperationKind::OrderCreated);
    let printing = RwSignal::new(false);
    let noted = Memo::new(move |_| operation.with(|now| !now.notes.is_empty()));
    view! {
        <div class=move || format!("{SCOPE} story{}", if printing.get() { " printing" } else { "" })>
            <CauseCard tale=tale.clone() />
            <Timeline tale=tale.clone() />
            <Names tale=tale.clone() />
            {
                let tale = tale.clone();
                perhaps(move || noted.get().then(|| view! { <Notes tale=tale.clone() /> }))
            }
            {is_order
                .then(|| {
                    view! {
                        <SideBySide tale=tale.clone() />
                        <Ticket tale=tale.clone() printing=printing />
                    }
                })}
            <Exchanges tale=tale.clone() />
            <History tale=tale />
            <Facts operation=operation />
        </div>
    }
}
