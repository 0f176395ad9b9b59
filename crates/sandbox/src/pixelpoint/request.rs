//! What is asked of the EOI: the envelope around an order or a listing. Owns no rule of an order.

use super::{
    order::{known, leaf},
    xml::{self, Element},
};

/// `RequestType` of an order.
const ORDER: &str = "10";
/// `RequestType` of the listing of report categories.
const CATEGORIES: &str = "256";
/// `RequestType` of the listing of products.
const PRODUCTS: &str = "1024";
/// `RequestType` of the listing of discounts. Its number is not public (inferred: the next of the row).
const DISCOUNTS: &str = "2048";

/// What a request wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// An order to be placed.
    Order {
        /// `Transaction`.
        transaction: Element,
        /// `Member`.
        member: Option<Element>,
    },
    /// The report categories.
    Categories,
    /// The products.
    Products,
    /// The discounts.
    Discounts,
}

impl Wanted {
    /// A word for the record.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Order { .. } => "order",
            Self::Categories => "categories",
            Self::Products => "products",
            Self::Discounts => "discounts",
        }
    }
}

/// A request that can be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) token: String,
    pub(super) debug: bool,
    pub(super) wanted: Wanted,
}

impl Request {
    /// Reads a body; what is wrong with it otherwise.
    pub(super) fn read(body: &[u8]) -> Result<Self, String> {
        let root = xml::read(body)?;
        if root.name != "Request" {
            return Err(format!("the root is `{}` and must be `Request`", root.name));
        }
        known(&root, &["RequestType", "DebugMode", "EOITransfer", "Transaction", "Member"])?;
        let debug = match leaf(&root, "DebugMode")?.as_deref() {
            None | Some("0") => false,
            Some("1") => true,
            Some(other) => return Err(format!("`DebugMode` is `{other}` and must be 0 or 1")),
        };
        let transfer = root.only("EOITransfer")?.ok_or("`Request` has no `EOITransfer`")?;
        known(transfer, &["EOIAuthenticationToken", "Transaction", "Member"])?;
        let token = leaf(transfer, "EOIAuthenticationToken")?.ok_or("`EOIAuthenticationToken` is missing")?;
        let kind = leaf(&root, "RequestType")?.ok_or("`RequestType` is missing")?;
        let (transaction, member) = (either(&root, transfer, "Transaction")?, either(&root, transfer, "Member")?);
        let wanted = match (kind.as_str(), transaction) {
            (ORDER, Some(transaction)) => Wanted::Order { transaction: transaction.clone(), member: member.cloned() },
            (ORDER, None) => return Err("an order needs a `Transaction`".to_owned()),
            (_, Some(_)) => return Err(format!("`Transaction` does not belong to `RequestType` `{kind}`")),
            (CATEGORIES, None) => Wanted::Categories,
            (PRODUCTS, None) => Wanted::Products,
            (DISCOUNTS, None) => Wanted::Discounts,
            (other, None) => return Err(format!("`RequestType` `{other}` is not known")),
        };
        Ok(Self { token, debug, wanted })
    }
}

/// An element that stands inside `EOITransfer` or beside it: callers differ, and both are right. Not in both.
fn either<'a>(root: &'a Element, transfer: &'a Element, name: &str) -> Result<Option<&'a Element>, String> {
    match (transfer.only(name)?, root.only(name)?) {
        (Some(_), Some(_)) => Err(format!("`{name}` stands inside `EOITransfer` and beside it")),
        (inside, beside) => Ok(inside.or(beside)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(inner: &str) -> Result<Request, String> {
        Request::read(format!("<?xml version=\"1.0\"?><Request>{inner}</Request>").as_bytes())
    }

    const TOKEN: &str = "<EOIAuthenticationToken>T-1</EOIAuthenticationToken>";

    #[test]
    fn an_order_stands_inside_the_transfer_or_beside_it_in_any_order() {
        let inside =
            request(&format!("<RequestType>10</RequestType><EOITransfer>{TOKEN}<Transaction/><Member/></EOITransfer>"));
        let beside =
            request(&format!("<Member/><Transaction/><EOITransfer>{TOKEN}</EOITransfer><RequestType>10</RequestType>"));
        assert!(inside.is_ok() && inside == beside, "{inside:?} {beside:?}");
        let both =
            format!("<RequestType>10</RequestType><Transaction/><EOITransfer>{TOKEN}<Transaction/></EOITransfer>");
        assert!(request(&both).is_err_and(|wrong| wrong.contains("and beside it")));
    }

    #[test]
    fn says_what_it_dislikes_of_the_envelope() {
        let transfer = format!("<EOITransfer>{TOKEN}</EOITransfer>");
        for (inner, wrong) in [
            ("<RequestType>1024</RequestType>".to_owned(), "no `EOITransfer`"),
            ("<RequestType>1024</RequestType><EOITransfer/>".to_owned(), "`EOIAuthenticationToken` is missing"),
            (format!("<RequestType>11</RequestType>{transfer}"), "`RequestType` `11` is not known"),
            (format!("<RequestType>10</RequestType>{transfer}"), "needs a `Transaction`"),
            (format!("<RequestType>1024</RequestType><Transaction/>{transfer}"), "does not belong"),
            (format!("<RequestType>1024</RequestType><Debug>1</Debug>{transfer}"), "`Debug` is not known"),
            (format!("<RequestType>1024</RequestType><DebugMode>yes</DebugMode>{transfer}"), "must be 0 or 1"),
            (transfer.clone(), "`RequestType` is missing"),
        ] {
            assert!(request(&inner).is_err_and(|said| said.contains(wrong)), "{inner}: {:?}", request(&inner));
        }
        let other = Request::read(b"<?xml version=\"1.0\"?><Order/>");
        assert_eq!(other, Err("the root is `Order` and must be `Request`".to_owned()));
        let listing = request(&format!("<DebugMode>1</DebugMode><RequestType>1024</RequestType>{transfer}"));
        assert_eq!(listing, Ok(Request { token: "T-1".into(), debug: true, wanted: Wanted::Products }));
    }
}
