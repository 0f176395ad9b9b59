//! What a page shows of stock, who may see it, and that it hears of changes.

use serde_json::{Value, json};

use super::stage::{counted, inactive, text, unmanaged};
use crate::live::Stream;
use crate::world::{BELLA, BELLA_PARIS, CARRE_SUPPORT, NINA};

flow!(the_board_shows_tiles_by_category_in_the_catalogs_order, |world| {
    let pos = world.pos().await;
    pos.put(
        1,
        &[
            counted("ZZZ", "1"),
            counted("COK-33", "-2"),
            inactive("MAR-L"),
            counted("MAR-M", "5"),
            unmanaged("REG-M"),
            json!({"option_ref": "OEUF", "name": "Œuf", "stock_managed": true, "quantity": 3, "available": true}),
        ],
    )
    .await;
    pos.settle().await;
    let board = pos.board().await;
    let tiles = board["tiles"].as_array().unwrap();
    let refs: Vec<_> = tiles.iter().map(|tile| text(&tile["ref"])).collect();
    assert_eq!(refs, ["MAR-M", "MAR-L", "REG-M", "COK-33", "OEUF", "ZZZ"]);
    let category = |tile: &Value| tile["category"].as_u64().map(|at| board["categories"][at as usize].clone());
    assert_eq!(category(&tiles[0]), Some(json!("Pizzas")));
    assert_eq!(category(&tiles[3]), Some(json!("Boissons")));
    assert_eq!(category(&tiles[5]), None);
    let why = |tile: &Value| (tile["says"].clone(), tile["wanted"].clone(), tile["reason"].clone());
    assert_eq!(why(&tiles[0]), (Value::Null, json!("5"), Value::Null));
    assert_eq!(why(&tiles[1]), (json!("inactive"), json!("0"), json!("unavailable")));
    assert_eq!(why(&tiles[2]), (json!("unmanaged"), Value::Null, json!("unmanaged")));
    assert_eq!(why(&tiles[3]), (Value::Null, json!("0"), json!("below_zero")));
    assert_eq!((&tiles[4]["kind"], &tiles[4]["held"]), (&json!("option"), &json!("3")));
    assert!(tiles[0]["sent_at"].is_i64());
    let head = &board["head"];
    assert_eq!((&head["sequence"], &head["entries"], &head["keys"]), (&json!(1), &json!(6), &json!(1)));
    assert!(head["known_at"].is_string() && head["catalog_read_at"].is_string() && head["sent_at"].is_string());
    assert_eq!(head["catalog"]["name"], "Carte 2026");
});

flow!(a_products_history_tells_what_the_till_said, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "5")]).await;
    pos.settle().await;
    pos.after(3_600).await;
    pos.patch(2, &[inactive("MAR-M")]).await;
    pos.after(3_600).await;
    pos.put(3, &[]).await;
    let story = pos.ask("stock/history?kind=sku&ref=MAR-M").await.ok();
    let points: Vec<_> = story["points"].as_array().unwrap().iter().map(|point| text(&point["says"])).collect();
    assert_eq!(points, ["counted", "inactive", "nothing"]);
    assert_eq!(story["points"][0]["quantity"], "5");
    assert!(story["operation"].is_string());
    let unknown = pos.ask("stock/history?kind=option&ref=MAR-M").await.ok();
    assert_eq!((&unknown["points"], &unknown["tile"]["says"]), (&json!([]), &json!("nothing")));
    pos.ask("stock/history?kind=sku").await.problem(400, "invalid_request");
});

flow!(whoever_may_only_look_changes_nothing, |world| {
    let merchant = world.signed_in("carre-pos", NINA).await;
    let asked = json!({"till": "caisse", "hubrise_id": BELLA_PARIS, "location_name": "Paris", "language": "fr"});
    let request = merchant.post("/vendors/carre-pos/requests", asked).await.ok();
    world.give_access(BELLA, CARRE_SUPPORT).await;
    let support = world.signed_in("carre-pos", CARRE_SUPPORT).await;
    let begin = json!({"vendor": "carre-pos", "till": "caisse", "request": request["id"]});
    let connection = world.connect(&support, begin, CARRE_SUPPORT, json!({})).await;
    let path = |what: &str| format!("/connections/{}/{what}", connection["id"].as_str().unwrap());
    merchant.get(&path("stock")).await.ok();
    merchant.get(&path("pos_keys")).await.ok();
    merchant.post(&path("pos_keys"), json!({})).await.problem(403, "view_only");
    merchant.delete(&path("pos_keys/any")).await.problem(403, "view_only");
    merchant.post(&path("stock/sync"), Value::Null).await.problem(403, "view_only");
    merchant.put(&path("stock/sending"), json!({"sending": false})).await.problem(403, "view_only");
    assert_eq!(support.get(&path("stock")).await.ok()["head"]["sending"], true);
});

flow!(a_page_hears_of_what_the_till_says_and_of_what_is_sent, |world| {
    let pos = world.pos().await;
    let mut page = Stream::open(&world, &pos.browser, &format!("/connections/{}", pos.id)).await;
    pos.put(1, &[counted("MAR-M", "5")]).await;
    assert!(page.changed().await.is_some());
    pos.settle().await;
    assert!(page.changed().await.is_some());
});

flow!(five_thousand_tiles_are_packed_small, |world| {
    let pos = world.pos().await;
    let name = |nth: u32| format!("Produit numéro {nth} à la carte");
    let entries: Vec<_> = (0..5_000_u32)
        .map(|nth| {
            json!({"sku_ref": format!("SKU-{}", nth * 7_919), "name": name(nth), "stock_managed": nth % 3 != 0,
            "quantity": format!("{}.{}", nth % 97, nth % 10), "available": nth % 11 != 0})
        })
        .collect();
    pos.put(1, &entries).await;
    let url = format!("{}/api/v1/connections/{}/stock", world.origin, pos.id);
    let call =
        world.http.get(url).header("cookie", pos.browser.cookie.clone().unwrap()).header("accept-encoding", "gzip");
    let answer = call.send().await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    let packed = answer.bytes().await.unwrap().len();
    assert!(packed < 150_000, "{packed} bytes");
});
