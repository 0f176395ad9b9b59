//! What came for a till and what became of it: how the day stands in one sentence, the last 30 days, the list with its search
//! and filters, and whether HubRise's notifications come.

mod again;
mod asked;
mod callback;
mod find;
mod frame;
mod keys;
mod list;
mod row;
mod stats;
mod texts;
mod tools;
mod views;

use leptos::prelude::*;
use passerelle_wire::Capability;
use stylers::style_sheet;

pub use self::row::{class, glyph};
use self::{
    again::Again,
    asked::Asked,
    callback::{Callbacks, Refused},
    find::{Find, Nothing},
    frame::Frame,
    keys::Keys,
    list::List,
    stats::{Counted, Stats},
    texts::Texts,
    tools::Tools,
    views::Views,
};
use super::{Here, head::Head};
use crate::{
    api::operations::file,
    browser::clock,
    components::{
        button::{LinkButton, Weight},
        dynamic::{dynamic, perhaps},
        icon::Icon,
        notice::{Notice, Tone},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    logic::{
        log_query::LogQuery,
        operation::{Day, Look, day, look},
    },
    pages::stuck::Stuck,
    routes::Part,
};

const SCOPE: &str = style_sheet!("style/pages/bridge_operations.css");

/// The page.
#[component]
pub fn Operations(
    /// The till.
    here: Here,
) -> impl IntoView {
    let asked = Asked::of(here.path(Part::Operations));
    let list = List::of(&here, asked);
    let stats = Stats::of(&here, list);
    let lacking = Memo::new(move |_| match (list.head.with(Option::is_some), list.stuck.get()) {
        (true, _) => None,
        (false, problem) => Some(problem),
    });
    let again = move |()| list.again();
    // What goes between such a till and HubRise is stock alone.
    let stock = !here.vendor.capabilities.contains(&Capability::OrderBridge);
    let rest = {
        let here = here.clone();
        dynamic(move || match lacking.get() {
            Some(None) => view! { <Waiting shape=Shape::Lines on_again=again /> }.into_any(),
            Some(Some(error)) => view! {
                <div class="body">
                    <Stuck error=error place=Place::Inline on_repeat=again />
                </div>
            }
            .into_any(),
            None => view! {
                <Verdict list=list stock=stock />
                <Refused here=here.clone() list=list />
                <Counted list=list stats=stats />
                <Find list=list stats=stats />
                <Tools list=list />
                <Whole here=here.clone() list=list />
                <Texts here=here.clone() asked=asked />
                <Acts here=here.clone() list=list />
                // Below, as its words come and go.
                <Callbacks here=here.clone() list=list />
            }
            .into_any(),
        })
    };
    view! {
        <First here=here.clone() />
        <section class=format!("{SCOPE} card operations") aria-labelledby="state">
            <Head here=here />
            {rest}
        </section>
    }
}

/// The way to the configuration while the till waits for its token: no order can reach it.
#[component]
fn First(here: Here) -> impl IntoView {
    let language = language();
    let token = here.token;
    let unfinished = Memo::new(move |_| token.is_awaited());
    let href = here.path(Part::Configuration);
    perhaps(move || {
        unfinished.get().then(|| {
            let href = href.clone();
            view! {
                <Notice tone=Tone::Warn>
                    <p>
                        <strong>{tr!(language, bridge_settings.first)}</strong>
                    </p>
                    <p>{tr!(language, bridge_settings.first_means)}</p>
                    <p>
                        <LinkButton
                            href=href
                            label=tr!(language, bridge_settings.configure)
                            weight=Weight::Primary
                        />
                    </p>
                </Notice>
            }
        })
    })
}

/// The list, or what stands in its place while there is nothing in it.
#[component]
fn Whole(here: Here, list: List) -> impl IntoView {
    let language = language();
    let bridges = here.vendor.capabilities.contains(&Capability::OrderBridge);
    let means = match bridges {
        true => tr!(language, operations.empty_means),
        false => tr!(language, stock.log_empty_means),
    };
    let empty = Memo::new(move |_| list.rows() == 0 && list.stuck.with(Option::is_none));
    let filtered = Memo::new(move |_| list.asked.query.with(|query| !query.is_all()));
    view! {
        <h2 id="list" class="hidden">
            {tr!(language, bridge_settings.operations)}
        </h2>
        {dynamic(move || match (empty.get(), filtered.get()) {
            (false, _) => view! { <Frame here=here.clone() list=list named="list" /> }.into_any(),
            (true, true) => view! { <Nothing asked=list.asked /> }.into_any(),
            (true, false) => view! {
                <div class="body empty">
                    <h3>{tr!(language, operations.empty)}</h3>
                    <p class="muted">{means}</p>
                </div>
            }
            .into_any(),
        })}
    }
}

/// What can be done with what is listed.
#[component]
fn Acts(here: Here, list: List) -> impl IntoView {
    let language = language();
    let (asked, id) = (list.asked, here.id);
    let link = move |name: &'static str, label: Signal<String>| {
        let href = text(move || file(&id.get_value(), name, &asked.query.with(LogQuery::filters)));
        view! {
            <a href=href download=name class="clear">
                {label}
            </a>
        }
    };
    view! {
        <div class="acts">
            <Views here=here.clone() asked=asked />
            {link("operations.csv", tr!(language, operations.csv))}
            {link("operations.har", tr!(language, operations.har))}
            <Again here=here list=list />
            <Keys />
        </div>
    }
}

/// How the last 24 hours stand.
#[component]
fn Verdict(list: List, stock: bool) -> impl IntoView {
    let language = language();
    let counts = Memo::new(move |_| list.head.with(|head| head.as_ref().map(|head| head.day)));
    let newest = Memo::new(move |before: Option<&Option<Look>>| match list.asked.query.with(LogQuery::is_all) {
        true => list.pages.with(|pages| pages.row(0).map(|(_, line)| look(line))),
        // What is found is not what came last.
        false => before.copied().flatten(),
    });
    // The day counts orders; how stock stands, its latest send says.
    let stands = Memo::new(move |_| match (stock, newest.get()) {
        (false, _) => counts.get().map_or(Day::Quiet, day),
        (true, None) => Day::Quiet,
        (true, Some(Look::Fine | Look::Kept)) => Day::Well,
        (true, Some(Look::Busy)) => Day::Going,
        (true, Some(Look::Unsure | Look::Broken)) => Day::Look(1),
    });
    let tone = move || match stands.get() {
        Day::Quiet => Tone::Off,
        Day::Well => Tone::Ok,
        Day::Going => Tone::Info,
        Day::Look(_) => Tone::Warn,
    };
    let number = move |count: u64| clock::number(language.code(), usize::try_from(count).unwrap_or(usize::MAX));
    let title = text(move || {
        let locale = language.get();
        match stands.get() {
            Day::Quiet if stock => td_string!(locale, stock.log_quiet).to_owned(),
            Day::Well if stock => td_string!(locale, stock.log_well).to_owned(),
            Day::Going if stock => td_string!(locale, stock.log_going).to_owned(),
            Day::Look(_) if stock => td_string!(locale, stock.log_look).to_owned(),
            Day::Quiet => td_string!(locale, operations.quiet).to_owned(),
            Day::Well => td_string!(locale, operations.well).to_owned(),
            Day::Going => td_string!(locale, operations.going).to_owned(),
            Day::Look(1) => td_string!(locale, operations.look_single).to_owned(),
            Day::Look(count) => td_string!(locale, operations.look_several, count = number(count)),
        }
    });
    let line = text(move || {
        let locale = language.get();
        if stock {
            return td_string!(locale, stock.log_empty_means).to_owned();
        }

        counts.get().map_or_else(String::new, |counts| {
            let (delivered, look, way) =
                (number(counts.delivered), number(counts.to_look_at), number(counts.under_way));
            td_string!(locale, operations.day, delivered = delivered, look = look, way = way)
        })
    });
    view! {
        <div class=move || format!("verdict top {}", tone().class())>
            <h1 id="state" tabindex="-1">
                {dynamic(move || view! { <Icon of=tone().glyph() /> })}
                <span>{title}</span>
            </h1>
            <p class="small">{line}</p>
        </div>
    }
}
