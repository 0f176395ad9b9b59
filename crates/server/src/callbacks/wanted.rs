//! What a callback at HubRise must be, and how it is made so.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_hubrise::{AccessToken, Api, Callback, Error};

/// What a callback must be.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    url: String,
    events: BTreeMap<String, Vec<String>>,
}

impl Wanted {
    /// HubRise tells this address of orders, and of nothing else.
    pub(super) fn of(url: String) -> Self {
        let events = [("order".to_owned(), vec!["create".to_owned(), "update".to_owned()])];
        Self { url, events: BTreeMap::from(events) }
    }

    /// Looks, and puts right what is not as it must be; says whether it had to.
    pub(super) async fn see_to(self, api: &Api, token: &AccessToken) -> Result<bool, Error> {
        if self.is(&found(api, token).await?) {
            return Ok(false);
        }
        api.set_callback(token, &self.url, &self.events).await?;
        // What HubRise has kept is what counts.
        if self.is(&found(api, token).await?) {
            Ok(true)
        } else {
            Err(Error::Nonsense { what: "the callback that was registered is not the one it shows".to_owned() })
        }
    }

    fn is(&self, found: &Callback) -> bool {
        let sets = |events: &BTreeMap<String, Vec<String>>| -> BTreeMap<String, BTreeSet<String>> {
            let told = events.iter().filter(|(_, kinds)| !kinds.is_empty());
            told.map(|(resource, kinds)| (resource.clone(), kinds.iter().cloned().collect())).collect()
        };
        found.url.as_deref() == Some(&self.url) && sets(&found.events) == sets(&self.events)
    }
}

async fn found(api: &Api, token: &AccessToken) -> Result<Callback, Error> {
    match api.get_callback(token).await {
        Err(Error::NotFound) => Ok(Callback::default()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callback(url: Option<&str>, events: &[(&str, &[&str])]) -> Callback {
        let owned = |kinds: &&[&str]| kinds.iter().map(|kind| (*kind).to_owned()).collect();
        Callback {
            url: url.map(str::to_owned),
            events: events.iter().map(|(resource, kinds)| ((*resource).to_owned(), owned(kinds))).collect(),
        }
    }

    #[test]
    fn a_callback_is_right_when_it_tells_this_address_of_orders_and_nothing_else() {
        let wanted = Wanted::of("https://a.example/x".to_owned());
        let url = Some("https://a.example/x");
        assert!(wanted.is(&callback(url, &[("order", &["update", "create"])])));
        assert!(wanted.is(&callback(url, &[("order", &["create", "update"]), ("catalog", &[])])));
        for wrong in [
            Callback::default(),
            callback(None, &[("order", &["create", "update"])]),
            callback(Some("https://b.example/x"), &[("order", &["create", "update"])]),
            callback(url, &[("order", &["create"])]),
            callback(url, &[("order", &["create", "update"]), ("catalog", &["update"])]),
        ] {
            assert!(!wanted.is(&wrong), "{wrong:?}");
        }
    }
}
