//! Which of the app's entry pages an address belongs to: by the same rules as the app's own `src/routes.rs`, as far as they
//! tell entries apart. An address that leads nowhere gets the first, which says so.

/// A till, and whatever address leads nowhere.
pub(super) const CONSOLE: &str = "index.html";

/// The vendors, and what each is before anything is connected.
pub(super) const WELCOME: &str = "welcome.html";

/// Where HubRise sends the browser to, and what is chosen on the way back.
pub(super) const RETURNING: &str = "returning.html";

/// The support desk and the user's own account.
pub(super) const OFFICE: &str = "office.html";

/// A till that orders are pushed to: its operations.
pub(super) const BRIDGE: &str = "bridge.html";

/// One of them.
pub(super) const OPERATION: &str = "operation.html";

/// One request of it, and its answer.
pub(super) const EXCHANGE: &str = "exchange.html";

/// The till's configuration, and the check of its menu.
pub(super) const SETUP: &str = "setup.html";

/// The till's stock.
pub(super) const STOCK: &str = "stock.html";

/// Every entry page.
pub(super) const PAGES: [&str; 9] = [CONSOLE, WELCOME, RETURNING, OFFICE, BRIDGE, OPERATION, EXCHANGE, SETUP, STOCK];

/// Those that may stand in a frame. A desk is for the vendor's own people, and what HubRise brings comes to a whole window.
pub(super) const FRAMED: [&str; 8] = [CONSOLE, WELCOME, RETURNING, BRIDGE, OPERATION, EXCHANGE, SETUP, STOCK];

/// The vendor whose page stands at an address that may be framed.
pub(super) fn framed_vendor(path: &str) -> Option<&str> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["oauth", ..] | [_, "hubrise" | "desk" | "account", ..] | [] => None,
        [vendor, ..] => Some(vendor),
    }
}

/// The entry page that is asked for by its own name.
pub(super) fn named(path: &str) -> Option<&'static str> {
    PAGES.into_iter().find(|page| *page == path)
}

/// The entry page of an address, without its leading slash.
pub(super) fn of(path: &str) -> &'static str {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] | [_] => WELCOME,
        ["oauth", "callback"] | [_, "hubrise", _] | [_, _, "choose"] => RETURNING,
        [_, "desk", ..] | [_, "account"] => OFFICE,
        [_, _, "operations"] => BRIDGE,
        [_, _, "operations", _] => OPERATION,
        [_, _, "operations", _, "exchanges", _] => EXCHANGE,
        [_, _, "configuration" | "menu"] => SETUP,
        [_, _, "stock"] => STOCK,
        _ => CONSOLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_its_page() {
        for (path, page) in [
            ("", WELCOME),
            ("pos-helper", WELCOME),
            ("pos-helper/", WELCOME),
            ("pos-helper/caisse", CONSOLE),
            ("pos-helper/caisse/", CONSOLE),
            ("a/b/c", CONSOLE),
            ("a/b/c/d", CONSOLE),
            ("oauth/callback", RETURNING),
            ("oauth/callback/", RETURNING),
            ("pos-helper/caisse/choose", RETURNING),
            ("pixelpoint-bridge/hubrise/connect", RETURNING),
            ("pixelpoint-bridge/hubrise/open", RETURNING),
            ("carre-pos/desk", OFFICE),
            ("carre-pos/desk/requests/1", OFFICE),
            ("carre-pos/account", OFFICE),
            ("pixelpoint-bridge/pixelpoint/configuration", SETUP),
            ("pixelpoint-bridge/pixelpoint/operations/", BRIDGE),
            ("pixelpoint-bridge/pixelpoint/operations/k7", OPERATION),
            ("pixelpoint-bridge/pixelpoint/operations/k7/exchanges/e1", EXCHANGE),
            ("pixelpoint-bridge/pixelpoint/operations/k7/exchanges", CONSOLE),
            ("pixelpoint-bridge/pixelpoint/menu", SETUP),
            ("pixelpoint-bridge/pixelpoint/menu/more", CONSOLE),
            ("carre-pos/caisse/stock", STOCK),
            ("desk", WELCOME),
            ("account", WELCOME),
        ] {
            assert_eq!(of(path), page, "{path}");
        }
    }

    #[test]
    fn what_hubrise_brings_and_the_desk_stand_in_no_frame() {
        for path in ["", "oauth/callback", "pos-helper/hubrise/open", "carre-pos/desk", "carre-pos/account"] {
            assert_eq!(framed_vendor(path), None, "{path}");
        }
        for path in ["carre-pos", "carre-pos/caisse", "/carre-pos/caisse/choose", "carre-pos/caisse/operations/k"] {
            assert_eq!(framed_vendor(path), Some("carre-pos"), "{path}");
        }
        assert!(!FRAMED.contains(&OFFICE));
    }

    #[test]
    fn a_page_can_be_asked_for_by_its_name() {
        assert_eq!(PAGES.map(named), PAGES.map(Some));
        assert_eq!(named("other.html"), None);
    }
}
