//! The entry page `exchange.html`: one request of an operation and its answer, explained.

fn main() {
    passerelle_app::entry::exchange();
}
