//! The entry page `operation.html`: one operation of a till that orders are pushed to, with all that was said.

fn main() {
    passerelle_app::entry::operation();
}
