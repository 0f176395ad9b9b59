//! HubRise tells of orders: each is kept, whole and once, before HubRise hears that it may forget it.

use jiff::SignedDuration;
use passerelle_store::{ConnectionRow, Ended, OperationKind, OperationState, Way};
use serde_json::{Value, json};

use crate::hearing::{BRIDGE, SECRET, event, installation, order, signed};
use crate::world::World;

const MIB: usize = 1024 * 1024;

async fn states(world: &World, row: &ConnectionRow) -> Vec<(OperationKind, OperationState, Option<String>)> {
    world.operations(row).await.into_iter().map(|one| (one.kind, one.state, one.cause)).collect()
}

flow!(an_order_is_kept_whole_before_hubrise_may_forget_it, |world| {
    let (_, row) = world.connect_bridge().await;
    let body = event("e1", "create", &installation(&row), &order("5dpm9", "new")).to_string().into_bytes();
    let signature = signed(SECRET, &body);
    assert_eq!(world.tell(BRIDGE, body.clone(), Some(&signature)).await, 200);

    let kept = world.operations(&row).await;
    assert_eq!(kept.len(), 1);
    let one = &kept[0];
    assert_eq!(
        (one.kind, one.state, one.cause.as_deref()),
        (OperationKind::OrderCreated, OperationState::Queued, None)
    );
    assert_eq!((one.event_id.as_deref(), one.tries), (Some("e1"), 0));
    let facts = one.order.clone().unwrap();
    assert_eq!((facts.order_id.as_str(), facts.channel.as_deref()), ("5dpm9", Some("Uber Eats")));
    assert_eq!((facts.total.as_deref(), facts.status.as_deref()), (Some("9.80 EUR"), Some("new")));

    let store = world.state.store();
    let exchanges = store.exchanges(&row.id, &one.id).await.unwrap();
    assert_eq!(exchanges.len(), 1);
    let call = store.exchange(&row.id, &exchanges[0].id).await.unwrap().unwrap();
    assert_eq!((call.row.way, call.row.method.as_str()), (Way::HubriseToBridge, "POST"));
    assert_eq!((call.row.status, call.row.ended), (Some(200), Ended::Answered));
    assert_eq!(call.row.url, format!("{}/callbacks/hubrise/{BRIDGE}", world.origin));
    assert_eq!(call.request_body, body, "byte by byte");
    assert!(
        call.request_headers.contains(&format!("x-hubrise-hmac-sha256: {signature}\n")),
        "{}",
        call.request_headers
    );
    assert!(call.row.duration_us > 0);

    let now = world.state.now();
    let turns = store.claim_turns(now, now + SignedDuration::from_secs(60), 10).await.unwrap();
    assert_eq!(turns.len(), 1);
    assert_eq!((&turns[0].operation.id, &turns[0].event), (&one.id, &body), "and the till's turn has it");
    let heard = store.registration(&row.id).await.unwrap().heard_at;
    assert!(heard.is_some());
});

flow!(what_is_nobodys_here_is_unknown, |world| {
    let (_, row) = world.connect_bridge().await;
    let known = installation(&row);
    let sent = |id: &str, change: &[(&str, Value)]| {
        let mut event = event(id, "create", &known, &order("5dpm9", "new"));
        for (key, value) in change {
            event[*key] = value.clone();
        }
        event
    };
    for (event, what) in [
        (sent("e1", &[("app_instance_id", json!("zzzzz"))]), "another installation"),
        (sent("e2", &[("location_id", json!("3r4s3-2"))]), "another location of this installation's account"),
        (sent("e3", &[("account_id", json!("zzzzz"))]), "another account"),
        (
            sent(
                "e4",
                &[("app_instance_id", Value::Null), ("location_id", json!("3r4s3-9")), ("account_id", Value::Null)],
            ),
            "a location nobody has",
        ),
        (json!({"id": "e5", "resource_type": "order", "event_type": "create"}), "nobody"),
        (json!("not an event"), "nobody"),
    ] {
        assert_eq!(world.told(&event).await, 404, "{what}");
    }
    let body = sent("e1", &[]).to_string().into_bytes();
    for (vendor, secret) in [("nobody", SECRET), ("pos-helper", "pos-helper-sandbox-secret")] {
        let signature = signed(secret, &body);
        assert_eq!(world.tell(vendor, body.clone(), Some(&signature)).await, 404, "{vendor}");
    }
    assert!(world.operations(&row).await.is_empty());
});

flow!(well_signed_and_not_understood_is_kept_as_such, |world| {
    let (_, row) = world.connect_bridge().await;
    let known = installation(&row);
    let mut delivery = event("e1", "create", &known, &order("5dpm9", "new"));
    delivery["resource_type"] = "delivery".into();
    let mut idless = event("e2", "create", &known, &order("5dpm9", "new"));
    idless.as_object_mut().unwrap().remove("id");
    let unreadable = event("e3", "create", &known, &json!({"id": "5dpm9"})["nothing"]);
    let mut unreadable_named = unreadable.clone();
    unreadable_named["order_id"] = "5dpm9".into();
    unreadable_named["id"] = "e4".into();
    for event in [&delivery, &idless, &unreadable, &unreadable_named, &idless] {
        assert_eq!(world.told(event).await, 200);
    }
    let unknown = || (OperationKind::Unhandled, OperationState::NotHandled, Some("event_unknown".to_owned()));
    let failed = (OperationKind::OrderCreated, OperationState::Failed, Some("order_unreadable".to_owned()));
    assert_eq!(states(&world, &row).await, [unknown(), unknown(), unknown(), failed], "the same bytes are kept once");
    let kept = world.operations(&row).await;
    let exchanges = world.state.store().exchanges(&row.id, &kept[0].id).await.unwrap();
    let call = world.state.store().exchange(&row.id, &exchanges[0].id).await.unwrap().unwrap();
    assert_eq!(call.request_body, delivery.to_string().into_bytes(), "whole");
});

flow!(the_same_event_a_hundred_times_at_once_is_kept_once, |world| {
    let (_, row) = world.connect_bridge().await;
    let told = event("e1", "create", &installation(&row), &order("5dpm9", "new"));
    let calls = (0..100).map(|_| world.told(&told));
    let statuses = futures_util::future::join_all(calls).await;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    assert_eq!(world.operations(&row).await.len(), 1);
});

flow!(many_orders_at_once_are_all_kept, |world| {
    let (_, row) = world.connect_bridge().await;
    let known = installation(&row);
    let told: Vec<_> =
        (0..300).map(|n| event(&format!("e{n}"), "create", &known, &order(&format!("o{n}"), "new"))).collect();
    let statuses = futures_util::future::join_all(told.iter().map(|event| world.told(event))).await;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    let mut kept = std::collections::HashSet::new();
    let mut before = None;
    loop {
        let page = world.state.store().operations(&row.id, before, 100).await.unwrap();
        kept.extend(page.rows.into_iter().map(|one| one.event_id.unwrap()));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(kept.len(), 300);
});

flow!(updates_are_noted_and_a_cancellation_withdraws_even_when_it_comes_first, |world| {
    let (_, row) = world.connect_bridge().await;
    let known = installation(&row);
    for told in [
        event("e1", "update", &known, &order("early", "cancelled")),
        event("e2", "create", &known, &order("early", "new")),
        event("e3", "create", &known, &order("late", "new")),
        event("e4", "update", &known, &order("late", "accepted")),
        event("e5", "update", &known, &order("late", "rejected")),
        event("e6", "create", &known, &order("over", "completed")),
        event("e7", "create", &known, &order("late", "new")),
    ] {
        assert_eq!(world.told(&told).await, 200);
    }
    let cause = |text: &str| Some(text.to_owned());
    let (created, updated) = (OperationKind::OrderCreated, OperationKind::OrderUpdated);
    assert_eq!(
        states(&world, &row).await,
        [
            (updated, OperationState::Noted, None),
            (created, OperationState::Withdrawn, cause("cancelled_before")),
            (created, OperationState::Withdrawn, cause("cancelled_before")),
            (updated, OperationState::Noted, None),
            (updated, OperationState::Noted, None),
            (created, OperationState::Noted, cause("already_over")),
            (created, OperationState::Noted, cause("duplicate_order")),
        ]
    );
});

flow!(a_body_of_one_mebibyte_is_taken_and_not_a_byte_more, |world| {
    let (_, row) = world.connect_bridge().await;
    let mut body = event("e1", "create", &installation(&row), &order("5dpm9", "new")).to_string().into_bytes();
    // Blanks after the event are as good JSON as any.
    body.resize(MIB, b' ');
    let signature = signed(SECRET, &body);
    assert_eq!(world.tell(BRIDGE, body.clone(), Some(&signature)).await, 200);
    body.push(b' ');
    let signature = signed(SECRET, &body);
    assert_eq!(world.tell(BRIDGE, body, Some(&signature)).await, 413);
    assert_eq!(world.operations(&row).await.len(), 1);
});

flow!(what_cannot_be_kept_is_to_be_told_again, |world| {
    let (_, row) = world.connect_bridge().await;
    let known = installation(&row);
    // The place is known from the first; for the second installation it has to be searched.
    assert_eq!(world.told(&event("e1", "create", &known, &order("o1", "new"))).await, 200);
    world.state.store().close().await;
    assert_eq!(world.told(&event("e2", "create", &known, &order("o2", "new"))).await, 503);
    assert_eq!(world.told(&event("e3", "create", "zzzzz", &order("o3", "new"))).await, 503);
    let body = event("e4", "create", &known, &order("o4", "new")).to_string().into_bytes();
    assert_eq!(world.tell(BRIDGE, body, None).await, 401, "a forgery is one whatever state the database is in");
});

flow!(a_closed_connection_is_told_of_nothing_more, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    assert_eq!(world.told(&event("e1", "create", &known, &order("o1", "new"))).await, 200);
    browser.delete(&format!("/connections/{}", row.id)).await.ok();
    assert_eq!(world.told(&event("e2", "create", &known, &order("o2", "new"))).await, 404);
});

flow!(an_event_without_an_installation_is_known_by_its_location, |world| {
    let (_, row) = world.connect_bridge().await;
    let mut told = event("e1", "create", "x", &order("o1", "new"));
    told.as_object_mut().unwrap().remove("app_instance_id");
    assert_eq!(world.told(&told).await, 200);
    assert_eq!(world.operations(&row).await.len(), 1);
});
