//! A customer whom HubRise anonymised is forgotten here: in what is kept, in what finds it, and in what was shared.

use passerelle_server::assemble;
use passerelle_store::{OperationKind, OperationState};
use serde_json::{Value, json};

use super::stage::{PERSONAL, personal_in};
use crate::delivery::stage::Till;
use crate::world::{BELLA, World};

/// HubRise tells that a customer changed; says the status answered.
async fn changed(till: &Till<'_>, id: &str, customer: &str, anonymised: bool) -> u16 {
    let previous = json!({"id": customer, "anonymised": false, "first_name": PERSONAL[0], "phone": PERSONAL[3]});
    let mut new = previous.clone();
    if anonymised {
        new = json!({"id": customer, "anonymised": true, "first_name": null, "phone": null});
    }
    let event = json!({
        "id": id, "resource_type": "customer", "event_type": "update", "created_at": "2026-11-22T12:00:01+01:00",
        "account_id": BELLA, "customer_id": customer, "customer_list_id": "xab66",
        "app_instance_id": till.row().await.app_instance_id, "previous_state": previous, "new_state": new,
    });
    till.world.told(&event).await
}

/// An order of a customer that HubRise told of itself, with its words.
async fn ordered_by(till: &Till<'_>, customer: &str) -> passerelle_store::OperationRow {
    let made = till
        .world
        .control(
            "orders",
            json!({"location": "3r4s3-1", "order": {
                "items": [{"product_name": "Calzone", "sku_ref": "734", "price": "12.00", "quantity": "1"}],
                "customer": {"id": customer, "first_name": PERSONAL[0], "last_name": PERSONAL[1], "phone": PERSONAL[3]},
            }}),
        )
        .await;
    let installation = till.row().await.app_instance_id.unwrap();
    let told = crate::hearing::event(&format!("e-{}", made[0]["id"]), "create", &installation, &made[0]);
    assert_eq!(till.world.told(&told).await, 200);
    till.settle().await;
    till.operation(&made[0]).await
}

async fn erased(world: &World) -> usize {
    assemble::eraser(&world.state).round().await.unwrap()
}

flow!(an_anonymised_customer_is_gone_within_one_round, |world| {
    let till = world.till(json!({})).await;
    let (theirs, another) = (ordered_by(&till, "cus-1").await, ordered_by(&till, "cus-2").await);
    assert_eq!(personal_in(&till.bodies(&theirs).await).len(), 3);
    let share = till.browser.post(&till.path(&theirs, "/shares"), json!({"days": 1})).await.ok();

    let note = format!("{} was told by phone", PERSONAL[1]);
    for operation in [&theirs, &another] {
        till.browser.put(&till.path(operation, "/handled"), json!({"handled": true, "note": note})).await.ok();
    }

    assert_eq!(changed(&till, "e-gone", "cus-1", true).await, 200);
    assert_eq!(erased(&world).await, 1);
    assert_eq!(erased(&world).await, 0, "and it is done");

    let noted = async |operation| till.shown(&till.browser, operation).await["acts"].to_string();
    assert!(noted(&theirs).await.contains("••• was told by phone"), "{}", noted(&theirs).await);
    assert!(noted(&another).await.contains(&note), "{}", noted(&another).await);

    let left = till.bodies(&theirs).await;
    assert_eq!(personal_in(&left), Vec::<&str>::new());
    assert!(left.contains("Calzone") && left.contains("•••") && left.contains("<Request>"), "{left}");
    assert_eq!(personal_in(&till.bodies(&another).await).len(), 3, "nobody else is touched");
    assert_eq!(world.opened(share["url"].as_str().unwrap()).await.0, 410, "its cases are gone");
    let found = till.browser.get(&format!("/connections/{}/operations?q=quatrebarbes", till.id)).await.ok();
    let ids: Vec<_> = found["operations"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [json!(another.id.as_str())], "nor is it found by its name");
});

flow!(that_it_was_asked_for_is_kept_without_a_name, |world| {
    let till = world.till(json!({})).await;
    assert_eq!(changed(&till, "e-gone", "cus-1", true).await, 200);
    assert_eq!(changed(&till, "e-gone", "cus-1", true).await, 200, "told twice, kept once");
    let kept = till.all(OperationKind::System).await;
    assert_eq!((kept.len(), kept[0].state), (1, OperationState::Noted));
    assert!(kept[0].detail.as_deref().unwrap().contains("anonymised the customer `cus-1`"));
    let bodies = till.bodies(&kept[0]).await;
    assert!(bodies.contains("cus-1") && personal_in(&bodies).is_empty(), "{bodies}");
    assert_eq!(erased(&world).await, 1, "a customer nobody knows is forgotten too");
});

flow!(of_a_customer_who_merely_changed_nothing_is_kept, |world| {
    let till = world.till(json!({})).await;
    assert_eq!(changed(&till, "e-moved", "cus-1", false).await, 200);
    assert_eq!(till.all(OperationKind::System).await.len(), 0);
    assert_eq!(till.all(OperationKind::Unhandled).await.len(), 0);
    assert_eq!(erased(&world).await, 0);
});

flow!(hubrise_tells_of_customers_and_what_it_could_not_tell_is_fetched, |world| {
    let till = world.till(json!({})).await;
    let registrar = assemble::registrar(&world.state);
    registrar.round().await.unwrap();
    let customers = world.sandbox_customers("xab66").await;
    let id = customers[0]["id"].as_str().unwrap().to_owned();
    // Nothing is sent for now: the events wait at HubRise, and are fetched.
    world.control("callbacks", json!({"paused": true})).await;
    world.control(&format!("customers/{id}"), json!({"city": "Lyon"})).await;
    world.control(&format!("customers/{id}/anonymise"), json!({})).await;
    world.later(jiff::SignedDuration::from_hours(25));
    registrar.round().await.unwrap();
    let kept = till.all(OperationKind::System).await;
    assert_eq!(kept.len(), 1, "of two events one is kept");
    assert!(kept[0].detail.as_deref().unwrap().contains(&id));
    let first_name = customers[0]["first_name"].as_str().unwrap();
    assert!(!till.bodies(&kept[0]).await.contains(first_name));
    let row = till.row().await;
    let left = world.state.hub().call(&row, |api, token| async move { api.callback_events(&token, None).await });
    assert!(left.await.unwrap().items.is_empty(), "both are forgotten there");
    assert_eq!(erased(&world).await, 1);
});

flow!(an_erasure_that_a_crash_cut_short_is_begun_again, |world| {
    let till = world.till(json!({})).await;
    let theirs = ordered_by(&till, "cus-1").await;
    assert_eq!(changed(&till, "e-gone", "cus-1", true).await, 200);
    let now = world.state.now();
    let lease_until = now + jiff::SignedDuration::from_mins(5);
    let claimed = world.state.store().claim_erasures(now, lease_until, 10).await.unwrap();
    assert_eq!(claimed.len(), 1, "somebody has it, and dies");
    assert_eq!(erased(&world).await, 0);
    world.later(jiff::SignedDuration::from_mins(5));
    let another = world.another();
    assert_eq!(assemble::eraser(&another).round().await.unwrap(), 1);
    assert_eq!(personal_in(&till.bodies(&theirs).await), Vec::<&str>::new());
});

impl World {
    async fn sandbox_customers(&self, list: &str) -> Value {
        let url = format!("{}/_sandbox/customers?list={list}", self.sandbox.base_url);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }
}
