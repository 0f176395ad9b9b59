//! A body with its tools: laid out or as it came, searched, copied, downloaded; and what must be said of it before it is read.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    code::Code,
    find::Find,
    frame::Frame,
    meanings::{Meanings, Strip},
    tool::{CopyTool, Tool},
};
use crate::{
    browser::{file, judge, page},
    components::{
        dynamic::{dynamic, perhaps},
        icon::{Glyph, Icon},
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::{
        body::{Form, Why, place_in, readable, unreadable},
        exchange::Whose,
        json_lines,
        layout::{Layout, plain},
        query, xml_lines,
    },
};

/// What of a body is the same however it is shown.
struct Read {
    form: Form,
    laid: Result<Arc<Layout>, Why>,
    raw: Arc<Layout>,
}

fn read(body: &str) -> Read {
    let form = Form::of(body);
    let laid = readable(body, form).and_then(|()| match form {
        Form::Xml => judge::xml(body).map(|()| Arc::new(xml_lines::lay_out(body))).map_err(Why::Broken),
        _ => judge::json(body).map(|()| Arc::new(json_lines::lay_out(body))).map_err(Why::Broken),
    });
    Read { form, laid, raw: Arc::new(plain(body)) }
}

/// The body.
#[component]
pub fn Body(
    /// Whose it is.
    whose: Whose,
    /// The body.
    body: String,
    /// What its headers say it is.
    declared: Option<Form>,
    /// What its file is called.
    file: String,
    /// Where nodes are explained.
    meanings: Meanings,
    /// More tools.
    tools: AnyView,
) -> impl IntoView {
    let language = language();
    let Read { form, laid, raw } = read(&body);
    let part = if form == Form::Json { "json" } else { "xml" };
    let why = laid.as_ref().err().cloned();
    let place = match &why {
        Some(Why::Broken(broken)) => broken.place.and_then(|place| place_in(&raw, place)),
        _ => None,
    };
    let laid = laid.ok();
    let can_lay = laid.is_some();
    let as_came = RwSignal::new(!can_lay);
    let layout = Memo::new(move |_| match (&laid, as_came.get()) {
        (Some(laid), false) => Arc::clone(laid),
        _ => Arc::clone(&raw),
    });
    let (_, search) = page::address();
    let frame = Frame::of(
        layout,
        Memo::new(move |_| !as_came.get()),
        Memo::new(move |_| place.filter(|_| as_came.get())),
        query::value(&search, "find").unwrap_or_default(),
    );
    Effect::new(move |_| {
        if frame.node.get().is_some() {
            match place {
                Some(place) => frame.reveal(place),
                None => frame.show_found(),
            }
        }
    });
    let bad = unreadable(&body);
    let notes = move |locale: Locale| notes(locale, why.as_ref(), declared.filter(|said| *said != form), form, bad);
    let cut = Memo::new(move |_| frame.rows.with(|rows| rows.cut));
    let body = StoredValue::new(body);
    let name = StoredValue::new(file);
    let view_of = move |raw: bool, label: Signal<String>| {
        view! {
            <button
                type="button"
                class="tool"
                aria-pressed=move || if as_came.get() == raw { "true" } else { "false" }
                on:click=move |_| as_came.set(raw)
            >
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        {perhaps(move || {
            let mut said = notes(language.get());
            if cut.get() {
                said.push(td_string!(language.get(), exchange.cut).to_owned());
            }
            (!said.is_empty())
                .then(|| {
                    view! {
                        <ul class="remarks">
                            {said
                                .into_iter()
                                .map(|note| {
                                    view! {
                                        <li>
                                            <Icon of=Glyph::Info />
                                            <span>{note}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })
        })}
        <div class="toolbar">
            {can_lay
                .then(|| {
                    view! {
                        <div class="views" role="group" aria-label=tr!(language, exchange.view)>
                            {view_of(false, tr!(language, exchange.laid_out))}
                            {view_of(true, tr!(language, exchange.as_came))}
                        </div>
                    }
                })} <Find frame=frame id=whose.find_id() /> <CopyTool
                label=tr!(language, exchange.copy)
                text=Callback::new(move |()| body.get_value())
            />
            <Tool
                label=tr!(language, exchange.download)
                on_press=move |()| {
                    let kind = if form == Form::Json { "application/json" } else { "text/plain" };
                    name.with_value(|name| body.with_value(|body| file::save(name, kind, body)));
                }
            /> {tools}
        </div>
        <Code
            frame=frame
            meanings=meanings
            part=part
            id=whose.id()
            label=text(move || match whose {
                Whose::Request => td_string!(language.get(), exchange.body_request),
                Whose::Answer => td_string!(language.get(), exchange.body_answer),
            })
        />
        {dynamic(move || {
            if frame.is_tree.get() {
                view! { <Strip frame=frame meanings=meanings part=part /> }.into_any()
            } else {
                ().into_any()
            }
        })}
    }
    .into_any()
}

/// What must be known of a body before it is read.
fn notes(locale: Locale, why: Option<&Why>, declared: Option<Form>, form: Form, bad: usize) -> Vec<String> {
    let mut said = Vec::new();
    match why {
        None | Some(Why::Neither) => {}
        Some(Why::Large) => said.push(td_string!(locale, exchange.large).to_owned()),
        Some(Why::Defines) => said.push(td_string!(locale, exchange.defines).to_owned()),
        Some(Why::Broken(broken)) => {
            let words = broken.words.as_str();
            said.push(match broken.place {
                Some((line, column)) => {
                    td_string!(
                        locale,
                        exchange.broken_at,
                        form = form.name(),
                        line = line,
                        column = column,
                        words = words
                    )
                }
                None => td_string!(locale, exchange.broken, form = form.name(), words = words),
            });
        }
    }
    if let Some(declared) = declared.filter(|_| form != Form::Text) {
        said.push(td_string!(locale, exchange.lies, said = declared.name(), form = form.name()));
    } else if let Some(declared) = declared {
        said.push(td_string!(locale, exchange.lies_text, said = declared.name()));
    }
    match bad {
        0 => {}
        1 => said.push(td_string!(locale, exchange.unreadable_single).to_owned()),
        _ => said.push(td_string!(locale, exchange.unreadable_several, count = bad)),
    }
    said
}
