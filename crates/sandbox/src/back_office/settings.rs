//! **CONFIGURATION** (in English, **SETTINGS**), section **Permissions**: who may act for the account, as what, a
//! line to add somebody with **+**, and a button to remove them ("Permissions").

use axum::{
    extract::{Path, State},
    response::Response,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};

use super::room::{Room, Tab};
use crate::{
    html::{self, Choice, Esc, alert, select},
    oauth::session,
    params::Params,
    state::{App, State as Everything, directory::User, roles::NotSo, roles::Role},
};

/// `GET /accounts/{account}/settings`
pub(super) async fn show(State(app): State<App>, Path(id): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(&uri)) {
        return response;
    }
    let state = app.state();
    match Room::enter(&state, &headers, &id, Tab::Settings) {
        Ok(room) => page(&state, &room, None, ""),
        Err(instead) => *instead,
    }
}

/// **+**: gives a user access, at once.
pub(super) async fn add(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Params::parse(&body);
    let email = form.filled("email").unwrap_or_default();
    let role = form.get("role").and_then(Role::of_word).unwrap_or(Role::Manager);
    change(&app, &id, &headers, email, |state| state.give_access(&id, email, role))
}

/// Takes a user's access away.
pub(super) async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = Params::parse(&body);
    let email = form.filled("email").unwrap_or_default();
    change(&app, &id, &headers, "", |state| state.take_access(&id, email))
}

/// Changes who has access; `typed` is shown again when it cannot be done.
fn change(
    app: &App,
    id: &str,
    headers: &HeaderMap,
    typed: &str,
    how: impl FnOnce(&mut Everything) -> Result<(), NotSo>,
) -> Response {
    let mut state = app.state();
    let room = match Room::act(&state, headers, id, Tab::Settings) {
        Ok(room) => room,
        Err(instead) => return *instead,
    };
    if !room.is_admin() {
        let text =
            room.lang.pick("Un Manager ne peut pas changer les permissions.", "A Manager cannot change permissions.");
        return page(&state, &room, Some((StatusCode::FORBIDDEN, text)), "");
    }
    match how(&mut state) {
        Ok(()) => html::see_other(&room.path()),
        Err(not_so) => {
            let why = (StatusCode::UNPROCESSABLE_ENTITY, not_so.words(room.lang));
            page(&state, &room, Some(why), typed)
        }
    }
}

fn page(state: &Everything, room: &Room, why: Option<(StatusCode, &str)>, typed: &str) -> Response {
    let lang = room.lang;
    let users: String = state
        .directory
        .users
        .iter()
        .filter_map(|user| user.role_in(&room.account.id).map(|role| line(room, user, role)))
        .collect();
    let heads = [lang.pick("UTILISATEUR", "USER"), lang.pick("E-MAIL", "EMAIL"), lang.pick("RÔLE", "ROLE"), "ACTIONS"];
    let heads: String = heads.iter().map(|head| format!(r#"<th scope="col">{head}</th>"#)).collect();
    let content = format!(
        r#"<section class="card"><h2>Permissions</h2>{problem}<div class="scroll" tabindex="0" role="region" aria-label="Permissions"><table><thead><tr>{heads}</tr></thead><tbody>{users}</tbody></table></div>{form}</section>"#,
        problem = why.map(|(_, text)| alert(text)).unwrap_or_default(),
        form = if room.is_admin() { form(room, typed) } else { managers_only_look(room) },
    );
    let status = why.map_or(StatusCode::OK, |(status, _)| status);
    room.page(lang.pick("Configuration", "Settings"), format!("{}?", room.path()), &content, status)
}

fn line(room: &Room, user: &User, role: Role) -> String {
    let remove = if room.is_admin() {
        format!(
            r#"<form class="inline" method="post" action="{path}/users/remove"><input type="hidden" name="email" value="{email}"><button class="small" type="submit">{word}<span class="sr"> {email}</span></button></form>"#,
            path = Esc(&room.path()),
            email = Esc(&user.email),
            word = room.lang.pick("Supprimer", "Delete"),
        )
    } else {
        String::new()
    };
    format!(
        r#"<tr><td>{name}</td><td>{email}</td><td>{role}</td><td class="acts">{remove}</td></tr>"#,
        name = Esc(&user.name()),
        email = Esc(&user.email),
        role = role.word(),
    )
}

fn form(room: &Room, typed: &str) -> String {
    let lang = room.lang;
    let roles: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| Choice { value: role.word().to_owned(), text: role.word().to_owned(), group: None })
        .collect();
    format!(
        r#"<form class="row" method="post" action="{path}/users">{email}{role}<button class="go plus" type="submit">+<span class="sr"> {add}</span></button></form><p class="hint">{hint} <a href="/signup">{sign_up}</a></p>"#,
        path = Esc(&room.path()),
        email = html::input("email", lang.pick("E-mail", "Email"), typed, "email", "off"),
        role = select("role", lang.pick("Rôle", "Role"), &roles, None, None),
        add = lang.pick("Ajouter l'utilisateur", "Add user"),
        hint = lang
            .pick("L'utilisateur doit déjà avoir un profil HubRise.", "The user must already have a HubRise profile."),
        sign_up = lang.pick("Page d'inscription", "Sign-up page"),
    )
}

fn managers_only_look(room: &Room) -> String {
    format!(
        r#"<p class="hint">{}</p>"#,
        room.lang.pick("Seul un Admin peut changer les permissions.", "Only an Admin can change permissions.")
    )
}
