//! Who is served.

flow!(tells_vendors_and_tills_to_anyone, |world| {
    let anyone = world.newcomer();
    let list = anyone.get("/vendors").await.ok();
    assert_eq!(list[0]["slug"], "pos-helper");
    let vendor = anyone.get("/vendors/pos-helper").await.ok();
    assert_eq!(vendor["support"]["email"], "support@poshelper.fr");
    assert_eq!(vendor["tills"][0]["chosen_here"], serde_json::json!([]));
    assert_eq!(vendor["tills"][1]["chosen_here"], serde_json::json!(["location", "catalog", "customer_list"]));
    let text = vendor.to_string();
    assert!(!text.contains("secret") && !text.contains("pos-helper-sandbox"), "no client in what anyone reads");
});

flow!(knows_no_other_vendor_or_till, |world| {
    let browser = world.browser().await;
    browser.get("/vendors/nobody").await.problem(404, "vendor_unknown");
    browser.get("/vendors/nobody/tills/caisse/status").await.problem(404, "vendor_unknown");
    browser.get("/vendors/pos-helper/tills/nothing/status").await.problem(404, "till_unknown");
    browser
        .post("/attempts", serde_json::json!({"vendor": "pos-helper", "till": "nothing"}))
        .await
        .problem(404, "till_unknown");
});
