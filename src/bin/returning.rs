//! The entry page `returning.html`: where HubRise sends the browser to, and what is chosen on the way back.

fn main() {
    passerelle_app::entry::returning();
}
