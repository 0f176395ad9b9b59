//! The light calls: where each goes, and what it reads.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use passerelle_hubrise::{Error, InventoryEntry, LocationPath, OrderSummary};

use crate::stub::{self, PATIENT, Received};

#[tokio::test]
async fn each_light_call_goes_to_its_documented_path() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, r#"{"id":"x"}"#)).await;
    let (api, token) = (stub::api(address, PATIENT), stub::token());
    api.user(&token).await.unwrap();
    api.catalog_hidden(&token, "psmlf").await.unwrap();
    api.customer_list(&token, "xab66").await.unwrap();
    // These want a list: that the object is refused is not the point here.
    api.inventory(&token, "psmlf", LocationPath::Own).await.unwrap_err();
    api.inventory(&token, "psmlf", LocationPath::Id("3r4s3-1")).await.unwrap_err();
    api.orders_latest(&token, LocationPath::Own).await.unwrap_err();
    api.orders_latest(&token, LocationPath::Id("3r4s3-1")).await.unwrap_err();
    let lines: Vec<String> = received.all().iter().map(|all| all.lines().next().unwrap().to_owned()).collect();
    assert_eq!(
        lines,
        [
            "GET /v1/user",
            "GET /v1/catalogs/psmlf?hide_data=true",
            "GET /v1/customer_lists/xab66",
            "GET /v1/catalogs/psmlf/location/inventory",
            "GET /v1/catalogs/psmlf/locations/3r4s3-1/inventory",
            "GET /v1/location/orders?count=1",
            "GET /v1/locations/3r4s3-1/orders?count=1",
        ]
    );
}

#[tokio::test]
async fn reads_who_the_user_is() {
    let body =
        r#"{"id":"u1","first_name":"Inès","last_name":"Laurent","email":"ines@chain.example","locales":["fr-FR"]}"#;
    let address = stub::answering(200, body).await;
    let user = stub::api(address, PATIENT).user(&stub::token()).await.unwrap();
    assert_eq!((user.id.as_str(), user.first_name.as_str(), user.last_name.as_str()), ("u1", "Inès", "Laurent"));
    assert_eq!(user.email.as_deref(), Some("ines@chain.example"));
}

#[tokio::test]
async fn reads_an_inventory() {
    let body = r#"[{"sku_ref":"MARG","stock":"2.5"},{"option_ref":"XL","stock":"0","expires_at":"2026-11-22T06:00:00+01:00"}]"#;
    let address = stub::answering(200, body).await;
    let inventory = stub::api(address, PATIENT).inventory(&stub::token(), "psmlf", LocationPath::Own).await.unwrap();
    assert_eq!(
        inventory[0],
        InventoryEntry {
            sku_ref: Some("MARG".to_owned()),
            option_ref: None,
            stock: Some("2.5".to_owned()),
            expires_at: None
        }
    );
    assert_eq!((inventory[1].option_ref.as_deref(), inventory[1].stock.as_deref()), (Some("XL"), Some("0")));
}

#[tokio::test]
async fn reads_one_order_or_none() {
    let address =
        stub::answering(200, r#"[{"id":"5dpm9","created_at":"2026-11-21T12:00:00+01:00","total":"9.80 EUR"}]"#);
    let found = stub::api(address.await, PATIENT).orders_latest(&stub::token(), LocationPath::Own).await.unwrap();
    let created_at = Some("2026-11-21T12:00:00+01:00".to_owned());
    assert_eq!(found, Some(OrderSummary { id: "5dpm9".to_owned(), created_at }));
    let none = stub::api(stub::answering(200, "[]").await, PATIENT);
    assert_eq!(none.orders_latest(&stub::token(), LocationPath::Own).await, Ok(None));
}

#[tokio::test]
async fn pages_through_the_orders_since_a_time() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, r#"[{"id":"5dpm9"}]"#)).await;
    let (api, token) = (stub::api(address, PATIENT), stub::token());
    let after = "2026-11-21T12:00:00Z";
    let page = api.orders_since(&token, LocationPath::Own, after, None).await.unwrap();
    assert_eq!((page.items.len(), page.next_cursor), (1, None));
    api.orders_since(&token, LocationPath::Id("3r4s3-1"), after, Some("cjkl44")).await.unwrap();
    let lines: Vec<String> = received.all().iter().map(|all| all.lines().next().unwrap().to_owned()).collect();
    assert_eq!(
        lines,
        [
            "GET /v1/location/orders?count=20&after=2026-11-21T12%3A00%3A00Z",
            "GET /v1/locations/3r4s3-1/orders?count=20&after=2026-11-21T12%3A00%3A00Z&cursor=cjkl44",
        ]
    );
}

#[tokio::test]
async fn no_id_from_outside_changes_a_light_calls_path() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, "[]")).await;
    let (api, token) = (stub::api(address, PATIENT), stub::token());
    for id in ["", "..", "../user", "a/b", "a?b", "a%2fb", "a b"] {
        let catalog = Error::MalformedId { what: "catalog id" };
        assert_eq!(api.catalog_hidden(&token, id).await.unwrap_err(), catalog, "{id}");
        assert_eq!(api.inventory(&token, id, LocationPath::Own).await.unwrap_err(), catalog, "{id}");
        let list = Error::MalformedId { what: "customer list id" };
        assert_eq!(api.customer_list(&token, id).await.unwrap_err(), list, "{id}");
        let location = Error::MalformedId { what: "location id" };
        assert_eq!(api.orders_latest(&token, LocationPath::Id(id)).await.unwrap_err(), location, "{id}");
    }
    assert_eq!(received.all(), [""; 0]);
}

#[tokio::test]
async fn a_profile_the_scope_does_not_cover_is_forbidden() {
    let address = stub::answering(403, r#"{"message":"The scope includes no profile","error_type":"forbidden"}"#).await;
    let error = stub::api(address, PATIENT).user(&stub::token()).await.unwrap_err();
    assert_eq!(error, Error::Forbidden { message: "The scope includes no profile".to_owned() });
}
