//! SETTINGS > Permissions: who is given access may use the account at once, and is refused once it is taken away.

use reqwest::Method;
use serde_json::json;

use super::{
    browser::Browser,
    stage::{Stage, TILL},
};
use passerelle_sandbox::seeds::{MARC, NINA, SUPPORT, SUPPORT_CARRE, SUPPORT_PIXELPOINT, SUPPORT_SOMMIT};

const SETTINGS: &str = "/accounts/3r4s3/settings";

#[tokio::test]
async fn support_added_with_plus_as_manager_may_connect_at_once() {
    let stage = Stage::new().await;
    let support = Browser::new(&stage, "fr");
    let page = support.authorize(&[("scope", TILL)]).await;
    let page = support.press(&page, "SPSupport POS HELPER", &[]).await;
    assert!(page.html.contains("n'a accès à aucun point de vente"));

    let nina = Browser::new(&stage, "fr");
    let page = nina.open(SETTINGS).await;
    let page = nina.press(&page, "NCNina Costa", &[]).await;
    assert!(page.html.contains("CONFIGURATION") && page.html.contains("<h2>Permissions</h2>"));
    assert_eq!(page.options("role"), ["Manager", "Admin"]);
    let page = nina.press(&page, "+ Ajouter l'utilisateur", &[("email", "SUPPORT@poshelper.fr")]).await;
    assert!(page.html.contains("<td>support@poshelper.fr</td><td>Manager</td>"), "{}", page.html);

    let page = support.authorize(&[("scope", TILL)]).await;
    assert_eq!(page.options("location"), ["Paris"]);
    assert!(support.press(&page, "Autoriser", &[]).await.parameter("code").is_some());
}

#[tokio::test]
async fn who_is_removed_is_refused_the_next_time() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let installation = till.granted["app_instance_id"].as_str().unwrap();
    let marc = Browser::new(&stage, "en");
    let page = marc.authorize(&[("app_instance_id", installation)]).await;
    assert!(marc.press(&page, "MDMarc Dubois", &[]).await.parameter("code").is_some());

    let nina = Browser::new(&stage, "en");
    let page = nina.open(SETTINGS).await;
    let page = nina.press(&page, "NCNina Costa", &[]).await;
    let page = nina.press(&page, &format!("Delete {MARC}"), &[]).await;
    assert!(!page.html.contains(MARC));
    let back = marc.authorize(&[("app_instance_id", installation)]).await;
    assert_eq!(back.parameter("error").as_deref(), Some("access_denied"));
    assert_eq!(till.get("/location").await.status, 200, "what is connected stays");
}

#[tokio::test]
async fn an_account_keeps_an_admin_and_knows_who_is_registered() {
    let stage = Stage::new().await;
    let nina = Browser::new(&stage, "en");
    let page = nina.open(SETTINGS).await;
    let page = nina.press(&page, "NCNina Costa", &[]).await;
    let last = "An account cannot be left without an Admin.";
    let refused = nina.press(&page, &format!("Delete {NINA}"), &[]).await;
    assert!(refused.status == 422 && refused.html.contains(last), "{}", refused.html);
    let refused = nina.press(&page, "+ Add user", &[("email", NINA)]).await;
    assert!(refused.status == 422 && refused.html.contains(last), "she cannot make herself a Manager either");
    let refused = nina.press(&page, "+ Add user", &[("email", "<b>x@y.example")]).await;
    assert!(refused.status == 422 && refused.html.contains("No user found with this email."));
    assert!(refused.html.contains("&lt;b&gt;x@y.example") && !refused.html.contains("<b>x@"));
    // A second Admin frees the first.
    let page = nina.press(&page, "+ Add user", &[("email", MARC), ("role", "Admin")]).await;
    let page = nina.press(&page, &format!("Delete {NINA}"), &[]).await;
    assert_eq!((page.status, page.heading().as_str()), (403, "You have no access to this account"));
}

#[tokio::test]
async fn a_manager_sees_the_permissions_but_cannot_change_them() {
    let stage = Stage::new().await;
    let marc = Browser::new(&stage, "en");
    let page = marc.open(SETTINGS).await;
    let page = marc.press(&page, "MDMarc Dubois", &[]).await;
    assert!(page.html.contains(NINA) && page.html.contains("Only an Admin can change permissions."));
    assert!(!page.html.contains(">Delete<") && page.options("role").is_empty());
    for path in ["users", "users/remove"] {
        assert_eq!(marc.post(&format!("{SETTINGS}/{path}")).await.status, 403, "{path}");
        let request = stage.request(Method::POST, &format!("{SETTINGS}/{path}"));
        assert_eq!(stage.send(request.header("Sec-Fetch-Site", "cross-site")).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn access_can_be_given_and_taken_by_control_calls() {
    let stage = Stage::new().await;
    for email in [SUPPORT, SUPPORT_CARRE, SUPPORT_SOMMIT, SUPPORT_PIXELPOINT] {
        let users = stage.control("accounts/2n0uv/users", json!({ "email": email, "role": "Manager" })).await;
        let added = users.as_array().unwrap().iter().find(|user| user["email"] == email).unwrap();
        assert_eq!(added["role"], "Manager");
    }
    assert_eq!(stage.look("accounts/2n0uv/users").await.as_array().unwrap().len(), 5);
    let path = format!("/_sandbox/accounts/2n0uv/users/{SUPPORT_CARRE}");
    assert_eq!(stage.send(stage.request(Method::DELETE, &path)).await.status, 200);
    assert_eq!(stage.send(stage.request(Method::DELETE, &path)).await.status, 422, "is gone already");
    let refused = stage.request(Method::POST, "/_sandbox/accounts/2n0uv/users");
    let refused = stage.send(refused.json(&json!({ "email": "no@body.example", "role": "Manager" }))).await;
    assert_eq!((refused.status, &refused.body["message"]), (422, &json!("No user found with this email.")));
    assert_eq!(stage.send(stage.request(Method::GET, "/_sandbox/accounts/none/users")).await.status, 404);
}
