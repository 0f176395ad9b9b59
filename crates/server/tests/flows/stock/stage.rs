//! What a test of stock needs: a till of Carré POS with a key, an engine that moves when it is told to, and what HubRise holds.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use passerelle_hubrise::{InventoryChange, InventoryKey, LocationPath};
use passerelle_server::assemble;
use passerelle_server::inventory::Inventory;
use passerelle_store::{ConnectionId, ConnectionRow, OperationKind, OperationRow};
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::world::{BELLA, CARRE_SUPPORT, NINA, TILL_KEY, World};

pub(crate) const VENDOR: &str = "carre-pos";
/// Marc's account.
const DUBOIS: &str = "5k8rd";

/// A connected till of Carré POS.
pub(crate) struct Pos<'a> {
    pub(crate) world: &'a World,
    /// Support's, which may change it.
    pub(crate) browser: Browser,
    pub(crate) id: ConnectionId,
    pub(crate) engine: Inventory,
    pub(crate) secret: String,
    pub(crate) key: String,
}

/// A product whose stock is managed, on sale.
pub(crate) fn counted(reference: &str, quantity: &str) -> Value {
    json!({"sku_ref": reference, "stock_managed": true, "quantity": quantity, "available": true})
}

/// One that is switched off.
pub(crate) fn inactive(reference: &str) -> Value {
    json!({"sku_ref": reference, "stock_managed": true, "quantity": "5", "available": false})
}

/// One whose stock nobody counts.
pub(crate) fn unmanaged(reference: &str) -> Value {
    json!({"sku_ref": reference, "stock_managed": false, "available": true})
}

/// What HubRise should hold, by ref.
pub(crate) fn holding(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(reference, stock)| ((*reference).to_owned(), (*stock).to_owned())).collect()
}

impl World {
    /// Carré POS' till at Nina's location, connected by support; it has a key.
    pub(crate) async fn pos(&self) -> Pos<'_> {
        self.give_access(BELLA, CARRE_SUPPORT).await;
        self.pos_with(json!({"account": "Bella Pizza"})).await
    }

    /// The same at one of Marc's locations, with this catalog.
    pub(crate) async fn pos_of_marc(&self, location: &str, catalog: &str) -> Pos<'_> {
        self.give_access(DUBOIS, CARRE_SUPPORT).await;
        self.pos_with(json!({"account": "Dubois Restos", "location": location, "catalog": catalog})).await
    }

    async fn pos_with(&self, choices: Value) -> Pos<'_> {
        let browser = self.signed_in(VENDOR, CARRE_SUPPORT).await;
        let asked = json!({"vendor": VENDOR, "till": "caisse"});
        let connection = self.connect(&browser, asked, CARRE_SUPPORT, choices).await;
        let id = ConnectionId::new(connection["id"].as_str().unwrap());
        let made = browser.post(&format!("/connections/{id}/pos_keys"), json!({"label": "caisse 1"})).await.ok();
        let (secret, key) = (text(&made["secret"]), text(&made["key"]["id"]));
        Pos { world: self, browser, id, engine: assemble::inventory(&self.state), secret, key }
    }

    /// Another application's connection at Nina's location: SOMM'IT's, which may write inventories too.
    pub(crate) async fn somebody_else(&self) -> ConnectionRow {
        let nina = self.signed_in("somm-it", NINA).await;
        let asked = json!({"vendor": "somm-it", "till": "zelty", "key": TILL_KEY});
        let connection = self.connect(&nina, asked, NINA, json!({})).await;
        self.row(&connection).await
    }

    /// A call with a till's key; its status and its answer.
    pub(crate) async fn pos_call(
        &self,
        method: Method,
        till: &str,
        secret: &str,
        key: Option<&str>,
        body: Option<String>,
    ) -> (u16, Value) {
        let url = format!("{}/api/v1/pos/tills/{till}/stock", self.origin);
        let mut call = self.http.request(method, url).header("authorization", format!("Bearer {secret}"));
        if let Some(key) = key {
            call = call.header("idempotency-key", key);
        }
        if let Some(body) = body {
            call = call.header("content-type", "application/json").body(body);
        }
        let answer = call.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

impl Pos<'_> {
    /// The till tells all it has; the answer must be good.
    pub(crate) async fn put(&self, sequence: u64, entries: &[Value]) -> Value {
        self.good(Method::PUT, sequence, entries).await
    }

    /// The till tells what has changed; the answer must be good.
    pub(crate) async fn patch(&self, sequence: u64, entries: &[Value]) -> Value {
        self.good(Method::PATCH, sequence, entries).await
    }

    async fn good(&self, method: Method, sequence: u64, entries: &[Value]) -> Value {
        let (status, answer) = self.call(method, sequence, entries).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    pub(crate) async fn call(&self, method: Method, sequence: u64, entries: &[Value]) -> (u16, Value) {
        let body = json!({"sequence": sequence, "entries": entries}).to_string();
        self.world.pos_call(method, "caisse", &self.secret, None, Some(body)).await
    }

    /// Two seconds later, whatever is due is done; says how many turns that were.
    pub(crate) async fn step(&self) -> usize {
        self.after(2).await
    }

    /// The same after so many seconds.
    pub(crate) async fn after(&self, seconds: i64) -> usize {
        self.world.later(SignedDuration::from_secs(seconds));
        self.engine.step().await.unwrap()
    }

    /// Until nothing is due any more.
    pub(crate) async fn settle(&self) {
        for _ in 0..10 {
            if self.step().await == 0 {
                return;
            }
        }
        panic!("it never rests");
    }

    pub(crate) async fn row(&self) -> ConnectionRow {
        self.world.state.store().connection_bare(&self.id).await.unwrap().unwrap()
    }

    /// What HubRise holds, as another application at the same place reads it.
    pub(crate) async fn held(&self) -> BTreeMap<String, String> {
        held_by(self.world, &self.row().await).await
    }

    /// Calls HubRise received that change inventories.
    pub(crate) async fn sends(&self) -> Vec<String> {
        let calls = self.world.received().await;
        let changes = calls.iter().filter(|call| call.ends_with("/inventory") && !call.starts_with("GET"));
        changes.map(|call| call.split(' ').next().unwrap().to_owned()).collect()
    }

    /// The sends, the oldest first.
    pub(crate) async fn operations(&self) -> Vec<OperationRow> {
        let mut all = self.world.operations(&self.row().await).await;
        all.retain(|one| one.kind == OperationKind::Stock);
        all
    }

    pub(crate) async fn board(&self) -> Value {
        self.ask("stock").await.ok()
    }

    pub(crate) async fn ask(&self, what: &str) -> Answer {
        self.browser.get(&format!("/connections/{}/{what}", self.id)).await
    }

    /// The tile of a ref.
    pub(crate) async fn tile(&self, reference: &str) -> Value {
        let board = self.board().await;
        let tiles = board["tiles"].as_array().unwrap();
        tiles.iter().find(|tile| tile["ref"] == reference).cloned().unwrap_or(Value::Null)
    }

    pub(crate) async fn synchronise(&self) -> Answer {
        self.browser.post(&format!("/connections/{}/stock/sync", self.id), Value::Null).await
    }

    pub(crate) async fn switch(&self, sending: bool) {
        let path = format!("/connections/{}/stock/sending", self.id);
        self.browser.put(&path, json!({ "sending": sending })).await.ok();
    }
}

/// What HubRise holds of a connection's catalog at its location, as it answers that connection.
pub(crate) async fn held_by(world: &World, row: &ConnectionRow) -> BTreeMap<String, String> {
    let catalog = row.catalog.clone().unwrap().id;
    let read = world
        .state
        .hub()
        .call(row, |api, token| async move { api.inventory(&token, &catalog, LocationPath::Own).await });
    let entries = read.await.unwrap();
    entries.into_iter().map(|entry| (entry.sku_ref.or(entry.option_ref).unwrap(), entry.stock.unwrap())).collect()
}

/// Changes the stock of a product at HubRise with another connection; none removes it.
pub(crate) async fn change_at_hubrise(world: &World, row: &ConnectionRow, reference: &str, stock: Option<&str>) {
    let catalog = row.catalog.clone().unwrap().id;
    let change = InventoryChange {
        key: InventoryKey::Sku,
        reference: reference.to_owned(),
        stock: stock.map(str::to_owned),
        expires_at: None,
    };
    let changed = world.state.hub().call(row, |api, token| async move {
        api.patch_inventory(&token, &catalog, LocationPath::Own, &[change]).await
    });
    changed.await.unwrap();
}
