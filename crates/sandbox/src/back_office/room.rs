//! What an account's pages share: the navigation, who is signed in, and who may not come in. What is on the pages is
//! theirs.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{
    control::is_cross_site,
    html::{self, Esc, Page},
    lang::Lang,
    oauth::{authorize::problem_page, session::with_session, sign_in::Door},
    params::Params,
    state::{
        App, State as Everything,
        directory::{Account, User},
        roles::Role,
    },
};

/// A page of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Data,
    Connections,
    Settings,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Connections, Self::Data, Self::Settings];

    /// HubRise's words in its left navigation.
    pub(super) fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Connections => lang.pick("CONNEXIONS", "CONNECTIONS"),
            Self::Data => lang.pick("DONNÉES", "DATA"),
            Self::Settings => lang.pick("CONFIGURATION", "SETTINGS"),
        }
    }

    pub(super) fn path(self, account_id: &str) -> String {
        match self {
            Self::Data => format!("/accounts/{account_id}"),
            Self::Connections => format!("/accounts/{account_id}/connections"),
            Self::Settings => format!("/accounts/{account_id}/settings"),
        }
    }

    /// Its name in the addresses of signing in and out.
    fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Connections => "connections",
            Self::Settings => "settings",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.name() == name)
    }
}

/// The way back to all accounts, and the navigation.
pub(super) fn head(account: &Account, here: Tab, lang: Lang) -> String {
    let links: String = Tab::ALL
        .into_iter()
        .map(|tab| {
            let mark = if tab == here { r#" aria-current="page""# } else { "" };
            format!(r#"<a href="{}"{mark}>{}</a>"#, Esc(&tab.path(&account.id)), tab.word(lang))
        })
        .collect();
    format!(
        r#"<p><a href="/">{back}</a></p><nav class="tabs" aria-label="{name}">{links}</nav>"#,
        back = lang.pick("Tous les comptes", "All accounts"),
        name = Esc(&account.name),
    )
}

/// Somebody who may act for an account, on one of its pages.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) lang: Lang,
    pub(super) account: Account,
    pub(super) user: User,
    pub(super) role: Role,
    tab: Tab,
}

impl Room {
    /// Lets the signed-in user in.
    ///
    /// # Errors
    /// The page to show instead: sign in first, no access, or no such account. Boxed, as a response is large.
    pub(super) fn enter(
        state: &Everything,
        headers: &HeaderMap,
        account_id: &str,
        tab: Tab,
    ) -> Result<Self, Box<Response>> {
        let lang = Lang::of(headers);
        let Some(account) = state.directory.account(account_id).cloned() else {
            return Err(Box::new(unknown(lang)));
        };
        let Some(user) = state.user_of(headers).cloned() else {
            return Err(Box::new(door(state, lang, &account, tab, None)));
        };
        match user.role_in(&account.id) {
            Some(role) => Ok(Self { lang, account, user, role, tab }),
            None => Err(Box::new(closed(lang, &account, &user, tab))),
        }
    }

    /// A changing request: from our own pages only.
    ///
    /// # Errors
    /// As [`Room::enter`], and for another site's page.
    pub(super) fn act(
        state: &Everything,
        headers: &HeaderMap,
        account_id: &str,
        tab: Tab,
    ) -> Result<Self, Box<Response>> {
        if is_cross_site(headers) {
            return Err(Box::new(StatusCode::FORBIDDEN.into_response()));
        }
        Self::enter(state, headers, account_id, tab)
    }

    /// The page's own path.
    pub(super) fn path(&self) -> String {
        self.tab.path(&self.account.id)
    }

    /// Whether the user may disconnect apps and give access ("HubRise Roles").
    pub(super) fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// The page: navigation, who is signed in, heading, and what is on it. `switch` is where the language switch leads.
    pub(super) fn page(&self, title: &str, switch: String, content: &str, status: StatusCode) -> Response {
        let lang = self.lang;
        let body = format!(
            "{head}{who}<h1>{title} <small>{account} <code>{id}</code></small></h1>{content}",
            head = head(&self.account, self.tab, lang),
            who = who(lang, &self.account, &self.user, self.tab),
            title = Esc(title),
            account = Esc(&self.account.name),
            id = Esc(&self.account.id),
        );
        Page { lang, title, body, switch: Some(switch), form_targets: Vec::new(), wide: true }.answer(status)
    }
}

fn who(lang: Lang, account: &Account, user: &User, tab: Tab) -> String {
    format!(
        r#"<div class="who"><span>{signed_in} <strong>{name}</strong></span>
<form class="inline" method="post" action="/accounts/{id}/sign_out/{tab}"><button class="bare" type="submit">{other}</button></form></div>"#,
        signed_in = lang.pick("Connecté en tant que", "Signed in as"),
        name = Esc(&user.name()),
        id = Esc(&account.id),
        tab = tab.name(),
        other = lang.pick("Changer d'utilisateur", "Use another user"),
    )
}

fn door(state: &Everything, lang: Lang, account: &Account, tab: Tab, unknown: Option<&str>) -> Response {
    let door = Door {
        to: &account.name,
        sign_in: &format!("/accounts/{}/sign_in/{}", account.id, tab.name()),
        sign_up: "/signup",
        page: &tab.path(&account.id),
        form_targets: Vec::new(),
    };
    door.page(state, lang, unknown)
}

fn closed(lang: Lang, account: &Account, user: &User, tab: Tab) -> Response {
    let title = lang.pick("Vous n'avez pas accès à ce compte", "You have no access to this account");
    let text = lang.pick(
        "Demandez à un Admin de ce compte de vous ajouter : CONFIGURATION, section Permissions.",
        "Ask an Admin of this account to add you: SETTINGS, section Permissions.",
    );
    let body = format!(
        r#"{}<section class="card"><h1>{title}</h1><p>{text}</p></section><p><a href="/">{}</a></p>"#,
        who(lang, account, user, tab),
        lang.pick("Tous les comptes", "All accounts"),
    );
    let switch = Some(format!("{}?", tab.path(&account.id)));
    Page { lang, title, body, switch, form_targets: Vec::new(), wide: false }.answer(StatusCode::FORBIDDEN)
}

/// The page of an account nobody has.
pub(super) fn unknown(lang: Lang) -> Response {
    let title = lang.pick("Compte inconnu", "Unknown account");
    let text = lang.pick("Aucun compte n'a cet identifiant.", "No account has this identifier.");
    problem_page(lang, title, text, StatusCode::NOT_FOUND)
}

/// Signs in the user of the e-mail address sent, and goes back to the page.
pub(super) async fn sign_in(
    State(app): State<App>,
    Path((id, tab)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if is_cross_site(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let lang = Lang::of(&headers);
    let mut state = app.state();
    let Some((account, tab)) = state.directory.account(&id).cloned().zip(Tab::of_name(&tab)) else {
        return unknown(lang);
    };
    let form = Params::parse(&body);
    let email = form.filled("email").unwrap_or_default();
    let Some(user_id) = state.directory.user_by_email(email).map(|user| user.id.clone()) else {
        return door(&state, lang, &account, tab, Some(email));
    };
    let session = state.change_user(&headers, Some(user_id));
    with_session(html::see_other(&tab.path(&account.id)), &session)
}

/// Signs out, to come back as somebody else.
pub(super) async fn sign_out(
    State(app): State<App>,
    Path((id, tab)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if is_cross_site(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut state = app.state();
    let known = state.directory.account(&id).map(|account| account.id.clone());
    let Some((account_id, tab)) = known.zip(Tab::of_name(&tab)) else { return unknown(Lang::of(&headers)) };
    let session = state.change_user(&headers, None);
    with_session(html::see_other(&tab.path(&account_id)), &session)
}
