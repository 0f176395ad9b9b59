//! The entry page `bridge.html`: a till that orders are pushed to, its configuration and its operations.

fn main() {
    passerelle_app::entry::bridge();
}
