//! What the EOI answers: success, a listing, a refusal with its words. The root's name, the order's number and the HTTP
//! status of a refusal are not public (inferred: `Response`, `TransactionNum`, 200).

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use quick_xml::escape::escape;

use super::{listings::Listed, order::Order};

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// `SubErrorNum`, like an HTTP status.
    sub_error: u16,
    /// `EOIMessage`, or `Exception` where the fault is PixelPoint's own.
    pub(super) message: String,
    exception: bool,
}

impl Refusal {
    /// The token is no store's.
    pub(super) fn wrong_token() -> Self {
        Self { sub_error: 401, message: "Access Token Denied".to_owned(), exception: false }
    }

    /// The shop cannot be reached.
    pub(super) fn store_offline() -> Self {
        let message = "Order Rejected. Reason: Store is disconnected".to_owned();
        Self { sub_error: 401, message, exception: false }
    }

    /// The till does not know a number.
    pub(super) fn unknown(what: &str, number: &str) -> Self {
        let message = format!("Order Rejected. Reason: {what} {number} does not exist");
        Self { sub_error: 404, message, exception: false }
    }

    /// The payments are not the sum of the items.
    pub(super) fn mismatch(order: &Order) -> Self {
        let Order { total, paid, .. } = order;
        let message = format!("Order Rejected. Reason: Payment total {paid} differs from check total {total}");
        Self { sub_error: 409, message, exception: false }
    }

    /// The request is not what the EOI takes.
    pub(super) fn malformed(what: &str) -> Self {
        Self { sub_error: 400, message: format!("Request Rejected. Reason: {what}"), exception: false }
    }

    /// A fault inside PixelPoint.
    pub(super) fn exception() -> Self {
        let message = "System.NullReferenceException: Object reference not set to an instance of an object.".to_owned();
        Self { sub_error: 500, message, exception: true }
    }
}

/// The order is printed.
pub(super) fn printed(number: u64, order: &Order) -> Response {
    // 3: the check is closed, the payment processed. An unpaid check stays open (inferred: 1).
    let status = if order.payments.is_empty() { 1 } else { 3 };
    let payments: String = order.payments.iter().map(|_| "<Payment><Status>3</Status></Payment>").collect();
    xml(&format!(
        "<ErrorNum>0</ErrorNum><EOITransfer><EOIMessage>Order Accepted</EOIMessage></EOITransfer>\
         <Transaction><TransactionNum>{number}</TransactionNum><Status>{status}</Status>{payments}</Transaction>"
    ))
}

/// A listing: `<Products><Product><ProdNum/><Description/></Product>…</Products>`.
pub(super) fn listing(one: &str, number: &str, lines: &[Listed]) -> Response {
    let lines: String = lines
        .iter()
        .map(|(value, name)| {
            format!("<{one}><{number}>{value}</{number}><Description>{}</Description></{one}>", escape(*name))
        })
        .collect();
    let all = one.strip_suffix('y').map_or_else(|| format!("{one}s"), |stem| format!("{stem}ies"));
    xml(&format!("<ErrorNum>0</ErrorNum><{all}>{lines}</{all}>"))
}

/// A refusal.
pub(super) fn refused(refusal: &Refusal) -> Response {
    let Refusal { sub_error, message, exception } = refusal;
    let message = escape(message.as_str());
    let words = if *exception {
        format!("<Exception>{message}</Exception>")
    } else {
        format!("<EOITransfer><EOIMessage>{message}</EOIMessage></EOITransfer>")
    };
    xml(&format!("<ErrorNum>-1</ErrorNum><SubErrorNum>{sub_error}</SubErrorNum>{words}"))
}

/// Something that is no answer of an EOI.
pub(super) fn nonsense() -> Response {
    let page = "<!doctype html><html><head><title>It works!</title><body><p>It works!</body></html>";
    (StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

fn xml(inner: &str) -> Response {
    let body = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Response>{inner}</Response>");
    (StatusCode::OK, [(header::CONTENT_TYPE, "application/xml; charset=utf-8")], body).into_response()
}
