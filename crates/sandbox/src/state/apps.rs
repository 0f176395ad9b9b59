//! What makes a client an app ("Clients and Apps"): the scope it is connected with, and the three addresses of its
//! maker's that HubRise sends people to or calls. Builds addresses; sends nobody anywhere.

use url::Url;

use crate::oauth::scope::Scope;

/// An app's "connection settings".
#[derive(Debug, Clone)]
pub(crate) struct Registration {
    /// What is asked for when a user connects it for a location.
    pub(crate) location_scope: Scope,
    /// The OAuth redirect of **Connect** in the back office: it gets a `code` that nobody over there asked for.
    pub(crate) connect_url: String,
    /// Where **Open** leads, with `app_instance_id`.
    pub(crate) open_url: String,
    /// Called with `app_instance_id` after **Disconnect**.
    pub(crate) disconnect_url: String,
}

impl Registration {
    /// The registration of a console's vendor.
    pub(crate) fn at(console: &str, slug: &str, location_scope: Scope) -> Self {
        Self {
            location_scope,
            connect_url: format!("{console}/{slug}/hubrise/connect"),
            open_url: format!("{console}/{slug}/hubrise/open"),
            disconnect_url: format!("{console}/callbacks/hubrise/{slug}/disconnect"),
        }
    }

    /// Where **Open** leads for one installation.
    pub(crate) fn opened(&self, app_instance_id: &str) -> String {
        with(&self.open_url, "app_instance_id", app_instance_id)
    }

    /// What is called when one installation was disconnected.
    pub(crate) fn disconnected(&self, app_instance_id: &str) -> String {
        with(&self.disconnect_url, "app_instance_id", app_instance_id)
    }

    /// Where a user arrives who pressed **Connect** and **Allow**: with a code, and without a state.
    pub(crate) fn connected(&self, code: &str) -> String {
        with(&self.connect_url, "code", code)
    }
}

/// An address with one more parameter; as it is when it is none.
fn with(address: &str, name: &str, value: &str) -> String {
    match Url::parse(address) {
        Ok(mut url) => {
            url.query_pairs_mut().append_pair(name, value);
            url.into()
        }
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_the_installation_and_no_state() {
        let scope: Scope = "location[orders.read]".parse().unwrap_or_else(|_| panic!("a good scope"));
        let app = Registration::at("http://127.0.0.1:8080", "somm-it", scope);
        assert_eq!(app.opened("a b"), "http://127.0.0.1:8080/somm-it/hubrise/open?app_instance_id=a+b");
        assert_eq!(
            app.disconnected("3xy1z"),
            "http://127.0.0.1:8080/callbacks/hubrise/somm-it/disconnect?app_instance_id=3xy1z"
        );
        assert_eq!(app.connected("c0de"), "http://127.0.0.1:8080/somm-it/hubrise/connect?code=c0de");
    }
}
