//! The entry page `bridge.html`: the operations of a till that orders are pushed to.

fn main() {
    passerelle_app::entry::bridge();
}
