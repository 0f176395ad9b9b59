//! Orders: sums, checks, filters, patches, private refs.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{Stage, TILL, Till};
use passerelle_sandbox::seeds::NINA;

async fn create(till: &Till<'_>, order: Value) -> Value {
    let answer = till.call(Method::POST, "/location/orders", Some(order)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn a_status_alone_makes_an_order() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let order = create(&till, json!({ "status": "new" })).await;
    assert_eq!(
        (&order["status"], &order["total"], &order["created_by"]),
        (&json!("new"), &json!("0.00 EUR"), &json!("POS HELPER"))
    );
    assert_eq!((&order["customer"], &order["items"], &order["deals"]), (&Value::Null, &json!([]), &json!({})));
    let path = format!("/location/orders/{}", order["id"].as_str().unwrap());
    assert_eq!(till.get(&path).await.body, order);
    assert_eq!(till.get(&path.replace("/location/", "/locations/3r4s3-1/")).await.body, order);
    assert_eq!(till.get("/location/orders/none").await.status, 404);
}

#[tokio::test]
async fn sums_options_charges_discounts_and_renumbers_deals() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let order = create(
        &till,
        json!({
            "status": "new",
            "items": [
                { "product_name": "Regina", "sku_ref": "REG-M", "price": "11.90 EUR", "quantity": "2",
                  "options": [{ "option_list_name": "Suppléments", "name": "Œuf", "price": "1.00 EUR", "quantity": 2 }] },
                { "product_name": "Chianti", "price": "22.00 EUR", "quantity": "0.5", "deal_line": { "deal_key": "x7" } }],
            "deals": { "x7": { "name": "Formule", "ref": "MIDI" } },
            "discounts": [{ "name": "Bienvenue", "price_off": "5.00 EUR" }],
            "charges": [{ "name": "Livraison", "price": "2.50 EUR", "ref": "LIV" }],
            "payments": [{ "name": "CB", "amount": "36.30 EUR" }],
            "customer": { "first_name": "Sofia" },
        }),
    )
    .await;
    assert_eq!(order["items"][0]["subtotal"], "27.80 EUR");
    assert_eq!(order["items"][0]["quantity"], "2.0");
    assert_eq!(order["total"], "36.30 EUR");
    assert_eq!(order["deals"], json!({ "0": { "name": "Formule", "ref": "MIDI" } }));
    assert_eq!(order["items"][1]["deal_line"]["deal_key"], "0");
    assert_eq!((&order["customer"]["id"], &order["customer"]["last_name"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn every_mistake_is_named_at_once() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let sent = json!({
        "status": "ready",
        "expected_time": "tonight",
        "customer_id": "nobody",
        "items": [{ "product_name": "Regina", "price": 11.9, "quantity": 2, "deal_line": { "deal_key": "0" } }],
        "charges": [{ "name": "Livraison", "price": "2.50 USD" }],
    });
    let answer = till.call(Method::POST, "/location/orders", Some(sent)).await;
    assert_eq!((answer.status, &answer.body["error_type"]), (422, &json!("unprocessable_entity")));
    let mut fields: Vec<_> =
        answer.body["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    fields.sort_unstable();
    let wanted = [
        "charges[0].price",
        "customer_id",
        "expected_time",
        "items[0].deal_line.deal_key",
        "items[0].price",
        "items[0].quantity",
        "status",
    ];
    assert_eq!(fields, wanted);
}

#[tokio::test]
async fn a_patch_moves_the_status_and_adds_and_deletes_elements() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let items = json!([
        { "product_name": "Regina", "price": "10.00 EUR", "quantity": "1" },
        { "product_name": "Calzone", "price": "12.00 EUR", "quantity": "1" },
    ]);
    let order =
        create(&till, json!({ "status": "new", "items": items, "custom_fields": { "shop": { "n": 1 } } })).await;
    let path = format!("/location/orders/{}", order["id"].as_str().unwrap());
    let change = json!({
        "status": "accepted",
        "confirmed_time": "2026-11-21T20:30:00+01:00",
        "private_ref": "42",
        "items": [
            { "id": order["items"][0]["id"], "deleted": true },
            { "id": order["items"][1]["id"], "private_ref": "L2" },
            { "product_name": "Tiramisu", "price": "5.90 EUR", "quantity": "2" }],
        "payments": [{ "name": "Espèces", "amount": "23.80 EUR" }],
        "custom_fields": { "epos": { "rejection": null } },
    });
    let patched = till.call(Method::PATCH, &path, Some(change)).await.body;
    assert_eq!((&patched["status"], &patched["total"]), (&json!("accepted"), &json!("23.80 EUR")));
    let deleted: Vec<_> = patched["items"].as_array().unwrap().iter().map(|item| item["deleted"] == true).collect();
    assert_eq!(deleted, [true, false, false]);
    assert_eq!((&patched["private_ref"], &patched["items"][1]["private_ref"]), (&json!("42"), &json!("L2")));
    assert_eq!(patched["custom_fields"], json!({ "shop": { "n": 1 }, "epos": { "rejection": null } }));

    for wrong in [json!({ "status": "delivered" }), json!({ "items": [{ "id": "none", "deleted": true }] })] {
        assert_eq!(till.call(Method::PATCH, &path, Some(wrong)).await.status, 422);
    }
    assert_eq!(till.get(&path).await.body, patched);
}

#[tokio::test]
async fn the_list_is_filtered() {
    let stage = Stage::new().await;
    stage.freeze().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let seeded = till.get("/location/orders").await.body;
    assert_eq!(seeded.as_array().unwrap().len(), 3);
    stage.advance(3_600).await;
    let mine = create(&till, json!({ "status": "received", "private_ref": "T-1" })).await;
    let moment = mine["created_at"].as_str().unwrap().replace('+', "%2B");
    let customer = seeded[0]["customer"]["id"].as_str().unwrap();
    for (query, count) in [
        ("status=received".to_owned(), 1),
        ("status=new".to_owned(), 1),
        ("private_ref=T-1".to_owned(), 1),
        ("created_by=POS%20HELPER".to_owned(), 1),
        ("created_by=Site%20web".to_owned(), 3),
        (format!("after={moment}"), 1),
        (format!("before={moment}"), 3),
        (format!("customer_id={customer}"), 1),
    ] {
        let list = till.get(&format!("/location/orders?{query}")).await.body;
        assert_eq!(list.as_array().map(Vec::len), Some(count), "{query}: {list}");
    }
    stage.advance(60).await;
    assert_eq!(till.get("/location/orders?after=yesterday").await.status, 422);
    let page = till.get("/location/orders?count=3").await;
    let next = till.get(&format!("/location/orders?cursor={}", page.header("x-cursor-next").unwrap())).await.body;
    assert_eq!(next, json!([mine]));
}

#[tokio::test]
async fn a_private_ref_is_its_clients_own() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let order = create(&till, json!({ "status": "new", "private_ref": "mine" })).await;
    let grant = json!({ "client_id": "carre-pos-sandbox", "email": NINA, "scope": "location[orders.write]" });
    let code = stage.control("grant", grant).await["code"].as_str().unwrap().to_owned();
    let request = stage
        .request(Method::POST, "/oauth2/v1/token")
        .basic_auth("carre-pos-sandbox", Some("carre-pos-sandbox-secret"));
    let granted = stage.send(request.form(&[("code", &code)])).await.body;
    let other = Till { stage: &stage, token: granted["access_token"].as_str().unwrap().to_owned(), granted };
    let path = format!("/location/orders/{}", order["id"].as_str().unwrap());
    assert_eq!(other.get(&path).await.body["private_ref"], Value::Null);
    other.call(Method::PATCH, &path, Some(json!({ "private_ref": "theirs" }))).await;
    assert_eq!(till.get(&path).await.body["private_ref"], "mine");
}

#[tokio::test]
async fn an_order_never_goes_back() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let order = create(&till, json!({ "status": "new" })).await;
    let path = format!("/location/orders/{}", order["id"].as_str().unwrap());
    let patch = async |status: &str| till.call(Method::PATCH, &path, Some(json!({ "status": status }))).await;
    assert_eq!(patch("accepted").await.status, 200);
    let back = patch("received").await;
    assert_eq!((back.status, &back.body["errors"][0]["field"]), (422, &json!("status")));
    assert_eq!(back.body["errors"][0]["message"], "cannot go from 'accepted' to 'received'");
    assert_eq!(till.get(&path).await.body["status"], "accepted");
    assert_eq!(patch("cancelled").await.status, 200);
    assert_eq!(patch("completed").await.status, 422);
}
