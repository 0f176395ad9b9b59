//! The entry page `setup.html`: the configuration of a till that orders are pushed to, and the check of its menu.

fn main() {
    passerelle_app::entry::setup();
}
