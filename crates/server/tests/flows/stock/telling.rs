//! What a till may tell, and what it is answered.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{counted, text, unmanaged};

fn body(sequence: u64, entries: &[Value]) -> Option<String> {
    Some(json!({"sequence": sequence, "entries": entries}).to_string())
}

flow!(a_till_tells_its_stock_and_asks_how_it_stands, |world| {
    let pos = world.pos().await;
    let ask = async || world.pos_call(Method::GET, "caisse", &pos.secret, None, None).await;
    let (status, first) = ask().await;
    assert_eq!((status, &first), (200, &json!({"sequence": null, "entries": 0, "sending": true, "received_at": null})));
    let taken = pos.put(1, &[counted("MAR-M", "5"), counted("COK-33", "12.5")]).await;
    assert_eq!(taken, json!({"sequence": 1, "entries": 2, "changed": 2, "sending": true}));
    let taken = pos.patch(2, &[counted("MAR-M", "4"), unmanaged("TIR-1")]).await;
    assert_eq!(taken, json!({"sequence": 2, "entries": 3, "changed": 2, "sending": true}));
    let (_, now) = ask().await;
    assert_eq!((&now["sequence"], &now["entries"], now["received_at"].is_string()), (&json!(2), &json!(3), true));
});

flow!(an_older_state_never_overwrites_a_newer_one, |world| {
    let pos = world.pos().await;
    pos.put(7, &[counted("MAR-M", "5")]).await;
    for (method, sequence) in [(Method::PUT, 6), (Method::PATCH, 7), (Method::PUT, 0)] {
        let (status, problem) = pos.call(method, sequence, &[counted("MAR-M", "1")]).await;
        assert_eq!((status, &problem["code"], &problem["sequence"]), (409, &json!("stock_older"), &json!(7)));
    }
    assert_eq!(pos.tile("MAR-M").await["quantity"], "5");
});

flow!(an_idempotency_key_answers_the_same_and_takes_no_other_body, |world| {
    let pos = world.pos().await;
    let call = async |method: Method, sequence, quantity: &str| {
        let body = body(sequence, &[counted("MAR-M", quantity)]);
        world.pos_call(method, "caisse", &pos.secret, Some("5f1c"), body).await
    };
    let first = call(Method::PUT, 1, "5").await;
    assert_eq!(first.0, 200);
    pos.patch(2, &[counted("MAR-M", "3")]).await;
    assert_eq!(call(Method::PUT, 1, "5").await, first);
    assert_eq!(pos.tile("MAR-M").await["quantity"], "3");
    for (method, quantity) in [(Method::PUT, "6"), (Method::PATCH, "5")] {
        let (status, problem) = call(method, 1, quantity).await;
        assert_eq!((status, &problem["code"]), (422, &json!("idempotency_key_reused")));
    }
    let long = "k".repeat(101);
    let (status, _) = world.pos_call(Method::PUT, "caisse", &pos.secret, Some(&long), body(9, &[])).await;
    assert_eq!(status, 400);
});

flow!(every_wrong_entry_is_named_and_nothing_of_the_call_is_kept, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "5")]).await;
    let mut entries = vec![counted("MAR-M", "9")];
    for (reference, quantity) in [("COK-33", "1e400"), ("SPL-50", "NaN"), ("CHI-12", "-1e400")] {
        entries.push(counted(reference, quantity));
    }
    entries.push(counted("COK-150", &"9".repeat(1_000)));
    entries.push(counted("TIR-1", "-0"));
    entries.push(counted("MAR-M", "8"));
    entries.push(counted(&"x".repeat(10_000), "1"));
    entries.push(json!({"sku_ref": "A", "option_ref": "B", "stock_managed": false, "available": true}));
    entries.push(json!("nothing"));
    let (status, problem) = pos.call(Method::PUT, 2, &entries).await;
    assert_eq!((status, &problem["code"]), (422, &json!("stock_invalid")), "{problem}");
    let named: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["index"].as_u64().unwrap(), text(&one["field"]), text(&one["code"])))
        .collect();
    let fault = |index, field: &str, code: &str| (index, field.to_owned(), code.to_owned());
    assert_eq!(
        named,
        [
            fault(1, "quantity", "invalid"),
            fault(2, "quantity", "invalid"),
            fault(3, "quantity", "invalid"),
            fault(4, "quantity", "invalid"),
            fault(6, "sku_ref", "duplicate"),
            fault(7, "sku_ref", "too_long"),
            fault(8, "option_ref", "both_refs"),
            fault(9, "", "wrong_type"),
        ]
    );
    assert_eq!((&problem["errors_total"], problem["request_id"].is_string()), (&json!(8), true));
    assert_eq!(pos.tile("MAR-M").await["quantity"], "5");
    assert_eq!(pos.put(2, &[counted("TIR-1", "-0")]).await["changed"], 2);
    assert_eq!(pos.tile("TIR-1").await["quantity"], "0");
});

flow!(twenty_thousand_products_are_taken_in_a_call_and_one_more_is_not, |world| {
    let pos = world.pos().await;
    let entries = |count: u32| (0..count).map(|nth| counted(&format!("SKU-{nth}"), "1")).collect::<Vec<_>>();
    let (status, problem) = pos.call(Method::PUT, 1, &entries(20_001)).await;
    assert_eq!((status, &problem["code"]), (413, &json!("payload_too_large")));
    assert_eq!(pos.put(1, &entries(20_000)).await["entries"], 20_000);
    // By a part of it neither.
    let (status, problem) = pos.call(Method::PATCH, 2, &[counted("one more", "1")]).await;
    assert_eq!((status, &problem["code"]), (413, &json!("payload_too_large")));
    let long = format!("{{\"sequence\": 3, \"entries\": [{}", " ".repeat(9 * 1024 * 1024));
    let (status, problem) = world.pos_call(Method::PUT, "caisse", &pos.secret, None, Some(long)).await;
    assert_eq!((status, &problem["code"]), (413, &json!("payload_too_large")));
});

flow!(what_is_no_such_body_is_refused, |world| {
    let pos = world.pos().await;
    for wrong in ["", "nonsense", "[]", "{\"sequence\": 1}", "{\"sequence\": 1.5, \"entries\": []}"] {
        let (status, problem) = world.pos_call(Method::PUT, "caisse", &pos.secret, None, Some(wrong.to_owned())).await;
        assert_eq!((status, &problem["code"]), (400, &json!("invalid_request")), "{wrong}");
    }
    let url = format!("{}/api/v1/pos/tills/caisse/stock", world.origin);
    let call = world.http.put(url).header("authorization", format!("Bearer {}", pos.secret)).body("sequence=1");
    assert_eq!(call.send().await.unwrap().status().as_u16(), 415);
});

flow!(a_key_reaches_its_own_till_and_nothing_else, |world| {
    let pos = world.pos().await;
    let refused = async |till: &str, secret: &str| {
        let mut all = Vec::new();
        for (method, body) in [(Method::GET, None), (Method::PUT, body(1, &[])), (Method::PATCH, body(1, &[]))] {
            let (status, problem) = world.pos_call(method, till, secret, None, body).await;
            all.push((status, text(&problem["code"])));
        }
        all.dedup();
        all
    };
    assert_eq!(refused("comptoir", &pos.secret).await, [(404, "till_unknown".to_owned())]);
    assert_eq!(refused("", &pos.secret).await, [(404, "till_unknown".to_owned())]);
    for secret in ["", "psk_", "hello", &format!("psk_{}", "A".repeat(43)), pos.secret[4..].to_owned().as_str()] {
        assert_eq!(refused("caisse", secret).await, [(401, "pos_key_refused".to_owned())], "{secret}");
    }
    // A session is no key, and a key is no session.
    pos.browser.send(Method::GET, "/pos/tills/caisse/stock", None).await.problem(401, "pos_key_refused");
    let url = format!("{}/api/v1/connections/{}/stock", world.origin, pos.id);
    let answer = world.http.get(url).header("authorization", format!("Bearer {}", pos.secret)).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 401);
    pos.browser.delete(&format!("/connections/{}/pos_keys/{}", pos.id, pos.key)).await;
    assert_eq!(refused("caisse", &pos.secret).await, [(401, "pos_key_refused".to_owned())]);
});

flow!(a_key_is_shown_once_and_its_use_is_noted, |world| {
    let pos = world.pos().await;
    pos.put(1, &[]).await;
    let listed = pos.ask("pos_keys").await.ok();
    let key = &listed[0];
    assert_eq!((&key["label"], &key["created_by"]), (&json!("caisse 1"), &json!("Support Carré POS")));
    assert!(key["last_used_at"].is_string() && key["revoked_at"].is_null());
    assert_eq!(text(&key["tail"]), pos.secret[pos.secret.len() - 4..]);
    assert!(!listed.to_string().contains(&pos.secret[4..40]));
    let path = format!("/connections/{}/pos_keys", pos.id);
    pos.browser.post(&path, json!({"label": "é".repeat(61)})).await.problem(422, "invalid_request");
    for _ in 1..20 {
        pos.browser.post(&path, json!({})).await.ok();
    }
    pos.browser.post(&path, json!({})).await.problem(409, "conflict");
    assert_eq!(pos.board().await["head"]["keys"], 20);
    pos.browser.delete(&format!("{path}/nobodys")).await.problem(404, "not_found");
    let audit = pos.ask("audit").await.ok();
    assert!(audit["items"].as_array().unwrap().iter().any(|line| line["action"] == "configured"), "{audit}");
});

flow!(where_stock_is_not_sent_there_is_none, |world| {
    let (browser, row) = world.connect_bridge().await;
    for what in ["stock", "pos_keys", "stock/history?kind=sku&ref=a"] {
        browser.get(&format!("/connections/{}/{what}", row.id)).await.problem(404, "not_found");
    }
    browser.post(&format!("/connections/{}/stock/sync", row.id), Value::Null).await.problem(404, "not_found");
});
