//! The registered clients, which are apps too, and the people with a HubRise sign-in.

use super::{
    APP_SCOPES, CLIENTS, INES, LEA, MARC, NINA, PAUL, SUPPORT, SUPPORTS, bella, chain, dubois, newcomer, paul,
};
use crate::state::{
    State,
    apps::Registration,
    directory::{Client, User},
    roles::Role,
};

/// E-mail, first name, last name, and the role in each account.
type Person = (&'static str, &'static str, &'static str, &'static [(&'static str, Role)]);

pub(super) fn sow(state: &mut State, consoles: &[String]) {
    for (slug, name) in CLIENTS {
        let app = registration(slug, consoles);
        let mut redirect_uris: Vec<_> = consoles.iter().map(|console| format!("{console}/oauth/callback")).collect();
        // The Connect URL is an OAuth redirect like any other.
        redirect_uris.extend(app.iter().map(|app| app.connect_url.clone()));
        state.directory.clients.push(Client {
            id: format!("{slug}-sandbox"),
            secret: format!("{slug}-sandbox-secret"),
            name: name.to_owned(),
            redirect_uris,
            app,
        });
    }
    let people: [Person; 6] = [
        (NINA, "Nina", "Costa", &[(bella::ACCOUNT, Role::Admin)]),
        (MARC, "Marc", "Dubois", &[(dubois::ACCOUNT, Role::Admin), (bella::ACCOUNT, Role::Manager)]),
        (INES, "Inès", "Laurent", &[(chain::ACCOUNT, Role::Admin)]),
        (PAUL, "Paul", "Roux", &[(paul::ACCOUNT, Role::Admin)]),
        (LEA, "Léa", "Petit", &[(newcomer::ACCOUNT, Role::Admin)]),
        (SUPPORT, "Support", "POS HELPER", &[]),
    ];
    for (email, first_name, last_name, accounts) in people {
        let id = state.ids.next();
        state.directory.users.push(user(id, email, (first_name, last_name), accounts));
    }
    // Ids of their own, so that no other seed's moved when these were sown.
    for (id, email, name) in SUPPORTS {
        state.directory.users.push(user(id.to_owned(), email, ("Support", name), &[]));
    }
}

/// An app has one address of each kind: the first console's.
fn registration(slug: &str, consoles: &[String]) -> Option<Registration> {
    let (_, scope) = APP_SCOPES.iter().find(|(known, _)| *known == slug)?;
    Some(Registration::at(consoles.first()?, slug, scope.parse().ok()?))
}

fn user(id: String, email: &str, (first_name, last_name): (&str, &str), accounts: &[(&str, Role)]) -> User {
    User {
        id,
        email: email.to_owned(),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        locales: vec!["fr-FR".to_owned(), "en-GB".to_owned()],
        accounts: accounts.iter().map(|(id, role)| ((*id).to_owned(), *role)).collect(),
    }
}
