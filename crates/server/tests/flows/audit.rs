//! Who did what to a connection.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{MARC, NINA};

async fn actions(browser: &Browser, connection: &Value) -> Vec<String> {
    let page = browser.get(&format!("/connections/{}/audit", connection["id"].as_str().unwrap())).await.ok();
    let action = |line: &Value| line["action"].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(action).collect()
}

flow!(tells_what_was_done_the_latest_first, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    assert_eq!(actions(&browser, &connection).await, ["connected"]);
    world.connect_caisse(&browser, NINA, json!({})).await;
    assert_eq!(actions(&browser, &connection).await, ["reconnected", "connected"]);
    browser.delete(&format!("/connections/{}", connection["id"].as_str().unwrap())).await.ok();
    let anew = world.connect_caisse(&browser, NINA, json!({})).await;
    assert_ne!(anew["id"], connection["id"]);
    assert_eq!(
        actions(&browser, &anew).await,
        ["connected", "disconnected", "reconnected", "connected"],
        "the till's past at this place is part of it"
    );
});

flow!(names_who_was_signed_in_and_else_the_browser, |world| {
    let nobody = world.browser().await;
    let connection = world.connect_caisse(&nobody, NINA, json!({})).await;
    let nina = world.signed_in("pos-helper", NINA).await;
    world.connect_caisse(&nina, NINA, json!({})).await;
    let path = format!("/connections/{}/audit", connection["id"].as_str().unwrap());
    let page = nina.get(&path).await.ok();
    let [again, first] = page["items"].as_array().unwrap().as_slice() else { panic!("{page}") };
    assert_eq!((&again["email"], &again["support"]), (&json!(NINA), &json!(false)));
    assert!(again["name"].as_str().unwrap().contains("Nina"), "{again}");
    assert_eq!(
        (&first["name"], &first["email"], &first["browser"]),
        (&Value::Null, &Value::Null, &json!("Firefox, Android"))
    );
    assert!(page["next_cursor"].is_null());
    let marc = world.browser().await;
    world.connect_caisse(&marc, MARC, json!({"location": "Paris Bastille"})).await;
    marc.get(&path).await.problem(404, "connection_unknown");
});

flow!(comes_in_pages, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let (row, session) = (world.row(&connection).await, world.session_of(&browser).await);
    for _ in 0..59 {
        let viewed = world.state.store().audit(&row.id, &session, passerelle_store::Action::Viewed, world.state.now());
        viewed.await.unwrap();
    }
    let path = format!("/connections/{}/audit", row.id);
    let first = browser.get(&path).await.ok();
    assert_eq!(first["items"].as_array().unwrap().len(), 50);
    let rest = browser.get(&format!("{path}?cursor={}", first["next_cursor"].as_str().unwrap())).await.ok();
    let items = rest["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[9]["action"]), (10, &json!("connected")));
    assert!(rest["next_cursor"].is_null());
    for cursor in ["x", "1.5", "99999999999999999999"] {
        browser.get(&format!("{path}?cursor={cursor}")).await.problem(400, "invalid_request");
    }
});
