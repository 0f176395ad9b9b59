//! The entry page `stock.html`: what a till has, and what HubRise holds of it.

fn main() {
    passerelle_app::entry::stock();
}
