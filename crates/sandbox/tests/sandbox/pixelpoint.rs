//! PixelPoint's EOI: what it takes, what it dislikes, how it misbehaves on request, and what its printer remembers.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::{browser::Browser, stage::Stage};

const TOKEN: &str = "YT6eR2-CEED65AD33823A5B";
const PIZZA: &str = "<Item><ItemId>1</ItemId><ParentId>1</ParentId><ProdNum>101</ProdNum>\
    <Description>Margherita &amp; co</Description><CostEach>9.50</CostEach><Quantity>2</Quantity>\
    <PriceApplied>13</PriceApplied></Item>";
const PAID: &str = "<Payment><MethodNumber>7</MethodNumber><AuthType>114</AuthType><Tender>19.00</Tender></Payment>";

/// An order with this in its `Transaction`, for this customer.
fn order_of(inner: &str, customer: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Request><RequestType>10</RequestType><EOITransfer>\
         <EOIAuthenticationToken>{TOKEN}</EOIAuthenticationToken><Transaction>{inner}</Transaction>\
         <Member><LastName>{customer}</LastName></Member></EOITransfer></Request>"
    )
}

fn order(customer: &str) -> String {
    order_of(&format!("<SaleTypeNum>1001</SaleTypeNum><Items>{PIZZA}</Items>{PAID}"), customer)
}

fn listing(kind: u16) -> String {
    format!(
        "<?xml version=\"1.0\"?><Request><RequestType>{kind}</RequestType><EOITransfer>\
         <EOIAuthenticationToken>{TOKEN}</EOIAuthenticationToken></EOITransfer></Request>"
    )
}

/// What the EOI answers; none when it hangs up.
async fn ask(stage: &Stage, body: String) -> Option<String> {
    let request = stage.http.post(stage.sandbox.pixelpoint_url.as_deref().unwrap());
    let answer = request.header("content-type", "application/xml").body(body).send().await.ok()?;
    assert_eq!(answer.status(), 200);
    answer.text().await.ok()
}

fn accepted(answer: Option<String>) -> bool {
    answer.is_some_and(|answer| answer.contains("<ErrorNum>0</ErrorNum>"))
}

async fn printed(stage: &Stage) -> Value {
    stage.look("pixelpoint/printed").await
}

#[tokio::test]
async fn a_good_order_is_printed_and_a_second_one_alike_is_counted() {
    let stage = Stage::new().await;
    let answer = ask(&stage, order("Nina")).await.unwrap();
    assert!(answer.contains("<Transaction><TransactionNum>1</TransactionNum><Status>3</Status>"), "{answer}");
    assert!(answer.contains("<Payment><Status>3</Status></Payment>"), "{answer}");
    let unpaid = order_of(&format!("<Items>{PIZZA}</Items><CustomRecFooter>Espèces</CustomRecFooter>"), "Marc");
    assert!(ask(&stage, unpaid).await.unwrap().contains("<Status>1</Status></Transaction>"));
    let later = order_of(
        &format!(
            "<ScheduleTime>2026-11-22T19:30:00</ScheduleTime><SaleTypeNum>1001</SaleTypeNum><Items>{PIZZA}</Items>{PAID}"
        ),
        "Nina",
    );
    assert!(accepted(ask(&stage, later).await));

    let paper = printed(&stage).await;
    assert_eq!((&paper["count"], &paper["different"]), (&json!(3), &json!(2)));
    let double = &paper["doubles"][0];
    assert_eq!((&double["number"], &double["time"], &double["customer"]), (&json!(3), &json!(2), &json!("Nina")));
    let first = &paper["orders"][0];
    assert_eq!((&first["total"], &first["order"]["paid"]), (&json!("19.00"), &json!("19.00")));
    assert_eq!(first["order"]["items"][0]["description"], "Margherita & co");
    assert_eq!(paper["orders"][1]["order"]["footer"], "Espèces");
    let after = stage.look(&format!("pixelpoint/printed?brief=true&after=1&token={TOKEN}")).await;
    assert_eq!(after["orders"].as_array().unwrap().len(), 2);
    assert_eq!(after["orders"][1]["key"], first["key"]);
    assert!(after["orders"][0]["order"].is_null());
}

#[tokio::test]
async fn what_is_wrong_with_an_order_is_told_exactly() {
    let stage = Stage::new().await;
    let item = |inner: &str| order_of(&format!("<Items>{inner}</Items>"), "x");
    let second = |id: &str, parent: &str| {
        PIZZA.replace("<ItemId>1<", &format!("<ItemId>{id}<")).replace("<ParentId>1<", &format!("<ParentId>{parent}<"))
    };
    let bare =
        order("x").replace("<EOIAuthenticationToken>", "<Token>").replace("</EOIAuthenticationToken>", "</Token>");
    for (body, wrong) in [
        ("<Request/>".to_owned(), "the XML prolog is missing"),
        ("<?xml version=\"1.0\"?><Order/>".to_owned(), "the root is `Order` and must be `Request`"),
        (bare, "`Token` is not known in `EOITransfer`"),
        (order_of("", "x"), "`Transaction` has no `Items`"),
        (item(""), "`Items` has no `Item`"),
        (item(&format!("{PIZZA}{PIZZA}")), "`ItemId` `1` stands twice"),
        (item(&format!("{PIZZA}{}", second("2", "9"))), "`ParentId` `9` of an item is nobody"),
        (item(&format!("{}{}", second("1", "2"), second("2", "1"))), "is attached to itself by a detour"),
        (item(&PIZZA.replace(">13<", ">12<")), "item 1: `PriceApplied` is `12` and must be 13"),
        (item(&PIZZA.replace(">9.50<", ">9,50<")), "item 1: `CostEach` `9,50` is not a decimal"),
        (item(&PIZZA.replace(">2<", ">0<")), "item 1: `Quantity` `0` is not a decimal above 0"),
        (item(&PIZZA.replace("ProdNum>", "Number>")), "item 1: neither `ProdNum` nor `CouponNum`"),
        (item(&format!("{PIZZA}<Extra/>")), "`Extra` is not known in `Items`"),
        (item(&format!("{PIZZA}<Item/>")), "item 2: `ItemId` is missing"),
        (order("x").replace(">114<", ">1<"), "payment 1: `AuthType` is `1` and must be 114"),
        (order("x").replace("Tender>", "Amount>"), "`Amount` is not known in `Payment`"),
        (order("x").replace("SaleTypeNum", "SaletypeNum"), "`SaletypeNum` is not known in `Transaction`"),
        (
            order("x").replace("<Items>", "<ScheduleTime>soon</ScheduleTime><Items>"),
            "`ScheduleTime` `soon` is not a time",
        ),
        (order("x").replace(">101<", ">90001<"), "Order Rejected. Reason: Product 90001 does not exist"),
        (order("x").replace(">7<", ">CASH<"), "Order Rejected. Reason: Payment method CASH does not exist"),
        (listing(11), "`RequestType` `11` is not known"),
    ] {
        let answer = ask(&stage, body.clone()).await.unwrap();
        let words = answer.replace("&quot;", "\"").replace("&apos;", "'");
        assert!(words.contains("<ErrorNum>-1</ErrorNum>") && words.contains(wrong), "{body}\n{answer}");
    }
    assert_eq!(printed(&stage).await["count"], 0);
    let heard = stage.look("pixelpoint/requests").await;
    assert_eq!(heard["count"], 21);
    assert_eq!(heard["requests"][18]["refused"], "Order Rejected. Reason: Product 90001 does not exist");
    let plain = stage.http.post(stage.sandbox.pixelpoint_url.as_deref().unwrap()).body(order("x"));
    assert_eq!(plain.send().await.unwrap().status(), 415);
}

#[tokio::test]
async fn halves_attachments_coupons_and_unknown_marks_are_taken() {
    let stage = Stage::new().await;
    let item = |id: u8, parent: u8, inner: &str, quantity: &str| {
        format!(
            "<Item><ParentId>{parent}</ParentId><PriceApplied>13</PriceApplied>{inner}<CostEach>-1.5</CostEach>\
             <Quantity>{quantity}</Quantity><ItemId>{id}</ItemId></Item>"
        )
    };
    let items = [
        item(1, 1, "<Description>Half half</Description>", "1"),
        item(2, 1, "<Description>Reine</Description><ProdNum>102</ProdNum>", "0.5"),
        item(3, 2, "<Description>Olives</Description><ProdNum>55</ProdNum><ForcedAnswer>1</ForcedAnswer>", "0.5"),
        item(4, 4, "<Description>Bienvenue</Description><CouponNum>501</CouponNum>", "1"),
    ];
    let wrapped = format!("<Payments>{PAID}{PAID}</Payments>");
    let body = order_of(&format!("<Items>{}</Items>{wrapped}", items.concat()), "x");
    let beside = body
        .replace("</EOIAuthenticationToken>", "</EOIAuthenticationToken></EOITransfer>")
        .replace("</Member></EOITransfer>", "</Member>");
    assert!(accepted(ask(&stage, body).await));
    assert!(accepted(ask(&stage, beside).await));
    let paper = printed(&stage).await;
    assert_eq!(paper["different"], 1, "where they stand changes nothing of an order");
    let order = &paper["orders"][0]["order"];
    assert_eq!((&order["items"][2]["other"], &order["total"]), (&json!({ "ForcedAnswer": "1" }), &json!("-4.50")));
    assert_eq!(order["payments"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn each_mode_misbehaves_in_its_own_way_and_prints_or_does_not() {
    let stage = Stage::new().await;
    let once = |mode: &str| json!({ "token": TOKEN, "mode": mode, "times": 1, "delay_ms": 80 });
    for (mode, said, prints) in [
        ("wrong_token", Some("<SubErrorNum>401</SubErrorNum><EOITransfer><EOIMessage>Access Token Denied<"), false),
        ("store_offline", Some("<EOIMessage>Order Rejected. Reason: Store is disconnected<"), false),
        ("unknown_product", Some("<EOIMessage>Order Rejected. Reason: Product 101 does not exist<"), false),
        ("exception", Some("<Exception>System.NullReferenceException"), false),
        ("slow", Some("<ErrorNum>0<"), true),
        ("accept_then_drop", None, true),
        ("drop", None, false),
        ("nonsense", Some("It works!"), false),
        ("total_mismatch", Some("<ErrorNum>0<"), true),
        ("accept", Some("<ErrorNum>0<"), true),
    ] {
        let before = printed(&stage).await["count"].as_u64().unwrap();
        let set = stage.control("pixelpoint/mode", once(mode)).await;
        assert_eq!((&set[0]["mode"], &set[1]["mode"]), (&json!(mode), &json!("accept")));
        let began = Instant::now();
        let answer = ask(&stage, order(mode)).await;
        assert_eq!(answer.is_some(), said.is_some(), "{mode}: {answer:?}");
        assert!(answer.is_none_or(|answer| answer.contains(said.unwrap())), "{mode}");
        assert!(mode != "slow" || began.elapsed() >= Duration::from_millis(80));
        let after = printed(&stage).await["count"].as_u64().unwrap();
        assert_eq!(after - before, u64::from(prints), "{mode}");
        assert!(accepted(ask(&stage, listing(1024)).await), "{mode} wears off");
    }
    stage.control("pixelpoint/mode", json!({ "mode": "total_mismatch" })).await;
    let short = ask(&stage, order("short").replace(">19.00<", ">18.99<")).await.unwrap();
    assert!(short.contains("Payment total 18.99 differs from check total 19.00"), "{short}");
    let unknown =
        stage.request(Method::POST, "/_sandbox/pixelpoint/mode").json(&json!({ "token": "x", "mode": "drop" }));
    assert_eq!(stage.send(unknown).await.status, 404);
}

#[tokio::test]
async fn a_store_is_known_by_its_token_and_lists_what_it_has() {
    let stage = Stage::new().await;
    for (kind, said) in [
        (1024, "<Products><Product><ProdNum>101</ProdNum><Description>Margherita</Description></Product>"),
        (256, "<Categories><Category><CategoryNum>1</CategoryNum>"),
        (2048, "<Coupons><Coupon><CouponNum>501</CouponNum><Description>Bienvenue</Description>"),
    ] {
        let answer = ask(&stage, listing(kind)).await.unwrap();
        assert!(answer.contains(said), "{answer}");
    }
    let other = order("x").replace(TOKEN, "YT6eR2-NEW");
    assert!(ask(&stage, other.clone()).await.unwrap().contains("Access Token Denied"));
    stage.control("pixelpoint/stores", json!({ "token": "YT6eR2-NEW", "name": "Lille" })).await;
    assert!(accepted(ask(&stage, other).await));
    let stores = stage.look("pixelpoint/stores").await;
    assert_eq!((&stores[2]["name"], &stores[2]["printed"]), (&json!("Lille"), &json!(1)));
    stage.control("reset", json!({})).await;
    assert_eq!(stage.look("pixelpoint/stores").await.as_array().unwrap().len(), 2);
    assert_eq!(printed(&stage).await["count"], 0);
}

#[tokio::test]
async fn a_pixelpoint_that_is_down_refuses_connections_and_cuts_those_there_are() {
    let stage = Stage::new().await;
    stage.control("pixelpoint/mode", json!({ "mode": "slow", "delay_ms": 120_000 })).await;
    let url = stage.sandbox.pixelpoint_url.clone().unwrap();
    let held = tokio::spawn({
        let request = stage.http.post(&url).header("content-type", "application/xml").body(order("held"));
        async move { request.send().await }
    });
    let limit = Instant::now() + Duration::from_secs(10);
    while printed(&stage).await["count"] == 0 {
        assert!(Instant::now() < limit, "it never arrived");
    }
    assert_eq!(stage.control("pixelpoint/door", json!({ "open": false })).await, json!({ "open": false }));
    assert!(held.await.unwrap().is_err(), "cut in the middle");
    let refused = stage.http.post(&url).body("").send().await.unwrap_err();
    assert!(refused.is_connect(), "{refused:?}");
    stage.control("pixelpoint/mode", json!({ "mode": "accept" })).await;
    stage.control("pixelpoint/door", json!({ "open": true })).await;
    assert!(accepted(ask(&stage, order("again")).await));
    assert_eq!(stage.look("pixelpoint/door").await, json!({ "open": true }));
}

#[tokio::test]
async fn the_page_shows_what_was_printed_and_its_buttons_work() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    assert!(browser.open("/_sandbox").await.html.contains(r#"href="/_sandbox/pixelpoint""#));
    ask(&stage, order("<b>".replace('<', "&lt;").as_str())).await.unwrap();
    let page = browser.open("/_sandbox/pixelpoint").await;
    assert_eq!(page.heading(), "PixelPoint (sandbox)");
    for text in [TOKEN, "Margherita &amp; co", "&lt;b&gt;", "1 printed, 0 of them twice"] {
        assert!(page.html.contains(text), "{text}");
    }
    let page = browser.press(&page, "Apply", &[("mode", "store_offline"), ("times", "1")]).await;
    assert!(page.html.contains("store_offline × 1"));
    assert!(ask(&stage, order("x")).await.unwrap().contains("Store is disconnected"));
    let page = browser.press(&page, "Take PixelPoint down", &[]).await;
    assert!(ask(&stage, order("x")).await.is_none() && page.html.contains(">down<"));
    let page = browser.press(&page, "Bring PixelPoint back", &[]).await;
    assert!(accepted(ask(&stage, order("x")).await) && page.html.contains(">reachable<"));
}
