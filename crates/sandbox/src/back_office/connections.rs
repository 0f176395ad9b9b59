//! What the buttons of **CONNEXIONS** do: connecting an app by way of its consent, blocking and unblocking it,
//! disconnecting it and telling it so. **Bloquer** and **Déconnecter** ask first.

use axum::{
    extract::{Path, State},
    response::Response,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};

use super::room::{Room, Tab};
use crate::{
    html::{self, Esc},
    oauth::{
        authorize::problem_page,
        session::{self, Asked, Prefill, Redirect},
    },
    params::Params,
    state::{
        App, State as Everything,
        grants::{Connection, Status},
    },
    teller,
};

/// **Connecter**: the app's own consent page, with the location picked. Who allows it arrives at the app's Connect URL
/// with a code, and without a state: nobody over there asked.
pub(super) async fn connect(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = Params::parse(&body);
    let mut state = app.state();
    let room = match Room::act(&state, &headers, &id, Tab::Connections) {
        Ok(room) => room,
        Err(instead) => return *instead,
    };
    let client = form.filled("client").and_then(|id| state.directory.client(id));
    let registered = client.and_then(|client| client.app.as_ref().map(|app| (client.id.clone(), app.clone())));
    let location = form.filled("location").and_then(|id| state.directory.location(id));
    let location = location.filter(|location| location.account_id == room.account.id).map(|one| one.id.clone());
    let Some(((client_id, registration), location)) = registered.zip(location) else { return gone(&room) };
    let asked = Asked {
        client_id,
        redirect: Redirect::To(registration.connect_url),
        state: None,
        scope: registration.location_scope,
        device_id: None,
        app_instance_id: None,
        prefill: Prefill::default(),
    };
    let session = state.session_or_new(&headers);
    let transaction = state.open_transaction(&session, asked);
    session::with_session(html::see_other(&format!("{}?place={location}", transaction.path())), &session)
}

/// What is asked about before it is done.
#[derive(Debug, Clone, Copy)]
enum Question {
    Block,
    Disconnect,
}

/// `GET …/block`
pub(super) async fn ask_block(app: State<App>, path: Path<(String, String)>, uri: Uri, headers: HeaderMap) -> Response {
    ask(&app.0, &path.0, &uri, &headers, Question::Block)
}

/// `GET …/disconnect`
pub(super) async fn ask_disconnect(
    app: State<App>,
    path: Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    ask(&app.0, &path.0, &uri, &headers, Question::Disconnect)
}

fn ask(app: &App, (account, id): &(String, String), uri: &Uri, headers: &HeaderMap, question: Question) -> Response {
    if let Some(response) = session::language_chosen(uri.path(), &Params::of_query(uri)) {
        return response;
    }
    let state = app.state();
    let room = match Room::enter(&state, headers, account, Tab::Connections) {
        Ok(room) => room,
        Err(instead) => return *instead,
    };
    let Some(connection) = theirs(&state, &room, id) else { return gone(&room) };
    if matches!(question, Question::Disconnect) && !room.is_admin() {
        return not_admin(&room);
    }
    let lang = room.lang;
    let name = state.directory.client(&connection.grant.client_id).map_or("", |client| client.name.as_str());
    let (action, title, text) = match question {
        Question::Block => (
            "block",
            format!("{} {name} ?", lang.pick("Bloquer", "Block")),
            lang.pick(
                "L'app n'aura plus accès à HubRise, jusqu'à ce que vous la débloquiez.",
                "The app will have no access to HubRise until you unblock it.",
            ),
        ),
        Question::Disconnect => (
            "disconnect",
            format!("{} {name} ?", lang.pick("Déconnecter", "Disconnect")),
            lang.pick(
                "La connexion entre l'app et HubRise sera supprimée, et l'app en sera informée. Pour la réutiliser plus tard, bloquez-la plutôt.",
                "The connection between the app and HubRise will be removed, and the app will be told. If you might use it again, block it instead.",
            ),
        ),
    };
    let title = lang.pick(title.clone(), title.replace(" ?", "?"));
    let content = format!(
        r#"<section class="card"><p>{text}</p><form method="post" action="{path}/{id}/{action}"><div class="actions"><a class="button" href="{path}">{cancel}</a><button class="go" type="submit">{confirm}</button></div></form></section>"#,
        path = Esc(&room.path()),
        id = Esc(&connection.id),
        cancel = lang.pick("Annuler", "Cancel"),
        confirm = lang.pick("Confirmer", "Confirm"),
    );
    room.page(&title, format!("{}?", uri.path()), &content, StatusCode::OK)
}

/// **Bloquer** > **Confirmer**
pub(super) async fn block(app: State<App>, path: Path<(String, String)>, headers: HeaderMap) -> Response {
    set(&app.0, &path.0, &headers, Status::Blocked)
}

/// **Débloquer**
pub(super) async fn unblock(app: State<App>, path: Path<(String, String)>, headers: HeaderMap) -> Response {
    set(&app.0, &path.0, &headers, Status::Active)
}

fn set(app: &App, (account, id): &(String, String), headers: &HeaderMap, status: Status) -> Response {
    let mut state = app.state();
    let room = match Room::act(&state, headers, account, Tab::Connections) {
        Ok(room) => room,
        Err(instead) => return *instead,
    };
    if theirs(&state, &room, id).is_none() {
        return gone(&room);
    }
    if let Some(connection) = state.connection_mut(id) {
        connection.status = status;
    }
    html::see_other(&room.path())
}

/// **Déconnecter** > **Confirmer**: the token is dead, the app is told, and what it answered is shown.
pub(super) async fn disconnect(
    State(app): State<App>,
    Path((account, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let path = {
        let state = app.state();
        let room = match Room::act(&state, &headers, &account, Tab::Connections) {
            Ok(room) => room,
            Err(instead) => return *instead,
        };
        if theirs(&state, &room, &id).is_none() {
            return gone(&room);
        }
        if !room.is_admin() {
            return not_admin(&room);
        }
        room.path()
    };
    teller::disconnect(&app, &id).await;
    html::see_other(&format!("{path}?told={id}"))
}

/// A connection of this account that is not over.
fn theirs<'a>(state: &'a Everything, room: &Room, id: &str) -> Option<&'a Connection> {
    state.connection(id).filter(|known| {
        known.grant.account_id.as_deref() == Some(room.account.id.as_str()) && known.status != Status::Revoked
    })
}

fn gone(room: &Room) -> Response {
    problem_page(
        room.lang,
        room.lang.pick("Introuvable dans ce compte", "Not found in this account"),
        room.lang.pick(
            "Cette app, ce point de vente ou cette connexion n'existe pas ou plus ici.",
            "This app, location or connection does not exist here, or no longer does.",
        ),
        StatusCode::NOT_FOUND,
    )
}

fn not_admin(room: &Room) -> Response {
    problem_page(
        room.lang,
        room.lang.pick("Réservé aux Admins", "Admins only"),
        room.lang.pick(
            "Un Manager peut connecter des apps, mais pas les déconnecter.",
            "A Manager can connect apps, but not disconnect them.",
        ),
        StatusCode::FORBIDDEN,
    )
}
