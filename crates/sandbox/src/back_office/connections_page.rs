//! **CONNEXIONS** (in English, **CONNECTIONS**): the apps connected to an account, location by location, and those that
//! could be ("Apps and Connections"). What its buttons do is in `connections`.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, StatusCode, Uri};

use super::room::{Room, Tab};
use crate::{
    html::{Choice, Esc, select},
    oauth::session,
    params::Params,
    state::{
        App, State as Everything,
        directory::{Client, Location},
        grants::{Connection, Status},
    },
};

/// What the drop-down sends for the whole account.
const ALL: &str = "all";

/// `GET /accounts/{account}/connections`: `location` picks one, `told` names a connection that was just disconnected.
pub(super) async fn show(State(app): State<App>, Path(id): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let query = Params::of_query(&uri);
    if let Some(response) = session::language_chosen(uri.path(), &query) {
        return response;
    }
    let state = app.state();
    let room = match Room::enter(&state, &headers, &id, Tab::Connections) {
        Ok(room) => room,
        Err(instead) => return *instead,
    };
    let locations = state.directory.locations_of(&room.account.id);
    let picked = query.filled("location").and_then(|id| locations.iter().copied().find(|one| one.id == id));
    // With a single location there is nothing to pick.
    let picked = if let [only] = locations[..] { Some(only) } else { picked };
    let view = View { state: &state, room: &room, locations, picked };
    let content =
        format!("{}{}{}{}", view.news(query.filled("told")), view.picker(), view.connected(), view.available());
    let kept = picked.map(|location| format!("location={}&", location.id)).unwrap_or_default();
    let switch = format!("{}?{kept}", room.path());
    room.page(room.lang.pick("Connexions", "Connections"), switch, &content, StatusCode::OK)
}

struct View<'a> {
    state: &'a Everything,
    room: &'a Room,
    locations: Vec<&'a Location>,
    /// The location the page is narrowed to.
    picked: Option<&'a Location>,
}

impl View<'_> {
    /// What came of a disconnection.
    fn news(&self, told: Option<&str>) -> String {
        let lang = self.room.lang;
        let theirs = |known: &&Connection| known.grant.account_id.as_deref() == Some(self.room.account.id.as_str());
        let Some(gone) = told.and_then(|id| self.state.connection(id)).filter(theirs) else { return String::new() };
        let app = self.name_of(gone);
        let done = format!("{app} {}", lang.pick("est déconnecté de HubRise.", "is disconnected from HubRise."));
        let told = gone.told.as_ref().map(|told| told.words(lang)).unwrap_or_default();
        format!(r#"<p class="notice" role="status">{} {}</p>"#, Esc(&done), Esc(&told))
    }

    fn picker(&self) -> String {
        let lang = self.room.lang;
        if self.locations.len() < 2 {
            return String::new();
        }
        let all = Choice {
            value: ALL.to_owned(),
            text: lang.pick("Tous les points de vente", "All locations").to_owned(),
            group: None,
        };
        let each =
            self.locations.iter().map(|one| Choice { value: one.id.clone(), text: one.name.clone(), group: None });
        let choices: Vec<_> = std::iter::once(all).chain(each).collect();
        let picked = self.picked.map_or(ALL, |location| location.id.as_str());
        format!(
            r#"<form class="row spaced" method="get" action="{}">{}<button type="submit">{}</button></form>"#,
            Esc(&self.room.path()),
            select("location", lang.pick("Point de vente", "Location"), &choices, Some(picked), None),
            lang.pick("Afficher", "Show"),
        )
    }

    fn connected(&self) -> String {
        let lang = self.room.lang;
        let title = lang.pick("Apps connectées", "Connected apps");
        let mut known: Vec<_> = self
            .state
            .connections
            .iter()
            .filter(|known| known.status != Status::Revoked)
            .filter(|known| known.grant.account_id.as_deref() == Some(self.room.account.id.as_str()))
            .filter(|known| {
                self.picked.is_none_or(|one| known.grant.location_id.as_ref().is_none_or(|id| *id == one.id))
            })
            .collect();
        let place = |known: &Connection| {
            known.grant.location_id.as_deref().and_then(|id| self.locations.iter().position(|one| one.id == id))
        };
        known.sort_by_key(|known| place(known));
        let rows: String = known.into_iter().map(|known| self.row(known)).collect();
        if rows.is_empty() {
            let none = lang.pick("Aucune app n'est connectée.", "No app is connected.");
            return format!(r#"<section class="card"><h2>{title}</h2><p class="hint">{none}</p></section>"#);
        }
        let heads = [
            lang.pick("Point de vente", "Location"),
            "App",
            lang.pick("Catalogue, liste de clients", "Catalog, customer list"),
            lang.pick("État", "State"),
            "Actions",
        ];
        let heads: String = heads.iter().map(|head| format!(r#"<th scope="col">{head}</th>"#)).collect();
        format!(
            r#"<section class="card"><h2>{title}</h2><div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"#
        )
    }

    fn row(&self, known: &Connection) -> String {
        let (lang, directory) = (self.room.lang, &self.state.directory);
        let name = self.name_of(known);
        let location = known.grant.location_id.as_deref().and_then(|id| directory.location(id));
        let place =
            location.map_or(lang.pick("Tous les points de vente", "All locations"), |location| location.name.as_str());
        let catalog = known.grant.catalog_id.as_deref().and_then(|id| directory.catalog(id));
        let list = known.grant.customer_list_id.as_deref().and_then(|id| directory.customer_list(id));
        let (word, kind) = match (self.room.account.suspended, known.status) {
            (true, _) => (lang.pick("suspendue", "suspended"), "bad"),
            (false, Status::Active) => (lang.pick("connectée", "connected"), "good"),
            (false, Status::Blocked) => (lang.pick("bloquée", "blocked"), "bad"),
            (false, Status::Revoked) => (lang.pick("déconnectée", "disconnected"), "bad"),
        };
        format!(
            r#"<tr><td>{place}</td><td><strong>{name}</strong><br><small><code>{installation}</code></small></td><td>{catalog}<br><small>{list}</small></td><td><span class="state {kind}">{word}</span></td><td class="acts">{actions}</td></tr>"#,
            place = Esc(place),
            name = Esc(&name),
            installation = Esc(&known.app_instance_id),
            catalog = Esc(catalog.map_or("–", |catalog| &catalog.name)),
            list = Esc(list.map_or("–", |list| &list.name)),
            actions = self.actions(known, &name, place),
        )
    }

    fn actions(&self, known: &Connection, name: &str, place: &str) -> String {
        let lang = self.room.lang;
        let about = format!(r#"<span class="sr"> {} {}</span>"#, Esc(name), Esc(place));
        let base = format!("{}/{}", self.room.path(), known.id);
        let mut actions = String::new();
        // Opened here rather than in a new tab, as HubRise does it: one tab is easier to follow.
        let app = self.state.directory.client(&known.grant.client_id).and_then(|client| client.app.as_ref());
        if let Some(app) = app {
            let url = app.opened(&known.app_instance_id);
            let word = lang.pick("Ouvrir", "Open");
            actions += &format!(r#"<a class="button small" href="{}">{word}{about}</a> "#, Esc(&url));
        }
        let asked = |action: &str, word: &str| {
            format!(r#"<a class="button small" href="{}/{action}">{word}{about}</a> "#, Esc(&base))
        };
        actions += &match known.status {
            Status::Blocked => format!(
                r#"<form class="inline" method="post" action="{}/unblock"><button class="small" type="submit">{}{about}</button></form> "#,
                Esc(&base),
                lang.pick("Débloquer", "Unblock")
            ),
            _ => asked("block", lang.pick("Bloquer", "Block")),
        };
        if self.room.is_admin() {
            actions += &asked("disconnect", lang.pick("Déconnecter", "Disconnect"));
        }
        actions
    }

    fn available(&self) -> String {
        let lang = self.room.lang;
        let apps: String = self
            .state
            .directory
            .clients
            .iter()
            .filter(|client| client.app.is_some())
            .map(|client| self.app(client))
            .collect();
        let hint = lang.pick(
            "Ces apps se connectent à un point de vente : choisissez-en un d'abord.",
            "These apps connect to a location: choose one first.",
        );
        let hint = if self.picked.is_some() { String::new() } else { format!(r#"<p class="hint">{hint}</p>"#) };
        format!(
            r#"<section class="card"><h2>{}</h2>{hint}<ul class="plain apps">{apps}</ul></section>"#,
            lang.pick("Apps disponibles", "Available apps"),
        )
    }

    fn app(&self, client: &Client) -> String {
        let word = self.room.lang.pick("Connecter", "Connect");
        // Greyed out where the level does not fit ("Connect a New App").
        let (location, off) = self.picked.map_or(("", " disabled"), |location| (location.id.as_str(), ""));
        format!(
            r#"<li><span>{name}</span><form class="inline" method="post" action="{path}/connect"><input type="hidden" name="client" value="{client}"><input type="hidden" name="location" value="{location}"><button class="small" type="submit"{off}>{word}<span class="sr"> {name}</span></button></form></li>"#,
            name = Esc(&client.name),
            path = Esc(&self.room.path()),
            client = Esc(&client.id),
            location = Esc(location),
        )
    }

    fn name_of(&self, known: &Connection) -> String {
        self.state.directory.client(&known.grant.client_id).map(|client| client.name.clone()).unwrap_or_default()
    }
}
