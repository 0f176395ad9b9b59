//! One product, closely: what the till says, what HubRise holds and why, when it was sent and what was said then, and its last
//! 30 days.

use leptos::prelude::*;
use passerelle_wire::{StockHistory, StockTile};

use super::{
    data::Data,
    tile::{class, glyph},
};
use crate::{
    api::{Answer, stock},
    browser::clock,
    components::{
        button::{Button, Weight},
        copy::{Copied, Copy},
        dialog::Dialog,
        dynamic::{dynamic, perhaps},
        icon::Icon,
        moment::Moment,
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    logic::stock::{
        amount::{thousandths, written},
        asked::Key,
        chart::{HEIGHT, WIDTH, chart},
        fingerprint, look, name, words,
    },
    pages::{bridge::Here, stuck::Stuck},
    routes::Part,
};

/// How many changes are listed.
const LISTED: usize = 60;

/// The dialog, open while the address names a tile.
#[component]
pub fn Detail(
    /// The till.
    here: Here,
    /// The board.
    data: Data,
) -> impl IntoView {
    let language = language();
    let asked = data.asked;
    let wanted = move || asked.query.with(|query| query.open.clone());
    let is_wanted = Memo::new(move |_| asked.query.with(|query| query.open.is_some()));
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(is_wanted.get()));
    // Escape and the button close it; the address says so.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            asked.open(None);
        }
        now
    });
    let tile = move || {
        let wanted = wanted()?;
        data.shown.with(|shown| shown.as_ref()?.named(&wanted).cloned())
    };
    // Written down, so that the parts below turn with it and with nothing else.
    let known = Memo::new(move |_| wanted().map(|(_, reference)| reference));
    let title = text(move || match (tile().map(|tile| name(&tile).to_owned()), wanted()) {
        (Some(name), _) => name,
        (None, Some((_, reference))) => reference,
        (None, None) => td_string!(language.get(), stock.board).to_owned(),
    });
    view! {
        <Dialog open=open title=title>
            {perhaps(move || {
                let here = here.clone();
                known.get().and_then(|_| untrack(wanted)).map(|key| view! { <Closely here=here data=data key=key /> })
            })}
            <div class="actions">
                <Button
                    label=tr!(language, stock.close)
                    weight=Weight::Plain
                    first=true
                    on_press=move |()| open.set(false)
                />
            </div>
        </Dialog>
    }
}

/// What is in it.
#[component]
fn Closely(here: Here, data: Data, key: Key) -> impl IntoView {
    let id = here.id;
    let key = StoredValue::new(key);
    let asked = Answer::to(move || {
        let (kind, reference) = key.get_value();
        async move { stock::history(&id.get_value(), kind, &reference).await }
    });
    // Again when anything about it changed.
    let tile = move || data.shown.with(|shown| key.with_value(|key| shown.as_ref()?.named(key).cloned()));
    let print = Memo::new(move |_| {
        tile().map(|tile| {
            let mut print = String::new();
            fingerprint(&tile, &mut print);
            print
        })
    });
    Effect::new(move |before: Option<()>| {
        print.track();
        if before.is_some() {
            asked.refresh();
        }
    });
    let sends = Memo::new(move |_| data.sends());
    // With what is seen of it, rather than with every look.
    let known = move || {
        print.track();
        untrack(tile).or_else(|| asked.get().and_then(Result::ok).map(|history| history.tile))
    };
    let again = move |()| asked.retry();
    let shown = {
        let here = here.clone();
        perhaps(move || {
            let here = here.clone();
            known().map(|tile| {
                let operation = match asked.get() {
                    Some(Ok(history)) => history.operation,
                    _ => None,
                };
                let href = operation.map(|id| here.path(Part::Operation(id)));
                view! { <Sides tile=tile sending=sends.get() href=href /> }
            })
        })
    };
    view! {
        {shown}
        {dynamic(move || match asked.get() {
            None => view! { <Waiting shape=Shape::Lines on_again=again /> }.into_any(),
            Some(Err(error)) => view! { <Stuck error=error place=Place::Inline on_repeat=again /> }.into_any(),
            Some(Ok(history)) => view! { <History history=history /> }.into_any(),
        })}
    }
}

/// The till's side, HubRise's side, and the rule between them.
#[component]
fn Sides(tile: StockTile, sending: bool, href: Option<String>) -> impl IntoView {
    let language = language();
    let (locale, code) = (language.get(), language.code());
    let look = look(&tile);
    let number = tile.quantity.as_deref().map(|text| written(text, code));
    let held = words::held(locale, code, tile.held.as_deref());
    let should = tile.differs.then(|| words::held(locale, code, tile.wanted.as_deref()));
    let zero = tile.held.as_deref().and_then(thousandths) == Some(0);
    let title = if zero { td_string!(locale, stock.why_zero) } else { td_string!(locale, stock.why) };
    let said = words::why(locale, &tile, sending);
    let moment = |label: &'static str, at: Option<i64>| {
        at.map(|at| view! { <div><dt>{label}</dt><dd><Moment at=clock::stamp(at) /></dd></div> })
    };
    let option = (tile.kind == passerelle_wire::StockKind::Option)
        .then(|| [" (", td_string!(locale, stock.option), ")"].concat());
    view! {
        <dl class="facts">
            <div>
                <dt>{td_string!(locale, stock.reference)}</dt>
                <dd><Copy text=tile.reference.clone() what=Copied::Id />{option}</dd>
            </div>
            <div>
                <dt>{td_string!(locale, stock.says)}</dt>
                <dd class=format!("says {}", class(look))>
                    <Icon of=glyph(look) />
                    {number.map(|number| view! { <strong>{number}</strong> " " })}
                    {words::word(locale, look)}
                </dd>
            </div>
            {moment(td_string!(locale, stock.back_at), tile.expires_at)}
            {(!tile.unknown)
                .then(|| view! { <div><dt>{td_string!(locale, stock.holds)}</dt><dd><strong>{held}</strong></dd></div> })}
            {should
                .map(|should| view! { <div><dt>{td_string!(locale, stock.should)}</dt><dd><strong>{should}</strong></dd></div> })}
            {moment(td_string!(locale, stock.sent_at), tile.sent_at)}
            {moment(td_string!(locale, stock.others_at), tile.others_at)}
        </dl>
        {href.map(|href| view! { <p><a href=href>{td_string!(locale, stock.see_operation)}</a></p> })}
        <h3>{title}</h3>
        {said.into_iter().map(|said| view! { <p>{said}</p> }).collect_view()}
    }
}

/// The last 30 days, drawn and in figures.
#[component]
fn History(history: StockHistory) -> impl IntoView {
    let language = language();
    let (locale, code) = (language.get(), language.code());
    let StockHistory { points, .. } = history;
    #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates")]
    let now = (clock::now() / 1_000.0) as i64;
    let drawn = chart(&points, now);
    let whole = |amount: i64| written(&(amount / 1_000).to_string(), code);
    let label = td_string!(locale, stock.chart, least = whole(drawn.least), most = whole(drawn.most));
    let bands: Vec<_> = drawn
        .inactive
        .iter()
        .map(|band| {
            view! {
                <rect class="band" x=band.start.to_string() y="0" width=(band.end - band.start).to_string() height=HEIGHT.to_string()></rect>
            }
        })
        .collect();
    let zero = format!("M0 {}H{WIDTH}", drawn.zero);
    let none = points.is_empty();
    let line = |point: passerelle_wire::StockPoint| {
        let tile = StockTile { says: point.says, quantity: point.quantity.clone(), ..StockTile::default() };
        let word = words::word(locale, look(&tile));
        let number = point.quantity.as_deref().map_or_else(|| "–".to_owned(), |text| written(text, code));
        view! {
            <tr>
                <td>{clock::date_time(code, &clock::stamp(point.at))}</td>
                <td>{number}</td>
                <td>{word}</td>
            </tr>
        }
    };
    let lines: Vec<_> = points.into_iter().rev().take(LISTED).map(line).collect();
    view! {
        <h3>{td_string!(locale, stock.history)}</h3>
        {match none {
            true => view! { <p class="muted">{td_string!(locale, stock.history_none)}</p> }.into_any(),
            false => view! {
                <svg class="stock-chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=label>
                    {bands}
                    <path class="zero" d=zero></path>
                    <path class="drawn" d=drawn.line></path>
                </svg>
                <details class="stock-figures">
                    <summary>{td_string!(locale, stock.changes)}</summary>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{td_string!(locale, stock.time)}</th>
                                <th scope="col">{td_string!(locale, stock.quantity)}</th>
                                <th scope="col">{td_string!(locale, operations.state)}</th>
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </details>
            }
            .into_any(),
        }}
    }
}
