//! A fifth vendor, from the guide that says how to add one: its folder is what `docs/add-a-vendor.md` shows, word for
//! word, and no line of code knows it.

use std::path::Path;

use serde_json::{Value, json};

use crate::world::{NINA, World};

const GUIDE: &str = include_str!("../../../../docs/add-a-vendor.md");

/// The folder that a reader of the guide has at its end: every block that begins with its file's name.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut written = Vec::new();
    for block in GUIDE.split("\n```").skip(1).step_by(2) {
        let (first, text) = block.split_once('\n').unwrap();
        if let Some((_, name)) = first.split_once(" vendors/") {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, format!("{text}\n")).unwrap();
            written.push(name.to_owned());
        }
    }
    let expected = ["profile.toml", "logo.svg", "setup.en.md", "setup.fr.md"];
    assert_eq!(written, expected.map(|name| format!("bistro-till/{name}")));
    folder
}

/// Its OAuth client is one the sandbox has already: at HubRise, the operator would have registered one.
fn settings(folder: &Path) -> Vec<(&'static str, String)> {
    vec![
        ("PASSERELLE_SERVER_PROFILES_DIR", folder.display().to_string()),
        ("PASSERELLE_VENDORS_BISTRO_TILL_CLIENT_ID", "pos-helper-sandbox".to_owned()),
        ("PASSERELLE_VENDORS_BISTRO_TILL_CLIENT_SECRET", "pos-helper-sandbox-secret".to_owned()),
    ]
}

async fn is_served_and_connects(world: World) {
    let browser = world.browser().await;
    let list = browser.get("/vendors").await.ok();
    assert_eq!(list.as_array().unwrap().len(), 5);
    assert_eq!(list[0]["slug"], "bistro-till", "between the others, by its slug");

    let vendor = browser.get("/vendors/bistro-till").await.ok();
    assert_eq!((&vendor["name"], &vendor["brand"]), (&json!("Bistro Till"), &json!("#0b4f3c")));
    let overview = browser.get("/vendors/bistro-till/overview").await.ok();
    assert_eq!(overview["setup"]["en"][1]["kind"], "step");
    let page = world.http.get(format!("{}/bistro-till", world.origin)).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8", "its page is the app, built before it was");
    let logo =
        world.http.get(format!("{}{}", world.origin, vendor["logo_url"].as_str().unwrap())).send().await.unwrap();
    assert!(logo.text().await.unwrap().contains("<title>Bistro Till</title>"));

    assert_eq!(browser.status_at("bistro-till", "till").await["connection"], Value::Null);
    let asked = json!({"vendor": "bistro-till", "till": "till"});
    let url = browser.run(asked).await;
    let outcome = world.follow(&browser, &url, NINA, json!({})).await.ok();
    assert_eq!(outcome["kind"], "connected", "{outcome}");
    let status = browser.status_at("bistro-till", "till").await;
    assert_eq!(status["connection"]["account"]["name"], "Bella Pizza");
    assert_eq!(browser.status_at("pos-helper", "caisse").await["connection"], Value::Null, "a vendor's own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_makes_a_fifth_vendor_on_sqlite() {
    let folder = folder();
    is_served_and_connects(World::sqlite_with(&settings(folder.path())).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_makes_a_fifth_vendor_on_postgres() {
    let folder = folder();
    is_served_and_connects(World::postgres_with(&settings(folder.path())).await).await;
}
