//! Verifying what a connection may read: one light call for each resource of its scope.
//!
//! Owns which call verifies what, and what its answer says. That it happens once a minute at most is the caller's; a right
//! to write is never verified, for that would take writing.

use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::{Error, LocationPath, OrderSummary, Page, Resource, Scope};
use passerelle_store::{CheckRow, ConnectionRow, Level, Verdict};

use super::{Hub, HubError};

/// How far back the latest order is looked for, where none is known yet.
const REACH: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Pages read in search of the latest order: with the check itself, four of the ten heavy calls a minute HubRise allows.
const MOST_PAGES: usize = 3;

/// A scope's word for a resource: what a check is kept under.
pub(crate) const fn word(resource: Resource) -> &'static str {
    match resource {
        Resource::Orders => "orders",
        Resource::CustomerList => "customer_list",
        Resource::Catalog => "catalog",
        Resource::Inventory => "inventory",
        Resource::AllCustomerLists => "all_customer_lists",
        Resource::AllCatalogs => "all_catalogs",
    }
}

impl Hub {
    /// Verifies what the connection may read, all at the same time; what has nothing to ask about (no catalog was chosen,
    /// say) is left out. Notes the location's latest order on the way. When the token itself does not work, nothing is
    /// asked and every right is told as failed.
    pub async fn verify(&self, row: &ConnectionRow, scope: &Scope) -> Vec<CheckRow> {
        let resources = scope.permissions().iter().map(|permission| permission.resource);
        if let Err(error) = self.check(row).await
            && verdict(Err(error)) == Verdict::Failed
        {
            return resources.map(|resource| self.checked(resource, Verdict::Failed)).collect();
        }
        let asked = resources.map(|resource| async move {
            let answer = self.ask(row, resource).await?;
            Some(self.checked(resource, verdict(answer)))
        });
        futures_util::future::join_all(asked).await.into_iter().flatten().collect()
    }

    fn checked(&self, resource: Resource, verdict: Verdict) -> CheckRow {
        CheckRow { resource: word(resource).to_owned(), verdict, checked_at: (self.clock)() }
    }

    /// Asks for one resource; none when there is nothing to ask about.
    async fn ask(&self, row: &ConnectionRow, resource: Resource) -> Option<Result<(), HubError>> {
        let catalog = row.catalog.as_ref().map(|catalog| catalog.id.clone());
        let list = row.customer_list.as_ref().map(|list| list.id.clone());
        match resource {
            Resource::Orders => {
                let place = Place::of(row)?;
                let known =
                    self.call(row, |api, token| async move { api.orders_latest(&token, place.path()).await }).await;
                if matches!(known, Ok(Some(_))) {
                    self.note_latest_order(row).await;
                }
                Some(known.map(drop))
            }
            Resource::Catalog | Resource::AllCatalogs => match (catalog, resource) {
                (Some(id), _) => Some(
                    self.call(row, |api, token| async move { api.catalog_hidden(&token, &id).await.map(drop) }).await,
                ),
                (None, Resource::AllCatalogs) => {
                    let place = Place::of(row)?;
                    let asked = self.call(row, |api, token| async move {
                        api.location_catalogs(&token, place.path(), None).await.map(drop)
                    });
                    Some(asked.await)
                }
                (None, _) => None,
            },
            Resource::CustomerList | Resource::AllCustomerLists => match (list, resource) {
                (Some(id), _) => Some(
                    self.call(row, |api, token| async move { api.customer_list(&token, &id).await.map(drop) }).await,
                ),
                (None, Resource::AllCustomerLists) => {
                    let place = Place::of(row)?;
                    let asked = self.call(row, |api, token| async move {
                        api.location_customer_lists(&token, place.path(), None).await.map(drop)
                    });
                    Some(asked.await)
                }
                (None, _) => None,
            },
            Resource::Inventory => {
                let (id, place) = (catalog?, Place::of(row)?);
                let asked = self
                    .call(row, |api, token| async move { api.inventory(&token, &id, place.path()).await.map(drop) });
                Some(asked.await)
            }
        }
    }

    /// Looks for the latest order, from the latest known on. HubRise does not say in which order it lists them: should
    /// there be more than the pages read, the latest of those is kept, and the next look goes on from there.
    async fn note_latest_order(&self, row: &ConnectionRow) {
        let Some(place) = Place::of(row) else { return };
        let after = row.last_order_at.unwrap_or_else(|| (self.clock)() - REACH).to_string();
        let (mut latest, mut cursor): (Option<Timestamp>, Option<String>) = (row.last_order_at, None);
        for _ in 0..MOST_PAGES {
            let (place, after, at) = (place.clone(), after.clone(), cursor.take());
            let asked = self.call(row, |api, token| async move {
                api.orders_since(&token, place.path(), &after, at.as_deref()).await
            });
            // What is not known now is asked for again with the next verification.
            let Ok(Page { items, next_cursor }) = asked.await else { break };
            latest = items.iter().filter_map(created_at).max().max(latest);
            cursor = next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        let Some(latest) = latest.filter(|latest| Some(*latest) > row.last_order_at) else { return };
        if let Err(error) = self.store.note_order(&row.id, latest).await {
            tracing::warn!(connection = row.id.as_str(), %error, "the latest order could not be noted");
        }
    }
}

/// The location that is asked about.
#[derive(Clone)]
enum Place {
    Own,
    Id(String),
}

impl Place {
    /// None at account level while no location is chosen.
    fn of(row: &ConnectionRow) -> Option<Self> {
        match (&row.location, row.level) {
            (Some(location), _) => Some(Self::Id(location.id.clone())),
            (None, Level::Location) => Some(Self::Own),
            (None, Level::Account) => None,
        }
    }

    fn path(&self) -> LocationPath<'_> {
        match self {
            Self::Own => LocationPath::Own,
            Self::Id(id) => LocationPath::Id(id),
        }
    }
}

fn created_at(order: &OrderSummary) -> Option<Timestamp> {
    order.created_at.as_ref()?.parse().ok()
}

/// What an answer says of a right.
fn verdict(answer: Result<(), HubError>) -> Verdict {
    match answer {
        Ok(()) => Verdict::Verified,
        Err(HubError::Hubrise(Error::Forbidden { .. } | Error::NotFound)) => Verdict::Missing,
        Err(_) => Verdict::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_of_the_thing_itself_says_that_the_right_is_missing() {
        assert_eq!(verdict(Ok(())), Verdict::Verified);
        assert_eq!(verdict(Err(Error::Forbidden { message: String::new() }.into())), Verdict::Missing);
        assert_eq!(verdict(Err(Error::NotFound.into())), Verdict::Missing);
        for error in [Error::Timeout, Error::Failed { status: 500 }, Error::RateLimited { retry_after: None }] {
            assert_eq!(verdict(Err(error.into())), Verdict::Failed);
        }
    }

    #[test]
    fn an_orders_time_is_read_with_its_offset() {
        let order = |at: Option<&str>| OrderSummary { id: "o".into(), created_at: at.map(str::to_owned) };
        let at = created_at(&order(Some("2026-11-21T20:31:02+01:00")));
        assert_eq!(at.map(|at| at.to_string()).as_deref(), Some("2026-11-21T19:31:02Z"));
        assert_eq!(created_at(&order(Some("yesterday"))), None);
        assert_eq!(created_at(&order(None)), None);
    }
}
