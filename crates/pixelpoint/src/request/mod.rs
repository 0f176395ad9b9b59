//! Requests as they are written. Owns the request's frame: prolog, `RequestType`, token, `DebugMode`. The order itself is
//! `request/order.rs`, well-formedness `request/xml.rs`. The same order, token and dialect make the same bytes.

mod filled;
mod order;
mod xml;

#[cfg(test)]
mod any_text;
#[cfg(test)]
mod tests;

use crate::dialect::MemberPlace;
use crate::{ApiToken, Dialect, Order};
pub(crate) use filled::with_token;
use xml::Xml;

/// `RequestType` of an order to be placed.
const PLACE_ORDER: u16 = 10;
/// `RequestType` of the list of report categories.
const LIST_CATEGORIES: u16 = 256;
/// `RequestType` of the list of products.
const LIST_PRODUCTS: u16 = 1024;

/// What the till is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To take and print an order.
    Order(Order),
    /// For its products; prints nothing.
    Products,
    /// For its report categories; prints nothing.
    Categories,
    /// For its discounts; prints nothing. PixelPoint 19.12 or later, and only where the dialect knows how.
    Discounts,
}

impl Ask {
    /// Its `RequestType`; none where the dialect does not know it.
    pub fn request_type(&self, dialect: &Dialect) -> Option<u16> {
        match self {
            Self::Order(_) => Some(PLACE_ORDER),
            Self::Products => Some(LIST_PRODUCTS),
            Self::Categories => Some(LIST_CATEGORIES),
            Self::Discounts => dialect.discounts_request_type,
        }
    }

    /// Whether a list is asked for: then nothing can be printed.
    pub const fn is_listing(&self) -> bool {
        !matches!(self, Self::Order(_))
    }
}

/// An order's request, whole.
pub fn order(order: &Order, token: &ApiToken, debug: bool, dialect: &Dialect) -> String {
    write(PLACE_ORDER, Some(order), token.expose(), debug, dialect)
}

/// The request of `ask` with `token` in it, which may be a masked one; none where the dialect does not know how to ask.
pub(crate) fn whole(ask: &Ask, token: &str, debug: bool, dialect: &Dialect) -> Option<String> {
    let order = match ask {
        Ask::Order(order) => Some(order),
        Ask::Products | Ask::Categories | Ask::Discounts => None,
    };
    Some(write(ask.request_type(dialect)?, order, token, debug, dialect))
}

fn write(request_type: u16, order: Option<&Order>, token: &str, debug: bool, dialect: &Dialect) -> String {
    let mut xml = Xml::begin();
    xml.element("Request", |xml| {
        xml.leaf("RequestType", &request_type.to_string());
        xml.element("EOITransfer", |xml| {
            xml.leaf("EOIAuthenticationToken", token);
            if let (Some(order), MemberPlace::Inside) = (order, dialect.member_place) {
                order::write(xml, order, dialect);
            }
        });
        if let (Some(order), MemberPlace::Beside) = (order, dialect.member_place) {
            order::write(xml, order, dialect);
        }
        if debug {
            xml.leaf("DebugMode", "1");
        }
    });
    xml.end()
}
