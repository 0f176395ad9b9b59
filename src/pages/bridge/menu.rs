//! The menu check: reads the connected catalog on demand and lists what the till would not take, to be read, printed, or
//! taken into a spreadsheet.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{MenuCheck, ProblemCode};

use super::{Here, head::Head};
use crate::{
    api::{ApiError, menu_check},
    browser::{clock, file, page},
    components::{
        announcer::announcer,
        button::{Button, Weight},
        dynamic::{dynamic, perhaps},
        icon::{Glyph, Icon},
        problem::Place,
        progress::{Progress, Stage},
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::menu::{Group, fault, groups, means, part, table},
    pages::stuck::Stuck,
};

/// The page.
#[component]
pub fn Menu(
    /// The till.
    here: Here,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let connection = here.connection;
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let found = RwSignal::new(None::<MenuCheck>);
    let id = here.id;
    let check = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let id = id.get_value();
        spawn_local(async move {
            let answer = menu_check::run(&id).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(check) => {
                    announcer.say(count(language.get_untracked(), language.code(), &check));
                    found.set(Some(check));
                    page::focus("state");
                }
                Err(error) => problem.set(Some(error)),
            }
        });
    };
    let label = text(move || {
        let locale = language.get();
        match (busy.get(), found.with(Option::is_some)) {
            (true, _) => td_string!(locale, menu_check.reading),
            (false, true) => td_string!(locale, menu_check.again),
            (false, false) => td_string!(locale, menu_check.start),
        }
    });
    let steps = Signal::derive(move || {
        let locale = language.get();
        vec![
            (Stage::Busy, td_string!(locale, menu_check.reading).to_owned()),
            (Stage::Next, td_string!(locale, menu_check.looking).to_owned()),
        ]
    });
    let catalog = Memo::new(move |_| {
        let gone =
            problem.with(|problem| problem.as_ref().and_then(ApiError::code) == Some(ProblemCode::ChoiceInvalid));
        connection.with(|it| it.catalog.as_ref().map(|catalog| catalog.name.clone())).filter(|_| !gone)
    });
    let content = dynamic(move || match catalog.get() {
        None => view! {
            <p>
                <strong>{tr!(language, menu_check.no_catalog)}</strong>
            </p>
            <p class="muted">{tr!(language, menu_check.no_catalog_means)}</p>
        }
        .into_any(),
        Some(name) => {
            let catalog = text(move || td_string!(language.get(), menu_check.catalog, name = name.as_str()));
            let weight = if found.with(Option::is_some) { Weight::Plain } else { Weight::Primary };
            view! {
                <p>{catalog}</p>
                <div class="press">
                    <Button label=label weight=weight busy=busy on_press=check />
                </div>
                {perhaps(move || {
                    busy.get()
                        .then(|| {
                            view! {
                                <Progress steps=steps />
                                <p class="small muted">{tr!(language, menu_check.wait)}</p>
                            }
                        })
                })}
            }
            .into_any()
        }
    });
    view! {
        <section class="card menucheck" aria-labelledby="state">
            <Head here=here />
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {tr!(language, bridge_settings.menu)}
                </h1>
                <p class="muted lead">{tr!(language, menu_check.lead)}</p>
                {content}
                {perhaps(move || {
                    problem.get().filter(|_| catalog.with(Option::is_some)).map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=check /> })
                })}
            </div>
            {perhaps(move || found.get().map(|found| view! { <Found found=found /> }))}
        </section>
    }
}

/// How much was found, in a sentence.
fn count(locale: Locale, code: &str, check: &MenuCheck) -> String {
    match check.findings.len() + check.more as usize {
        0 => td_string!(locale, menu_check.fine).to_owned(),
        1 => td_string!(locale, menu_check.found_single).to_owned(),
        count => td_string!(locale, menu_check.found_several, count = clock::number(code, count)),
    }
}

/// What was found.
#[component]
fn Found(found: MenuCheck) -> impl IntoView {
    let language = language();
    let (fine, more) = (found.findings.is_empty(), found.more as usize);
    let groups = groups(&found.findings);
    let found = StoredValue::new(found);
    let title = text(move || found.with_value(|found| count(language.get(), language.code(), found)));
    let looked = text(move || {
        found.with_value(|found| {
            let count = clock::number(language.code(), found.looked_at as usize);
            let time = clock::date_time(language.code(), &found.checked_at);
            td_string!(language.get(), menu_check.looked, count = count, catalog = found.catalog.as_str(), time = time)
        })
    });
    let save = move |()| {
        let text = found.with_value(|found| table(language.get_untracked(), found));
        file::save("menu-check.csv", "text/csv;charset=utf-8", &text);
    };
    let (class, glyph) = if fine { ("ok", Glyph::Done) } else { ("warn", Glyph::Warn) };
    view! {
        <div class=format!("verdict {class}")>
            <h2>
                <Icon of=glyph />
                <span>{title}</span>
            </h2>
            <p class="small">{looked}</p>
            <p class="small">{tr!(language, menu_check.unknown_refs)}</p>
            {(!fine)
                .then(|| {
                    view! {
                        <div class="buttons">
                            <Button
                                label=tr!(language, menu_check.print)
                                weight=Weight::Plain
                                on_press=move |()| page::print()
                            />
                            <Button label=tr!(language, menu_check.csv) weight=Weight::Plain on_press=save />
                        </div>
                    }
                })}
        </div>
        {groups.into_iter().map(|group| view! { <OneGroup group=group /> }).collect_view()}
        {(more > 0)
            .then(|| {
                let more = text(move || {
                    td_string!(language.get(), menu_check.more, count = clock::number(language.code(), more))
                });
                view! {
                    <div class="body">
                        <p class="muted">{more}</p>
                    </div>
                }
            })}
    }
}

/// Findings of the same kind.
#[component]
fn OneGroup(group: Group) -> impl IntoView {
    let language = language();
    let Group { part: of, fault: wrong, findings } = group;
    let many = findings.len();
    let title = text(move || {
        let locale = language.get();
        let many = clock::number(language.code(), many);
        format!("{} · {} ({many})", part(locale, of), fault(locale, wrong))
    });
    view! {
        <section class="group">
            <h3>{title}</h3>
            <p class="small muted">{text(move || means(language.get(), of, wrong))}</p>
            <ul>
                {findings
                    .into_iter()
                    .map(|finding| {
                        view! {
                            <li>
                                <span>{finding.name}</span>
                                {finding.reference.map(|reference| view! { <code>{reference}</code> })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
