//! The entry page `welcome.html`: the vendors, and what each is before anything is connected.

fn main() {
    passerelle_app::entry::welcome();
}
