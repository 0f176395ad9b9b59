//! Who is signed in, at the end of the bar: a round mark that opens a small panel with the way in, to one's account, or out.
//! The browser's own popover: it closes by Escape or a press elsewhere, and gives the focus back.

use leptos::{prelude::*, task::spawn_local};
use stylers::style_sheet;

use super::{
    begin::Begin,
    stuck::{SignIn, Stuck},
};
use crate::{
    api::{ApiError, session},
    app::Users,
    browser::page,
    components::{
        button::{Button, LinkButton, Weight},
        dynamic::{dynamic, flag, perhaps},
        icon::{Glyph, Icon},
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/who.css");

/// The mark and its panel; nothing where no vendor is concerned.
#[component]
pub fn Who(
    /// The vendor the address is about.
    vendor: Memo<Option<String>>,
) -> impl IntoView {
    let language = language();
    let users: Users = expect_context();
    let user = Memo::new(move |_| vendor.get().and_then(|vendor| users.of(&vendor)));
    let label = text(move || match user.get() {
        Some(user) => td_string!(language.get(), sign_in.signed_in_as, name = user.name),
        None => td_string!(language.get(), sign_in.signed_out).to_owned(),
    });
    let mark = move || match user.get() {
        Some(user) => view! { <span class="initials" aria-hidden="true">{initials(&user.name)}</span> }.into_any(),
        None => view! { <Icon of=Glyph::Person /> }.into_any(),
    };
    let panel = move || {
        let vendor = vendor.get()?;
        Some(match user.get() {
            Some(user) => view! {
                <p>
                    <strong>{user.name}</strong>
                    <span class="muted">{user.email}</span>
                </p>
                {user.support
                    .then(|| {
                        let desk = Site::Desk { vendor: vendor.clone() }.path();
                        view! { <LinkButton href=desk label=tr!(language, sign_in.desk) weight=Weight::Plain /> }
                    })}
                <LinkButton
                    href=Site::Account { vendor: vendor.clone() }.path()
                    label=tr!(language, sign_in.account)
                    weight=Weight::Plain
                />
                <SignOut vendor=vendor />
            }
            .into_any(),
            None => view! {
                <p class="small muted">{tr!(language, sign_in.why)}</p>
                <SignIn begin=Begin::sign_in(&vendor) />
            }
            .into_any(),
        })
    };
    view! {
        <div class=format!("{SCOPE} who")>
            <button
                type="button"
                class="mark"
                popovertarget="who"
                title=label
                hidden=flag(move || vendor.get().is_none())
            >
                {dynamic(mark)}
                // Not an `aria-label`: the initials are to be seen, and would have to be part of it.
                <span class="hidden">{label}</span>
            </button>
            <div id="who" class="panel" popover="auto">
                {perhaps(panel)}
            </div>
        </div>
    }
}

/// **Sign out** of this browser; afterwards every page is another, so one is loaded afresh.
#[component]
pub fn SignOut(
    /// The vendor's slug.
    vendor: String,
) -> impl IntoView {
    let language = language();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let leave = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let vendor = vendor.clone();
        spawn_local(async move {
            match session::sign_out().await {
                Ok(()) => page::leave_for(&Site::Vendor { vendor }.path()),
                Err(error) => {
                    _ = busy.try_set(false);
                    _ = problem.try_set(Some(error));
                }
            }
        });
    };
    let leave = Callback::new(leave);
    view! {
        <Button label=tr!(language, sign_in.out) weight=Weight::Plain busy=busy on_press=leave />
        {perhaps(move || {
            problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=leave /> })
        })}
    }
}

/// The first letters of the first and the last name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_the_last_name() {
        assert_eq!(initials("Nina Rossi"), "NR");
        assert_eq!(initials("  inès  de la Cour "), "IC");
        assert_eq!(initials("Marc"), "M");
        assert_eq!(initials(""), "");
    }
}
