//! The entry page `index.html`: a till, and whatever address leads nowhere.

fn main() {
    passerelle_app::entry::console();
}
