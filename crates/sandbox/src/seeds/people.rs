//! The registered clients and the people with a HubRise sign-in.

use super::{CLIENTS, INES, LEA, MARC, NINA, PAUL, SUPPORT, bella, chain, dubois, newcomer, paul};
use crate::state::{
    State,
    directory::{Client, Role, User},
};

/// E-mail, first name, last name, and the role in each account.
type Person = (&'static str, &'static str, &'static str, &'static [(&'static str, Role)]);

pub(super) fn sow(state: &mut State, consoles: &[String]) {
    for (slug, name) in CLIENTS {
        state.directory.clients.push(Client {
            id: format!("{slug}-sandbox"),
            secret: format!("{slug}-sandbox-secret"),
            name: name.to_owned(),
            redirect_uris: consoles.iter().map(|console| format!("{console}/oauth/callback")).collect(),
        });
    }
    let people: [Person; 6] = [
        (NINA, "Nina", "Costa", &[(bella::ACCOUNT, Role::Owner)]),
        (MARC, "Marc", "Dubois", &[(dubois::ACCOUNT, Role::Owner), (bella::ACCOUNT, Role::Manager)]),
        (INES, "Inès", "Laurent", &[(chain::ACCOUNT, Role::Owner)]),
        (PAUL, "Paul", "Roux", &[(paul::ACCOUNT, Role::Owner)]),
        (LEA, "Léa", "Petit", &[(newcomer::ACCOUNT, Role::Owner)]),
        (SUPPORT, "Support", "POS HELPER", &[]),
    ];
    for (email, first_name, last_name, accounts) in people {
        let id = state.ids.next();
        state.directory.users.push(User {
            id,
            email: email.to_owned(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            locales: vec!["fr-FR".to_owned(), "en-GB".to_owned()],
            accounts: accounts.iter().map(|(id, role)| ((*id).to_owned(), *role)).collect(),
        });
    }
}
