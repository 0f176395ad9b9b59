//! Marks: handled or not, and names that were shown.

use jiff::SignedDuration;
use passerelle_store::ActKind;
use serde_json::{Value, json};

use super::stage::{SUPPORT, personal_in};
use crate::world::MARC;

flow!(what_is_seen_to_is_marked_with_a_note_and_the_mark_can_be_taken_away, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = till.refused().await;
    let path = till.path(&row, "/handled");
    let mark = |handled: bool, note: &str| json!({"handled": handled, "note": note});
    let marked = till.browser.put(&path, mark(true, "  told the kitchen  ")).await.ok();
    assert!(marked["line"]["handled_at"].is_string(), "{marked}");
    till.browser.put(&path, mark(true, "again")).await.ok();
    let reopened = till.browser.put(&path, json!({"handled": false})).await.ok();
    assert_eq!(reopened["line"]["handled_at"], Value::Null);
    let acts = world.state.store().acts(&till.id, &row.id).await.unwrap();
    let told: Vec<_> = acts.iter().map(|act| (act.kind, act.note.as_deref())).collect();
    assert_eq!(told, [(ActKind::Handled, Some("told the kitchen")), (ActKind::Reopened, None)]);
    let long = till.browser.put(&path, mark(true, &"é".repeat(501))).await.problem(422, "invalid_request");
    assert_eq!(long["fields"][0]["field"], "note");
    let onlooker = world.onlooker(&till.id, MARC).await;
    onlooker.put(&path, mark(true, "")).await.problem(403, "view_only");
    let none = format!("/connections/{}/operations/none/handled", till.id);
    till.browser.put(&none, mark(true, "")).await.problem(404, "not_found");
});

flow!(support_that_has_names_shown_is_on_record_and_sees_them_for_a_day, |world| {
    let till = world.till(json!({})).await;
    let row = till.ordered_by(Value::Null).await;
    let support = world.onlooker(&till.id, SUPPORT).await;
    let session = world.session_of(&support).await;
    let shown = async || world.state.store().names_shown(&till.id, &row.id, &session, world.state.now()).await.unwrap();
    assert!(!shown().await);
    let page = till.shown(&support, &row).await;
    assert_eq!(page["names_hidden"], true);
    let exchange =
        |page: &Value| format!("/connections/{}/exchanges/{}", till.id, page["exchanges"][0]["id"].as_str().unwrap());
    let hidden = support.get(&exchange(&page)).await.ok();
    assert_eq!(personal_in(hidden["request_body"].as_str().unwrap()), Vec::<&str>::new());

    assert_eq!(support.post(&till.path(&row, "/names"), Value::Null).await.status, 204);
    assert!(shown().await);
    let page = till.shown(&support, &row).await;
    assert_eq!(page["names_hidden"], false);
    let seen = support.get(&exchange(&page)).await.ok();
    assert!(!personal_in(seen["request_body"].as_str().unwrap()).is_empty());
    let acts = world.state.store().acts(&till.id, &row.id).await.unwrap();
    assert_eq!((acts[0].kind, acts[0].by.is_some()), (ActKind::NamesShown, true));

    // For this operation, and for a day.
    let another = till.ordered_by(Value::Null).await;
    assert_eq!(till.shown(&support, &another).await["names_hidden"], true);
    world.later(SignedDuration::from_hours(25));
    assert!(!shown().await);
});

flow!(names_are_nobodys_who_may_only_look, |world| {
    let till = world.till(json!({})).await;
    let row = till.ordered_by(Value::Null).await;
    let onlooker = world.onlooker(&till.id, MARC).await;
    onlooker.post(&till.path(&row, "/names"), Value::Null).await.problem(403, "view_only");
    let none = format!("/connections/{}/operations/none/names", till.id);
    till.browser.post(&none, Value::Null).await.problem(404, "not_found");
});
