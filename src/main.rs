//! The entry page most readers see first, `index.html`: the vendors, a vendor's overview, a till.

fn main() {
    passerelle_app::entry::console();
}
