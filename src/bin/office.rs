//! The entry page `office.html`: the support desk and the user's own account.

fn main() {
    passerelle_app::entry::office();
}
