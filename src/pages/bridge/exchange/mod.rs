//! One request of an operation and its answer: who called whom, how it went, and both bodies, laid out and explained. Owns
//! fetching both the operation and the exchange, and the way to the exchanges before and after it.

mod around;
mod body;
mod changes;
mod code;
mod editor;
mod facts;
mod find;
mod frame;
mod keys;
mod meanings;
mod send;
mod side;
mod tool;

use leptos::prelude::*;
use passerelle_wire::{Exchange, Operation, ProblemCode, Resendable, Way};
use stylers::style_sheet;

use self::{
    around::Around,
    editor::Editor,
    facts::Facts,
    meanings::Meanings,
    side::Side,
    tool::{CopyTool, Tool},
};
use super::Here;
use crate::{
    api::{Answer, ApiError, operations},
    app::Users,
    browser::{judge, page},
    components::{
        dynamic::{dynamic, perhaps},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    logic::{
        body::{Form, readable},
        curl::curl,
        exchange::{Whose, headers},
        visible::visible,
        written::begin,
        xml_lines,
    },
    pages::stuck::Stuck,
};

const SCOPE: &str = style_sheet!("style/pages/exchange.css");

/// The page.
#[component]
pub fn ExchangePart(
    /// The till.
    here: Here,
    /// The operation's id.
    operation: String,
    /// The exchange's id.
    id: String,
) -> impl IntoView {
    let place = StoredValue::new((here.id.get_value(), operation, id));
    let around = Answer::to(move || {
        let (connection, operation, _) = place.get_value();
        async move { operations::get(&connection, &operation).await }
    });
    let asked = Answer::to(move || {
        let (connection, _, id) = place.get_value();
        async move { operations::exchange(&connection, &id).await }
    });
    // Its version and what may be done with it change while the page is open; what was said does not.
    let turned = here.turned;
    Effect::new(move |before: Option<()>| {
        turned.track();
        if before.is_some() {
            around.refresh();
        }
    });
    let kept = Memo::new(move |before: Option<&Option<Result<Operation, ApiError>>>| match (around.get(), before) {
        (Some(Err(_)), Some(Some(Ok(kept)))) => Some(Ok(kept.clone())),
        (now, _) => now,
    });
    let lacking = Memo::new(move |_| {
        let exchange = asked.get();
        kept.with(|operation| match (operation, exchange) {
            (Some(Err(error)), _) => Some(Some(error.clone())),
            (_, Some(Err(error))) => Some(Some(error)),
            (Some(Ok(operation)), Some(Ok(exchange))) => {
                // An exchange of another operation is none of this address's.
                let belongs = operation.exchanges.iter().any(|line| line.id == exchange.line.id);
                (!belongs).then(|| Some(ProblemCode::NotFound.into()))
            }
            _ => Some(None),
        })
    });
    let again = move |()| {
        around.retry();
        asked.retry();
    };
    dynamic(move || match lacking.get() {
        Some(None) => view! { <Waiting shape=Shape::Card on_again=again /> }.into_any(),
        Some(Some(error)) => view! { <Stuck error=error place=Place::Page on_repeat=again /> }.into_any(),
        None => match (kept.get_untracked(), untrack(|| asked.get())) {
            (Some(Ok(first)), Some(Ok(exchange))) => {
                let operation = Memo::new(move |before: Option<&Operation>| match kept.get() {
                    Some(Ok(now)) => now,
                    _ => before.cloned().unwrap_or_else(|| first.clone()),
                });
                view! { <Whole here=here.clone() operation=operation exchange=exchange /> }.into_any()
            }
            _ => ().into_any(),
        },
    })
}

/// All of it.
#[component]
fn Whole(here: Here, operation: Memo<Operation>, exchange: Exchange) -> impl IntoView {
    let language = language();
    let meanings = Meanings::ask();
    let Exchange { line, request_headers, request_body, response_headers, response_body } = exchange;
    let (asked, answered) = (headers(&request_headers), headers(&response_headers));
    let name = operation.with_untracked(|operation| match &operation.line.order {
        Some(order) => order.order_id.clone(),
        None => operation.line.id.clone(),
    });
    let file = |whose: Whose, body: &str| [&name, "-", whose.id(), ".", Form::of(body).extension()].concat();
    let (request_file, answer_file) = (file(Whose::Request, &request_body), file(Whose::Answer, &response_body));
    let command = StoredValue::new(curl(&line.method, &line.url, &asked, &request_body, &request_file));
    let editing = RwSignal::new(false);
    let writable = line.way == Way::BridgeToTill && !request_body.is_empty();
    let modify = modify(&here, operation, writable, editing);
    let tools = view! {
        <CopyTool label=tr!(language, exchange.curl) text=Callback::new(move |()| command.get_value()) />
        {modify}
    }
    .into_any();
    let status = line.status;
    let error = visible(line.error.as_deref().unwrap_or_default()).into_owned();
    let answer = text(move || match status {
        Some(status) => td_string!(language.get(), exchange.response, status = status),
        None => td_string!(language.get(), exchange.response_none, error = error.as_str()),
    });
    let first = StoredValue::new(request_body.clone());
    let editor = {
        let here = here.clone();
        perhaps(move || {
            let here = here.clone();
            editing.get().then(move || {
                let laid = first.with_value(|body| {
                    let whole = readable(body, Form::Xml).is_ok() && judge::xml(body).is_ok();
                    whole.then(|| xml_lines::lay_out(body))
                });
                let first = first.with_value(|body| begin(body, laid.as_ref()));
                view! {
                    <Editor here=here operation=operation first=first on_close=move |()| editing.set(false) />
                }
            })
        })
    };
    view! {
        <div class=format!("{SCOPE} exchange")>
            <Around here=here.clone() operation=operation id=line.id.clone() />
            <Facts here=here operation=operation line=line />
            <Side
                whose=Whose::Request
                title=tr!(language, exchange.request)
                headers=asked
                body=request_body
                file=request_file
                meanings=meanings
                tools=tools
                below=editor.into_any()
            />
            <Side
                whose=Whose::Answer
                title=answer
                headers=answered
                body=response_body
                file=answer_file
                meanings=meanings
                tools=().into_any()
            />
        </div>
    }
}

/// The way to the editor, for who may act on a request that can be written anew; and why not, where names are masked in it.
fn modify(here: &Here, operation: Memo<Operation>, writable: bool, editing: RwSignal<bool>) -> AnyView {
    let language = language();
    let (manages, users, vendor) = (here.manages(), expect_context::<Users>(), here.vendor.slug.clone());
    let may = Memo::new(move |_| {
        let acts = manages.get() || users.of(&vendor).is_some_and(|user| user.support);
        let (resendable, hidden) = operation.with(|operation| (operation.line.resendable, operation.names_hidden));
        (writable && acts && resendable != Resendable::No).then_some(hidden)
    });
    dynamic(move || match may.get() {
        None => ().into_any(),
        // What is masked would be sent masked.
        Some(true) => view! { <p class="small muted">{tr!(language, exchange.edit_hidden)}</p> }.into_any(),
        Some(false) => view! {
            <Tool
                label=tr!(language, exchange.edit)
                on_press=move |()| {
                    editing.set(true);
                    page::focus("edit");
                }
            />
        }
        .into_any(),
    })
    .into_any()
}
