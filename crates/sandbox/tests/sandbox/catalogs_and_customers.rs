//! Reading catalogs, customer lists and customers.

use serde_json::{Value, json};

use super::stage::{COUNTER, Stage, TILL};
use passerelle_sandbox::seeds::{MARC, NINA, dubois};

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn lists_follow_the_scope_and_the_level() {
    let stage = Stage::new().await;
    let account = stage.connect(MARC, COUNTER, json!({ "account": dubois::ACCOUNT })).await;
    assert_eq!(names(&account.get("/account/catalogs").await.body), ["Carte restaurants", "Carte livraison"]);
    assert_eq!(names(&account.get("/accounts/5k8rd/customer_lists").await.body), ["Clients Web", "Fidélité"]);
    let at = |location: &str| format!("/locations/{location}/catalogs");
    let bastille = account.get(&at(dubois::BASTILLE)).await.body;
    assert_eq!(names(&bastille), ["Carte restaurants", "Carte livraison", "Bar Bastille"]);
    assert_eq!((&bastille[0]["account_id"], &bastille[2]["location_id"]), (&json!("5k8rd"), &json!("5k8rd-1")));
    assert_eq!(bastille[0].get("data"), None);
    assert_eq!(names(&account.get(&at(dubois::VIEUX_PORT)).await.body), ["Carte restaurants", "Carte livraison"]);
    assert_eq!(account.get("/location/catalogs").await.status, 403);
    assert_eq!(account.get(&at("3r4s3-1")).await.status, 404);

    let picks =
        json!({ "location": dubois::BASTILLE, "catalog": dubois::CATALOG_BAR, "customer_list": dubois::LIST_WEB });
    let till = stage.connect(MARC, TILL, picks).await;
    assert_eq!(names(&till.get("/location/catalogs").await.body), ["Bar Bastille"]);
    assert_eq!(names(&till.get("/location/customer_lists").await.body), ["Clients Web"]);
    assert_eq!(till.get("/customer_lists/l8fid").await.status, 403);

    let all = stage.connect(MARC, "location[all_catalogs.read]", json!({ "location": dubois::CROIX_ROUSSE })).await;
    assert_eq!(names(&all.get("/location/catalogs").await.body), ["Carte restaurants", "Carte livraison"]);
    assert_eq!(all.get("/catalogs/c4tbr").await.status, 403, "another location's");
}

#[tokio::test]
async fn a_catalog_comes_with_its_data_or_without() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let bare = till.get("/catalogs/psmlf?hide_data=true").await.body;
    assert_eq!((bare["name"].as_str(), bare.get("data")), (Some("Carte 2026"), None));
    let data = till.get("/catalogs/psmlf").await.body["data"].clone();
    for part in ["variants", "categories", "products", "option_lists", "deals", "discounts", "charges"] {
        assert!(data[part].is_array(), "{part}");
    }
    let regina = data["products"].as_array().unwrap().iter().find(|one| one["name"] == "Regina").unwrap();
    assert_eq!(regina["skus"][0]["price"], "11.90 EUR");
    assert_eq!(regina["category_id"], data["categories"][0]["id"]);
    assert_eq!(regina["skus"][0]["option_list_ids"][0], data["option_lists"][0]["id"]);
    let without_ref = data["products"].as_array().unwrap().iter().any(|one| one["skus"][0]["ref"].is_null());
    assert!(without_ref, "some skus have no ref");
    assert_eq!(data["categories"][1]["parent_id"], data["categories"][0]["id"]);
}

#[tokio::test]
async fn customers_are_found_by_email_and_phone_with_stars() {
    let stage = Stage::new().await;
    let picks = json!({ "location": dubois::BASTILLE, "catalog": "c4tbs", "customer_list": dubois::LIST_WEB });
    let till = stage.connect(MARC, TILL, picks).await;
    let first = till.get("/customer_lists/l8web/customers").await;
    assert_eq!(first.body.as_array().unwrap().len(), 100);
    let cursor = first.header("x-cursor-next").unwrap();
    let rest = till.get(&format!("/customer_lists/l8web/customers?cursor={cursor}")).await;
    assert_eq!((rest.body.as_array().unwrap().len(), rest.header("x-cursor-next")), (30, None));

    let one = &first.body[1];
    let path = format!("/customer_lists/l8web/customers/{}", one["id"].as_str().unwrap());
    assert_eq!(till.get(&path).await.body, *one);
    let exact =
        till.get(&format!("/customer_lists/l8web/customers?email={}", one["email"].as_str().unwrap())).await.body;
    assert_eq!(exact.as_array().unwrap().len(), 1);
    let stars = till.get("/customer_lists/l8web/customers?email=camille*&phone=%2B336*").await.body;
    assert!(!stars.as_array().unwrap().is_empty());
    assert!(stars.as_array().unwrap().iter().all(|one| one["first_name"] == "Camille" && one["phone"].is_string()));
    assert_eq!(till.get("/customer_lists/l8web/customers?phone=%2B44*").await.body, json!([]));
    assert_eq!(till.get("/customer_lists/l8web/customers/none").await.status, 404);
    assert!(first.body.as_array().unwrap().iter().any(|one| one["email"].is_null()), "some have no e-mail");
}
