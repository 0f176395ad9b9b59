//! How far a synchronisation has come, and what it did.

use leptos::prelude::*;
use passerelle_wire::{StockKind, StockSync, StockSyncResult, StockSyncState};

use super::data::Data;
use crate::{
    browser::clock,
    components::{
        announcer::announcer,
        disclosure::Disclosure,
        dynamic::{dynamic, perhaps},
        icon::Icon,
        moment::Moment,
        notice::Tone,
        progress::Progress,
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::{
        operation::why,
        stock::{
            standing::{is_going, steps},
            words,
        },
    },
    pages::bridge::Here,
    routes::Part,
};

/// The latest run, while there is one to tell of.
#[component]
pub fn Outcome(
    /// The till.
    here: Here,
    /// The board.
    data: Data,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let run = Memo::new(move |_| data.of_head(|head| head.sync.clone()));
    // Said when it ends while somebody looks on.
    Effect::new(move |before: Option<Option<(String, bool)>>| {
        let now = run.with(|run| run.as_ref().map(|run| (run.id.clone(), is_going(run))));
        if let (Some(Some((id, true))), Some((same, false))) = (&before, &now)
            && id == same
            && let Some(words) = run.with_untracked(|run| run.as_ref().map(|run| title(language.get_untracked(), run)))
        {
            announcer.say(words.to_owned());
        }
        now
    });
    perhaps(move || {
        let here = here.clone();
        run.get().map(|run| match is_going(&run) {
            true => view! { <Going run=run /> }.into_any(),
            false => view! { <Ended here=here data=data run=run /> }.into_any(),
        })
    })
}

/// What became of it.
fn title(locale: Locale, run: &StockSync) -> &'static str {
    match (run.state, run.result.as_ref().is_some_and(|result| result.left > 0)) {
        (StockSyncState::Failed, _) => td_string!(locale, stock.sync_failed),
        (_, true) => td_string!(locale, stock.sync_left),
        (_, false) => td_string!(locale, stock.sync_done),
    }
}

/// Under way.
#[component]
fn Going(run: StockSync) -> impl IntoView {
    let language = language();
    let (state, fails) = (run.state, run.cause.is_some());
    let shown = Signal::derive(move || {
        let locale = language.get();
        let words = [
            td_string!(locale, stock.sync_reading),
            td_string!(locale, stock.sync_sending),
            td_string!(locale, stock.sync_comparing),
        ];
        steps(state).into_iter().zip(words.map(str::to_owned)).collect::<Vec<_>>()
    });
    view! {
        <div class="run">
            <h2>{tr!(language, stock.sync_busy)}</h2>
            {(state == StockSyncState::Waiting)
                .then(|| view! { <p class="small muted">{tr!(language, stock.sync_waiting)}</p> })}
            <Progress steps=shown />
            {fails.then(|| view! { <p class="small">{tr!(language, stock.sync_retries)}</p> })}
        </div>
    }
}

/// Over.
#[component]
fn Ended(here: Here, data: Data, run: StockSync) -> impl IntoView {
    let language = language();
    let tone = match (run.state, run.result.as_ref().map(|result| result.left)) {
        (StockSyncState::Failed, _) => Tone::Fail,
        (_, Some(1..)) => Tone::Warn,
        _ => Tone::Ok,
    };
    let operation = run.operation.clone().map(|id| here.path(Part::Operation(id)));
    let (ended, by, cause) = (run.ended_at.clone(), run.asked_by.clone(), run.cause);
    let result = run.result.clone();
    let run = StoredValue::new(run);
    view! {
        <div class=format!("run {}", tone.class()) role="group" aria-label=tr!(language, stock.sync_result)>
            <h2>
                <Icon of=tone.glyph() />
                <span>{text(move || run.with_value(|run| title(language.get(), run)))}</span>
            </h2>
            {cause.map(|cause| view! { <p>{text(move || why(language.get(), cause))}</p> })}
            {result.map(|result| view! { <Result data=data result=result /> })}
            <p class="small muted">
                {ended.map(|at| view! { {tr!(language, stock.sync_when)} " " <Moment at=at /> })}
                {by.map(|by| view! { " – " {tr!(language, stock.sync_by)} " " <bdi>{by}</bdi> })}
                {operation.map(|href| view! { " – " <a href=href>{tr!(language, stock.see_operation)}</a> })}
            </p>
        </div>
    }
}

/// What it did, in figures; what is wrong, by name.
#[component]
fn Result(data: Data, result: StockSyncResult) -> impl IntoView {
    let language = language();
    let figure = |label: Signal<String>, count: u32| {
        let number = text(move || clock::number(language.code(), usize::try_from(count).unwrap_or(usize::MAX)));
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{number}</dd>
            </div>
        }
    };
    let refs = result.unknown_refs.iter().map(|one| one.reference.clone()).collect::<Vec<_>>();
    let differences = StoredValue::new(result.differences);
    let named = move |kind: StockKind, reference: &str| {
        let wanted = (kind, reference.to_owned());
        data.shown.with_untracked(|shown| {
            let tile = shown.as_ref().and_then(|shown| shown.named(&wanted));
            tile.map_or(reference, crate::logic::stock::name).to_owned()
        })
    };
    let lines = move || {
        let (locale, code) = (language.get(), language.code());
        differences.with_value(|all| {
            all.iter()
                .map(|one| {
                    let (held, wanted) = (
                        words::held(locale, code, one.held.as_deref()),
                        words::held(locale, code, one.wanted.as_deref()),
                    );
                    let name = named(one.kind, &one.reference);
                    let told = td_string!(locale, stock.difference, name = name, held = held, wanted = wanted);
                    view! { <li>{told}</li> }
                })
                .collect_view()
        })
    };
    let (some_refs, some_left) = (!refs.is_empty(), differences.with_value(|all| !all.is_empty()));
    view! {
        <dl class="figures">
            {figure(tr!(language, stock.result_sent), result.sent)}
            {figure(tr!(language, stock.result_zeroed), result.zeroed)}
            {figure(tr!(language, stock.result_removed), result.removed)}
            {figure(tr!(language, stock.result_unknown), result.unknown)}
            {figure(tr!(language, stock.result_left), result.left)}
        </dl>
        {some_refs
            .then(|| {
                view! {
                    <Disclosure title=tr!(language, stock.result_refs)>
                        <ul>
                            {refs
                                .into_iter()
                                .map(|reference| {
                                    view! {
                                        <li>
                                            <code>{reference}</code>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    </Disclosure>
                }
            })}
        {some_left
            .then(|| {
                view! {
                    <Disclosure title=tr!(language, stock.result_differences)>
                        <ul>{dynamic(lines)}</ul>
                    </Disclosure>
                }
            })}
    }
}
