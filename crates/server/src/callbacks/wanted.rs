//! What a callback at HubRise must be, and how it is made so.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_hubrise::{AccessToken, Api, Callback, Error, Resource, Scope};

/// Events of a resource, as HubRise names both.
type Events = BTreeMap<String, Vec<String>>;

/// What a callback must be.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    url: String,
    events: Events,
    /// The least of them: without these, no order comes, and nobody notices who changes stock.
    least: Events,
}

/// What a vendor's connections are told for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Purposes {
    /// Its orders are bridged.
    pub(crate) orders: bool,
    /// Its stock is sent to HubRise.
    pub(crate) stock: bool,
}

impl Wanted {
    /// HubRise tells this address of orders, of customers who change where the connection may see any (one that is
    /// anonymised is to be forgotten here too), of inventories and catalogs others change, each where it is wanted, and of
    /// nothing else.
    pub(super) fn of(url: String, scope: &str, purposes: Purposes) -> Self {
        let named = |kinds: &[&str]| kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let mut least = Events::new();
        if purposes.orders {
            least.insert("order".to_owned(), named(&["create", "update"]));
        }
        if purposes.stock {
            least.insert("inventory".to_owned(), named(&["patch", "update"]));
            least.insert("catalog".to_owned(), named(&["update"]));
        }
        let mut events = least.clone();
        if purposes.orders && sees_customers(scope) {
            events.insert("customer".to_owned(), named(&["update"]));
        }
        Self { url, events, least }
    }

    /// Looks, and puts right what is not as it must be; says whether something was wrong with it.
    pub(super) async fn see_to(self, api: &Api, token: &AccessToken) -> Result<bool, Error> {
        let before = found(api, token).await?;
        if self.is(&before, &self.events) {
            return Ok(false);
        }
        // One that tells of orders alone was set before customers were asked for: it is added to, and was not wrong.
        let was_wrong = !self.is(&before, &self.least);
        let mut wanted = &self.events;
        match api.set_callback(token, &self.url, wanted).await {
            Ok(()) => {}
            // HubRise documents no rule for customers' events: orders must come all the same.
            Err(Error::Unprocessable { .. } | Error::Forbidden { .. }) if self.events != self.least => {
                tracing::warn!("hubrise does not tell this connection of customers: it is asked for orders alone");
                if !was_wrong {
                    return Ok(false);
                }
                wanted = &self.least;
                api.set_callback(token, &self.url, wanted).await?;
            }
            Err(error) => return Err(error),
        }
        // What HubRise has kept is what counts.
        if self.is(&found(api, token).await?, wanted) {
            Ok(was_wrong)
        } else {
            Err(Error::Nonsense { what: "the callback that was registered is not the one it shows".to_owned() })
        }
    }

    fn is(&self, found: &Callback, events: &Events) -> bool {
        let sets = |events: &Events| -> BTreeMap<String, BTreeSet<String>> {
            let told = events.iter().filter(|(_, kinds)| !kinds.is_empty());
            told.map(|(resource, kinds)| (resource.clone(), kinds.iter().cloned().collect())).collect()
        };
        found.url.as_deref() == Some(&self.url) && sets(&found.events) == sets(events)
    }
}

/// Whether a granted scope lets customers be seen. One that cannot be read lets nothing be seen.
fn sees_customers(scope: &str) -> bool {
    let lists = [Resource::CustomerList, Resource::AllCustomerLists];
    scope.parse::<Scope>().is_ok_and(|scope| scope.permissions().iter().any(|one| lists.contains(&one.resource)))
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

    const ORDERS: Purposes = Purposes { orders: true, stock: false };

    fn callback(url: Option<&str>, events: &[(&str, &[&str])]) -> Callback {
        let owned = |kinds: &&[&str]| kinds.iter().map(|kind| (*kind).to_owned()).collect();
        Callback {
            url: url.map(str::to_owned),
            events: events.iter().map(|(resource, kinds)| ((*resource).to_owned(), owned(kinds))).collect(),
        }
    }

    #[test]
    fn a_callback_is_right_when_it_tells_this_address_of_orders_and_nothing_else() {
        let wanted = Wanted::of("https://a.example/x".to_owned(), "location[orders.write,catalog.read]", ORDERS);
        assert_eq!(wanted.events, wanted.least);
        let url = Some("https://a.example/x");
        let is = |found: &Callback| wanted.is(found, &wanted.events);
        assert!(is(&callback(url, &[("order", &["update", "create"])])));
        assert!(is(&callback(url, &[("order", &["create", "update"]), ("catalog", &[])])));
        for wrong in [
            Callback::default(),
            callback(None, &[("order", &["create", "update"])]),
            callback(Some("https://b.example/x"), &[("order", &["create", "update"])]),
            callback(url, &[("order", &["create"])]),
            callback(url, &[("order", &["create", "update"]), ("catalog", &["update"])]),
        ] {
            assert!(!is(&wrong), "{wrong:?}");
        }
    }

    #[test]
    fn where_stock_is_sent_others_changes_of_it_are_heard() {
        let events = |purposes| {
            let wanted = Wanted::of("https://a.example/x".to_owned(), "location[customer_list.read]", purposes);
            assert!(wanted.events.keys().all(|name| wanted.least.contains_key(name) || name == "customer"));
            wanted.events.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(events(Purposes { orders: false, stock: true }), ["catalog", "inventory"]);
        assert_eq!(events(Purposes { orders: true, stock: true }), ["catalog", "customer", "inventory", "order"]);
    }

    #[test]
    fn whoever_may_see_customers_is_told_when_they_change() {
        let events = |scope: &str| Wanted::of("https://a.example/x".to_owned(), scope, ORDERS).events;
        for scope in ["location[orders.write,customer_list.read]", "account[orders.write,all_customer_lists.write]"] {
            assert_eq!(events(scope)["customer"], ["update"], "{scope}");
        }
        for scope in ["location[orders.write]", "no scope at all"] {
            assert!(!events(scope).contains_key("customer"), "{scope}");
        }
    }
}
