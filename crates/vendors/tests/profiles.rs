//! Profiles good and bad, as texts: what is read, and that every fault is told at once with its place.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use passerelle_vendors::{Language, Localized, OnBrand, Registry};

/// A sound profile, one key a line.
const GOOD: &str = r##"
name = "Bella Till"
brand = "#0b4f3c"
country = "FR"
languages = ["fr", "en"]
menu_path = []

[promise]
en = "Receive your orders."
fr = "Recevez vos commandes."

[support]
email = "help@bella.example"
role = "Manager"

[[tills]]
id = "till"
name = { en = "Till", fr = "Caisse" }
scope = "location[orders.write]"
"##;

fn faults(text: &str) -> String {
    let faults = Registry::read([("bella", text)]).unwrap_err();
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

/// The faults of the good profile with one line replaced by others.
fn faults_with(line: &str, replacement: &str) -> String {
    assert_eq!(GOOD.matches(line).count(), 1, "{line}");
    faults(&GOOD.replace(line, replacement))
}

#[test]
fn the_built_in_profiles_are_sound() {
    let registry = Registry::built_in().unwrap();
    assert_eq!(registry.len(), registry.iter().count());
    assert!(!registry.is_empty());
    assert_eq!(registry.get("no-such-vendor"), None);

    let vendor = registry.get("pos-helper").unwrap();
    assert_eq!((vendor.name.as_str(), vendor.country.as_str()), ("POS HELPER", "FR"));
    assert_eq!(vendor.brand.on_brand(), Some(OnBrand::White));
    assert_eq!(vendor.languages, [Language::Fr, Language::En]);
    assert_eq!(vendor.menu_path, ["Ventes", "HUBRISE INTEGRATION"]);
    assert_eq!((vendor.support.email.as_str(), vendor.support.role.as_str()), ("support@poshelper.fr", "Manager"));
    let tills: Vec<_> = vendor.tills.iter().map(|till| (till.id.as_str(), till.device_id.as_deref())).collect();
    assert_eq!(tills, [("caisse", None), ("comptoir", Some("comptoir"))]);
    assert_eq!(vendor.till("comptoir").unwrap().scope, vendor.tills[1].scope);
    assert_eq!(vendor.till("Comptoir"), None);
}

#[test]
fn every_folder_under_profiles_is_built_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/profiles");
    let mut folders: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    let registry = Registry::built_in().unwrap();
    let slugs: Vec<&str> = registry.iter().map(|profile| profile.slug.as_str()).collect();
    assert_eq!(slugs, folders);
}

#[test]
fn reads_a_sound_profile_and_orders_vendors_by_slug() {
    let full = GOOD
        .replace("role =", "phone = \"+33 1 02 03 04 05\"\ndocs_url = \"https://bella.example/docs\"\nrole =")
        .replace("scope =", "device_id = \"Till_(1)-[2]{3}.4\"\nscope =");
    let registry = Registry::read([("zeta", GOOD), ("bella", &full)]).unwrap();
    let slugs: Vec<&str> = (&registry).into_iter().map(|profile| profile.slug.as_str()).collect();
    assert_eq!(slugs, ["bella", "zeta"]);

    let bella = registry.get("bella").unwrap();
    assert_eq!(bella.promise, Localized { en: "Receive your orders.".into(), fr: "Recevez vos commandes.".into() });
    assert_eq!(bella.support.phone.as_deref(), Some("+33 1 02 03 04 05"));
    assert_eq!(bella.support.docs_url.as_deref(), Some("https://bella.example/docs"));
    assert_eq!(bella.tills[0].device_id.as_deref(), Some("Till_(1)-[2]{3}.4"));
    assert_eq!(bella.brand.to_string(), "#0b4f3c");
    let zeta = registry.get("zeta").unwrap();
    assert_eq!((&zeta.support.phone, &zeta.support.docs_url, &zeta.tills[0].device_id), (&None, &None, &None));
}

#[test]
fn tells_everything_that_is_missing() {
    insta::assert_snapshot!(faults(""), @r#"
    profiles/bella/profile.toml:1: brand: is missing
    profiles/bella/profile.toml:1: country: is missing
    profiles/bella/profile.toml:1: languages: is missing
    profiles/bella/profile.toml:1: menu_path: is missing
    profiles/bella/profile.toml:1: name: is missing
    profiles/bella/profile.toml:1: promise: is missing
    profiles/bella/profile.toml:1: support: is missing
    profiles/bella/profile.toml:1: tills: is missing
    "#);
    insta::assert_snapshot!(faults("name = \"Bella\"\n[promise]\n[support]\n[[tills]]\n[[tills]]\nid = \"a\"\nname = {}\n"), @r#"
    profiles/bella/profile.toml:1: brand: is missing
    profiles/bella/profile.toml:1: country: is missing
    profiles/bella/profile.toml:1: languages: is missing
    profiles/bella/profile.toml:1: menu_path: is missing
    profiles/bella/profile.toml:2: promise.en: is missing
    profiles/bella/profile.toml:2: promise.fr: is missing
    profiles/bella/profile.toml:3: support.email: is missing
    profiles/bella/profile.toml:3: support.role: is missing
    profiles/bella/profile.toml:4: tills[0].id: is missing
    profiles/bella/profile.toml:4: tills[0].name: is missing
    profiles/bella/profile.toml:4: tills[0].scope: is missing
    profiles/bella/profile.toml:5: tills[1].scope: is missing
    profiles/bella/profile.toml:7: tills[1].name.en: is missing
    profiles/bella/profile.toml:7: tills[1].name.fr: is missing
    "#);
}

#[test]
fn tells_every_fault_of_every_file_at_once() {
    let text = r##"
name = ""
brand = "blue"
colour = "#000000"
country = "fr"
languages = ["fr", "de", "fr", 7]
menu_path = ["Sales", " Tab"]

[promise]
en = "Receive
fr = 7

[support]
email = "help"
role = "Manager"
mobile = "+33"
phone = "0102030405"
docs_url = "http://bella.example"

[[tills]]
id = "Till"
name = "Till"
scope = ""
device_id = "a b"
"##;
    insta::assert_snapshot!(faults(text), @r#"
    profiles/bella/profile.toml:2: name: is empty
    profiles/bella/profile.toml:3: brand: a colour is written `#rrggbb`
    profiles/bella/profile.toml:4: colour: unknown key; known here: `brand`, `country`, `languages`, `menu_path`, `name`, `promise`, `support`, `tills`
    profiles/bella/profile.toml:5: country: a country is two capital letters (ISO 3166-1)
    profiles/bella/profile.toml:6: languages[1]: unknown language: `en` and `fr` are known
    profiles/bella/profile.toml:6: languages[2]: is there twice
    profiles/bella/profile.toml:6: languages[3]: expected a text, found integer
    profiles/bella/profile.toml:7: menu_path[1]: has blanks around it
    profiles/bella/profile.toml:10: invalid basic string, expected `"`
    profiles/bella/profile.toml:11: promise.fr: expected a text, found integer
    profiles/bella/profile.toml:14: support.email: is no e-mail address
    profiles/bella/profile.toml:16: support.mobile: unknown key; known here: `docs_url`, `email`, `phone`, `role`
    profiles/bella/profile.toml:17: support.phone: a telephone number is `+`, then 7 to 15 digits, spaces allowed
    profiles/bella/profile.toml:18: support.docs_url: must be an absolute https url without user name or password
    profiles/bella/profile.toml:21: tills[0].id: must be lower-case letters and digits, with single hyphens between, at most 64
    profiles/bella/profile.toml:22: tills[0].name: expected a table, found string
    profiles/bella/profile.toml:23: tills[0].scope: is empty
    profiles/bella/profile.toml:24: tills[0].device_id: a device id is letters, digits and `_-()[]{}.`, at most 64
    "#);

    let both = Registry::read([("one", "name = 1"), ("two", "name = 2")]).unwrap_err();
    let files: std::collections::BTreeSet<&str> = both.iter().map(|fault| fault.file.as_str()).collect();
    assert_eq!(Vec::from_iter(files), ["profiles/one/profile.toml", "profiles/two/profile.toml"]);
}

#[test]
fn tells_where_a_fault_lies() {
    let faults = Registry::read([("bella", &*GOOD.replace("\"till\"", "\"Till\""))]).unwrap_err();
    let [fault] = &faults[..] else { panic!("{faults:?}") };
    assert_eq!(
        (fault.file.as_str(), fault.line, fault.key.as_str()),
        ("profiles/bella/profile.toml", 17, "tills[0].id")
    );
}

#[test]
fn refuses_each_wrong_value() {
    for (line, replacement) in [
        ("name = \"Bella Till\"", "name = 'Bella\tTill'"),
        ("name = \"Bella Till\"", &format!("name = '{}'", "é".repeat(161))),
        ("brand = \"#0b4f3c\"", "brand = '#777777'"),
        ("country = \"FR\"", "country = 'FRA'"),
        ("languages = [\"fr\", \"en\"]", "languages = []"),
        ("menu_path = []", "menu_path = 'Sales'"),
        ("email = \"help@bella.example\"", "email = 'help@bella@example.com'"),
        ("email = \"help@bella.example\"", "email = 'help@bella'"),
        ("role = \"Manager\"", "role = 'Manager'\nphone = '+33 1'"),
        ("role = \"Manager\"", "role = 'Manager'\nphone = '+33-102030405'"),
        ("role = \"Manager\"", "role = 'Manager'\ndocs_url = 'bella.example'"),
        ("role = \"Manager\"", "role = 'Manager'\ndocs_url = 'https://user@bella.example'"),
        ("id = \"till\"", "id = 'a--b'"),
        ("id = \"till\"", "id = 'till'\ndevice_id = ''"),
        ("id = \"till\"", "id = 'till'\ndevice_id = 'é'"),
    ] {
        let told = faults_with(line, replacement);
        assert_eq!(told.lines().count(), 1, "{replacement}: {told}");
    }
    let twice = format!("{GOOD}\n[[tills]]\nid = \"till\"\nname = {{ en = \"B\", fr = \"B\" }}\nscope = \"profile\"\n");
    insta::assert_snapshot!(faults(&twice), @"profiles/bella/profile.toml:22: tills[1].id: `till` is the id of `tills[0].id` already");
    insta::assert_snapshot!(faults_with("[[tills]]", "[tills]"), @"profiles/bella/profile.toml:16: tills: expected a list, found table");
    let (before, _) = GOOD.split_once("[[tills]]").unwrap();
    let none = before.replace("menu_path = []", "menu_path = []\ntills = []");
    insta::assert_snapshot!(faults(&none), @"profiles/bella/profile.toml:7: tills: at least one till is needed");
}

#[test]
fn a_folders_name_must_be_a_slug_and_unique() {
    for slug in ["", "Bella", "bella_till", "-bella", "bella-", "be--lla", "béla", "a/b", &"a".repeat(65)] {
        assert_eq!(Registry::read([(slug, GOOD)]).unwrap_err().len(), 1, "{slug}");
    }
    let faults = Registry::read([("bella", GOOD), ("bella", GOOD)]).unwrap_err();
    assert_eq!(faults[0].to_string(), "profiles/bella/profile.toml:1: there is a profile of that slug already");
}
