//! The one address of the EOI: reads a request, looks up its store, and does what the store's mode has it do. What a
//! request must look like is `request`'s and `order`'s business, what the answer looks like `answer`'s.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit, State},
    response::{IntoResponse, Response},
    routing::post,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;

use super::{
    PATH,
    answer::{self, Refusal},
    door::Line,
    listings,
    mode::{Behaviour, Mode},
    order::Order,
    request::{Request, Wanted},
    site::{Heard, Inside, Site},
    stores,
};

/// Longest body read, in bytes.
const MAX_BODY: usize = 1 << 20;

/// Everything on PixelPoint's port.
pub(crate) fn router(site: Arc<Site>) -> Router {
    Router::new().route(PATH, post(ask)).layer(DefaultBodyLimit::max(MAX_BODY)).with_state(site)
}

/// What became of a request.
enum Fate {
    Printed(u64, Box<Order>),
    Listed(Wanted),
    Refused(Refusal),
    /// The mode says that nothing is judged.
    Unjudged,
}

async fn ask(
    State(site): State<Arc<Site>>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let at = Timestamp::now();
    if !is_xml(&headers) {
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, "the Content-Type must be application/xml").into_response();
    }
    let request = Request::read(&body);
    let (met, fate) = judge(&mut site.inside(), request, at);
    match met.mode {
        Mode::Slow => tokio::time::sleep(Duration::from_millis(met.delay_ms)).await,
        Mode::AcceptThenDrop | Mode::Drop => line.cut(),
        _ => {}
    }
    match fate {
        Fate::Printed(number, order) => answer::printed(number, &order),
        Fate::Listed(Wanted::Categories) => answer::listing("Category", "CategoryNum", &listings::CATEGORIES),
        Fate::Listed(Wanted::Discounts) => answer::listing("Coupon", "CouponNum", &listings::DISCOUNTS),
        Fate::Listed(_) => answer::listing("Product", "ProdNum", &listings::PRODUCTS),
        Fate::Refused(refusal) => answer::refused(&refusal),
        Fate::Unjudged => answer::nonsense(),
    }
}

fn is_xml(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/xml"))
}

/// Looks at a request, prints it if it is to be printed, and remembers it.
fn judge(inside: &mut Inside, request: Result<Request, String>, at: Timestamp) -> (Behaviour, Fate) {
    let mut heard = Heard {
        number: 0,
        at_us: at.as_microsecond(),
        wanted: None,
        store: None,
        debug: false,
        mode: Mode::Accept,
        printed: None,
        refused: None,
    };
    let (met, fate) = match request {
        Err(wrong) => (Behaviour::default(), Fate::Refused(Refusal::malformed(&wrong))),
        Ok(request) => {
            heard.wanted = Some(request.wanted.word());
            heard.debug = request.debug;
            match inside.stores.find(&request.token) {
                None => (Behaviour::default(), Fate::Refused(Refusal::wrong_token())),
                Some(store) => {
                    heard.store = Some(store.name.clone());
                    let met = store.behaviour.take();
                    (met, act(inside, request, met.mode, at))
                }
            }
        }
    };
    heard.mode = met.mode;
    match &fate {
        Fate::Printed(number, _) => heard.printed = Some(*number),
        Fate::Refused(refusal) => heard.refused = Some(refusal.message.clone()),
        Fate::Listed(_) | Fate::Unjudged => {}
    }
    inside.note(heard);
    (met, fate)
}

/// What a store in this mode does.
fn act(inside: &mut Inside, request: Request, mode: Mode, at: Timestamp) -> Fate {
    match mode {
        Mode::WrongToken => return Fate::Refused(Refusal::wrong_token()),
        Mode::StoreOffline => return Fate::Refused(Refusal::store_offline()),
        Mode::Exception => return Fate::Refused(Refusal::exception()),
        Mode::Nonsense | Mode::Drop => return Fate::Unjudged,
        Mode::Accept | Mode::UnknownProduct | Mode::Slow | Mode::AcceptThenDrop | Mode::TotalMismatch => {}
    }
    let Request { token, debug, wanted } = request;
    let Wanted::Order { transaction, member } = wanted else { return Fate::Listed(wanted) };
    match Order::read(&transaction, member.as_ref()) {
        Err(wrong) => Fate::Refused(Refusal::malformed(&wrong)),
        Ok(order) => match refusal(&order, mode) {
            Some(refusal) => Fate::Refused(refusal),
            None => {
                if let Some(store) = inside.stores.find(&token) {
                    store.printed += 1;
                }
                Fate::Printed(inside.printer.print(&token, order.clone(), debug, at), Box::new(order))
            }
        },
    }
}

/// Why the till would not take a well-formed order.
fn refusal(order: &Order, mode: Mode) -> Option<Refusal> {
    let all = mode == Mode::UnknownProduct;
    for item in &order.items {
        for (what, number) in [("Product", &item.product), ("Coupon", &item.coupon)] {
            if let Some(number) = number
                && (all || !stores::knows(number))
            {
                return Some(Refusal::unknown(what, number));
            }
        }
    }
    if let Some(payment) = order.payments.iter().find(|payment| !stores::knows(&payment.method)) {
        return Some(Refusal::unknown("Payment method", &payment.method));
    }
    (mode == Mode::TotalMismatch && !order.balanced).then(|| Refusal::mismatch(order))
}
