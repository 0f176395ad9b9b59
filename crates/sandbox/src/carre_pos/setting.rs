//! The control calls over the till's settings: its console and key, who stands before it, what is ticked, the restart that
//! makes it count, and the network.

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde::Deserialize;

use super::control::{PAGE, SETTINGS, done};
use crate::{
    control::{Asked, Refused},
    state::App,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsoleChange {
    key: Option<String>,
    till: Option<String>,
    console: Option<String>,
}

/// `POST …/console {"key"?, "till"?, "console"?}`: what the console gave, which till it is there, and where.
pub(super) async fn set_console(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let change: ConsoleChange = asked.read()?;
    done(&app, &asked, SETTINGS, |till| {
        if let Some(key) = change.key {
            till.key = key.trim().to_owned();
        }
        if let Some(id) = change.till {
            till.id = id;
        }
        if let Some(console) = change.console {
            till.console = Some(console.trim_end_matches('/').to_owned());
        }
        till.retry();
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    admin: bool,
}

/// `POST …/user {"admin"}`: who stands before the till, chosen on **ACCUEIL**.
pub(super) async fn set_user(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let User { admin } = asked.read()?;
    done(&app, &asked, SETTINGS, |till| {
        till.admin = admin;
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsChange {
    web_post: Option<bool>,
    /// Sent by the form of the two boxes, which sends nothing of a box that is not ticked.
    boxes: Option<bool>,
    enabled: Option<bool>,
    order_events: Option<bool>,
}

/// `POST …/settings {"web_post"?, "enabled"?, "order_events"?}`: ticks and unticks; counts after the next restart. Needs a
/// user with administration rights.
pub(super) async fn set_settings(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let change: SettingsChange = asked.read()?;
    let unticked = change.boxes.map(|_| false);
    done(&app, &asked, SETTINGS, |till| {
        if !till.admin {
            return Err(Refused(
                StatusCode::FORBIDDEN,
                "the settings need a user with administration rights".to_owned(),
            ));
        }
        let settings = &mut till.settings;
        settings.web_post = change.web_post.unwrap_or(settings.web_post);
        settings.enabled = change.enabled.or(unticked).unwrap_or(settings.enabled);
        settings.order_events = change.order_events.or(unticked).unwrap_or(settings.order_events);
        Ok(())
    })
}

/// `POST …/restart`: what is set counts from now on.
pub(super) async fn restart(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    done(&app, &asked, PAGE, |till| {
        till.restart();
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Network {
    online: bool,
}

/// `POST …/network {"online"}`: without a network changes are kept until it is back.
pub(super) async fn set_network(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let Network { online } = asked.read()?;
    done(&app, &asked, PAGE, |till| {
        till.connect(online);
        Ok(())
    })
}
