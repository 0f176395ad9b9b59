//! What is made from `index.html`, and what becomes of three builds.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use super::*;

#[test]
fn a_page_made_from_the_first_differs_in_its_program_alone() {
    let [first, _, returning, ..] = ENTRIES;
    let source = "<link data-trunk data-bin=\"passerelle-app\" /><script>1</script>";
    let made = returning.made_from(first, source).unwrap();
    assert_eq!(made, "<link data-trunk data-bin=\"passerelle-returning\" /><script>1</script>");
    assert!(returning.made_from(first, "<link data-bin=\"other\" />").is_err());
}

#[test]
fn the_page_written_by_hand_can_be_made_into_the_others() {
    let [first, others @ ..] = ENTRIES;
    let source = fs::read_to_string(project::root().join(first.page)).unwrap();
    for entry in others {
        assert!(entry.made_from(first, &source).unwrap().contains(entry.bin), "{}", entry.name);
    }
}

#[test]
fn every_program_is_one_of_the_root_package() {
    let manifest = fs::read_to_string(project::root().join("Cargo.toml")).unwrap();
    for entry in ENTRIES {
        assert!(manifest.contains(&format!("name = \"{}\"\n", entry.bin)), "{}", entry.bin);
        assert_eq!(entry.name.parse::<Entry>().unwrap(), entry);
    }
    assert!(
        "other"
            .parse::<Entry>()
            .unwrap_err()
            .to_string()
            .contains("console, welcome, returning, office, bridge, operation, exchange, setup, stock")
    );
}

#[test]
fn entries_share_what_is_the_same_and_refuse_what_only_has_the_same_name() {
    let dir = std::env::temp_dir().join(format!("passerelle-xtask-entries-{}", std::process::id()));
    let write = |name: &str, text: &str| {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("one/index.html", "1");
    write("one/icons/icon.svg", "<svg/>");
    write("one/a-1.js", "1");
    write("two/returning.html", "2");
    write("two/icons/icon.svg", "<svg/>");
    write("two/b-2.js", "2");
    write("three/index.html", "3");
    write("three/a-1.js", "another");

    let all = dir.join("all");
    add(&dir.join("one"), &all, "index.html").unwrap();
    add(&dir.join("two"), &all, "returning.html").unwrap();
    let clash = add(&dir.join("three"), &all, "office.html").unwrap_err();
    replace(&all, &dir.join("dist")).unwrap();
    write("dist/left-over.js", "old");
    replace(&all, &dir.join("dist")).unwrap();

    let read = |name: &str| fs::read_to_string(dir.join("dist").join(name)).ok();
    let found = ["index.html", "returning.html", "icons/icon.svg", "a-1.js", "b-2.js", "left-over.js"].map(read);
    fs::remove_dir_all(&dir).unwrap();
    let expected = [Some("1\n"), Some("2\n"), Some("<svg/>"), Some("1\n"), Some("2\n"), None];
    assert_eq!(found, expected.map(|text| text.map(str::to_owned)));
    assert!(clash.to_string().contains("a-1.js"), "{clash:#}");
}

#[test]
fn a_script_loses_its_comments_and_indentation_and_nothing_else() {
    let script = "/* @ts-self-types */\n\n/**\n * @param {number} a\n */\nexport function f(a) {\n    // why\n    return a * 2; // kept\n}\n";
    assert_eq!(lean(script), "export function f(a) {\nreturn a * 2; // kept\n}\n");
}

#[test]
fn a_page_loses_its_indentation_and_comments_of_whole_lines() {
    let page = "<html>\n  <!-- why -->\n  <style>/* a */\n    /* b */\n    a {\n      b: c; /* d */\n    }</style>\n\n  <script>\n    \
                // why\n    let a = \"//x\";\n  </script>\n  <p>\n    One // two\n  </p>\n</html>";
    assert_eq!(
        lean_page(page),
        "<html>\n<style>\na {\nb: c;\n}</style>\n<script>\nlet a = \"//x\";\n</script>\n<p>\nOne // two\n</p>\n</html>\n"
    );
}

#[test]
fn a_framed_page_has_the_frames_script_first_and_no_icon() {
    let page = "<head>\n<link rel=\"icon\" href=\"/i.svg\"/>\n<link rel=\"manifest\" href=\"/m\"/>\n<link rel=\"stylesheet\" href=\"/s.css\"/>\n<script>1</script>";
    let framed = with_frame(page, "// why\n  go();\n").unwrap();
    assert_eq!(
        framed,
        "<head>\n<link rel=\"stylesheet\" href=\"/s.css\"/>\n<script>go();\n</script><script>1</script>\n"
    );
    assert!(with_frame("<head>", "go();").is_err(), "a page without scripts");
    assert!(with_frame(page, "go(); /* */").is_err() && with_frame(page, "\"</script>\"").is_err());
}
