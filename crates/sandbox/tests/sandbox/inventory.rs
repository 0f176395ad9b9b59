//! Inventory rules.

use reqwest::Method;
use serde_json::json;

use super::stage::{Stage, TILL};
use passerelle_sandbox::seeds::{MARC, NINA, bella, dubois};

const STOCK: &str = "location[inventory.write]";
const PATH: &str = "/catalogs/psmlf/location/inventory";

#[tokio::test]
async fn put_replaces_patch_changes_and_null_removes() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, STOCK, json!({})).await;
    assert_eq!(till.get(PATH).await.body, json!([]), "empty by default: all unlimited");

    let sent = json!([
        { "sku_ref": "COK-33", "stock": "5.000" },
        { "sku_ref": "TIR-1", "stock": null },
        { "option_ref": "OEUF", "stock": "0", "expires_at": "2099-08-05T08:00:00+02:00" },
    ]);
    let put = till.call(Method::PUT, PATH, Some(sent)).await;
    let whole = json!([
        { "sku_ref": "COK-33", "stock": "5", "expires_at": null },
        { "option_ref": "OEUF", "stock": "0", "expires_at": "2099-08-05T08:00:00+02:00" },
    ]);
    assert_eq!((put.status, &put.body), (200, &whole));
    assert_eq!(till.get(&format!("/catalogs/psmlf/locations/{}/inventory", bella::PARIS)).await.body, whole);

    let change = json!([{ "sku_ref": "COK-33", "stock": null }, { "sku_ref": "REG-M", "stock": "1.5" }]);
    let patched = till.call(Method::PATCH, PATH, Some(change)).await.body;
    let changed = json!([
        { "sku_ref": "COK-33", "stock": null, "expires_at": null },
        { "sku_ref": "REG-M", "stock": "1.5", "expires_at": null },
    ]);
    assert_eq!(patched, changed, "answers the changed entries");
    let left: Vec<_> = till.get(PATH).await.body.as_array().unwrap().iter().map(|one| one["stock"].clone()).collect();
    assert_eq!(left, ["1.5", "0"]);

    assert_eq!(till.call(Method::PUT, PATH, Some(json!([]))).await.body, json!([]));
}

#[tokio::test]
async fn one_bad_entry_changes_nothing_and_each_is_named() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, STOCK, json!({})).await;
    let sent = json!([
        { "sku_ref": "COK-33", "stock": "5" },
        { "sku_ref": "UNKNOWN", "stock": "5" },
        { "sku_ref": "REG-M", "stock": 5 },
        { "sku_ref": "REG-M", "stock": "-1" },
        { "sku_ref": "REG-M", "stock": "1", "expires_at": "2099-01-01T00:00:00Z" },
    ]);
    for method in [Method::PUT, Method::PATCH] {
        let answer = till.call(method, PATH, Some(sent.clone())).await;
        assert_eq!((answer.status, &answer.body["message"]), (422, &json!("Validation failed")));
        let fields: Vec<_> =
            answer.body["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["[1].sku_ref", "[2].stock", "[3].stock", "[4].expires_at"]);
    }
    assert_eq!(till.get(PATH).await.body, json!([]));
}

#[tokio::test]
async fn a_shortage_ends_when_it_expires() {
    let stage = Stage::new().await;
    stage.freeze().await;
    let till = stage.connect(NINA, STOCK, json!({})).await;
    let entry = json!([{ "sku_ref": "COK-33", "stock": "0", "expires_at": "2098-01-01T00:00:00Z" }]);
    till.call(Method::PATCH, PATH, Some(entry)).await;
    assert_eq!(till.get(PATH).await.body.as_array().unwrap().len(), 1);
    stage.advance(80 * 366 * 86_400).await;
    assert_eq!(till.get(PATH).await.body, json!([]));
}

#[tokio::test]
async fn each_location_has_its_own_stock_of_a_shared_catalog() {
    let stage = Stage::new().await;
    let bastille = stage.connect(MARC, STOCK, json!({ "location": dubois::BASTILLE })).await;
    let lyon = stage.connect(MARC, STOCK, json!({ "location": dubois::CROIX_ROUSSE })).await;
    let shared = "/catalogs/c4tbs/location/inventory";
    bastille.call(Method::PATCH, shared, Some(json!([{ "sku_ref": "BAV", "stock": "3" }]))).await;
    assert_eq!(bastille.get(shared).await.body[0]["stock"], "3");
    assert_eq!(lyon.get(shared).await.body, json!([]));
    // The bar's catalog belongs to Bastille alone, and a PUT of it leaves the shared catalog's stock as it is.
    let bar = "/catalogs/c4tbr/location/inventory";
    bastille.call(Method::PUT, bar, Some(json!([{ "sku_ref": "SPR", "stock": "1" }]))).await;
    assert_eq!(bastille.get(shared).await.body[0]["stock"], "3");
    assert_eq!(lyon.get(bar).await.status, 403);
    assert_eq!(lyon.get("/catalogs/c4tbs/locations/5k8rd-1/inventory").await.status, 403);
    assert_eq!(lyon.get("/catalogs/psmlf/location/inventory").await.status, 404);
}

#[tokio::test]
async fn a_catalog_scope_opens_its_inventory_for_historical_reasons() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    assert_eq!(till.get(PATH).await.status, 200);
    assert_eq!(till.call(Method::PATCH, PATH, Some(json!([]))).await.status, 403, "catalog.read does not write");
}
