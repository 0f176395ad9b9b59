//! What is read from a sound profile, with everything that may be left out and without.

use passerelle_vendors::{
    Capability, Connects, Embedding, KeyAlgorithm, Layout, Localized, Look, Registry, SupportUser, Theme,
};

use crate::GOOD;

#[test]
fn reads_a_sound_profile_and_orders_vendors_by_slug() {
    let registry = Registry::read([("zeta", GOOD), ("bella", &full())]).unwrap();
    let slugs: Vec<&str> = (&registry).into_iter().map(|profile| profile.slug.as_str()).collect();
    assert_eq!(slugs, ["bella", "zeta"]);

    let bella = registry.get("bella").unwrap();
    assert_eq!(bella.promise, text("Receive your orders.", "Recevez vos commandes."));
    assert_eq!(bella.brand.to_string(), "#0b4f3c");
    assert_eq!((bella.connects, bella.layout), (Connects::Support, Layout::Cards));
    assert!(bella.ending.locks && bella.has(Capability::Inventory) && !bella.has(Capability::OrderBridge));
    assert_eq!(bella.overview.never, [text("Menus.", "Les cartes.")]);
    assert_eq!(bella.overview.website.as_deref(), Some("https://bella.example"));
    assert_eq!(bella.overview.contact.as_deref(), Some("people@bella.example"));
    assert_eq!(bella.prerequisites[0].otherwise, text("Buy one.", "Achetez-en une."));
    assert_eq!(bella.embedding.origins, ["https://office.bella.example", "https://bella.example:8443"]);
    let look = &bella.look;
    assert_eq!((look.radius, look.theme), (Some(4), Some(Theme::Dark)));
    assert_eq!(look.font_family().as_deref(), Some("\"Inter\", \"Segoe UI\", sans-serif"), "ready for a sheet");
    let keys: Vec<_> =
        bella.embedding.keys.iter().map(|key| (key.id.as_str(), key.algorithm, key.public_key.len())).collect();
    assert_eq!(keys, [("2026-11", KeyAlgorithm::EdDsa, 32), ("old", KeyAlgorithm::Es256, 65)]);
    assert!(bella.embedding.keys[0].public_key.starts_with(&[0x65, 0x28, 0xd7]), "the key alone");
    assert_eq!(bella.support.phone.as_deref(), Some("+33 1 02 03 04 05"));
    assert_eq!(bella.support.docs_url.as_deref(), Some("https://bella.example/docs"));
    assert_eq!(bella.support.till_email.as_deref(), Some("till@maker.example"));
    let people =
        [SupportUser::Domain("bella.example".to_owned()), SupportUser::Address("ann@elsewhere.example".to_owned())];
    assert_eq!(bella.support.users, people, "kept in lower case");
    let till = &bella.tills[0];
    assert_eq!(till.device_id.as_deref(), Some("Till_(1)-[2]{3}.4"));
    assert_eq!((&till.disabled, till.asks_key), (&Some(text("Not yet.", "Pas encore.")), true));
}

#[test]
fn what_may_be_left_out_has_a_plain_meaning() {
    let registry = Registry::read([("zeta", GOOD)]).unwrap();
    let zeta = registry.get("zeta").unwrap();
    assert_eq!((zeta.layout, zeta.ending.locks), (Layout::Page, false));
    assert!(zeta.prerequisites.is_empty() && zeta.capabilities.is_empty());
    assert_eq!((&zeta.embedding, &zeta.look), (&Embedding::default(), &Look::default()));
    assert_eq!(zeta.look.font_family(), None);
    assert!(zeta.overview.never.is_empty() && zeta.overview.website.is_none() && zeta.overview.contact.is_none());
    assert!(zeta.setup.en.is_empty() && zeta.setup.fr.is_empty());
    assert!(zeta.logo.as_str().contains(">BT<"), "a monogram of its name: {}", zeta.logo.as_str());
    let till = &zeta.tills[0];
    assert!(till.device_id.is_none() && till.logo.is_none() && till.disabled.is_none() && !till.asks_key);
    assert_eq!((&zeta.support.phone, &zeta.support.docs_url, &zeta.support.till_email), (&None, &None, &None));
}

#[test]
fn markup_in_a_name_is_text_like_any_other() {
    let name = "<img src=x onerror=alert(1)> & \"friends\"";
    let registry = Registry::read([("bella", &*GOOD.replace("\"Bella Till\"", &format!("'{name}'")))]).unwrap();
    let bella = registry.get("bella").unwrap();
    assert_eq!(bella.name, name);
    assert!(!bella.logo.as_str().contains("onerror"), "not even its monogram repeats it: {}", bella.logo.as_str());
}

/// The sound profile with everything that may be left out.
fn full() -> String {
    GOOD.replace("role =", "phone = \"+33 1 02 03 04 05\"\ndocs_url = \"https://bella.example/docs\"\ntill_email = \"till@maker.example\"\nrole =")
        .replace("scope =", "device_id = \"Till_(1)-[2]{3}.4\"\nasks_key = true\nscope =")
        .replace("scope =", "disabled = { en = \"Not yet.\", fr = \"Pas encore.\" }\nscope =")
        .replace("connects = \"self\"", "connects = \"support\"\nlayout = \"cards\"\ncapabilities = [\"inventory\"]")
        .replace("confirm =", "locks = true\nconfirm =")
        .replace("[\"@bella.example\"]", "[\"@Bella.Example\", \"Ann@Elsewhere.example\"]")
        .replace(
            "[support]",
            "website = \"https://bella.example\"\ncontact = \"people@bella.example\"\n\
             [[overview.never]]\nen = \"Menus.\"\nfr = \"Les cartes.\"\n[support]",
        )
        .replace(
            "[support]",
            "[[prerequisites]]\nwhat = { en = \"A licence.\", fr = \"Une licence.\" }\n\
             otherwise = { en = \"Buy one.\", fr = \"Achetez-en une.\" }\n\
             [look]\nradius = 4\nfonts = [\"Inter\", \"Segoe UI\", \"sans-serif\"]\ntheme = \"dark\"\n\
             [embedding]\norigins = [\"https://office.bella.example\", \"https://bella.example:8443\"]\n\
             [[embedding.keys]]\nid = \"2026-11\"\nalgorithm = \"EdDSA\"\npublic_key = \"\"\"\n\
             -----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAZSjX2gK9ke4Xuy26RjlfcC0T78UcNAzlZxeLYEChC1o=\n\
             -----END PUBLIC KEY-----\n\"\"\"\n\
             [[embedding.keys]]\nid = \"old\"\nalgorithm = \"ES256\"\npublic_key = \"\"\"\n\
             -----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+HZQoH0/+1uyXgpCP64X0TVatwTr\n\
             cgANLtIFWg88C8aUwwNMZfA6a0fh/gs4c2wBEBatOKTXWNEupYZOXCTdyg==\n-----END PUBLIC KEY-----\n\"\"\"\n[support]",
        )
}

fn text(en: &str, fr: &str) -> Localized {
    Localized { en: en.to_owned(), fr: fr.to_owned() }
}
