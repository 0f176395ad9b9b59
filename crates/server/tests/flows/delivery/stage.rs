//! What a test of the engine needs: tills that bridge orders, orders at HubRise, and what became of them everywhere.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use passerelle_server::delivery::Delivery;
use passerelle_server::{assemble, recorder};
use passerelle_store::{
    ConnectionId, Ended, ExchangeWhole, NewExchange, NewOperation, OperationKind, OperationRow, OperationState,
    OrderFacts, Receipt, Way,
};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{BELLA_PARIS, MARC, NINA, World};

const VENDOR: &str = "pixelpoint-bridge";
/// The tokens of PixelPoint's two stores.
pub(crate) const FIRST: &str = "YT6eR2-CEED65AD33823A5B";
pub(crate) const SECOND: &str = "YT6eR2-0F4A1B7C9D2E3586";
/// How long anything that happens by itself may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connected till, and an engine that moves when it is told to.
pub(crate) struct Till<'a> {
    pub(crate) world: &'a World,
    pub(crate) browser: Browser,
    pub(crate) id: ConnectionId,
    pub(crate) engine: Delivery,
    location: &'static str,
}

impl World {
    /// Nina's till, at PixelPoint's first store, with these choices.
    pub(crate) async fn till(&self, choices: Value) -> Till<'_> {
        let till = self.bare_till(NINA, BELLA_PARIS).await;
        till.configure(FIRST, choices).await;
        till
    }

    /// One of Marc's, at the second.
    pub(crate) async fn other_till(&self, choices: Value) -> Till<'_> {
        let till = self.bare_till(MARC, "Paris Bastille").await;
        till.configure(SECOND, choices).await;
        till
    }

    /// A till that has not been configured yet.
    pub(crate) async fn bare_till(&self, email: &str, location: &'static str) -> Till<'_> {
        let browser = self.signed_in(VENDOR, email).await;
        let mut arriving = json!({"client_id": format!("{VENDOR}-sandbox"), "email": email, "location": location});
        if email == MARC {
            arriving["catalog"] = "Carte restaurants".into();
            arriving["customer_list"] = "Clients Web".into();
        }
        let code = self.control("connect", arriving).await["code"].clone();
        let question = browser.post("/arrivals", json!({"vendor": VENDOR, "code": code})).await.ok();
        let attempt = question["attempt"].as_str().unwrap_or_else(|| panic!("{question}"));
        let outcome = browser.post(&format!("/attempts/{attempt}/confirm"), json!({"accept": true})).await.ok();
        let id = ConnectionId::new(outcome["connection"]["id"].as_str().unwrap_or_else(|| panic!("{outcome}")));
        Till { world: self, browser, id, engine: assemble::delivery(&self.state), location }
    }

    /// Has one of PixelPoint's stores behave in some way.
    pub(crate) async fn store(&self, token: &str, mode: &str) {
        self.control("pixelpoint/mode", json!({"token": token, "mode": mode, "delay_ms": 30_000})).await;
    }

    /// Opens or closes PixelPoint's door.
    pub(crate) async fn door(&self, open: bool) {
        self.control("pixelpoint/door", json!({ "open": open })).await;
    }

    /// How many orders the kitchens' printers printed, and how many of those were there before.
    pub(crate) async fn printed(&self) -> (u64, usize) {
        let told = self.asked("pixelpoint/printed").await;
        (told["count"].as_u64().unwrap(), told["doubles"].as_array().unwrap().len())
    }

    /// How many requests PixelPoint received.
    pub(crate) async fn calls(&self) -> u64 {
        self.asked("pixelpoint/requests").await["count"].as_u64().unwrap()
    }

    pub(crate) async fn asked(&self, what: &str) -> Value {
        let url = format!("{}/_sandbox/{what}", self.sandbox.base_url);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Moves the clock, back too.
    pub(crate) fn shift(&self, seconds: i64) {
        self.later(SignedDuration::from_secs(seconds));
    }
}

impl Till<'_> {
    /// Saves token and choices as the page does.
    pub(crate) async fn configure(&self, token: &str, choices: Value) {
        let path = format!("/connections/{}/till_settings", self.id);
        let version = self.browser.get(&path).await.ok()["version"].clone();
        let change = json!({"api_token": token, "choices": choices, "version": version});
        self.browser.put(&path, change).await.ok();
    }

    /// Makes an order of this shape at HubRise.
    pub(crate) async fn order(&self, shape: &str) -> Value {
        let made = self.world.control("orders", json!({"location": self.location, "shape": shape})).await;
        made[0].clone()
    }

    /// Makes this very order at HubRise, and has the store receive its event.
    pub(crate) async fn ordered_as(&self, order: Value) -> Value {
        let made = self.world.control("orders", json!({"location": self.location, "order": order})).await;
        assert_eq!(self.received(&made[0], OperationKind::OrderCreated).await, Receipt::Kept(OperationState::Queued));
        made[0].clone()
    }

    /// Makes an order and has the store receive its event, as the callback does.
    pub(crate) async fn ordered(&self, shape: &str) -> Value {
        let order = self.order(shape).await;
        assert_eq!(self.received(&order, OperationKind::OrderCreated).await, Receipt::Kept(OperationState::Queued));
        order
    }

    /// The order as it is at HubRise.
    pub(crate) async fn at_hubrise(&self, order: &Value) -> Value {
        self.world.asked(&format!("orders/{}", order["id"].as_str().unwrap())).await
    }

    /// Somebody else changes the order at HubRise.
    pub(crate) async fn changed_at_hubrise(&self, order: &Value, status: &str) -> Value {
        self.world.control(&format!("orders/{}", order["id"].as_str().unwrap()), json!({ "status": status })).await
    }

    pub(crate) async fn received(&self, order: &Value, kind: OperationKind) -> Receipt {
        let operation = self.event(order, kind);
        self.world.state.store().receive(vec![operation]).await.unwrap().remove(0)
    }

    fn event(&self, order: &Value, kind: OperationKind) -> NewOperation {
        let now = self.world.state.now();
        let text = |key: &str| order[key].as_str().map(str::to_owned);
        let id = recorder::operation_id();
        let body = json!({"id": id.as_str(), "resource_type": "order", "new_state": order});
        let expected_at = text("expected_time").and_then(|at| at.parse::<Timestamp>().ok());
        NewOperation {
            terms: Vec::new(),
            erases: None,
            event_id: Some(id.as_str().to_owned()),
            id,
            connection: self.id.clone(),
            kind,
            order: Some(OrderFacts {
                order_id: text("id").unwrap(),
                status: text("status"),
                expected_at,
                ..OrderFacts::default()
            }),
            state: match kind {
                OperationKind::OrderCreated => OperationState::Queued,
                _ => OperationState::Noted,
            },
            cause: None,
            detail: None,
            received_at: now,
            exchange: Some(NewExchange {
                id: recorder::exchange_id(),
                way: Way::HubriseToBridge,
                method: "POST".into(),
                url: "https://console.example/callbacks/hubrise/pixelpoint-bridge".into(),
                status: Some(200),
                ended: Ended::Answered,
                started_at: now,
                duration_us: 1,
                error: None,
                request_headers: String::new(),
                request_body: body.to_string().into_bytes(),
                response_headers: String::new(),
                response_body: Vec::new(),
            }),
        }
    }

    /// One step of the engine: how much there was to do.
    pub(crate) async fn step(&self) -> usize {
        self.engine.step().await.unwrap()
    }

    /// Steps until nothing is due.
    pub(crate) async fn settle(&self) {
        while self.step().await > 0 {}
    }

    /// How the order's creation stands.
    pub(crate) async fn operation(&self, order: &Value) -> OperationRow {
        let page = self.world.state.store().operations(&self.id, None, 100).await.unwrap();
        let order_id = order["id"].as_str().unwrap();
        let is_it = |row: &OperationRow| {
            row.kind == OperationKind::OrderCreated
                && row.order.as_ref().is_some_and(|facts| facts.order_id == order_id)
        };
        page.rows.into_iter().find(is_it).unwrap()
    }

    /// State and cause of the order's creation.
    pub(crate) async fn stands(&self, order: &Value) -> (OperationState, Option<String>) {
        let row = self.operation(order).await;
        (row.state, row.cause)
    }

    #[track_caller]
    pub(crate) fn assert_stands(
        &self,
        stands: &(OperationState, Option<String>),
        state: OperationState,
        cause: Option<&str>,
    ) {
        assert_eq!((stands.0, stands.1.as_deref()), (state, cause));
    }

    /// All that was said for the order's creation, whole.
    pub(crate) async fn said(&self, order: &Value) -> Vec<ExchangeWhole> {
        let store = self.world.state.store();
        let operation = self.operation(order).await;
        let mut all = Vec::new();
        for line in store.exchanges(&self.id, &operation.id).await.unwrap() {
            all.push(store.exchange(&self.id, &line.id).await.unwrap().unwrap());
        }
        all
    }
}

/// Waits for what an engine that runs by itself will bring about.
pub(crate) async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        tokio::task::yield_now().await;
    }
}
