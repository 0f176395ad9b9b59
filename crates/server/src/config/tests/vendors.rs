//! The settings of vendors.

use super::*;

#[test]
fn vendors_come_from_file_and_environment() {
    let settings = attempt(
        "[vendors.pos-helper]\nclient_id = 'from-file'\n[vendors.somm-it]\nclient_id = 'somm'\n",
        &[
            ("PASSERELLE_VENDORS_POS_HELPER_CLIENT_ID", "from-environment"),
            ("PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET", "hush"),
        ],
    )
    .unwrap()
    .settings;
    let names: Vec<_> = settings.vendors.keys().map(String::as_str).collect();
    assert_eq!(names, ["pos-helper", "somm-it"]);
    let helper = &settings.vendors["pos-helper"];
    assert_eq!(helper.client_id.as_deref(), Some("from-environment"));
    assert_eq!(helper.client_secret.as_ref().map(Secret::expose), Some("hush"));
    assert!(!format!("{settings:?}").contains("hush"), "Debug shows a secret");
}

#[test]
fn wrong_vendor_keys_are_named() {
    check_refused(
        "[vendors.POS]\nclient_id = 'x'\n[vendors.pos-helper]\nid = 'x'\n",
        &[("PASSERELLE_VENDORS_POS_HELPER_NAME", "x"), ("PASSERELLE_VENDORS_pos_CLIENT_ID", "x")],
        "the configuration has 4 faults:
  passerelle.toml:1: `vendors.POS`: not a vendor's slug: lower-case letters, digits and hyphens, a letter first
  passerelle.toml:4: `vendors.pos-helper.id`: there is no such key; `vendors.pos-helper` has client_id, client_secret, till_key, embed_secret, embed_origins
  environment PASSERELLE_VENDORS_POS_HELPER_NAME: there is no such setting
  environment PASSERELLE_VENDORS_pos_CLIENT_ID: there is no such setting",
    );
}

#[test]
fn an_identification_key_is_a_line_that_five_tries_do_not_find() {
    const VARIABLE: &str = "PASSERELLE_VENDORS_SOMM_IT_TILL_KEY";
    let settings = attempt("", &[(VARIABLE, "clé de la cave")]).unwrap().settings;
    let key = settings.vendors["somm-it"].till_key.as_ref();
    assert_eq!(key.map(Secret::expose), Some("clé de la cave"));
    for (wrong, told) in [("12345", "6 to 200"), (" 123456", "without spaces"), ("123\n456", "one line")] {
        let refused = attempt("", &[(VARIABLE, wrong)]).map(|loaded| loaded.report()).unwrap_err();
        assert!(refused.contains(told) && !refused.contains(wrong), "{refused}");
    }
}
