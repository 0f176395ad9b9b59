//! Faults: every one at once, each with its file, line and key.

use passerelle_vendors::Registry;

use crate::GOOD;

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
fn tells_everything_that_is_missing() {
    insta::assert_snapshot!(faults(""), @r#"
    profiles/bella/profile.toml:1: brand: is missing
    profiles/bella/profile.toml:1: connects: is missing
    profiles/bella/profile.toml:1: country: is missing
    profiles/bella/profile.toml:1: ending: is missing
    profiles/bella/profile.toml:1: languages: is missing
    profiles/bella/profile.toml:1: menu_path: is missing
    profiles/bella/profile.toml:1: name: is missing
    profiles/bella/profile.toml:1: overview: is missing
    profiles/bella/profile.toml:1: promise: is missing
    profiles/bella/profile.toml:1: support: is missing
    profiles/bella/profile.toml:1: tills: is missing
    "#);
    insta::assert_snapshot!(faults("name = \"Bella\"\n[promise]\n[support]\n[[tills]]\n[[tills]]\nid = \"a\"\nname = {}\n"), @r#"
    profiles/bella/profile.toml:1: brand: is missing
    profiles/bella/profile.toml:1: connects: is missing
    profiles/bella/profile.toml:1: country: is missing
    profiles/bella/profile.toml:1: ending: is missing
    profiles/bella/profile.toml:1: languages: is missing
    profiles/bella/profile.toml:1: menu_path: is missing
    profiles/bella/profile.toml:1: overview: is missing
    profiles/bella/profile.toml:2: promise.en: is missing
    profiles/bella/profile.toml:2: promise.fr: is missing
    profiles/bella/profile.toml:3: support.email: is missing
    profiles/bella/profile.toml:3: support.role: is missing
    profiles/bella/profile.toml:3: support.users: is missing
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
connects = "me"
layout = "list"
capabilities = ["inventory", "fly", "inventory"]
menu_path = ["Sales", " Tab"]

[promise]
en = "Receive
fr = 7

[ending]
label = "Stop"
title = { en = "Stop?", fr = "Arrêter ?", de = "Halt?" }
confirm = { en = "\u202eYes", fr = "Oui" }
locks = "yes"

[overview]
what = { en = "A\ntill", fr = "Une caisse" }
flows = [{ what = { en = "Orders", fr = "Commandes" }, direction = "up" }]
category = { en = "Tills", fr = "Caisses" }
availability = { en = "France", fr = "France" }
price = { en = "Free", fr = "Gratuit" }
website = "http://bella.example"
contact = "people"

[embedding]
origins = ["https://bella.example/", "*", "https://a.example; script-src *"]

[support]
email = "help"
role = "Manager"
users = ["everybody", "@", "*@bella.example", "a@b@c.example"]
mobile = "+33"
phone = "0102030405"
docs_url = "http://bella.example"

[[tills]]
id = "Till"
name = "Till"
scope = ""
device_id = "a b"
logo = "../../etc/passwd"
asks_key = 1

[[tills]]
id = "desk"
name = { en = "A", fr = "A" }
scope = "location[orders.write]"
logo = "none.svg"
"##;
    insta::assert_snapshot!(faults(text), @r#"
    profiles/bella/profile.toml:2: name: is empty
    profiles/bella/profile.toml:3: brand: a colour is written `#rrggbb`
    profiles/bella/profile.toml:4: colour: unknown key; known here: `brand`, `capabilities`, `connects`, `country`, `embedding`, `ending`, `languages`, `layout`, `look`, `menu_path`, `name`, `overview`, `prerequisites`, `promise`, `support`, `tills`
    profiles/bella/profile.toml:5: country: a country is two capital letters (ISO 3166-1)
    profiles/bella/profile.toml:6: languages[1]: unknown language: `en` and `fr` are known
    profiles/bella/profile.toml:6: languages[2]: is there twice
    profiles/bella/profile.toml:6: languages[3]: expected a text, found integer
    profiles/bella/profile.toml:7: connects: `me` is none of `self`, `support`, `hubrise`
    profiles/bella/profile.toml:8: layout: `list` is none of `page`, `cards`
    profiles/bella/profile.toml:9: capabilities[1]: `fly` is none of `inventory`, `order_bridge`
    profiles/bella/profile.toml:9: capabilities[2]: is there twice
    profiles/bella/profile.toml:10: menu_path[1]: has blanks around it
    profiles/bella/profile.toml:13: invalid basic string, expected `"`
    profiles/bella/profile.toml:14: promise.fr: expected a text, found integer
    profiles/bella/profile.toml:17: ending.label: expected a table, found string
    profiles/bella/profile.toml:18: ending.title.de: unknown key; known here: `en`, `fr`
    profiles/bella/profile.toml:19: ending.confirm.en: holds a character that turns text around
    profiles/bella/profile.toml:20: ending.locks: expected true or false, found string
    profiles/bella/profile.toml:23: overview.what.en: must be one line
    profiles/bella/profile.toml:24: overview.flows[0].direction: `up` is none of `to_till`, `to_hubrise`, `both`
    profiles/bella/profile.toml:28: overview.website: must be an absolute https url without user name or password
    profiles/bella/profile.toml:29: overview.contact: is no e-mail address
    profiles/bella/profile.toml:32: embedding.origins[0]: an origin is `https://host` or `https://host:port`, lower case, without path or slash
    profiles/bella/profile.toml:32: embedding.origins[1]: an origin is `https://host` or `https://host:port`, lower case, without path or slash
    profiles/bella/profile.toml:32: embedding.origins[2]: an origin is `https://host` or `https://host:port`, lower case, without path or slash
    profiles/bella/profile.toml:35: support.email: is no e-mail address
    profiles/bella/profile.toml:37: support.users[0]: a user of support is an e-mail address, or `@` and a domain
    profiles/bella/profile.toml:37: support.users[1]: a user of support is an e-mail address, or `@` and a domain
    profiles/bella/profile.toml:37: support.users[2]: a user of support is an e-mail address, or `@` and a domain
    profiles/bella/profile.toml:37: support.users[3]: a user of support is an e-mail address, or `@` and a domain
    profiles/bella/profile.toml:38: support.mobile: unknown key; known here: `docs_url`, `email`, `phone`, `role`, `till_email`, `users`
    profiles/bella/profile.toml:39: support.phone: a telephone number is `+`, then 7 to 15 digits, spaces allowed
    profiles/bella/profile.toml:40: support.docs_url: must be an absolute https url without user name or password
    profiles/bella/profile.toml:43: tills[0].id: must be lower-case letters and digits, with single hyphens between, at most 64
    profiles/bella/profile.toml:44: tills[0].name: expected a table, found string
    profiles/bella/profile.toml:45: tills[0].scope: is empty
    profiles/bella/profile.toml:46: tills[0].device_id: a device id is letters, digits and `_-()[]{}.`, at most 64
    profiles/bella/profile.toml:47: tills[0].logo: a till's logo is a file beside the profile: lower-case letters, digits, hyphens, then `.svg`
    profiles/bella/profile.toml:48: tills[0].asks_key: expected true or false, found integer
    profiles/bella/profile.toml:51: tills[1].id: `desk` is taken: the site uses it for itself
    profiles/bella/profile.toml:54: tills[1].logo: there is no file `none.svg` beside the profile
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
        ("profiles/bella/profile.toml", 31, "tills[0].id")
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
        ("role = \"Manager\"", "role = 'Manager'\ntill_email = 'nobody'"),
        ("role = \"Manager\"", "role = 'Manager'\ndocs_url = 'https://user@bella.example'"),
        ("connects = \"self\"", "connects = 'Self'"),
        ("users = [\"@bella.example\"]", "users = ['@example']"),
        ("users = [\"@bella.example\"]", "users = ['@bella.example', 'ann@']"),
        ("price = { en = \"Free\", fr = \"Gratuit\" }", "price = { en = 'Free', fr = '' }"),
        ("what = { en = \"A till.\", fr = \"Une caisse.\" }", "what = { en = 'A \u{202e}till', fr = 'Une caisse.' }"),
        (
            "what = { en = \"A till.\", fr = \"Une caisse.\" }",
            &format!("what = {{ en = '{}', fr = 'x' }}", "é".repeat(1001)),
        ),
        ("menu_path = []", "menu_path = []\nembedding = { origins = ['http://bella.example'] }"),
        ("menu_path = []", "menu_path = []\nembedding = { origins = ['https://Bella.example'] }"),
        ("menu_path = []", "menu_path = []\nembedding = { origins = ['https://bella.example:443'] }"),
        ("menu_path = []", &key("id = 'a b'", "EdDSA", ED25519)),
        ("menu_path = []", &key("id = ''", "EdDSA", ED25519)),
        ("menu_path = []", &key("id = 'a'", "HS256", ED25519)),
        ("menu_path = []", &key("id = 'a'", "none", ED25519)),
        ("menu_path = []", &key("id = 'a'", "ES256", ED25519)),
        ("menu_path = []", &key("id = 'a'", "EdDSA", "c2VjcmV0")),
        ("menu_path = []", &key("id = 'a'", "EdDSA", "not base64")),
        ("menu_path = []", &key("id = 'a'", "EdDSA", ED25519).replace("PUBLIC KEY", "PRIVATE KEY")),
        ("menu_path = []", &key("", "EdDSA", ED25519)),
        ("id = \"till\"", "id = 'hubrise'"),
        ("id = \"till\"", "id = 'till'\nlogo = 'logo.svg'"),
        ("id = \"till\"", "id = 'a--b'"),
        ("id = \"till\"", "id = 'till'\ndevice_id = ''"),
        ("id = \"till\"", "id = 'till'\ndevice_id = 'é'"),
    ] {
        let told = faults_with(line, replacement);
        assert_eq!(told.lines().count(), 1, "{replacement}: {told}");
    }
    let twice = format!("{GOOD}\n[[tills]]\nid = \"till\"\nname = {{ en = \"B\", fr = \"B\" }}\nscope = \"profile\"\n");
    insta::assert_snapshot!(faults(&twice), @"profiles/bella/profile.toml:36: tills[1].id: `till` is the id of `tills[0].id` already");
    insta::assert_snapshot!(faults_with("[[tills]]", "[tills]"), @"profiles/bella/profile.toml:30: tills: expected a list, found table");
    let (before, _) = GOOD.split_once("[[tills]]").unwrap();
    let none =
        before.replace("connects = \"self\"\n", "connects = \"support\"\n").replace("[\"@bella.example\"]", "[]");
    let none = none.replace("menu_path = []", "menu_path = []\ntills = []");
    insta::assert_snapshot!(faults(&none), @r"
    profiles/bella/profile.toml:8: tills: at least one till is needed
    profiles/bella/profile.toml:29: support.users: somebody must be there: support makes this vendor's connections
    ");
}

#[test]
fn a_folders_name_must_be_a_slug_and_unique() {
    for slug in [
        "",
        "Bella",
        "bella_till",
        "-bella",
        "bella-",
        "be--lla",
        "béla",
        "a/b",
        "api",
        "oauth",
        "3s-pos",
        &"a".repeat(65),
    ] {
        assert_eq!(Registry::read([(slug, GOOD)]).unwrap_err().len(), 1, "{slug}");
    }
    let faults = Registry::read([("bella", GOOD), ("bella", GOOD)]).unwrap_err();
    assert_eq!(faults[0].to_string(), "profiles/bella/profile.toml:1: there is a profile of that slug already");
}

/// An Ed25519 key in PEM, without its frame.
const ED25519: &str = "MCowBQYDK2VwAyEAZSjX2gK9ke4Xuy26RjlfcC0T78UcNAzlZxeLYEChC1o=";

/// Lines of a profile with one key that verifies the tokens of embedded users.
fn key(id: &str, algorithm: &str, body: &str) -> String {
    format!(
        "menu_path = []\n[embedding]\norigins = []\n[[embedding.keys]]\n{id}\nalgorithm = '{algorithm}'\n\
         public_key = '''-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----'''\n"
    )
}

#[test]
fn two_keys_of_one_id_are_a_fault_and_a_private_key_is_not_repeated() {
    let one = key("id = 'a'", "EdDSA", ED25519);
    let twice = format!("{one}{}", one.split_once("origins = []\n").unwrap().1);
    assert!(faults_with("menu_path = []", &twice).contains("embedding.keys[1].id: is the id of another key already"));
    let private = faults_with("menu_path = []", &one.replace("PUBLIC KEY", "PRIVATE KEY"));
    assert!(private.contains("is a private key") && !private.contains(ED25519), "{private}");
}

#[test]
fn a_look_is_a_length_names_and_a_word_and_nothing_else() {
    let look = "[look]\nradius = 25\n\
        fonts = [\"Inter\", \"a; } body { display: none\", \"\\\"x\\\"\", \"url(x)\", \" Inter\", \"\"]\n\
        theme = \"blue\"\nlogo = \"x\"\n[support]";
    insta::assert_snapshot!(faults_with("[support]", look), @r#"
    profiles/bella/profile.toml:26: look.radius: is in CSS pixels, 0 to 24
    profiles/bella/profile.toml:27: look.fonts[1]: a font family is named by letters, digits, spaces and hyphens, at most 64, and begins with a letter
    profiles/bella/profile.toml:27: look.fonts[2]: a font family is named by letters, digits, spaces and hyphens, at most 64, and begins with a letter
    profiles/bella/profile.toml:27: look.fonts[3]: a font family is named by letters, digits, spaces and hyphens, at most 64, and begins with a letter
    profiles/bella/profile.toml:27: look.fonts[4]: a font family is named by letters, digits, spaces and hyphens, at most 64, and begins with a letter
    profiles/bella/profile.toml:27: look.fonts[5]: a font family is named by letters, digits, spaces and hyphens, at most 64, and begins with a letter
    profiles/bella/profile.toml:28: look.theme: `blue` is none of `auto`, `light`, `dark`
    profiles/bella/profile.toml:29: look.logo: unknown key; known here: `fonts`, `radius`, `theme`
    "#);
    let numbers = |radius: &str| faults_with("[support]", &format!("[look]\nradius = {radius}\n[support]"));
    for radius in ["-1", "256", "99999999999999999999", "4.5", "\"4\"", "true"] {
        assert!(numbers(radius).contains("look.radius: "), "{radius}");
    }
    let many = format!("[look]\nfonts = [{}]\n[support]", "\"A\", ".repeat(9));
    assert!(faults_with("[support]", &many).contains("look.fonts: has more than 8 families"));
}
